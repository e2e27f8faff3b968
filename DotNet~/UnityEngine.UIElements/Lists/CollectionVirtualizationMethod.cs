namespace UnityEngine.UIElements;

public enum CollectionVirtualizationMethod
{
    FixedHeight = 0,
    DynamicHeight = 1,
}
