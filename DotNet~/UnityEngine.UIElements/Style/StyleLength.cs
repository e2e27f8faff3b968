using System;

namespace UnityEngine.UIElements;

public struct StyleLength : IStyleValue<Length>, IEquatable<StyleLength>
{
    public StyleLength(Length v) => (value, keyword) = (v, StyleKeyword.Undefined);

    public StyleLength(float v) : this(new Length(v))
    {
    }

    public StyleLength(StyleKeyword keyword) => (value, this.keyword) = (default, keyword);

    public Length value { get; set; }

    public StyleKeyword keyword { get; set; }

    public static implicit operator StyleLength(Length v) => new(v);

    public static implicit operator StyleLength(StyleKeyword keyword) => new(keyword);

    public static implicit operator StyleLength(float v) => new(v);

    public static bool operator ==(StyleLength lhs, StyleLength rhs) => lhs.Equals(rhs);

    public static bool operator !=(StyleLength lhs, StyleLength rhs) => !lhs.Equals(rhs);

    public bool Equals(StyleLength other) => Equals(value, other.value) && keyword == other.keyword;

    public override bool Equals(object obj) => obj is StyleLength other && Equals(other);

    public override int GetHashCode() => HashCode.Combine(value, keyword);

    public override string ToString() => keyword == StyleKeyword.Undefined ? $"{value}" : $"{keyword}";
}
