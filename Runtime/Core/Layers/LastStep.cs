namespace Recurrent
{
    /// <summary>Picks each row's last step; of a bidirectional layer's output too (PyTorch's <c>output[:, -1]</c>). The sequence becomes one step.</summary>
    public sealed class LastStep : StepSelection
    {
        /// <summary>Creates the layer; inside a model it takes the size of the layer before it.</summary>
        public LastStep()
        {
        }

        private protected override int Split(int features) => features;
    }
}
