namespace UnityEngine.UIElements;

public abstract class BaseBoolField : BaseField<bool>
{
    private readonly Label _text = new();

    public BaseBoolField(string label) : base(label)
    {
        hierarchy.Add(_text);
        this.AddManipulator(new Clickable(ToggleValue));
    }

    public string text
    {
        get => _text.text;
        set => _text.text = value;
    }

    protected virtual void ToggleValue() => value = !value;
}
