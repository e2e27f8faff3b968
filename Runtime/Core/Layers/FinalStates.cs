namespace Recurrent
{
    /// <summary>
    /// Of a bidirectional layer's output, picks what each direction ends with: the forward half at each row's last step, the backward half at
    /// the first. The sequence becomes one step.
    /// </summary>
    public sealed class FinalStates : StepSelection
    {
        /// <summary>Creates the layer; inside a model it takes the size of the layer before it.</summary>
        public FinalStates()
        {
        }

        private protected override int Split(int features) => features / 2;
    }
}
