namespace UnityEngine.UIElements;

public class Foldout : BindableElement, INotifyValueChanged<bool>
{
    public static readonly string ussClassName = "unity-foldout";

    private readonly Toggle _toggle = new();
    private readonly VisualElement _content = new() { name = "unity-content" };

    public Foldout()
    {
        AddToClassList(ussClassName);
        hierarchy.Add(_toggle);
        hierarchy.Add(_content);
        SetValueWithoutNotify(true);
        _toggle.RegisterValueChangedCallback(e =>
        {
            value = e.newValue;
            e.StopPropagation();
        });
    }

    public override VisualElement contentContainer => _content;

    public string text
    {
        get => _toggle.text;
        set => _toggle.text = value;
    }

    public bool value
    {
        get => _content.style.display.value == DisplayStyle.Flex;
        set => Changing.Set(this, this.value, value, SetValueWithoutNotify);
    }

    public void SetValueWithoutNotify(bool newValue)
    {
        _toggle.SetValueWithoutNotify(newValue);
        _content.style.display = newValue ? DisplayStyle.Flex : DisplayStyle.None;
    }
}
