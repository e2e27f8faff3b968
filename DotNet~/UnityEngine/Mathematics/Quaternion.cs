using System;
using System.Globalization;

namespace UnityEngine;

public struct Quaternion : IEquatable<Quaternion>
{
    public const float kEpsilon = 0.000001F;

    public float x;
    public float y;
    public float z;
    public float w;

    public Quaternion(float x, float y, float z, float w)
    {
        this.x = x;
        this.y = y;
        this.z = z;
        this.w = w;
    }

    public static Quaternion identity => new(0F, 0F, 0F, 1F);

    public Quaternion normalized => Normalize(this);

    /// <summary>Degrees about z, then x, then y, in the axes that stand still.</summary>
    public Vector3 eulerAngles
    {
        get
        {
            Matrix4x4 m = Matrix4x4.Rotate(Normalize(this));
            // Columns are the turned axes; R = Ry · Rx · Rz.
            float sine = Mathf.Clamp(-m.m12, -1F, 1F), pitch = Mathf.Asin(sine), yaw, roll;
            if (Mathf.Abs(sine) < 0.999999F)
            {
                yaw = Mathf.Atan2(m.m02, m.m22);
                roll = Mathf.Atan2(m.m10, m.m11);
            }
            else
            {
                yaw = Mathf.Atan2(-m.m20, m.m00);
                roll = 0F;
            }

            return new Vector3(Positive(pitch), Positive(yaw), Positive(roll));
        }
        set => this = Euler(value);
    }

    public static Quaternion Euler(float x, float y, float z) =>
        AngleAxis(y, Vector3.up) * AngleAxis(x, Vector3.right) * AngleAxis(z, Vector3.forward);

    public static Quaternion Euler(Vector3 euler) => Euler(euler.x, euler.y, euler.z);

    public static Quaternion AngleAxis(float angle, Vector3 axis)
    {
        if (axis.sqrMagnitude == 0F) return identity;
        axis.Normalize();
        float half = angle * Mathf.Deg2Rad * 0.5F, sine = Mathf.Sin(half);
        return new Quaternion(axis.x * sine, axis.y * sine, axis.z * sine, Mathf.Cos(half));
    }

    public static Quaternion LookRotation(Vector3 forward, Vector3 upwards)
    {
        Vector3 z = forward.normalized;
        if (z.sqrMagnitude == 0F) return identity;
        Vector3 x = Vector3.Cross(upwards, z).normalized;
        if (x.sqrMagnitude == 0F) return FromToRotation(Vector3.forward, z);
        return FromAxes(x, Vector3.Cross(z, x), z);
    }

    public static Quaternion LookRotation(Vector3 forward) => LookRotation(forward, Vector3.up);

    public static Quaternion FromToRotation(Vector3 fromDirection, Vector3 toDirection)
    {
        Vector3 from = fromDirection.normalized, to = toDirection.normalized;
        float cosine = Vector3.Dot(from, to);
        if (cosine < -0.999999F)
        {
            Vector3 axis = Vector3.Cross(Vector3.right, from);
            if (axis.sqrMagnitude < 1E-6F) axis = Vector3.Cross(Vector3.up, from);
            return AngleAxis(180F, axis);
        }

        Vector3 cross = Vector3.Cross(from, to);
        return Normalize(new Quaternion(cross.x, cross.y, cross.z, 1F + cosine));
    }

    public static float Dot(Quaternion a, Quaternion b) => a.x * b.x + a.y * b.y + a.z * b.z + a.w * b.w;

    public static float Angle(Quaternion a, Quaternion b)
    {
        float dot = Mathf.Min(Mathf.Abs(Dot(a, b)), 1F);
        return dot > 1F - kEpsilon ? 0F : Mathf.Acos(dot) * 2F * Mathf.Rad2Deg;
    }

    public static Quaternion Normalize(Quaternion q)
    {
        float length = Mathf.Sqrt(Dot(q, q));
        return length < Mathf.Epsilon ? identity : new Quaternion(q.x / length, q.y / length, q.z / length, q.w / length);
    }

    public static Quaternion Inverse(Quaternion rotation) => new(-rotation.x, -rotation.y, -rotation.z, rotation.w);

    public static Quaternion Slerp(Quaternion a, Quaternion b, float t) => SlerpUnclamped(a, b, Mathf.Clamp01(t));

    public static Quaternion SlerpUnclamped(Quaternion a, Quaternion b, float t)
    {
        float dot = Dot(a, b), sign = dot < 0F ? -1F : 1F;
        dot *= sign;
        float from = 1F - t, to = t;
        if (dot < 0.9995F)
        {
            float angle = Mathf.Acos(dot), sine = Mathf.Sin(angle);
            from = Mathf.Sin(from * angle) / sine;
            to = Mathf.Sin(to * angle) / sine;
        }

        to *= sign;
        return Normalize(new Quaternion(from * a.x + to * b.x, from * a.y + to * b.y, from * a.z + to * b.z, from * a.w + to * b.w));
    }

    public static Quaternion Lerp(Quaternion a, Quaternion b, float t)
    {
        float to = Mathf.Clamp01(t), from = 1F - to;
        if (Dot(a, b) < 0F) to = -to;
        return Normalize(new Quaternion(from * a.x + to * b.x, from * a.y + to * b.y, from * a.z + to * b.z, from * a.w + to * b.w));
    }

    public static Quaternion RotateTowards(Quaternion from, Quaternion to, float maxDegreesDelta)
    {
        float angle = Angle(from, to);
        return angle == 0F ? to : SlerpUnclamped(from, to, Mathf.Min(1F, maxDegreesDelta / angle));
    }

    public static Quaternion operator *(Quaternion lhs, Quaternion rhs) => new(
        lhs.w * rhs.x + lhs.x * rhs.w + lhs.y * rhs.z - lhs.z * rhs.y,
        lhs.w * rhs.y + lhs.y * rhs.w + lhs.z * rhs.x - lhs.x * rhs.z,
        lhs.w * rhs.z + lhs.z * rhs.w + lhs.x * rhs.y - lhs.y * rhs.x,
        lhs.w * rhs.w - lhs.x * rhs.x - lhs.y * rhs.y - lhs.z * rhs.z);

    public static Vector3 operator *(Quaternion rotation, Vector3 point)
    {
        var axis = new Vector3(rotation.x, rotation.y, rotation.z);
        Vector3 twice = 2F * Vector3.Cross(axis, point);
        return point + rotation.w * twice + Vector3.Cross(axis, twice);
    }

    public static bool operator ==(Quaternion lhs, Quaternion rhs) => Dot(lhs, rhs) > 1F - kEpsilon;

    public static bool operator !=(Quaternion lhs, Quaternion rhs) => !(lhs == rhs);

    public bool Equals(Quaternion other) => x == other.x && y == other.y && z == other.z && w == other.w;

    public override bool Equals(object? other) => other is Quaternion rotation && Equals(rotation);

    public override int GetHashCode() => x.GetHashCode() ^ y.GetHashCode() << 2 ^ z.GetHashCode() >> 2 ^ w.GetHashCode() >> 1;

    public override string ToString() => string.Format(CultureInfo.InvariantCulture, "({0:F5}, {1:F5}, {2:F5}, {3:F5})", x, y, z, w);

    private static float Positive(float radians)
    {
        float degrees = radians * Mathf.Rad2Deg;
        return degrees < -0.0001F ? degrees + 360F : Mathf.Max(degrees, 0F);
    }

    private static Quaternion FromAxes(Vector3 x, Vector3 y, Vector3 z)
    {
        float trace = x.x + y.y + z.z;
        if (trace > 0F)
        {
            float s = Mathf.Sqrt(trace + 1F) * 2F;
            return new Quaternion((y.z - z.y) / s, (z.x - x.z) / s, (x.y - y.x) / s, 0.25F * s);
        }

        if (x.x > y.y && x.x > z.z)
        {
            float s = Mathf.Sqrt(1F + x.x - y.y - z.z) * 2F;
            return new Quaternion(0.25F * s, (y.x + x.y) / s, (z.x + x.z) / s, (y.z - z.y) / s);
        }

        if (y.y > z.z)
        {
            float s = Mathf.Sqrt(1F + y.y - x.x - z.z) * 2F;
            return new Quaternion((y.x + x.y) / s, 0.25F * s, (z.y + y.z) / s, (z.x - x.z) / s);
        }
        else
        {
            float s = Mathf.Sqrt(1F + z.z - x.x - y.y) * 2F;
            return new Quaternion((z.x + x.z) / s, (z.y + y.z) / s, 0.25F * s, (x.y - y.x) / s);
        }
    }
}
