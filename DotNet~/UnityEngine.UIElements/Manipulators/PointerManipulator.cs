namespace UnityEngine.UIElements;

public abstract class PointerManipulator : MouseManipulator
{
    private int _pointer;

    protected bool CanStartManipulation(IPointerEvent e)
    {
        if (!activators.Exists(filter => filter.Matches(e))) return false;
        _pointer = e.pointerId;
        return true;
    }

    protected bool CanStopManipulation(IPointerEvent e) => e.pointerId == _pointer;
}
