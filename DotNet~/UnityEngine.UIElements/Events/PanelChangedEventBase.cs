namespace UnityEngine.UIElements;

public abstract class PanelChangedEventBase<T> : EventBase<T> where T : PanelChangedEventBase<T>, new()
{
    protected PanelChangedEventBase() => bubbles = tricklesDown = false;

    public IPanel originPanel { get; private set; }

    public IPanel destinationPanel { get; private set; }

    public static T GetPooled(IPanel originPanel, IPanel destinationPanel)
    {
        T e = GetPooled();
        (e.originPanel, e.destinationPanel) = (originPanel, destinationPanel);
        return e;
    }
}
