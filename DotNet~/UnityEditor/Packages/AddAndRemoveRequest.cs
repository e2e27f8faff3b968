namespace UnityEditor.PackageManager.Requests;

public sealed class AddAndRemoveRequest : Request<PackageCollection>
{
    internal AddAndRemoveRequest(string asked) : base(asked)
    {
    }
}
