using System;

namespace Recurrent
{
    /// <summary>
    /// The forecasts that every model has to beat. For windows i = 0, 1, … whose first forecast row is <c>first + i</c>, the forecast of k rows later (k = 0 … horizon − 1)
    /// stands at i × horizon + k, as in a <see cref="WindowDataset"/> with one target column. Only values before row first + i are used for window i.
    /// </summary>
    public static class NaiveForecast
    {
        /// <summary>The last value that is known: <c>y[first + i − 1]</c> for every k.</summary>
        /// <param name="values">The whole series, in time order.</param>
        /// <param name="first">The first row to forecast, at least 1.</param>
        /// <param name="horizon">Rows forecast at once.</param>
        /// <param name="destination">(windows, horizon); its length says how many windows.</param>
        /// <exception cref="ArgumentException">There are not enough values before a window, or the destination does not divide into windows.</exception>
        public static void Persistence(ReadOnlySpan<float> values, int first, int horizon, Span<float> destination) => Seasonal(values, first, 1, horizon, destination);

        /// <summary>The latest known value of the same season: <c>y[first + i + k − m · season]</c> with the smallest m that is known.</summary>
        /// <param name="values">The whole series, in time order.</param>
        /// <param name="first">The first row to forecast, at least <paramref name="season"/>.</param>
        /// <param name="season">Rows in a season; 1 gives <see cref="Persistence"/>.</param>
        /// <param name="horizon">Rows forecast at once.</param>
        /// <param name="destination">(windows, horizon); its length says how many windows.</param>
        /// <exception cref="ArgumentException">There are not enough values before a window, or the destination does not divide into windows.</exception>
        public static void Seasonal(ReadOnlySpan<float> values, int first, int season, int horizon, Span<float> destination)
        {
            if (season < 1) throw new ArgumentOutOfRangeException(nameof(season), $"NaiveForecast: expected a season of at least 1, got {season}.");
            if (horizon < 1) throw new ArgumentOutOfRangeException(nameof(horizon), $"NaiveForecast: expected a horizon of at least 1, got {horizon}.");
            if (first < season) throw new ArgumentOutOfRangeException(nameof(first), $"NaiveForecast: expected a first row of at least {season} (one season before it), got {first}.");
            if (destination.Length % horizon != 0) throw new ArgumentException($"NaiveForecast: expected a destination of windows × {horizon} values, got {destination.Length}.", nameof(destination));
            int windows = destination.Length / horizon;
            if ((long)first + windows - 1 > values.Length)
                throw new ArgumentException($"NaiveForecast: {windows} windows from row {first} need {(long)first + windows - 1} values, got {values.Length}.", nameof(values));

            for (int i = 0; i < windows; i++)
                for (int k = 0; k < horizon; k++)
                    destination[i * horizon + k] = values[first + i + k % season - season];
        }
    }
}
