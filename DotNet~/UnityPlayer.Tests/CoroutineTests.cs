using System;
using System.Collections;
using System.Threading.Tasks;
using NUnit.Framework;
using UnityEngine;
using Object = UnityEngine.Object;

namespace UnityPlayer.Tests;

public sealed class CoroutineTests
{
    private Player _player = null!;

    [SetUp]
    public void Begin()
    {
        Journal.Take();
        _player = new Player(new PlayerSettings { FrameTime = 0.02f });
        _player.Begin();
    }

    [TearDown]
    public void End()
    {
        _player.Dispose();
        Journal.Take();
    }

    // Where in the frame each instruction goes on, counted from a start in Update of frame 2.
    [TestCase("null", "go 2.Update 2.LateUpdate 2.Draw 3.FixedUpdate 3.Update back 3.LateUpdate 3.Draw")]
    [TestCase("fixed", "go 2.Update 2.LateUpdate 2.Draw 3.FixedUpdate back 3.Update 3.LateUpdate 3.Draw")]
    [TestCase("end", "go 2.Update 2.LateUpdate 2.Draw back 3.FixedUpdate 3.Update 3.LateUpdate 3.Draw")]
    [TestCase("seconds", "go 2.Update 2.LateUpdate 2.Draw 3.FixedUpdate 3.Update back 3.LateUpdate 3.Draw")]
    [TestCase("while", "go 2.Update 2.LateUpdate 2.Draw 3.FixedUpdate 3.Update back 3.LateUpdate 3.Draw")]
    [TestCase("done", "go back 2.Update 2.LateUpdate 2.Draw 3.FixedUpdate 3.Update 3.LateUpdate 3.Draw")]
    [TestCase("nested", "go 2.Update 2.LateUpdate 2.Draw 3.FixedUpdate 3.Update inner back 3.LateUpdate 3.Draw")]
    public void ItGoesOnInItsPlaceOfTheFrame(string kind, string expected)
    {
        Doer doer = new GameObject("a").AddComponent<Doer>();
        _player.Step();
        doer.InUpdate = () =>
        {
            if (Time.frameCount == 2) doer.StartCoroutine(Waits(doer, kind));
            Journal.Write(Time.frameCount + ".Update");
        };
        doer.InFixedUpdate = () =>
        {
            if (Time.frameCount > 2) Journal.Write(Time.frameCount + ".FixedUpdate");
        };
        doer.InLateUpdate = () => Journal.Write(Time.frameCount + ".LateUpdate");
        _player.Draw = () => Journal.Write(Time.frameCount + ".Draw");
        _player.Step(2);
        Assert.That(Journal.Take(), Is.EqualTo(expected));
    }

    [Test]
    public void StartMayBeOne()
    {
        new GameObject("a").AddComponent<CoroutineStart>();
        _player.Step(2);
        Assert.That(Journal.Take(), Is.EqualTo("Start1 Update Update Start2"));
    }

    [Test]
    public void ItWaitsForScaledTime()
    {
        Doer doer = new GameObject("a").AddComponent<Doer>();
        _player.Step();
        Time.timeScale = 0.5f;
        doer.StartCoroutine(After(new WaitForSeconds(0.1f)));
        _player.Step(9);
        Assert.That(Journal.Take(), Is.Empty);
        _player.Step(2);
        Assert.That(Journal.Take(), Is.EqualTo("after"));
    }

    [Test]
    public void RealTimeIsNotScaled()
    {
        Doer doer = new GameObject("a").AddComponent<Doer>();
        _player.Step();
        Time.timeScale = 0f;
        doer.StartCoroutine(After(new WaitForSecondsRealtime(0.1f)));
        _player.Step(4);
        Assert.That(Journal.Take(), Is.Empty);
        _player.Step(2);
        Assert.That(Journal.Take(), Is.EqualTo("after"));
    }

    [Test]
    public void ADisabledScriptsGoOn_ThoseOfAnInactiveObjectDoNot()
    {
        Doer doer = new GameObject("a").AddComponent<Doer>();
        doer.StartCoroutine(Counts());
        _player.Step();
        doer.enabled = false;
        _player.Step(2);
        Assert.That(Journal.Take(), Is.EqualTo("0 1 2 3").Or.EqualTo("0 1 2"));
        doer.gameObject.SetActive(false);
        doer.gameObject.SetActive(true);
        _player.Step(2);
        Assert.That(Journal.Take(), Is.Empty);
    }

    [Test]
    public void TheyEndWithTheirScript()
    {
        Doer doer = new GameObject("a").AddComponent<Doer>();
        doer.StartCoroutine(Counts());
        Journal.Take();
        Object.Destroy(doer);
        _player.Step(3);
        Assert.That(Journal.Take(), Is.Empty);
    }

    [Test]
    public void TheyAreStoppedByEnumeratorByHandleAndByName()
    {
        Doer doer = new GameObject("a").AddComponent<Doer>();
        IEnumerator steps = Counts();
        doer.StartCoroutine(steps);
        doer.StopCoroutine(steps);
        Coroutine handle = doer.StartCoroutine(Counts());
        doer.StopCoroutine(handle);
        Named named = doer.gameObject.AddComponent<Named>();
        named.StartCoroutine("Count", 5);
        named.StopCoroutine("Count");
        Journal.Take();
        _player.Step(3);
        Assert.That(Journal.Take(), Is.Empty);
    }

    [Test]
    public void OneMayWaitForAnother()
    {
        Doer doer = new GameObject("a").AddComponent<Doer>();
        Coroutine first = doer.StartCoroutine(After(new WaitForSeconds(0.05f)));
        doer.StartCoroutine(After(first));
        _player.Step(3);
        Assert.That(Journal.Take(), Is.Empty);
        _player.Step(3);
        Assert.That(Journal.Take(), Is.EqualTo("after after"));
    }

    [Test]
    public void NoneStartsOnAnInactiveObject()
    {
        Doer doer = new GameObject("a").AddComponent<Doer>();
        doer.gameObject.SetActive(false);
        Assert.That(doer.StartCoroutine(Counts()), Is.Null);
        Assert.That(_player.Errors[0].Text, Is.EqualTo("Coroutine couldn't be started because the the game object 'a' is inactive!"));
    }

    [Test]
    public void AnExceptionEndsIt()
    {
        Doer doer = new GameObject("a").AddComponent<Doer>();
        doer.StartCoroutine(Fails());
        _player.Step(3);
        Assert.That(_player.Errors, Has.Count.EqualTo(1));
        Assert.That(Journal.Take(), Is.Empty);
    }

    [Test]
    public void CallsByNameComeAfterTheirTime()
    {
        Named named = new GameObject("a").AddComponent<Named>();
        _player.Step();
        named.Invoke("Call", 0.05f);
        named.InvokeRepeating("Again", 0.02f, 0.04f);
        Assert.That(named.IsInvoking("Call"));
        _player.Step(6);
        named.CancelInvoke();
        _player.Step(3);
        Assert.That(Journal.Take(), Is.EqualTo("Again Call Again Again").Or.EqualTo("Again Again Call Again"));
    }

    [Test]
    public void AnAwaitComesBackToTheMainThreadAfterUpdate()
    {
        Doer doer = new GameObject("a").AddComponent<Doer>();
        int main = Environment.CurrentManagedThreadId;
        int back = 0;
        doer.InUpdate = () => Journal.Write("Update");
        doer.InLateUpdate = () => Journal.Write("LateUpdate");
        async void Go()
        {
            await Task.Yield();
            back = Environment.CurrentManagedThreadId;
            Journal.Write("back");
        }

        Go();
        _player.Step();
        Assert.That(Journal.Take(), Is.EqualTo("Update back LateUpdate"));
        Assert.That(back, Is.EqualTo(main));
    }

    private static IEnumerator Waits(Doer doer, string kind)
    {
        Journal.Write("go");
        int frame = Time.frameCount;
        yield return kind switch
        {
            "null" => null,
            "fixed" => new WaitForFixedUpdate(),
            "end" => new WaitForEndOfFrame(),
            "seconds" => new WaitForSeconds(0.015f),
            "while" => new WaitWhile(() => Time.frameCount == frame),
            "done" => new WaitUntil(() => true),
            _ => doer.StartCoroutine(Inner()),
        };
        Journal.Write("back");
    }

    private static IEnumerator Inner()
    {
        yield return null;
        Journal.Write("inner");
    }

    private static IEnumerator After(object instruction)
    {
        yield return instruction;
        Journal.Write("after");
    }

    private static IEnumerator Counts()
    {
        for (int i = 0; ; i++)
        {
            Journal.Write($"{i}");
            yield return null;
        }
    }

    private static IEnumerator Fails()
    {
        yield return null;
        throw new InvalidOperationException("no");
    }
}

internal sealed class Named : MonoBehaviour
{
    private void Call() => Journal.Write("Call");

    private void Again() => Journal.Write("Again");

    private IEnumerator Count(int upTo)
    {
        for (int i = 0; i < upTo; i++)
        {
            Journal.Write($"{i}");
            yield return null;
        }
    }
}
