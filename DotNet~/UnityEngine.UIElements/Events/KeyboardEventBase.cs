namespace UnityEngine.UIElements;

public abstract class KeyboardEventBase<T> : EventBase<T>, IKeyboardEvent where T : KeyboardEventBase<T>, new()
{
    public EventModifiers modifiers { get; protected set; }

    public char character { get; protected set; }

    public KeyCode keyCode { get; protected set; }

    public bool shiftKey => (modifiers & EventModifiers.Shift) != 0;

    public bool ctrlKey => (modifiers & EventModifiers.Control) != 0;

    public bool commandKey => (modifiers & EventModifiers.Command) != 0;

    public bool altKey => (modifiers & EventModifiers.Alt) != 0;

    public bool actionKey => Application.platform == RuntimePlatform.OSXEditor ? commandKey : ctrlKey;

    public static T GetPooled(char c, KeyCode keyCode, EventModifiers modifiers)
    {
        T e = GetPooled();
        (e.character, e.keyCode, e.modifiers) = (c, keyCode, modifiers);
        return e;
    }

    public static T GetPooled(Event systemEvent)
    {
        T e = GetPooled(systemEvent.character, systemEvent.keyCode, systemEvent.modifiers);
        e.imguiEvent = systemEvent;
        return e;
    }
}
