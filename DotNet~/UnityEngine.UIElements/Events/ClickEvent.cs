namespace UnityEngine.UIElements;

public sealed class ClickEvent : PointerEventBase<ClickEvent>
{
}
