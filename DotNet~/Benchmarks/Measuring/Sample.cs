using System;
using System.Globalization;

namespace Recurrent.Benchmarks;

/// <summary>Seconds a call, over several blocks.</summary>
internal readonly record struct Sample(double Median, double Min, double Max)
{
    public static Sample Of(double[] values)
    {
        double[] sorted = (double[])values.Clone();
        Array.Sort(sorted);
        int half = sorted.Length / 2;
        double median = sorted.Length % 2 == 1 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
        return new Sample(median, sorted[0], sorted[^1]);
    }

    /// <summary>The median with the range, in the unit that fits the median.</summary>
    public override string ToString()
    {
        (double scale, string unit) = Median switch
        {
            < 1e-6 => (1e9, "ns"),
            < 1e-3 => (1e6, "µs"),
            < 1 => (1e3, "ms"),
            _ => (1, "s"),
        };
        return $"{Text(Median * scale)} {unit} ({Text(Min * scale)}–{Text(Max * scale)})";
    }

    /// <summary>Three digits, or all before the point.</summary>
    public static string Text(double value) =>
        value.ToString(value < 10 ? "0.00" : value < 100 ? "0.0" : "0", CultureInfo.InvariantCulture);
}
