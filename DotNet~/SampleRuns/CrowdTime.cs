using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using Recurrent.Components;
using Recurrent.Samples.Crowd;
using UnityPlayer;

namespace SampleRuns;

/// <summary>How long a frame of the sample Crowd takes: the scene plays, then its crowd is stepped alone.</summary>
internal static class CrowdTime
{
    private const int Frames = 120, Samples = 2000;

    public static int Run(string package, TextWriter output)
    {
        string scene = Path.Combine(package, "Samples~/Crowd/Crowd.unity");
        using var player = new Player();
        player.AddScene(SceneFile.Load(scene, new AssetFolders([Path.GetDirectoryName(scene)!, Path.Combine(package, "Runtime")], [typeof(NpcCrowd).Assembly, typeof(CrowdSample).Assembly])));
        player.Step(Frames);
        NpcCrowd crowd = UnityEngine.Object.FindObjectsByType<NpcCrowd>(UnityEngine.FindObjectsSortMode.None).Single();
        var times = new List<double>(Samples);
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < Samples; i++)
        {
            crowd.Step();
            times.Add(crowd.DecisionTime.TotalMilliseconds);
        }

        long bytes = GC.GetAllocatedBytesForCurrentThread() - before;
        times.Sort();
        output.WriteLine(FormattableString.Invariant(
            $"{crowd.Count} NPCs, observed, stepped and acted, on one core: median {times[Samples / 2]:0.000} ms, fastest {times[0]:0.000} ms, 99th of 100 {times[Samples * 99 / 100]:0.000} ms; {bytes} bytes allocated in {Samples} frames"));
        foreach (string error in player.Errors.Select(error => error.Text)) output.WriteLine(error);
        return player.Errors.Count == 0 ? 0 : 1;
    }
}
