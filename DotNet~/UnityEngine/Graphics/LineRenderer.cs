using System;

namespace UnityEngine;

public enum LineAlignment
{
    View = 0,
    TransformZ = 1,
}

public enum LineTextureMode
{
    Stretch = 0,
    Tile = 1,
    DistributePerSegment = 2,
    RepeatPerSegment = 3,
}

public sealed class LineRenderer : Renderer
{
    private Vector3[] _positions = new Vector3[2];
    private int _count = 2;
    private AnimationCurve _width = AnimationCurve.Constant(0F, 1F, 1F);
    private Gradient _color = new();

    public int positionCount
    {
        get => _count;
        set
        {
            if (value > _positions.Length) Array.Resize(ref _positions, Math.Max(value, 2 * _positions.Length));
            _count = value;
        }
    }

    public float widthMultiplier { get; set; } = 1F;

    public bool useWorldSpace { get; set; } = true;

    public bool loop { get; set; }

    public int numCapVertices { get; set; }

    public int numCornerVertices { get; set; }

    public LineAlignment alignment { get; set; }

    public LineTextureMode textureMode { get; set; }

    public float startWidth
    {
        get => _width.Evaluate(0F) * widthMultiplier;
        set => SetWidths(value, endWidth);
    }

    public float endWidth
    {
        get => _width.Evaluate(1F) * widthMultiplier;
        set => SetWidths(startWidth, value);
    }

    public AnimationCurve widthCurve
    {
        get => new(_width.keys);
        set => _width = new AnimationCurve(value.keys);
    }

    public Color startColor
    {
        get => _color.Evaluate(0F);
        set => SetColors(value, endColor);
    }

    public Color endColor
    {
        get => _color.Evaluate(1F);
        set => SetColors(startColor, value);
    }

    public Gradient colorGradient
    {
        get
        {
            var copy = new Gradient();
            copy.SetKeys(_color.colorKeys, _color.alphaKeys);
            return copy;
        }
        set
        {
            _color = new Gradient();
            _color.SetKeys(value.colorKeys, value.alphaKeys);
        }
    }

    internal ReadOnlySpan<Vector3> Positions => _positions.AsSpan(0, positionCount);

    public void SetPosition(int index, Vector3 position)
    {
        if (IsInside(index, "SetPosition")) _positions[index] = position;
    }

    public Vector3 GetPosition(int index) => IsInside(index, "GetPosition") ? _positions[index] : Vector3.zero;

    /// <summary>As many as there are places for; the count stays.</summary>
    public void SetPositions(Vector3[] positions) => positions.AsSpan(0, Math.Min(positions.Length, positionCount)).CopyTo(_positions);

    public int GetPositions(Vector3[] positions)
    {
        int count = Math.Min(positions.Length, positionCount);
        Positions[..count].CopyTo(positions);
        return count;
    }

    internal float WidthAt(float share) => _width.Evaluate(share) * widthMultiplier;

    internal Color ColorAt(float share) => _color.Evaluate(share);

    internal override Bounds WorldBounds()
    {
        var bounds = new Bounds(positionCount > 0 ? At(0) : transform.position, Vector3.zero);
        for (int i = 1; i < positionCount; i++) bounds.Encapsulate(At(i));
        return bounds;
    }

    internal Vector3 At(int index) => useWorldSpace ? _positions[index] : transform.TransformPoint(_positions[index]);

    private bool IsInside(int index, string method)
    {
        if ((uint)index < (uint)positionCount) return true;
        Debug.LogError($"LineRenderer.{method} index out of bounds!");
        return false;
    }

    private void SetWidths(float start, float end)
    {
        widthMultiplier = Math.Max(start, end);
        float scale = widthMultiplier == 0F ? 1F : widthMultiplier;
        _width.SetLine(start / scale, end / scale);
    }

    private void SetColors(Color start, Color end) => _color.SetEnds(start, end);
}
