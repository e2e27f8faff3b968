using UnityEngine;
using UnityEngine.UIElements;

namespace UnityEditor.Double;

/// <summary>Mouse and keys, in a window or on an element: what a person would do.</summary>
internal static class Hand
{
    /// <summary>Down and up in an element's middle; an element without a place gets it all the same.</summary>
    public static void Click(VisualElement element, int count = 1, EventModifiers modifiers = EventModifiers.None, int button = 0)
    {
        Vector2 at = Middle(element);
        Send(element, PointerDownEvent.GetPooled(Mouse(EventType.MouseDown, at, button, count, modifiers)));
        Send(element, PointerUpEvent.GetPooled(Mouse(EventType.MouseUp, at, button, count, modifiers)));
    }

    /// <summary>Down at one place, in steps to another, and up; places within the element.</summary>
    public static void Drag(VisualElement element, Vector2 from, Vector2 to, int steps = 4, EventModifiers modifiers = EventModifiers.None, int button = 0)
    {
        Vector2 start = element.LocalToWorld(from), end = element.LocalToWorld(to), before = start;
        Send(element, PointerDownEvent.GetPooled(Mouse(EventType.MouseDown, start, button, 1, modifiers)));
        for (int i = 1; i <= steps; i++)
        {
            Vector2 at = start + (end - start) * (i / (float)steps);
            Event moved = Mouse(EventType.MouseDrag, at, button, 1, modifiers);
            moved.delta = at - before;
            before = at;
            Send(element, PointerMoveEvent.GetPooled(moved));
        }

        Send(element, PointerUpEvent.GetPooled(Mouse(EventType.MouseUp, end, button, 1, modifiers)));
    }

    /// <summary>The pointer over a place within the element, no button down.</summary>
    public static void Hover(VisualElement element, Vector2 at) => Send(element, PointerMoveEvent.GetPooled(Mouse(EventType.MouseMove, element.LocalToWorld(at), 0, 0, EventModifiers.None)));

    public static void Wheel(VisualElement element, Vector2 at, Vector2 delta, EventModifiers modifiers = EventModifiers.None)
    {
        Event turned = Mouse(EventType.ScrollWheel, element.LocalToWorld(at), 0, 0, modifiers);
        turned.delta = delta;
        Send(element, WheelEvent.GetPooled(turned));
    }

    /// <summary>A key, to whatever has the focus.</summary>
    public static void Press(EditorWindow window, KeyCode key, EventModifiers modifiers = EventModifiers.None, char character = '\0') =>
        window.SendEvent(new Event { type = EventType.KeyDown, keyCode = key, modifiers = modifiers, character = character });

    private static Event Mouse(EventType type, Vector2 at, int button, int count, EventModifiers modifiers) =>
        new() { type = type, mousePosition = at, button = button, clickCount = count, modifiers = modifiers };

    // A hand sees what is drawn: what was added since the last layout has its place by then.
    private static Vector2 Middle(VisualElement element)
    {
        element.OwnPanel?.Layout();
        Rect place = element.worldBound;
        return float.IsNaN(place.width) ? element.LocalToWorld(Vector2.zero) : place.center;
    }

    private static void Send(VisualElement element, EventBase e)
    {
        e.target = element;
        element.SendEvent(e);
    }
}
