namespace UnityEngine.UIElements;

public enum HelpBoxMessageType
{
    None = 0,
    Info = 1,
    Warning = 2,
    Error = 3,
}
