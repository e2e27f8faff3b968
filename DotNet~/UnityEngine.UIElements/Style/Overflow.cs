namespace UnityEngine.UIElements;

public enum Overflow
{
    Visible = 0,
    Hidden = 1,
}
