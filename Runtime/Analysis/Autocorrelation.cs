using System;

namespace Recurrent.Analysis
{
    /// <summary>How much a series resembles itself some steps earlier.</summary>
    public static class Autocorrelation
    {
        /// <summary>
        /// <c>r_k = Σ(y_t − m)(y_{t−k} − m) / Σ(y_t − m)²</c> for the lags k = 0 … destination.Length − 1, m the mean of all:
        /// the usual estimate, within −1 … 1 and drawn towards 0 at long lags (Box and Jenkins, 1970). A constant series gives 1, 0, 0, ….
        /// </summary>
        /// <param name="values">At least one value more than the longest lag.</param>
        /// <param name="destination">r_0, r_1, …</param>
        /// <exception cref="ArgumentException">There are not more values than lags, or one is NaN or infinite.</exception>
        public static void Of(ReadOnlySpan<float> values, Span<double> destination)
        {
            StateTable.Rows(nameof(Autocorrelation), values, 1, atLeast: Math.Max(1, destination.Length));
            double mean = 0;
            foreach (float value in values) mean += value;
            mean /= values.Length;
            double variance = 0;
            for (int lag = 0; lag < destination.Length; lag++)
            {
                double sum = 0;
                for (int t = lag; t < values.Length; t++) sum += (values[t] - mean) * (values[t - lag] - mean);
                if (lag == 0) variance = sum;
                destination[lag] = variance == 0 ? (lag == 0 ? 1 : 0) : sum / variance;
            }
        }
    }
}
