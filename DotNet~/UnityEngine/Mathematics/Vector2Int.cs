using System;

namespace UnityEngine;

public struct Vector2Int : IEquatable<Vector2Int>
{
    public Vector2Int(int x, int y)
    {
        this.x = x;
        this.y = y;
    }

    public int x { get; set; }

    public int y { get; set; }

    public static Vector2Int zero => new(0, 0);

    public static Vector2Int one => new(1, 1);

    public float magnitude => (float)Math.Sqrt(sqrMagnitude);

    public int sqrMagnitude => x * x + y * y;

    public static Vector2Int operator +(Vector2Int a, Vector2Int b) => new(a.x + b.x, a.y + b.y);

    public static Vector2Int operator -(Vector2Int a, Vector2Int b) => new(a.x - b.x, a.y - b.y);

    public static Vector2Int operator *(Vector2Int a, int b) => new(a.x * b, a.y * b);

    public static bool operator ==(Vector2Int lhs, Vector2Int rhs) => lhs.Equals(rhs);

    public static bool operator !=(Vector2Int lhs, Vector2Int rhs) => !lhs.Equals(rhs);

    public static implicit operator Vector2(Vector2Int v) => new(v.x, v.y);

    public static Vector2Int RoundToInt(Vector2 v) => new(Mathf.RoundToInt(v.x), Mathf.RoundToInt(v.y));

    public static Vector2Int FloorToInt(Vector2 v) => new(Mathf.FloorToInt(v.x), Mathf.FloorToInt(v.y));

    public bool Equals(Vector2Int other) => x == other.x && y == other.y;

    public override bool Equals(object? other) => other is Vector2Int vector && Equals(vector);

    public override int GetHashCode() => HashCode.Combine(x, y);

    public override string ToString() => $"({x}, {y})";
}
