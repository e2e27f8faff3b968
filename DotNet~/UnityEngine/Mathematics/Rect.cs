using System;
using System.Globalization;

namespace UnityEngine;

public struct Rect : IEquatable<Rect>
{
    public Rect(float x, float y, float width, float height)
    {
        this.x = x;
        this.y = y;
        this.width = width;
        this.height = height;
    }

    public Rect(Vector2 position, Vector2 size) : this(position.x, position.y, size.x, size.y)
    {
    }

    public static Rect zero => default;

    public float x { get; set; }

    public float y { get; set; }

    public float width { get; set; }

    public float height { get; set; }

    public Vector2 position
    {
        get => new(x, y);
        set => (x, y) = (value.x, value.y);
    }

    public Vector2 size
    {
        get => new(width, height);
        set => (width, height) = (value.x, value.y);
    }

    public Vector2 center
    {
        get => new(x + width / 2F, y + height / 2F);
        set => (x, y) = (value.x - width / 2F, value.y - height / 2F);
    }

    public Vector2 min
    {
        get => new(xMin, yMin);
        set => (xMin, yMin) = (value.x, value.y);
    }

    public Vector2 max
    {
        get => new(xMax, yMax);
        set => (xMax, yMax) = (value.x, value.y);
    }

    public float xMin
    {
        get => x;
        set => (x, width) = (value, xMax - value);
    }

    public float yMin
    {
        get => y;
        set => (y, height) = (value, yMax - value);
    }

    public float xMax
    {
        get => x + width;
        set => width = value - x;
    }

    public float yMax
    {
        get => y + height;
        set => height = value - y;
    }

    public static Rect MinMaxRect(float xmin, float ymin, float xmax, float ymax) => new(xmin, ymin, xmax - xmin, ymax - ymin);

    public bool Contains(Vector2 point) => point.x >= xMin && point.x < xMax && point.y >= yMin && point.y < yMax;

    public bool Overlaps(Rect other) => other.xMax > xMin && other.xMin < xMax && other.yMax > yMin && other.yMin < yMax;

    public static bool operator ==(Rect lhs, Rect rhs) => lhs.Equals(rhs);

    public static bool operator !=(Rect lhs, Rect rhs) => !lhs.Equals(rhs);

    public bool Equals(Rect other) => x == other.x && y == other.y && width == other.width && height == other.height;

    public override bool Equals(object? other) => other is Rect rect && Equals(rect);

    public override int GetHashCode() => HashCode.Combine(x, y, width, height);

    public override string ToString() =>
        string.Format(CultureInfo.InvariantCulture, "(x:{0:F2}, y:{1:F2}, width:{2:F2}, height:{3:F2})", x, y, width, height);
}
