namespace UnityEngine.UIElements;

public class DropdownMenuEventInfo
{
    public DropdownMenuEventInfo(EventBase e)
    {
        modifiers = (e as IPointerEvent)?.modifiers ?? EventModifiers.None;
        mousePosition = (e as IPointerEvent)?.position ?? default;
    }

    public EventModifiers modifiers { get; }

    public Vector2 mousePosition { get; }
}
