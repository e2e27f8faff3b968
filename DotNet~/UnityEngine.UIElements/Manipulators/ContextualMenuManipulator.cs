using System;

namespace UnityEngine.UIElements;

public class ContextualMenuManipulator : PointerManipulator
{
    private readonly Action<ContextualMenuPopulateEvent> _menuBuilder;

    public ContextualMenuManipulator(Action<ContextualMenuPopulateEvent> menuBuilder)
    {
        _menuBuilder = menuBuilder;
        activators.Add(new ManipulatorActivationFilter { button = MouseButton.RightMouse });
    }

    protected override void RegisterCallbacksOnTarget()
    {
        target.RegisterCallback<PointerUpEvent>(OnUp);
        target.RegisterCallback<ContextualMenuPopulateEvent>(OnPopulate);
    }

    protected override void UnregisterCallbacksFromTarget()
    {
        target.UnregisterCallback<PointerUpEvent>(OnUp);
        target.UnregisterCallback<ContextualMenuPopulateEvent>(OnPopulate);
    }

    private void OnUp(PointerUpEvent e)
    {
        if (CanStartManipulation(e)) target.OwnPanel?.ShowMenu(target, e);
    }

    private void OnPopulate(ContextualMenuPopulateEvent e) => _menuBuilder?.Invoke(e);
}
