namespace UnityEngine;

public class GUIContent
{
    public GUIContent() : this("", null, "")
    {
    }

    public GUIContent(string text) : this(text, null, "")
    {
    }

    public GUIContent(string text, string tooltip) : this(text, null, tooltip)
    {
    }

    public GUIContent(Texture? image) : this("", image, "")
    {
    }

    public GUIContent(string text, Texture? image) : this(text, image, "")
    {
    }

    public GUIContent(string text, Texture? image, string tooltip)
    {
        this.text = text;
        this.image = image!;
        this.tooltip = tooltip;
    }

    public string text { get; set; }

    public Texture image { get; set; }

    public string tooltip { get; set; }
}
