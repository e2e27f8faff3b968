namespace UnityEditor.PackageManager.Requests;

public sealed class SearchRequest : Request<PackageInfo[]>
{
    internal SearchRequest(string packageIdOrName) : base("search " + packageIdOrName) => PackageIdOrName = packageIdOrName;

    public string PackageIdOrName { get; }
}
