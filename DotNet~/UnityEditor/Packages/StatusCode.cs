namespace UnityEditor.PackageManager;

public enum StatusCode
{
    InProgress = 0,
    Success = 1,
    Failure = 2,
}
