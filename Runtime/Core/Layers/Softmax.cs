using System;

namespace Recurrent
{
    /// <summary>
    /// exp(x_i) / Σ exp(x_j) over the features of every step, or its logarithm. A classifier is trained without it, on the numbers before
    /// (<c>CrossEntropy</c> takes them); at the end of a model that is only run it gives probabilities.
    /// </summary>
    public sealed class Softmax : Layer
    {
        /// <summary>Creates the layer; inside a model it takes the size of the layer before it.</summary>
        /// <param name="logarithm">Whether the logarithm of the softmax is computed.</param>
        public Softmax(bool logarithm = false)
            : base(0, 0) => Logarithm = logarithm;

        /// <summary>Whether the logarithm is computed.</summary>
        public bool Logarithm { get; }

        /// <inheritdoc/>
        public override string ToString() => Logarithm ? "LogSoftmax" : "Softmax";

        internal override void Attach(int features) => InputSize = OutputSize = features;

        internal override LayerPass CreatePass(PassMemory memory, Activations input) => new Pass(Logarithm, memory, input);

        private sealed unsafe class Pass : LayerPass
        {
            // What an exponential costs, in multiplications.
            private const long UnitCost = 20;

            private readonly bool _logarithm;

            public Pass(bool logarithm, PassMemory memory, Activations input)
            {
                _logarithm = logarithm;
                Input = input;
                Output = memory.TakeActivations(input.Steps, input.Features);
                if (memory.Training) OutputGradient = memory.TakeActivations(input.Steps, input.Features);
            }

            public override void Forward(in Batch batch, WorkSlicer work)
            {
                int features = Output.Features;
                for (int t = 0; t < batch.Steps; t++)
                    for (int row = 0; row < batch.Rows; row++)
                    {
                        if (!work.Next(UnitCost * features)) continue;
                        float* x = Input.At(t, row), y = Output.At(t, row);
                        float largest = x[0], sum = 0;
                        for (int i = 1; i < features; i++) largest = Math.Max(largest, x[i]);
                        for (int i = 0; i < features; i++) sum += y[i] = MathF.Exp(x[i] - largest);
                        float logarithm = MathF.Log(sum);
                        for (int i = 0; i < features; i++) y[i] = _logarithm ? x[i] - largest - logarithm : y[i] / sum;
                    }
            }

            public override void Backward(in Batch batch, float* gradients, WorkSlicer work)
            {
                if (InputGradient.Data == null) return;
                int features = Output.Features;
                for (int t = 0; t < batch.Steps; t++)
                    for (int row = 0; row < batch.Rows; row++)
                    {
                        if (!work.Next(UnitCost * features)) continue;
                        float* y = Output.At(t, row), dy = OutputGradient.At(t, row), dx = InputGradient.At(t, row);
                        float sum = 0;
                        for (int i = 0; i < features; i++) sum += _logarithm ? dy[i] : dy[i] * y[i];
                        for (int i = 0; i < features; i++) dx[i] = _logarithm ? dy[i] - MathF.Exp(y[i]) * sum : y[i] * (dy[i] - sum);
                    }
            }
        }
    }
}
