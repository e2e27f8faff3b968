namespace UnityEngine.UIElements;

public class KeyUpEvent : KeyboardEventBase<KeyUpEvent>
{
}
