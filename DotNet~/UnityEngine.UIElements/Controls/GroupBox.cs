namespace UnityEngine.UIElements;

public class GroupBox : BindableElement
{
    public static readonly string ussClassName = "unity-group-box";

    private readonly Label _title = new();

    public GroupBox() : this(null)
    {
    }

    public GroupBox(string text)
    {
        AddToClassList(ussClassName);
        this.text = text;
    }

    public string text
    {
        get => _title.text;
        set
        {
            _title.text = value;
            if (_title.text.Length > 0) hierarchy.Insert(0, _title);
            else _title.RemoveFromHierarchy();
        }
    }
}
