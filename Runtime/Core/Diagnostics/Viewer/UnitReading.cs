using System;

namespace Recurrent.Diagnostics
{
    /// <summary>What a unit does: its number at the playhead, and its figures over the selected range or all that is kept. Values that are not finite are left out, and counted.</summary>
    public readonly struct UnitReading
    {
        private UnitReading(StateReading now, float low, float high, double mean, double deviation, int notFinite, long steps)
        {
            Now = now;
            Low = low;
            High = high;
            Mean = mean;
            Deviation = deviation;
            NotFinite = notFinite;
            Steps = steps;
        }

        /// <summary>At the playhead.</summary>
        public StateReading Now { get; }

        /// <summary>The smallest value; NaN if there is none.</summary>
        public float Low { get; }

        /// <summary>The largest value; NaN if there is none.</summary>
        public float High { get; }

        /// <summary>The mean; NaN if there is none.</summary>
        public double Mean { get; }

        /// <summary>σ: the standard deviation over the steps; NaN if there is none.</summary>
        public double Deviation { get; }

        /// <summary>How many values are not finite.</summary>
        public int NotFinite { get; }

        /// <summary>Over how many steps the figures are.</summary>
        public long Steps { get; }

        internal static UnitReading Of(IRecordedSteps steps, RecordedTrack track, int unit, long playhead, long from, long to)
        {
            int at = track.Offset + unit, count = 0;
            float low = float.PositiveInfinity, high = float.NegativeInfinity;
            double mean = 0, squares = 0;
            for (long step = from; step < to; step++)
            {
                float value = steps.Frame(step)[at];
                if (!float.IsFinite(value)) continue;
                // Welford (1962).
                count++;
                double d = value - mean;
                mean += d / count;
                squares += d * (value - mean);
                low = Math.Min(low, value);
                high = Math.Max(high, value);
            }
            var now = new StateReading(track, unit, playhead, steps.Frame(playhead)[at]);
            return count == 0
                ? new UnitReading(now, float.NaN, float.NaN, double.NaN, double.NaN, (int)(to - from), to - from)
                : new UnitReading(now, low, high, mean, Math.Sqrt(squares / count), (int)(to - from) - count, to - from);
        }
    }
}
