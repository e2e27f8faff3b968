using System;

namespace Recurrent
{
    /// <summary>
    /// The smallest value of every column to <c>low</c>, the largest to <c>high</c>; values outside what it was fitted on go beyond them.
    /// A constant column becomes <c>low</c> (scale 1).
    /// </summary>
    public sealed class MinMaxScaler : Scaler
    {
        private readonly float _low, _high;

        /// <summary>Chooses the range.</summary>
        /// <exception cref="ArgumentException"><paramref name="low"/> is not below <paramref name="high"/>, or one is not finite.</exception>
        public MinMaxScaler(float low = 0, float high = 1)
        {
            if (!float.IsFinite(low) || !float.IsFinite(high) || low >= high)
                throw new ArgumentException(FormattableString.Invariant($"MinMaxScaler: expected finite numbers low < high, got {low} and {high}."));
            _low = low;
            _high = high;
        }

        private protected override string Kind => $"minmax low={Write(_low)} high={Write(_high)}";

        private protected override (double Offset, double Scale) FitColumn(ReadOnlySpan<float> values, int column, int columns)
        {
            (float min, float max) = Range(values, column, columns);
            double scale = min == max ? 1 : ((double)max - min) / ((double)_high - _low);
            return (min - _low * scale, scale);
        }
    }
}
