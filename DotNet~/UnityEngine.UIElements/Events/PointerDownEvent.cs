namespace UnityEngine.UIElements;

public sealed class PointerDownEvent : PointerEventBase<PointerDownEvent>
{
}
