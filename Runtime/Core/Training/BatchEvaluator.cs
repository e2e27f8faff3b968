using System;
using System.Threading;

namespace Recurrent
{
    /// <summary>
    /// Computes the loss of batches of a data set, and its gradient, on several threads with the same bits as on one. A batch is cut into chunks
    /// of rows whose size depends on the model and the largest batch alone; chunk c adds its gradient to lane c mod L, a lane is computed by one
    /// thread, and the lanes are summed in order. After the first batch nothing is allocated.
    /// </summary>
    internal sealed unsafe class BatchEvaluator : IDisposable
    {
        /// <summary>The most lanes, and so the most threads that have work.</summary>
        public const int MaxLanes = 8;

        private readonly SequenceModel _model;
        private readonly Loss _loss;
        private readonly SequenceDataset _data;
        private readonly WorkerTeam _team;
        private readonly KernelSet _kernels;
        private readonly bool _training, _carry;
        private readonly int _maxSteps, _maxTargetSteps, _targetSize, _chunkRows, _lanes, _packedLength;
        private readonly PassMemory[] _memories;
        private readonly LayerPass[] _passes;
        private readonly AlignedBuffer[] _gradients;
        private readonly float[] _inputs, _targets, _states, _finalStates;
        private readonly int[] _indices, _lengths, _targetSteps;
        private readonly double[] _losses;
        private readonly Action<int> _job;
        private int _rows, _usedLanes, _nextLane;
        private double _weight;
        private ulong _seed;
        private float _freeRunning;

        /// <param name="model">What is evaluated.</param>
        /// <param name="loss">What judges it.</param>
        /// <param name="data">Where the batches come from, at least one sequence. Where it has tracks, the states are carried from batch to batch.</param>
        /// <param name="batchSize">The most sequences in a batch; a data set with tracks decides itself.</param>
        /// <param name="kernels">What computes.</param>
        /// <param name="team">The threads.</param>
        /// <param name="training">Whether gradients are wanted, and dropout acts.</param>
        /// <exception cref="ArgumentException">A batch would need more memory than an array holds.</exception>
        public BatchEvaluator(SequenceModel model, Loss loss, SequenceDataset data, int batchSize, KernelSet kernels, WorkerTeam team, bool training)
        {
            _model = model;
            _loss = loss;
            _data = data;
            _team = team;
            _kernels = kernels;
            _training = training;
            _carry = data.Tracks > 0;
            BatchSize = Math.Min(_carry ? data.Tracks : batchSize, data.Count);
            _maxSteps = data.MaxSteps;
            _maxTargetSteps = data.MaxTargetSteps;
            _targetSize = data.TargetSize;
            _chunkRows = ChunkRows(model, BatchSize);
            int chunks = (BatchSize + _chunkRows - 1) / _chunkRows;
            _lanes = Math.Min(chunks, MaxLanes);
            _packedLength = model.PackedGradientLength;
            _inputs = new float[Length(BatchSize, _maxSteps, model.InputSize)];
            _targets = new float[Length(BatchSize, _maxTargetSteps, _targetSize)];
            _states = new float[_carry ? Length(BatchSize, 1, model.StateSize) : 0];
            _finalStates = new float[_states.Length];
            _indices = new int[BatchSize];
            _lengths = new int[BatchSize];
            _targetSteps = new int[BatchSize];
            _losses = new double[chunks];
            _memories = new PassMemory[Math.Min(team.Size, _lanes)];
            _passes = new LayerPass[_memories.Length];
            for (int i = 0; i < _passes.Length; i++)
            {
                _memories[i] = new PassMemory(kernels, _maxSteps, _chunkRows, training);
                _passes[i] = model.CreatePass(_memories[i], _memories[i].TakeActivations(_maxSteps, model.InputSize));
            }
            _gradients = new AlignedBuffer[training ? _lanes : 0];
            for (int i = 0; i < _gradients.Length; i++) _gradients[i] = new AlignedBuffer(_packedLength);
            _job = RunLanes;
        }

        /// <summary>Sequences in a batch; the last one may have fewer.</summary>
        public int BatchSize { get; }

        /// <summary>How many batches hold the whole data set.</summary>
        public int Batches => (_data.Count - 1) / BatchSize + 1;

        /// <summary>(batch, state): the states that the next batch begins with; empty where they are not carried.</summary>
        public Span<float> States => _states;

        /// <summary>Bytes of working memory.</summary>
        public long Bytes
        {
            get
            {
                long bytes = sizeof(float) * ((long)_inputs.Length + _targets.Length + 2L * _states.Length + (long)_gradients.Length * _packedLength);
                foreach (PassMemory memory in _memories) bytes += memory.Bytes;
                return bytes;
            }
        }

        /// <summary>Lets the next batch begin with states of zero.</summary>
        public void ResetStates() => Array.Clear(_states, 0, _states.Length);

        /// <summary>As below, for batch <paramref name="batch"/> of the data set in its own order.</summary>
        public (double Loss, double Weight) Evaluate(int batch)
        {
            int first = batch * BatchSize, count = Math.Min(BatchSize, _data.Count - first);
            for (int row = 0; row < count; row++) _indices[row] = first + row;
            return Evaluate(_indices.AsSpan(0, count), 0);
        }

        /// <summary>
        /// The sum of the losses of some sequences and the sum of their weights. In training the gradient of their quotient replaces that in the
        /// model's store, unless the weight is zero: then there is nothing to learn.
        /// </summary>
        /// <param name="indices">Which sequences, at most <see cref="BatchSize"/>.</param>
        /// <param name="seed">What dropout and free running draw from.</param>
        /// <param name="freeRunning">The share of its steps at which a decoder is fed what it put out.</param>
        /// <exception cref="ArgumentException">A sequence is not as it was when the data was checked, or a layer refuses a value; nothing has changed.</exception>
        public (double Loss, double Weight) Evaluate(ReadOnlySpan<int> indices, ulong seed, float freeRunning = 0)
        {
            Read(indices);
            bool learning = _training && _weight > 0;
            if (_training && !learning && !_carry) return (0, 0);
            _seed = seed;
            _freeRunning = freeRunning;
            _usedLanes = Math.Min(_lanes, (_rows - 1) / _chunkRows + 1);
            _nextLane = 0;
            _model.Prepare();
            Array.Clear(_losses, 0, _losses.Length);
            if (_passes.Length > 1 && _usedLanes > 1) _team.Run(_job);
            else RunLanes(0);
            _finalStates.CopyTo(_states, 0);
            if (learning) SumGradients();
            double loss = 0;
            foreach (double part in _losses) loss += part;
            return (loss, _weight);
        }

        public void Dispose()
        {
            foreach (PassMemory memory in _memories) memory.Dispose();
            foreach (AlignedBuffer gradient in _gradients) gradient.Dispose();
        }

        /// <summary>
        /// Small models get small chunks, whose tape stays near the core; large ones get more rows to share each read of the weights. Half a
        /// batch at most, so that two threads have work.
        /// </summary>
        private static int ChunkRows(SequenceModel model, int batch)
        {
            long weights = model.Store.Length * (long)sizeof(float);
            int rows = weights > 2 << 20 ? 32 : weights > 256 << 10 ? 16 : 8;
            int half = ((batch + 1) / 2 + 7) / 8 * 8;
            return Math.Min(Math.Min(rows, half), batch);
        }

        private int Length(int batch, int steps, int features)
        {
            long length = (long)batch * steps * features;
            if (length > int.MaxValue - 64)
                throw new ArgumentException($"{_model}: a batch of {batch} × {steps} steps × {features} values is larger than an array; cut the sequences or the batch.");
            return (int)length;
        }

        private void Read(ReadOnlySpan<int> indices)
        {
            int features = _model.InputSize;
            _rows = indices.Length;
            _weight = 0;
            for (int row = 0; row < _rows; row++)
            {
                int index = indices[row], steps = _data.Steps(index), targetSteps = _data.TargetSteps(index);
                if (steps < 1 || steps > _maxSteps || targetSteps != _model.OutputSteps(steps))
                    throw new ArgumentException($"{_model}: sequence {index} now has {steps} steps and {targetSteps} target steps; it has changed since it was checked.");
                _lengths[row] = steps;
                _targetSteps[row] = targetSteps;
                Span<float> targets = _targets.AsSpan(row * _maxTargetSteps * _targetSize, targetSteps * _targetSize);
                _data.Read(index, _inputs.AsSpan(row * _maxSteps * features, steps * features), targets);
                for (int t = 0; t < targetSteps; t++) _weight += _loss.Weight(_model.OutputSize, targets.Slice(t * _targetSize, _targetSize));
            }
        }

        // Whoever is free takes the next lane: which thread computes it changes no bit.
        private void RunLanes(int thread)
        {
            if (thread >= _passes.Length) return;
            for (int lane; (lane = Interlocked.Increment(ref _nextLane) - 1) < _usedLanes;) RunLane(lane, _passes[thread]);
        }

        private void RunLane(int lane, LayerPass pass)
        {
            if (_training) _gradients[lane].Span.Clear();
            for (int chunk = lane; chunk * _chunkRows < _rows; chunk += _lanes) RunChunk(chunk, lane, pass);
        }

        private void RunChunk(int chunk, int lane, LayerPass pass)
        {
            int first = chunk * _chunkRows, rows = Math.Min(_chunkRows, _rows - first), states = _carry ? _model.StateSize : 0;
            int steps = 0;
            bool ragged = false;
            for (int row = first; row < first + rows; row++)
            {
                steps = Math.Max(steps, _lengths[row]);
                ragged |= _lengths[row] != _lengths[first];
            }
            for (int row = 0; row < rows; row++) CopyInput(first + row, steps, row, pass);

            fixed (int* lengths = &_lengths[first])
            fixed (float* state = _states, finalState = _finalStates)
            {
                var batch = new Batch
                {
                    Steps = steps,
                    Rows = rows,
                    Lengths = ragged ? lengths : null,
                    State = states > 0 ? state + first * states : null,
                    FinalState = states > 0 ? finalState + first * states : null,
                    StateRow = states,
                    Training = _training,
                    Seed = RandomSource.Combine(_seed, (ulong)chunk),
                    FreeRunning = _freeRunning,
                };
                pass.Forward(batch);
                bool learning = _training && _weight > 0;
                _losses[chunk] = RunLoss(pass, first, rows, _model.OutputSteps(steps), learning);
                if (learning) pass.Backward(batch, _gradients[lane].Pointer);
            }
        }

        private void CopyInput(int from, int steps, int row, LayerPass pass)
        {
            int features = _model.InputSize, length = _lengths[from];
            for (int t = 0; t < steps; t++)
            {
                var into = new Span<float>(pass.Input.At(t, row), features);
                if (t < length) _inputs.AsSpan((from * _maxSteps + t) * features, features).CopyTo(into);
                else into.Clear();
            }
        }

        private double RunLoss(LayerPass pass, int first, int rows, int steps, bool learning)
        {
            int features = _model.OutputSize;
            float scale = (float)(1 / _weight);
            double loss = 0;
            for (int t = 0; t < steps; t++)
                for (int row = 0; row < rows; row++)
                {
                    Span<float> gradient = learning ? new Span<float>(pass.OutputGradient.At(t, row), features) : default;
                    if (t >= _targetSteps[first + row])
                    {
                        gradient.Clear();
                        continue;
                    }
                    ReadOnlySpan<float> target = _targets.AsSpan(((first + row) * _maxTargetSteps + t) * _targetSize, _targetSize);
                    loss += _loss.Evaluate(new ReadOnlySpan<float>(pass.Output.At(t, row), features), target, scale, gradient);
                }
            return loss;
        }

        private void SumGradients()
        {
            float* sum = _gradients[0].Pointer;
            for (int lane = 1; lane < _usedLanes; lane++) _kernels.Add(_gradients[lane].Pointer, sum, _packedLength);
            _model.Store.ClearGradients();
            _model.AddGradients(sum);
        }
    }
}
