using System.Collections.Generic;
using System.Globalization;
using NUnit.Framework;
using UnityEngine;

namespace UnityPlayer.Tests;

public sealed class TimeTests
{
    // Frames of 30 ms and fixed updates of 20 ms: one or two a frame, each at its own time.
    [Test]
    public void FixedUpdatesKeepUpWithTheFrames()
    {
        Journal.Take();
        using var player = new Player(new PlayerSettings { FrameTime = 0.03f });
        player.Begin();
        Doer doer = new GameObject("a").AddComponent<Doer>();
        var lines = new List<string>();
        doer.InFixedUpdate = () => lines.Add(string.Create(CultureInfo.InvariantCulture, $"F{Time.time:0.00}+{Time.deltaTime:0.00}"));
        doer.InUpdate = () => lines.Add(string.Create(CultureInfo.InvariantCulture, $"U{Time.frameCount}:{Time.time:0.00}+{Time.deltaTime:0.00}"));
        player.Step(4);
        Assert.That(string.Join(' ', lines), Is.EqualTo("F0.00+0.02 U1:0.00+0.03 F0.02+0.02 U2:0.03+0.03 F0.04+0.02 F0.06+0.02 U3:0.06+0.03 F0.08+0.02 U4:0.09+0.03"));
    }

    [Test]
    public void AScaleOfZeroStopsTimeButNotFrames()
    {
        using var player = new Player(new PlayerSettings { FrameTime = 0.02f });
        player.Begin();
        player.Step(3);
        float time = Time.time, unscaled = Time.unscaledTime;
        int fixedUpdates = 0;
        Doer doer = new GameObject("a").AddComponent<Doer>();
        doer.InFixedUpdate = () => fixedUpdates++;
        Time.timeScale = 0f;
        player.Step(5);
        Assert.That(Time.time, Is.EqualTo(time));
        Assert.That(Time.deltaTime, Is.EqualTo(0f));
        Assert.That(fixedUpdates, Is.EqualTo(0));
        Assert.That(Time.unscaledTime - unscaled, Is.EqualTo(0.1f).Within(1e-5f));
        Assert.That(Time.frameCount, Is.EqualTo(8));
    }

    [Test]
    public void AHugeFrameIsCutToTheMaximum()
    {
        using var player = new Player(new PlayerSettings { FrameTime = 5f });
        player.Begin();
        player.Step(2);
        Assert.That(Time.deltaTime, Is.EqualTo(1f / 3f).Within(1e-6f));
        Assert.That(Time.unscaledDeltaTime, Is.EqualTo(5f));
    }

    [Test]
    public void AGameMaySetTheStepForARecording()
    {
        using var player = new Player(new PlayerSettings { FrameTime = 0.02f });
        player.Begin();
        Time.captureFramerate = 10;
        player.Step(3);
        Assert.That(Time.time, Is.EqualTo(0.2f).Within(1e-6f));
    }
}
