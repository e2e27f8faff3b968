using System;
using System.Numerics;
using MathNet.Numerics.IntegralTransforms;

namespace Recurrent.Analysis
{
    /// <summary>
    /// How much of a series' variance lies at which frequency. With X the Fourier transform of the n values less their mean,
    /// bin k = 1 … n/2 has the frequency k / n (periods a step) and the power <c>2 |X_k|² / n²</c> (without the 2 at k = n/2),
    /// so that all powers add up to the variance, and a sine of amplitude A that fits the series gives A²/2 in one bin.
    /// </summary>
    public sealed class Periodogram
    {
        private readonly double[] _frequencies;
        private readonly double[] _power;

        private Periodogram(double[] frequencies, double[] power)
        {
            _frequencies = frequencies;
            _power = power;
        }

        /// <summary>The bins' frequencies, in periods a step: 1/n … 1/2.</summary>
        public ReadOnlySpan<double> Frequencies => _frequencies;

        /// <summary>The bins' powers, in squared units of the values.</summary>
        public ReadOnlySpan<double> Power => _power;

        /// <summary>The length, in steps, of the period with the largest power; the series' own length where nothing varies.</summary>
        public double PeakPeriod
        {
            get
            {
                int peak = 0;
                for (int k = 1; k < _power.Length; k++)
                    if (_power[k] > _power[peak]) peak = k;
                return 1 / _frequencies[peak];
            }
        }

        /// <summary>Computes the periodogram of a series, by fast Fourier transform for any length.</summary>
        /// <param name="values">At least two values, one a step.</param>
        /// <exception cref="ArgumentException">There are fewer than two values, or one is NaN or infinite.</exception>
        public static Periodogram Of(ReadOnlySpan<float> values)
        {
            int n = StateTable.Rows(nameof(Periodogram), values, 1, atLeast: 2);
            double mean = 0;
            foreach (float value in values) mean += value;
            mean /= n;
            var spectrum = new Complex[n];
            for (int i = 0; i < n; i++) spectrum[i] = values[i] - mean;
            Fourier.Forward(spectrum, FourierOptions.NoScaling);

            var frequencies = new double[n / 2];
            var power = new double[n / 2];
            for (int k = 1; k <= n / 2; k++)
            {
                double square = spectrum[k].Real * spectrum[k].Real + spectrum[k].Imaginary * spectrum[k].Imaginary;
                frequencies[k - 1] = (double)k / n;
                power[k - 1] = (2 * k == n ? 1 : 2) * square / ((double)n * n);
            }
            return new Periodogram(frequencies, power);
        }
    }
}
