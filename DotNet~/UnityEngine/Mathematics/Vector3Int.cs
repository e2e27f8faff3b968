using System;

namespace UnityEngine;

public struct Vector3Int : IEquatable<Vector3Int>
{
    public Vector3Int(int x, int y, int z)
    {
        this.x = x;
        this.y = y;
        this.z = z;
    }

    public int x { get; set; }

    public int y { get; set; }

    public int z { get; set; }

    public static Vector3Int zero => new(0, 0, 0);

    public static Vector3Int one => new(1, 1, 1);

    public float magnitude => (float)Math.Sqrt(sqrMagnitude);

    public int sqrMagnitude => x * x + y * y + z * z;

    public static Vector3Int operator +(Vector3Int a, Vector3Int b) => new(a.x + b.x, a.y + b.y, a.z + b.z);

    public static Vector3Int operator -(Vector3Int a, Vector3Int b) => new(a.x - b.x, a.y - b.y, a.z - b.z);

    public static Vector3Int operator *(Vector3Int a, int b) => new(a.x * b, a.y * b, a.z * b);

    public static bool operator ==(Vector3Int lhs, Vector3Int rhs) => lhs.Equals(rhs);

    public static bool operator !=(Vector3Int lhs, Vector3Int rhs) => !lhs.Equals(rhs);

    public static implicit operator Vector3(Vector3Int v) => new(v.x, v.y, v.z);

    public static Vector3Int RoundToInt(Vector3 v) => new(Mathf.RoundToInt(v.x), Mathf.RoundToInt(v.y), Mathf.RoundToInt(v.z));

    public static Vector3Int FloorToInt(Vector3 v) => new(Mathf.FloorToInt(v.x), Mathf.FloorToInt(v.y), Mathf.FloorToInt(v.z));

    public bool Equals(Vector3Int other) => x == other.x && y == other.y && z == other.z;

    public override bool Equals(object? other) => other is Vector3Int vector && Equals(vector);

    public override int GetHashCode() => HashCode.Combine(x, y, z);

    public override string ToString() => $"({x}, {y}, {z})";
}
