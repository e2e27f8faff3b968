using System;

namespace UnityEngine.UIElements;

public struct StyleEnum<T> : IStyleValue<T>, IEquatable<StyleEnum<T>> where T : struct, IConvertible
{
    public StyleEnum(T v) => (value, keyword) = (v, StyleKeyword.Undefined);

    public StyleEnum(StyleKeyword keyword) => (value, this.keyword) = (default, keyword);

    public T value { get; set; }

    public StyleKeyword keyword { get; set; }

    public static implicit operator StyleEnum<T>(T v) => new(v);

    public static implicit operator StyleEnum<T>(StyleKeyword keyword) => new(keyword);

    public static bool operator ==(StyleEnum<T> lhs, StyleEnum<T> rhs) => lhs.Equals(rhs);

    public static bool operator !=(StyleEnum<T> lhs, StyleEnum<T> rhs) => !lhs.Equals(rhs);

    public bool Equals(StyleEnum<T> other) => Equals(value, other.value) && keyword == other.keyword;

    public override bool Equals(object obj) => obj is StyleEnum<T> other && Equals(other);

    public override int GetHashCode() => HashCode.Combine(value, keyword);

    public override string ToString() => keyword == StyleKeyword.Undefined ? $"{value}" : $"{keyword}";
}
