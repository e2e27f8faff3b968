using System;
using System.Collections.Generic;

namespace Recurrent.Diagnostics
{
    /// <summary>
    /// The last steps of one agent's network, in a ring that is allocated once. Recording a step copies its numbers and checks the breakpoints,
    /// and allocates nothing. C steps of capacity, W numbers a step. Not thread-safe.
    /// </summary>
    public sealed class AgentRecorder : IRecordedSteps
    {
        /// <summary>How many marks are kept; the oldest go first.</summary>
        public const int MaxMarks = 256;

        private readonly List<BreakpointWatch> _breakpoints = new List<BreakpointWatch>();
        private readonly float[] _ring, _target;
        private readonly StateMark[] _marks = new StateMark[MaxMarks];
        private int _markCount;

        /// <summary>Takes the memory.</summary>
        /// <param name="name">Whose network it is.</param>
        /// <param name="layout">What a step consists of.</param>
        /// <param name="capacity">C.</param>
        /// <exception cref="ArgumentException">The capacity is below 2, or the ring would be larger than an array can be.</exception>
        public AgentRecorder(string name, RecordingLayout layout, int capacity = StateRecorder.DefaultCapacity)
        {
            if (capacity < 2) throw new ArgumentException($"AgentRecorder({name}): expected a capacity of at least 2 steps, got {capacity}.", nameof(capacity));
            if ((long)capacity * layout.Width > int.MaxValue / sizeof(float))
                throw new ArgumentException($"AgentRecorder({name}): {capacity} steps of {layout.Width} numbers do not fit into a ring; take fewer steps or channels.", nameof(capacity));
            Name = name;
            Layout = layout;
            Capacity = capacity;
            _ring = new float[capacity * layout.Width];
            _target = new float[layout.TargetSize];
            ForgetTarget();
        }

        /// <summary>Raised in the step in which a breakpoint's condition comes to hold; a game pauses here.</summary>
        public event Action<BreakpointHit>? BreakpointHit;

        /// <summary>Whether steps are recorded; those that are not have no number.</summary>
        public bool IsRecording { get; set; } = true;

        /// <summary>Whose network it is.</summary>
        public string Name { get; }

        /// <summary>What a step consists of.</summary>
        public RecordingLayout Layout { get; }

        /// <summary>C: how many steps are kept.</summary>
        public int Capacity { get; }

        /// <summary>How many steps were recorded in all, which is the number of the next.</summary>
        public long StepCount { get; private set; }

        /// <summary>The number of the oldest step that is kept.</summary>
        public long FirstStep => Math.Max(0, StepCount - Capacity);

        string IRecordedSteps.Agent => Name;

        long IRecordedSteps.EndStep => StepCount;

        /// <summary>(C, W): the memory. Step n stands at slot n mod C, as <see cref="HeatmapTexture"/> expects it.</summary>
        public ReadOnlySpan<float> Ring => _ring;

        /// <summary>How many marks there are; see <see cref="GetMark"/>.</summary>
        public int MarkCount => _markCount;

        /// <summary>What is broken on.</summary>
        public IReadOnlyList<Breakpoint> Breakpoints => _breakpoints.ConvertAll(watch => watch.Breakpoint);

        /// <summary>Adds a breakpoint; it is checked from the next step on.</summary>
        /// <exception cref="ArgumentException">It names something that this network does not have, or that is not recorded.</exception>
        public void Add(Breakpoint breakpoint) => _breakpoints.Add(breakpoint.Bind(Layout));

        /// <summary>Says what came before the next step: that the states began anew, for instance. Said twice of a step, it counts once, and nothing comes before the first.</summary>
        public void Mark(StateMarkKind kind)
        {
            if (StepCount == 0) return;
            for (int i = _markCount - 1; i >= 0 && _marks[i].Step == StepCount; i--)
                if (_marks[i].Kind == kind) return;
            int lost = 0;
            while (lost < _markCount && (_marks[lost].Step < FirstStep || (lost == 0 && _markCount == MaxMarks))) lost++;
            if (lost > 0) Array.Copy(_marks, lost, _marks, 0, _markCount -= lost);
            _marks[_markCount++] = new StateMark(StepCount, kind);
        }

        /// <summary>A mark, in the order of the steps.</summary>
        /// <param name="index">0 … <see cref="MarkCount"/> − 1; of the oldest, steps may be lost by now.</param>
        /// <exception cref="ArgumentOutOfRangeException">There is no such mark.</exception>
        public StateMark GetMark(int index) => (uint)index < (uint)_markCount ? _marks[index]
            : throw new ArgumentOutOfRangeException(nameof(index), $"AgentRecorder({Name}): there are {_markCount} marks, got the number {index}.");

        /// <summary>Removes a breakpoint.</summary>
        public void Remove(Breakpoint breakpoint) => _breakpoints.RemoveAll(watch => watch.Breakpoint == breakpoint);

        /// <summary>Says what the network should give in the next step. It holds for that step only; a step of which nobody knows has NaN.</summary>
        /// <exception cref="ArgumentException">The length is not <see cref="RecordingLayout.TargetSize"/>.</exception>
        public void SetTarget(ReadOnlySpan<float> target)
        {
            if (target.Length != _target.Length) throw new ArgumentException($"AgentRecorder({Name}): the target has {target.Length} numbers, expected {_target.Length}.", nameof(target));
            target.CopyTo(_target);
        }

        /// <summary>Records a step of a network of this package.</summary>
        /// <param name="taps">Its cells, those that the layout was made of.</param>
        /// <param name="step">Which step of the pass; 0 of a stream.</param>
        /// <param name="row">Which row of the batch.</param>
        /// <param name="input">(input features).</param>
        /// <param name="output">(output features).</param>
        /// <exception cref="ArgumentException">A length does not fit.</exception>
        public void Record(IReadOnlyList<CellTap> taps, int step, int row, ReadOnlySpan<float> input, ReadOnlySpan<float> output)
        {
            if (input.Length != Layout.InputSize) throw new ArgumentException($"AgentRecorder({Name}): the input has {input.Length} numbers, expected {Layout.InputSize}.", nameof(input));
            if (output.Length != Layout.OutputSize) throw new ArgumentException($"AgentRecorder({Name}): the output has {output.Length} numbers, expected {Layout.OutputSize}.", nameof(output));
            if (taps.Count != Layout.Cells.Count) throw new ArgumentException($"AgentRecorder({Name}): the network has {taps.Count} cells, expected {Layout.Cells.Count}.", nameof(taps));
            if (!IsRecording) return;
            Write(taps, step, row, input, output);
            End();
        }

        /// <summary>Writes the next step, which <see cref="End"/> makes count: what is called once the step is done, if it is.</summary>
        /// <param name="taps">The cells.</param>
        /// <param name="step">Which step of the pass; −1 for that at which each cell is done.</param>
        /// <param name="row">Which row of the batch.</param>
        /// <param name="input">(input features).</param>
        /// <param name="output">(output features).</param>
        internal void Write(IReadOnlyList<CellTap> taps, int step, int row, ReadOnlySpan<float> input, ReadOnlySpan<float> output)
        {
            RecordChannels channels = Layout.Channels;
            Span<float> rest = Slot(StepCount);
            if ((channels & RecordChannels.Input) != 0) Put(input, ref rest);
            if ((channels & RecordChannels.Output) != 0) Put(output, ref rest);
            if ((channels & RecordChannels.Target) != 0) Put(_target, ref rest);
            for (int i = 0; i < taps.Count; i++)
            {
                CellTap tap = taps[i];
                RecordedCell cell = Layout.Cells[i];
                int at = step < 0 ? tap.End : step;
                if ((channels & RecordChannels.Hidden) != 0) tap.CopyHidden(at, row, Take(cell.OutputSize, ref rest));
                if (cell.HasCellState && (channels & RecordChannels.Cell) != 0) tap.CopyCell(at, row, Take(cell.HiddenSize, ref rest));
                if ((channels & RecordChannels.Gates) == 0) continue;
                for (int gate = 0; gate < cell.Gates.Count; gate++) tap.CopyGate(gate, at, row, Take(cell.HiddenSize, ref rest));
            }
        }

        /// <summary>Records a step whose numbers the caller has, in the order of <see cref="RecordingLayout.Tracks"/>: of a network that runs elsewhere.</summary>
        /// <exception cref="ArgumentException">The length is not <see cref="RecordingLayout.Width"/>.</exception>
        public void Record(ReadOnlySpan<float> frame)
        {
            if (frame.Length != Layout.Width) throw new ArgumentException($"AgentRecorder({Name}): a step has {frame.Length} numbers, expected {Layout.Width}.", nameof(frame));
            if (!IsRecording) return;
            frame.CopyTo(Slot(StepCount));
            End();
        }

        /// <summary>All numbers of a step that is kept.</summary>
        /// <exception cref="ArgumentOutOfRangeException">It is not, or not yet.</exception>
        public ReadOnlySpan<float> Frame(long step)
        {
            if (step < FirstStep || step >= StepCount)
                throw new ArgumentOutOfRangeException(nameof(step), $"AgentRecorder({Name}): {(StepCount == 0 ? "nothing is recorded yet" : $"the steps {FirstStep} … {StepCount - 1} are kept")}, got {step}.");
            return Slot(step);
        }

        /// <summary>A copy of what is kept, oldest first.</summary>
        public Recording Snapshot() => Snapshot(FirstStep);

        /// <summary>A copy of what is kept from a step on, oldest first.</summary>
        public Recording Snapshot(long from) => Copy(Math.Min(Math.Max(from, FirstStep), StepCount), StepCount);

        /// <inheritdoc/>
        public Recording Range(long from, long to)
        {
            long first = Math.Max(from, FirstStep), end = Math.Min(to, StepCount);
            if (first >= end) throw new ArgumentException(FormattableString.Invariant($"AgentRecorder({Name}): has the steps {FirstStep} … {StepCount - 1}, of which none lies in {from} … {to - 1}."));
            return Copy(first, end);
        }

        /// <summary>Forgets all steps; the next is number 0 again.</summary>
        public void Clear()
        {
            StepCount = 0;
            _markCount = 0;
            ForgetTarget();
            foreach (BreakpointWatch watch in _breakpoints) watch.Reset();
        }

        /// <summary>A track of a step that is kept, or of the next, to be put right.</summary>
        internal Span<float> At(long step, RecordedTrack track) => Slot(step).Slice(track.Offset, track.Length);

        private Recording Copy(long from, long to)
        {
            var frames = new float[(int)(to - from) * Layout.Width];
            for (long step = from; step < to; step++) Slot(step).CopyTo(frames.AsSpan((int)(step - from) * Layout.Width));
            StateMark[] marks = Array.FindAll(_marks.AsSpan(0, _markCount).ToArray(), mark => mark.Step >= from && mark.Step < to);
            return new Recording(Name, Layout, from, frames) { Marks = marks };
        }

        private Span<float> Slot(long step) => _ring.AsSpan((int)(step % Capacity) * Layout.Width, Layout.Width);

        /// <summary>Makes the step count that was written, and checks the breakpoints.</summary>
        internal void End()
        {
            long step = StepCount++;
            ForgetTarget();
            if (_breakpoints.Count == 0) return;
            Span<float> previous = step > 0 ? Slot(step - 1) : default;
            for (int i = 0; i < _breakpoints.Count; i++)
            {
                BreakpointWatch watch = _breakpoints[i];
                if (watch.Step(Slot(step), previous)) BreakpointHit?.Invoke(new BreakpointHit(this, step, watch.Breakpoint, watch.Value));
            }
        }

        private void ForgetTarget() => Array.Fill(_target, float.NaN);

        private static void Put(ReadOnlySpan<float> values, ref Span<float> rest) => values.CopyTo(Take(values.Length, ref rest));

        private static Span<float> Take(int length, ref Span<float> rest)
        {
            Span<float> taken = rest.Slice(0, length);
            rest = rest.Slice(length);
            return taken;
        }
    }
}
