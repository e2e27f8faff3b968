namespace UnityEngine.UIElements;

public enum TextOverflow
{
    Clip = 0,
    Ellipsis = 1,
}
