namespace UnityEngine.UIElements;

public class GeometryChangedEvent : EventBase<GeometryChangedEvent>
{
    public GeometryChangedEvent() => bubbles = tricklesDown = false;

    public Rect oldRect { get; private set; }

    public Rect newRect { get; private set; }

    public static GeometryChangedEvent GetPooled(Rect oldRect, Rect newRect)
    {
        GeometryChangedEvent e = GetPooled();
        (e.oldRect, e.newRect) = (oldRect, newRect);
        return e;
    }
}
