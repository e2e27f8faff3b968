namespace UnityEngine.UIElements;

public enum AlternatingRowBackground
{
    None = 0,
    ContentOnly = 1,
    All = 2,
}
