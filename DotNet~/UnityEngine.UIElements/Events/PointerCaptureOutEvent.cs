namespace UnityEngine.UIElements;

public class PointerCaptureOutEvent : PointerCaptureEventBase<PointerCaptureOutEvent>
{
}
