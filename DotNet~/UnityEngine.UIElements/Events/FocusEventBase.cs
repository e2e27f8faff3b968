namespace UnityEngine.UIElements;

public abstract class FocusEventBase<T> : EventBase<T> where T : FocusEventBase<T>, new()
{
    public Focusable relatedTarget { get; internal set; }
}
