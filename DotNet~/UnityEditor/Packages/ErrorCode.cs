namespace UnityEditor.PackageManager;

public enum ErrorCode : uint
{
    Unknown = 0,
    NotFound = 1,
    Forbidden = 2,
    InvalidParameter = 3,
    Conflict = 4,
    AggregateError = 5,
}
