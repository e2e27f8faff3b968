namespace UnityEngine.UIElements;

public class Box : VisualElement
{
    public static readonly string ussClassName = "unity-box";

    public Box() => AddToClassList(ussClassName);
}
