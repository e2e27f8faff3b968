using System;

namespace UnityEngine.UIElements;

public struct StyleColor : IStyleValue<Color>, IEquatable<StyleColor>
{
    public StyleColor(Color v) => (value, keyword) = (v, StyleKeyword.Undefined);

    public StyleColor(StyleKeyword keyword) => (value, this.keyword) = (default, keyword);

    public Color value { get; set; }

    public StyleKeyword keyword { get; set; }

    public static implicit operator StyleColor(Color v) => new(v);

    public static implicit operator StyleColor(StyleKeyword keyword) => new(keyword);

    public static bool operator ==(StyleColor lhs, StyleColor rhs) => lhs.Equals(rhs);

    public static bool operator !=(StyleColor lhs, StyleColor rhs) => !lhs.Equals(rhs);

    public bool Equals(StyleColor other) => Equals(value, other.value) && keyword == other.keyword;

    public override bool Equals(object obj) => obj is StyleColor other && Equals(other);

    public override int GetHashCode() => HashCode.Combine(value, keyword);

    public override string ToString() => keyword == StyleKeyword.Undefined ? $"{value}" : $"{keyword}";
}
