namespace UnityEngine.UIElements;

public enum WhiteSpace
{
    Normal = 0,
    NoWrap = 1,
}
