namespace UnityEngine.UIElements;

public abstract class NavigationEventBase<T> : EventBase<T> where T : NavigationEventBase<T>, new()
{
}
