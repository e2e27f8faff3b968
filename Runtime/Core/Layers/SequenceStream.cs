using System;
using System.Collections.Generic;

namespace Recurrent
{
    /// <summary>
    /// A model that is fed one step at a time and carries its state, for one row or for several at once. A step allocates nothing.
    /// </summary>
    public sealed class SequenceStream : ISequenceStream
    {
        private readonly Layer _layer;
        private readonly SequencePass _pass;
        private readonly float[] _state;

        /// <summary>Begins with states of zero.</summary>
        /// <param name="layer">The layer or model.</param>
        /// <param name="batch">How many rows are stepped together.</param>
        /// <param name="kernels">What computes; <see cref="KernelSet.Default"/> if null.</param>
        /// <param name="weights">In which precision recurrent layers read their weights; bfloat16 is for one row.</param>
        /// <param name="threads">
        /// How many threads share a step of one row, the caller included; only layers whose weights take 128 KiB or more are shared, and <see cref="Dispose"/> ends the threads. Worth it where step follows step, as in
        /// a roll-out: a thread that has slept for a frame comes too late. No bit depends on it.
        /// </param>
        /// <exception cref="ArgumentOutOfRangeException">The batch or the number of threads is below 1.</exception>
        /// <exception cref="ArgumentException">
        /// The layer needs the whole sequence: it is, or holds, a bidirectional one. Or several rows are to read bfloat16, which would only cost them precision.
        /// </exception>
        public SequenceStream(Layer layer, int batch = 1, KernelSet? kernels = null, WeightPrecision weights = WeightPrecision.Single, int threads = 1)
        {
            _layer = layer ?? throw new ArgumentNullException(nameof(layer));
            if (layer.NeedsWholeSequence) throw new ArgumentException($"{layer}: reads the sequence from its end too, and so cannot be fed step by step.", nameof(layer));
            if (batch != 1 && weights != WeightPrecision.Single) throw new ArgumentException($"{layer}: weights in {weights} are for a batch of 1, got {batch}; a larger one does not wait for its weights.", nameof(weights));
            _pass = new SequencePass(layer, batch, 1, training: false, kernels, weights, threads);
            _state = new float[batch * layer.StateSize];
        }

        /// <summary>Raised at the end of every step. Without a listener it costs one branch.</summary>
        public event StepObserver? Stepped;

        /// <summary>What is run.</summary>
        public Layer Layer => _layer;

        /// <inheritdoc/>
        public int InputSize => _layer.InputSize;

        /// <inheritdoc/>
        public int OutputSize => _layer.OutputSize;

        /// <summary>How many rows are stepped together.</summary>
        public int Batch => _pass.MaxBatch;

        /// <summary>(batch, state): the states that the next step begins with.</summary>
        public ReadOnlySpan<float> State => _state;

        /// <summary>Feeds one step and reads the output.</summary>
        /// <param name="input">(batch, input features).</param>
        /// <param name="output">(batch, output features).</param>
        /// <exception cref="ArgumentException">A size does not fit.</exception>
        public void Step(ReadOnlySpan<float> input, Span<float> output)
        {
            if (output.Length != Batch * _layer.OutputSize) throw new ArgumentException($"{_layer}: the output has {output.Length} numbers, expected {Batch * _layer.OutputSize}.", nameof(output));
            _pass.Forward(input, Batch, 1, _state);
            _pass.CopyOutput(output);
            _pass.FinalState.CopyTo(_state);
            Stepped?.Invoke(this, input, output);
        }

        /// <summary>Views of the recurrent cells' states and gates; see <see cref="SequencePass.Watch"/>. A stream keeps one step, the last: step 0 of each.</summary>
        public IReadOnlyList<CellTap> Watch() => _pass.Watch();

        /// <summary>Sets all states to zero.</summary>
        public void Reset() => Array.Clear(_state, 0, _state.Length);

        /// <summary>Sets the states of one row to zero.</summary>
        /// <exception cref="ArgumentOutOfRangeException">There is no such row.</exception>
        public void Reset(int row)
        {
            if (row < 0 || row >= Batch) throw new ArgumentOutOfRangeException(nameof(row), $"{_layer}: expected a row 0 … {Batch - 1}, got {row}.");
            Array.Clear(_state, row * _layer.StateSize, _layer.StateSize);
        }

        /// <summary>A copy of the states, for a saved game.</summary>
        public float[] Snapshot() => (float[])_state.Clone();

        /// <summary>Goes on from states that <see cref="Snapshot"/> copied.</summary>
        /// <exception cref="ArgumentException">The size is not (batch, state).</exception>
        public void Restore(ReadOnlySpan<float> snapshot)
        {
            if (snapshot.Length != _state.Length) throw new ArgumentException($"{_layer}: the snapshot has {snapshot.Length} numbers, expected {_state.Length}.", nameof(snapshot));
            snapshot.CopyTo(_state);
        }

        /// <summary>Frees the memory.</summary>
        public void Dispose() => _pass.Dispose();
    }
}
