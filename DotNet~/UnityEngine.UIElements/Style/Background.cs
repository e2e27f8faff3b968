using System;

namespace UnityEngine.UIElements;

public struct Background : IEquatable<Background>
{
    public Texture2D texture { get; set; }

    public static implicit operator Background(Texture2D v) => FromTexture2D(v);

    public static bool operator ==(Background lhs, Background rhs) => lhs.Equals(rhs);

    public static bool operator !=(Background lhs, Background rhs) => !lhs.Equals(rhs);

    public static Background FromTexture2D(Texture2D t) => new() { texture = t };

    public bool Equals(Background other) => texture == other.texture;

    public override bool Equals(object obj) => obj is Background other && Equals(other);

    public override int GetHashCode() => texture is null ? 0 : texture.GetHashCode();
}
