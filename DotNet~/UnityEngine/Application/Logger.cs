using System;
using System.Globalization;

namespace UnityEngine;

public interface ILogHandler
{
    public void LogFormat(LogType logType, Object? context, string format, params object?[] args);

    public void LogException(Exception exception, Object? context);
}

public interface ILogger : ILogHandler
{
    public ILogHandler logHandler { get; set; }

    public bool logEnabled { get; set; }

    public LogType filterLogType { get; set; }

    public bool IsLogTypeAllowed(LogType logType);

    public void Log(LogType logType, object? message);

    public void Log(LogType logType, object? message, Object? context);

    public void LogFormat(LogType logType, string format, params object?[] args);

    public void LogException(Exception exception);
}

public class Logger : ILogger
{
    public Logger(ILogHandler logHandler)
    {
        this.logHandler = logHandler;
        logEnabled = true;
        filterLogType = LogType.Log;
    }

    public ILogHandler logHandler { get; set; }

    public bool logEnabled { get; set; }

    public LogType filterLogType { get; set; }

    public bool IsLogTypeAllowed(LogType logType) => logEnabled && (logType == LogType.Exception || filterLogType != LogType.Exception && logType <= filterLogType);

    public void Log(LogType logType, object? message) => Log(logType, message, null);

    public void Log(LogType logType, object? message, Object? context)
    {
        if (IsLogTypeAllowed(logType)) logHandler.LogFormat(logType, context, "{0}", Text(message));
    }

    public void LogFormat(LogType logType, string format, params object?[] args) => LogFormat(logType, null, format, args);

    public void LogFormat(LogType logType, Object? context, string format, params object?[] args)
    {
        if (IsLogTypeAllowed(logType)) logHandler.LogFormat(logType, context, format, args);
    }

    public void LogException(Exception exception) => LogException(exception, null);

    public void LogException(Exception exception, Object? context)
    {
        if (logEnabled) logHandler.LogException(exception, context);
    }

    private static string Text(object? message) =>
        message is IFormattable formattable ? formattable.ToString(null, CultureInfo.InvariantCulture) : message?.ToString() ?? "Null";
}
