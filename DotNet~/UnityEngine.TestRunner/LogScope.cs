using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.RegularExpressions;
using NUnit.Framework;

namespace UnityEngine.TestTools.Double;

/// <summary>A message that a test expects.</summary>
internal sealed record ExpectedLog(LogType Type, string? Message, Regex? Pattern)
{
    public bool Matches(ReceivedLog log) => Type == log.Type && (Message == null || Message == log.Message) && (Pattern == null || Pattern.IsMatch(log.Message));

    public override string ToString() => $"[{Type}] {(Pattern == null ? Message : "Regex: " + Pattern)}";
}

/// <summary>A message that came.</summary>
internal sealed record ReceivedLog(LogType Type, string Message, string StackTrace)
{
    public bool IsExpected { get; set; }

    public bool Fails => Type is LogType.Error or LogType.Assert or LogType.Exception;

    public override string ToString() => $"[{Type}] {Message}";
}

/// <summary>What was logged in one test, on whatever thread.</summary>
internal sealed class LogScope : IDisposable
{
    private static LogScope? s_current;

    private readonly List<ReceivedLog> _received = new();
    private readonly Queue<ExpectedLog> _expected = new();

    // Of the test's thread, also for what others log.
    private readonly TextWriter _output = TestContext.Out;

    public LogScope()
    {
        if (s_current != null) throw new InvalidOperationException("A test is running already.");
        s_current = this;
        Application.logMessageReceivedThreaded += Receive;
    }

    public static LogScope Current => s_current ?? throw new InvalidOperationException("No log scope is available");

    public bool IgnoresFailing { get; set; }

    public void Dispose()
    {
        Application.logMessageReceivedThreaded -= Receive;
        s_current = null;
    }

    public void Expect(ExpectedLog log) => _expected.Enqueue(log);

    /// <summary>Throws where a failing message came that nobody expected, and at the end also where one is missing.</summary>
    public void Judge(bool isEnd)
    {
        lock (_received)
        {
            Match();
            if (_received.Find(log => log.Fails && !log.IsExpected) is { } failing)
            {
                if (_expected.Any(expected => expected.Matches(failing)))
                    throw new AssertionException($"Expected log did not appear in the right order: {_expected.Peek()}; got {failing}");
                throw new AssertionException($"Unhandled log message: '{failing}'. Use UnityEngine.TestTools.LogAssert.Expect\n{failing.StackTrace}");
            }

            if (isEnd && _expected.Count > 0) throw new AssertionException($"Expected log did not appear: {_expected.Peek()}");
        }
    }

    public void NoUnexpectedReceived()
    {
        lock (_received)
        {
            Match();
            if (_received.Find(log => !log.IsExpected) is { } unexpected) throw new AssertionException($"Unhandled log message: '{unexpected}'. Use UnityEngine.TestTools.LogAssert.Expect");
        }
    }

    private void Match()
    {
        foreach (ReceivedLog log in _received)
        {
            if (_expected.Count == 0) return;
            if (log.IsExpected || !_expected.Peek().Matches(log)) continue;
            _expected.Dequeue();
            log.IsExpected = true;
        }
    }

    private void Receive(string message, string stackTrace, LogType type)
    {
        var log = new ReceivedLog(type, message, stackTrace);
        lock (_received)
        {
            if (!IgnoresFailing || !log.Fails) _received.Add(log);
            _output.WriteLine(log);
        }
    }
}
