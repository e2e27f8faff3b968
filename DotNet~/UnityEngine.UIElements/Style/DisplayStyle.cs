namespace UnityEngine.UIElements;

public enum DisplayStyle
{
    Flex = 0,
    None = 1,
}
