namespace UnityEngine.UIElements;

public enum StyleKeyword
{
    Undefined = 0,
    Null = 1,
    Auto = 2,
    None = 3,
    Initial = 4,
}
