namespace UnityEngine.UIElements;

public enum ScrollerVisibility
{
    Auto = 0,
    AlwaysVisible = 1,
    Hidden = 2,
}
