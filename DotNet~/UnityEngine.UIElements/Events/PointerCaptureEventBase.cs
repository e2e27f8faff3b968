namespace UnityEngine.UIElements;

public abstract class PointerCaptureEventBase<T> : EventBase<T> where T : PointerCaptureEventBase<T>, new()
{
    public int pointerId { get; internal set; }
}
