using System;
using System.Globalization;

namespace UnityEngine;

public struct Vector2 : IEquatable<Vector2>
{
    public float x;
    public float y;

    public const float kEpsilon = 0.00001F;

    public Vector2(float x, float y)
    {
        this.x = x;
        this.y = y;
    }

    public static Vector2 zero => new(0F, 0F);

    public static Vector2 one => new(1F, 1F);

    public static Vector2 up => new(0F, 1F);

    public static Vector2 down => new(0F, -1F);

    public static Vector2 left => new(-1F, 0F);

    public static Vector2 right => new(1F, 0F);

    public float this[int index]
    {
        get => index switch { 0 => x, 1 => y, _ => throw new IndexOutOfRangeException("Invalid Vector2 index!") };
        set
        {
            if (index == 0) x = value;
            else if (index == 1) y = value;
            else throw new IndexOutOfRangeException("Invalid Vector2 index!");
        }
    }

    public float magnitude => (float)Math.Sqrt(x * x + y * y);

    public float sqrMagnitude => x * x + y * y;

    public Vector2 normalized => magnitude > kEpsilon ? this / magnitude : zero;

    public void Set(float newX, float newY)
    {
        x = newX;
        y = newY;
    }

    public void Normalize() => this = normalized;

    public static float Dot(Vector2 lhs, Vector2 rhs) => lhs.x * rhs.x + lhs.y * rhs.y;

    public static float Distance(Vector2 a, Vector2 b) => (a - b).magnitude;

    public static float Angle(Vector2 from, Vector2 to)
    {
        float scale = (float)Math.Sqrt(from.sqrMagnitude * to.sqrMagnitude);
        return scale < 1E-15F ? 0F : (float)Math.Acos(Mathf.Clamp(Dot(from, to) / scale, -1F, 1F)) * Mathf.Rad2Deg;
    }

    public static float SignedAngle(Vector2 from, Vector2 to) => Angle(from, to) * Mathf.Sign(from.x * to.y - from.y * to.x);

    public static Vector2 Perpendicular(Vector2 inDirection) => new(-inDirection.y, inDirection.x);

    public static Vector2 ClampMagnitude(Vector2 vector, float maxLength) =>
        vector.sqrMagnitude > maxLength * maxLength ? vector / vector.magnitude * maxLength : vector;

    public static Vector2 Lerp(Vector2 a, Vector2 b, float t) => LerpUnclamped(a, b, Mathf.Clamp01(t));

    public static Vector2 LerpUnclamped(Vector2 a, Vector2 b, float t) => new(a.x + (b.x - a.x) * t, a.y + (b.y - a.y) * t);

    public static Vector2 MoveTowards(Vector2 current, Vector2 target, float maxDistanceDelta)
    {
        Vector2 way = target - current;
        float distance = way.magnitude;
        return distance == 0F || maxDistanceDelta >= 0F && distance <= maxDistanceDelta ? target : current + way / distance * maxDistanceDelta;
    }

    public static Vector2 Scale(Vector2 a, Vector2 b) => new(a.x * b.x, a.y * b.y);

    public static Vector2 Min(Vector2 lhs, Vector2 rhs) => new(Mathf.Min(lhs.x, rhs.x), Mathf.Min(lhs.y, rhs.y));

    public static Vector2 Max(Vector2 lhs, Vector2 rhs) => new(Mathf.Max(lhs.x, rhs.x), Mathf.Max(lhs.y, rhs.y));

    public static Vector2 operator +(Vector2 a, Vector2 b) => new(a.x + b.x, a.y + b.y);

    public static Vector2 operator -(Vector2 a, Vector2 b) => new(a.x - b.x, a.y - b.y);

    public static Vector2 operator *(Vector2 a, Vector2 b) => new(a.x * b.x, a.y * b.y);

    public static Vector2 operator /(Vector2 a, Vector2 b) => new(a.x / b.x, a.y / b.y);

    public static Vector2 operator -(Vector2 a) => new(-a.x, -a.y);

    public static Vector2 operator *(Vector2 a, float d) => new(a.x * d, a.y * d);

    public static Vector2 operator *(float d, Vector2 a) => new(a.x * d, a.y * d);

    public static Vector2 operator /(Vector2 a, float d) => new(a.x / d, a.y / d);

    // Nearly equal, as the engine compares.
    public static bool operator ==(Vector2 lhs, Vector2 rhs) => (lhs - rhs).sqrMagnitude < kEpsilon * kEpsilon;

    public static bool operator !=(Vector2 lhs, Vector2 rhs) => !(lhs == rhs);

    public static implicit operator Vector2(Vector3 v) => new(v.x, v.y);

    public static implicit operator Vector3(Vector2 v) => new(v.x, v.y, 0F);

    public bool Equals(Vector2 other) => x == other.x && y == other.y;

    public override bool Equals(object? other) => other is Vector2 vector && Equals(vector);

    public override int GetHashCode() => x.GetHashCode() ^ y.GetHashCode() << 2;

    public override string ToString() => string.Format(CultureInfo.InvariantCulture, "({0:F2}, {1:F2})", x, y);
}
