namespace UnityEngine.UIElements;

public class FocusController
{
    internal FocusController()
    {
    }

    public Focusable focusedElement { get; private set; }

    internal void Take(Focusable to)
    {
        if (to != null && !to.canGrabFocus || to == focusedElement) return;
        Focusable from = focusedElement;
        focusedElement = to;
        if (from != null)
        {
            Tell(new FocusOutEvent { relatedTarget = to }, from);
            Tell(new BlurEvent { relatedTarget = to }, from);
        }

        if (to == null) return;
        Tell(new FocusInEvent { relatedTarget = from }, to);
        Tell(new FocusEvent { relatedTarget = from }, to);
    }

    private static void Tell(EventBase e, Focusable target)
    {
        e.target = target;
        target.SendEvent(e);
    }
}
