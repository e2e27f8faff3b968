using System;

namespace Recurrent
{
    /// <summary>y = W x + b at every step. Parameters <c>weight</c> (outputs, inputs) and <c>bias</c> (outputs).</summary>
    public sealed class Linear : Layer
    {
        private readonly AffineMap _map;

        /// <summary>Creates the layer with PyTorch's default initialisation, uniform in ±1/√inputs.</summary>
        /// <param name="inputSize">Features in.</param>
        /// <param name="outputSize">Features out.</param>
        /// <param name="bias">Whether there is a bias.</param>
        /// <param name="seed">What the initial weights are drawn from.</param>
        /// <exception cref="ArgumentOutOfRangeException">A size is below 1.</exception>
        public Linear(int inputSize, int outputSize, bool bias = true, ulong seed = 0)
            : base(inputSize, outputSize)
        {
            CheckSize(inputSize, nameof(inputSize));
            CheckSize(outputSize, nameof(outputSize));
            Parameter weight = AddParameter("weight", outputSize, inputSize);
            Parameter[] biases = bias ? new[] { AddParameter("bias", outputSize) } : Array.Empty<Parameter>();
            HasBias = bias;
            _map = new AffineMap(outputSize, new[] { 0 }, new[] { weight }, biases);
            Initialize(seed);
        }

        /// <summary>Whether there is a bias.</summary>
        public bool HasBias { get; }

        /// <summary>What computes it, for a layer that runs it a few steps at a time.</summary>
        internal AffineMap Map => _map;

        /// <inheritdoc/>
        public override string ToString() => $"Linear({InputSize}→{OutputSize})";

        internal override int PackedGradientLength => _map.GradientLength;

        internal override void Initialize(RandomSource random)
        {
            float bound = 1 / MathF.Sqrt(InputSize);
            foreach (Parameter parameter in Own) Initializer.Uniform(-bound, bound).Apply(parameter, random);
        }

        internal override LayerPass CreatePass(PassMemory memory, Activations input) => new Pass(this, memory, input);

        internal override unsafe void AddGradients(float* packed, WorkSlicer work) => _map.AddGradients(packed, work);

        private protected override void Pack(WorkSlicer work) => _map.Pack(work);

        private sealed unsafe class Pass : LayerPass
        {
            private readonly Linear _layer;
            private readonly PassMemory _memory;

            public Pass(Linear layer, PassMemory memory, Activations input)
            {
                _layer = layer;
                _memory = memory;
                Input = input;
                Output = memory.TakeActivations(input.Steps, layer.OutputSize);
                if (memory.Training) OutputGradient = memory.TakeActivations(input.Steps, layer.OutputSize);
            }

            public override void Forward(in Batch batch, WorkSlicer work)
            {
                for (int t = 0; t < batch.Steps; t++)
                    _layer._map.Forward(_memory.Kernels, batch.Rows, Input.At(t, 0), Input.Row, null, 0, Panels.Dense(Output.At(t, 0), Output.Row), work);
            }

            public override void Backward(in Batch batch, float* gradients, WorkSlicer work)
            {
                int steps = batch.Steps;
                Panels dy = Panels.Dense(OutputGradient.Data, OutputGradient.Row);
                _layer._map.AddWeightGradient(_memory.Kernels, steps, batch.Rows, 0, Input.Data, Input.Row, Input.Step, dy, OutputGradient.Step, gradients, work);
                _layer._map.AddBiasGradient(_memory.Kernels, steps, batch.Rows, dy, OutputGradient.Step, gradients, work);
                if (InputGradient.Data == null) return;
                for (int t = 0; t < steps; t++)
                    _layer._map.Backward(_memory.Kernels, batch.Rows, 0, Panels.Dense(OutputGradient.At(t, 0), OutputGradient.Row), InputGradient.At(t, 0), InputGradient.Row, accumulate: false, work);
            }
        }
    }
}
