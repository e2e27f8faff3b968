using System;

namespace Recurrent.Diagnostics
{
    /// <summary>One unit that is drawn as a curve of its own.</summary>
    public readonly struct ViewerProbe : IEquatable<ViewerProbe>
    {
        /// <summary>Names a unit.</summary>
        /// <param name="track">The whole name of the track: <c>0.l0.h</c>.</param>
        /// <param name="unit">The unit.</param>
        public ViewerProbe(string track, int unit)
        {
            Track = track;
            Unit = unit;
        }

        /// <summary>The whole name of the track.</summary>
        public string Track { get; }

        /// <summary>The unit.</summary>
        public int Unit { get; }

        /// <inheritdoc/>
        public bool Equals(ViewerProbe other) => Track == other.Track && Unit == other.Unit;

        /// <inheritdoc/>
        public override bool Equals(object? obj) => obj is ViewerProbe other && Equals(other);

        /// <inheritdoc/>
        public override int GetHashCode() => HashCode.Combine(Track, Unit);

        /// <summary>As a breakpoint names it: <c>0.l0.h[12]</c>.</summary>
        public override string ToString() => FormattableString.Invariant($"{Track}[{Unit}]");
    }
}
