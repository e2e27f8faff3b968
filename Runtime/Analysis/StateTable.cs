using System;
using MathNet.Numerics.LinearAlgebra.Double;

namespace Recurrent.Analysis
{
    /// <summary>Checks a table of states and hands it to MathNet.</summary>
    internal static class StateTable
    {
        /// <summary>How many rows of <paramref name="columns"/> values there are, all of them finite.</summary>
        public static int Rows(string owner, ReadOnlySpan<float> values, int columns, int atLeast)
        {
            if (columns < 1) throw new ArgumentOutOfRangeException(nameof(columns), $"{owner}: expected at least 1 column, got {columns}.");
            if (values.Length % columns != 0) throw new ArgumentException($"{owner}: expected rows of {columns} values, got {values.Length} values.", nameof(values));
            int rows = values.Length / columns;
            if (rows < atLeast) throw new ArgumentException($"{owner}: expected at least {atLeast} rows, got {rows}.", nameof(values));
            Finite.Check(owner, values, columns);
            return rows;
        }

        /// <summary>(rows, columns) with every column's mean subtracted; the means go to <paramref name="mean"/>.</summary>
        public static DenseMatrix Centred(ReadOnlySpan<float> values, int columns, Span<double> mean)
        {
            int rows = values.Length / columns;
            var centred = new double[values.Length]; // column by column, as MathNet keeps a matrix
            for (int c = 0; c < columns; c++)
            {
                double sum = 0;
                for (int r = 0; r < rows; r++) sum += values[r * columns + c];
                mean[c] = sum / rows;
                for (int r = 0; r < rows; r++) centred[c * rows + r] = values[r * columns + c] - mean[c];
            }
            return new DenseMatrix(rows, columns, centred);
        }
    }
}
