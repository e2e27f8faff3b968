using System;

namespace Recurrent
{
    /// <summary>Picks one step of each row: the last for the first features, the first step for the rest.</summary>
    public abstract class StepSelection : Layer
    {
        private protected StepSelection()
            : base(0, 0)
        {
        }

        /// <inheritdoc/>
        public override bool NeedsWholeSequence => Split(InputSize) < InputSize;

        /// <inheritdoc/>
        public override string ToString() => GetType().Name;

        internal override void Attach(int features) => InputSize = OutputSize = features;

        internal override bool CollapsesSteps => true;

        internal override LayerPass CreatePass(PassMemory memory, Activations input) => new Pass(memory, input, Split(input.Features));

        /// <summary>Whether a feature comes from the last step, and not from the first.</summary>
        internal bool PicksLast(int feature, int features) => feature < Split(features);

        /// <summary>How many features come from the last step.</summary>
        private protected abstract int Split(int features);

        private sealed unsafe class Pass : LayerPass
        {
            private readonly int _split;

            public Pass(PassMemory memory, Activations input, int split)
            {
                _split = split;
                Input = input;
                Output = memory.TakeActivations(1, input.Features);
                if (memory.Training) OutputGradient = memory.TakeActivations(1, input.Features);
            }

            public override void Forward(in Batch batch, WorkSlicer work)
            {
                if (!work.Next((long)batch.Rows * Output.Features)) return;
                for (int row = 0; row < batch.Rows; row++) Copy(Input, batch.LengthOf(row) - 1, Output, row, forward: true);
            }

            public override void Backward(in Batch batch, float* gradients, WorkSlicer work)
            {
                if (InputGradient.Data == null) return;
                // A layer that knows of its reader takes the gradient of what was picked, as it is.
                bool picked = InputGradient.Steps == 1;
                for (int t = 0; t < batch.Steps && !picked; t++)
                {
                    if (!work.Next((long)batch.Rows * InputGradient.Features)) continue;
                    for (int row = 0; row < batch.Rows; row++) new Span<float>(InputGradient.At(t, row), InputGradient.Features).Clear();
                }
                if (!work.Next((long)batch.Rows * InputGradient.Features)) return;
                for (int row = 0; row < batch.Rows; row++) Copy(InputGradient, picked ? 0 : batch.LengthOf(row) - 1, OutputGradient, row, forward: false);
            }

            private void Copy(in Activations sequence, int last, in Activations single, int row, bool forward)
            {
                int rest = single.Features - _split;
                var end = new Span<float>(sequence.At(last, row), _split);
                var begin = new Span<float>(sequence.At(0, row) + _split, rest);
                var endOut = new Span<float>(single.At(0, row), _split);
                var beginOut = new Span<float>(single.At(0, row) + _split, rest);
                if (forward)
                {
                    end.CopyTo(endOut);
                    begin.CopyTo(beginOut);
                }
                else
                {
                    endOut.CopyTo(end);
                    beginOut.CopyTo(begin);
                }
            }
        }
    }
}
