namespace UnityEngine.UIElements;

public interface IKeyboardEvent
{
    public EventModifiers modifiers { get; }

    public char character { get; }

    public KeyCode keyCode { get; }

    public bool shiftKey { get; }

    public bool ctrlKey { get; }

    public bool commandKey { get; }

    public bool altKey { get; }

    public bool actionKey { get; }
}
