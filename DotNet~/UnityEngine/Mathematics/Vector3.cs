using System;
using System.Globalization;

namespace UnityEngine;

public struct Vector3 : IEquatable<Vector3>
{
    public const float kEpsilon = 0.00001F;

    public float x;
    public float y;
    public float z;

    public Vector3(float x, float y, float z)
    {
        this.x = x;
        this.y = y;
        this.z = z;
    }

    public Vector3(float x, float y) : this(x, y, 0F)
    {
    }

    public static Vector3 zero => new(0F, 0F, 0F);

    public static Vector3 one => new(1F, 1F, 1F);

    public static Vector3 forward => new(0F, 0F, 1F);

    public static Vector3 back => new(0F, 0F, -1F);

    public static Vector3 up => new(0F, 1F, 0F);

    public static Vector3 down => new(0F, -1F, 0F);

    public static Vector3 left => new(-1F, 0F, 0F);

    public static Vector3 right => new(1F, 0F, 0F);

    public float this[int index]
    {
        get => index switch { 0 => x, 1 => y, 2 => z, _ => throw new IndexOutOfRangeException("Invalid Vector3 index!") };
        set
        {
            if (index == 0) x = value;
            else if (index == 1) y = value;
            else if (index == 2) z = value;
            else throw new IndexOutOfRangeException("Invalid Vector3 index!");
        }
    }

    public float magnitude => (float)Math.Sqrt(x * x + y * y + z * z);

    public float sqrMagnitude => x * x + y * y + z * z;

    public Vector3 normalized => Normalize(this);

    public void Set(float newX, float newY, float newZ)
    {
        x = newX;
        y = newY;
        z = newZ;
    }

    public void Normalize() => this = Normalize(this);

    public static Vector3 Normalize(Vector3 value) => value.magnitude > kEpsilon ? value / value.magnitude : zero;

    public static float Magnitude(Vector3 vector) => vector.magnitude;

    public static float SqrMagnitude(Vector3 vector) => vector.sqrMagnitude;

    public static float Dot(Vector3 lhs, Vector3 rhs) => lhs.x * rhs.x + lhs.y * rhs.y + lhs.z * rhs.z;

    public static Vector3 Cross(Vector3 lhs, Vector3 rhs) =>
        new(lhs.y * rhs.z - lhs.z * rhs.y, lhs.z * rhs.x - lhs.x * rhs.z, lhs.x * rhs.y - lhs.y * rhs.x);

    public static float Distance(Vector3 a, Vector3 b) => (a - b).magnitude;

    public static float Angle(Vector3 from, Vector3 to)
    {
        float scale = (float)Math.Sqrt(from.sqrMagnitude * to.sqrMagnitude);
        return scale < 1E-15F ? 0F : (float)Math.Acos(Mathf.Clamp(Dot(from, to) / scale, -1F, 1F)) * Mathf.Rad2Deg;
    }

    public static float SignedAngle(Vector3 from, Vector3 to, Vector3 axis) => Angle(from, to) * Mathf.Sign(Dot(axis, Cross(from, to)));

    public static Vector3 Project(Vector3 vector, Vector3 onNormal)
    {
        float square = Dot(onNormal, onNormal);
        return square < Mathf.Epsilon ? zero : onNormal * (Dot(vector, onNormal) / square);
    }

    public static Vector3 ProjectOnPlane(Vector3 vector, Vector3 planeNormal) => vector - Project(vector, planeNormal);

    public static Vector3 Reflect(Vector3 inDirection, Vector3 inNormal) => inDirection - 2F * Dot(inNormal, inDirection) * inNormal;

    public static Vector3 ClampMagnitude(Vector3 vector, float maxLength) =>
        vector.sqrMagnitude > maxLength * maxLength ? vector / vector.magnitude * maxLength : vector;

    public static Vector3 Lerp(Vector3 a, Vector3 b, float t) => LerpUnclamped(a, b, Mathf.Clamp01(t));

    public static Vector3 LerpUnclamped(Vector3 a, Vector3 b, float t) =>
        new(a.x + (b.x - a.x) * t, a.y + (b.y - a.y) * t, a.z + (b.z - a.z) * t);

    public static Vector3 MoveTowards(Vector3 current, Vector3 target, float maxDistanceDelta)
    {
        Vector3 way = target - current;
        float distance = way.magnitude;
        return distance == 0F || maxDistanceDelta >= 0F && distance <= maxDistanceDelta ? target : current + way / distance * maxDistanceDelta;
    }

    public static Vector3 SmoothDamp(Vector3 current, Vector3 target, ref Vector3 currentVelocity, float smoothTime, float maxSpeed, float deltaTime)
    {
        smoothTime = Mathf.Max(0.0001F, smoothTime);
        float omega = 2F / smoothTime, x = omega * deltaTime;
        float decay = 1F / (1F + x + 0.48F * x * x + 0.235F * x * x * x);
        Vector3 goal = target, change = ClampMagnitude(current - target, maxSpeed * smoothTime);
        Vector3 step = (currentVelocity + omega * change) * deltaTime;
        Vector3 result = current - change + (change + step) * decay;
        currentVelocity = (currentVelocity - omega * step) * decay;
        if (Dot(goal - current, result - goal) <= 0F) return result;
        currentVelocity = zero;
        return goal;
    }

    public static Vector3 SmoothDamp(Vector3 current, Vector3 target, ref Vector3 currentVelocity, float smoothTime, float maxSpeed) =>
        SmoothDamp(current, target, ref currentVelocity, smoothTime, maxSpeed, Time.deltaTime);

    public static Vector3 SmoothDamp(Vector3 current, Vector3 target, ref Vector3 currentVelocity, float smoothTime) =>
        SmoothDamp(current, target, ref currentVelocity, smoothTime, Mathf.Infinity, Time.deltaTime);

    public static Vector3 Scale(Vector3 a, Vector3 b) => new(a.x * b.x, a.y * b.y, a.z * b.z);

    public static Vector3 Min(Vector3 lhs, Vector3 rhs) => new(Mathf.Min(lhs.x, rhs.x), Mathf.Min(lhs.y, rhs.y), Mathf.Min(lhs.z, rhs.z));

    public static Vector3 Max(Vector3 lhs, Vector3 rhs) => new(Mathf.Max(lhs.x, rhs.x), Mathf.Max(lhs.y, rhs.y), Mathf.Max(lhs.z, rhs.z));

    public static Vector3 operator +(Vector3 a, Vector3 b) => new(a.x + b.x, a.y + b.y, a.z + b.z);

    public static Vector3 operator -(Vector3 a, Vector3 b) => new(a.x - b.x, a.y - b.y, a.z - b.z);

    public static Vector3 operator -(Vector3 a) => new(-a.x, -a.y, -a.z);

    public static Vector3 operator *(Vector3 a, float d) => new(a.x * d, a.y * d, a.z * d);

    public static Vector3 operator *(float d, Vector3 a) => new(a.x * d, a.y * d, a.z * d);

    public static Vector3 operator /(Vector3 a, float d) => new(a.x / d, a.y / d, a.z / d);

    // Nearly equal, as the engine compares.
    public static bool operator ==(Vector3 lhs, Vector3 rhs) => (lhs - rhs).sqrMagnitude < kEpsilon * kEpsilon;

    public static bool operator !=(Vector3 lhs, Vector3 rhs) => !(lhs == rhs);

    public bool Equals(Vector3 other) => x == other.x && y == other.y && z == other.z;

    public override bool Equals(object? other) => other is Vector3 vector && Equals(vector);

    public override int GetHashCode() => x.GetHashCode() ^ y.GetHashCode() << 2 ^ z.GetHashCode() >> 2;

    public override string ToString() => string.Format(CultureInfo.InvariantCulture, "({0:F2}, {1:F2}, {2:F2})", x, y, z);
}
