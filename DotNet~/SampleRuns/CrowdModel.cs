using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using Recurrent;
using Recurrent.Samples.Crowd;

namespace SampleRuns;

/// <summary>
/// The model of the sample Crowd: strollers follow the teacher while the bell rings at random, with noise on what they do, so that the model learns to come back; what is learned is
/// what the teacher would have done.
/// </summary>
internal static class CrowdModel
{
    private const int Plazas = 32, StrollersEach = 16, Steps = 450, Epochs = 120;

    public static int Run(int seed, string package, TextWriter output)
    {
        var layout = new EpisodeLayout(["ahead", "left", "outside", "bell"], [], [], ["turn", "pace"]);
        var random = new RandomSource((ulong)seed);
        List<Episode> episodes = Enumerable.Range(0, Plazas).SelectMany(_ => Record(layout, random)).ToList();
        List<Episode> train = episodes.Where((_, i) => i % 8 != 0).ToList(), validation = episodes.Where((_, i) => i % 8 == 0).ToList();
        SequenceModel model = Policy.Describe(new SequenceModel(
            ("memory", new GRU(layout.ObservationSize, 32, seed: (ulong)seed)),
            ("head", new Linear(32, PolicyLoss.OutputSizeOf(layout), seed: (ulong)seed + 1))), layout);
        using var trainer = new Trainer(model, new PolicyLoss(layout, deviation: 0.1f), new Adam(0.006f),
            new TrainingOptions { BatchSize = 12, ClipNorm = 1, Seed = (ulong)seed, Schedule = LearningRateSchedule.Cosine(Epochs), Threads = 1 });
        trainer.Begin(new EpisodeDataset(train), new EpisodeDataset(validation), Epochs);
        for (int epoch = 0; trainer.AdvanceBatch();)
        {
            if (trainer.History.Count == epoch) continue;
            EpochRecord last = trainer.History[epoch++];
            output.WriteLine(FormattableString.Invariant($"epoch {last.Epoch}: {last.TrainLoss:0.000}, validation {last.ValidationLoss:0.000}"));
        }

        output.WriteLine($"in closed loop, strollers that go round as the bell said 4 s ago: teacher {Agreement(null):0.000}, model {Agreement(model):0.000}");
        string path = Path.Combine(package, "Samples~/Crowd/Crowd Model.asset");
        ModelAsset.Write(package, path, model);
        output.WriteLine($"{trainer.Result().Message} {path}");
        return 0;
    }

    /// <summary>The share of 200 strollers that go the right way round 4 s after each of four rings.</summary>
    private static double Agreement(SequenceModel? model)
    {
        var random = new RandomSource(99);
        var plaza = new Plaza();
        Stroller[] strollers = Enumerable.Range(0, 200).Select(_ => new Stroller(plaza, random)).ToArray();
        StrollTeacher[] teachers = strollers.Select(_ => new StrollTeacher()).ToArray();
        using Policy? policy = model == null ? null : Policy.Open(model, strollers.Length);
        float[] observations = new float[strollers.Length * Stroller.Observations], actions = new float[strollers.Length * 2];
        int right = 0;
        for (int t = 0; t < 1000; t++)
        {
            if (t % 250 == 50) plaza.Ring(t % 500 == 50 ? 1 : -1);
            plaza.Step();
            for (int i = 0; i < strollers.Length; i++)
            {
                Span<float> observation = observations.AsSpan(i * Stroller.Observations, Stroller.Observations);
                strollers[i].Observe(observation);
                teachers[i].Decide(observation, [], actions.AsSpan(2 * i, 2));
            }

            policy?.Act(observations, [], actions);
            for (int i = 0; i < strollers.Length; i++) strollers[i].Act([], actions.AsSpan(2 * i, 2));
            if (t % 250 == 0 && t > 0) right += strollers.Count(stroller => stroller.Turning * plaza.Pitch > 0.02f);
        }

        return right / (3.0 * strollers.Length);
    }

    private static List<Episode> Record(EpisodeLayout layout, RandomSource random)
    {
        var plaza = new Plaza();
        Stroller[] strollers = Enumerable.Range(0, StrollersEach).Select(_ => new Stroller(plaza, random)).ToArray();
        StrollTeacher[] teachers = strollers.Select(_ => new StrollTeacher()).ToArray();
        var observations = strollers.Select(_ => new float[Steps * Stroller.Observations]).ToArray();
        var actions = strollers.Select(_ => new float[Steps * 2]).ToArray();
        float[] drift = new float[StrollersEach], done = new float[2];
        int toRing = random.Next(100);
        for (int t = 0; t < Steps; t++)
        {
            plaza.Step();
            if (toRing-- == 0)
            {
                plaza.Ring(random.Next(2) == 0 ? 1 : -1);
                toRing = 60 + random.Next(160);
            }

            for (int i = 0; i < StrollersEach; i++)
            {
                Span<float> observation = observations[i].AsSpan(t * Stroller.Observations, Stroller.Observations), action = actions[i].AsSpan(2 * t, 2);
                strollers[i].Observe(observation);
                teachers[i].Decide(observation, [], action);
                // It is pushed off its way now and then, for a while.
                drift[i] = 0.95f * drift[i] + 0.12f * random.NextGaussian();
                (done[0], done[1]) = (action[0] + drift[i], action[1] + 0.1f * random.NextGaussian());
                strollers[i].Act([], done);
            }
        }

        return observations.Select((observed, i) => new Episode(layout, observed, null, actions[i])).ToList();
    }
}
