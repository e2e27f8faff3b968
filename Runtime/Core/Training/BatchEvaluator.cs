using System;

namespace Recurrent
{
    /// <summary>
    /// Computes the loss of a batch, and its gradient, on several threads with the same bits as on one. The batch is cut into chunks of rows whose
    /// size depends on the model and the batch alone; chunk c adds its gradient to lane c mod L, a lane belongs to one thread, and the lanes
    /// are summed in order.
    /// </summary>
    internal sealed unsafe class BatchEvaluator : IDisposable
    {
        private const int MaxLanes = 8;

        private readonly SequenceModel _model;
        private readonly Loss _loss;
        private readonly int _maxBatch, _maxSteps, _maxTargetSteps, _chunkRows, _lanes, _packedLength;
        private readonly PassMemory[] _memories;
        private readonly LayerPass[] _passes;
        private readonly AlignedBuffer[] _gradients;
        private readonly float[] _inputs, _targets, _states, _finalStates;
        private readonly int[] _lengths, _targetSteps;
        private readonly double[] _losses;
        private readonly Action<int> _job;
        private readonly WorkerTeam _team;
        private int _rows, _steps;
        private double _weight;
        private bool _training, _carry;
        private ulong _seed;

        public BatchEvaluator(SequenceModel model, Loss loss, SequenceDataset data, int maxBatch, KernelSet kernels, WorkerTeam team, bool training)
        {
            _model = model;
            _loss = loss;
            _team = team;
            _training = training;
            _maxBatch = Math.Min(maxBatch, data.Count);
            _maxSteps = data.MaxSteps;
            _maxTargetSteps = data.MaxTargetSteps;
            _chunkRows = ChunkRows(model, _maxBatch);
            int chunks = (_maxBatch + _chunkRows - 1) / _chunkRows;
            _lanes = Math.Min(chunks, MaxLanes);
            _packedLength = model.PackedGradientLength;
            int threads = Math.Min(team.Size, _lanes);
            _memories = new PassMemory[threads];
            _passes = new LayerPass[threads];
            for (int i = 0; i < threads; i++)
            {
                _memories[i] = new PassMemory(kernels, _maxSteps, _chunkRows, training);
                _passes[i] = model.CreatePass(_memories[i], _memories[i].TakeActivations(_maxSteps, model.InputSize));
            }
            _gradients = new AlignedBuffer[training ? _lanes : 0];
            for (int i = 0; i < _gradients.Length; i++) _gradients[i] = new AlignedBuffer(_packedLength);
            _inputs = new float[_maxBatch * _maxSteps * model.InputSize];
            _targets = new float[_maxBatch * _maxTargetSteps * data.TargetSize];
            _states = new float[_maxBatch * model.StateSize];
            _finalStates = new float[_maxBatch * model.StateSize];
            _lengths = new int[_maxBatch];
            _targetSteps = new int[_maxBatch];
            _losses = new double[chunks];
            _job = RunLanes;
        }

        /// <summary>Bytes of working memory, gradients of the lanes included.</summary>
        public long Bytes
        {
            get
            {
                long bytes = 4L * (_inputs.Length + _targets.Length + 2 * _states.Length) + (long)_gradients.Length * _packedLength * sizeof(float);
                foreach (PassMemory memory in _memories) bytes += memory.Bytes;
                return bytes;
            }
        }

        /// <summary>(rows, state): the states that the next batch begins with, when they are carried.</summary>
        public Span<float> States => _states;

        /// <summary>Forgets the states of the rows.</summary>
        public void ResetStates() => Array.Clear(_states, 0, _states.Length);

        /// <summary>
        /// The sum of the losses of some sequences and the sum of their weights. In training the gradient of their quotient replaces that in the
        /// model's store, unless the weight is zero.
        /// </summary>
        /// <param name="data">Where the sequences come from.</param>
        /// <param name="indices">Which.</param>
        /// <param name="seed">What dropout draws from.</param>
        /// <param name="carry">Whether rows begin with the states with which the batch before ended.</param>
        public (double Loss, double Weight) Evaluate(SequenceDataset data, ReadOnlySpan<int> indices, ulong seed, bool carry)
        {
            Read(data, indices);
            _seed = seed;
            _carry = carry;
            if (_training && !(_weight > 0)) return (0, 0);
            _model.Prepare();
            foreach (AlignedBuffer gradient in _gradients) gradient.Span.Clear();
            Array.Clear(_losses, 0, _losses.Length);
            if (_passes.Length > 1 && _rows > _chunkRows) _team.Run(_job);
            else for (int lane = 0; lane < _lanes; lane++) RunLane(lane, 0);
            if (carry) Array.Copy(_finalStates, _states, _states.Length);
            double loss = 0;
            foreach (double part in _losses) loss += part;
            if (_training)
            {
                _model.Store.ClearGradients();
                foreach (AlignedBuffer gradient in _gradients) _model.AddGradients(gradient.Pointer);
            }
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
            return Math.Max(1, Math.Min(Math.Min(rows, half), batch));
        }

        private void Read(SequenceDataset data, ReadOnlySpan<int> indices)
        {
            int features = _model.InputSize, targetSize = data.TargetSize;
            _rows = indices.Length;
            _steps = 0;
            _weight = 0;
            for (int row = 0; row < _rows; row++)
            {
                int index = indices[row];
                _lengths[row] = data.Steps(index);
                _targetSteps[row] = data.TargetSteps(index);
                _steps = Math.Max(_steps, _lengths[row]);
                Span<float> targets = _targets.AsSpan(row * _maxTargetSteps * targetSize, _targetSteps[row] * targetSize);
                data.Read(index, _inputs.AsSpan(row * _maxSteps * features, _lengths[row] * features), targets);
                for (int t = 0; t < _targetSteps[row]; t++) _weight += _loss.Weight(_model.OutputSize, targets.Slice(t * targetSize, targetSize));
            }
        }

        private void RunLanes(int thread)
        {
            if (thread >= _passes.Length) return;
            for (int lane = thread; lane < _lanes; lane += _passes.Length) RunLane(lane, thread);
        }

        private void RunLane(int lane, int thread)
        {
            for (int chunk = lane; chunk * _chunkRows < _rows; chunk += _lanes) RunChunk(chunk, lane, _passes[thread]);
        }

        private void RunChunk(int chunk, int lane, LayerPass pass)
        {
            int first = chunk * _chunkRows, rows = Math.Min(_chunkRows, _rows - first), features = _model.InputSize, states = _model.StateSize;
            bool ragged = false;
            int steps = 0;
            for (int row = 0; row < rows; row++)
            {
                int length = _lengths[first + row];
                steps = Math.Max(steps, length);
                ragged |= length != _lengths[first];
            }
            for (int row = 0; row < rows; row++)
            {
                int length = _lengths[first + row];
                ReadOnlySpan<float> input = _inputs.AsSpan((first + row) * _maxSteps * features, length * features);
                for (int t = 0; t < steps; t++)
                {
                    float* into = pass.Input.At(t, row);
                    for (int i = 0; i < features; i++) into[i] = t < length ? input[t * features + i] : 0;
                }
            }
            fixed (int* lengths = &_lengths[first])
            fixed (float* state = _states, finalState = _finalStates)
            {
                var batch = new Batch
                {
                    Steps = steps,
                    Rows = rows,
                    Lengths = ragged ? lengths : null,
                    State = _carry && states > 0 ? state + first * states : null,
                    FinalState = _carry && states > 0 ? finalState + first * states : null,
                    StateRow = states,
                    Training = _training,
                    Seed = RandomSource.Combine(_seed, (ulong)chunk),
                };
                pass.Forward(batch);
                _losses[chunk] = RunLoss(pass, first, rows, _model.OutputSteps(steps));
                if (_training) pass.Backward(batch, _gradients[lane].Pointer);
            }
        }

        private double RunLoss(LayerPass pass, int first, int rows, int steps)
        {
            int features = _model.OutputSize, targetSize = _targets.Length / (_maxBatch * _maxTargetSteps);
            float scale = (float)(1 / _weight);
            double loss = 0;
            for (int t = 0; t < steps; t++)
                for (int row = 0; row < rows; row++)
                {
                    Span<float> gradient = _training ? new Span<float>(pass.OutputGradient.At(t, row), features) : default;
                    if (t < _targetSteps[first + row])
                    {
                        ReadOnlySpan<float> target = _targets.AsSpan(((first + row) * _maxTargetSteps + t) * targetSize, targetSize);
                        loss += _loss.Evaluate(new ReadOnlySpan<float>(pass.Output.At(t, row), features), target, scale, gradient);
                    }
                    else
                    {
                        gradient.Clear();
                    }
                }
            return loss;
        }
    }
}
