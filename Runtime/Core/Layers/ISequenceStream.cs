using System;

namespace Recurrent
{
    /// <summary>
    /// Something that is fed one step at a time and carries its state, for one row or for several at once: a managed model
    /// (<see cref="SequenceStream"/>), or one in another runtime.
    /// </summary>
    public interface ISequenceStream : IDisposable
    {
        /// <summary>Features of an input step.</summary>
        public int InputSize { get; }

        /// <summary>Features of an output step.</summary>
        public int OutputSize { get; }

        /// <summary>How many rows are stepped together.</summary>
        public int Batch { get; }

        /// <summary>Feeds one step and reads the output.</summary>
        /// <param name="input">(batch, input features).</param>
        /// <param name="output">(batch, output features).</param>
        /// <exception cref="ArgumentException">A size does not fit.</exception>
        public void Step(ReadOnlySpan<float> input, Span<float> output);

        /// <summary>Sets all states to zero.</summary>
        public void Reset();

        /// <summary>Sets the states of one row to zero.</summary>
        /// <exception cref="ArgumentOutOfRangeException">There is no such row.</exception>
        public void Reset(int row);

        /// <summary>A copy of the states.</summary>
        public float[] Snapshot();

        /// <summary>Goes on from states that <see cref="Snapshot"/> copied.</summary>
        /// <exception cref="ArgumentException">The size is another model's.</exception>
        public void Restore(ReadOnlySpan<float> snapshot);
    }
}
