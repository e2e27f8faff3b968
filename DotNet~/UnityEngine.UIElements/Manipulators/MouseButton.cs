namespace UnityEngine.UIElements;

public enum MouseButton
{
    LeftMouse = 0,
    RightMouse = 1,
    MiddleMouse = 2,
}
