using System.Text.RegularExpressions;
using UnityEngine.TestTools.Double;

namespace UnityEngine.TestTools;

/// <summary>
/// A test fails by a logged error, assertion or exception that it did not expect, and by an expected message that did not come.
/// Expected ones come in their order. A [UnityTest] is judged at the end of every frame, a [Test] at its end.
/// </summary>
public static class LogAssert
{
    public static bool ignoreFailingMessages
    {
        get => LogScope.Current.IgnoresFailing;
        set => LogScope.Current.IgnoresFailing = value;
    }

    public static void Expect(LogType type, string message) => LogScope.Current.Expect(new ExpectedLog(type, message, null));

    public static void Expect(LogType type, Regex message) => LogScope.Current.Expect(new ExpectedLog(type, null, message));

    /// <summary>Fails where anything was logged, however harmless, that was not expected.</summary>
    public static void NoUnexpectedReceived() => LogScope.Current.NoUnexpectedReceived();
}
