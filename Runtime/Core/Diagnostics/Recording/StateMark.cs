using System;

namespace Recurrent.Diagnostics
{
    /// <summary>A note at a step of a recording.</summary>
    public readonly struct StateMark : IEquatable<StateMark>
    {
        /// <summary>Makes a note.</summary>
        public StateMark(long step, StateMarkKind kind)
        {
            Step = step;
            Kind = kind;
        }

        /// <summary>The number of the first step after it.</summary>
        public long Step { get; }

        /// <summary>What happened.</summary>
        public StateMarkKind Kind { get; }

        /// <summary>Whether both say the same of the same step.</summary>
        public bool Equals(StateMark other) => Step == other.Step && Kind == other.Kind;

        /// <inheritdoc/>
        public override bool Equals(object? obj) => obj is StateMark other && Equals(other);

        /// <inheritdoc/>
        public override int GetHashCode() => HashCode.Combine(Step, Kind);

        /// <summary>For example <c>Reset before step 12</c>.</summary>
        public override string ToString() => FormattableString.Invariant($"{Kind} before step {Step}");
    }
}
