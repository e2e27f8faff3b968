using System;
using NUnit.Framework;

namespace Recurrent.Tests
{
    public class NaiveForecastTests
    {
        private static readonly float[] Values = { 0, 10, 20, 30, 40, 50, 60, 70 };

        [Test]
        public void PersistenceRepeatsTheLastKnownValue()
        {
            var forecast = new float[6];
            NaiveForecast.Persistence(Values, first: 5, horizon: 2, forecast);
            Assert.That(forecast, Is.EqualTo(new[] { 40f, 40, 50, 50, 60, 60 }));
        }

        [Test]
        public void SeasonalRepeatsTheLastKnownSeason()
        {
            // From row 4 with a season of 3: rows 4 … 8 repeat rows 1, 2, 3, 1, 2.
            var forecast = new float[10];
            NaiveForecast.Seasonal(Values, first: 4, season: 3, horizon: 5, forecast);
            Assert.That(forecast, Is.EqualTo(new[] { 10f, 20, 30, 10, 20, 20, 30, 40, 20, 30 }));
        }

        [Test]
        public void TheLastWindowMayLookBeyondTheSeries()
        {
            var forecast = new float[3];
            NaiveForecast.Persistence(Values, first: 8, horizon: 3, forecast);
            Assert.That(forecast, Is.EqualTo(new[] { 70f, 70, 70 }));
        }

        [Test]
        public void RefusesWhatDoesNotFit()
        {
            Assert.That(() => NaiveForecast.Seasonal(Values, first: 2, season: 3, horizon: 1, new float[1]), Throws.InstanceOf<ArgumentOutOfRangeException>().With.Message.Contains("a first row of at least 3 (one season before it), got 2"));
            Assert.That(() => NaiveForecast.Persistence(Values, first: 8, horizon: 1, new float[2]), Throws.ArgumentException.With.Message.Contains("2 windows from row 8 need 9 values, got 8"));
            Assert.That(() => NaiveForecast.Persistence(Values, first: 1, horizon: 2, new float[3]), Throws.ArgumentException.With.Message.Contains("windows × 2 values, got 3"));
            Assert.That(() => NaiveForecast.Persistence(Values, first: 1, horizon: 0, new float[3]), Throws.InstanceOf<ArgumentOutOfRangeException>());
            Assert.That(() => NaiveForecast.Seasonal(Values, first: 1, season: 0, horizon: 1, new float[3]), Throws.InstanceOf<ArgumentOutOfRangeException>());
        }
    }
}
