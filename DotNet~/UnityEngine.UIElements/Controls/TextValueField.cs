namespace UnityEngine.UIElements;

public abstract class TextValueField<TValueType> : TextInputBaseField<TValueType>
{
    internal TextValueField() : base(null)
    {
    }

    public string formatString { get; set; } = "g7";
}
