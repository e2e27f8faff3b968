namespace UnityEngine;

public enum LogType
{
    Error = 0,
    Assert = 1,
    Warning = 2,
    Log = 3,
    Exception = 4,
}

public enum LogOption
{
    None = 0,
    NoStacktrace = 1,
}
