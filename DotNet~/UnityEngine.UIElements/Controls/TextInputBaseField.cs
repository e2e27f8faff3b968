namespace UnityEngine.UIElements;

public abstract class TextInputBaseField<TValueType> : BaseField<TValueType>
{
    private string _text = "";

    // The text within takes every key for itself: the field and those above hear of it only on the way down.
    internal TextInputBaseField(string label) : base(label) => RegisterCallback<KeyDownEvent>(e => e.StopImmediatePropagation());

    public string text
    {
        get => _text;
        protected set => _text = value;
    }

    public bool isReadOnly { get; set; }

    public bool isPasswordField { get; set; }

    public bool isDelayed { get; set; }

    public int maxLength { get; set; } = -1;

    public void SelectAll()
    {
    }

    public override void SetValueWithoutNotify(TValueType newValue)
    {
        base.SetValueWithoutNotify(newValue);
        _text = ValueToString(newValue);
    }

    /// <summary>What somebody typed and confirmed.</summary>
    internal void Type(string typed)
    {
        if (!isReadOnly && enabledInHierarchy) value = StringToValue(typed);
    }

    protected abstract string ValueToString(TValueType value);

    protected abstract TValueType StringToValue(string str);
}
