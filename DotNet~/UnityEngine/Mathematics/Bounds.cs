using System;

namespace UnityEngine;

public struct Bounds : IEquatable<Bounds>
{
    public Bounds(Vector3 center, Vector3 size)
    {
        this.center = center;
        extents = size * 0.5F;
    }

    public Vector3 center { get; set; }

    public Vector3 extents { get; set; }

    public Vector3 size
    {
        get => extents * 2F;
        set => extents = value * 0.5F;
    }

    public Vector3 min
    {
        get => center - extents;
        set => SetMinMax(value, max);
    }

    public Vector3 max
    {
        get => center + extents;
        set => SetMinMax(min, value);
    }

    public void SetMinMax(Vector3 min, Vector3 max)
    {
        extents = (max - min) * 0.5F;
        center = min + extents;
    }

    public void Encapsulate(Vector3 point) => SetMinMax(Vector3.Min(min, point), Vector3.Max(max, point));

    public void Encapsulate(Bounds bounds)
    {
        Encapsulate(bounds.min);
        Encapsulate(bounds.max);
    }

    public void Expand(float amount) => extents += new Vector3(amount, amount, amount) * 0.5F;

    public bool Contains(Vector3 point)
    {
        Vector3 low = min, high = max;
        return point.x >= low.x && point.x <= high.x && point.y >= low.y && point.y <= high.y && point.z >= low.z && point.z <= high.z;
    }

    public bool Intersects(Bounds bounds)
    {
        Vector3 low = min, high = max, otherLow = bounds.min, otherHigh = bounds.max;
        return low.x <= otherHigh.x && high.x >= otherLow.x && low.y <= otherHigh.y && high.y >= otherLow.y && low.z <= otherHigh.z && high.z >= otherLow.z;
    }

    public Vector3 ClosestPoint(Vector3 point) => Vector3.Min(Vector3.Max(point, min), max);

    public static bool operator ==(Bounds lhs, Bounds rhs) => lhs.center == rhs.center && lhs.extents == rhs.extents;

    public static bool operator !=(Bounds lhs, Bounds rhs) => !(lhs == rhs);

    public bool Equals(Bounds other) => center.Equals(other.center) && extents.Equals(other.extents);

    public override bool Equals(object? other) => other is Bounds bounds && Equals(bounds);

    public override int GetHashCode() => HashCode.Combine(center, extents);

    public override string ToString() => $"Center: {center}, Extents: {extents}";
}
