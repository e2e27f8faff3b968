using System;

namespace UnityEngine.UIElements;

public struct TimerState : IEquatable<TimerState>
{
    public long start { get; set; }

    public long now { get; set; }

    public long deltaTime => now - start;

    public static bool operator ==(TimerState state1, TimerState state2) => state1.Equals(state2);

    public static bool operator !=(TimerState state1, TimerState state2) => !state1.Equals(state2);

    public bool Equals(TimerState other) => start == other.start && now == other.now;

    public override bool Equals(object obj) => obj is TimerState other && Equals(other);

    public override int GetHashCode() => HashCode.Combine(start, now);
}
