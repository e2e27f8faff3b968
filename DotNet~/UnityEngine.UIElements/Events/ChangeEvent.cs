namespace UnityEngine.UIElements;

public class ChangeEvent<T> : EventBase<ChangeEvent<T>>, IChangeEvent
{
    public T previousValue { get; protected set; }

    public T newValue { get; protected set; }

    public static ChangeEvent<T> GetPooled(T previousValue, T newValue)
    {
        ChangeEvent<T> e = GetPooled();
        (e.previousValue, e.newValue) = (previousValue, newValue);
        return e;
    }
}
