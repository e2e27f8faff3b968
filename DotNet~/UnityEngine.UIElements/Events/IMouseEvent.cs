namespace UnityEngine.UIElements;

public interface IMouseEvent
{
    public EventModifiers modifiers { get; }

    public Vector2 mousePosition { get; }

    public Vector2 localMousePosition { get; }

    public Vector2 mouseDelta { get; }

    public int clickCount { get; }

    public int button { get; }

    public int pressedButtons { get; }

    public bool shiftKey { get; }

    public bool ctrlKey { get; }

    public bool commandKey { get; }

    public bool altKey { get; }

    public bool actionKey { get; }
}
