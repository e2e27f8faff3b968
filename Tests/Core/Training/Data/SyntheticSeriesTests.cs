using System;
using NUnit.Framework;

namespace Recurrent.Tests
{
    public class SyntheticSeriesTests
    {
        [Test]
        public void SineHasItsPeriod()
        {
            float[] values = SyntheticSeries.Sine(60, new RandomSource(1), noise: 0, samplesPerPeriod: 12);
            float[] firstQuarter = { 0, 0.5f, 0.8660254f, 1 };
            Assert.That(values[..4], Is.EqualTo(firstQuarter).Within(1e-6f));
            for (int i = 12; i < 60; i++) Assert.That(values[i], Is.EqualTo(values[i - 12]).Within(1e-6f));
        }

        [Test]
        public void AliasedSineIsOneSlowPeriod()
        {
            const int count = 1000;
            float[] values = SyntheticSeries.AliasedSine(count, new RandomSource(1), noise: 0);
            for (int i = 0; i < count; i++)
            {
                Assert.That(values[i], Is.EqualTo(Math.Sin(2 * Math.PI * i / (count - 1))).Within(1e-6));
                // What the tutorial writes: sin(linspace(0, count * 2 * pi, count)).
                Assert.That(values[i], Is.EqualTo(Math.Sin(count * 2 * Math.PI * (i / (count - 1.0)))).Within(1e-6));
            }
        }

        [Test]
        public void TheNoiseHasItsDeviationAndItsSeed()
        {
            float[] clean = SyntheticSeries.Sine(20000, new RandomSource(3), noise: 0);
            float[] noisy = SyntheticSeries.Sine(20000, new RandomSource(3), noise: 0.25f);
            double sum = 0, squares = 0;
            for (int i = 0; i < clean.Length; i++)
            {
                sum += noisy[i] - clean[i];
                squares += Math.Pow(noisy[i] - clean[i], 2);
            }
            Assert.That(sum / clean.Length, Is.EqualTo(0).Within(4 * 0.25 / Math.Sqrt(20000)));
            Assert.That(Math.Sqrt(squares / clean.Length), Is.EqualTo(0.25).Within(4 * 0.25 / Math.Sqrt(2 * 20000)));
            Assert.That(SyntheticSeries.Sine(20000, new RandomSource(3), noise: 0.25f), Is.EqualTo(noisy));
            Assert.That(SyntheticSeries.AliasedSine(100, new RandomSource(4))[50], Is.Not.EqualTo(SyntheticSeries.AliasedSine(100, new RandomSource(5))[50]));
        }

        [Test]
        public void RefusesWhatCannotBe()
        {
            Assert.That(() => SyntheticSeries.Sine(10, new RandomSource(1), samplesPerPeriod: 2), Throws.InstanceOf<ArgumentOutOfRangeException>().With.Message.Contains("more than 2 samples per period, got 2"));
            Assert.That(() => SyntheticSeries.Sine(0, new RandomSource(1)), Throws.InstanceOf<ArgumentOutOfRangeException>());
            Assert.That(() => SyntheticSeries.Sine(10, new RandomSource(1), noise: -1), Throws.InstanceOf<ArgumentOutOfRangeException>());
            Assert.That(() => SyntheticSeries.AliasedSine(1, new RandomSource(1)), Throws.InstanceOf<ArgumentOutOfRangeException>());
        }
    }
}
