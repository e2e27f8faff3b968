using System;

namespace Recurrent.Diagnostics
{
    /// <summary>
    /// The steps of an agent in another process, as far as they came: a ring, as that of the <see cref="AgentRecorder"/> there, and under the same numbers. A step that was lost on the way is
    /// "not a number" throughout.
    /// </summary>
    internal sealed class RemoteSteps : IRecordedSteps
    {
        // What a message claims must not take memory out of proportion.
        private const int MostBytes = 32 << 20;

        private readonly float[] _ring;
        private readonly int _width;
        private readonly StateMark[] _marks = new StateMark[AgentRecorder.MaxMarks];
        private long _first = -1, _next;

        public RemoteSteps(string agent, RecordingLayout layout, int generation)
        {
            Agent = agent;
            Layout = layout;
            Generation = generation;
            _width = layout.Width;
            Capacity = Math.Max(2, Math.Min(StateRecorder.DefaultCapacity, MostBytes / sizeof(float) / _width));
            _ring = new float[Capacity * _width];
        }

        public string Agent { get; }

        public RecordingLayout Layout { get; }

        public int Generation { get; }

        /// <summary>How many steps are kept.</summary>
        public int Capacity { get; }

        public long FirstStep => Math.Max(Math.Max(0, _first), EndStep - Capacity + 1);

        /// <summary>Steps that are whole.</summary>
        public long EndStep => _first < 0 ? 0 : Math.Max(_first, _next / _width);

        public int MarkCount { get; private set; }

        public StateMark GetMark(int index) => (uint)index < (uint)MarkCount ? _marks[index]
            : throw new ArgumentOutOfRangeException(nameof(index), FormattableString.Invariant($"RemoteSteps({Agent}): there are {MarkCount} marks, got the number {index}."));

        /// <summary>Takes in the marks, all that there are by now.</summary>
        public void Take(in WireMarks marks)
        {
            MarkCount = marks.Count;
            for (int i = 0; i < MarkCount; i++) _marks[i] = marks[i];
        }

        /// <summary>Takes in what came.</summary>
        /// <returns>How many steps are lost that were not known to be; −1 where it came late, and is left out.</returns>
        public long Take(in WireSteps steps)
        {
            long position = steps.Position, end = position + steps.Count, lost = 0;
            if (_first < 0)
            {
                _first = (position + _width - 1) / _width;
                _next = _first * _width;
            }
            if (position > _next)
            {
                // What is there of a step that is not whole is lost with it.
                long from = _next / _width, to = (position + _width - 1) / _width;
                lost = to - from;
                for (long step = Math.Max(from, to - Capacity); step < to; step++) Slot(step).Fill(float.NaN);
                _next = to * _width;
            }
            if (end <= _next) return lost > 0 ? lost : -1;
            int at = (int)(_next - position);
            while (_next < end)
            {
                int place = (int)(_next % _width), count = (int)Math.Min(_width - place, end - _next);
                steps.CopyTo(at, Slot(_next / _width).Slice(place, count));
                at += count;
                _next += count;
            }
            return lost;
        }

        public ReadOnlySpan<float> Frame(long step)
        {
            if (step < FirstStep || step >= EndStep)
                throw new ArgumentOutOfRangeException(nameof(step), FormattableString.Invariant($"RemoteSteps({Agent}): the steps {FirstStep} … {EndStep - 1} are here, got {step}."));
            return Slot(step);
        }

        public Recording Range(long from, long to)
        {
            long first = Math.Max(from, FirstStep), end = Math.Min(to, EndStep);
            if (first >= end) throw new ArgumentException(FormattableString.Invariant($"RemoteSteps({Agent}): has the steps {FirstStep} … {EndStep - 1}, of which none lies in {from} … {to - 1}."));
            var frames = new float[(int)(end - first) * _width];
            for (long step = first; step < end; step++) Slot(step).CopyTo(frames.AsSpan((int)(step - first) * _width));
            StateMark[] marks = Array.FindAll(_marks.AsSpan(0, MarkCount).ToArray(), mark => mark.Step >= first && mark.Step < end);
            return new Recording(Agent, Layout, first, frames) { Marks = marks };
        }

        private Span<float> Slot(long step) => _ring.AsSpan((int)(step % Capacity) * _width, _width);
    }
}
