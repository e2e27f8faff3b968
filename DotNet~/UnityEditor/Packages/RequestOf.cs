namespace UnityEditor.PackageManager.Requests;

public abstract class Request<T> : Request
{
    internal Request(string asked) : base(asked)
    {
    }

    public T Result { get; private set; }

    internal void Succeed(T result)
    {
        Result = result;
        Succeed();
    }
}
