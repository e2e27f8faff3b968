namespace UnityEngine.UIElements;

public abstract class BaseField<TValueType> : BindableElement, INotifyValueChanged<TValueType>
{
    public static readonly string ussClassName = "unity-base-field";
    public static readonly string alignedFieldUssClassName = "unity-base-field__aligned";

    private TValueType _value;

    internal BaseField(string label)
    {
        AddToClassList(ussClassName);
        focusable = true;
        style.flexDirection = FlexDirection.Row;
        labelElement = new Label();
        this.label = label;
    }

    public Label labelElement { get; }

    public string label
    {
        get => labelElement.text;
        set
        {
            labelElement.text = value;
            if (string.IsNullOrEmpty(value)) labelElement.RemoveFromHierarchy();
            else if (labelElement.hierarchy.parent != this) hierarchy.Insert(0, labelElement);
        }
    }

    public bool showMixedValue { get; set; }

    public virtual TValueType value
    {
        get => _value;
        set => Changing.Set(this, _value, value, SetValueWithoutNotify);
    }

    protected TValueType rawValue
    {
        get => _value;
        set => _value = value;
    }

    public virtual void SetValueWithoutNotify(TValueType newValue) => _value = newValue;
}
