namespace UnityEngine.UIElements;

public class DragPerformEvent : DragAndDropEventBase<DragPerformEvent>
{
}
