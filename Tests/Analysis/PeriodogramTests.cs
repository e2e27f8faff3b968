using System;
using System.Linq;
using NUnit.Framework;
using Recurrent.Analysis;

namespace Recurrent.Tests.Analysis
{
    public class PeriodogramTests
    {
        [Test]
        public void TwoSinesGiveTheirPowers()
        {
            // 150 steps (no power of two): period 25 with amplitude 3, period 10 with amplitude 2, on a level of 7.
            var values = new float[150];
            for (int t = 0; t < values.Length; t++) values[t] = (float)(7 + 3 * Math.Sin(2 * Math.PI * t / 25 + 1) + 2 * Math.Cos(2 * Math.PI * t / 10));
            Periodogram periodogram = Periodogram.Of(values);

            Assert.That(periodogram.PeakPeriod, Is.EqualTo(25).Within(1e-9));
            Assert.That(periodogram.Power.Length, Is.EqualTo(75));
            Assert.That(periodogram.Frequencies[5], Is.EqualTo(1 / 25.0).Within(1e-12));
            Assert.That(periodogram.Power[5], Is.EqualTo(4.5).Within(1e-5));
            Assert.That(periodogram.Power[14], Is.EqualTo(2).Within(1e-5));
            Assert.That(periodogram.Power.ToArray().Sum(), Is.EqualTo(6.5).Within(1e-5));
        }

        [Test]
        public void ThePowersAddUpToTheVariance()
        {
            foreach (int count in new[] { 2, 7, 64, 101 })
            {
                var random = new RandomSource((ulong)count);
                float[] values = Enumerable.Range(0, count).Select(_ => 3 + random.NextGaussian()).ToArray();
                double mean = values.Average(value => (double)value);
                Assert.That(Periodogram.Of(values).Power.ToArray().Sum(), Is.EqualTo(values.Average(value => (value - mean) * (value - mean))).Within(1e-9));
            }
        }

        [Test]
        public void TheFastestWaveHasItsWholePower()
        {
            Periodogram periodogram = Periodogram.Of(new float[] { 1, -1, 1, -1, 1, -1 });
            Assert.That(periodogram.PeakPeriod, Is.EqualTo(2).Within(1e-12));
            Assert.That(periodogram.Power[2], Is.EqualTo(1).Within(1e-9));
        }

        [Test]
        public void RefusesWhatDoesNotFit()
        {
            Assert.That(() => Periodogram.Of(new float[1]), Throws.ArgumentException.With.Message.Contains("at least 2 rows, got 1"));
            Assert.That(() => Periodogram.Of(new[] { 1, float.NaN }), Throws.ArgumentException);
        }
    }
}
