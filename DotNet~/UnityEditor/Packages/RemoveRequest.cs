namespace UnityEditor.PackageManager.Requests;

public sealed class RemoveRequest : Request
{
    internal RemoveRequest(string packageName) : base("remove " + packageName) => PackageIdOrName = packageName;

    public string PackageIdOrName { get; }
}
