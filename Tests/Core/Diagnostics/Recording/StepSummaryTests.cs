using NUnit.Framework;
using Recurrent.Diagnostics;

namespace Recurrent.Tests.Diagnostics
{
    public sealed class StepSummaryTests
    {
        private static readonly RecordingLayout Layout = RecordingLayout.Of(Network, new SequenceStream(Network).Watch(), RecordChannels.Hidden | RecordChannels.Gates | RecordChannels.Input, 0);

        private static SequenceModel Network => new SequenceModel(new LSTM(1, 2, seed: 1), new GRU(2, 1, seed: 2));

        // input; h i f g o of the LSTM; h r z n of the GRU.
        private static float[] Step => new[] { 50f, 3f, 4f, 0.05f, 0.5f, 0.95f, 0.9f, -0.99f, 0.99f, 0.1f, 0.2f, -2f, 0.01f, 0.99f, 0.99f };

        [Test]
        public void TheLargestStateAndTheSaturatedGatesAreFound()
        {
            StepSummary summary = StepSummary.Of(Layout, Step);
            Assert.That(summary.HiddenNorm, Is.EqualTo(5f));
            Assert.That(summary.GateValues, Is.EqualTo(8), "candidates are none");
            Assert.That(summary.Saturated, Is.EqualTo(4), "0.05, 0.95, 0.01, 0.99; not 0.9 and 0.1");
            Assert.That(summary.NotFinite, Is.Zero);
        }

        [Test]
        public void WhatIsNotFiniteIsCountedAndSaidByTheNorm()
        {
            float[] step = Step;
            (step[0], step[2], step[7], step[13]) = (float.NaN, float.NaN, float.PositiveInfinity, float.NaN);
            StepSummary summary = StepSummary.Of(Layout, step);
            Assert.That(summary.HiddenNorm, Is.NaN);
            Assert.That(summary.NotFinite, Is.EqualTo(3), "an input is no state");
            Assert.That(summary.Saturated, Is.EqualTo(3));
        }

        [Test]
        public void AnotherWidthIsRefused() => Assert.That(() => StepSummary.Of(Layout, new float[3]), Throws.ArgumentException.With.Message.StartsWith("StepSummary: the step has 3 numbers, expected 15."));
    }
}
