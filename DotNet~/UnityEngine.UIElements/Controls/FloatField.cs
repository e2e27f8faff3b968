using System.Globalization;

namespace UnityEngine.UIElements;

public class FloatField : TextValueField<float>
{
    public new static readonly string ussClassName = "unity-float-field";

    public FloatField()
    {
        AddToClassList(ussClassName);
        SetValueWithoutNotify(0F);
    }

    protected override string ValueToString(float value) => value.ToString(formatString, CultureInfo.InvariantCulture);

    protected override float StringToValue(string str) => float.TryParse(str, NumberStyles.Float, CultureInfo.InvariantCulture, out float number) ? number : rawValue;
}
