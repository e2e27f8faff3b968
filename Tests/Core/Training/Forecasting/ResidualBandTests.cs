using System;
using System.Linq;
using NUnit.Framework;

namespace Recurrent.Tests
{
    [TestFixture]
    public sealed class ResidualBandTests
    {
        /// <summary>Residuals −9, −8, … 9 around a forecast of 100.</summary>
        private static ResidualBand Nineteen() => ResidualBand.Fit(Enumerable.Repeat(100f, 19).ToArray(), Enumerable.Range(0, 19).Select(i => 100f + i * 7 % 19 - 9).ToArray(), 1);

        [TestCase(0.05, 91)]
        [TestCase(0.25, 95)]
        [TestCase(0.5, 100)]
        [TestCase(0.75, 105)]
        [TestCase(0.95, 109)]
        public void QuantilesCountTheValueToCome(double probability, double expected)
        {
            // Of 20 equally likely ranks, 1 lies below the smallest of 19 residuals.
            Assert.That(Nineteen().Quantile(0, 100, probability), Is.EqualTo(expected).Within(1e-4));
            Assert.That(Nineteen().Quantile(0, 40, probability), Is.EqualTo(expected - 60).Within(1e-4), "where all forecasts were alike, the spread is too");
        }

        [Test]
        public void ABandHasAsMuchOnEitherSide()
        {
            float[] low = new float[1], high = new float[1];
            Nineteen().Interval(new[] { 50f }, 0.5, low, high);
            Assert.That((low[0], high[0]), Is.EqualTo((45f, 55f)));
        }

        [TestCase(100, 0)]
        [TestCase(95, 1)]
        [TestCase(105, 1)]
        [TestCase(91, 3.321928)]
        [TestCase(109, 3.321928)]
        // Nothing lies beyond the 90 % band, so the tail is a ninth of its width of 18: e times less likely for every 2.
        [TestCase(111, 3.321928 + 1.442695)]
        [TestCase(81, 3.321928 + 5 * 1.442695)]
        public void SurpriseIsInBits(double value, double expected) => Assert.That(Nineteen().Surprise(0, 100, (float)value), Is.EqualTo(expected).Within(1e-4));

        [Test]
        public void TheBandOfNoiseHoldsItsShareOfNewNoise()
        {
            (float[] forecasts, float[] truth) = Noise(2000, 1, forecast => 3);
            ResidualBand band = ResidualBand.Fit(forecasts, truth, 1);
            Assert.That(band.Quantile(0, 50, 0.95) - 50, Is.EqualTo(3 * 1.645).Within(0.35));
            Assert.That(band.Quantile(0, 50, 0.1) - 50, Is.EqualTo(-3 * 1.2816).Within(0.3));
            Assert.That(Held(band, Noise(2000, 2, forecast => 3)), Is.EqualTo(0.9).Within(0.025));
            // Five deviations out, the normal distribution has one in 1.7 million on either side together: 20.7 bits; an exponential tail thinks it likelier.
            Assert.That(band.Surprise(0, 50, 65), Is.InRange(9, 20.7));
        }

        [Test]
        public void TheBandWidensWhereForecastsAreLessSure()
        {
            // The noise is a tenth of the forecast, and the new forecasts reach twice as high.
            ResidualBand band = Fit(Noise(2000, 3, forecast => 0.1f * forecast));
            float Width(float forecast) => band.Quantile(0, forecast, 0.95) - band.Quantile(0, forecast, 0.05);
            Assert.That(Width(100) / Width(50), Is.EqualTo(2).Within(0.2));
            Assert.That(Held(band, Noise(2000, 4, forecast => 0.1f * forecast, scale: 2)), Is.EqualTo(0.9).Within(0.03));
            Assert.That(Width(-1000), Is.GreaterThan(0), "it never vanishes");
        }

        [Test]
        public void EveryPlaceHasItsOwnResiduals()
        {
            var truth = new float[40];
            for (int i = 0; i < 20; i++) (truth[2 * i], truth[2 * i + 1]) = (i % 2 == 0 ? 1 : -1, i % 2 == 0 ? 5 : -7);
            ResidualBand band = ResidualBand.Fit(new float[40], truth, 2);
            Assert.That(band.Size, Is.EqualTo(2));
            float[] low = new float[2], high = new float[2];
            band.Interval(new float[2], 0.9, low, high);
            Assert.That(low, Is.EqualTo(new[] { -1f, -7 }).Within(1e-5));
            Assert.That(high, Is.EqualTo(new[] { 1f, 5 }).Within(1e-5));
        }

        [Test]
        public void ForecastsWithoutErrorHaveANarrowBand()
        {
            float[] values = Enumerable.Repeat(8f, 12).ToArray();
            ResidualBand band = ResidualBand.Fit(values, values, 1);
            Assert.That(band.Quantile(0, 8, 0.95), Is.EqualTo(8));
            Assert.That(band.Surprise(0, 8, 8), Is.InRange(0, 3.4));
            Assert.That(band.Surprise(0, 8, 9), Is.GreaterThan(100));
        }

        [Test]
        public void GoesThroughMetadata()
        {
            ResidualBand band = Fit(Noise(60, 5, forecast => 1 + 0.05f * forecast)), read = ResidualBand.FromMetadata(band.ToMetadata());
            foreach (double probability in new[] { 0, 0.013, 0.05, 0.5, 0.95, 1 }) Assert.That(read.Quantile(0, 33, probability), Is.EqualTo(band.Quantile(0, 33, probability)));
            foreach (float value in new[] { 10f, 31, 34, 60 }) Assert.That(read.Surprise(0, 33, value), Is.EqualTo(band.Surprise(0, 33, value)));
        }

        [Test]
        public void AllocatesNothing()
        {
            ResidualBand band = Nineteen();
            float[] low = new float[1], high = new float[1], forecast = { 100 };
            band.Interval(forecast, 0.9, low, high);
            band.Surprise(0, 100, 97);
            long before = GC.GetAllocatedBytesForCurrentThread();
            for (int i = 0; i < 10; i++)
            {
                band.Interval(forecast, 0.9, low, high);
                band.Surprise(0, 100, 97);
                band.Surprise(0, 100, 197);
            }
            Assert.That(GC.GetAllocatedBytesForCurrentThread() - before, Is.Zero);
        }

        [Test]
        public void RefusesWhatIsNoBand()
        {
            Assert.That(() => ResidualBand.Fit(new float[9], new float[9], 1), Throws.ArgumentException.With.Message.Contains("at least 10 residuals for each step, got 9"));
            Assert.That(() => ResidualBand.Fit(new float[20], new float[21], 1), Throws.ArgumentException.With.Message.Contains("got 20 and 21"));
            float[] bad = new float[20];
            bad[13] = float.NaN;
            Assert.That(() => ResidualBand.Fit(new float[20], bad, 2), Throws.ArgumentException.With.Message.Contains("row 6, column 1 holds NaN"));
            Assert.That(() => Nineteen().Quantile(0, 1, 1.1), Throws.InstanceOf<ArgumentOutOfRangeException>());
            Assert.That(() => Nineteen().Surprise(1, 1, 1), Throws.InstanceOf<ArgumentOutOfRangeException>());
            Assert.That(() => Nineteen().Interval(new float[2], 0.9, new float[2], new float[2]), Throws.ArgumentException.With.Message.Contains("at most 1 forecasts"));
            string text = Nineteen().ToMetadata();
            foreach (string wrong in new[] { "{}", "[]", "[1]", text.Replace("\"floor\":", "\"floor\":-"), text.Replace("\"quantiles\":[", "\"quantiles\":[99999,"), text.Replace("slope", "slop") })
                Assert.That(() => ResidualBand.FromMetadata(wrong), Throws.InstanceOf<FormatException>(), wrong);
        }

        private static ResidualBand Fit((float[] Forecasts, float[] Truth) noise) => ResidualBand.Fit(noise.Forecasts, noise.Truth, 1);

        private static double Held(ResidualBand band, (float[] Forecasts, float[] Truth) noise) =>
            noise.Truth.Where((value, i) => value >= band.Quantile(0, noise.Forecasts[i], 0.05) && value <= band.Quantile(0, noise.Forecasts[i], 0.95)).Count() / (double)noise.Truth.Length;

        private static (float[] Forecasts, float[] Truth) Noise(int count, ulong seed, Func<float, float> deviation, float scale = 1)
        {
            var random = new RandomSource(seed);
            float[] forecasts = new float[count], truth = new float[count];
            for (int i = 0; i < count; i++)
            {
                forecasts[i] = scale * (20 + 80 * random.NextSingle());
                truth[i] = forecasts[i] + deviation(forecasts[i]) * random.NextGaussian();
            }
            return (forecasts, truth);
        }
    }
}
