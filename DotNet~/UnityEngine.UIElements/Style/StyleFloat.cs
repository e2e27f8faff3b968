using System;

namespace UnityEngine.UIElements;

public struct StyleFloat : IStyleValue<float>, IEquatable<StyleFloat>
{
    public StyleFloat(float v) => (value, keyword) = (v, StyleKeyword.Undefined);

    public StyleFloat(StyleKeyword keyword) => (value, this.keyword) = (default, keyword);

    public float value { get; set; }

    public StyleKeyword keyword { get; set; }

    public static implicit operator StyleFloat(float v) => new(v);

    public static implicit operator StyleFloat(StyleKeyword keyword) => new(keyword);

    public static bool operator ==(StyleFloat lhs, StyleFloat rhs) => lhs.Equals(rhs);

    public static bool operator !=(StyleFloat lhs, StyleFloat rhs) => !lhs.Equals(rhs);

    public bool Equals(StyleFloat other) => Equals(value, other.value) && keyword == other.keyword;

    public override bool Equals(object obj) => obj is StyleFloat other && Equals(other);

    public override int GetHashCode() => HashCode.Combine(value, keyword);

    public override string ToString() => keyword == StyleKeyword.Undefined ? $"{value}" : $"{keyword}";
}
