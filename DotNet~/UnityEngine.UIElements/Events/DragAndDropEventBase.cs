namespace UnityEngine.UIElements;

public abstract class DragAndDropEventBase<T> : MouseEventBase<T> where T : DragAndDropEventBase<T>, new()
{
}
