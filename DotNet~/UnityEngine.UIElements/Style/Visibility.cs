namespace UnityEngine.UIElements;

public enum Visibility
{
    Visible = 0,
    Hidden = 1,
}
