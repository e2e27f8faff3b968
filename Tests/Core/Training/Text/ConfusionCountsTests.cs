using System;
using NUnit.Framework;

namespace Recurrent.Tests
{
    [TestFixture]
    public sealed class ConfusionCountsTests
    {
        // True walk: 30 right, 10 taken for jump; true jump: 5 taken for walk, 15 right, 5 taken for idle.
        private static ConfusionCounts Example()
        {
            var counts = new ConfusionCounts(new Vocabulary(new[] { "walk", "jump", "idle" }));
            foreach ((int truth, int predicted, int times) in new[] { (0, 0, 30), (0, 1, 10), (1, 0, 5), (1, 1, 15), (1, 2, 5) })
                for (int i = 0; i < times; i++) counts.Add(truth, predicted);
            return counts;
        }

        [Test]
        public void CountsWhatIsTakenForWhat()
        {
            ConfusionCounts counts = Example();
            Assert.That(counts.ToArray(), Is.EqualTo(new[] { 30, 10, 0, 5, 15, 5, 0, 0, 0 }));
            Assert.That(new[] { counts.Count, counts[1, 2], counts.CountOf(1), counts.CountOf(2) }, Is.EqualTo(new[] { 65, 5, 25, 0 }));
        }

        [Test]
        public void SharesFollowFromTheCounts()
        {
            ConfusionCounts counts = Example();
            Assert.That(counts.Accuracy, Is.EqualTo(45.0 / 65));
            Assert.That(counts.MajorityShare, Is.EqualTo(40.0 / 65));
            Assert.That(counts.Recall(0), Is.EqualTo(0.75));
            Assert.That(counts.Recall(1), Is.EqualTo(0.6));
            Assert.That(counts.Precision(0), Is.EqualTo(30.0 / 35));
            Assert.That(counts.Precision(2), Is.EqualTo(0));
            Assert.That(counts.BalancedAccuracy, Is.EqualTo((0.75 + 0.6) / 2).Within(1e-15), "a class without examples has no part in the mean");
        }

        [Test]
        public void WhatHasNoExamplesHasNoShare()
        {
            Assert.That(Example().Recall(2), Is.NaN);
            var none = new ConfusionCounts(new Vocabulary(new[] { "a", "b" }));
            foreach (double share in new[] { none.Accuracy, none.MajorityShare, none.BalancedAccuracy, none.Precision(0) }) Assert.That(share, Is.NaN);
        }

        [Test]
        public void RefusesWhatIsNoClass()
        {
            Assert.That(() => Example().Add(3, 0), Throws.InstanceOf<ArgumentOutOfRangeException>().With.Message.Contains("expected classes 0 to 2, got 3 taken for 0"));
            Assert.That(() => Example()[0, -1], Throws.InstanceOf<ArgumentOutOfRangeException>());
        }
    }
}
