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

/// <summary><c>recurrent reber</c>: a published test of memory, with many seeds; see <see cref="Reber"/>.</summary>
internal sealed class ReberVerb : Verb
{
    /// <summary>The share of the seeds that has to solve the grammar, with an LSTM; the others are shown for comparison.</summary>
    private const double RequiredShare = 0.9;

    private const int DefaultSeeds = 10;

    private readonly Option<string?> _cell = OptionOf.Choice("--cell", "Only this recurrent layer. [default: all three]", Reber.All.ToArray());
    private readonly Option<string?> _weights = OptionOf.Choice("--weights", "The initial weights: drawn wide, or PyTorch's default. [default: wide]", "wide", "pytorch");
    private readonly Option<int?> _seeds = OptionOf.Whole("--seeds", $"Networks of each kind, with seeds from --seed upwards. [default: {DefaultSeeds}]", 1);
    private readonly Option<int?> _strings = OptionOf.Whole("--strings", $"Strings within which the grammar has to be solved. [default: {Reber.PublishedStrings}]", 1);

    /// <summary>The verb, for the root command.</summary>
    public ReberVerb()
        : base("reber", "Learns the embedded Reber grammar, in which the end of a string depends on its beginning, within 8,000 strings.")
    {
        Add(_cell);
        Add(_weights);
        Add(_seeds);
        Add(_strings);
        AddSharedOptions();
    }

    /// <inheritdoc/>
    protected override int Run(ParseResult parsed, Report report, CancellationToken cancellation)
    {
        string[] cells = parsed.GetValue(_cell) is { } only ? new[] { only } : Reber.All.ToArray();
        int seeds = parsed.GetValue(_seeds) ?? DefaultSeeds, strings = parsed.GetValue(_strings) ?? Reber.PublishedStrings, threads = Threads(parsed);
        ulong firstSeed = Seed(parsed);
        bool wide = parsed.GetValue(_weights) != "pytorch";
        int required = (int)Math.Ceiling(seeds * RequiredShare);
        report.MakeFolders();
        report.Line($"The embedded Reber grammar: {Reber.Cells} cells, {(wide ? "wide initial weights" : "PyTorch's initial weights")}, one update a string, Adam at 0.01; solved when every choice on");
        report.Line($"{Reber.TestStrings} fresh strings is right, tested every {Reber.TestEvery}; the LSTM has to within {strings} strings with {required} of {seeds} seeds; threads: {threads}, {KernelSet.Default.Name} kernels");
        report.Line();

        long start = Stopwatch.GetTimestamp();
        var results = new List<Reber[]>();
        foreach (string cell in cells)
        {
            var runs = new Reber[seeds];
            int done = 0;
            try
            {
                Parallel.For(0, seeds, new ParallelOptions { MaxDegreeOfParallelism = threads, CancellationToken = cancellation }, i =>
                {
                    runs[i] = Reber.Run(cell, wide, firstSeed + (ulong)i, strings, cancellation);
                    int count = Interlocked.Increment(ref done);
                    double seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
                    lock (runs) report.Line(FormattableString.Invariant($"{cell}, seed {runs[i].Seed}: {(runs[i].Solved ? $"solved after {runs[i].Strings} strings" : $"not solved, {runs[i].Remembered.LastOrDefault() * 100:0} % of the ends right")} ({count} of {seeds}, {seconds:0.0} s)"));
                });
            }
            catch (OperationCanceledException) when (done < seeds)
            {
                report.Line($"{cell}: cancelled");
                break;
            }
            catch (OperationCanceledException)
            {
                // It came after the last network: these are whole.
            }
            results.Add(runs);
        }

        bool whole = results.Count == cells.Length;
        Reber[]? judged = results.Find(runs => runs[0].Cell == "lstm");
        bool passed = whole && (judged == null || judged.Count(run => run.Solved) >= required);
        if (results.Count > 0)
        {
            Tabulate(report, results);
            report.Picture("reber.png", "how often the end of a string was told right, each network's median seed", Draw(results, strings));
        }
        double all = Stopwatch.GetElapsedTime(start).TotalSeconds;
        report.Line(FormattableString.Invariant($"{(!whole ? "Cancelled" : judged == null ? "Done" : passed ? "Passed" : $"FAILED: expected {required} of {seeds} seeds of the LSTM")}, {all:0.0} s"));
        Write(report.Json, results, seeds, required, strings, passed, all);
        return !whole ? ExitCode.Cancelled : passed ? ExitCode.Success : ExitCode.Failure;
    }

    private static void Tabulate(Report report, List<Reber[]> results)
    {
        var table = new Table { Border = TableBorder.Horizontal };
        table.AddColumn("network");
        foreach (string heading in new[] { "seeds that solve it", "strings, mean", "fewest", "most" }) table.AddColumn(new TableColumn(heading).RightAligned());
        foreach (Reber[] runs in results)
        {
            Reber[] solved = Array.FindAll(runs, run => run.Solved);
            string Number(Func<double> value) => solved.Length == 0 ? "–" : FormattableString.Invariant($"{value():0}");
            table.AddRow(runs[0].Cell, $"{solved.Length} of {runs.Length}", solved.Length == 0 ? "–" : Figure.Of(solved.Select(run => (double)run.Strings)).ToString(), Number(() => solved.Min(run => run.Strings)), Number(() => solved.Max(run => run.Strings)));
        }
        report.Line();
        report.Console.Write(table);
    }

    private static Reber Median(Reber[] runs) => runs.OrderBy(run => run.Solved ? run.Strings : int.MaxValue).ElementAt((runs.Length - 1) / 2);

    private static StateCanvas Draw(List<Reber[]> results, int strings)
    {
        var grid = new PanelGrid(2, 1) { Title = "The embedded Reber grammar", Subtitle = $"each network's median seed, on {Reber.TestStrings} fresh strings every {Reber.TestEvery}" };
        Reber[] medians = results.Select(Median).ToArray();
        int longest = Math.Max(2 * Reber.TestEvery, medians.Max(run => run.Strings));
        (string Title, Func<Reber, IReadOnlyList<float>> Shares)[] panels = { ("Strings whose end is told right, by their beginning", run => run.Remembered), ("Steps at which the likeliest symbol may follow", run => run.Legal) };
        for (int row = 0; row < panels.Length; row++)
        {
            float[][] shares = medians.Select(run => panels[row].Shares(run).Select(share => 100 * share).ToArray()).ToArray();
            var chart = new LineChart(Axis.Linear("strings learned", 0, longest), Axis.Fit("%", shares.Append(new[] { 100f }).ToArray())) { Title = panels[row].Title, ShowXLabels = row == panels.Length - 1 };
            for (int i = 0; i < medians.Length; i++)
            {
                float[] x = Enumerable.Range(1, shares[i].Length).Select(test => (float)test * Reber.TestEvery).ToArray();
                chart.Add(new LineSeries(medians[i].Cell, x, shares[i]) { Value = row > 0 ? "" : medians[i].Solved ? $"solved after {medians[i].Strings}" : $"not solved in {strings}" });
            }
            grid[row, 0] = chart;
        }
        return grid.Draw(1400, 1100, Skin.Light.WithScale(2));
    }

    private static void Write(JsonWriter json, List<Reber[]> results, int seeds, int required, int strings, bool passed, double seconds)
    {
        json.Member("verb", "reber").Member("passed", passed).Member("weights", results.Count == 0 || results[0][0].Wide ? "wide" : "pytorch").Member("seeds", seeds).Member("required", required).Member("strings", strings).Member("seconds", seconds);
        json.Name("networks").BeginArray();
        foreach (Reber[] runs in results)
        {
            json.BeginObject().Member("cell", runs[0].Cell).Member("solved", runs.Count(run => run.Solved));
            json.Name("runs").BeginArray();
            foreach (Reber run in runs) json.BeginObject().Member("seed", (long)run.Seed).Member("solved", run.Solved).Member("strings", run.Strings).EndObject();
            json.EndArray().EndObject();
        }
        json.EndArray();
    }
}
