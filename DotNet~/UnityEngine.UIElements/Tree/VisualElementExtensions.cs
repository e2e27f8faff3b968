namespace UnityEngine.UIElements;

public static class VisualElementExtensions
{
    public static void StretchToParentSize(this VisualElement elem)
    {
        elem.style.position = Position.Absolute;
        elem.style.left = elem.style.top = elem.style.right = elem.style.bottom = 0F;
    }

    public static void AddManipulator(this VisualElement ele, IManipulator manipulator)
    {
        if (manipulator != null) manipulator.target = ele;
    }

    public static void RemoveManipulator(this VisualElement ele, IManipulator manipulator)
    {
        if (manipulator != null) manipulator.target = null;
    }

    public static Vector2 WorldToLocal(this VisualElement ele, Vector2 p) => p - ele.Origin;

    public static Vector2 LocalToWorld(this VisualElement ele, Vector2 p) => p + ele.Origin;

    public static Vector2 ChangeCoordinatesTo(this VisualElement src, VisualElement dest, Vector2 point) => dest.WorldToLocal(src.LocalToWorld(point));
}
