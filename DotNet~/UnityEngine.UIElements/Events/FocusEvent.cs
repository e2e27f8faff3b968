namespace UnityEngine.UIElements;

public class FocusEvent : FocusEventBase<FocusEvent>
{
    public FocusEvent() => bubbles = false;
}
