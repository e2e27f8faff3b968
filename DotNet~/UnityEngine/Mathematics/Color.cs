using System;
using System.Globalization;

namespace UnityEngine;

public struct Color : IEquatable<Color>
{
    public float r;
    public float g;
    public float b;
    public float a;

    public Color(float r, float g, float b, float a)
    {
        this.r = r;
        this.g = g;
        this.b = b;
        this.a = a;
    }

    public Color(float r, float g, float b) : this(r, g, b, 1F)
    {
    }

    public static Color red => new(1F, 0F, 0F);

    public static Color green => new(0F, 1F, 0F);

    public static Color blue => new(0F, 0F, 1F);

    public static Color white => new(1F, 1F, 1F);

    public static Color black => new(0F, 0F, 0F);

    public static Color yellow => new(1F, 235F / 255F, 4F / 255F);

    public static Color cyan => new(0F, 1F, 1F);

    public static Color magenta => new(1F, 0F, 1F);

    public static Color gray => new(.5F, .5F, .5F);

    public static Color grey => gray;

    public static Color clear => new(0F, 0F, 0F, 0F);

    public float this[int index]
    {
        get => index switch { 0 => r, 1 => g, 2 => b, 3 => a, _ => throw new IndexOutOfRangeException($"Invalid Color index({index})!") };
        set
        {
            if (index == 0) r = value;
            else if (index == 1) g = value;
            else if (index == 2) b = value;
            else if (index == 3) a = value;
            else throw new IndexOutOfRangeException($"Invalid Color index({index})!");
        }
    }

    public float grayscale => 0.299F * r + 0.587F * g + 0.114F * b;

    public static Color Lerp(Color a, Color b, float t) => LerpUnclamped(a, b, Mathf.Clamp01(t));

    public static Color LerpUnclamped(Color a, Color b, float t) => a + (b - a) * t;

    public static Color HSVToRGB(float H, float S, float V)
    {
        float sector = Mathf.Repeat(H, 1F) * 6F;
        float Channel(float offset)
        {
            float k = Mathf.Repeat(offset + sector, 6F);
            return V - V * S * Mathf.Clamp01(Mathf.Min(k, 4F - k));
        }

        return new Color(Channel(5F), Channel(3F), Channel(1F));
    }

    public static Color operator +(Color a, Color b) => new(a.r + b.r, a.g + b.g, a.b + b.b, a.a + b.a);

    public static Color operator -(Color a, Color b) => new(a.r - b.r, a.g - b.g, a.b - b.b, a.a - b.a);

    public static Color operator *(Color a, Color b) => new(a.r * b.r, a.g * b.g, a.b * b.b, a.a * b.a);

    public static Color operator *(Color a, float b) => new(a.r * b, a.g * b, a.b * b, a.a * b);

    public static Color operator *(float b, Color a) => a * b;

    public static Color operator /(Color a, float b) => new(a.r / b, a.g / b, a.b / b, a.a / b);

    public static bool operator ==(Color lhs, Color rhs) => (Vector4)lhs == (Vector4)rhs;

    public static bool operator !=(Color lhs, Color rhs) => !(lhs == rhs);

    public static implicit operator Vector4(Color c) => new(c.r, c.g, c.b, c.a);

    public static implicit operator Color(Vector4 v) => new(v.x, v.y, v.z, v.w);

    public bool Equals(Color other) => r == other.r && g == other.g && b == other.b && a == other.a;

    public override bool Equals(object? other) => other is Color color && Equals(color);

    public override int GetHashCode() => ((Vector4)this).GetHashCode();

    public override string ToString() => string.Format(CultureInfo.InvariantCulture, "RGBA({0:F3}, {1:F3}, {2:F3}, {3:F3})", r, g, b, a);
}
