namespace UnityEngine.UIElements;

public enum SelectionType
{
    None = 0,
    Single = 1,
    Multiple = 2,
}
