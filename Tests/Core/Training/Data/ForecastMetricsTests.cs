using System;
using NUnit.Framework;

namespace Recurrent.Tests
{
    public class ForecastMetricsTests
    {
        private static readonly float[] Truth = { 10, 12, 9, 20 };
        private static readonly float[] Forecast = { 11, 12, 12, 15 }; // errors 1, 0, 3, -5

        [Test]
        public void ErrorsByHand()
        {
            Assert.That(ForecastMetrics.RootMeanSquaredError(Forecast, Truth), Is.EqualTo(Math.Sqrt(35 / 4.0)).Within(1e-12));
            Assert.That(ForecastMetrics.MeanAbsoluteError(Forecast, Truth), Is.EqualTo(9 / 4.0).Within(1e-12));
        }

        [Test]
        public void ScaledErrorDividesByTheNaiveErrorOfTheTrainingPart()
        {
            float[] training = { 1, 4, 2, 8, 3 }; // steps 3, 2, 6, 5: mean 4; two rows apart 1, 4, 1: mean 2
            Assert.That(ForecastMetrics.MeanAbsoluteScaledError(Forecast, Truth, training), Is.EqualTo(2.25 / 4).Within(1e-12));
            Assert.That(ForecastMetrics.MeanAbsoluteScaledError(Forecast, Truth, training, season: 2), Is.EqualTo(2.25 / 2).Within(1e-12));
            Assert.That(ForecastMetrics.MeanAbsoluteScaledError(Forecast, Truth, new float[] { 7, 7, 7 }), Is.NaN);
        }

        [Test]
        public void RefusesWhatDoesNotFit()
        {
            Assert.That(() => ForecastMetrics.RootMeanSquaredError(new float[3], Truth), Throws.ArgumentException.With.Message.Contains("expected 4 forecasts (as many as true values), got 3"));
            Assert.That(() => ForecastMetrics.MeanAbsoluteError(new float[0], new float[0]), Throws.ArgumentException);
            Assert.That(() => ForecastMetrics.MeanAbsoluteScaledError(Forecast, Truth, new float[2], 2), Throws.ArgumentException.With.Message.Contains("more than 2 training values"));
            Assert.That(() => ForecastMetrics.MeanAbsoluteScaledError(Forecast, Truth, new float[2], 0), Throws.InstanceOf<ArgumentOutOfRangeException>());
        }
    }
}
