using System;
using System.Collections.Generic;

namespace Recurrent.Onnx
{
    /// <summary>
    /// An ONNX model at work, its inputs and outputs by name, its states carried from step to step; in whichever backend opened it. Values are floats,
    /// also where the model's own are whole numbers or booleans. Inputs keep what was written to them last.
    /// </summary>
    public interface IOnnxSequence : IDisposable
    {
        /// <summary>The names of the inputs, states not among them.</summary>
        public IReadOnlyList<string> Inputs { get; }

        /// <summary>The names of the outputs, states not among them.</summary>
        public IReadOnlyList<string> Outputs { get; }

        /// <summary>How many rows are stepped together.</summary>
        public int Batch { get; }

        /// <summary>What an input reads at the next step: all rows, one after the other.</summary>
        /// <exception cref="ArgumentException">There is no such input.</exception>
        public Span<float> Input(string name);

        /// <summary>What the last step gave.</summary>
        /// <exception cref="ArgumentException">There is no such output.</exception>
        public ReadOnlySpan<float> Output(string name);

        /// <summary>Runs one step and carries the states on.</summary>
        public void Step();

        /// <summary>Sets all states to zero.</summary>
        public void Reset();

        /// <summary>A copy of the states, for a saved game.</summary>
        public float[] Snapshot();

        /// <summary>Goes on from states that <see cref="Snapshot"/> copied.</summary>
        /// <exception cref="ArgumentException">The size is another model's.</exception>
        public void Restore(ReadOnlySpan<float> snapshot);
    }
}
