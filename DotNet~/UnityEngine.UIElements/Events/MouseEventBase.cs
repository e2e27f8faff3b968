namespace UnityEngine.UIElements;

public abstract class MouseEventBase<T> : EventBase<T>, IMouseEvent where T : MouseEventBase<T>, new()
{
    public EventModifiers modifiers { get; protected set; }

    public Vector2 mousePosition { get; protected set; }

    public Vector2 localMousePosition => currentTarget is VisualElement element ? element.WorldToLocal(mousePosition) : mousePosition;

    public Vector2 mouseDelta { get; protected set; }

    public int clickCount { get; protected set; }

    public int button { get; protected set; }

    public int pressedButtons { get; protected set; }

    public bool shiftKey => (modifiers & EventModifiers.Shift) != 0;

    public bool ctrlKey => (modifiers & EventModifiers.Control) != 0;

    public bool commandKey => (modifiers & EventModifiers.Command) != 0;

    public bool altKey => (modifiers & EventModifiers.Alt) != 0;

    public bool actionKey => Application.platform == RuntimePlatform.OSXEditor ? commandKey : ctrlKey;

    public static T GetPooled(Event systemEvent)
    {
        T e = GetPooled(systemEvent.mousePosition, systemEvent.button, systemEvent.clickCount, systemEvent.delta, systemEvent.modifiers);
        e.imguiEvent = systemEvent;
        return e;
    }

    public static T GetPooled(Vector2 position, int button, int clickCount, Vector2 delta, EventModifiers modifiers = EventModifiers.None)
    {
        T e = GetPooled();
        (e.mousePosition, e.button, e.clickCount, e.mouseDelta, e.modifiers) = (position, button, clickCount, delta, modifiers);
        return e;
    }
}
