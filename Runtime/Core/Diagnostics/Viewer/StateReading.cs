using System;

namespace Recurrent.Diagnostics
{
    /// <summary>One number of a recording: which unit of what, at which step.</summary>
    public readonly struct StateReading
    {
        /// <summary>Puts a reading together.</summary>
        public StateReading(RecordedTrack track, int unit, long step, float value, bool isDifference = false)
        {
            Track = track;
            Unit = unit;
            Step = step;
            Value = value;
            IsDifference = isDifference;
        }

        /// <summary>Of what.</summary>
        public RecordedTrack Track { get; }

        /// <summary>Which unit of it.</summary>
        public int Unit { get; }

        /// <summary>At which step.</summary>
        public long Step { get; }

        /// <summary>The number; of a difference, A − B.</summary>
        public float Value { get; }

        /// <summary>Whether it is that of two agents.</summary>
        public bool IsDifference { get; }

        /// <summary>As a hover shows it: <c>0.l0.h[12] · step 5120 · 0.93</c>.</summary>
        public override string ToString() => Track == null ? "" : FormattableString.Invariant($"{(IsDifference ? "Δ " : "")}{Track.Name}[{Unit}] · step {Step} · ") + Axis.Short(Value);
    }
}
