namespace UnityEngine.UIElements;

public class ContextualMenuPopulateEvent : MouseEventBase<ContextualMenuPopulateEvent>
{
    public DropdownMenu menu { get; internal set; }

    public EventBase triggerEvent { get; internal set; }
}
