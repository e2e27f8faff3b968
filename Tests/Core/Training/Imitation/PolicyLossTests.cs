using System;
using NUnit.Framework;

namespace Recurrent.Tests
{
    public sealed class PolicyLossTests
    {
        private static readonly EpisodeLayout Plain = new EpisodeLayout(1, new[] { 3, 2 }, 2), Masked = new EpisodeLayout(1, new[] { 3, 2 }, 2, hasMasks: true);

        // Logits of both branches, two means, two log-variances.
        private static readonly float[] Prediction = { 0.5f, -1, 2, 1.5f, 0.25f, 0.75f, -0.5f, -0.3f, 0.6f };

        [Test]
        public void IsTheNegativeLogLikelihoodOfAllParts()
        {
            var loss = new PolicyLoss(Plain);
            double first = Math.Log(Math.Exp(0.5) + Math.Exp(-1) + Math.Exp(2)) - -1, second = Math.Log(Math.Exp(1.5) + Math.Exp(0.25)) - 1.5;
            double steer = 0.5 * (-0.3 + 0.25 * 0.25 * Math.Exp(0.3)), gas = 0.5 * (0.6 + 1.5 * 1.5 * Math.Exp(-0.6));
            Assert.That(loss.Evaluate(Prediction, new[] { 1f, 0, 1, 1 }), Is.EqualTo(first + second + steer + gas).Within(1e-6));
            Assert.That(loss.TargetSize(9), Is.EqualTo(4));
            Assert.That(loss.Weight(9, new[] { 1f, 0, 1, 1 }), Is.EqualTo(1));
        }

        [Test]
        public void AForbiddenActionHasNoProbabilityAndNoGradient()
        {
            var loss = new PolicyLoss(Masked);
            float[] target = { 0, 0, 1, 1, 1, 1, 0, 1, 0 };
            double first = Math.Log(Math.Exp(0.5) + Math.Exp(-1)) - 0.5;
            double steer = 0.5 * (-0.3 + 0.25 * 0.25 * Math.Exp(0.3)), gas = 0.5 * (0.6 + 1.5 * 1.5 * Math.Exp(-0.6));
            var gradient = new float[9];
            Assert.That(loss.Evaluate(Prediction, target, 2f, gradient), Is.EqualTo(first + 0 + steer + gas).Within(1e-6));
            double p = Math.Exp(0.5) / (Math.Exp(0.5) + Math.Exp(-1));
            Assert.That(gradient[0], Is.EqualTo(2 * (p - 1)).Within(1e-6));
            Assert.That(gradient[1], Is.EqualTo(2 * (1 - p)).Within(1e-6));
            Assert.That(gradient.AsSpan(2, 3).ToArray(), Is.EqualTo(new[] { 0f, 0, 0 }), "forbidden, alone allowed, forbidden");
            Assert.That(gradient[5], Is.EqualTo(2 * (0.75 - 1) * Math.Exp(0.3)).Within(1e-6));
            Assert.That(gradient[8], Is.EqualTo(1 - 1.5 * 1.5 * Math.Exp(-0.6)).Within(1e-6));
        }

        [Test]
        public void AGivenDeviationCountsRareMomentsAsMuchAsOthers()
        {
            var loss = new PolicyLoss(new EpisodeLayout(1, null, 2), deviation: 0.5f);
            float[] prediction = { 0.75f, -0.5f, -0.3f, 0.6f };
            double steer = 0.25 * 0.25 / 0.25 + Math.Pow(-0.3 - Math.Log(0.25), 2), gas = 1.5 * 1.5 / 0.25 + Math.Pow(0.6 - Math.Log(0.25), 2);
            Assert.That(loss.Evaluate(prediction, new[] { 1f, 1 }), Is.EqualTo(0.5 * (steer + gas)).Within(1e-6));
            Assert.That(() => new PolicyLoss(Plain, float.NaN), Throws.InstanceOf<ArgumentOutOfRangeException>());
            Assert.That(() => new PolicyLoss(Plain, -1), Throws.InstanceOf<ArgumentOutOfRangeException>());
        }

        [TestCase(false, 0f)]
        [TestCase(true, 0f)]
        [TestCase(true, 0.4f)]
        public void TheGradientIsThatOfTheLoss(bool masked, float deviation)
        {
            var loss = new PolicyLoss(masked ? Masked : Plain, deviation);
            float[] target = masked ? new[] { 2, 1, 0.3f, -0.8f, 0, 1, 1, 1, 1 } : new[] { 2, 1, 0.3f, -0.8f };
            var gradient = new float[9];
            loss.Evaluate(Prediction, target, 1f, gradient);
            for (int i = 0; i < 9; i++)
            {
                float[] up = (float[])Prediction.Clone(), down = (float[])Prediction.Clone();
                up[i] += 1e-2f;
                down[i] -= 1e-2f;
                Assert.That(gradient[i], Is.EqualTo((loss.Evaluate(up, target) - loss.Evaluate(down, target)) / 2e-2).Within(1e-4), $"output {i}");
            }
        }

        [Test]
        public void ABranchMayBeLargerThanTheStackHolds()
        {
            var loss = new PolicyLoss(new EpisodeLayout(1, new[] { 3000 }, hasMasks: true));
            var logits = new float[3000];
            var target = new float[3001];
            target[0] = 7;
            target[1 + 7] = target[1 + 2999] = 1;
            Assert.That(loss.Evaluate(logits, target), Is.EqualTo(Math.Log(2)).Within(1e-6));
        }

        [Test]
        public void RefusesTargetsThatCannotBeLearned()
        {
            var loss = new PolicyLoss(Masked);
            void Refuses(string reason, params float[] target) => Assert.That(() => loss.CheckTargets(9, target), Throws.ArgumentException.With.Message.Contains(reason));
            Refuses("expected an action 0 to 2 of branch 'a0', got 3", 3, 0, 0, 0, 1, 1, 1, 1, 1);
            Refuses("expected an action 0 to 1 of branch 'a1', got 0.5", 0, 0.5f, 0, 0, 1, 1, 1, 1, 1);
            Refuses("the mask forbids all 2 actions of branch 'a1'", 0, 0, 0, 0, 1, 1, 1, 0, 0);
            Refuses("the mask forbids action 0 of branch 'a0', which was taken", 0, 0, 0, 0, 0, 1, 1, 1, 0);
            Refuses("expected 0 or 1 in the mask of branch 'a0', got 0.5", 0, 0, 0, 0, 0.5f, 1, 1, 1, 0);
            Refuses("expected finite values, got NaN", 0, 0, float.NaN, 0, 1, 1, 1, 1, 1);
            Assert.That(() => loss.TargetSize(8), Throws.ArgumentException.With.Message.Contains("predictions have 8 values, expected 9 (5 logits, 2 means and as many log-variances)"));
        }
    }
}
