using System;
using System.Linq;
using NUnit.Framework;

namespace Recurrent.Tests
{
    [TestFixture]
    public sealed class RollingOriginTests
    {
        [Test]
        public void ADirectModelForecastsAllStepsAtOnce()
        {
            // Values are their rows; forecasts are x + 1 and x + 4, the truth x + 1 and x + 2.
            SeriesDataset data = ForecastingExamples.Counting(20, lookBack: 3, horizon: 2);
            RollingOrigin rolling = RollingOrigin.Run(ForecastingExamples.Linear(1, new float[] { 1, 1 }, new float[] { 1, 4 }), data, 15, 19, 2);
            Assert.That((rolling.Origins, rolling.FirstRow, rolling.Horizon, rolling.Targets), Is.EqualTo((3, 15, 2, 1)));
            Assert.That(rolling.Forecasts.ToArray(), Is.EqualTo(new float[] { 15, 18, 16, 19, 17, 20 }));
            Assert.That(rolling.Truth.ToArray(), Is.EqualTo(new float[] { 15, 16, 16, 17, 17, 18 }));
            Assert.That(rolling.RootMeanSquaredError(1), Is.EqualTo(0));
            Assert.That(rolling.RootMeanSquaredError(2), Is.EqualTo(2));
            Assert.That(rolling.MeanAbsoluteError(2), Is.EqualTo(2));
        }

        [Test]
        public void AModelOfOneStepIsFedItsOwnForecasts()
        {
            // In the unit of the values x' = 0.5 x + 6: scaled with offset 10 and scale 2, z' = 0.5 z + 0.5.
            SequenceModel model = ForecastingExamples.Linear(1, new[] { 0.5f }, new[] { 0.5f });
            model.InputScaler = Scaler.FromMetadata("standard offset=10 scale=2");
            model.TargetScaler = Scaler.FromMetadata("standard offset=10 scale=2");
            RollingOrigin rolling = RollingOrigin.Run(model, ForecastingExamples.Counting(20, lookBack: 2, scaler: model.InputScaler), 17, 20, 3);
            Assert.That(rolling.Forecasts.ToArray(), Is.EqualTo(new[] { 14, 13, 12.5f }));
            Assert.That(rolling.Truth.ToArray(), Is.EqualTo(new float[] { 17, 18, 19 }));
        }

        [Test]
        public void ExogenousColumnsKeepTheirLastValues()
        {
            // Columns t and 100 + t; forecast x' = x + 0.01 e.
            RollingOrigin rolling = RollingOrigin.Run(ForecastingExamples.Linear(2, new[] { 1, 0.01f }, new float[1]), ForecastingExamples.Counting(20, lookBack: 2, columns: 2), 11, 14, 3);
            Assert.That(rolling.Forecasts.ToArray(), Is.EqualTo(new[] { 11.1f, 12.2f, 13.3f }).Within(1e-5));
            Assert.That(rolling.Truth.ToArray(), Is.EqualTo(new float[] { 11, 12, 13 }));
        }

        [Test]
        public void CarriesTheStateWhileItFeedsBack()
        {
            var random = new RandomSource(2);
            SeriesDataset data = SeriesDataset.FromValues(Enumerable.Range(0, 60).Select(_ => 5 + 2 * random.NextGaussian()).ToArray(), 4, 1, 0.1, 0.3);
            SequenceModel model = ForecastingExamples.Recurrent(data);
            RollingOrigin rolling = RollingOrigin.Run(model, data, 50, 60, 3);
            using SequenceStream stream = model.OpenStream();
            for (int origin = 0; origin < rolling.Origins; origin++)
            {
                stream.Reset();
                var output = new float[1];
                for (int t = 46; t < 50; t++) stream.Step(data.Scaled.Span.Slice(origin + t, 1), output);
                for (int step = 0; step < 3; step++)
                {
                    Assert.That(rolling.Forecasts[origin * 3 + step], Is.EqualTo(output[0] * data.TargetScaler.Scale[0] + data.TargetScaler.Offset[0]).Within(1e-5));
                    stream.Step((float[])output.Clone(), output);
                }
            }
        }

        [Test]
        public void NaiveForecastsHaveTheSameOrigins()
        {
            SeriesDataset data = ForecastingExamples.Counting(30, lookBack: 3);
            RollingOrigin last = RollingOrigin.Naive(data, 20, 30, 4), season = RollingOrigin.Naive(data, 20, 30, 4, season: 6);
            Assert.That(last.Origins, Is.EqualTo(7));
            Assert.That(Enumerable.Range(1, 4).Select(step => last.RootMeanSquaredError(step)), Is.EqualTo(new[] { 1.0, 2, 3, 4 }));
            Assert.That(Enumerable.Range(1, 4).Select(step => season.MeanAbsoluteError(step)), Is.EqualTo(new[] { 6.0, 6, 6, 6 }));
        }

        [Test]
        public void MeasuresABandAndWhatItHolds()
        {
            SeriesDataset data = ForecastingExamples.Counting(60, lookBack: 3);
            SequenceModel model = ForecastingExamples.Linear(1, new float[] { 1 }, new float[] { 0 }); // the last value: always 1 and 2 too low
            ResidualBand band = RollingOrigin.Run(model, data, 10, 30, 2).FitBand();
            RollingOrigin test = RollingOrigin.Run(model, data, 30, 60, 2);
            Assert.That(band.Quantile(1, 40, 0.5), Is.EqualTo(42).Within(1e-4));
            Assert.That(test.Coverage(band, 0.9, 1), Is.EqualTo(1));
            RollingOrigin other = RollingOrigin.Run(ForecastingExamples.Linear(1, new float[] { 1, 1 }, new float[] { 0, 5 }), ForecastingExamples.Counting(60, lookBack: 3, horizon: 2), 30, 60, 2);
            Assert.That(other.Coverage(band, 0.9), Is.EqualTo(0.5), "the second step lies outside");
        }

        [Test]
        public void RefusesPartsAndModelsThatDoNotFit()
        {
            SeriesDataset data = ForecastingExamples.Counting(20, lookBack: 3);
            SequenceModel model = ForecastingExamples.Linear(1, new float[] { 1, 1 }, new float[2]);
            Assert.That(() => RollingOrigin.Run(model, data, 10, 20, 3), Throws.ArgumentException.With.Message.Contains("has 2 outputs, expected 3 for 3 steps at once, or 1 for one step that is fed back"));
            Assert.That(() => RollingOrigin.Run(model, data, 19, 20, 2), Throws.ArgumentException.With.Message.Contains("no room for a horizon of 2"));
            Assert.That(() => RollingOrigin.Run(model, data, 2, 20, 2), Throws.InstanceOf<ArgumentOutOfRangeException>().With.Message.Contains("at least 3 (the look-back), got 2"));
            Assert.That(() => RollingOrigin.Run(ForecastingExamples.Linear(2, new float[2], new float[1]), data, 10, 20, 1), Throws.ArgumentException.With.Message.Contains("has 2 inputs, expected 1"));
            Assert.That(() => RollingOrigin.Naive(data, 10, 20, 2).RootMeanSquaredError(3), Throws.InstanceOf<ArgumentOutOfRangeException>());
            Assert.That(() => RollingOrigin.Naive(data, 10, 20, 1).Coverage(RollingOrigin.Naive(data, 4, 20, 2).FitBand(), 0.9), Throws.ArgumentException.With.Message.Contains("the band is of 2"));
        }
    }
}
