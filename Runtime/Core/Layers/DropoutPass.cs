namespace Recurrent
{
    /// <summary>A <see cref="Dropout"/> at work; also draws the masks between the levels of a recurrent layer.</summary>
    internal sealed unsafe class DropoutPass : LayerPass
    {
        // What drawing a number costs, in multiplications.
        private const long DrawCost = 10;

        private readonly RandomSource _random = new RandomSource(0);
        private readonly Dropout _layer;

        public DropoutPass(Dropout layer, PassMemory memory, Activations input)
        {
            _layer = layer;
            Input = input;
            Output = memory.TakeActivations(input.Steps, input.Features);
            if (memory.Training) OutputGradient = memory.TakeActivations(input.Steps, input.Features);
        }

        /// <summary>y = x with some numbers set to zero, by masks drawn from a seed, for some steps after those before them; they may be the same memory. A piece is one step.</summary>
        public static void Apply(in Batch batch, int first, int end, float probability, RandomSource random, ulong seed, in Activations x, in Activations y, WorkSlicer work)
        {
            for (int t = first; t < end; t++)
            {
                if (!work.Next(DrawCost * batch.Rows * x.Features)) continue;
                if (t == 0) random.Reseed(seed);
                for (int row = 0; row < batch.Rows; row++) Apply(probability, random, x.At(t, row), y.At(t, row), x.Features);
            }
        }

        private static void Apply(float probability, RandomSource random, float* x, float* y, int length)
        {
            float scale = 1 / (1 - probability);
            for (int i = 0; i < length; i++) y[i] = probability > 0 && random.NextSingle() < probability ? 0 : x[i] * scale;
        }

        public override void Forward(in Batch batch, WorkSlicer work) => Apply(batch, Input, Output, work);

        public override void Backward(in Batch batch, float* gradients, WorkSlicer work)
        {
            if (InputGradient.Data != null) Apply(batch, OutputGradient, InputGradient, work);
        }

        private void Apply(in Batch batch, in Activations from, in Activations to, WorkSlicer work) =>
            Apply(batch, 0, batch.Steps, batch.Training ? _layer.Probability : 0, _random, batch.Seed, from, to, work);
    }
}
