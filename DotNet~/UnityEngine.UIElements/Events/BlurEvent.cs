namespace UnityEngine.UIElements;

public class BlurEvent : FocusEventBase<BlurEvent>
{
    public BlurEvent() => bubbles = false;
}
