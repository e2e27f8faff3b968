namespace UnityEngine.UIElements;

public class HelpBox : VisualElement
{
    public static readonly string ussClassName = "unity-help-box";

    private readonly Label _label = new();

    public HelpBox() : this("", HelpBoxMessageType.None)
    {
    }

    public HelpBox(string text, HelpBoxMessageType messageType)
    {
        AddToClassList(ussClassName);
        hierarchy.Add(_label);
        this.text = text;
        this.messageType = messageType;
    }

    public string text
    {
        get => _label.text;
        set => _label.text = value;
    }

    public HelpBoxMessageType messageType { get; set; }
}
