using System;
using System.Linq;
using NUnit.Framework;
using Recurrent.Analysis;

namespace Recurrent.Tests.Analysis
{
    public class RidgeAutoregressionTests
    {
        [Test]
        public void RecoversTheCoefficientsOfASecondOrderProcess()
        {
            // y_t = 3 + 1.2 y_{t-1} - 0.6 y_{t-2} + N(0, 0.5²)
            var random = new RandomSource(11);
            var series = new float[20000];
            for (int t = 2; t < series.Length; t++) series[t] = 3 + 1.2f * series[t - 1] - 0.6f * series[t - 2] + 0.5f * random.NextGaussian();

            RidgeAutoregression model = RidgeAutoregression.Fit(new WindowDataset(series, columns: 1, lookBack: 3), lambda: 0);
            Assert.That(model.Weights.ToArray(), Is.EqualTo(new[] { 0, -0.6, 1.2 }).Within(0.03)); // the last step is the last weight
            Assert.That(model.Intercept[0], Is.EqualTo(3).Within(0.15));
        }

        [Test]
        public void ThePenaltyShrinksAsTheFormulaSays()
        {
            // One input x, one target y: w = cov(x, y) / (var(x) + λ), with x = 0, 2, 6, 4 and y = 2, 6, 4, 1:
            // means 3 and 3.25, cov = (-3·-1.25 + -1·2.75 + 3·0.75 + 1·-2.25)/4 = 0.25, var = (9 + 1 + 9 + 1)/4 = 5.
            var data = new WindowDataset(new float[] { 0, 2, 6, 4, 1 }, columns: 1, lookBack: 1);
            RidgeAutoregression free = RidgeAutoregression.Fit(data, lambda: 0), held = RidgeAutoregression.Fit(data, lambda: 5);
            Assert.That(free.Weights[0], Is.EqualTo(0.05).Within(1e-12));
            Assert.That(held.Weights[0], Is.EqualTo(0.025).Within(1e-12));
            Assert.That(held.Intercept[0], Is.EqualTo(3.25 - 0.025 * 3).Within(1e-12));
            var forecast = new float[1];
            held.Predict(new[] { 7f }, forecast);
            Assert.That(forecast[0], Is.EqualTo(3.35f).Within(1e-6f));
        }

        [Test]
        public void ForecastsSeveralStepsFromSeveralColumns()
        {
            // Column 1 is noise; column 0 follows it: a_t = 2 b_{t-1} - b_{t-2} + 1. From the window's b both next a's are known, the second but for b's next value.
            var random = new RandomSource(2);
            var series = new float[2 * 3000];
            for (int t = 0; t < 3000; t++)
            {
                series[2 * t + 1] = random.NextGaussian();
                if (t > 1) series[2 * t] = 2 * series[2 * t - 1] - series[2 * t - 3] + 1;
            }
            var data = new WindowDataset(series.AsMemory(4), columns: 2, lookBack: 2, horizon: 2, targetColumns: new[] { 0 });
            RidgeAutoregression model = RidgeAutoregression.Fit(data, lambda: 1e-9);
            Assert.That(model.Weights.Slice(0, 4).ToArray(), Is.EqualTo(new[] { 0, -1, 0, 2.0 }).Within(1e-4));
            Assert.That(model.Weights.Slice(4, 4).ToArray(), Is.EqualTo(new[] { 0, 0, 0, -1.0 }).Within(0.15));
            Assert.That(model.Intercept.ToArray(), Is.EqualTo(new[] { 1, 1.0 }).Within(0.15));
            float[] all = model.Predict(data);
            float[] input = new float[4], target = new float[2], forecast = new float[2];
            data.Read(7, input, target);
            model.Predict(input, forecast);
            Assert.That(all.Skip(14).Take(2), Is.EqualTo(forecast));
            Assert.That(forecast[0], Is.EqualTo(target[0]).Within(1e-3f));
        }

        [Test]
        public void ThePenaltyIsChosenOnValidation()
        {
            // With 30 rows of noise and 20 weights a large penalty forecasts best; on a clean sine a small one does.
            var random = new RandomSource(8);
            float[] noise = Enumerable.Range(0, 400).Select(_ => random.NextGaussian()).ToArray();
            RidgeAutoregression model = RidgeAutoregression.Fit(new WindowDataset(noise.AsMemory(0, 50), 1, 20), new WindowDataset(noise.AsMemory(50), 1, 20));
            Assert.That(model.Lambda, Is.EqualTo(10));
            float[] sine = SyntheticSeries.Sine(200, random, noise: 0);
            model = RidgeAutoregression.Fit(new WindowDataset(sine.AsMemory(0, 100), 1, 20), new WindowDataset(sine.AsMemory(100), 1, 20));
            Assert.That(model.Lambda, Is.EqualTo(1e-6));
            model = RidgeAutoregression.Fit(new WindowDataset(sine.AsMemory(0, 100), 1, 20), new WindowDataset(sine.AsMemory(100), 1, 20), new[] { 0.3, 0.1 });
            Assert.That(model.Lambda, Is.EqualTo(0.1));
        }

        [Test]
        public void RefusesWhatDoesNotFit()
        {
            var constant = new WindowDataset(new float[] { 1, 1, 1, 1, 1 }, 1, 2);
            Assert.That(() => RidgeAutoregression.Fit(constant, 0), Throws.ArgumentException.With.Message.Contains("depend on one another linearly; expected a λ above 0."));
            Assert.That(RidgeAutoregression.Fit(constant, 0.1).Predict(constant), Is.EqualTo(new[] { 1f, 1, 1 }));
            Assert.That(() => RidgeAutoregression.Fit(constant, -1), Throws.InstanceOf<ArgumentOutOfRangeException>());
            Assert.That(() => RidgeAutoregression.Fit(constant, double.NaN), Throws.InstanceOf<ArgumentOutOfRangeException>());
            Assert.That(() => RidgeAutoregression.Fit(new ArrayDataset(new float[0][], new float[0][], 1, 1), 1), Throws.ArgumentException.With.Message.Contains("got none"));
            var ragged = new ArrayDataset(new[] { new float[2], new float[3] }, new[] { new float[1], new float[1] }, 1, 1);
            Assert.That(() => RidgeAutoregression.Fit(ragged, 1), Throws.ArgumentException.With.Message.Contains("expected windows of 3 steps with 1 target row, got 2 steps with 1 (window 0)"));
            RidgeAutoregression model = RidgeAutoregression.Fit(constant, 1);
            Assert.That(() => model.Predict(new float[3], new float[1]), Throws.ArgumentException.With.Message.Contains("a window of 2 values, got 3"));
            Assert.That(() => model.Predict(new float[2], new float[2]), Throws.ArgumentException);
            Assert.That(() => model.Predict(new WindowDataset(new float[9], 1, 3)), Throws.ArgumentException.With.Message.Contains("windows of 2 values with 1 targets, got 3 with 1"));
        }
    }
}
