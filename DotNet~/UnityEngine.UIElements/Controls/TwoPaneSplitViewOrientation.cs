namespace UnityEngine.UIElements;

public enum TwoPaneSplitViewOrientation
{
    Horizontal = 0,
    Vertical = 1,
}
