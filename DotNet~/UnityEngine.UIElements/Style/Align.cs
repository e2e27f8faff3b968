namespace UnityEngine.UIElements;

public enum Align
{
    Auto = 0,
    FlexStart = 1,
    Center = 2,
    FlexEnd = 3,
    Stretch = 4,
}
