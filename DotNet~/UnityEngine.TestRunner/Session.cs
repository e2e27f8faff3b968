using System;
using System.Collections;
using System.Collections.Generic;
using System.Diagnostics;
using System.Reflection;
using System.Runtime.ExceptionServices;
using System.Threading;
using NUnit.Framework;

namespace UnityEngine.TestTools.Double;

/// <summary>The one play session in which all tests of an assembly run, one after the other, as Unity's do: what a test leaves behind, the next one meets.</summary>
internal static class Session
{
    // Unity's default for a [UnityTest], in real time.
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(180);

    private static World? s_world;

    public static void Begin()
    {
        if (s_world != null) return;
        s_world = World.Begin(isEditor: true);
        IReadOnlyList<Assembly> scripts = StartUp.Beside(AppContext.BaseDirectory);
        foreach (RuntimeInitializeLoadType type in StartUp.BeforeScene) StartUp.Run(scripts, type);
        StartUp.Run(scripts, RuntimeInitializeLoadType.AfterSceneLoad);
    }

    public static void End()
    {
        s_world?.MoveHere();
        s_world?.Quit();
        s_world = null;
    }

    /// <summary>Tests may move from one of NUnit's threads to another; the main thread is where the test is.</summary>
    public static void Enter() => s_world?.MoveHere();

    public static void Run(IEnumerator steps)
    {
        World world = s_world ?? throw new InvalidOperationException("No play session: the test project imports UnityEngine.TestRunner/PlayMode.props.");
        var runner = new GameObject("Code-based tests runner");
        Object.DontDestroyOnLoad(runner);
        var guarded = new Guarded(steps);
        runner.AddComponent<TestRunnerBehaviour>().StartCoroutine(guarded);
        try
        {
            Stopwatch watch = Stopwatch.StartNew();
            while (!guarded.IsDone)
            {
                LogScope.Current.Judge(isEnd: false);
                world.Frame();
                // A frame takes some time in a game; here others at least get their turn.
                Thread.Yield();
                if (watch.Elapsed > Limit) throw new AssertionException($"Timeout value of {Limit.TotalMilliseconds} ms was exceeded.");
            }

            guarded.Failure?.Throw();
            LogScope.Current.Judge(isEnd: false);
        }
        finally
        {
            Object.DestroyImmediate(runner);
        }
    }

    private sealed class TestRunnerBehaviour : MonoBehaviour
    {
    }

    // An exception of the test is its failure, not a line in the log.
    private sealed class Guarded : IEnumerator
    {
        private readonly IEnumerator _steps;

        public Guarded(IEnumerator steps) => _steps = steps;

        public ExceptionDispatchInfo? Failure { get; private set; }

        public bool IsDone { get; private set; }

        public object? Current => _steps.Current is IEnumerator nested and not CustomYieldInstruction ? Nested(nested) : _steps.Current;

        public bool MoveNext()
        {
            if (Failure != null) return End();
            try
            {
                return _steps.MoveNext() || End();
            }
            catch (Exception e)
            {
                Failure = ExceptionDispatchInfo.Capture(e);
                return End();
            }
        }

        public void Reset() => throw new NotSupportedException();

        private bool End()
        {
            IsDone = true;
            return false;
        }

        private IEnumerator Nested(IEnumerator steps)
        {
            var inner = new Guarded(steps);
            while (inner.MoveNext()) yield return inner.Current;
            Failure = inner.Failure;
        }
    }
}
