namespace UnityEngine.UIElements;

public sealed class PointerEnterEvent : PointerEventBase<PointerEnterEvent>
{
    public PointerEnterEvent() => (bubbles, tricklesDown) = (false, true);
}
