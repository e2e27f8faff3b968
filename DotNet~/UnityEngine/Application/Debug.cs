using System;
using System.Diagnostics;
using System.Globalization;

namespace UnityEngine;

public class Debug
{
    private static readonly ILogger s_logger = new Logger(new Console());

    public static ILogger unityLogger => s_logger;

    public static bool isDebugBuild => true;

    public static void Log(object? message) => unityLogger.Log(LogType.Log, message);

    public static void Log(object? message, Object? context) => unityLogger.Log(LogType.Log, message, context);

    public static void LogFormat(string format, params object?[] args) => unityLogger.LogFormat(LogType.Log, format, args);

    public static void LogFormat(Object? context, string format, params object?[] args) => unityLogger.LogFormat(LogType.Log, context, format, args);

    public static void LogWarning(object? message) => unityLogger.Log(LogType.Warning, message);

    public static void LogWarning(object? message, Object? context) => unityLogger.Log(LogType.Warning, message, context);

    public static void LogWarningFormat(string format, params object?[] args) => unityLogger.LogFormat(LogType.Warning, format, args);

    public static void LogWarningFormat(Object? context, string format, params object?[] args) => unityLogger.LogFormat(LogType.Warning, context, format, args);

    public static void LogError(object? message) => unityLogger.Log(LogType.Error, message);

    public static void LogError(object? message, Object? context) => unityLogger.Log(LogType.Error, message, context);

    public static void LogErrorFormat(string format, params object?[] args) => unityLogger.LogFormat(LogType.Error, format, args);

    public static void LogErrorFormat(Object? context, string format, params object?[] args) => unityLogger.LogFormat(LogType.Error, context, format, args);

    public static void LogException(Exception exception) => unityLogger.LogException(exception, null);

    public static void LogException(Exception exception, Object? context) => unityLogger.LogException(exception, context);

    // Pauses the editor after this frame; in a player nothing.
    public static void Break()
    {
        if (World.Current.IsEditor) World.Current.IsPaused = true;
    }

    [Conditional("UNITY_ASSERTIONS")]
    public static void LogAssertion(object? message) => unityLogger.Log(LogType.Assert, message);

    [Conditional("UNITY_ASSERTIONS")]
    public static void LogAssertion(object? message, Object? context) => unityLogger.Log(LogType.Assert, message, context);

    [Conditional("UNITY_ASSERTIONS")]
    public static void Assert(bool condition)
    {
        if (!condition) unityLogger.Log(LogType.Assert, "Assertion failed");
    }

    [Conditional("UNITY_ASSERTIONS")]
    public static void Assert(bool condition, string message)
    {
        if (!condition) unityLogger.Log(LogType.Assert, message);
    }

    // Nothing is drawn over a headless picture.
    public static void DrawLine(Vector3 start, Vector3 end, Color color)
    {
    }

    public static void DrawLine(Vector3 start, Vector3 end)
    {
    }

    // Where every message ends: the console, and whoever listens.
    private sealed class Console : ILogHandler
    {
        public void LogFormat(LogType logType, Object? context, string format, params object?[] args) =>
            Application.TellLog(string.Format(CultureInfo.InvariantCulture, format, args), Environment.StackTrace, logType);

        public void LogException(Exception exception, Object? context)
        {
            if (exception == null) throw new ArgumentNullException(nameof(exception));
            Application.TellLog($"{exception.GetType().Name}: {exception.Message}", exception.ToString(), LogType.Exception);
        }
    }
}
