using System;
using System.Collections.Generic;
using System.Linq;
using NUnit.Framework;
using Recurrent.Tests.Diagnostics;

namespace Recurrent.Tests
{
    public sealed class PolicyTests
    {
        private static readonly EpisodeLayout Layout = EpisodeExamples.Everything;

        private static SequenceModel Model()
        {
            var model = new SequenceModel(new GRU(3, 6, seed: 3), new Linear(6, PolicyLoss.OutputSizeOf(Layout), seed: 4));
            model.InputScaler = EpisodeDataset.Fit(new StandardScaler(), new[] { EpisodeExamples.Draw(Layout, 20, 5) });
            return Policy.Describe(model, Layout);
        }

        [Test]
        public void ActsOnScaledObservationsWithItsState()
        {
            SequenceModel model = Model();
            Episode episode = EpisodeExamples.Draw(Layout, 6, 6);
            using Policy policy = Policy.Open(model);
            using SequenceStream stream = model.OpenStream();
            var discrete = new int[2];
            var continuous = new float[2];
            var scaled = new float[3];
            var output = new float[9];
            for (int t = 0; t < episode.Steps; t++)
            {
                policy.Act(episode.Observation(t), discrete, continuous, episode.Mask(t));
                model.InputScaler!.Transform(episode.Observation(t), scaled);
                stream.Step(scaled, output);
                Assert.That(policy.Output.ToArray(), Is.EqualTo(output));
                bool[] mask = episode.Mask(t).ToArray();
                Assert.That(discrete[0], Is.EqualTo(Enumerable.Range(0, 3).Where(i => mask[i]).OrderByDescending(i => output[i]).First()));
                Assert.That(discrete[1], Is.EqualTo(Enumerable.Range(0, 2).Where(i => mask[3 + i]).OrderByDescending(i => output[3 + i]).First()));
                Assert.That(continuous, Is.EqualTo(new[] { output[5], output[6] }), "the means");
            }
        }

        [Test]
        public void SeveralAgentsActTogetherAsEachWouldAlone()
        {
            SequenceModel model = Model();
            Episode[] episodes = { EpisodeExamples.Draw(Layout, 4, 7), EpisodeExamples.Draw(Layout, 4, 8) };
            using Policy both = Policy.Open(model, batch: 2);
            var discrete = new int[4];
            var continuous = new float[4];
            using Policy first = Policy.Open(model), second = Policy.Open(model);
            int[] one = new int[2], two = new int[2];
            float[] c1 = new float[2], c2 = new float[2];
            for (int t = 0; t < 4; t++)
            {
                if (t == 2)
                {
                    both.Reset(1);
                    second.Reset();
                }
                both.Act(episodes.SelectMany(episode => episode.Observation(t).ToArray()).ToArray(), discrete, continuous, episodes.SelectMany(episode => episode.Mask(t).ToArray()).ToArray());
                first.Act(episodes[0].Observation(t), one, c1, episodes[0].Mask(t));
                second.Act(episodes[1].Observation(t), two, c2, episodes[1].Mask(t));
                Assert.That(discrete, Is.EqualTo(one.Concat(two)));
                Assert.That(continuous, Is.EqualTo(c1.Concat(c2)).Within(1e-6f));
            }
        }

        [Test]
        public void AFileIsAllThatAGameNeeds()
        {
            using var folder = new TemporaryFolder();
            SequenceModel model = Model();
            model.Save(folder["npc.safetensors"]);
            using Policy a = Policy.Open(model), b = Policy.Load(folder["npc.safetensors"]);
            Assert.That(b.Layout.Matches(Layout));
            Episode episode = EpisodeExamples.Draw(Layout, 5, 9);
            a.Sampler = new ActionSampler(new RandomSource(1), 0.8f, topK: 2);
            b.Sampler = new ActionSampler(new RandomSource(1), 0.8f, topK: 2);
            Assert.That(Play(a, episode), Is.EqualTo(Play(b, episode)));
            new SequenceModel(new GRU(3, 6), new Linear(6, 9)).Save(folder["other.safetensors"]);
            Assert.That(() => Policy.Load(folder["other.safetensors"]), Throws.TypeOf<ModelFileException>().With.Message.Contains("no 'episode_layout' in its metadata"));
            model.Metadata[Policy.LayoutKey] = new EpisodeLayout(3, new[] { 2 }).ToMetadata();
            model.Save(folder["other.safetensors"]);
            Assert.That(() => Policy.Load(folder["other.safetensors"]), Throws.TypeOf<ModelFileException>().With.Message.Contains("3 inputs and 9 outputs, expected 3 and 2"));
            model.Metadata[Policy.LayoutKey] = "{";
            model.Save(folder["other.safetensors"]);
            Assert.That(() => Policy.Load(folder["other.safetensors"]), Throws.TypeOf<ModelFileException>());
        }

        [Test]
        public void GoesOnFromASnapshot()
        {
            using Policy policy = Policy.Open(Model());
            Episode episode = EpisodeExamples.Draw(Layout, 5, 10);
            Play(policy, episode);
            float[] snapshot = policy.Snapshot();
            string after = Play(policy, episode);
            policy.Restore(snapshot);
            Assert.That(Play(policy, episode), Is.EqualTo(after));
            policy.Reset();
            Assert.That(Play(policy, episode), Is.Not.EqualTo(after));
        }

        [Test]
        public void AStepAllocatesNothing()
        {
            using Policy policy = Policy.Open(Model());
            policy.Sampler = new ActionSampler(new RandomSource(11), 0.8f, topK: 2);
            Episode episode = EpisodeExamples.Draw(Layout, 3, 12);
            var discrete = new int[2];
            var continuous = new float[2];
            void Act()
            {
                for (int t = 0; t < episode.Steps; t++) policy.Act(episode.Observation(t), discrete, continuous, episode.Mask(t));
            }
            Act();
            Assert.That(Allocated.By(Act), Is.EqualTo(0));
        }

        [Test]
        public void RefusesABadStepAndKeepsItsState()
        {
            using Policy policy = Policy.Open(Model());
            var discrete = new int[2];
            var continuous = new float[2];
            float[] seen = { 1, 2, 3 };
            policy.Act(seen, discrete, continuous);
            float[] before = policy.Snapshot();
            Assert.That(() => policy.Act(seen.AsSpan(1), discrete, continuous), Throws.ArgumentException.With.Message.Contains("got 2 observations, expected 3"));
            Assert.That(() => policy.Act(seen, discrete), Throws.ArgumentException.With.Message.Contains("got 0 continuous actions, expected 2"));
            Assert.That(() => policy.Act(new[] { 1, float.NaN, 3 }, discrete, continuous), Throws.ArgumentException.With.Message.Contains("row 0, observation 'angle' is NaN"));
            Assert.That(() => policy.Act(seen, discrete, continuous, new[] { true, true, true, false, false }), Throws.ArgumentException.With.Message.Contains("the mask forbids all 2 actions of branch 'fire'"));
            Assert.That(() => policy.Act(seen, discrete, continuous, new bool[4]), Throws.ArgumentException.With.Message.Contains("got 4 entries in the mask, expected 5"));
            Assert.That(policy.Snapshot(), Is.EqualTo(before));
            Assert.That(() => Policy.Describe(new SequenceModel(new Linear(3, 8)), Layout), Throws.ArgumentException.With.Message.Contains("3 inputs and 8 outputs, expected 3 and 9"));
        }

        /// <summary>
        /// What is done depends on what was seen a step before: the first branch repeats it, unless it is forbidden, and the continuous action is twice what is seen, with
        /// noise whose deviation the policy has to find.
        /// </summary>
        [Test]
        public void LearnsSeveralBranchesMasksAndAnUncertainty()
        {
            var layout = new EpisodeLayout(1, new[] { 3, 2 }, 1, hasMasks: true);
            IReadOnlyList<Episode> Draw(int count, ulong seed)
            {
                var random = new RandomSource(seed);
                return Enumerable.Range(0, count).Select(_ =>
                {
                    int steps = 6 + random.Next(5);
                    var seen = new float[steps];
                    var discrete = new int[2 * steps];
                    var continuous = new float[steps];
                    var masks = new bool[5 * steps];
                    for (int t = 0; t < steps; t++)
                    {
                        seen[t] = random.Next(3);
                        int before = t > 0 ? (int)seen[t - 1] : 0, forbidden = random.Next(3);
                        for (int m = 0; m < 5; m++) masks[5 * t + m] = m != forbidden;
                        discrete[2 * t] = before != forbidden ? before : (before + 1) % 3;
                        discrete[2 * t + 1] = before == 2 ? 1 : 0;
                        continuous[t] = 2 * seen[t] + 0.2f * random.NextGaussian();
                    }
                    return new Episode(layout, seen, discrete, continuous, masks);
                }).ToList();
            }
            IReadOnlyList<Episode> train = Draw(60, 1), test = Draw(20, 2);
            var model = Policy.Describe(new SequenceModel(new GRU(1, 16, seed: 1), new Linear(16, PolicyLoss.OutputSizeOf(layout), seed: 2)), layout);
            model.InputScaler = EpisodeDataset.Fit(new StandardScaler(), train);
            using (var trainer = new Trainer(model, new PolicyLoss(layout), new Adam(1e-2f), new TrainingOptions { BatchSize = 8, Threads = 1, ClipNorm = 1 }))
                trainer.Fit(new EpisodeDataset(train, model.InputScaler), null, 60);

            using Policy policy = Policy.Open(model);
            var action = new int[2];
            var steer = new float[1];
            int right = 0, free = 0, steps = 0;
            double error = 0, deviation = 0;
            foreach (Episode episode in test)
            {
                policy.Reset();
                for (int t = 0; t < episode.Steps; t++, steps++)
                {
                    policy.Act(episode.Observation(t), action, steer, episode.Mask(t));
                    Assert.That(episode.Mask(t)[action[0]], "a forbidden action is never taken");
                    if (episode.Mask(t)[t > 0 ? (int)episode.Observation(t - 1)[0] : 0])
                    {
                        free++;
                        if (action[0] == episode.Discrete(t)[0]) right++;
                    }
                    if (action[1] != episode.Discrete(t)[1]) error += 1e6;
                    error += Math.Pow(steer[0] - 2 * episode.Observation(t)[0], 2);
                    deviation += Math.Exp(0.5 * policy.Output[6]);
                }
            }
            Assert.That(right / (double)free, Is.GreaterThan(0.97));
            Assert.That(Math.Sqrt(error / steps), Is.LessThan(0.2));
            Assert.That(deviation / steps, Is.EqualTo(0.2).Within(0.05));
        }

        private static string Play(Policy policy, Episode episode)
        {
            var discrete = new int[2];
            var continuous = new float[2];
            return string.Join("; ", Enumerable.Range(0, episode.Steps).Select(t =>
            {
                policy.Act(episode.Observation(t), discrete, continuous, episode.Mask(t));
                return string.Join(" ", discrete) + " " + string.Join(" ", TrainingExamples.Bits(continuous));
            }));
        }
    }
}
