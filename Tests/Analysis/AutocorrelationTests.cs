using System;
using System.Linq;
using NUnit.Framework;
using Recurrent.Analysis;

namespace Recurrent.Tests.Analysis
{
    public class AutocorrelationTests
    {
        [Test]
        public void ByHand()
        {
            // Mean 3; deviations -2, -1, 1, 2, 0: squares 10; lag 1: 2 - 1 + 2 + 0 = 3; lag 2: -2 - 2 + 0 = -4.
            var r = new double[3];
            Autocorrelation.Of(new float[] { 1, 2, 4, 5, 3 }, r);
            Assert.That(r, Is.EqualTo(new[] { 1, 0.3, -0.4 }).Within(1e-12));
        }

        [Test]
        public void AFirstOrderProcessForgetsGeometrically()
        {
            var random = new RandomSource(5);
            var values = new float[50000];
            for (int t = 1; t < values.Length; t++) values[t] = 0.8f * values[t - 1] + random.NextGaussian();
            var r = new double[5];
            Autocorrelation.Of(values, r);
            Assert.That(r, Is.EqualTo(Enumerable.Range(0, 5).Select(k => Math.Pow(0.8, k))).Within(0.03));
        }

        [Test]
        public void AConstantSeriesHasNone()
        {
            var r = new double[3];
            Autocorrelation.Of(new[] { 0.1f, 0.1f, 0.1f, 0.1f }, r);
            Assert.That(r, Is.EqualTo(new[] { 1.0, 0, 0 }));
        }

        [Test]
        public void RefusesMoreLagsThanValues()
        {
            Assert.That(() => Autocorrelation.Of(new float[3], new double[4]), Throws.ArgumentException.With.Message.Contains("at least 4 rows, got 3"));
            Assert.That(() => Autocorrelation.Of(new[] { 1, float.NegativeInfinity }, new double[1]), Throws.ArgumentException);
        }
    }
}
