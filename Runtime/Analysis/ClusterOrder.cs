using System;
using System.Collections.Generic;
using MathNet.Numerics.LinearAlgebra;

namespace Recurrent.Analysis
{
    /// <summary>An order of hidden units in which those that behave alike stand together, so that a picture of states shows bands instead of noise.</summary>
    public static class ClusterOrder
    {
        /// <summary>
        /// Orders the columns of a table by hierarchical clustering: again and again the two groups with the highest mean correlation between their members
        /// are put side by side (average linkage; Sokal and Michener, 1958), each turned so that their most alike ends meet.
        /// Constant columns correlate with nothing. Equal correlations are taken in the order of the columns.
        /// </summary>
        /// <param name="states">(rows, <paramref name="columns"/>), at least two rows.</param>
        /// <param name="columns">Values in a row.</param>
        /// <returns>The columns' indices, each once.</returns>
        /// <exception cref="ArgumentException">The shape does not fit, or a value is NaN or infinite.</exception>
        public static int[] ByCorrelation(ReadOnlySpan<float> states, int columns)
        {
            StateTable.Rows(nameof(ClusterOrder), states, columns, atLeast: 2);
            double[,] correlation = Correlation(states, columns);

            var groups = new List<int>[columns];
            var live = new List<int>();
            for (int c = 0; c < columns; c++)
            {
                groups[c] = new List<int> { c };
                live.Add(c);
            }
            var likeness = (double[,])correlation.Clone(); // mean correlation between two groups
            while (live.Count > 1)
            {
                int a = live[0], b = live[1];
                for (int i = 0; i < live.Count; i++)
                    for (int j = i + 1; j < live.Count; j++)
                        if (likeness[live[i], live[j]] > likeness[a, b]) (a, b) = (live[i], live[j]);

                foreach (int other in live)
                {
                    if (other == a || other == b) continue;
                    double mean = (groups[a].Count * likeness[a, other] + groups[b].Count * likeness[b, other]) / (groups[a].Count + groups[b].Count);
                    likeness[a, other] = likeness[other, a] = mean;
                }
                Join(groups[a], groups[b], correlation);
                live.Remove(b);
            }
            return groups[live[0]].ToArray();
        }

        // Appends b to a, either turned where that brings the most alike ends together.
        private static void Join(List<int> a, List<int> b, double[,] correlation)
        {
            int firstA = a[0], lastA = a[a.Count - 1], firstB = b[0], lastB = b[b.Count - 1];
            double best = correlation[lastA, firstB];
            bool turnA = false, turnB = false;
            if (correlation[lastA, lastB] > best) (best, turnA, turnB) = (correlation[lastA, lastB], false, true);
            if (correlation[firstA, firstB] > best) (best, turnA, turnB) = (correlation[firstA, firstB], true, false);
            if (correlation[firstA, lastB] > best) (turnA, turnB) = (true, true);
            if (turnA) a.Reverse();
            if (turnB) b.Reverse();
            a.AddRange(b);
        }

        private static double[,] Correlation(ReadOnlySpan<float> states, int columns)
        {
            Matrix<double> centred = StateTable.Centred(states, columns, new double[columns]);
            double[,] moments = centred.TransposeThisAndMultiply(centred).ToArray();
            var correlation = new double[columns, columns];
            for (int i = 0; i < columns; i++)
            {
                for (int j = 0; j < columns; j++)
                {
                    double scale = Math.Sqrt(moments[i, i]) * Math.Sqrt(moments[j, j]);
                    correlation[i, j] = scale == 0 ? 0 : moments[i, j] / scale;
                }
            }
            return correlation;
        }
    }
}
