namespace UnityEngine.UIElements;

public abstract class AbstractProgressBar : BindableElement, INotifyValueChanged<float>
{
    public static readonly string ussClassName = "unity-progress-bar";

    private readonly Label _title = new();
    private float _value;

    public AbstractProgressBar()
    {
        AddToClassList(ussClassName);
        hierarchy.Add(_title);
    }

    public string title
    {
        get => _title.text;
        set => _title.text = value;
    }

    public float lowValue { get; set; }

    public float highValue { get; set; } = 100F;

    public virtual float value
    {
        get => _value;
        set => Changing.Set(this, _value, value, SetValueWithoutNotify);
    }

    public void SetValueWithoutNotify(float newValue) => _value = newValue;
}
