namespace UnityEngine.UIElements;

public sealed class PointerUpEvent : PointerEventBase<PointerUpEvent>
{
}
