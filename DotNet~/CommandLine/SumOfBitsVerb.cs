using System;
using System.Collections.Generic;
using System.CommandLine;
using System.Diagnostics;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Recurrent.Diagnostics;
using Spectre.Console;

namespace Recurrent.CommandLine;

/// <summary><c>recurrent sum-of-bits</c>: a published experiment that every recurrent layer has to pass, with many seeds; see <see cref="SumOfBits"/>.</summary>
internal sealed class SumOfBitsVerb : Verb
{
    /// <summary>The share of the seeds that has to reach the bound.</summary>
    private const double RequiredShare = 0.8;

    private const int DefaultSeeds = 10;

    private readonly Option<string?> _variant = OptionOf.Choice("--variant", "Only this recurrent layer. [default: all five]", SumOfBits.Variants.ToArray());
    private readonly Option<int?> _seeds = OptionOf.Whole("--seeds", $"Networks of each variant, with seeds from --seed upwards. [default: {DefaultSeeds}]", 1);
    private readonly Option<int?> _updates = OptionOf.Whole("--updates", $"Updates within which the bound has to be reached. [default: {SumOfBits.PublishedUpdates}]", 1);

    /// <summary>The verb, for the root command.</summary>
    public SumOfBitsVerb()
        : base("sum-of-bits", "Repeats PyTorch's end-to-end test of recurrent layers: the sum of five random bits, learned within 1,500 updates.")
    {
        Add(_variant);
        Add(_seeds);
        Add(_updates);
        AddSharedOptions();
    }

    /// <inheritdoc/>
    protected override int Run(ParseResult parsed, Report report, CancellationToken cancellation)
    {
        string[] variants = parsed.GetValue(_variant) is { } only ? new[] { only } : SumOfBits.Variants.ToArray();
        int seeds = parsed.GetValue(_seeds) ?? DefaultSeeds, updates = parsed.GetValue(_updates) ?? SumOfBits.PublishedUpdates, threads = Threads(parsed);
        ulong firstSeed = Seed(parsed);
        int required = (int)Math.Ceiling(seeds * RequiredShare);

        report.MakeFolders();
        report.Line($"Sum of {SumOfBits.Steps} bits: {SumOfBits.Batch} new sequences an update, Adam at 0.01; an ema of the loss of {SumOfBits.PublishedBound} is to be reached");
        report.Line($"within {updates} updates by {required} of {seeds} seeds; threads: {threads}, {KernelSet.Default.Name} kernels");
        report.Line();

        long start = Stopwatch.GetTimestamp();
        var results = new List<SumOfBits[]>();
        foreach (string variant in variants)
        {
            var runs = new SumOfBits[seeds];
            try
            {
                Parallel.For(0, seeds, new ParallelOptions { MaxDegreeOfParallelism = threads, CancellationToken = cancellation },
                    i => runs[i] = SumOfBits.Run(variant, firstSeed + (ulong)i, updates, cancellation));
            }
            catch (OperationCanceledException)
            {
                report.Line($"{variant}: cancelled");
                break;
            }
            results.Add(runs);
            report.Line($"{variant}: {runs.Count(run => run.Reached)} of {seeds} seeds");
        }

        double seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
        bool whole = results.Count == variants.Length;
        bool passed = whole && results.All(runs => runs.Count(run => run.Reached) >= required);
        if (results.Count > 0)
        {
            Tabulate(report, results);
            report.Picture("sum-of-bits.png", "the ema of the loss, each variant's median seed", Draw(results, updates));
        }
        report.Line(FormattableString.Invariant($"{(passed ? "Passed" : whole ? $"FAILED: expected {required} of {seeds} seeds of every variant" : "Cancelled")}, {seconds:0.0} s"));
        Write(report.Json, results, seeds, required, updates, passed, seconds);
        return !whole ? ExitCode.Cancelled : passed ? ExitCode.Success : ExitCode.Failure;
    }

    private static void Tabulate(Report report, List<SumOfBits[]> results)
    {
        var table = new Table { Border = TableBorder.Horizontal };
        table.AddColumn("variant");
        foreach (string heading in new[] { "seeds that reach it", "updates, median", "fewest", "most", "largest final ema" }) table.AddColumn(new TableColumn(heading).RightAligned());
        foreach (SumOfBits[] runs in results)
        {
            table.AddRow(runs[0].Variant, $"{runs.Count(run => run.Reached)} of {runs.Length}", $"{Median(runs).Updates}", $"{runs.Min(run => run.Updates)}", $"{runs.Max(run => run.Updates)}",
                FormattableString.Invariant($"{runs.Max(run => run.Ema):0.0000}"));
        }
        report.Line();
        report.Console.Write(table);
    }

    private static SumOfBits Median(SumOfBits[] runs) => runs.OrderBy(run => run.Updates).ElementAt((runs.Length - 1) / 2);

    private static StateCanvas Draw(List<SumOfBits[]> results, int updates)
    {
        float[] bound = { (float)SumOfBits.PublishedBound, (float)SumOfBits.PublishedBound };
        SumOfBits[] medians = results.Select(Median).ToArray();
        int longest = medians.Max(run => run.Updates);
        var axis = Axis.FitLogarithmic("ema of the squared error", medians.Select(run => run.Curve.ToArray()).Append(bound).ToArray());
        var chart = new LineChart(Axis.Counting("update", 1, longest), axis) { Title = "Each variant's median seed" };
        foreach (SumOfBits run in medians) chart.Add(new LineSeries(run.Variant, run.Curve.ToArray()) { First = 1, Value = $"{run.Updates} updates" });
        chart.Add(new LineSeries("bound", new[] { 1f, longest }, bound) { Value = "0.01" });
        var grid = new PanelGrid(1, 1) { Title = "Sum of five bits", Subtitle = $"0.99 ema + 0.01 loss, from 1; to be at 0.01 within {updates} updates" };
        grid[0, 0] = chart;
        return grid.Draw(1200, 760, Skin.Light.WithScale(2));
    }

    private static void Write(JsonWriter json, List<SumOfBits[]> results, int seeds, int required, int updates, bool passed, double seconds)
    {
        json.Member("verb", "sum-of-bits").Member("passed", passed).Member("seeds", seeds).Member("required", required).Member("bound", SumOfBits.PublishedBound).Member("updates", updates).Member("seconds", seconds);
        json.Name("variants").BeginArray();
        foreach (SumOfBits[] runs in results)
        {
            json.BeginObject().Member("variant", runs[0].Variant).Member("reached", runs.Count(run => run.Reached)).Member("medianUpdates", Median(runs).Updates);
            json.Name("runs").BeginArray();
            foreach (SumOfBits run in runs) json.BeginObject().Member("seed", (long)run.Seed).Member("reached", run.Reached).Member("updates", run.Updates).Member("ema", run.Ema).EndObject();
            json.EndArray().EndObject();
        }
        json.EndArray();
    }
}
