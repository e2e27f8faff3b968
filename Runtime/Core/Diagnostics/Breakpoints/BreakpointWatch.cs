using System;

namespace Recurrent.Diagnostics
{
    /// <summary>A breakpoint on one network: where its numbers stand, and whether it held in the step before. Allocates nothing.</summary>
    internal sealed class BreakpointWatch
    {
        private readonly RecordedTrack? _track, _target;
        private bool _held;

        public BreakpointWatch(Breakpoint breakpoint, RecordedTrack? track, RecordedTrack? target)
        {
            Breakpoint = breakpoint;
            _track = track;
            _target = target;
        }

        public Breakpoint Breakpoint { get; }

        /// <summary>What was measured in the last step.</summary>
        public double Value { get; private set; }

        /// <summary>Whether the condition comes to hold in this step.</summary>
        /// <param name="frame">All numbers of the step.</param>
        /// <param name="previous">Those of the step before; empty for none.</param>
        public bool Step(ReadOnlySpan<float> frame, ReadOnlySpan<float> previous)
        {
            Value = Measure(frame, previous);
            bool holds = Breakpoint.Comparison switch
            {
                BreakpointComparison.Greater => Value > Breakpoint.Threshold,
                BreakpointComparison.GreaterOrEqual => Value >= Breakpoint.Threshold,
                BreakpointComparison.Less => Value < Breakpoint.Threshold,
                _ => Value <= Breakpoint.Threshold,
            };
            bool crossed = holds && !_held;
            _held = holds;
            return crossed;
        }

        /// <summary>Forgets that it held.</summary>
        public void Reset() => _held = false;

        private double Measure(ReadOnlySpan<float> frame, ReadOnlySpan<float> previous)
        {
            ReadOnlySpan<float> values = Part(frame);
            switch (Breakpoint.Measure)
            {
                case BreakpointMeasure.Value: return values[0];
                case BreakpointMeasure.Magnitude: return Math.Abs(values[0]);
                case BreakpointMeasure.Norm: return Distance(values, default);
                case BreakpointMeasure.Largest: return Largest(values);
                case BreakpointMeasure.Change: return previous.IsEmpty ? double.NaN : Distance(values, Part(previous));
                case BreakpointMeasure.Open: return Saturation.Of(values).Open;
                case BreakpointMeasure.Shut: return Saturation.Of(values).Shut;
                case BreakpointMeasure.Saturated: return Saturated(values);
                case BreakpointMeasure.Error: return Distance(values, frame.Slice(_target!.Offset, _target.Length)) / Math.Sqrt(values.Length);
                default: return NotFinite(frame, values);
            }
        }

        private ReadOnlySpan<float> Part(ReadOnlySpan<float> frame)
        {
            if (_track == null) return frame;
            ReadOnlySpan<float> values = frame.Slice(_track.Offset, _track.Length);
            return Breakpoint.Unit < 0 ? values : values.Slice(Breakpoint.Unit, 1);
        }

        private static double Distance(ReadOnlySpan<float> a, ReadOnlySpan<float> b)
        {
            double sum = 0;
            for (int i = 0; i < a.Length; i++)
            {
                double d = b.IsEmpty ? a[i] : (double)a[i] - b[i];
                sum += d * d;
            }
            return Math.Sqrt(sum);
        }

        private static double Largest(ReadOnlySpan<float> values)
        {
            double largest = 0;
            foreach (float value in values) largest = Math.Max(largest, Math.Abs(value));
            return largest;
        }

        private static double Saturated(ReadOnlySpan<float> values)
        {
            int saturated = 0;
            foreach (float value in values)
                if (Math.Abs(value) > 0.95f) saturated++;
            return (double)saturated / values.Length;
        }

        private int NotFinite(ReadOnlySpan<float> frame, ReadOnlySpan<float> values)
        {
            int count = 0;
            foreach (float value in values)
                if (!float.IsFinite(value)) count++;
            // A target that nobody knows is no fault.
            if (_track == null) count -= Unknown(frame);
            return count;
        }

        private int Unknown(ReadOnlySpan<float> frame)
        {
            if (_target == null) return 0;
            int count = 0;
            foreach (float value in frame.Slice(_target.Offset, _target.Length))
                if (!float.IsFinite(value)) count++;
            return count;
        }
    }
}
