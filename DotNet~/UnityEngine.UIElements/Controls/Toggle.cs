namespace UnityEngine.UIElements;

public class Toggle : BaseBoolField
{
    public new static readonly string ussClassName = "unity-toggle";

    public Toggle() : this(null)
    {
    }

    public Toggle(string label) : base(label) => AddToClassList(ussClassName);
}
