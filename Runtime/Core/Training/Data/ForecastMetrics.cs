using System;

namespace Recurrent
{
    /// <summary>How far forecasts lie from the truth: plain numbers over two spans of equal length. Stands beside the series because it knows of no model.</summary>
    public static class ForecastMetrics
    {
        /// <summary><c>sqrt(Σ(forecast − truth)² / n)</c>, in the unit of the values.</summary>
        /// <exception cref="ArgumentException">The lengths differ, or there is no value.</exception>
        public static double RootMeanSquaredError(ReadOnlySpan<float> forecast, ReadOnlySpan<float> truth)
        {
            Check(forecast, truth);
            double sum = 0;
            for (int i = 0; i < truth.Length; i++)
            {
                double error = (double)forecast[i] - truth[i];
                sum += error * error;
            }
            return Math.Sqrt(sum / truth.Length);
        }

        /// <summary><c>Σ|forecast − truth| / n</c>, in the unit of the values.</summary>
        /// <exception cref="ArgumentException">The lengths differ, or there is no value.</exception>
        public static double MeanAbsoluteError(ReadOnlySpan<float> forecast, ReadOnlySpan<float> truth)
        {
            Check(forecast, truth);
            double sum = 0;
            for (int i = 0; i < truth.Length; i++) sum += Math.Abs((double)forecast[i] - truth[i]);
            return sum / truth.Length;
        }

        /// <summary>
        /// MASE: the mean absolute error divided by that of the one-step naive forecast within the training part,
        /// <c>Σ|y_t − y_{t−season}| / (n − season)</c>. Below 1 is better than that forecast was there. It has no unit, so that series can be compared.
        /// NaN where the naive forecast made no error (a constant training part). (Hyndman and Koehler, "Another look at measures of forecast accuracy", 2006.)
        /// </summary>
        /// <param name="forecast">The forecasts.</param>
        /// <param name="truth">What came, in the same order.</param>
        /// <param name="training">The series' training part, in the same unit.</param>
        /// <param name="season">1 for the last value, else the length of a season.</param>
        /// <exception cref="ArgumentException">The lengths differ, there is no value, or the training part is not longer than a season.</exception>
        public static double MeanAbsoluteScaledError(ReadOnlySpan<float> forecast, ReadOnlySpan<float> truth, ReadOnlySpan<float> training, int season = 1)
        {
            if (season < 1) throw new ArgumentOutOfRangeException(nameof(season), $"ForecastMetrics: expected a season of at least 1, got {season}.");
            if (training.Length <= season) throw new ArgumentException($"ForecastMetrics: expected more than {season} training values (the season), got {training.Length}.", nameof(training));
            double naive = MeanAbsoluteError(training.Slice(0, training.Length - season), training.Slice(season));
            double error = MeanAbsoluteError(forecast, truth);
            return naive == 0 ? double.NaN : error / naive;
        }

        private static void Check(ReadOnlySpan<float> forecast, ReadOnlySpan<float> truth)
        {
            if (forecast.Length != truth.Length) throw new ArgumentException($"ForecastMetrics: expected {truth.Length} forecasts (as many as true values), got {forecast.Length}.", nameof(forecast));
            if (truth.Length == 0) throw new ArgumentException("ForecastMetrics: expected at least one value, got none.", nameof(truth));
        }
    }
}
