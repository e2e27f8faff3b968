namespace UnityEditor.PackageManager.Requests;

public sealed class ListRequest : Request<PackageCollection>
{
    internal ListRequest() : base("list")
    {
    }
}
