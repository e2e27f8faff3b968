using System;
using MathNet.Numerics.Statistics;

namespace Recurrent.Analysis
{
    /// <summary>What a set of values looks like in nine numbers: states of a unit, residuals of a forecast, weights of a layer.</summary>
    public sealed class SummaryStatistics
    {
        private SummaryStatistics(double[] sorted)
        {
            Count = sorted.Length;
            Mean = ArrayStatistics.Mean(sorted);
            StandardDeviation = ArrayStatistics.PopulationStandardDeviation(sorted);
            Minimum = sorted[0];
            LowerQuartile = Quantile(sorted, 0.25);
            Median = Quantile(sorted, 0.5);
            UpperQuartile = Quantile(sorted, 0.75);
            Maximum = sorted[sorted.Length - 1];
            double cubes = 0;
            foreach (double value in sorted) cubes += Math.Pow(value - Mean, 3);
            Skewness = StandardDeviation == 0 ? 0 : cubes / sorted.Length / Math.Pow(StandardDeviation, 3);
        }

        /// <summary>How many values there are.</summary>
        public int Count { get; }

        /// <summary>Their mean.</summary>
        public double Mean { get; }

        /// <summary>Their standard deviation, the population's: <c>sqrt(Σ(x − mean)² / n)</c>.</summary>
        public double StandardDeviation { get; }

        /// <summary>The smallest.</summary>
        public double Minimum { get; }

        /// <summary>A quarter lies below; between two values, linearly (as NumPy does).</summary>
        public double LowerQuartile { get; }

        /// <summary>Half lie below.</summary>
        public double Median { get; }

        /// <summary>Three quarters lie below; between two values, linearly (as NumPy does).</summary>
        public double UpperQuartile { get; }

        /// <summary>The largest.</summary>
        public double Maximum { get; }

        /// <summary><c>Σ(x − mean)³ / n</c> over the cube of the deviation: above 0 with a longer tail to the right; 0 when nothing varies.</summary>
        public double Skewness { get; }

        /// <summary>Measures values.</summary>
        /// <exception cref="ArgumentException">There is no value, or one is NaN or infinite.</exception>
        public static SummaryStatistics Of(ReadOnlySpan<float> values)
        {
            StateTable.Rows(nameof(SummaryStatistics), values, 1, atLeast: 1);
            var sorted = new double[values.Length];
            for (int i = 0; i < sorted.Length; i++) sorted[i] = values[i];
            Array.Sort(sorted);
            return new SummaryStatistics(sorted);
        }

        private static double Quantile(double[] sorted, double part) => SortedArrayStatistics.QuantileCustom(sorted, part, QuantileDefinition.R7);
    }
}
