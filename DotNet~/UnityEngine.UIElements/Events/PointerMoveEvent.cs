namespace UnityEngine.UIElements;

public sealed class PointerMoveEvent : PointerEventBase<PointerMoveEvent>
{
}
