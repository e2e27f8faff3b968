using System;
using System.Collections.Generic;

namespace Recurrent
{
    /// <summary>
    /// Sequences given as arrays, one per sequence, of equal or different length: episodes of a recording, words, sentences.
    /// Either every sequence has one target row, or every sequence has one target row per step. The arrays are used as they are, not copied.
    /// </summary>
    public sealed class ArrayDataset : SequenceDataset
    {
        private readonly IReadOnlyList<float[]> _inputs;  // each (T, I)
        private readonly IReadOnlyList<float[]> _targets; // each (1, O) or (T, O)

        /// <summary>Takes sequences and their targets, row by row.</summary>
        /// <param name="inputs">Each array is (T, <paramref name="inputSize"/>), with T at least 1.</param>
        /// <param name="targets">As many arrays, each (1, <paramref name="targetSize"/>) or each (T, <paramref name="targetSize"/>).</param>
        /// <param name="inputSize">Values in one step of the input.</param>
        /// <param name="targetSize">Values in one row of the target.</param>
        /// <exception cref="ArgumentException">The counts differ, a sequence is empty, a length does not fit, or a value is NaN or infinite.</exception>
        public ArrayDataset(IReadOnlyList<float[]> inputs, IReadOnlyList<float[]> targets, int inputSize, int targetSize)
        {
            _inputs = inputs ?? throw new ArgumentNullException(nameof(inputs));
            _targets = targets ?? throw new ArgumentNullException(nameof(targets));
            if (inputSize < 1) throw new ArgumentOutOfRangeException(nameof(inputSize), $"ArrayDataset: expected an input size of at least 1, got {inputSize}.");
            if (targetSize < 1) throw new ArgumentOutOfRangeException(nameof(targetSize), $"ArrayDataset: expected a target size of at least 1, got {targetSize}.");
            if (inputs.Count != targets.Count)
                throw new ArgumentException($"ArrayDataset: expected as many targets as inputs ({inputs.Count}), got {targets.Count}.", nameof(targets));
            InputSize = inputSize;
            TargetSize = targetSize;

            bool onePerSequence = true, onePerStep = true;
            for (int i = 0; i < inputs.Count; i++)
            {
                int steps = RowCount(inputs[i], inputSize, i, nameof(inputs));
                int targetSteps = RowCount(targets[i], targetSize, i, nameof(targets));
                onePerSequence &= targetSteps == 1;
                onePerStep &= targetSteps == steps;
                if (!onePerSequence && !onePerStep)
                    throw new ArgumentException($"ArrayDataset: expected one target row for each sequence or one for each step, got {targetSteps} for the {steps} steps of sequence {i}.", nameof(targets));
                MaxSteps = Math.Max(MaxSteps, steps);
                MaxTargetSteps = Math.Max(MaxTargetSteps, targetSteps);
            }
        }

        /// <inheritdoc/>
        public override int Count => _inputs.Count;

        /// <inheritdoc/>
        public override int InputSize { get; }

        /// <inheritdoc/>
        public override int TargetSize { get; }

        /// <inheritdoc/>
        public override int MaxSteps { get; }

        /// <inheritdoc/>
        public override int MaxTargetSteps { get; }

        /// <inheritdoc/>
        protected override int StepsOf(int index) => _inputs[index].Length / InputSize;

        /// <inheritdoc/>
        protected override int TargetStepsOf(int index) => _targets[index].Length / TargetSize;

        /// <inheritdoc/>
        protected override void Copy(int index, Span<float> input, Span<float> target)
        {
            _inputs[index].AsSpan().CopyTo(input);
            _targets[index].AsSpan().CopyTo(target);
        }

        private static int RowCount(float[] values, int size, int index, string name)
        {
            if (values is null) throw new ArgumentException($"ArrayDataset: {name}[{index}] is null.", name);
            if (values.Length == 0) throw new ArgumentException($"ArrayDataset: {name}[{index}] is empty, expected at least one row of {size}.", name);
            if (values.Length % size != 0) throw new ArgumentException($"ArrayDataset: {name}[{index}] has {values.Length} values, expected a multiple of {size}.", name);
            for (int k = 0; k < values.Length; k++)
            {
                if (!float.IsFinite(values[k]))
                    throw new ArgumentException(FormattableString.Invariant($"ArrayDataset: {name}[{index}] holds {values[k]} in row {k / size}, column {k % size}; expected a finite number."), name);
            }
            return values.Length / size;
        }
    }
}
