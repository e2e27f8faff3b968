using System;

namespace UnityEngine.UIElements;

public struct StyleBackground : IStyleValue<Background>, IEquatable<StyleBackground>
{
    public StyleBackground(Background v) => (value, keyword) = (v, StyleKeyword.Undefined);

    public StyleBackground(Texture2D v) : this(Background.FromTexture2D(v))
    {
    }

    public StyleBackground(StyleKeyword keyword) => (value, this.keyword) = (default, keyword);

    public Background value { get; set; }

    public StyleKeyword keyword { get; set; }

    public static implicit operator StyleBackground(Background v) => new(v);

    public static implicit operator StyleBackground(StyleKeyword keyword) => new(keyword);

    public static implicit operator StyleBackground(Texture2D v) => new(v);

    public static bool operator ==(StyleBackground lhs, StyleBackground rhs) => lhs.Equals(rhs);

    public static bool operator !=(StyleBackground lhs, StyleBackground rhs) => !lhs.Equals(rhs);

    public bool Equals(StyleBackground other) => Equals(value, other.value) && keyword == other.keyword;

    public override bool Equals(object obj) => obj is StyleBackground other && Equals(other);

    public override int GetHashCode() => HashCode.Combine(value, keyword);

    public override string ToString() => keyword == StyleKeyword.Undefined ? $"{value}" : $"{keyword}";
}
