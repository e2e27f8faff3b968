using System;

namespace Recurrent
{
    /// <summary>
    /// A numbered collection of sequences and their targets, which copies one at a time into the caller's memory.
    /// Shape letters: T steps of a sequence, I input size, S target steps, O target size.
    /// A sequence is a (T, I) matrix, its target an (S, O) matrix, both row by row; T may differ from sequence to sequence.
    /// </summary>
    public abstract class SequenceDataset
    {
        /// <summary>How many sequences there are; 0 for an empty part of a split.</summary>
        public abstract int Count { get; }

        /// <summary>I: the values in one step of the input.</summary>
        public abstract int InputSize { get; }

        /// <summary>O: the values in one row of the target.</summary>
        public abstract int TargetSize { get; }

        /// <summary>The largest T of all sequences.</summary>
        public abstract int MaxSteps { get; }

        /// <summary>The largest S of all sequences: 1 where each sequence has one target, else the targets stand step by step.</summary>
        public abstract int MaxTargetSteps { get; }

        /// <summary>
        /// 0 when the sequences are independent and may be shuffled. Otherwise the order matters: taken in order in batches of this size,
        /// row b of a batch continues row b of the batch before it, so that the state is carried on (truncated back-propagation through time).
        /// </summary>
        public virtual int Tracks => 0;

        /// <summary>T: the steps of one sequence, 1 … <see cref="MaxSteps"/>.</summary>
        /// <exception cref="ArgumentOutOfRangeException">There is no sequence of that index.</exception>
        public int Steps(int index)
        {
            CheckIndex(index);
            return StepsOf(index);
        }

        /// <summary>S: the rows of one sequence's target, 1 … <see cref="MaxTargetSteps"/>.</summary>
        /// <exception cref="ArgumentOutOfRangeException">There is no sequence of that index.</exception>
        public int TargetSteps(int index)
        {
            CheckIndex(index);
            return TargetStepsOf(index);
        }

        /// <summary>Copies one sequence and its target; allocates nothing.</summary>
        /// <param name="index">0 … <see cref="Count"/> − 1.</param>
        /// <param name="input">(T, I), exactly <see cref="Steps"/> × <see cref="InputSize"/> values.</param>
        /// <param name="target">(S, O), exactly <see cref="TargetSteps"/> × <see cref="TargetSize"/> values.</param>
        /// <exception cref="ArgumentOutOfRangeException">There is no sequence of that index.</exception>
        /// <exception cref="ArgumentException">A span has another length.</exception>
        public void Read(int index, Span<float> input, Span<float> target)
        {
            CheckIndex(index);
            CheckLength(index, nameof(input), input.Length, StepsOf(index), InputSize);
            CheckLength(index, nameof(target), target.Length, TargetStepsOf(index), TargetSize);
            Copy(index, input, target);
        }

        /// <summary>The steps of one sequence; the index has been checked. Where not overridden, all have <see cref="MaxSteps"/>.</summary>
        protected virtual int StepsOf(int index) => MaxSteps;

        /// <summary>The target rows of one sequence; the index has been checked. Where not overridden, all have <see cref="MaxTargetSteps"/>.</summary>
        protected virtual int TargetStepsOf(int index) => MaxTargetSteps;

        /// <summary>Copies one sequence and its target; index and lengths have been checked.</summary>
        protected abstract void Copy(int index, Span<float> input, Span<float> target);

        private void CheckIndex(int index)
        {
            if ((uint)index >= (uint)Count)
                throw new ArgumentOutOfRangeException(nameof(index), $"{GetType().Name}: expected an index below {Count} (the number of sequences), got {index}.");
        }

        private void CheckLength(int index, string name, int length, int rows, int size)
        {
            if (length != (long)rows * size)
                throw new ArgumentException($"{GetType().Name}: the {name} of sequence {index} has {rows} × {size} values, got room for {length}.", name);
        }
    }
}
