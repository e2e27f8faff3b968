using System;
using NUnit.Framework;
using Recurrent.Tests.Diagnostics;

namespace Recurrent.Tests
{
    public sealed class ActionSamplerTests
    {
        private static readonly float[] Logits = { 1, 3, -1, 2, 3 };

        private static double[] Shares(ActionSampler sampler, bool[]? allowed = null, int draws = 20000)
        {
            var shares = new double[Logits.Length];
            for (int i = 0; i < draws; i++) shares[sampler.Draw(Logits, allowed)] += 1.0 / draws;
            return shares;
        }

        private static double[] Softmax(double temperature, params int[] actions)
        {
            var shares = new double[Logits.Length];
            double sum = 0;
            foreach (int action in actions) sum += Math.Exp(Logits[action] / temperature);
            foreach (int action in actions) shares[action] = Math.Exp(Logits[action] / temperature) / sum;
            return shares;
        }

        [Test]
        public void GreedyTakesTheFirstOfTheMostLikelyThatAreAllowed()
        {
            Assert.That(ActionSampler.Greedy.Draw(Logits), Is.EqualTo(1));
            Assert.That(ActionSampler.Greedy.Draw(Logits, new[] { true, false, true, true, false }), Is.EqualTo(3));
            Assert.That(new ActionSampler(new RandomSource(1), temperature: 0).Draw(Logits), Is.EqualTo(1));
            Assert.That(new ActionSampler(new RandomSource(1), temperature: 50, topK: 1).Draw(Logits), Is.EqualTo(1));
            Assert.That(ActionSampler.Greedy.Draw(0.7f, 3f), Is.EqualTo(0.7f));
            Assert.That(ActionSampler.Greedy.Draw(new[] { float.NegativeInfinity, -5 }), Is.EqualTo(1));
        }

        [Test]
        public void DrawsAsOftenAsTheSoftmaxSays()
        {
            Assert.That(Shares(new ActionSampler(new RandomSource(2))), Is.EqualTo(Softmax(1, 0, 1, 2, 3, 4)).Within(0.015));
            Assert.That(Shares(new ActionSampler(new RandomSource(3), temperature: 2.5f)), Is.EqualTo(Softmax(2.5, 0, 1, 2, 3, 4)).Within(0.015));
            Assert.That(Shares(new ActionSampler(new RandomSource(4)), new[] { true, false, true, true, false }), Is.EqualTo(Softmax(1, 0, 2, 3)).Within(0.015));
        }

        [Test]
        public void TopKDrawsFromTheMostLikelyAllowedOnes()
        {
            Assert.That(Shares(new ActionSampler(new RandomSource(5), 2, topK: 3)), Is.EqualTo(Softmax(2, 1, 3, 4)).Within(0.015));
            Assert.That(Shares(new ActionSampler(new RandomSource(6), 2, topK: 2), new[] { true, false, true, true, true }), Is.EqualTo(Softmax(2, 3, 4)).Within(0.015));
            Assert.That(Shares(new ActionSampler(new RandomSource(7), 1, topK: 99)), Is.EqualTo(Softmax(1, 0, 1, 2, 3, 4)).Within(0.015));
        }

        [Test]
        public void AContinuousActionHasThePolicysMeanAndTheTemperaturesShareOfItsDeviation()
        {
            var sampler = new ActionSampler(new RandomSource(8), temperature: 0.5f);
            double sum = 0, squares = 0;
            const int draws = 20000;
            for (int i = 0; i < draws; i++)
            {
                double x = sampler.Draw(3f, MathF.Log(4)) - 3;
                sum += x;
                squares += x * x;
            }
            Assert.That(sum / draws, Is.EqualTo(0).Within(0.03));
            Assert.That(Math.Sqrt(squares / draws), Is.EqualTo(0.5 * 2).Within(0.02));
            Assert.That(sampler.Draw(3f, -200f), Is.EqualTo(3).Within(0.005), "as narrow as training allows, and no narrower");
        }

        [Test]
        public void TheSameSeedDrawsTheSame()
        {
            ActionSampler a = new ActionSampler(new RandomSource(9)), b = new ActionSampler(new RandomSource(9));
            for (int i = 0; i < 100; i++) Assert.That(a.Draw(Logits), Is.EqualTo(b.Draw(Logits)));
        }

        [Test]
        public void DrawingAllocatesNothing()
        {
            var sampler = new ActionSampler(new RandomSource(10), 0.7f, topK: 3);
            bool[] allowed = { true, true, true, false, true };
            sampler.Draw(Logits, allowed);
            Assert.That(Allocated.By(() =>
            {
                sampler.Draw(Logits, allowed);
                sampler.Draw(1f, 0f);
            }), Is.EqualTo(0));
        }

        [Test]
        public void RefusesWhatCannotBeDrawnFrom()
        {
            Assert.That(() => ActionSampler.Greedy.Draw(Logits, new bool[5]), Throws.ArgumentException.With.Message.Contains("the mask forbids all 5 actions"));
            Assert.That(() => ActionSampler.Greedy.Draw(Logits, new bool[4]), Throws.ArgumentException.With.Message.Contains("the mask has 4 entries, expected 5"));
            Assert.That(() => ActionSampler.Greedy.Draw(new[] { 1, float.NaN }), Throws.ArgumentException.With.Message.Contains("logit 1 is NaN"));
            Assert.That(() => new ActionSampler(new RandomSource(1), -1), Throws.InstanceOf<ArgumentOutOfRangeException>());
            Assert.That(() => new ActionSampler(new RandomSource(1), 1, -1), Throws.InstanceOf<ArgumentOutOfRangeException>());
        }
    }
}
