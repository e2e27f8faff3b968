using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Globalization;
using System.Linq;

namespace Recurrent.Benchmarks;

/// <summary>
/// How far <see cref="Trainer.Advance"/> overruns the budget of a frame, as a Markdown table: two sizes of LSTM, with the fastest kernels, the portable and
/// the scalar ones. Between two frames a game's other work is played by walking through memory, which empties the caches.
/// </summary>
public sealed class FrameBudget
{
    public const string Verb = "frame-budget";

    private const string Help = """
        frame-budget [--frames N] [--budget MS] [--warm-up N]
        Trains inside frames and prints by how much they overran their budget.
          --frames N    frames of each kind, 3000 unless given
          --budget MS   the budget of a frame in milliseconds, 2 unless given
          --warm-up N   frames before them, 300 unless given
        """;

    // A frame in which the thread lacked the processor for longer than this was disturbed by others.
    private const double Disturbed = 20e-6;

    private readonly Workload _workload;
    private readonly KernelSet _kernels;
    private readonly TimeSpan _budget;
    private readonly float[] _other = new float[1 << 20];
    private readonly List<double> _all = [], _undisturbed = [];
    private double _used, _steps, _wholeStep;

    private FrameBudget(Workload workload, KernelSet kernels, TimeSpan budget)
    {
        _workload = workload;
        _kernels = kernels;
        _budget = budget;
    }

    /// <summary>Runs the verb; returns the exit code.</summary>
    public static int Run(ReadOnlySpan<string> arguments)
    {
        int frames = 3000, warmUp = 300;
        double milliseconds = 2;
        for (int i = 0; i < arguments.Length; i += 2)
        {
            string value = i + 1 < arguments.Length ? arguments[i + 1] : "";
            bool understood = arguments[i] switch
            {
                "--frames" => int.TryParse(value, CultureInfo.InvariantCulture, out frames) && frames > 0,
                "--warm-up" => int.TryParse(value, CultureInfo.InvariantCulture, out warmUp) && warmUp >= 0,
                "--budget" => double.TryParse(value, CultureInfo.InvariantCulture, out milliseconds) && milliseconds > 0,
                _ => false,
            };
            if (understood) continue;
            Console.Error.WriteLine(Help);
            return arguments[i] == "--help" ? 0 : 2;
        }

        KernelSet before = KernelSet.Default;
        KernelSet[] sets = [before, KernelSet.Available.First(set => set is Vector4Kernels), KernelSet.Available.First(set => set is ScalarKernels)];
        Console.WriteLine(FormattableString.Invariant($"{frames} frames each, a budget of {milliseconds} ms, one thread; overruns in ms."));
        Console.WriteLine();
        Console.WriteLine("| model | kernels | p50 | p99 | max | undisturbed frames | their p99 | their max | budget used | a step in frames, ms | in one go, ms |");
        Console.WriteLine("|---|---|---:|---:|---:|---:|---:|---:|---:|---:|---:|");
        foreach (Workload workload in Workload.All.Where(workload => workload.Id is "c" or "d"))
            foreach (KernelSet kernels in sets)
            {
                KernelSet.Default = kernels;
                var run = new FrameBudget(workload, kernels, TimeSpan.FromMilliseconds(milliseconds));
                run.Measure(frames, warmUp);
                Console.WriteLine(run);
            }
        KernelSet.Default = before;
        return 0;
    }

    /// <summary>A row of the table.</summary>
    public override string ToString()
    {
        double frames = _all.Count;
        return string.Create(CultureInfo.InvariantCulture,
            $"| LSTM {_workload} | {_kernels.Name} | {Quantile(_all, 0.5)} | {Quantile(_all, 0.99)} | {Quantile(_all, 1)} | {100 * _undisturbed.Count / frames:0} % | {Quantile(_undisturbed, 0.99)} | {Quantile(_undisturbed, 1)} | {100 * _used / (frames * _budget.TotalSeconds):0} % | {1e3 * _used / _steps:0.00} | {1e3 * _wholeStep:0.00} |");
    }

    private static string Quantile(List<double> sorted, double quantile) =>
        sorted.Count == 0 ? "–" : (1e3 * Math.Max(0, sorted[(int)Math.Ceiling(quantile * (sorted.Count - 1))])).ToString("0.000", CultureInfo.InvariantCulture);

    private void Measure(int frames, int warmUp)
    {
        TrainingData data = TrainingData.Noise(_workload);
        using (var step = new TrainingStep(_workload, CellKind.LSTM, 1, data)) _wholeStep = WholeStep(step);
        using var trained = new TrainingStep(_workload, CellKind.LSTM, 1, data);
        for (int frame = 0; frame < warmUp; frame++) trained.Advance(_budget);
        long before = trained.Steps;
        for (int frame = 0; frame < frames; frame++)
        {
            DoOtherWork();
            double processor = ThreadClock.Seconds;
            long start = Stopwatch.GetTimestamp();
            trained.Advance(_budget);
            double wall = Stopwatch.GetElapsedTime(start).TotalSeconds;
            processor = ThreadClock.Seconds - processor;
            _all.Add(wall - _budget.TotalSeconds);
            if (!(wall - processor > Disturbed)) _undisturbed.Add(wall - _budget.TotalSeconds);
            _used += double.IsNaN(processor) ? wall : processor;
        }
        _steps = Math.Max(1, trained.Steps - before);
        _all.Sort();
        _undisturbed.Sort();
    }

    /// <summary>The median time of a step in one go, on one thread; of the processor, where the system tells it.</summary>
    private static double WholeStep(TrainingStep step)
    {
        var times = new List<double>();
        for (double total = 0; times.Count < 5 || (total < 0.5 && times.Count < 200); total += times[^1])
        {
            double processor = ThreadClock.Seconds;
            long start = Stopwatch.GetTimestamp();
            step.Run();
            double wall = Stopwatch.GetElapsedTime(start).TotalSeconds;
            processor = ThreadClock.Seconds - processor;
            times.Add(double.IsNaN(processor) ? wall : processor);
        }
        times.Sort();
        return times[times.Count / 2];
    }

    private void DoOtherWork()
    {
        for (int i = 0; i < _other.Length; i += 16) _other[i] += 1;
    }
}
