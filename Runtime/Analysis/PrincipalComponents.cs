using System;
using MathNet.Numerics.LinearAlgebra;
using MathNet.Numerics.LinearAlgebra.Factorization;

namespace Recurrent.Analysis
{
    /// <summary>
    /// The few directions in which a cloud of states varies most (principal component analysis), for drawing a hidden state's path in two or three dimensions.
    /// With the centred states X = U S Vᵀ, the axes are the first rows of Vᵀ and the variance along axis k is <c>s_k² / rows</c>.
    /// An axis has no sign of its own: fitted with a <c>previous</c> result, each points the way the previous one did, so that a picture that is fitted
    /// again and again does not flip; without one, an axis's largest entry is positive.
    /// </summary>
    public sealed class PrincipalComponents
    {
        private readonly double[] _mean;     // (Columns)
        private readonly double[] _axes;     // (Count, Columns)
        private readonly double[] _variance; // (Count)
        private readonly double[] _ratio;    // (Count)

        private PrincipalComponents(double[] mean, double[] axes, double[] variance, double[] ratio)
        {
            _mean = mean;
            _axes = axes;
            _variance = variance;
            _ratio = ratio;
        }

        /// <summary>How many axes there are.</summary>
        public int Count => _variance.Length;

        /// <summary>Values in a state.</summary>
        public int Columns => _mean.Length;

        /// <summary>The mean state, where the axes meet.</summary>
        public ReadOnlySpan<double> Mean => _mean;

        /// <summary>(<see cref="Count"/>, <see cref="Columns"/>), each row of length 1, at right angles to the others.</summary>
        public ReadOnlySpan<double> Axes => _axes;

        /// <summary>The variance along each axis, falling.</summary>
        public ReadOnlySpan<double> Variance => _variance;

        /// <summary>Each axis's part of the whole variance, 0 … 1; all 0 when the states do not vary.</summary>
        public ReadOnlySpan<double> ExplainedVarianceRatio => _ratio;

        /// <summary>Finds the axes.</summary>
        /// <param name="states">(rows, <paramref name="columns"/>), at least two rows.</param>
        /// <param name="columns">Values in a state.</param>
        /// <param name="components">How many axes, 1 … min(rows, columns).</param>
        /// <param name="previous">The last result, whose directions are kept; may have another number of axes.</param>
        /// <exception cref="ArgumentException">The shape does not fit, or a value is NaN or infinite.</exception>
        public static PrincipalComponents Fit(ReadOnlySpan<float> states, int columns, int components = 2, PrincipalComponents? previous = null)
        {
            int rows = StateTable.Rows(nameof(PrincipalComponents), states, columns, atLeast: 2);
            if (components < 1 || components > Math.Min(rows, columns))
                throw new ArgumentOutOfRangeException(nameof(components), $"PrincipalComponents: expected 1 … {Math.Min(rows, columns)} components for {rows} states of {columns} values, got {components}.");
            if (previous != null && previous.Columns != columns)
                throw new ArgumentException($"PrincipalComponents: expected a previous result for states of {columns} values, got one of {previous.Columns}.", nameof(previous));

            var mean = new double[columns];
            Matrix<double> centred = StateTable.Centred(states, columns, mean);
            double total = 0;
            foreach (double value in centred.AsColumnMajorArray()) total += value * value;

            // MathNet's SVD makes a square U of rows × rows; R of X = Q R has the same V and singular values.
            Svd<double> svd = (rows > columns ? centred.QR(QRMethod.Thin).R : centred).Svd();
            var axes = new double[components * columns];
            var variance = new double[components];
            var ratio = new double[components];
            for (int k = 0; k < components; k++)
            {
                double square = svd.S[k] * svd.S[k];
                variance[k] = square / rows;
                ratio[k] = total == 0 ? 0 : square / total;
                Span<double> axis = axes.AsSpan(k * columns, columns);
                for (int c = 0; c < columns; c++) axis[c] = svd.VT[k, c];
                if (Direction(axis, previous != null && k < previous.Count ? previous.Axes.Slice(k * columns, columns) : default) < 0)
                    for (int c = 0; c < columns; c++) axis[c] = -axis[c];
            }
            return new PrincipalComponents(mean, axes, variance, ratio);
        }

        /// <summary>Brings states onto the axes: <c>(state − mean) · axis</c>. Allocates nothing.</summary>
        /// <param name="states">(rows, <see cref="Columns"/>).</param>
        /// <param name="destination">(rows, <see cref="Count"/>).</param>
        /// <exception cref="ArgumentException">A length does not fit.</exception>
        public void Project(ReadOnlySpan<float> states, Span<float> destination)
        {
            if (states.Length % Columns != 0) throw new ArgumentException($"PrincipalComponents: expected states of {Columns} values, got {states.Length} values.", nameof(states));
            int rows = states.Length / Columns;
            if (destination.Length != rows * Count) throw new ArgumentException($"PrincipalComponents: expected a destination of {rows} × {Count} values, got {destination.Length}.", nameof(destination));
            for (int r = 0; r < rows; r++)
            {
                for (int k = 0; k < Count; k++)
                {
                    double sum = 0;
                    for (int c = 0; c < _mean.Length; c++) sum += (states[r * _mean.Length + c] - _mean[c]) * _axes[k * _mean.Length + c];
                    destination[r * Count + k] = (float)sum;
                }
            }
        }

        // Positive when the axis points as the previous one, or, without one, when its largest entry is positive.
        private static double Direction(ReadOnlySpan<double> axis, ReadOnlySpan<double> previous)
        {
            double along = 0;
            for (int c = 0; c < previous.Length; c++) along += axis[c] * previous[c];
            if (along != 0) return along;
            foreach (double entry in axis)
                if (Math.Abs(entry) > Math.Abs(along)) along = entry;
            return along;
        }
    }
}
