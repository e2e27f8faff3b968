namespace UnityEngine.UIElements;

public sealed class PointerLeaveEvent : PointerEventBase<PointerLeaveEvent>
{
    public PointerLeaveEvent() => (bubbles, tricklesDown) = (false, true);
}
