namespace UnityEngine.UIElements;

public class Label : TextElement
{
    public static readonly string ussClassName = "unity-label";

    public Label() : this("")
    {
    }

    public Label(string text)
    {
        AddToClassList(ussClassName);
        this.text = text;
    }
}
