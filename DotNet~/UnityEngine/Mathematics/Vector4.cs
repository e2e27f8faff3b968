using System;
using System.Globalization;

namespace UnityEngine;

public struct Vector4 : IEquatable<Vector4>
{
    public const float kEpsilon = 0.00001F;

    public float x;
    public float y;
    public float z;
    public float w;

    public Vector4(float x, float y, float z, float w)
    {
        this.x = x;
        this.y = y;
        this.z = z;
        this.w = w;
    }

    public Vector4(float x, float y, float z) : this(x, y, z, 0F)
    {
    }

    public static Vector4 zero => new(0F, 0F, 0F, 0F);

    public static Vector4 one => new(1F, 1F, 1F, 1F);

    public float this[int index]
    {
        get => index switch { 0 => x, 1 => y, 2 => z, 3 => w, _ => throw new IndexOutOfRangeException("Invalid Vector4 index!") };
        set
        {
            if (index == 0) x = value;
            else if (index == 1) y = value;
            else if (index == 2) z = value;
            else if (index == 3) w = value;
            else throw new IndexOutOfRangeException("Invalid Vector4 index!");
        }
    }

    public float sqrMagnitude => Dot(this, this);

    public float magnitude => (float)Math.Sqrt(Dot(this, this));

    public static float Dot(Vector4 a, Vector4 b) => a.x * b.x + a.y * b.y + a.z * b.z + a.w * b.w;

    public static Vector4 Lerp(Vector4 a, Vector4 b, float t) => a + (b - a) * Mathf.Clamp01(t);

    public static Vector4 operator +(Vector4 a, Vector4 b) => new(a.x + b.x, a.y + b.y, a.z + b.z, a.w + b.w);

    public static Vector4 operator -(Vector4 a, Vector4 b) => new(a.x - b.x, a.y - b.y, a.z - b.z, a.w - b.w);

    public static Vector4 operator -(Vector4 a) => new(-a.x, -a.y, -a.z, -a.w);

    public static Vector4 operator *(Vector4 a, float d) => new(a.x * d, a.y * d, a.z * d, a.w * d);

    public static Vector4 operator *(float d, Vector4 a) => a * d;

    public static Vector4 operator /(Vector4 a, float d) => new(a.x / d, a.y / d, a.z / d, a.w / d);

    // Nearly equal, as the engine compares.
    public static bool operator ==(Vector4 lhs, Vector4 rhs) => (lhs - rhs).sqrMagnitude < kEpsilon * kEpsilon;

    public static bool operator !=(Vector4 lhs, Vector4 rhs) => !(lhs == rhs);

    public static implicit operator Vector4(Vector3 v) => new(v.x, v.y, v.z, 0F);

    public static implicit operator Vector3(Vector4 v) => new(v.x, v.y, v.z);

    public bool Equals(Vector4 other) => x == other.x && y == other.y && z == other.z && w == other.w;

    public override bool Equals(object? other) => other is Vector4 vector && Equals(vector);

    public override int GetHashCode() => x.GetHashCode() ^ y.GetHashCode() << 2 ^ z.GetHashCode() >> 2 ^ w.GetHashCode() >> 1;

    public override string ToString() => string.Format(CultureInfo.InvariantCulture, "({0:F2}, {1:F2}, {2:F2}, {3:F2})", x, y, z, w);
}
