using System;
using System.Diagnostics;
using System.IO;
using System.Linq;
using Recurrent;
using Recurrent.Components;
using Recurrent.Samples.NpcPatrol;
using UnityPlayer;
using Object = UnityEngine.Object;

namespace SampleRuns;

/// <summary>What the sample NpcPatrol comes to: its own scene records and trains, then the NPC patrols by itself, with the crate elsewhere for each seed.</summary>
internal static class PatrolTable
{
    private const float FrameTime = 1f / 60f, LongestLesson = 400f, PatrolSeconds = 60f;

    public static int Run(int seeds, int lesson, string package, TextWriter output)
    {
        byte[] bytes;
        var clock = Stopwatch.StartNew();
        using (Player player = Begin(package, out PatrolSample sample))
        {
            float seconds = 0f;
            sample.Seed = lesson;
            for (; sample.Score == null && seconds < LongestLesson; seconds += FrameTime) player.Step();
            if (sample.Score == null || player.Errors.Count > 0) throw new IOException($"The NPC has learned nothing in {seconds:0} s. {string.Join(" ", player.Errors.Select(error => error.Text))}");
            bytes = sample.Npc.Model!.Model.ToBytes();
            TrainingResult result = sample.Trainer.LastResult!;
            output.WriteLine(FormattableString.Invariant(
                $"recorded and learned in {seconds:0} s of the game ({clock.Elapsed.TotalSeconds:0.0} s here): {result.History.Count} epochs, best validation loss {result.BestLoss:0.00} in epoch {result.BestEpoch}"));
        }

        output.WriteLine($"{PatrolSeconds:0} s by itself   mean distance   straight on   rounds   crates   least room");
        (double distance, double straight, double worst, float laps, float room, int entered) = (0, 0, 0, float.MaxValue, float.MaxValue, 0);
        for (int seed = 1; seed <= seeds; seed++)
        {
            using Player player = Begin(package, out PatrolSample sample);
            sample.Npc.Model = SequenceModelAsset.Create(bytes);
            sample.Seed = seed;
            player.Step((int)(PatrolSeconds / FrameTime));
            PatrolScore score = sample.Score!;
            output.WriteLine(FormattableString.Invariant($"seed {seed,3}         {100 * score.Distance,10:0.00} %  {100 * score.StraightDistance,10:0.0} %   {score.Laps,6:0.0}   {sample.Crate.Moves - 2,6}   {score.LeastRoom,10:0.00}"));
            distance += score.Distance / seeds;
            straight += score.StraightDistance / seeds;
            worst = Math.Max(worst, score.Distance);
            laps = Math.Min(laps, score.Laps);
            room = Math.Min(room, score.LeastRoom);
            if (score.LeastRoom < 0) entered++;
        }

        output.WriteLine(FormattableString.Invariant($"all {seeds}           {100 * distance,10:0.00} %  {100 * straight,10:0.0} %   worst {100 * worst:0.00} %, fewest rounds {laps:0.0}, least room {room:0.00}, crates entered in {entered} of {seeds}"));
        return entered == 0 && worst <= 0.05 ? 0 : 1;
    }

    private static Player Begin(string package, out PatrolSample sample)
    {
        string scene = Path.Combine(package, "Samples~/NpcPatrol/NpcPatrol.unity");
        var player = new Player(new PlayerSettings { FrameTime = FrameTime });
        player.AddScene(SceneFile.Load(scene, new AssetFolders([Path.GetDirectoryName(scene)!, Path.Combine(package, "Runtime")], [typeof(NpcCrowd).Assembly, typeof(PatrolSample).Assembly])));
        player.Begin();
        sample = Object.FindObjectsByType<PatrolSample>(UnityEngine.FindObjectsSortMode.None).Single();
        return player;
    }
}
