namespace UnityEngine.UIElements;

public enum Position
{
    Relative = 0,
    Absolute = 1,
}
