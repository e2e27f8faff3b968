using NUnit.Framework;
using Recurrent.Diagnostics;

namespace Recurrent.Tests.Diagnostics
{
    public sealed class RecordingComparisonTests
    {
        private static readonly RecordingLayout Layout = new RecordingLayout(RecordChannels.Hidden, 0, 0, 0, new[] { new RecordedCell("l0", "RNN", 2, 2, false) });

        [Test]
        public void IdenticalRunsDifferByExactlyZero()
        {
            DemonstrationRun run = DemonstrationRun.Train(Demonstration.Untrained);
            RecordingComparison comparison = RecordingComparison.Of(run.Record("A"), run.Record("B"));
            Assert.That(comparison.Difference.Frames, Has.All.EqualTo(0f));
            Assert.That(comparison.FirstDifference, Is.EqualTo(-1));
            foreach (RecordedTrack track in comparison.Difference.Layout.Tracks) Assert.That(comparison.Distance(track), Has.All.EqualTo(0f));
        }

        [Test]
        public void ADisturbanceIsSeenFromItsStepOn()
        {
            DemonstrationRun run = DemonstrationRun.Train(Demonstration.Untrained);
            RecordingComparison comparison = RecordingComparison.Of(run.Record("A"), run.Record("B", disturbedAt: 40));
            Assert.That(comparison.FirstDifference, Is.EqualTo(40));
        }

        [Test]
        public void StepsOfOneNumberAreSubtracted()
        {
            var a = new Recording("A", Layout, 10, new[] { 1f, 2f, 3f, 5f, 7f, 11f });
            var b = new Recording("B", Layout, 11, new[] { 0f, 1f, float.NaN, 11f, 9f, 9f });
            RecordingComparison comparison = RecordingComparison.Of(a, b);
            Assert.That(comparison.Difference.FirstStep, Is.EqualTo(11));
            Assert.That(comparison.Difference.Frames, Is.EqualTo(new[] { 3f, 4f, float.NaN, 0f }));
            Assert.That(comparison.Distance(Layout.Tracks[0])[0], Is.EqualTo(5f));
            Assert.That(comparison.FirstDifference, Is.EqualTo(0));
            Assert.That(RecordingComparison.Of(a, b, alignStarts: true).Difference.Frames[0], Is.EqualTo(1f));
        }

        [Test]
        public void WhatCannotBeComparedIsRefused()
        {
            var a = new Recording("A", Layout, 0, new[] { 1f, 2f });
            Assert.That(() => RecordingComparison.Of(a, new Recording("B", Layout, 1, new[] { 1f, 2f })), Throws.ArgumentException.With.Message.Contains("A has the steps 0 … 0, B 1 … 1"));
            var other = new RecordingLayout(RecordChannels.Hidden, 0, 0, 0, new[] { new RecordedCell("l1", "RNN", 2, 2, false) });
            Assert.That(() => RecordingComparison.Of(a, new Recording("B", other, 0, new[] { 1f, 2f })), Throws.ArgumentException.With.Message.Contains("different shapes"));
        }
    }
}
