using System;
using System.Collections.Generic;
using System.Runtime.CompilerServices;

namespace Recurrent
{
    /// <summary>
    /// The one loop over time, depth and direction. T steps, B rows, D directions, P output and H hidden units of a cell.
    /// The outputs of a level lie in T + 2 slots of (B, D·P): slot t + 1 holds step t, so that slot 0 and slot T + 1 can hold the states
    /// that the two directions start from, and the state before a step is always the neighbouring slot.
    /// Rows that have ended carry their state on: the last slot holds the state at each row's own end, and the backward direction
    /// starts there.
    /// </summary>
    internal sealed unsafe partial class RecurrentPass : LayerPass
    {
        // From how many bytes of weights on a lone row's step is shared: two microseconds, some ten times what it takes to hand a share over.
        private const long SharedBytes = 1 << 17;

        private readonly PassMemory _memory;
        private readonly RecurrentCell[][] _cells;
        private readonly Level[] _levels;
        private readonly float _dropout;
        private readonly RandomSource[] _randoms;
        private readonly StepSelection? _reader;
        private readonly float* _dh, _dc, _scratch, _heldH, _heldC, _picked;
        private readonly int _outputSize, _hiddenSize, _directions;
        private readonly bool _hasCellState;
        private readonly Action<int, int>? _shareStep;
        private readonly int _shares;
        private Batch _sharedBatch;
        private int _sharedLevel, _sharedDirection;
        private bool _lastUnitsFirst;
        private bool _stepwise;

        /// <param name="memory">Where buffers come from.</param>
        /// <param name="input">What the first level reads.</param>
        /// <param name="cells">By level, then direction; all of one kind and size but for their inputs.</param>
        /// <param name="dropout">The share of outputs dropped between levels while training.</param>
        /// <param name="reader">What picks the steps of the last level's output that somebody reads; null where all are read.</param>
        public RecurrentPass(PassMemory memory, Activations input, RecurrentCell[][] cells, float dropout, StepSelection? reader = null)
        {
            _memory = memory;
            _reader = reader;
            _cells = cells;
            _dropout = dropout;
            RecurrentCell cell = cells[0][0];
            _outputSize = cell.OutputSize;
            _hiddenSize = cell.HiddenSize;
            _hasCellState = cell.HasCellState;
            _directions = cells[0].Length;
            if (memory.Weights == WeightPrecision.BFloat16)
                foreach (RecurrentCell[] level in cells)
                    foreach (RecurrentCell each in level) each.KeepBFloat16();
            if (cell.HasOwnUnits && cells[cells.Length - 1][0].StepBytes(memory.Weights) >= SharedBytes)
            {
                _shareStep = ForwardShare;
                _shares = Math.Min(memory.Threads, (_hiddenSize - 1) / RecurrentCell.UnitStep + 1);
            }
            Input = input;
            _levels = new Level[cells.Length];
            _randoms = Array.ConvertAll(cells, level => new RandomSource(0));
            Activations below = input;
            for (int k = 0; k < cells.Length; k++)
            {
                bool top = k == cells.Length - 1;
                _levels[k] = new Level(memory, cells[k], below, dropped: dropout > 0 && !top, picked: reader != null && top);
                below = _levels[k].Passed;
            }
            Output = below;
            OutputGradient = _levels[cells.Length - 1].Gradient;
            if (!memory.Training) return;
            _dh = memory.Take((long)memory.Rows * _outputSize);
            _heldH = memory.Take((long)memory.Rows * _outputSize);
            if (reader != null) _picked = memory.Take((long)memory.Rows * _outputSize);
            if (_hasCellState)
            {
                _dc = memory.Take((long)memory.Rows * _hiddenSize);
                _heldC = memory.Take((long)memory.Rows * _hiddenSize);
            }
            if (cell.HasExtra) _scratch = memory.Take((long)memory.Rows * _hiddenSize);
        }

        /// <summary>Steps and rows of the last forward pass.</summary>
        public int LastSteps { get; private set; }

        public int LastRows { get; private set; }

        /// <summary>Whether the gates of every step are kept, and whether gates stand on the tape at all: a backward pass puts their gradients there.</summary>
        public bool KeepsTape => _memory.Training;

        public bool HoldsGates { get; private set; }

        public bool Disposed => _memory.Disposed;

        public override void Watch(string prefix, List<CellTap> taps)
        {
            for (int k = 0; k < _cells.Length; k++)
                for (int d = 0; d < _directions; d++)
                {
                    double[]? norms = KeepsTape ? _levels[k].GradientNorms[d] ??= new double[_memory.Steps] : null;
                    taps.Add(new CellTap(this, $"{prefix}l{k}{(d == 1 ? "_reverse" : "")}", _cells[k][d], k, d, norms));
                }
        }

        public void CopyHidden(int k, int d, int t, int row, Span<float> destination) =>
            new ReadOnlySpan<float>(_levels[k].Y.At(t, row) + d * _outputSize, _outputSize).CopyTo(destination);

        public void CopyCell(int k, int d, int t, int row, Span<float> destination)
        {
            int i = d == 0 ? t : LastSteps - 1 - t;
            new ReadOnlySpan<float>(_levels[k].CellState(d, i + 1) + row * _hiddenSize, _hiddenSize).CopyTo(destination);
        }

        public void CopyGate(int k, int d, int gate, int t, int row, Span<float> destination)
        {
            RecurrentCell cell = _cells[k][d];
            CellTape tape = _levels[k].Tape(d);
            float* from = tape.Gates + (long)t * tape.GatesStep + (row * cell.TapeGates + gate) * Panels.Lanes;
            for (int unit = 0; unit < _hiddenSize; unit += Panels.Lanes, from += tape.PanelStride)
            {
                int count = Math.Min(Panels.Lanes, _hiddenSize - unit);
                new ReadOnlySpan<float>(from, count).CopyTo(destination.Slice(unit));
            }
            cell.Translate(gate, destination);
        }

        public override void Forward(in Batch batch, WorkSlicer work)
        {
            LastSteps = batch.Steps;
            LastRows = batch.Rows;
            HoldsGates = true;
            _stepwise = false;
            for (int k = 0; k < _cells.Length; k++)
            {
                Level level = _levels[k];
                for (int d = 0; d < _directions; d++)
                {
                    if (work.Next(StatesCost(batch))) Begin(batch, k, d);
                    bool shared = _shares > 1 && work.IsWhole && batch.Rows == 1 && batch.Lengths == null;
                    if (shared) ForwardShared(batch, k, d);
                    else if (InputFirst(batch, level)) _cells[k][d].ForwardInput(_memory.Kernels, batch.Steps, level.Tape(d), 0, _hiddenSize, work);
                    for (int i = 0, pieces = 0; !shared && i < batch.Steps; i++)
                    {
                        // Every step has as many pieces as the first.
                        if (work.PassOver(pieces)) continue;
                        pieces = -work.Index;
                        StepForward(batch, k, d, i, work);
                        pieces += work.Index;
                        if (work.Stopped) return;
                    }
                    if (work.Next(StatesCost(batch))) End(batch, k, d);
                }
                if (level.Passed.Data != level.Y.Data) Drop(batch, k, level.Y, level.Passed, 0, batch.Steps, work);
            }
        }

        /// <summary>
        /// Steps <paramref name="first"/> … <paramref name="end"/> − 1 of a forward pass, after those before them, for a caller who makes a step's input from the
        /// output of the step before. One direction only. After the last step all is as <see cref="Forward(in Batch, WorkSlicer)"/> leaves it.
        /// </summary>
        public void Forward(in Batch batch, int first, int end)
        {
            LastSteps = batch.Steps;
            LastRows = batch.Rows;
            HoldsGates = true;
            _stepwise = true;
            for (int k = 0; k < _cells.Length; k++)
            {
                Level level = _levels[k];
                if (first == 0) Begin(batch, k, 0);
                for (int i = first; i < end; i++) StepForward(batch, k, 0, i, WorkSlicer.Whole);
                if (end == batch.Steps) End(batch, k, 0);
                if (level.Passed.Data != level.Y.Data) Drop(batch, k, level.Y, level.Passed, first, end, WorkSlicer.Whole);
            }
        }

        public override void Backward(in Batch batch, float* gradients, WorkSlicer work)
        {
            HoldsGates = false;
            float* end = gradients;
            foreach (RecurrentCell[] cells in _cells)
                foreach (RecurrentCell cell in cells) end += cell.PackedGradientLength;

            for (int k = _cells.Length - 1; k >= 0; k--)
            {
                Level level = _levels[k];
                if (level.Passed.Data != level.Y.Data) Drop(batch, k, level.Gradient, level.Gradient, 0, batch.Steps, work);
                for (int d = _directions - 1; d >= 0; d--)
                {
                    RecurrentCell cell = _cells[k][d];
                    end -= cell.PackedGradientLength;
                    if (work.Next(StatesCost(batch))) BeginBackward(batch, k, d);
                    for (int i = batch.Steps - 1, pieces = 0; i >= 0; i--)
                    {
                        if (work.PassOver(pieces)) continue;
                        pieces = -work.Index;
                        StepBackward(batch, k, d, i, end, work);
                        pieces += work.Index;
                        if (work.Stopped) return;
                    }
                    if (work.Next(StatesCost(batch))) EndBackward(batch, k, d);
                    cell.AddParameterGradients(_memory.Kernels, batch.Steps, batch.Rows, level.Tape(d), end, work);
                }
            }
        }

        /// <summary>The steps of a lone row on all threads, each of which computes some of the units.</summary>
        private void ForwardShared(in Batch batch, int k, int d)
        {
            _sharedBatch = batch;
            _sharedLevel = k;
            _sharedDirection = d;
            _memory.Team.RunRounds(batch.Steps, _shares, _shareStep!);
            if (batch.Steps % 2 == 1) _lastUnitsFirst = !_lastUnitsFirst;
        }

        [MethodImpl(Jit.Optimize)]
        private void ForwardShare(int i, int share)
        {
            int k = _sharedLevel, d = _sharedDirection, blocks = (_hiddenSize - 1) / RecurrentCell.UnitStep + 1;
            int first = blocks * share / _shares * RecurrentCell.UnitStep, count = Math.Min(blocks * (share + 1) / _shares * RecurrentCell.UnitStep, _hiddenSize) - first;
            RecurrentCell cell = _cells[k][d];
            CellTape tape = _levels[k].Tape(d);
            if (i == 0 && InputFirst(_sharedBatch, _levels[k])) cell.ForwardInput(_memory.Kernels, _sharedBatch.Steps, tape, first, count, WorkSlicer.Whole);
            CellStep step = Step(_sharedBatch, k, d, i, d == 0 ? i : _sharedBatch.Steps - 1 - i);
            step.LastUnitsFirst = _lastUnitsFirst ^ (i % 2 == 1);
            cell.ForwardUnits(_memory.Kernels, step, first, count);
        }

        private void StepForward(in Batch batch, int k, int d, int i, WorkSlicer work)
        {
            int t = d == 0 ? i : batch.Steps - 1 - i;
            CellStep step = Step(batch, k, d, i, t);
            step.LastUnitsFirst = _lastUnitsFirst = !_lastUnitsFirst;
            RecurrentCell cell = _cells[k][d];
            if (batch.Rows == 1 && cell.HasOwnUnits)
            {
                int units = work.RowsOfPiece(_hiddenSize, RecurrentCell.UnitStep, cell.RowCost / _hiddenSize);
                for (int first = 0; first < _hiddenSize; first += units)
                {
                    int count = Math.Min(units, _hiddenSize - first);
                    if (work.Next(count * cell.RowCost / _hiddenSize)) cell.ForwardUnits(_memory.Kernels, step, first, count);
                }
            }
            else
            {
                int size = RowsOfPiece(batch, cell, work);
                for (int row = 0, end; row < batch.Rows; row = end)
                {
                    end = size == batch.Rows ? size : WorkSlicer.EndOfPiece(row, size, batch.Rows);
                    cell.Forward(_memory.Kernels, size == batch.Rows ? step : step.Part(cell, row, end - row), work);
                }
            }
            if (batch.Lengths == null || !work.Next(StatesCost(batch))) return;
            for (int row = 0; row < batch.Rows; row++)
            {
                if (t < batch.Lengths[row]) continue;
                Copy(step.HPrevious + (long)row * step.HPreviousRow, step.H + (long)row * step.HRow, _outputSize);
                if (_hasCellState) Copy(step.CPrevious + row * _hiddenSize, step.C + row * _hiddenSize, _hiddenSize);
            }
        }

        private void StepBackward(in Batch batch, int k, int d, int i, float* gradients, WorkSlicer work)
        {
            int t = d == 0 ? i : batch.Steps - 1 - i;
            CellStep step = Step(batch, k, d, i, t);
            Activations dy = _levels[k].Gradient, dx = k == 0 ? InputGradient : _levels[k - 1].Gradient;
            step.DYRow = dy.Row;
            if (_reader == null || k < _levels.Length - 1) step.DY = dy.At(t, 0) + d * _outputSize;
            else Pick(batch, d, t, dy, ref step);
            step.DX = dx.Data == null ? null : dx.At(t, 0);
            step.DXRow = dx.Row;
            step.AccumulateDX = d < _directions - 1;
            step.DH = _dh;
            step.DC = _dc;
            step.Scratch = _scratch;
            double[]? norms = _levels[k].GradientNorms[d];
            if ((batch.Lengths != null || norms != null) && work.Next(StatesCost(batch)))
            {
                HoldEnded(batch, t, step);
                if (norms != null) norms[t] = GradientNorm(step);
            }
            RecurrentCell cell = _cells[k][d];
            int size = RowsOfPiece(batch, cell, work);
            if (size == batch.Rows) cell.Backward(_memory.Kernels, step, gradients, work);
            for (int row = 0, end; size < batch.Rows && row < batch.Rows; row = end)
            {
                end = WorkSlicer.EndOfPiece(row, size, batch.Rows);
                cell.Backward(_memory.Kernels, step.Part(cell, row, end - row), gradients, work);
            }
            if (batch.Lengths != null && work.Next(StatesCost(batch))) ReleaseEnded(batch, t);
        }

        /// <summary>The gradient of the output where only what the reader picks has one: none at most steps.</summary>
        private void Pick(in Batch batch, int d, int t, in Activations dy, ref CellStep step)
        {
            float* gradient = dy.At(0, 0) + d * _outputSize;
            bool last = _reader!.PicksLast(d * _outputSize, dy.Features);
            if (batch.Lengths == null || !last)
            {
                step.DY = t == (last ? batch.Steps - 1 : 0) ? gradient : null;
                return;
            }
            for (int row = 0; row < batch.Rows; row++)
            {
                if (t == batch.Lengths[row] - 1) Copy(gradient + (long)row * dy.Row, _picked + row * _outputSize, _outputSize);
                else new Span<float>(_picked + row * _outputSize, _outputSize).Clear();
            }
            step.DY = _picked;
            step.DYRow = _outputSize;
        }

        /// <summary>Rows that have ended only pass the gradient of their state through: without a gradient of their own, nothing else comes of them.</summary>
        private void HoldEnded(in Batch batch, int t, in CellStep step)
        {
            for (int row = 0; row < batch.Rows; row++)
            {
                if (t < batch.LengthOf(row)) continue;
                Move(_dh + row * _outputSize, _heldH + row * _outputSize, _outputSize);
                if (_hasCellState) Move(_dc + row * _hiddenSize, _heldC + row * _hiddenSize, _hiddenSize);
                if (step.DY != null) new Span<float>(step.DY + (long)row * step.DYRow, _outputSize).Clear();
            }
        }

        private void ReleaseEnded(in Batch batch, int t)
        {
            for (int row = 0; row < batch.Rows; row++)
            {
                if (t < batch.LengthOf(row)) continue;
                Copy(_heldH + row * _outputSize, _dh + row * _outputSize, _outputSize);
                if (_hasCellState) Copy(_heldC + row * _hiddenSize, _dc + row * _hiddenSize, _hiddenSize);
            }
        }

        /// <summary>The norm of the gradient of h, before the cell uses it up.</summary>
        private double GradientNorm(in CellStep step)
        {
            double sum = 0;
            for (int row = 0; row < step.Rows; row++)
                for (int p = 0; p < _outputSize; p++)
                {
                    double dh = step.DH[row * _outputSize + p] + (step.DY == null ? 0.0 : step.DY[(long)row * step.DYRow + p]);
                    sum += dh * dh;
                }
            return Math.Sqrt(sum);
        }

        private CellStep Step(in Batch batch, int k, int d, int i, int t)
        {
            Level level = _levels[k];
            CellStep step = level.Tape(d).At(t, batch.Rows);
            step.InputDone = InputFirst(batch, level);
            step.Precision = _memory.Weights;
            step.CPrevious = level.CellState(d, i);
            step.C = level.CellState(d, i + 1);
            return step;
        }

        private void Begin(in Batch batch, int k, int d)
        {
            float* h = Initial(batch, k, d);
            for (int row = 0; row < batch.Rows; row++)
            {
                var h0 = new Span<float>(h + (long)row * _levels[k].Y.Row, _outputSize);
                var c0 = _hasCellState ? new Span<float>(_levels[k].CellState(d, 0) + row * _hiddenSize, _hiddenSize) : default;
                if (batch.State == null)
                {
                    h0.Clear();
                    c0.Clear();
                    continue;
                }
                float* state = batch.State + (long)row * batch.StateRow;
                new Span<float>(state + HiddenOffset(k, d), _outputSize).CopyTo(h0);
                if (_hasCellState) new Span<float>(state + CellOffset(k, d), _hiddenSize).CopyTo(c0);
            }
        }

        private void End(in Batch batch, int k, int d)
        {
            if (batch.FinalState == null) return;
            float* h = _levels[k].Y.At(d == 0 ? batch.Steps - 1 : 0, 0) + d * _outputSize;
            for (int row = 0; row < batch.Rows; row++)
            {
                float* state = batch.FinalState + (long)row * batch.StateRow;
                Copy(h + (long)row * _levels[k].Y.Row, state + HiddenOffset(k, d), _outputSize);
                if (_hasCellState) Copy(_levels[k].CellState(d, batch.Steps) + row * _hiddenSize, state + CellOffset(k, d), _hiddenSize);
            }
        }

        private void BeginBackward(in Batch batch, int k, int d)
        {
            for (int row = 0; row < batch.Rows; row++)
            {
                var dh = new Span<float>(_dh + row * _outputSize, _outputSize);
                var dc = _hasCellState ? new Span<float>(_dc + row * _hiddenSize, _hiddenSize) : default;
                dh.Clear();
                dc.Clear();
                if (batch.FinalStateGradient == null) continue;
                float* state = batch.FinalStateGradient + (long)row * batch.StateRow;
                new Span<float>(state + HiddenOffset(k, d), _outputSize).CopyTo(dh);
                if (_hasCellState) new Span<float>(state + CellOffset(k, d), _hiddenSize).CopyTo(dc);
            }
        }

        private void EndBackward(in Batch batch, int k, int d)
        {
            if (batch.StateGradient == null) return;
            for (int row = 0; row < batch.Rows; row++)
            {
                float* state = batch.StateGradient + (long)row * batch.StateRow;
                Copy(_dh + row * _outputSize, state + HiddenOffset(k, d), _outputSize);
                if (_hasCellState) Copy(_dc + row * _hiddenSize, state + CellOffset(k, d), _hiddenSize);
            }
        }

        /// <summary>Where row 0's state before the first step of a direction lies.</summary>
        private float* Initial(in Batch batch, int k, int d)
        {
            Activations y = _levels[k].Y;
            return (d == 0 ? y.Data - y.Step : y.Data + (long)batch.Steps * y.Step) + d * _outputSize;
        }

        // The same mask forward and backward: drawn anew from the same seed. 0 and 1 belong to the model: this layer's dropout, the next layer's seed.
        private void Drop(in Batch batch, int k, in Activations from, in Activations to, int first, int end, WorkSlicer work) =>
            DropoutPass.Apply(batch, first, end, batch.Training ? _dropout : 0, _randoms[k], RandomSource.Combine(batch.Seed, (ulong)k + 2), from, to, work);

        private int RowsOfPiece(in Batch batch, RecurrentCell cell, WorkSlicer work) => work.RowsOfPiece(batch.Rows, _memory.Kernels.RowStep, cell.RowCost);

        /// <summary>What copying the states of all rows costs, in multiplications.</summary>
        private long StatesCost(in Batch batch) => (long)batch.Rows * (_outputSize + _hiddenSize);

        /// <summary>Whether the input's share of the gates is computed for all steps at once: worth it where a lone row leaves no weights to share.</summary>
        private bool InputFirst(in Batch batch, Level level) => !_stepwise && batch.Rows == 1 && batch.Steps > 1 && level.KeepsGates;

        private int HiddenOffset(int k, int d) => (k * _directions + d) * _outputSize;

        private int CellOffset(int k, int d) => _cells.Length * _directions * _outputSize + (k * _directions + d) * _hiddenSize;

        private static void Copy(float* from, float* to, int length) => new ReadOnlySpan<float>(from, length).CopyTo(new Span<float>(to, length));

        private static void Move(float* from, float* to, int length)
        {
            Copy(from, to, length);
            new Span<float>(from, length).Clear();
        }

        /// <summary>One level of the stack: its outputs and, for each direction, its tape.</summary>
        private sealed class Level
        {
            private readonly CellTape[] _tapes;
            private readonly float*[] _cellStates;
            private readonly int _rows, _hiddenSize;
            private readonly bool _training;

            public Level(PassMemory memory, RecurrentCell[] cells, Activations input, bool dropped, bool picked)
            {
                RecurrentCell cell = cells[0];
                int features = cells.Length * cell.OutputSize, step = memory.Rows * features;
                _rows = memory.Rows;
                _hiddenSize = cell.HiddenSize;
                _training = memory.Training;
                Y = new Activations(memory.Take((long)(memory.Steps + 2) * step) + step, memory.Steps, features, features, step);
                Passed = dropped && memory.Training ? memory.TakeActivations(memory.Steps, features) : Y;
                if (memory.Training) Gradient = memory.TakeActivations(picked ? 1 : memory.Steps, features);

                // Without a backward pass every step uses the same tape, and the cell state alternates between two buffers. A lone row keeps the
                // gates of all steps, for the input's share of them is computed at once.
                int panelStride = memory.Rows * cell.TapeGates * Panels.Lanes;
                int gates = Panels.Vectors(_hiddenSize) * panelStride, state = memory.Rows * _hiddenSize;
                int gateSteps = _training || memory.Rows == 1 ? memory.Steps : 1;
                KeepsGates = gateSteps > 1;
                int steps = _training ? memory.Steps : 1;
                GradientNorms = new double[]?[cells.Length];
                _tapes = new CellTape[cells.Length];
                _cellStates = new float*[cells.Length];
                for (int d = 0; d < cells.Length; d++)
                {
                    _tapes[d] = new CellTape
                    {
                        X = input.Data,
                        XRow = input.Row,
                        XStep = input.Step,
                        HPrevious = (d == 0 ? Y.Data - Y.Step : Y.Data + Y.Step) + d * cell.OutputSize,
                        H = Y.Data + d * cell.OutputSize,
                        HRow = Y.Row,
                        HStep = Y.Step,
                        Gates = memory.Take((long)gateSteps * gates),
                        PanelStride = panelStride,
                        GatesStep = KeepsGates ? gates : 0,
                        Extra = cell.HasExtra ? memory.Take((long)steps * state) : null,
                        ExtraStep = _training ? state : 0,
                    };
                    if (cell.HasCellState) _cellStates[d] = memory.Take((long)(steps + 1) * state);
                }
            }

            /// <summary>The outputs, (T, B, D·P); Data is slot 1.</summary>
            public Activations Y { get; }

            /// <summary>Whether every step has its own gates.</summary>
            public bool KeepsGates { get; }

            /// <summary>What the next level reads: the outputs, or their copy with some dropped.</summary>
            public Activations Passed { get; }

            /// <summary>The gradient of <see cref="Passed"/>, (T, B, D·P), or of the one step that a reader picks of it.</summary>
            public Activations Gradient { get; }

            /// <summary>By direction: where the norms of h's gradients go, step by step; null while nobody asks.</summary>
            public double[]?[] GradientNorms { get; }

            /// <summary>The cell state after <paramref name="i"/> steps in the order of processing; null for a cell without.</summary>
            public float* CellState(int d, int i) => _cellStates[d] == null ? null : _cellStates[d] + (long)(_training ? i : i % 2) * _rows * _hiddenSize;

            public ref readonly CellTape Tape(int d) => ref _tapes[d];
        }
    }
}
