using System;
using System.IO;
using System.Linq;
using Recurrent;
using Recurrent.Components;
using Recurrent.Diagnostics;
using Recurrent.Samples.NpcPatrol;
using UnityEngine;
using UnityPlayer;
using Object = UnityEngine.Object;

namespace SampleRuns;

/// <summary>
/// What the State Viewer shows of the sample NpcPatrol while it plays, from the first step to a breakpoint and a comparison of two NPCs, or of a file, as pictures: the same data area that the
/// window shows.
/// </summary>
internal sealed class ViewerRun : IDisposable
{
    private const float FrameTime = 1f / 60f, LongestLesson = 400f;
    private const int Width = 1200, Height = 760;

    private readonly StateViewer _viewer = new();
    private readonly string _folder;
    private readonly Skin _skin;
    private readonly TextWriter _output;
    private int _pictures;

    private ViewerRun(string folder, Skin skin, TextWriter output)
    {
        (_folder, _skin, _output) = (folder, skin, output);
        Directory.CreateDirectory(folder);
    }

    /// <summary>Paints a recording.</summary>
    public static int OfFile(string file, string folder, Skin skin, TextWriter output)
    {
        try
        {
            using var run = new ViewerRun(folder, skin, output);
            run._viewer.Connect(FileStateLink.Open(file));
            foreach (ViewerAgent agent in run._viewer.Agents.ToArray())
            {
                run._viewer.Show(agent.Name);
                foreach (RecordedCell cell in run._viewer.Cells)
                {
                    run._viewer.Cell = cell.Name;
                    run.Picture($"{agent.Name} {cell.Name}");
                }
            }

            return 0;
        }
        catch (Exception e) when (e is IOException or ArgumentException)
        {
            output.WriteLine(e.Message);
            return 1;
        }
    }

    /// <summary>Plays the sample and paints what is seen of it.</summary>
    public static int Live(string? model, int seed, string folder, Skin skin, string package, TextWriter output)
    {
        byte[] bytes = model != null ? File.ReadAllBytes(model) : Learn(seed, package, Path.Combine(folder, "patrol.safetensors"), output);
        using var run = new ViewerRun(folder, skin, output);
        using Player player = Begin(package, out PatrolSample sample);
        bool isPaused = false;
        int framesLeft = 0;
        using var link = new PlayModeStateLink(() => isPaused, pause => isPaused = pause, () => framesLeft++);
        run._viewer.Connect(link);
        run.Picture("nothing yet");
        sample.Npc.Model = SequenceModelAsset.Create(bytes);
        sample.Seed = seed;
        StateProbe probe = Probe(sample.Npc.gameObject, "NPC");
        // The other keeps half a round ahead.
        RecurrentNpc second = Object.Instantiate(sample.Npc.gameObject).GetComponent<RecurrentNpc>();
        second.GetComponent<StateProbe>().AgentName = "NPC 2";
        void Play(float seconds)
        {
            for (int frame = (int)(seconds / FrameTime); frame > 0 && (!isPaused || framesLeft > 0); frame--)
            {
                if (isPaused) framesLeft--;
                player.Step();
                run._viewer.Update();
            }
        }

        Play(0.5f);
        var route = new Route();
        Guard guard = second.GetComponent<Guard>();
        guard.Position = route.At(0.5f * route.Length, out Vector2 ahead);
        guard.Angle = Mathf.Atan2(ahead.y, ahead.x);
        run._viewer.Show("NPC");
        Play(4f);
        run.Picture("live");
        Play(16f);
        run._viewer.UnitsBy = run._viewer.Orders.First(order => order.Name == UnitOrder.Variance.Name);
        run.Picture("by variance");

        int lively = Liveliest(probe.Recorder!);
        run._viewer.Select(new ViewerProbe("h", lively));
        UnitReading reading = run._viewer.Inspect()!.Value;
        ViewerBreakpoint breakpoint = run._viewer.AddBreakpoint(FormattableString.Invariant($"h[{lively}] > {reading.Low + 0.8 * (reading.High - reading.Low):0.00}"));
        Play(30f);
        long broken = run._viewer.Timeline.Playhead;
        output.WriteLine(isPaused ? $"{breakpoint.LastHit}; the game stands still at step {probe.Recorder!.StepCount - 1}" : $"{breakpoint.Condition} has not come to hold.");
        run._viewer.AddProbe(new ViewerProbe("h", lively));
        run._viewer.Timeline.Select(broken - 60, broken);
        run.Picture("breakpoint");
        run._viewer.Press(ViewerKey.Fit);
        run.Picture("breakpoint near");

        run._viewer.StepOnce();
        Play(1f);
        run._viewer.RemoveBreakpoint(breakpoint);
        run._viewer.IsPaused = false;
        run._viewer.Timeline.SelectNothing();
        run._viewer.Timeline.Follow();
        run._viewer.Press(ViewerKey.Fit);
        run._viewer.Compare("NPC 2");
        Play(6f);
        run.Picture("two compared");
        run._viewer.Compare("");
        foreach (string tab in run._viewer.Tabs.Where(tab => tab != StateViewer.GatesTab))
        {
            run._viewer.Tab = tab;
            run.Picture(tab.ToLowerInvariant());
        }

        run._viewer.Tab = StateViewer.GatesTab;
        sample.Npc.BeginEpisode();
        Play(3f);
        run.Picture("episode begun");
        string file = probe.Save(Path.GetFullPath(Path.Combine(folder, "patrol.rnnstate")));
        output.WriteLine($"{new FileInfo(file).Length / 1024} KB: {file}");
        foreach (string error in player.Errors.Select(error => error.Text)) output.WriteLine(error);
        return player.Errors.Count == 0 && breakpoint.Hits == 1 ? 0 : 1;
    }

    public void Dispose() => _viewer.Dispose();

    /// <summary>Of the units of h that are low now, the one that varies most: it will be high.</summary>
    private static int Liveliest(AgentRecorder recorder)
    {
        Recording recording = recorder.Snapshot();
        RecordedTrack h = recording.Layout.Find("h")!;
        ReadOnlySpan<float> now = recording.At(h, recording.Steps - 1);
        foreach (int unit in UnitOrder.Variance.Order(recording, h)!)
            if (now[unit] < 0) return unit;
        return 0;
    }

    private static StateProbe Probe(GameObject npc, string name)
    {
        var probe = npc.AddComponent<StateProbe>();
        (probe.AgentName, probe.PausesGame) = (name, false);
        return probe;
    }

    private static byte[] Learn(int seed, string package, string path, TextWriter output)
    {
        using Player player = Begin(package, out PatrolSample sample);
        sample.Seed = seed;
        float seconds = 0f;
        for (; sample.Score == null && seconds < LongestLesson; seconds += FrameTime) player.Step();
        if (sample.Score == null) throw new IOException($"The NPC has learned nothing in {seconds:0} s.");
        byte[] bytes = sample.Npc.Model!.Model.ToBytes();
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllBytes(path, bytes);
        output.WriteLine(FormattableString.Invariant($"recorded and learned in {seconds:0} s of the game: {path}"));
        return bytes;
    }

    private static Player Begin(string package, out PatrolSample sample)
    {
        string scene = Path.Combine(package, "Samples~/NpcPatrol/NpcPatrol.unity");
        var player = new Player(new UnityPlayer.PlayerSettings { FrameTime = FrameTime });
        player.AddScene(SceneFile.Load(scene, new AssetFolders([Path.GetDirectoryName(scene)!, Path.Combine(package, "Runtime")], [typeof(NpcCrowd).Assembly, typeof(PatrolSample).Assembly])));
        player.Begin();
        sample = Object.FindObjectsByType<PatrolSample>(FindObjectsSortMode.None).Single();
        return player;
    }

    private void Picture(string what)
    {
        _viewer.FinishWork();
        string path = Path.Combine(_folder, FormattableString.Invariant($"{++_pictures:00} {what}.png")).Replace(' ', '-');
        using (FileStream file = File.Create(path)) Png.Write(_viewer.Paint(Width, Height, _skin), file);
        _output.WriteLine(path);
    }
}
