using System;

namespace UnityEngine.UIElements;

public struct StyleInt : IStyleValue<int>, IEquatable<StyleInt>
{
    public StyleInt(int v) => (value, keyword) = (v, StyleKeyword.Undefined);

    public StyleInt(StyleKeyword keyword) => (value, this.keyword) = (default, keyword);

    public int value { get; set; }

    public StyleKeyword keyword { get; set; }

    public static implicit operator StyleInt(int v) => new(v);

    public static implicit operator StyleInt(StyleKeyword keyword) => new(keyword);

    public static bool operator ==(StyleInt lhs, StyleInt rhs) => lhs.Equals(rhs);

    public static bool operator !=(StyleInt lhs, StyleInt rhs) => !lhs.Equals(rhs);

    public bool Equals(StyleInt other) => Equals(value, other.value) && keyword == other.keyword;

    public override bool Equals(object obj) => obj is StyleInt other && Equals(other);

    public override int GetHashCode() => HashCode.Combine(value, keyword);

    public override string ToString() => keyword == StyleKeyword.Undefined ? $"{value}" : $"{keyword}";
}
