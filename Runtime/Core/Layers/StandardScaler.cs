using System;

namespace Recurrent
{
    /// <summary>
    /// Every column to mean 0 and standard deviation 1. The deviation is the population's: <c>sqrt(Σ(x − mean)² / n)</c>.
    /// A constant column becomes 0 (scale 1).
    /// </summary>
    public sealed class StandardScaler : Scaler
    {
        private protected override string Kind => "standard";

        private protected override (double Offset, double Scale) FitColumn(ReadOnlySpan<float> values, int column, int columns)
        {
            (float min, float max) = Range(values, column, columns);
            if (min == max) return (min, 1);

            int rows = values.Length / columns;
            double sum = 0, squares = 0;
            for (int i = column; i < values.Length; i += columns) sum += values[i];
            double mean = sum / rows;
            for (int i = column; i < values.Length; i += columns) squares += (values[i] - mean) * (values[i] - mean);
            return (mean, Math.Sqrt(squares / rows));
        }
    }
}
