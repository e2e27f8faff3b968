using System;
using System.IO;
using System.Linq;
using NUnit.Framework;

namespace Recurrent.Tests
{
    [TestFixture]
    public sealed class ForecasterTests
    {
        private const int LookBack = 6, Horizon = 3;

        private static SeriesDataset Data(int columns, int horizon)
        {
            var random = new RandomSource(9);
            float[] values = Enumerable.Range(0, 90 * columns).Select(i => 40 + 9 * MathF.Sin(i / columns / 3f + i % columns) + random.NextGaussian()).ToArray();
            return SeriesDataset.FromValues(values, LookBack, horizon, 0.3, 0.3, columns);
        }

        [TestCase(1, 1, TestName = "Forecasts like a rolling origin, fed back")]
        [TestCase(1, Horizon, TestName = "Forecasts like a rolling origin, directly")]
        [TestCase(2, 1, TestName = "Forecasts like a rolling origin, with an exogenous column")]
        public void ForecastsLikeARollingOrigin(int columns, int outputs)
        {
            SeriesDataset data = Data(columns, outputs);
            SequenceModel model = ForecastingExamples.Recurrent(data, outputs);
            ResidualBand band = RollingOrigin.Run(model, data, data.FirstValidation, data.FirstTest, Horizon).FitBand();
            RollingOrigin rolling = RollingOrigin.Run(model, data, LookBack, data.Rows, Horizon);
            using var forecaster = new Forecaster(model, LookBack, Horizon, band: band) { Coverage = 0.8 };
            Assert.That(forecaster.FeedsBack, Is.EqualTo(outputs == 1));
            for (int row = 0; row < data.Rows; row++)
            {
                bool ready = forecaster.Push(data.Values.Span.Slice(row * columns, columns));
                Assert.That(ready, Is.EqualTo(row >= LookBack - 1));
                if (row < LookBack) Assert.That(forecaster.Surprise, Is.Zero);
                if (!ready)
                {
                    Assert.That(forecaster.Forecast.ToArray().Concat(forecaster.Low.ToArray()), Is.All.NaN);
                    continue;
                }
                int origin = row + 1 - LookBack;
                if (origin >= rolling.Origins) continue;
                for (int step = 0; step < Horizon; step++)
                {
                    float expected = rolling.Forecasts[origin * Horizon + step];
                    Assert.That(forecaster.Forecast[step], Is.EqualTo(expected).Within(1e-4));
                    Assert.That(forecaster.Low[step], Is.EqualTo(band.Quantile(step, expected, 0.1)).Within(1e-3));
                    Assert.That(forecaster.High[step], Is.EqualTo(band.Quantile(step, expected, 0.9)).Within(1e-3));
                }
                if (origin > 0) Assert.That(forecaster.Surprise, Is.EqualTo(band.Surprise(0, rolling.Forecasts[(origin - 1) * Horizon], data.Values.Span[row * columns])).Within(1e-2));
            }
        }

        [Test]
        public void AnOutlierSurprises()
        {
            SeriesDataset data = Data(1, 1);
            SequenceModel model = ForecastingExamples.Recurrent(data);
            using var forecaster = new Forecaster(model, LookBack, 1, band: RollingOrigin.Run(model, data, data.FirstValidation, data.FirstTest, 1).FitBand());
            double usual = 0;
            for (int row = data.FirstTest; row < data.Rows; row++)
            {
                forecaster.Push(data.Values.Span.Slice(row, 1));
                usual = Math.Max(usual, forecaster.Surprise);
            }
            forecaster.Push(new[] { 400f });
            Assert.That(forecaster.Surprise, Is.GreaterThan(3 * usual));
            Assert.That(forecaster.Surprise, Is.GreaterThan(20));
        }

        [Test]
        public void SeveralColumnsAreForecastTogether()
        {
            // Both columns fed back crosswise: x' = y, y' = 2 x.
            SequenceModel model = ForecastingExamples.Linear(2, new float[] { 0, 1, 2, 0 }, new float[2]);
            using var forecaster = new Forecaster(model, 1, 3, new[] { 0, 1 });
            forecaster.Push(new float[] { 3, 5 });
            Assert.That(forecaster.Forecast.ToArray(), Is.EqualTo(new float[] { 5, 6, 6, 10, 10, 12 }));
            Assert.That(forecaster.Low.ToArray(), Is.All.NaN, "there is no band");
        }

        [Test]
        public void ForgetsAtAReset()
        {
            using var forecaster = new Forecaster(ForecastingExamples.Linear(1, new[] { 2f }, new float[1]), 2);
            forecaster.Push(new[] { 1f });
            forecaster.Push(new[] { 4f });
            Assert.That(forecaster.Forecast[0], Is.EqualTo(8));
            forecaster.Reset();
            Assert.That((forecaster.Ready, forecaster.Samples), Is.EqualTo((false, 0)));
            Assert.That(forecaster.Push(new[] { 5f }), Is.False);
            Assert.That(forecaster.Forecast[0], Is.NaN);
        }

        [Test]
        public void GoesThroughItsFile()
        {
            SeriesDataset data = Data(1, 1);
            SequenceModel model = ForecastingExamples.Recurrent(data);
            using var forecaster = new Forecaster(model, LookBack, Horizon, band: RollingOrigin.Run(model, data, data.FirstValidation, data.FirstTest, Horizon).FitBand());
            string path = Path.Combine(Path.GetTempPath(), "recurrent-" + Guid.NewGuid().ToString("N") + ".safetensors");
            try
            {
                forecaster.Save(path);
                using Forecaster loaded = Forecaster.Load(path);
                Assert.That((loaded.LookBack, loaded.Horizon, loaded.InputSize, loaded.TargetSize), Is.EqualTo((LookBack, Horizon, 1, 1)));
                foreach (Forecaster each in new[] { forecaster, loaded })
                    for (int row = 0; row < 20; row++) each.Push(data.Values.Span.Slice(row, 1));
                Assert.That(TrainingExamples.Bits(loaded.High.ToArray()), Is.EqualTo(TrainingExamples.Bits(forecaster.High.ToArray())));
                Assert.That(loaded.Surprise, Is.EqualTo(forecaster.Surprise));

                model.Metadata["forecaster"] = "{\"lookBack\":6,\"horizon\":4,\"targets\":[0]}";
                model.Save(path);
                Assert.That(() => Forecaster.Load(path), Throws.InstanceOf<ModelFileException>().With.Message.Contains(path).And.Message.Contains("the band is of 3 values, expected 4 steps × 1 columns"));
                model.Metadata["forecaster"] = "{\"lookBack\":1000000000,\"horizon\":3,\"targets\":[0]}";
                Assert.That(() => Forecaster.FromModel(model), Throws.InstanceOf<FormatException>().With.Message.Contains("expected a lookBack from 1 to 65536"));
                model.Metadata.Remove("forecaster");
                Assert.That(() => Forecaster.FromModel(model), Throws.InstanceOf<FormatException>().With.Message.Contains("no 'forecaster' in its metadata"));
            }
            finally
            {
                File.Delete(path);
            }
        }

        [Test]
        public void APushAllocatesNothing([Values(1, Horizon)] int outputs)
        {
            SeriesDataset data = Data(2, outputs);
            SequenceModel model = ForecastingExamples.Recurrent(data, outputs);
            using var forecaster = new Forecaster(model, LookBack, Horizon, band: RollingOrigin.Run(model, data, data.FirstValidation, data.FirstTest, Horizon).FitBand());
            float[] sample = { 40, 41 };
            for (int i = 0; i < LookBack + 2; i++) forecaster.Push(sample);
            long before = GC.GetAllocatedBytesForCurrentThread();
            for (int i = 0; i < 50; i++) forecaster.Push(sample);
            Assert.That(GC.GetAllocatedBytesForCurrentThread() - before, Is.Zero);
        }

        [Test]
        public void RefusesWhatDoesNotFit()
        {
            SequenceModel model = ForecastingExamples.Linear(2, new float[4], new float[2]);
            using var forecaster = new Forecaster(model, 2, 2);
            Assert.That(() => forecaster.Push(new float[1]), Throws.ArgumentException.With.Message.Contains("expected a sample of 2 values, got 1"));
            forecaster.Push(new float[2]);
            Assert.That(() => forecaster.Push(new[] { 1, float.NaN }), Throws.ArgumentException.With.Message.Contains("column 1 of the sample holds NaN"));
            Assert.That(forecaster.Samples, Is.EqualTo(1), "a refused sample changes nothing");
            Assert.That(() => forecaster.Coverage = 1, Throws.InstanceOf<ArgumentOutOfRangeException>());
            Assert.That(() => new Forecaster(model, 0), Throws.InstanceOf<ArgumentOutOfRangeException>());
            Assert.That(() => new Forecaster(model, 2, 3), Throws.ArgumentException.With.Message.Contains("has 2 outputs, expected 3"));
            Assert.That(() => new Forecaster(model, 2, 2, new[] { 2 }), Throws.InstanceOf<ArgumentOutOfRangeException>().With.Message.Contains("target columns below 2, got 2"));
            var both = new SequenceModel(new LSTM(1, 2, bidirectional: true), new FinalStates(), new Linear(4, 1));
            Assert.That(() => new Forecaster(both, 4, 2), Throws.ArgumentException.With.Message.Contains("cannot be fed its own forecasts"));
            Assert.That(() => new Forecaster(new SequenceModel(new GRU(1, 1)), 4), Throws.ArgumentException.With.Message.Contains("forecasts once a window"));
        }
    }
}
