using System.Text.Json.Serialization;

namespace Recurrent.Benchmarks;

/// <summary>
/// One comparison. Times are medians in seconds a call and <see cref="Ratio"/> is theirs / ours; of memory, ours is what is taken and theirs what is allowed, in bytes.
/// </summary>
/// <param name="Name">Section and workload or size: training a, stream 8→32.</param>
/// <param name="Cell">LSTM, GRU or RNN.</param>
/// <param name="Threads">How many each side has.</param>
/// <param name="Ours">Our median.</param>
/// <param name="Theirs">Their median.</param>
/// <param name="Required">What <see cref="Ratio"/> must reach; null where nothing is asked.</param>
internal sealed record ResultRow(string Name, string Cell, int Threads, double Ours, double Theirs, double? Required)
{
    /// <summary>Null where nothing is compared by division.</summary>
    public double? Ratio { get; init; } = Ours > 0 ? Theirs / Ours : null;

    /// <summary>Who theirs are.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Against { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public double[]? OursRange { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public double[]? TheirsRange { get; init; }

    /// <summary>Our matrix products' share of the most that the same number of cores did in a block between them.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public double? PeakFraction { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public double? PeakRequired { get; init; }

    /// <summary>s or B.</summary>
    public string Unit { get; init; } = "s";

    [JsonIgnore]
    public bool RatioReached => Unit == "B" ? Ours <= Theirs : Required is not { } required || Ratio >= required;

    [JsonIgnore]
    public bool PeakReached => PeakRequired is not { } required || PeakFraction >= required;

    /// <summary>Whether everything that is asked of the row is reached.</summary>
    public bool Reached => RatioReached && PeakReached;

    /// <summary>A comparison of times.</summary>
    public static ResultRow Of(string name, CellKind cell, int threads, Sample ours, Sample theirs, string against, double? required) =>
        new(name, cell.ToString(), threads, ours.Median, theirs.Median, required)
        {
            Against = against,
            OursRange = [ours.Min, ours.Max],
            TheirsRange = [theirs.Min, theirs.Max],
        };

    /// <summary>A comparison of bytes taken with bytes allowed.</summary>
    public static ResultRow OfBytes(string name, CellKind cell, int threads, double taken, double allowed) =>
        new(name, cell.ToString(), threads, taken, allowed, Required: allowed > 0 ? 1 : null) { Unit = "B" };
}
