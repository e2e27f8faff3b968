using System.Collections;
using System.Reflection;
using System.Threading;
using NUnit.Framework;
using UnityEngine.TestTools.Double;

namespace UnityEngine.TestTools.Tests;

/// <summary>Bodies of tests that must fail, judged as the framework judges a test.</summary>
internal sealed class Failing
{
    /// <summary>The message of the failure, or null where there was none.</summary>
    public static string? Run(string test)
    {
        MethodInfo method = typeof(Failing).GetMethod(test)!;
        using var scope = new LogScope();
        try
        {
            object? steps = method.Invoke(new Failing(), BindingFlags.DoNotWrapExceptions, null, null, null);
            if (steps is IEnumerator coroutine) Session.Run(coroutine);
            scope.Judge(isEnd: true);
            return null;
        }
        catch (AssertionException e)
        {
            return e.Message;
        }
        finally
        {
            foreach (Thrower thrower in Object.FindObjectsByType<Thrower>(FindObjectsSortMode.None)) Object.DestroyImmediate(thrower.gameObject);
        }
    }

    public void LogsAnError() => Debug.LogError("broken");

    public IEnumerator LogsAnErrorInAFrame()
    {
        yield return null;
        Debug.LogError("later");
        yield return null;
        Assert.Fail("The frame went by.");
    }

    public IEnumerator ThrowsInUpdate()
    {
        new GameObject("thrower").AddComponent<Thrower>();
        yield return null;
        yield return null;
        Assert.Fail("The frame went by.");
    }

    public void ExpectsInVain() => LogAssert.Expect(LogType.Log, "never");

    public void ExpectsInAnotherOrder()
    {
        LogAssert.Expect(LogType.Error, "first");
        LogAssert.Expect(LogType.Error, "second");
        Debug.LogError("second");
        Debug.LogError("first");
    }

    public IEnumerator ExpectsAFrameLate()
    {
        Debug.LogError("broken");
        yield return null;
        LogAssert.Expect(LogType.Error, "broken");
    }

    public void AcceptsNoWarning()
    {
        Debug.LogWarning("harmless");
        LogAssert.NoUnexpectedReceived();
    }

    public IEnumerator AssertsAfterAFrame()
    {
        yield return null;
        throw new AssertionException("one is not two");
    }

    public void LogsOnAThread()
    {
        var thread = new Thread(() => Debug.LogError("elsewhere"));
        thread.Start();
        thread.Join();
    }
}
