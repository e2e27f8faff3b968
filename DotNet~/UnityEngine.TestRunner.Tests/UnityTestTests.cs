using System;
using System.Collections;
using System.Collections.Generic;
using System.Text.RegularExpressions;
using NUnit.Framework;
using UnityEngine.TestTools.Constraints;
using UnityEngine.TestTools.Double;
using Is = UnityEngine.TestTools.Constraints.Is;

namespace UnityEngine.TestTools.Tests;

public sealed class UnityTestTests
{
    private int _setUp, _unitySetUpFrame, _setUpFrame;

    [UnitySetUp]
    public IEnumerator PrepareOverFrames()
    {
        int before = Time.frameCount;
        yield return null;
        _unitySetUpFrame = Time.frameCount - before;
    }

    [SetUp]
    public void Prepare()
    {
        _setUp++;
        _setUpFrame = _unitySetUpFrame;
    }

    [Test]
    public void ATestIsInPlayMode()
    {
        Assert.That(Application.isPlaying);
        var counter = new GameObject("counter").AddComponent<Counter>();
        Assert.That(counter.Awakes, Is.EqualTo(1));
        Object.DestroyImmediate(counter.gameObject);
    }

    [Test]
    public void UnitySetUpComesBeforeSetUpAndHasFrames()
    {
        Assert.That(_setUp, Is.GreaterThan(0));
        Assert.That(_setUpFrame, Is.EqualTo(1));
    }

    [UnityTest]
    public IEnumerator AFrameGoesByAYield()
    {
        var counter = new GameObject("counter").AddComponent<Counter>();
        int frame = Time.frameCount;
        Assert.That(counter.Updates, Is.EqualTo(0));
        yield return null;
        // The test's own coroutine goes on after the Update of the frame.
        Assert.That(counter.Updates, Is.EqualTo(1));
        Assert.That(Time.frameCount, Is.EqualTo(frame + 1));
        yield return null;
        Assert.That(counter.Updates, Is.EqualTo(2));
        Object.Destroy(counter.gameObject);
        yield return null;
        Assert.That(counter == null);
    }

    [UnityTest]
    public IEnumerator TimeGoesByInSeconds()
    {
        float start = Time.time;
        yield return new WaitForSeconds(0.5f);
        Assert.That(Time.time - start, Is.InRange(0.5f, 0.5f + 2 * Time.deltaTime));
    }

    [UnityTest]
    public IEnumerator ANestedCoroutineIsWaitedFor()
    {
        var steps = new List<int>();
        yield return Inner(steps);
        Assert.That(steps, Is.EqualTo(new[] { 1, 2 }));
    }

    [UnityTest]
    public IEnumerator ValuesMakeCases([Values(1, 3)] int frames)
    {
        int start = Time.frameCount;
        for (int i = 0; i < frames; i++) yield return null;
        Assert.That(Time.frameCount - start, Is.EqualTo(frames));
    }

    [Test]
    public void AnExpectedErrorIsNone()
    {
        LogAssert.Expect(LogType.Error, "broken");
        Debug.LogError("broken");
        // Also afterwards.
        Debug.LogWarning("harmless");
        Debug.LogException(new InvalidOperationException("worse"));
        LogAssert.Expect(LogType.Exception, new Regex("wor.e"));
    }

    [Test]
    public void AllocationIsSeen()
    {
        object? kept = null;
        Assert.That(() => { kept = new byte[100]; }, Is.AllocatingGCMemory());
        Assert.That(() => { kept = null; }, Is.Not.AllocatingGCMemory());
    }

    // Failures are made by NUnit itself, on a fixture that a test run does not find.
    [TestCase(nameof(Failing.LogsAnError), "Unhandled log message: '[Error] broken'")]
    [TestCase(nameof(Failing.LogsAnErrorInAFrame), "Unhandled log message: '[Error] later'")]
    [TestCase(nameof(Failing.ThrowsInUpdate), "Unhandled log message: '[Exception] InvalidOperationException: in Update'")]
    [TestCase(nameof(Failing.ExpectsInVain), "Expected log did not appear: [Log] never")]
    [TestCase(nameof(Failing.ExpectsInAnotherOrder), "right order")]
    [TestCase(nameof(Failing.ExpectsAFrameLate), "Unhandled log message: '[Error] broken'")]
    [TestCase(nameof(Failing.AcceptsNoWarning), "Unhandled log message: '[Warning] harmless'")]
    [TestCase(nameof(Failing.AssertsAfterAFrame), "one is not two")]
    [TestCase(nameof(Failing.LogsOnAThread), "Unhandled log message: '[Error] elsewhere'")]
    public void ATestFailsAsItShould(string test, string message)
    {
        LogScope outer = LogScope.Current;
        outer.Dispose();
        try
        {
            Assert.That(Failing.Run(test), Does.Contain(message));
        }
        finally
        {
            new LogScope();
        }
    }

    private static IEnumerator Inner(List<int> steps)
    {
        steps.Add(1);
        yield return null;
        steps.Add(2);
    }
}

internal sealed class Counter : MonoBehaviour
{
    public int Awakes { get; private set; }

    public int Updates { get; private set; }

    private void Awake() => Awakes++;

    private void Update() => Updates++;
}

internal sealed class Thrower : MonoBehaviour
{
    private void Update() => throw new InvalidOperationException("in Update");
}
