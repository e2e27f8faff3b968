using System.Collections.Generic;
using System.Globalization;

namespace Recurrent.Benchmarks;

/// <summary>How numbers stand in the tables.</summary>
internal static class Text
{
    public static string Threads(int threads) => threads == 1 ? "1 thread" : $"{threads} threads";

    /// <summary>The ratio, marked where it is below what is required.</summary>
    public static string Ratio(ResultRow row) => row.Ratio is { } ratio ? Sample.Text(ratio) + (row.RatioReached ? "" : " ✗") : row.RatioReached ? "" : "✗";

    public static string Required(ResultRow row) => row.Required is { } required ? Number(required) : "";

    /// <summary>The share of the peak, marked where it is below what is required.</summary>
    public static string Peak(ResultRow row) => $"{100 * row.PeakFraction:0} %{(row.PeakRequired is { } required ? $" of {100 * required:0}" : "")}{(row.PeakReached ? "" : " ✗")}";

    public static string Bytes(double bytes) => bytes < 10_000 ? $"{bytes:0.#} B" : bytes < 10_000_000 ? $"{bytes / 1024:0} KiB" : $"{bytes / 1024 / 1024:0.0} MiB";

    public static string Number(double value) => value.ToString("0.0##", CultureInfo.InvariantCulture);

    public static string Shortfall(ResultRow row)
    {
        var parts = new List<string>();
        if (!row.RatioReached)
            parts.Add(row.Unit == "B" ? $"{Bytes(row.Ours)} where {Bytes(row.Theirs)} are allowed" : $"{Sample.Text(row.Ratio!.Value)} of {Number(row.Required!.Value)}, against {row.Against}");
        if (!row.PeakReached) parts.Add($"{100 * row.PeakFraction:0} % of the peak, of {100 * row.PeakRequired:0} %");
        return string.Join("; ", parts);
    }
}
