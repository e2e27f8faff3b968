namespace UnityEngine.UIElements;

public class TextField : TextInputBaseField<string>
{
    public new static readonly string ussClassName = "unity-text-field";

    public TextField() : this(null)
    {
    }

    public TextField(string label) : base(label)
    {
        AddToClassList(ussClassName);
        SetValueWithoutNotify("");
    }

    public bool multiline { get; set; }

    protected override string ValueToString(string value) => value;

    protected override string StringToValue(string str) => str;

    public override void SetValueWithoutNotify(string newValue) => base.SetValueWithoutNotify(newValue ?? "");
}
