using System;
using System.Reflection;
using System.Runtime.CompilerServices;
using System.Threading;
using NUnit.Framework;
using UnityEngine;

namespace UnityPlayer.Tests;

/// <summary>A reload of the domain: statics are as new, and what still runs is found out.</summary>
public sealed class ScriptDomainTests
{
    private static readonly string Scripts = typeof(ScriptDomainTests).Assembly.Location;

    [Test]
    public void EveryDomainHasItsOwnStatics()
    {
        Assert.That(Lived(new ScriptDomain(Scripts)), Is.EqualTo(1));
        var kept = new ScriptDomain(Scripts);
        Assert.That(Lived(kept), Is.EqualTo(1));
        // Its own, and what the first one counted when its game quit.
        Assert.That(Lived(kept), Is.EqualTo(3));
    }

    [Test]
    public void WhatHasStoppedIsUnloaded()
    {
        var domain = new ScriptDomain(Scripts);
        Play(domain, leavesThread: false);
        Assert.That(domain.Unload());
    }

    [Test]
    public void AThreadLeftBehindIsFoundOut()
    {
        var domain = new ScriptDomain(Scripts);
        Play(domain, leavesThread: true);
        Assert.That(domain.Unload(), Is.False);
        StopThread(domain);
        Assert.That(domain.Unload());
    }

    // What the statics of a domain have counted once a game has begun.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static int Lived(ScriptDomain domain)
    {
        using var player = new Player(new PlayerSettings { Assemblies = domain.Assemblies });
        player.Begin();
        Type type = domain.Type(typeof(Lodger).FullName!);
        Assert.That(type, Is.Not.EqualTo(typeof(Lodger)));
        new GameObject("lodger").AddComponent(type);
        return (int)type.GetProperty(nameof(Lodger.Count), BindingFlags.Static | BindingFlags.Public)!.GetValue(null)!;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void Play(ScriptDomain domain, bool leavesThread)
    {
        using var player = new Player(new PlayerSettings { Assemblies = domain.Assemblies });
        player.Begin();
        Component lodger = new GameObject("lodger").AddComponent(domain.Type(typeof(Lodger).FullName!));
        lodger.SendMessage(leavesThread ? nameof(Lodger.StartForEver) : nameof(Lodger.StartUntilDestroyed));
        player.Step(3);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void StopThread(ScriptDomain domain) => domain.Type(typeof(Lodger).FullName!).GetMethod(nameof(Lodger.Stop))!.Invoke(null, null);
}

public sealed class Lodger : MonoBehaviour
{
    private static Thread? s_thread;
    private static volatile bool s_stops;

    private bool _isMine;

    public static int Count { get; private set; }

    public static void Stop()
    {
        s_stops = true;
        s_thread?.Join();
        s_thread = null;
    }

    public void StartForEver()
    {
        s_thread = new Thread(Work) { IsBackground = true };
        s_thread.Start();
    }

    public void StartUntilDestroyed()
    {
        StartForEver();
        _isMine = true;
    }

    private void Awake()
    {
        Count++;
        UnityEngine.Application.quitting += () => Count++;
    }

    private void OnDestroy()
    {
        if (_isMine) Stop();
    }

    private static void Work()
    {
        while (!s_stops) Thread.Sleep(1);
    }
}
