namespace UnityEditor.PackageManager;

public class Error
{
    internal Error(ErrorCode code, string message) => (errorCode, this.message) = (code, message);

    public ErrorCode errorCode { get; }

    public string message { get; }
}
