namespace UnityEngine;

public enum TextAnchor
{
    UpperLeft = 0,
    UpperCenter = 1,
    UpperRight = 2,
    MiddleLeft = 3,
    MiddleCenter = 4,
    MiddleRight = 5,
    LowerLeft = 6,
    LowerCenter = 7,
    LowerRight = 8,
}

public enum TextAlignment
{
    Left = 0,
    Center = 1,
    Right = 2,
}

[RequireComponent(typeof(Transform), typeof(MeshRenderer))]
public sealed class TextMesh : Component
{
    public string text { get; set; } = "";

    public int fontSize { get; set; }

    public float characterSize { get; set; } = 1F;

    public float lineSpacing { get; set; } = 1F;

    public float offsetZ { get; set; }

    public float tabSize { get; set; } = 4F;

    public bool richText { get; set; } = true;

    public TextAnchor anchor { get; set; }

    public TextAlignment alignment { get; set; }

    public Color color { get; set; } = Color.white;
}
