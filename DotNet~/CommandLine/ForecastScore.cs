using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;

namespace Recurrent.CommandLine;

/// <summary>How far a forecaster is from the truth on one part of a series; NaN where it has no forecast.</summary>
/// <param name="Rmse">The root of the mean squared error, in the series' unit.</param>
/// <param name="Mae">The mean absolute error, in the series' unit.</param>
/// <param name="Mase">The mean absolute error over that of the last value within the training part.</param>
internal readonly record struct Accuracy(double Rmse, double Mae, double Mase)
{
    public static Accuracy None => new(double.NaN, double.NaN, double.NaN);
}

/// <summary>One row of the table at the end.</summary>
/// <param name="Name">Who forecast.</param>
/// <param name="Train">On the windows of the training part.</param>
/// <param name="Test">On the windows of the test part.</param>
internal sealed record ForecastScore(string Name, Accuracy Train, Accuracy Test);

/// <summary>A figure over several seeds.</summary>
/// <param name="Mean">The mean.</param>
/// <param name="Spread">The standard deviation of the sample; 0 for a single seed.</param>
internal readonly record struct Figure(double Mean, double Spread)
{
    public static Figure Of(IEnumerable<double> values)
    {
        double[] all = values.ToArray();
        double mean = all.Average();
        return new Figure(mean, all.Length < 2 ? 0 : Math.Sqrt(all.Sum(value => (value - mean) * (value - mean)) / (all.Length - 1)));
    }

    /// <summary>The mean, and the spread with two digits where there is one; the mean then has as many decimals.</summary>
    public override string ToString()
    {
        if (double.IsNaN(Mean)) return "–";
        // Rounding alone makes a spread of nothing, where all seeds have the same figure.
        if (!(Spread > 1e-9 * Math.Abs(Mean))) return Mean.ToString("G4", CultureInfo.InvariantCulture);
        string format = "F" + Math.Clamp(1 - (int)Math.Floor(Math.Log10(Spread)), 0, 9).ToString(CultureInfo.InvariantCulture);
        return $"{Mean.ToString(format, CultureInfo.InvariantCulture)} ± {Spread.ToString(format, CultureInfo.InvariantCulture)}";
    }
}
