namespace UnityEngine.UIElements;

internal interface IStyleValue<T>
{
    public T value { get; set; }

    public StyleKeyword keyword { get; set; }
}
