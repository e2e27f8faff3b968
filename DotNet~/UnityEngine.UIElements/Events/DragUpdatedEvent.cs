namespace UnityEngine.UIElements;

public class DragUpdatedEvent : DragAndDropEventBase<DragUpdatedEvent>
{
}
