namespace UnityEngine.UIElements;

public class WheelEvent : MouseEventBase<WheelEvent>
{
    public Vector3 delta { get; private set; }

    public new static WheelEvent GetPooled(Event systemEvent)
    {
        WheelEvent e = MouseEventBase<WheelEvent>.GetPooled(systemEvent);
        e.delta = systemEvent.delta;
        return e;
    }
}
