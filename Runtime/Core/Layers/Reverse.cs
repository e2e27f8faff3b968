using System;

namespace Recurrent
{
    /// <summary>Turns each row's steps round within its own length. A recurrent layer between two of them reads the sequence from its end.</summary>
    public sealed class Reverse : Layer
    {
        /// <summary>Creates the layer; inside a model it takes the size of the layer before it.</summary>
        public Reverse()
            : base(0, 0)
        {
        }

        /// <summary>Creates a layer that can come first in a model.</summary>
        /// <param name="size">Features of a step.</param>
        /// <exception cref="ArgumentOutOfRangeException">The size is below 1.</exception>
        public Reverse(int size)
            : base(size, size) => CheckSize(size, nameof(size));

        /// <inheritdoc/>
        public override bool NeedsWholeSequence => true;

        /// <inheritdoc/>
        public override string ToString() => nameof(Reverse);

        internal override void Attach(int features) => InputSize = OutputSize = features;

        internal override LayerPass CreatePass(PassMemory memory, Activations input) => new Pass(memory, input);

        private sealed unsafe class Pass : LayerPass
        {
            public Pass(PassMemory memory, Activations input)
            {
                Input = input;
                Output = memory.TakeActivations(input.Steps, input.Features);
                if (memory.Training) OutputGradient = memory.TakeActivations(input.Steps, input.Features);
            }

            public override void Forward(in Batch batch, WorkSlicer work) => Turn(batch, Input, Output, work);

            public override void Backward(in Batch batch, float* gradients, WorkSlicer work)
            {
                if (InputGradient.Data != null) Turn(batch, OutputGradient, InputGradient, work);
            }

            private static void Turn(in Batch batch, in Activations from, in Activations to, WorkSlicer work)
            {
                for (int row = 0; row < batch.Rows; row++)
                {
                    if (!work.Next((long)batch.Steps * from.Features)) continue;
                    int length = batch.LengthOf(row);
                    for (int t = 0; t < batch.Steps; t++)
                        new ReadOnlySpan<float>(from.At(t < length ? length - 1 - t : t, row), from.Features).CopyTo(new Span<float>(to.At(t, row), from.Features));
                }
            }
        }
    }
}
