namespace UnityEngine.UIElements;

public abstract class EventBase<T> : EventBase where T : EventBase<T>, new()
{
    private static readonly long s_typeId = RegisterEventType();

    protected EventBase() => bubbles = tricklesDown = true;

    public static long TypeId() => s_typeId;

    public static T GetPooled() => new();

    public override void Dispose()
    {
    }
}
