namespace UnityEngine.UIElements;

public interface IPointerEvent
{
    public int pointerId { get; }

    public string pointerType { get; }

    public bool isPrimary { get; }

    public int button { get; }

    public int pressedButtons { get; }

    public Vector3 position { get; }

    public Vector3 localPosition { get; }

    public Vector3 deltaPosition { get; }

    public int clickCount { get; }

    public EventModifiers modifiers { get; }

    public bool shiftKey { get; }

    public bool ctrlKey { get; }

    public bool commandKey { get; }

    public bool altKey { get; }

    public bool actionKey { get; }
}
