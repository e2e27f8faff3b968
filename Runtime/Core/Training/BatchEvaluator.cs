using System;
using System.Collections.Generic;

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

        // Numbers in a piece of what is copied or added.
        private const int Stretch = 1 << 11;

        private readonly SequenceModel _model;
        private readonly Loss _loss;
        private readonly SequenceDataset _data;
        private readonly WorkerTeam _team;
        private readonly KernelSet _kernels;
        private readonly bool _training, _carry, _sharing;
        private readonly int _maxSteps, _maxTargetSteps, _targetSize, _chunkRows, _lanes, _packedLength;
        private readonly PassMemory[] _memories;
        private readonly LayerPass[] _passes;
        private readonly AlignedBuffer[] _gradients;
        private readonly float[] _inputs, _targets, _states, _finalStates;
        private readonly int[] _indices, _lengths, _targetSteps;
        private readonly double[] _losses;
        private readonly Action<int, int> _job;
        private readonly Action<WorkSlicer> _sum, _gather;
        private IReadOnlyList<CellTap>[]? _taps; // (threads)
        private double[][] _squares = Array.Empty<double[]>(); // (lanes, cells · T)
        private int[][] _cellSteps = Array.Empty<int[]>(); // (lanes, cells)
        private int _rows, _usedLanes, _lane, _chunk, _version;
        private ulong _seed;
        private Stage _stage;
        private float _freeRunning;
        private bool _profiling;

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
            _job = RunLane;
            _sum = SumLanes;
            _gather = AddGradients;
            _sharing = model.Store.Length >= WorkerTeam.WorthSharing;
        }

        /// <summary>Sequences in a batch; the last one may have fewer.</summary>
        public int BatchSize { get; }

        /// <summary>How many batches hold the whole data set.</summary>
        public int Batches => (_data.Count - 1) / BatchSize + 1;

        /// <summary>The sum of the losses of the last batch.</summary>
        public double Loss { get; private set; }

        /// <summary>The sum of its weights.</summary>
        public double Weight { get; private set; }

        /// <summary>(batch, state): the states that the next batch begins with; empty where they are not carried.</summary>
        public Span<float> States => _states;

        /// <summary>Whether batches that begin from now on note how large the gradient is at every time step.</summary>
        public bool IsProfiled { get; set; }

        /// <summary>What was noted; null before a batch began with <see cref="IsProfiled"/>, or where nothing is recurrent.</summary>
        public GradientProfile? Profile { get; private set; }

        // A decoder's steps are those of its targets.
        private int ProfileSteps => Math.Max(_maxSteps, _maxTargetSteps);

        private bool Learning => _training && Weight > 0;

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
            Begin(batch);
            Advance(WorkSlicer.Whole);
            return (Loss, Weight);
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
            Begin(indices, seed, freeRunning);
            Advance(WorkSlicer.Whole);
            return (Loss, Weight);
        }

        /// <summary>Begins to evaluate a batch of the data set in its own order; <see cref="Advance"/> does it.</summary>
        public void Begin(int batch)
        {
            int first = batch * BatchSize;
            _rows = Math.Min(BatchSize, _data.Count - first);
            for (int row = 0; row < _rows; row++) _indices[row] = first + row;
            _seed = 0;
            _freeRunning = 0;
            _stage = Stage.None;
        }

        /// <summary>Begins to evaluate some sequences.</summary>
        public void Begin(ReadOnlySpan<int> indices, ulong seed, float freeRunning = 0)
        {
            indices.CopyTo(_indices);
            _rows = indices.Length;
            _seed = seed;
            _freeRunning = freeRunning;
            _stage = Stage.None;
            if (IsProfiled && _taps == null) Watch();
            _profiling = IsProfiled && Profile != null;
        }

        /// <summary>
        /// Goes on with the batch until it is done or <paramref name="work"/> has no time left. Whole batches take all threads, pieces this one alone;
        /// the bits are the same. Where it throws, the batch begins anew.
        /// </summary>
        /// <returns>Whether the batch is done: <see cref="Loss"/> and <see cref="Weight"/> are those of the batch.</returns>
        /// <exception cref="ArgumentException">A sequence is not as it was when the data was checked, or a layer refuses a value; nothing has changed.</exception>
        public bool Advance(WorkSlicer work)
        {
            Stage reached = _stage;
            _stage = Stage.None;
            // Whoever changes the weights meanwhile finds them used from the start.
            if (reached == Stage.None || _version != _model.Store.Version) Enter(reached = Stage.Read, work);
            while (reached != Stage.Done)
            {
                Do(reached, work);
                if (!work.Finished())
                {
                    _stage = reached;
                    return false;
                }
                Enter(reached = After(reached, work), work);
            }
            return true;
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
            int rows = weights > 256 << 10 ? 16 : 8;
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

        private void Enter(Stage stage, WorkSlicer work)
        {
            switch (stage)
            {
                case Stage.Read:
                    _version = _model.Store.Version;
                    Weight = Loss = 0;
                    work.Begin(WorkKind.Copying);
                    break;
                case Stage.Prepare:
                    Array.Clear(_losses, 0, _losses.Length);
                    _usedLanes = Math.Min(_lanes, (_rows - 1) / _chunkRows + 1);
                    _lane = _chunk = 0;
                    if (_profiling) ClearProfile();
                    work.Begin(WorkKind.Packing);
                    break;
                case Stage.Clear:
                case Stage.Input:
                case Stage.Carry:
                    work.Begin(WorkKind.Copying);
                    break;
                case Stage.Forward:
                    work.Begin(WorkKind.Forward);
                    break;
                case Stage.Judge:
                    work.Begin(WorkKind.Judging);
                    break;
                case Stage.Backward:
                    work.Begin(WorkKind.Backward);
                    break;
                case Stage.Sum:
                    work.Begin(WorkKind.Copying);
                    break;
                case Stage.Gather:
                    work.Begin(WorkKind.Packing);
                    break;
            }
        }

        private void Do(Stage stage, WorkSlicer work)
        {
            switch (stage)
            {
                case Stage.Read:
                    Read(work);
                    break;
                case Stage.Prepare:
                    if (_sharing && work.IsWhole) _model.Prepare(_team);
                    else _model.Prepare(work);
                    break;
                case Stage.Lanes:
                    _team.Run(_usedLanes, _job);
                    break;
                case Stage.Clear:
                    ClearLane(_lane, work);
                    break;
                case Stage.Input:
                    CopyInput(_chunk, _passes[0], work);
                    break;
                case Stage.Forward:
                    Forward(_chunk, _passes[0], work);
                    break;
                case Stage.Judge:
                    Judge(_chunk, _passes[0], work);
                    break;
                case Stage.Backward:
                    Backward(_chunk, _lane, _passes[0], work);
                    break;
                case Stage.Carry:
                    Carry(work);
                    break;
                case Stage.Sum:
                    if (Learning) OnAllThreads(_sum, work);
                    break;
                case Stage.Gather:
                    if (Learning) OnAllThreads(_gather, work);
                    break;
            }
        }

        private Stage After(Stage stage, WorkSlicer work)
        {
            switch (stage)
            {
                case Stage.Read:
                    return _training && !Learning && !_carry ? Stage.Done : Stage.Prepare;
                case Stage.Prepare:
                    return work.IsWhole ? Stage.Lanes : Stage.Clear;
                case Stage.Lanes:
                    return Stage.Carry;
                case Stage.Backward:
                    if (_profiling) Note(_lane, 0);
                    _chunk += _lanes;
                    if (_chunk * _chunkRows < _rows) return Stage.Input;
                    _chunk = ++_lane;
                    return _lane < _usedLanes ? Stage.Clear : Stage.Carry;
                case Stage.Gather:
                    foreach (double part in _losses) Loss += part;
                    if (_profiling && Learning) Profile!.Take(_squares, _cellSteps, _usedLanes);
                    return Stage.Done;
                default:
                    return stage + 1;
            }
        }

        private void Read(WorkSlicer work)
        {
            int features = _model.InputSize;
            for (int row = 0; row < _rows; row++)
            {
                int index = _indices[row];
                if (!work.Next((long)_maxSteps * features + (long)_maxTargetSteps * _targetSize)) continue;
                int steps = _data.Steps(index), targetSteps = _data.TargetSteps(index);
                if (steps < 1 || steps > _maxSteps || targetSteps != _model.OutputSteps(steps))
                    throw new ArgumentException($"{_model}: sequence {index} now has {steps} steps and {targetSteps} target steps; it has changed since it was checked.");
                _lengths[row] = steps;
                _targetSteps[row] = targetSteps;
                Span<float> targets = _targets.AsSpan(row * _maxTargetSteps * _targetSize, targetSteps * _targetSize);
                _data.Read(index, _inputs.AsSpan(row * _maxSteps * features, steps * features), targets);
                for (int t = 0; t < targetSteps; t++) Weight += _loss.Weight(_model.OutputSize, targets.Slice(t * _targetSize, _targetSize));
            }
        }

        // Which thread computes a lane changes no bit.
        private void RunLane(int lane, int thread)
        {
            LayerPass pass = _passes[thread];
            WorkSlicer whole = WorkSlicer.Whole;
            ClearLane(lane, whole);
            for (int chunk = lane; chunk * _chunkRows < _rows; chunk += _lanes)
            {
                CopyInput(chunk, pass, whole);
                Forward(chunk, pass, whole);
                Judge(chunk, pass, whole);
                Backward(chunk, lane, pass, whole);
                if (_profiling) Note(lane, thread);
            }
        }

        /// <summary>Lets the passes take the norms of their gradients.</summary>
        private void Watch()
        {
            _taps = new IReadOnlyList<CellTap>[_passes.Length];
            for (int i = 0; i < _passes.Length; i++)
            {
                var taps = new List<CellTap>();
                _passes[i].Watch("", taps);
                _taps[i] = taps;
            }
            if (_taps[0].Count == 0) return;
            var cells = new string[_taps[0].Count];
            for (int i = 0; i < cells.Length; i++) cells[i] = _taps[0][i].Name;
            _squares = new double[_lanes][];
            _cellSteps = new int[_lanes][];
            for (int lane = 0; lane < _lanes; lane++)
            {
                _squares[lane] = new double[cells.Length * ProfileSteps];
                _cellSteps[lane] = new int[cells.Length];
            }
            Profile = new GradientProfile(cells, ProfileSteps);
        }

        private void ClearProfile()
        {
            foreach (double[] lane in _squares) Array.Clear(lane, 0, lane.Length);
            foreach (int[] lane in _cellSteps) Array.Clear(lane, 0, lane.Length);
        }

        /// <summary>Adds what the last backward pass of a chunk noted to its lane.</summary>
        private void Note(int lane, int thread)
        {
            if (!Learning) return;
            IReadOnlyList<CellTap> taps = _taps![thread];
            for (int cell = 0; cell < taps.Count; cell++)
            {
                ReadOnlySpan<double> norms = taps[cell].GradientNorms;
                Span<double> sums = _squares[lane].AsSpan(cell * ProfileSteps, ProfileSteps);
                for (int t = 0; t < norms.Length; t++) sums[t] += norms[t] * norms[t];
                _cellSteps[lane][cell] = Math.Max(_cellSteps[lane][cell], norms.Length);
            }
        }

        private void ClearLane(int lane, WorkSlicer work)
        {
            for (int i = 0; _training && i < _packedLength; i += Stretch)
                if (work.Next(Stretch)) _gradients[lane].Span.Slice(i, Math.Min(Stretch, _packedLength - i)).Clear();
        }

        private void CopyInput(int chunk, LayerPass pass, WorkSlicer work)
        {
            int first = chunk * _chunkRows, rows = RowsOf(chunk), features = _model.InputSize, steps = StepsOf(chunk, out _);
            for (int row = 0; row < rows; row++)
            {
                if (!work.Next((long)steps * features)) continue;
                int from = first + row, length = _lengths[from];
                for (int t = 0; t < steps; t++)
                {
                    var into = new Span<float>(pass.Input.At(t, row), features);
                    if (t < length) _inputs.AsSpan((from * _maxSteps + t) * features, features).CopyTo(into);
                    else into.Clear();
                }
            }
        }

        private void Forward(int chunk, LayerPass pass, WorkSlicer work)
        {
            fixed (int* lengths = &_lengths[chunk * _chunkRows])
            fixed (float* states = _states, finalStates = _finalStates)
                pass.Forward(BatchOf(chunk, lengths, states, finalStates), work);
        }

        private void Backward(int chunk, int lane, LayerPass pass, WorkSlicer work)
        {
            if (!Learning) return;
            fixed (int* lengths = &_lengths[chunk * _chunkRows])
            fixed (float* states = _states, finalStates = _finalStates)
                pass.Backward(BatchOf(chunk, lengths, states, finalStates), _gradients[lane].Pointer, work);
        }

        private Batch BatchOf(int chunk, int* lengths, float* states, float* finalStates)
        {
            int stateSize = _carry ? _model.StateSize : 0, offset = chunk * _chunkRows * stateSize;
            int steps = StepsOf(chunk, out bool ragged);
            return new Batch
            {
                Steps = steps,
                Rows = RowsOf(chunk),
                Lengths = ragged ? lengths : null,
                State = stateSize > 0 ? states + offset : null,
                FinalState = stateSize > 0 ? finalStates + offset : null,
                StateRow = stateSize,
                Training = _training,
                Seed = RandomSource.Combine(_seed, (ulong)chunk),
                FreeRunning = _freeRunning,
            };
        }

        private int RowsOf(int chunk) => Math.Min(_chunkRows, _rows - chunk * _chunkRows);

        private int StepsOf(int chunk, out bool ragged)
        {
            int first = chunk * _chunkRows, steps = 0;
            ragged = false;
            for (int row = first; row < first + RowsOf(chunk); row++)
            {
                steps = Math.Max(steps, _lengths[row]);
                ragged |= _lengths[row] != _lengths[first];
            }
            return steps;
        }

        private void Judge(int chunk, LayerPass pass, WorkSlicer work)
        {
            int features = _model.OutputSize, first = chunk * _chunkRows, rows = RowsOf(chunk), steps = _model.OutputSteps(StepsOf(chunk, out _));
            float scale = (float)(1 / Weight);
            double loss = _losses[chunk];
            for (int t = 0; t < steps; t++)
                for (int row = 0; row < rows; row++)
                {
                    if (!work.Next(features)) continue;
                    Span<float> gradient = Learning ? new Span<float>(pass.OutputGradient.At(t, row), features) : default;
                    if (t >= _targetSteps[first + row])
                    {
                        gradient.Clear();
                        continue;
                    }
                    ReadOnlySpan<float> target = _targets.AsSpan(((first + row) * _maxTargetSteps + t) * _targetSize, _targetSize);
                    loss += _loss.Evaluate(new ReadOnlySpan<float>(pass.Output.At(t, row), features), target, scale, gradient);
                }
            _losses[chunk] = loss;
        }

        private void Carry(WorkSlicer work)
        {
            for (int i = 0; i < _states.Length; i += Stretch)
                if (work.Next(Stretch)) Array.Copy(_finalStates, i, _states, i, Math.Min(Stretch, _states.Length - i));
        }

        /// <summary>Sums the lanes into the first, and makes room in the model's store for what comes of it.</summary>
        private void SumLanes(WorkSlicer work)
        {
            float* sum = _gradients[0].Pointer;
            for (int i = 0; i < _packedLength; i += Stretch)
            {
                if (!work.Next((long)_usedLanes * Stretch)) continue;
                for (int lane = 1; lane < _usedLanes; lane++) _kernels.Add(_gradients[lane].Pointer + i, sum + i, Math.Min(Stretch, _packedLength - i));
            }
            float[] gradients = _model.Store.Gradients;
            for (int i = 0; i < gradients.Length; i += Stretch)
                if (work.Next(Stretch)) Array.Clear(gradients, i, Math.Min(Stretch, gradients.Length - i));
        }

        private void AddGradients(WorkSlicer work) => _model.AddGradients(_gradients[0].Pointer, work);

        private void OnAllThreads(Action<WorkSlicer> stage, WorkSlicer work)
        {
            if (_sharing && work.IsWhole) _team.Share(stage);
            else stage(work);
        }

        /// <summary>What is done one after the other: either Lanes, all chunks on all threads, or from Clear to Backward the stages of one lane's chunks.</summary>
        private enum Stage
        {
            None, Read, Prepare, Lanes, Clear, Input, Forward, Judge, Backward, Carry, Sum, Gather, Done,
        }
    }
}
