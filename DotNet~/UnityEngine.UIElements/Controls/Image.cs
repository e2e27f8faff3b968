namespace UnityEngine.UIElements;

public class Image : VisualElement
{
    public static readonly string ussClassName = "unity-image";

    public Image() => AddToClassList(ussClassName);

    public Texture image { get; set; }

    public ScaleMode scaleMode { get; set; } = ScaleMode.ScaleToFit;

    public Color tintColor { get; set; } = Color.white;

    public Rect uv { get; set; } = new(0F, 0F, 1F, 1F);

    public Rect sourceRect { get; set; }
}
