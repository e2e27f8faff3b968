namespace UnityEngine.UIElements;

public abstract class PointerEventBase<T> : EventBase<T>, IPointerEvent where T : PointerEventBase<T>, new()
{
    public int pointerId { get; protected set; }

    public string pointerType { get; protected set; } = "mouse";

    public bool isPrimary { get; protected set; } = true;

    public int button { get; protected set; }

    public int pressedButtons { get; protected set; }

    public Vector3 position { get; protected set; }

    public Vector3 localPosition
    {
        get => currentTarget is VisualElement element ? (Vector3)element.WorldToLocal((Vector2)position) : position;
        protected set => position = currentTarget is VisualElement element ? (Vector3)element.LocalToWorld((Vector2)value) : value;
    }

    public Vector3 deltaPosition { get; protected set; }

    public int clickCount { get; protected set; }

    public EventModifiers modifiers { get; protected set; }

    public bool shiftKey => (modifiers & EventModifiers.Shift) != 0;

    public bool ctrlKey => (modifiers & EventModifiers.Control) != 0;

    public bool commandKey => (modifiers & EventModifiers.Command) != 0;

    public bool altKey => (modifiers & EventModifiers.Alt) != 0;

    public bool actionKey => Application.platform == RuntimePlatform.OSXEditor ? commandKey : ctrlKey;

    public static T GetPooled(Event systemEvent)
    {
        T e = GetPooled();
        e.imguiEvent = systemEvent;
        e.button = systemEvent.button;
        e.position = systemEvent.mousePosition;
        e.deltaPosition = systemEvent.delta;
        e.clickCount = systemEvent.clickCount;
        e.modifiers = systemEvent.modifiers;
        e.pressedButtons = systemEvent.type is EventType.MouseDown or EventType.MouseDrag ? 1 << systemEvent.button : 0;
        if (systemEvent.type is EventType.MouseMove or EventType.MouseDrag && e is PointerMoveEvent && systemEvent.type == EventType.MouseMove) e.button = -1;
        return e;
    }

    public static T GetPooled(IPointerEvent triggerEvent)
    {
        T e = GetPooled();
        (e.pointerId, e.pointerType, e.isPrimary) = (triggerEvent.pointerId, triggerEvent.pointerType, triggerEvent.isPrimary);
        (e.button, e.pressedButtons, e.clickCount, e.modifiers) = (triggerEvent.button, triggerEvent.pressedButtons, triggerEvent.clickCount, triggerEvent.modifiers);
        (e.position, e.deltaPosition) = (triggerEvent.position, triggerEvent.deltaPosition);
        return e;
    }
}
