namespace UnityEngine.UIElements;

public enum SliderDirection
{
    Horizontal = 0,
    Vertical = 1,
}
