using System;
using System.Collections.Generic;
using System.Linq;

namespace UnityEngine.UIElements;

/// <summary>A window's tree with its focus, its captured pointers, its events and a clock that moves only when told.</summary>
internal sealed class Panel : IPanel
{
    private readonly Dictionary<int, IEventHandler> _captured = new();
    private VisualElement _pressed;

    public Panel(float width, float height)
    {
        visualTree = new VisualElement { name = "rootVisualContainer", OwnPanel = this };
        Resize(width, height);
    }

    public VisualElement visualTree { get; }

    public FocusController focusController { get; } = new();

    /// <summary>Milliseconds since the panel was made.</summary>
    public long Now { get; private set; }

    /// <summary>The menu that was asked for last.</summary>
    public DropdownMenu Menu { get; private set; }

    public Vector2 Size { get; private set; }

    /// <summary>An element with all below it leaves one panel for another; it hears of both, the innermost last.</summary>
    public static void Move(VisualElement element, Panel to)
    {
        Panel from = element.OwnPanel;
        if (from == to) return;
        VisualElement[] all = element.WithDescendants().ToArray();
        if (from != null)
        {
            foreach (VisualElement one in all)
            {
                using DetachFromPanelEvent e = DetachFromPanelEvent.GetPooled(from, to);
                e.target = one;
                one.SendEvent(e);
                if (from.focusController.focusedElement == one) from.focusController.Take(null);
                foreach (int pointer in from._captured.Where(entry => entry.Value == one).Select(entry => entry.Key).ToArray()) from._captured.Remove(pointer);
            }
        }

        foreach (VisualElement one in all) one.OwnPanel = to;
        if (to == null) return;
        foreach (VisualElement one in all)
        {
            if (one.OwnPanel != to) continue;
            using AttachToPanelEvent e = AttachToPanelEvent.GetPooled(from, to);
            e.target = one;
            one.SendEvent(e);
        }
    }

    /// <summary>Time goes by; what is due runs, and what changed is laid out.</summary>
    public void Advance(long milliseconds)
    {
        long until = Now + milliseconds;
        while (visualTree.WithDescendants().Select(element => element.OwnScheduler.Next).Min() is { } next && next <= until)
        {
            Now = Math.Max(Now, next);
            foreach (VisualElement element in visualTree.WithDescendants().ToArray()) element.OwnScheduler.Run(Now);
        }

        Now = until;
        Layout();
    }

    public void Resize(float width, float height)
    {
        Size = new Vector2(width, height);
        Layout();
    }

    public void Layout() => FlexLayout.Place(visualTree, new Rect(0F, 0F, Size.x, Size.y));

    public VisualElement Pick(Vector2 point) => Pick(visualTree, point);

    public void Send(EventBase e, VisualElement from)
    {
        if (e.target == null)
        {
            e.target = e switch
            {
                IKeyboardEvent or ValidateCommandEvent or ExecuteCommandEvent or NavigationSubmitEvent => (IEventHandler)focusController.focusedElement ?? visualTree,
                IPointerEvent pointer => Capturing(pointer.pointerId) ?? Pick(pointer.position) ?? from,
                IMouseEvent mouse => Capturing(PointerId.mousePointerId) ?? Pick(mouse.mousePosition) ?? from,
                _ => from,
            };
        }
        else if (e is IPointerEvent { } captured && e is not (PointerEnterEvent or PointerLeaveEvent or ClickEvent) && Capturing(captured.pointerId) is { } holder) e.target = holder;

        if (e.target is VisualElement target && !target.enabledInHierarchy && e is IPointerEvent or IMouseEvent or IKeyboardEvent or ClickEvent) Dispatch(e, ((VisualElement)e.target).FirstEnabled());
        else Dispatch(e, e.target as VisualElement);
        DetectClick(e);
    }

    public IEventHandler Capturing(int pointer) => _captured.GetValueOrDefault(pointer);

    public void Capture(int pointer, IEventHandler handler)
    {
        if (Capturing(pointer) == handler) return;
        Release(pointer);
        _captured[pointer] = handler;
    }

    public void Release(int pointer)
    {
        if (!_captured.Remove(pointer, out IEventHandler held)) return;
        using PointerCaptureOutEvent e = PointerCaptureOutEvent.GetPooled();
        e.pointerId = pointer;
        e.target = held;
        held.SendEvent(e);
    }

    /// <summary>Asks an element and those above it what its menu holds.</summary>
    public void ShowMenu(VisualElement target, EventBase trigger)
    {
        using ContextualMenuPopulateEvent e = ContextualMenuPopulateEvent.GetPooled();
        e.menu = new DropdownMenu();
        e.triggerEvent = trigger;
        e.target = target;
        Dispatch(e, target);
        Show(e.menu, trigger);
    }

    public void Show(DropdownMenu menu, EventBase trigger)
    {
        menu.PrepareForDisplay(trigger);
        Menu = menu;
    }

    public void Dispose()
    {
        foreach (VisualElement child in visualTree.hierarchy.Children().ToArray()) child.RemoveFromHierarchy();
    }

    private static VisualElement Pick(VisualElement element, Vector2 point)
    {
        if (!element.IsShown || !element.visible) return null;
        foreach (VisualElement child in element.hierarchy.Children().Reverse())
        {
            if (Pick(child, point) is { } found) return found;
        }

        return element.pickingMode == PickingMode.Position && element.ContainsPoint(element.WorldToLocal(point)) ? element : null;
    }

    private static void Dispatch(EventBase e, VisualElement target)
    {
        if (target == null) return;
        e.target = target;
        var path = new List<VisualElement>();
        for (VisualElement place = target; place != null; place = place.hierarchy.parent) path.Add(place);
        if (e.tricklesDown) Visit(Enumerable.Reverse(path), PropagationPhase.TrickleDown);
        else Visit(new[] { target }, PropagationPhase.TrickleDown);
        Visit(e.bubbles ? path : new List<VisualElement> { target }, PropagationPhase.BubbleUp);
        e.propagationPhase = PropagationPhase.None;
        e.currentTarget = null;

        void Visit(IEnumerable<VisualElement> places, PropagationPhase phase)
        {
            e.propagationPhase = phase;
            foreach (VisualElement place in places)
            {
                if (e.isPropagationStopped) return;
                e.currentTarget = place;
                place.Hear(e);
            }
        }
    }

    // Down and up of the left button on one element are a click, whoever stopped them.
    private void DetectClick(EventBase e)
    {
        if (e is PointerDownEvent { button: 0 } down)
        {
            _pressed = Pick(down.position) ?? down.target as VisualElement;
            if (down.target is Focusable focusable) FocusAbove((VisualElement)focusable);
        }
        else if (e is PointerUpEvent { button: 0 } up)
        {
            VisualElement released = Pick(up.position) ?? up.target as VisualElement, pressed = _pressed;
            _pressed = null;
            for (; pressed != null; pressed = pressed.hierarchy.parent)
            {
                if (released == pressed || pressed.Contains(released)) break;
            }

            if (pressed == null || pressed.OwnPanel != this || !pressed.enabledInHierarchy) return;
            using ClickEvent click = ClickEvent.GetPooled(up);
            click.target = pressed;
            Dispatch(click, pressed);
        }
    }

    private void FocusAbove(VisualElement element)
    {
        for (; element != null; element = element.hierarchy.parent)
        {
            if (!element.canGrabFocus) continue;
            element.Focus();
            return;
        }
    }
}
