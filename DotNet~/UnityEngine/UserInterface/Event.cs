namespace UnityEngine;

/// <summary>What the system says of mouse and keys; the events of UI Toolkit are made from one.</summary>
public sealed class Event
{
    public Event()
    {
    }

    public static Event? current { get; set; }

    public EventType type { get; set; } = EventType.Ignore;

    public Vector2 mousePosition { get; set; }

    public Vector2 delta { get; set; }

    public int button { get; set; }

    public int clickCount { get; set; }

    public EventModifiers modifiers { get; set; }

    public char character { get; set; }

    public KeyCode keyCode { get; set; }

    public string commandName { get; set; } = "";

    public bool shift
    {
        get => Has(EventModifiers.Shift);
        set => Set(EventModifiers.Shift, value);
    }

    public bool control
    {
        get => Has(EventModifiers.Control);
        set => Set(EventModifiers.Control, value);
    }

    public bool alt
    {
        get => Has(EventModifiers.Alt);
        set => Set(EventModifiers.Alt, value);
    }

    public bool command
    {
        get => Has(EventModifiers.Command);
        set => Set(EventModifiers.Command, value);
    }

    public bool isKey => type is EventType.KeyDown or EventType.KeyUp;

    public void Use() => type = EventType.Used;

    private bool Has(EventModifiers modifier) => (modifiers & modifier) != 0;

    private void Set(EventModifiers modifier, bool isOn) => modifiers = isOn ? modifiers | modifier : modifiers & ~modifier;
}
