using System;

namespace Recurrent
{
    /// <summary>Series made by formula, for examples and tests.</summary>
    public static class SyntheticSeries
    {
        /// <summary>A noisy sine that is sampled well: <c>sin(2π i / samplesPerPeriod) + noise · N(0, 1)</c> for i = 0 … count − 1.</summary>
        /// <param name="count">Values to make.</param>
        /// <param name="random">Where the noise comes from; one number is drawn per value, even where <paramref name="noise"/> is 0.</param>
        /// <param name="noise">The noise's standard deviation.</param>
        /// <param name="samplesPerPeriod">Above 2, or the samples would show a slower wave than the one that was meant.</param>
        /// <exception cref="ArgumentOutOfRangeException">A number is out of its range.</exception>
        public static float[] Sine(int count, RandomSource random, float noise = 0.1f, float samplesPerPeriod = 20f)
        {
            if (!(samplesPerPeriod > 2)) throw new ArgumentOutOfRangeException(nameof(samplesPerPeriod), FormattableString.Invariant($"SyntheticSeries: expected more than 2 samples per period, got {samplesPerPeriod}."));
            return Sine(count, 2 * Math.PI / samplesPerPeriod, random, noise);
        }

        /// <summary>
        /// The noisy sine as a widespread tutorial samples it, at <c>linspace(0, count · 2π, count)</c>: <c>sin(2π i · count / (count − 1)) + noise · N(0, 1)</c>.
        /// That is one sample a period and a little more, so what is seen is an alias: one slow period over the whole series, <c>sin(2π i / (count − 1))</c>.
        /// </summary>
        /// <param name="count">Values to make, at least 2.</param>
        /// <param name="random">Where the noise comes from; one number is drawn per value, even where <paramref name="noise"/> is 0.</param>
        /// <param name="noise">The noise's standard deviation.</param>
        /// <exception cref="ArgumentOutOfRangeException">A number is out of its range.</exception>
        public static float[] AliasedSine(int count, RandomSource random, float noise = 0.1f)
        {
            if (count < 2) throw new ArgumentOutOfRangeException(nameof(count), $"SyntheticSeries: expected at least 2 values, got {count}.");
            return Sine(count, count * 2 * Math.PI / (count - 1), random, noise);
        }

        private static float[] Sine(int count, double step, RandomSource random, float noise)
        {
            if (count < 1) throw new ArgumentOutOfRangeException(nameof(count), $"SyntheticSeries: expected at least 1 value, got {count}.");
            if (random is null) throw new ArgumentNullException(nameof(random));
            if (!(noise >= 0) || !float.IsFinite(noise)) throw new ArgumentOutOfRangeException(nameof(noise), FormattableString.Invariant($"SyntheticSeries: expected a noise of 0 or more, got {noise}."));
            var values = new float[count];
            for (int i = 0; i < count; i++) values[i] = (float)(Math.Sin(i * step) + noise * (double)random.NextGaussian());
            return values;
        }
    }
}
