namespace UnityEngine.UIElements;

public abstract class Manipulator : IManipulator
{
    private VisualElement _target;

    public VisualElement target
    {
        get => _target;
        set
        {
            if (_target != null) UnregisterCallbacksFromTarget();
            _target = value;
            if (_target != null) RegisterCallbacksOnTarget();
        }
    }

    protected abstract void RegisterCallbacksOnTarget();

    protected abstract void UnregisterCallbacksFromTarget();
}
