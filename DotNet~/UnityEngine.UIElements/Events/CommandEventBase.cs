namespace UnityEngine.UIElements;

public abstract class CommandEventBase<T> : EventBase<T> where T : CommandEventBase<T>, new()
{
    public string commandName { get; protected set; }

    public static T GetPooled(string commandName)
    {
        T e = GetPooled();
        e.commandName = commandName;
        return e;
    }
}
