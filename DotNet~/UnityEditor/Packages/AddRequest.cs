namespace UnityEditor.PackageManager.Requests;

public sealed class AddRequest : Request<PackageInfo>
{
    internal AddRequest(string asked) : base(asked)
    {
    }
}
