using UnityEngine;

namespace UnityEngine.UIElements;

public class Toggle : BaseBoolField
{
    public static readonly new string ussClassName = "unity-toggle";

    public Toggle() : this(null)
    {
    }

    public Toggle(string label) : base(label) => AddToClassList(ussClassName);
}
