namespace UnityEngine.UIElements;

public enum SortDirection
{
    Ascending = 0,
    Descending = 1,
}
