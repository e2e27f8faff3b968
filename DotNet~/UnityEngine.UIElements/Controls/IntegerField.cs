using System.Globalization;

namespace UnityEngine.UIElements;

public class IntegerField : TextValueField<int>
{
    public new static readonly string ussClassName = "unity-integer-field";

    public IntegerField()
    {
        AddToClassList(ussClassName);
        SetValueWithoutNotify(0);
    }

    protected override string ValueToString(int value) => value.ToString(CultureInfo.InvariantCulture);

    protected override int StringToValue(string str) => int.TryParse(str, NumberStyles.Integer, CultureInfo.InvariantCulture, out int number) ? number : rawValue;
}
