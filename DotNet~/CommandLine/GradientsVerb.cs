using System;
using System.Collections.Generic;
using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Recurrent.Diagnostics;
using Spectre.Console;
using static Recurrent.CommandLine.Gradients;

namespace Recurrent.CommandLine;

/// <summary>
/// <c>recurrent gradients</c>: the vanishing gradient, seen and measured: RNN, LSTM and GRU side by side, what the forget bias and clipping change, and how
/// summing all outputs hides it; see <see cref="Gradients"/>.
/// </summary>
internal sealed class GradientsVerb : Verb
{
    private const int PixelScale = 2, Width = 1760;

    private static readonly float[] Rotations = { 0.8f, 0.9f, 1, 1.1f, 1.2f };

    /// <summary>The spectral radius of the network whose gradient explodes in training.</summary>
    private const float Exploding = 1.5f;

    private readonly Option<int?> _steps = OptionOf.Whole("--steps", "Steps of a sequence. [default: 100]", 10);
    private readonly Option<int?> _seeds = OptionOf.Whole("--seeds", "Networks of each kind, with seeds from --seed upwards. [default: 5]", 1);
    private readonly Option<int?> _updates = OptionOf.Whole("--updates", "Updates of the networks that are trained; 0 trains none. [default: 800]", 0);

    /// <summary>The verb, for the root command.</summary>
    public GradientsVerb()
        : base("gradients", "Shows how gradients vanish on their way back through time: RNN, LSTM and GRU side by side, before and in training.")
    {
        Add(_steps);
        Add(_seeds);
        Add(_updates);
        AddSharedOptions();
    }

    /// <inheritdoc/>
    protected override int Run(ParseResult parsed, Report report, CancellationToken cancellation)
    {
        int steps = parsed.GetValue(_steps) ?? 100, seeds = parsed.GetValue(_seeds) ?? 5, updates = parsed.GetValue(_updates) ?? 800, threads = Threads(parsed);
        ulong seed = Seed(parsed);
        report.MakeFolders();
        report.Json.Member("verb", "gradients").Member("steps", steps).Member("seeds", seeds).Member("updates", updates);
        try
        {
            ShowFlows(report, steps, seeds, seed, threads, cancellation);
            ShowRotations(report, steps, seeds, seed, threads, cancellation);
            if (updates == 0) return ExitCode.Success;
            ShowMemory(report, steps, updates, seeds, seed, threads, cancellation);
            ShowClipping(report, steps, updates, seeds, seed, threads, cancellation);
            return ExitCode.Success;
        }
        catch (OperationCanceledException)
        {
            report.Line("Cancelled.");
            return ExitCode.Cancelled;
        }
    }

    private static void ShowFlows(Report report, int steps, int seeds, ulong seed, int threads, CancellationToken cancellation)
    {
        Flow[][] flows = Repeat(report, "before training", Untrained, seeds, seed, threads, cancellation, (network, s) => Measure(network, steps, s));
        report.Line($"Networks of {Gradients.Hidden} units that were never trained, {steps} steps of random input ({Gradients.Rows} sequences); the norm of ∂L/∂h at the first step ÷ that at the last");
        var table = Table("network", "L: last output", "a step back", "L: sum of outputs", "mean f or z", "spectral radius");
        for (int i = 0; i < flows.Length; i++)
        {
            table.AddRow(Untrained[i].Name, Geometric(flows[i].Select(flow => flow.Ratio)), Factor(flows[i].Select(flow => flow.PerStep)), Geometric(flows[i].Select(flow => flow.SummedRatio)),
                Untrained[i].Name == "RNN" ? "–" : Three(flows[i].Average(flow => flow.Gate)), Radius(flows[i]));
        }
        report.Console.Write(table);
        report.Line("Of a loss on the last output next to nothing comes back to the first steps but through open gates. Summing all outputs gives every step a gradient of its own: nothing seems amiss.");
        report.Line();

        var grid = new PanelGrid(1, 2) { Title = "How much gradient is left further back in time", Subtitle = $"never trained, {Gradients.Hidden} units, {steps} steps, seed {seed}; the norm of ∂L/∂h after each step" };
        Axis y = Axis.Logarithmic("‖∂L/∂h‖", 1e-30, 1e4);
        for (int side = 0; side < 2; side++)
        {
            var chart = new LineChart(Axis.Counting("step", 0, steps), y) { Title = side == 0 ? "L: the last output" : "L: the sum of all outputs, which hides it" };
            for (int i = 0; i < flows.Length; i++) chart.Add(new LineSeries(Untrained[i].Name, side == 0 ? flows[i][0].Last : flows[i][0].Summed) { Value = Short(side == 0 ? flows[i][0].Ratio : flows[i][0].SummedRatio) });
            grid[0, side] = chart;
        }
        report.Picture("gradients.png", "the gradient's norm at every step, for a loss at the last step and for the sum of all", grid.Draw(Width, 860, Skin.Light.WithScale(PixelScale)));

        report.Json.Name("networks").BeginArray();
        for (int i = 0; i < flows.Length; i++)
        {
            report.Json.BeginObject().Member("network", Untrained[i].Name).Member("perStep", flows[i].Average(flow => flow.PerStep));
            report.Json.Member("decades", flows[i].Average(flow => Math.Log10(flow.Ratio))).Member("summedDecades", flows[i].Average(flow => Math.Log10(flow.SummedRatio)));
            report.Json.Name("spectralRadius").BeginObject();
            for (int gate = 0; gate < flows[i][0].Radii.Length; gate++) report.Json.Member(flows[i][0].Radii[gate].Gate is { Length: > 0 } name ? name : "h", flows[i].Average(flow => flow.Radii[gate].Radius));
            report.Json.EndObject().Name("norms").BeginArray();
            foreach (float norm in flows[i][0].Last) report.Json.Value(norm);
            report.Json.EndArray().EndObject();
        }
        report.Json.EndArray();
    }

    private static void ShowRotations(Report report, int steps, int seeds, ulong seed, int threads, CancellationToken cancellation)
    {
        Network[] networks = Rotations.Select(Rotating).ToArray();
        Flow[][] quiet = Repeat(report, "spectral radius", networks, seeds, seed, threads, cancellation, (network, s) => Measure(network, steps, s, loudness: 0));
        Flow[][] loud = Repeat(report, "spectral radius", networks, seeds, seed, threads, cancellation, (network, s) => Measure(network, steps, s));
        report.Line($"RNNs whose recurrent weights are a rotation times a factor, their spectral radius: without input the norm falls or grows by exactly that at every step");
        var table = Table("spectral radius", $"radius ^ {steps - 1}", "without input", "a step back", "with input", "a step back");
        for (int i = 0; i < networks.Length; i++)
        {
            table.AddRow(Three(quiet[i].Average(flow => flow.Radii[0].Radius)), Short(Math.Pow(Rotations[i], steps - 1)), Geometric(quiet[i].Select(flow => flow.Ratio)), Factor(quiet[i].Select(flow => flow.PerStep)),
                Geometric(loud[i].Select(flow => flow.Ratio)), Factor(loud[i].Select(flow => flow.PerStep)));
        }
        report.Console.Write(table);
        report.Line("Input bends tanh, whose slope is then below 1: it takes a radius well above 1 to keep a gradient alive.");
        report.Line();

        var grid = new PanelGrid(1, 2) { Title = "The spectral radius of the recurrent weights decides", Subtitle = $"RNNs whose recurrent weights are a rotation times their spectral radius; never trained, {Gradients.Hidden} units, seed {seed}; L is the last output" };
        Axis y = Axis.FitLogarithmic("‖∂L/∂h‖", quiet.Concat(loud).Select(flow => flow[0].Last).ToArray());
        for (int side = 0; side < 2; side++)
        {
            var chart = new LineChart(Axis.Counting("step", 0, steps), y) { Title = side == 0 ? "Without input: tanh is as good as linear" : "With random input: tanh takes its share" };
            for (int i = 0; i < networks.Length; i++) chart.Add(new LineSeries(FormattableString.Invariant($"radius {Rotations[i]}"), (side == 0 ? quiet : loud)[i][0].Last) { Value = Short((side == 0 ? quiet : loud)[i][0].Ratio) });
            grid[0, side] = chart;
        }
        report.Picture("gradients-radius.png", "the gradient's norm at every step, by the spectral radius of an RNN", grid.Draw(Width, 760, Skin.Light.WithScale(PixelScale)));
        report.Json.Name("rotations").BeginArray();
        for (int i = 0; i < networks.Length; i++) report.Json.BeginObject().Member("radius", Rotations[i]).Member("perStep", quiet[i].Average(flow => flow.PerStep)).Member("perStepWithInput", loud[i].Average(flow => flow.PerStep)).EndObject();
        report.Json.EndArray();
    }

    private static void ShowMemory(Report report, int steps, int updates, int seeds, ulong seed, int threads, CancellationToken cancellation)
    {
        Learning[][] runs = Repeat(report, "remembering", Untrained, seeds, seed, threads, cancellation, (network, s) => Remember(network, steps, updates, s, cancellation));
        report.Line($"Trained to tell after {steps} steps which of two signs stood at the first, {updates} updates of 32 sequences (Adam 0.003, clipped at 1); half is chance");
        var table = Table("network", "right on fresh sequences", "loss");
        for (int i = 0; i < runs.Length; i++) table.AddRow(Untrained[i].Name, Figure.Of(runs[i].Select(run => 100 * run.Right)) + " %", Figure.Of(runs[i].Select(run => run.Error)).ToString());
        report.Console.Write(table);
        report.Line();
        var grid = new PanelGrid(1, 1) { Title = $"Remembering one sign for {steps} steps", Subtitle = $"the loss of every update, mean of {seeds} seeds; ln 2 = 0.693 is chance" };
        float[][] curves = runs.Select(run => Smooth(Mean(run.Select(one => one.Losses)))).ToArray();
        var chart = new LineChart(Axis.Counting("update", 1, updates), Axis.Fit("cross-entropy", curves.Append(new[] { 0f }).ToArray()));
        for (int i = 0; i < runs.Length; i++) chart.Add(new LineSeries(Untrained[i].Name, curves[i]) { First = 1, Value = $"{Figure.Of(runs[i].Select(run => 100 * run.Right)).Mean:0} % right" });
        grid[0, 0] = chart;
        report.Picture("gradients-memory.png", "the loss of networks that learn to remember", grid.Draw(Width, 800, Skin.Light.WithScale(PixelScale)));
        report.Json.Name("memory").BeginArray();
        for (int i = 0; i < runs.Length; i++) report.Json.BeginObject().Member("network", Untrained[i].Name).Member("right", runs[i].Average(run => run.Right)).EndObject();
        report.Json.EndArray();
    }

    private static void ShowClipping(Report report, int steps, int updates, int seeds, ulong seed, int threads, CancellationToken cancellation)
    {
        Network[] networks = { Rotating(Exploding), Rotating(Exploding) };
        string[] names = { "not clipped", "clipped at 1" };
        Learning[][] runs = Repeat(report, "clipping", networks, seeds, seed, threads, cancellation, (network, s) => Echo(network, steps, updates, ReferenceEquals(network, networks[0]) ? double.PositiveInfinity : 1, s, cancellation));
        report.Line(FormattableString.Invariant($"An RNN with a spectral radius of {Exploding}, trained to tell what it was shown 3 steps before, {updates} updates by plain gradient descent at 0.1; 1 is the error of always saying 0"));
        var table = Table("gradient", "stayed finite", "median norm", "largest norm", "largest loss", "error at the end");
        for (int i = 0; i < runs.Length; i++)
        {
            Learning[] whole = Array.FindAll(runs[i], run => run.Losses.Length == updates && double.IsFinite(run.Error));
            table.AddRow(names[i], $"{whole.Length} of {seeds}", Geometric(runs[i].Select(run => (double)run.Norms.Order().ElementAt(run.Norms.Length / 2))), Short(runs[i].Max(run => run.Norms.Max())),
                Short(runs[i].Max(run => run.Losses.Max())), whole.Length == 0 ? "–" : Figure.Of(whole.Select(run => run.Error)).ToString());
        }
        report.Console.Write(table);
        report.Line("Clipping shortens the whole gradient, all steps alike: it keeps an exploding one from doing harm, and does nothing for one that vanished.");
        var grid = new PanelGrid(1, 2) { Title = "What clipping changes", Subtitle = FormattableString.Invariant($"an RNN with a spectral radius of {Exploding} learns what it was shown 3 steps before; seed {seed}") };
        for (int side = 0; side < 2; side++)
        {
            float[][] curves = runs.Select(run => side == 0 ? run[0].Norms : run[0].Losses).ToArray();
            var chart = new LineChart(Axis.Counting("update", 1, updates), Axis.FitLogarithmic(side == 0 ? "‖gradient‖, before clipping" : "squared error", curves)) { Title = side == 0 ? "The gradient's norm" : "The loss" };
            for (int i = 0; i < runs.Length; i++) chart.Add(new LineSeries(names[i], curves[i]) { First = 1, Width = 1, Dashes = Array.Empty<float>(), Value = curves[i].Length < updates ? $"no longer finite after {curves[i].Length}" : "" });
            grid[0, side] = chart;
        }
        report.Picture("gradients-clipping.png", "an exploding gradient in training, with and without clipping", grid.Draw(Width, 760, Skin.Light.WithScale(PixelScale)));
        report.Json.Name("clipping").BeginArray();
        for (int i = 0; i < runs.Length; i++) report.Json.BeginObject().Member("gradient", names[i]).Member("largestNorm", runs[i].Max(run => run.Norms.Max())).Member("finite", runs[i].Count(run => run.Losses.Length == updates)).EndObject();
        report.Json.EndArray();
    }

    /// <summary>(networks, seeds): everything measured, several at a time.</summary>
    private static T[][] Repeat<T>(Report report, string title, IReadOnlyList<Network> networks, int seeds, ulong seed, int threads, CancellationToken cancellation, Func<Network, ulong, T> measure)
    {
        var results = networks.Select(_ => new T[seeds]).ToArray();
        long start = Stopwatch.GetTimestamp(), told = start;
        int done = 0, all = networks.Count * seeds;
        Parallel.For(0, all, new ParallelOptions { MaxDegreeOfParallelism = threads, CancellationToken = cancellation }, i =>
        {
            results[i / seeds][i % seeds] = measure(networks[i / seeds], seed + (ulong)(i % seeds));
            lock (results)
            {
                done++;
                if (Stopwatch.GetElapsedTime(told).TotalSeconds < 5 || done == all) return;
                told = Stopwatch.GetTimestamp();
                double elapsed = Stopwatch.GetElapsedTime(start).TotalSeconds;
                report.Line(FormattableString.Invariant($"{title}: {done} of {all} networks, {elapsed * (all - done) / done:0} s left"));
            }
        });
        return results;
    }

    private static Table Table(string first, params string[] headings)
    {
        var table = new Table { Border = TableBorder.Horizontal };
        table.AddColumn(new TableColumn(first).NoWrap());
        foreach (string heading in headings) table.AddColumn(new TableColumn(heading).RightAligned().NoWrap());
        return table;
    }

    /// <summary>The mean over the seeds: of the one block of an RNN, or from the smallest to the largest of a cell's gates.</summary>
    private static string Radius(Flow[] flows)
    {
        double[] radii = Enumerable.Range(0, flows[0].Radii.Length).Select(gate => flows.Average(flow => flow.Radii[gate].Radius)).ToArray();
        return radii.Length == 1 ? FormattableString.Invariant($"{radii[0]:0.00}") : FormattableString.Invariant($"{radii.Min():0.00} to {radii.Max():0.00}");
    }

    private static string Three(double value) => value.ToString("0.000", CultureInfo.InvariantCulture);

    private static string Factor(IEnumerable<double> values)
    {
        Figure figure = Figure.Of(values);
        return $"× {Three(figure.Mean)}{(figure.Spread < 5e-4 ? "" : " ± " + Three(figure.Spread))}";
    }

    /// <summary>The mean of what spans decades: that of the logarithms, with the factor of one standard deviation.</summary>
    private static string Geometric(IEnumerable<double> values)
    {
        Figure decades = Figure.Of(values.Select(Math.Log10));
        string mean = Short(Math.Pow(10, decades.Mean));
        return decades.Spread > 0.005 ? $"{mean} ×÷ {Short(Math.Pow(10, decades.Spread))}" : mean;
    }

    private static string Short(double value) =>
        value.ToString(value != 0 && Math.Abs(Math.Log10(Math.Abs(value))) >= 4 ? "0.0e0" : "G3", CultureInfo.InvariantCulture);

    private static float[] Mean(IEnumerable<float[]> curves)
    {
        float[][] all = curves.ToArray();
        return Enumerable.Range(0, all[0].Length).Select(i => all.Average(curve => curve[i])).ToArray();
    }

    /// <summary>The mean of the last twenty values at each place.</summary>
    private static float[] Smooth(float[] values) => Enumerable.Range(0, values.Length).Select(i => values[Math.Max(0, i - 19)..(i + 1)].Average()).ToArray();
}
