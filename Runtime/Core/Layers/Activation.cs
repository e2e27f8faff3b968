namespace Recurrent
{
    /// <summary>A function applied to every feature of every step: tanh, ReLU or the sigmoid.</summary>
    public sealed class Activation : Layer
    {
        /// <summary>Creates the layer; inside a model it takes the size of the layer before it.</summary>
        public Activation(Nonlinearity nonlinearity)
            : base(0, 0) => Nonlinearity = nonlinearity;

        /// <summary>The function.</summary>
        public Nonlinearity Nonlinearity { get; }

        /// <inheritdoc/>
        public override string ToString() => Nonlinearity.ToString();

        internal override void Attach(int features) => InputSize = OutputSize = features;

        internal override LayerPass CreatePass(PassMemory memory, Activations input) => new Pass(this, memory, input);

        private sealed unsafe class Pass : LayerPass
        {
            // What a function of one number costs, in multiplications.
            private const long UnitCost = 20;

            private readonly Activation _layer;
            private readonly PassMemory _memory;

            public Pass(Activation layer, PassMemory memory, Activations input)
            {
                _layer = layer;
                _memory = memory;
                Input = input;
                Output = memory.TakeActivations(input.Steps, input.Features);
                if (memory.Training) OutputGradient = memory.TakeActivations(input.Steps, input.Features);
            }

            public override void Forward(in Batch batch, WorkSlicer work)
            {
                for (int t = 0; t < batch.Steps; t++)
                {
                    if (!work.Next(UnitCost * batch.Rows * Output.Features)) continue;
                    for (int row = 0; row < batch.Rows; row++)
                        _memory.Kernels.Activate(_layer.Nonlinearity, Input.At(t, row), Output.At(t, row), Output.Features);
                }
            }

            public override void Backward(in Batch batch, float* gradients, WorkSlicer work)
            {
                if (InputGradient.Data == null) return;
                for (int t = 0; t < batch.Steps; t++)
                {
                    if (!work.Next(UnitCost * batch.Rows * Output.Features)) continue;
                    for (int row = 0; row < batch.Rows; row++)
                        _memory.Kernels.ActivateBackward(_layer.Nonlinearity, Output.At(t, row), OutputGradient.At(t, row), InputGradient.At(t, row), Output.Features);
                }
            }
        }
    }
}
