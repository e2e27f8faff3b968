namespace UnityEngine.UIElements;

public class FocusInEvent : FocusEventBase<FocusInEvent>
{
}
