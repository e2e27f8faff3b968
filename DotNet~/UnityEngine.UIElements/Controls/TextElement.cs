namespace UnityEngine.UIElements;

public class TextElement : BindableElement, INotifyValueChanged<string>
{
    private string _text = "";

    public virtual string text
    {
        get => _text;
        set => ((INotifyValueChanged<string>)this).value = value;
    }

    public bool enableRichText { get; set; } = true;

    string INotifyValueChanged<string>.value
    {
        get => _text;
        set => Changing.Set(this, _text, value ?? "", ((INotifyValueChanged<string>)this).SetValueWithoutNotify);
    }

    void INotifyValueChanged<string>.SetValueWithoutNotify(string newValue) => _text = newValue ?? "";
}
