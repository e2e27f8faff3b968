using System;

namespace UnityEngine.UIElements;

public class EnumField : BaseField<Enum>
{
    public new static readonly string ussClassName = "unity-enum-field";

    public EnumField() : this(null, null)
    {
    }

    public EnumField(Enum defaultValue) : this(null, defaultValue)
    {
    }

    public EnumField(string label, Enum defaultValue = null) : base(label)
    {
        AddToClassList(ussClassName);
        if (defaultValue != null) Init(defaultValue);
    }

    public string text => value?.ToString() ?? "";

    public void Init(Enum defaultValue) => SetValueWithoutNotify(defaultValue ?? throw new ArgumentNullException(nameof(defaultValue)));
}
