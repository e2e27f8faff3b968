using System;
using System.Collections.Generic;

namespace Recurrent
{
    /// <summary>
    /// The working memory in which a layer or a model runs forward and backward over batches of sequences, up to a size given once.
    /// A call within that size allocates nothing. Inputs and outputs are batch first: (batch, steps, features), row-major.
    /// States are (batch, <see cref="Layer.StateSize"/>). Not thread-safe; several passes may share a layer.
    /// </summary>
    public sealed unsafe class SequencePass : IDisposable
    {
        private readonly Layer _layer;
        private readonly PassMemory _memory;
        private readonly LayerPass _pass;
        private readonly float* _finalState, _stateGradient, _finalStateGradient, _gradients;
        private readonly int[] _lengths;
        private readonly int _stateSize, _packedLength;
        private Batch _batch;
        private List<CellTap>? _taps;
        private bool _ragged, _forwardDone, _backwardDone, _tapeUsed, _disposed;

        /// <summary>Takes the memory.</summary>
        /// <param name="layer">What is run.</param>
        /// <param name="maxBatch">The most rows of a batch.</param>
        /// <param name="maxSteps">The most steps of a sequence.</param>
        /// <param name="training">Whether <see cref="Backward"/> will be called.</param>
        /// <param name="kernels">What computes; <see cref="KernelSet.Default"/> if null.</param>
        /// <param name="threads">
        /// How many threads share a recurrent layer's forward steps of a lone row, the caller included; only layers whose weights take 128 KiB or more are shared, and <see cref="Dispose"/> ends the threads. No bit
        /// depends on it.
        /// </param>
        /// <exception cref="ArgumentOutOfRangeException">A size or the number of threads is below 1.</exception>
        /// <exception cref="ArgumentException">The layer has no size of its own and stands outside a model.</exception>
        public SequencePass(Layer layer, int maxBatch, int maxSteps, bool training = false, KernelSet? kernels = null, int threads = 1)
            : this(layer, maxBatch, maxSteps, training, kernels, WeightPrecision.Single, threads)
        {
        }

        internal SequencePass(Layer layer, int maxBatch, int maxSteps, bool training, KernelSet? kernels, WeightPrecision weights, int threads)
        {
            _layer = layer ?? throw new ArgumentNullException(nameof(layer));
            if (maxBatch < 1) throw new ArgumentOutOfRangeException(nameof(maxBatch), $"{layer}: expected a batch of at least 1, got {maxBatch}.");
            if (maxSteps < 1) throw new ArgumentOutOfRangeException(nameof(maxSteps), $"{layer}: expected at least 1 step, got {maxSteps}.");
            if (threads < 1) throw new ArgumentOutOfRangeException(nameof(threads), $"{layer}: expected at least 1 thread, got {threads}.");
            if (layer.InputSize < 1) throw new ArgumentException($"{layer}: has the size of the layer before it, and so runs only inside a model.", nameof(layer));
            _memory = new PassMemory(kernels ?? KernelSet.Default, maxSteps, maxBatch, training, weights, threads);
            _pass = layer.CreatePass(_memory, _memory.TakeActivations(maxSteps, layer.InputSize));
            _lengths = new int[maxBatch];
            _stateSize = layer.StateSize;
            _finalState = _memory.Take((long)maxBatch * _stateSize);
            if (!training) return;
            _pass.InputGradient = _memory.TakeActivations(maxSteps, layer.InputSize);
            _stateGradient = _memory.Take((long)maxBatch * _stateSize);
            _finalStateGradient = _memory.Take((long)maxBatch * _stateSize);
            _packedLength = layer.PackedGradientLength;
            _gradients = _memory.Take(_packedLength);
        }

        /// <summary>What is run.</summary>
        public Layer Layer => _layer;

        /// <summary>The most rows of a batch.</summary>
        public int MaxBatch => _memory.Rows;

        /// <summary>The most steps of a sequence.</summary>
        public int MaxSteps => _memory.Steps;

        /// <summary>Bytes of working memory.</summary>
        public long Bytes => _memory.Bytes;

        /// <summary>Steps of the output, for the last <see cref="Forward"/>.</summary>
        public int OutputSteps => _layer.OutputSteps(_batch.Steps);

        /// <summary>(batch, state): the states at each row's own end, after <see cref="Forward"/>.</summary>
        /// <exception cref="InvalidOperationException"><see cref="Forward"/> was not called.</exception>
        public ReadOnlySpan<float> FinalState
        {
            get
            {
                CheckForward();
                return new ReadOnlySpan<float>(_finalState, _batch.Rows * _stateSize);
            }
        }

        /// <summary>(batch, state): the gradient of the initial states, after <see cref="Backward"/>.</summary>
        /// <exception cref="InvalidOperationException"><see cref="Backward"/> was not called since <see cref="Forward"/>.</exception>
        public ReadOnlySpan<float> StateGradient
        {
            get
            {
                CheckBackward();
                return new ReadOnlySpan<float>(_stateGradient, _batch.Rows * _stateSize);
            }
        }

        /// <summary>
        /// Opens a view of every recurrent cell's states, gates and gradient norms, level by level. Results do not change by it, and a pass that nobody
        /// watches pays nothing for it.
        /// </summary>
        /// <returns>The taps, empty for a layer without recurrent cells; the same each time.</returns>
        public IReadOnlyList<CellTap> Watch()
        {
            if (_taps != null) return _taps;
            _taps = new List<CellTap>();
            _pass.Watch("", _taps);
            return _taps;
        }

        /// <summary>Runs the layer.</summary>
        /// <param name="input">(batch, steps, input features); what stands past a row's length is not looked at.</param>
        /// <param name="batch">Rows.</param>
        /// <param name="steps">Steps of the longest row.</param>
        /// <param name="state">(batch, state): the states to begin with; empty for zeros.</param>
        /// <param name="lengths">Each row's length, 1 … steps; empty when all have <paramref name="steps"/>.</param>
        /// <param name="training">Whether dropout acts.</param>
        /// <param name="seed">What dropout and free running draw from.</param>
        /// <param name="teacherForcing">The share of its steps at which an <see cref="EncoderDecoder"/> is fed the right symbol, 0 … 1, and not what it put out.</param>
        /// <exception cref="ArgumentException">A size does not fit, or a number is out of range; the message says which.</exception>
        /// <exception cref="InvalidOperationException">Dropout is to act in a pass that was not made for training.</exception>
        /// <exception cref="ObjectDisposedException">The pass was disposed.</exception>
        public void Forward(ReadOnlySpan<float> input, int batch, int steps, ReadOnlySpan<float> state = default, ReadOnlySpan<int> lengths = default,
            bool training = false, ulong seed = 0, float teacherForcing = 1)
        {
            Check(input.Length, batch, steps, state.Length, lengths);
            if (!(teacherForcing >= 0 && teacherForcing <= 1)) throw new ArgumentOutOfRangeException(nameof(teacherForcing), FormattableString.Invariant($"{_layer}: expected a teacher-forcing ratio of 0 to 1, got {teacherForcing}."));
            if (training && !_memory.Training) throw new InvalidOperationException($"{_layer}: dropout acts only in a pass that was made with training: true.");
            _forwardDone = _backwardDone = _tapeUsed = false;
            _layer.Prepare();
            _ragged = lengths.Length > 0;
            lengths.CopyTo(_lengths);
            int features = _layer.InputSize;
            // Rows of one step lie as the caller's do.
            if (steps == 1) input.CopyTo(new Span<float>(_pass.Input.Data, input.Length));
            for (int row = 0; row < batch && steps > 1; row++)
            {
                int length = _ragged ? _lengths[row] : steps;
                for (int t = 0; t < steps; t++)
                {
                    var into = new Span<float>(_pass.Input.At(t, row), features);
                    if (t < length) input.Slice((row * steps + t) * features, features).CopyTo(into);
                    else into.Clear();
                }
            }
            _batch = new Batch
            {
                Steps = steps,
                Rows = batch,
                FinalState = _finalState,
                StateRow = _stateSize,
                Training = training,
                Seed = seed,
                FreeRunning = 1 - teacherForcing,
            };
            fixed (int* pinned = _lengths)
            fixed (float* pinnedState = state)
            {
                Batch pinnedBatch = _batch;
                pinnedBatch.Lengths = _ragged ? pinned : null;
                pinnedBatch.State = pinnedState;
                _pass.Forward(pinnedBatch, WorkSlicer.Whole);
            }
            _forwardDone = true;
        }

        /// <summary>Copies the output of the last <see cref="Forward"/>: (batch, <see cref="OutputSteps"/>, output features), zero past a row's length.</summary>
        /// <exception cref="ArgumentException">The destination has another size.</exception>
        public void CopyOutput(Span<float> destination)
        {
            CheckForward();
            CheckLength("output", destination.Length, _batch.Rows * OutputSteps * _layer.OutputSize);
            Gather(_pass.Output, OutputSteps, destination);
        }

        /// <summary>
        /// Runs the layer backward through the last <see cref="Forward"/>. The gradients of the parameters are added to those they have.
        /// </summary>
        /// <param name="outputGradient">(batch, output steps, output features); what stands past a row's length is not looked at.</param>
        /// <param name="finalStateGradient">(batch, state): the gradient of <see cref="FinalState"/>; empty for none.</param>
        /// <exception cref="ArgumentException">A size does not fit.</exception>
        /// <exception cref="InvalidOperationException">The pass was not made for training, or <see cref="Forward"/> was not called since the last time.</exception>
        public void Backward(ReadOnlySpan<float> outputGradient, ReadOnlySpan<float> finalStateGradient = default)
        {
            if (!_memory.Training) throw new InvalidOperationException($"{_layer}: this pass keeps no tape; make it with training: true to run backward.");
            CheckForward();
            if (_tapeUsed) throw new InvalidOperationException($"{_layer}: Backward uses the tape up; call Forward again before it.");
            int steps = OutputSteps, features = _layer.OutputSize;
            CheckLength("gradient of the output", outputGradient.Length, _batch.Rows * steps * features);
            if (finalStateGradient.Length > 0) CheckLength("gradient of the state", finalStateGradient.Length, _batch.Rows * _stateSize);
            for (int row = 0; row < _batch.Rows; row++)
                for (int t = 0; t < steps; t++)
                {
                    var into = new Span<float>(_pass.OutputGradient.At(t, row), features);
                    if (steps == 1 || !_ragged || t < _lengths[row]) outputGradient.Slice((row * steps + t) * features, features).CopyTo(into);
                    else into.Clear();
                }
            finalStateGradient.CopyTo(new Span<float>(_finalStateGradient, _batch.Rows * _stateSize));
            _batch.FinalStateGradient = finalStateGradient.Length == 0 ? null : _finalStateGradient;
            _batch.StateGradient = _stateGradient;
            new Span<float>(_gradients, _packedLength).Clear();
            _tapeUsed = true;
            fixed (int* pinned = _lengths)
            {
                Batch pinnedBatch = _batch;
                pinnedBatch.Lengths = _ragged ? pinned : null;
                _pass.Backward(pinnedBatch, _gradients, WorkSlicer.Whole);
            }
            _layer.AddGradients(_gradients, WorkSlicer.Whole);
            _backwardDone = true;
        }

        /// <summary>Copies the gradient of the input after <see cref="Backward"/>: (batch, steps, input features), zero past a row's length.</summary>
        /// <exception cref="ArgumentException">The destination has another size.</exception>
        /// <exception cref="InvalidOperationException"><see cref="Backward"/> was not called since <see cref="Forward"/>.</exception>
        public void CopyInputGradient(Span<float> destination)
        {
            CheckBackward();
            CheckLength("gradient of the input", destination.Length, _batch.Rows * _batch.Steps * _layer.InputSize);
            Gather(_pass.InputGradient, _batch.Steps, destination);
        }

        /// <summary>Frees the memory.</summary>
        public void Dispose()
        {
            _disposed = true;
            _memory.Dispose();
        }

        private void Gather(in Activations from, int steps, Span<float> destination)
        {
            if (steps == 1 && from.Row == from.Features)
            {
                new ReadOnlySpan<float>(from.Data, destination.Length).CopyTo(destination);
                return;
            }
            for (int row = 0; row < _batch.Rows; row++)
                for (int t = 0; t < steps; t++)
                {
                    Span<float> into = destination.Slice((row * steps + t) * from.Features, from.Features);
                    if (steps == 1 || !_ragged || t < _lengths[row]) new ReadOnlySpan<float>(from.At(t, row), from.Features).CopyTo(into);
                    else into.Clear();
                }
        }

        private void Check(int input, int batch, int steps, int state, ReadOnlySpan<int> lengths)
        {
            if (_disposed) throw new ObjectDisposedException(nameof(SequencePass));
            if (batch < 1 || batch > MaxBatch) throw new ArgumentException($"{_layer}: the pass holds batches of 1 to {MaxBatch} rows, got {batch}.", nameof(batch));
            if (steps < 1 || steps > MaxSteps) throw new ArgumentException($"{_layer}: the pass holds sequences of 1 to {MaxSteps} steps, got {steps}.", nameof(steps));
            int features = _layer.InputSize;
            if (input != batch * steps * features)
                throw new ArgumentException(input % (batch * steps) == 0
                    ? $"{_layer}: input has {input / (batch * steps)} features, expected {features}."
                    : $"{_layer}: input has {input} numbers, expected {batch} × {steps} × {features} = {batch * steps * features}.", nameof(input));
            if (state > 0) CheckLength("state", state, batch * _stateSize);
            if (lengths.Length == 0) return;
            if (lengths.Length != batch) throw new ArgumentException($"{_layer}: got {lengths.Length} lengths, expected {batch}, one a row.", nameof(lengths));
            for (int row = 0; row < batch; row++)
                if (lengths[row] < 1 || lengths[row] > steps) throw new ArgumentException($"{_layer}: row {row} has length {lengths[row]}, expected 1 to {steps}.", nameof(lengths));
        }

        private void CheckForward()
        {
            if (_disposed) throw new ObjectDisposedException(nameof(SequencePass));
            if (!_forwardDone) throw new InvalidOperationException($"{_layer}: expected Forward to be called first.");
        }

        private void CheckBackward()
        {
            if (_disposed) throw new ObjectDisposedException(nameof(SequencePass));
            if (!_backwardDone) throw new InvalidOperationException($"{_layer}: expected Backward to be called first.");
        }

        private void CheckLength(string what, int got, int expected)
        {
            if (got != expected) throw new ArgumentException($"{_layer}: the {what} has {got} numbers, expected {expected}.");
        }
    }
}
