using System;
using System.Numerics;
using MathNet.Numerics.LinearAlgebra.Double;

namespace Recurrent.Analysis
{
    /// <summary>
    /// The eigenvalues of a square matrix, such as the recurrent weights <c>W_hh</c> of an <c>RNN</c> or one gate's block of them.
    /// The largest magnitude, the spectral radius, says whether a signal that only passes through the weights fades (below 1) or grows (above 1) from step to step.
    /// </summary>
    public static class Eigenvalues
    {
        /// <summary>All eigenvalues, the largest magnitude first.</summary>
        /// <param name="matrix">(size, size), row by row.</param>
        /// <param name="size">Rows and columns.</param>
        /// <exception cref="ArgumentException">The matrix is not of that size, or a value is NaN or infinite.</exception>
        public static Complex[] Of(ReadOnlySpan<float> matrix, int size)
        {
            int rows = StateTable.Rows(nameof(Eigenvalues), matrix, size, atLeast: 1);
            if (rows != size) throw new ArgumentException($"Eigenvalues: expected a matrix of {size} × {size} values, got {rows} × {size}.", nameof(matrix));
            var values = new double[matrix.Length];
            for (int r = 0; r < size; r++)
                for (int c = 0; c < size; c++) values[c * size + r] = matrix[r * size + c];
            Complex[] eigenvalues = new DenseMatrix(size, size, values).Evd().EigenValues.ToArray();
            Array.Sort(eigenvalues, (a, b) =>
            {
                int order = b.Magnitude.CompareTo(a.Magnitude);
                return order != 0 ? order : b.Imaginary.CompareTo(a.Imaginary);
            });
            return eigenvalues;
        }

        /// <summary>The largest magnitude of all eigenvalues.</summary>
        /// <param name="matrix">(size, size), row by row.</param>
        /// <param name="size">Rows and columns.</param>
        /// <exception cref="ArgumentException">The matrix is not of that size, or a value is NaN or infinite.</exception>
        public static double SpectralRadius(ReadOnlySpan<float> matrix, int size) => Of(matrix, size)[0].Magnitude;
    }
}
