using System.Linq;
using NUnit.Framework;

namespace Recurrent.Tests
{
    public sealed class PolicyCrowdTests
    {
        private static readonly EpisodeLayout Layout = EpisodeExamples.Everything;

        private static SequenceModel Model()
        {
            var model = new SequenceModel(new GRU(3, 6, seed: 3), new Linear(6, PolicyLoss.OutputSizeOf(Layout), seed: 4));
            model.InputScaler = EpisodeDataset.Fit(new StandardScaler(), new[] { EpisodeExamples.Draw(Layout, 20, 5) });
            return Policy.Describe(model, Layout);
        }

        [Test]
        public void EachActsAsAPolicyOfItsOwn()
        {
            SequenceModel model = Model();
            Episode[] episodes = Enumerable.Range(0, 3).Select(i => EpisodeExamples.Draw(Layout, 8, 10 + (ulong)i)).ToArray();
            using var crowd = new PolicyCrowd(model, capacity: 1);
            int[] members = episodes.Select(_ => crowd.Join()).ToArray();
            ActionSampler[] samplers = episodes.Select((_, i) => new ActionSampler(new RandomSource((ulong)i), 0.7f)).ToArray();
            Policy[] alone = episodes.Select((_, i) => Policy.Open(model)).ToArray();
            for (int i = 0; i < alone.Length; i++) alone[i].Sampler = new ActionSampler(new RandomSource((ulong)i), 0.7f);
            int[] discrete = new int[2], expectedDiscrete = new int[2];
            float[] continuous = new float[2], expectedContinuous = new float[2];
            for (int t = 0; t < 8; t++)
            {
                if (t == 4) crowd.Leave(members[1]);
                for (int i = 0; i < 3; i++)
                    if (i != 1 || t < 4) crowd.Observe(members[i], episodes[i].Observation(t));
                crowd.Step();
                for (int i = 0; i < 3; i++)
                {
                    if (i == 1 && t >= 4) continue;
                    crowd.Act(members[i], samplers[i], discrete, continuous, episodes[i].Mask(t));
                    alone[i].Act(episodes[i].Observation(t), expectedDiscrete, expectedContinuous, episodes[i].Mask(t));
                    Assert.That(discrete, Is.EqualTo(expectedDiscrete));
                    Assert.That(continuous, Is.EqualTo(expectedContinuous).Within(1e-6));
                    Assert.That(crowd.Output(members[i]).ToArray(), Is.EqualTo(alone[i].Output.ToArray()).Within(1e-6));
                }
            }
            foreach (Policy policy in alone) policy.Dispose();
        }

        [Test]
        public void WhatDoesNotFitIsNamed()
        {
            SequenceModel model = Model();
            using var crowd = new PolicyCrowd(model);
            int member = crowd.Join();
            Assert.That(() => crowd.Observe(member, new float[2]), Throws.ArgumentException.With.Message.Contains("got 2 observations, expected 3"));
            Assert.That(() => crowd.Observe(member, new[] { 0f, 0f, float.NaN }), Throws.ArgumentException.With.Message.Contains("is NaN, expected a finite number"));
            Assert.That(() => crowd.Act(member, ActionSampler.Greedy, new int[1], new float[2]), Throws.ArgumentException.With.Message.Contains("got 1 discrete actions, expected 2"));
            Assert.That(() => crowd.Act(member, ActionSampler.Greedy, new int[2], new float[3]), Throws.ArgumentException.With.Message.Contains("got 3 continuous actions, expected 2"));
            Assert.That(() => crowd.Act(member, ActionSampler.Greedy, new int[2], new float[2], new bool[4]), Throws.ArgumentException.With.Message.Contains("the mask has 4 entries, expected 5"));
            Assert.That(() => new PolicyCrowd(new SequenceModel(new GRU(3, 6), new Linear(6, 9))), Throws.ArgumentException.With.Message.Contains("has no 'episode_layout'"));
            Assert.That(() => new PolicyCrowd(model, new EpisodeLayout(4, new[] { 2 })), Throws.ArgumentException.With.Message.Contains("has 3 inputs and 9 outputs, expected 4 and 2"));
        }
    }
}
