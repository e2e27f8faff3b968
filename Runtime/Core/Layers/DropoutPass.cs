using System;

namespace Recurrent
{
    /// <summary>A <see cref="Dropout"/> at work; also draws the masks between the levels of a recurrent layer.</summary>
    internal sealed unsafe class DropoutPass : LayerPass
    {
        private readonly RandomSource _random = new RandomSource(0);
        private readonly Dropout _layer;

        public DropoutPass(Dropout layer, PassMemory memory, Activations input)
        {
            _layer = layer;
            Input = input;
            Output = memory.TakeActivations(input.Steps, input.Features);
            if (memory.Training) OutputGradient = memory.TakeActivations(input.Steps, input.Features);
        }

        /// <summary>y = x with some numbers set to zero; they may be the same memory.</summary>
        public static void Apply(float probability, RandomSource random, float* x, float* y, int length)
        {
            float scale = 1 / (1 - probability);
            for (int i = 0; i < length; i++) y[i] = probability > 0 && random.NextSingle() < probability ? 0 : x[i] * scale;
        }

        public override void Forward(in Batch batch) => Apply(batch, Input, Output);

        public override void Backward(in Batch batch, float* gradients)
        {
            if (InputGradient.Data != null) Apply(batch, OutputGradient, InputGradient);
        }

        private void Apply(in Batch batch, in Activations from, in Activations to)
        {
            _random.Reseed(batch.Seed);
            for (int t = 0; t < batch.Steps; t++)
                for (int row = 0; row < batch.Rows; row++)
                    Apply(batch.Training ? _layer.Probability : 0, _random, from.At(t, row), to.At(t, row), from.Features);
        }
    }
}
