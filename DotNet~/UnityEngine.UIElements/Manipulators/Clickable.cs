using System;

namespace UnityEngine.UIElements;

/// <summary>Down and up on the same element; submitting by the keyboard does the same.</summary>
public class Clickable : PointerManipulator
{
    public Clickable(Action handler) : this()
    {
        clicked += handler;
    }

    public Clickable(Action<EventBase> handler) : this()
    {
        clickedWithEventInfo += handler;
    }

    private Clickable() => activators.Add(new ManipulatorActivationFilter { button = MouseButton.LeftMouse });

    public event Action clicked;

    public event Action<EventBase> clickedWithEventInfo;

    protected bool active { get; set; }

    protected void Invoke(EventBase evt)
    {
        clicked?.Invoke();
        clickedWithEventInfo?.Invoke(evt);
    }

    protected override void RegisterCallbacksOnTarget()
    {
        target.RegisterCallback<PointerDownEvent>(OnDown);
        target.RegisterCallback<PointerUpEvent>(OnUp);
        target.RegisterCallback<NavigationSubmitEvent>(OnSubmit);
    }

    protected override void UnregisterCallbacksFromTarget()
    {
        target.UnregisterCallback<PointerDownEvent>(OnDown);
        target.UnregisterCallback<PointerUpEvent>(OnUp);
        target.UnregisterCallback<NavigationSubmitEvent>(OnSubmit);
    }

    private void OnDown(PointerDownEvent e)
    {
        if (!CanStartManipulation(e)) return;
        active = true;
        target.CapturePointer(e.pointerId);
        e.StopImmediatePropagation();
    }

    private void OnUp(PointerUpEvent e)
    {
        if (!active || !CanStopManipulation(e)) return;
        active = false;
        target.ReleasePointer(e.pointerId);
        if (target.worldBound.Contains((Vector2)e.position) && target.enabledInHierarchy) Invoke(e);
        e.StopPropagation();
    }

    private void OnSubmit(NavigationSubmitEvent e)
    {
        if (target.enabledInHierarchy) Invoke(e);
        e.StopPropagation();
    }
}
