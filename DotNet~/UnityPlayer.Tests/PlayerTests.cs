using System;
using System.IO;
using NUnit.Framework;
using UnityEngine;
using Object = UnityEngine.Object;

namespace UnityPlayer.Tests;

public sealed class PlayerTests
{
    [SetUp]
    public void Forget() => Journal.Take();

    [Test]
    public void StartUpMethodsRunInTheOrderOfTheirTypes_AroundTheFirstScene()
    {
        using var player = new Player(new PlayerSettings { Assemblies = [typeof(PlayerTests).Assembly] });
        player.AddScene("first", () => new GameObject("a").AddComponent<Writer>());
        player.Begin();
        Assert.That(Journal.Take(), Is.EqualTo("SubsystemRegistration AfterAssembliesLoaded BeforeSplashScreen BeforeSceneLoad a.Awake a.OnEnable AfterSceneLoad"));
        player.Step();
        Assert.That(Journal.Take(), Is.EqualTo("a.Start a.FixedUpdate a.Update a.LateUpdate"));
    }

    [Test]
    public void WithoutReloadWhoListensListensOn()
    {
        int told = 0;
        using (var first = new Player())
        {
            first.Begin();
            UnityEngine.Application.quitting += () => told++;
        }

        Assert.That(told, Is.EqualTo(1));
        using (var second = new Player(new PlayerSettings { KeepsDomain = true })) second.Begin();
        Assert.That(told, Is.EqualTo(2));
        using (var third = new Player()) third.Begin();
        Assert.That(told, Is.EqualTo(2));
    }

    [Test]
    public void ThereIsOneAtATime()
    {
        using var player = new Player();
        Assert.Throws<InvalidOperationException>(() => new Player());
    }

    [Test]
    public void FilesAreForgottenWithTheGame()
    {
        string folder;
        using (var player = new Player())
        {
            folder = UnityEngine.Application.persistentDataPath;
            File.WriteAllText(Path.Combine(folder, "a.txt"), "a");
        }

        Assert.That(Directory.Exists(folder), Is.False);
    }

    [Test]
    public void AFolderThatWasGivenStays()
    {
        string folder = Directory.CreateTempSubdirectory().FullName;
        using (var player = new Player(new PlayerSettings { PersistentDataPath = folder })) File.WriteAllText(Path.Combine(UnityEngine.Application.persistentDataPath, "a.txt"), "a");
        Assert.That(File.Exists(Path.Combine(folder, "a.txt")));
        Directory.Delete(folder, true);
    }

    [Test]
    public void InTheEditorNobodyPlays_AndAScriptIsValidated()
    {
        ValidatedAsset asset = ScriptableObject.CreateInstance<ValidatedAsset>();
        Validated script = new GameObject("a").AddComponent<Validated>();
        Assert.That(Journal.Take(), Is.EqualTo("asset.OnEnable asset.OnValidate Reset OnValidate"));
        Object.DestroyImmediate(asset);
        Object.DestroyImmediate(script.gameObject);
        Assert.That(Journal.Take(), Is.EqualTo("asset.OnDisable"));
    }

    [Test]
    public void InAPlayerNothingIsValidated()
    {
        using var player = new Player();
        new GameObject("a").AddComponent<Validated>();
        Assert.That(Journal.Take(), Is.EqualTo("Awake"));
    }

    private static class StartUp
    {
        [RuntimeInitializeOnLoadMethod]
        private static void E() => Journal.Write("AfterSceneLoad");

        [RuntimeInitializeOnLoadMethod(RuntimeInitializeLoadType.BeforeSceneLoad)]
        private static void D() => Journal.Write("BeforeSceneLoad");

        [RuntimeInitializeOnLoadMethod(RuntimeInitializeLoadType.BeforeSplashScreen)]
        private static void C() => Journal.Write("BeforeSplashScreen");

        [RuntimeInitializeOnLoadMethod(RuntimeInitializeLoadType.AfterAssembliesLoaded)]
        private static void B() => Journal.Write("AfterAssembliesLoaded");

        [RuntimeInitializeOnLoadMethod(RuntimeInitializeLoadType.SubsystemRegistration)]
        private static void A() => Journal.Write("SubsystemRegistration");
    }
}

internal sealed class Validated : MonoBehaviour
{
    private void Awake() => Journal.Write("Awake");

    private void Reset() => Journal.Write("Reset");

    private void OnValidate() => Journal.Write("OnValidate");
}

internal sealed class ValidatedAsset : ScriptableObject
{
    private void OnEnable() => Journal.Write("asset.OnEnable");

    private void OnValidate() => Journal.Write("asset.OnValidate");

    private void OnDisable() => Journal.Write("asset.OnDisable");
}
