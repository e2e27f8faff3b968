namespace UnityEditor.PackageManager.Requests;

/// <summary>Under way until a test answers it.</summary>
public abstract class Request
{
    internal Request(string asked) => Asked = asked;

    public StatusCode Status { get; private set; }

    public bool IsCompleted => Status != StatusCode.InProgress;

    public Error Error { get; private set; }

    /// <summary>What was asked for, as the session has it.</summary>
    internal string Asked { get; }

    internal void Fail(ErrorCode code, string message) => (Status, Error) = (StatusCode.Failure, new Error(code, message));

    internal void Succeed() => Status = StatusCode.Success;
}
