using System;

namespace UnityEngine.UIElements;

public struct Length : IEquatable<Length>
{
    private byte _special;

    public Length(float value) : this(value, LengthUnit.Pixel)
    {
    }

    public Length(float value, LengthUnit unit) => (this.value, this.unit, _special) = (value, unit, 0);

    public float value { get; set; }

    public LengthUnit unit { get; set; }

    public static implicit operator Length(float value) => new(value);

    public static bool operator ==(Length lhs, Length rhs) => lhs.Equals(rhs);

    public static bool operator !=(Length lhs, Length rhs) => !lhs.Equals(rhs);

    public static Length Percent(float value) => new(value, LengthUnit.Percent);

    public static Length Auto() => new() { _special = 1 };

    public static Length None() => new() { _special = 2 };

    public bool IsAuto() => _special == 1;

    public bool IsNone() => _special == 2;

    public bool Equals(Length other) => value == other.value && unit == other.unit && _special == other._special;

    public override bool Equals(object obj) => obj is Length other && Equals(other);

    public override int GetHashCode() => HashCode.Combine(value, unit, _special);

    public override string ToString() => IsAuto() ? "auto" : IsNone() ? "none" : FormattableString.Invariant($"{value}{(unit == LengthUnit.Percent ? "%" : "px")}");
}
