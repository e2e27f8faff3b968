using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Linq;

namespace Recurrent.Benchmarks;

/// <summary>One run of the comparison, from the check that all compute the same to the summary.</summary>
internal sealed class PeerRun : IDisposable
{
    private readonly Dictionary<(int Threads, bool KeepsMemory), TorchProcess> _torch = [];

    public PeerRun(Selection selection, bool quick)
    {
        Selection = selection;
        Pace = quick ? Pace.Quick : Pace.Full;
        Machine = new Machine(Torch(1, keepsMemory: false).Version);
        Report = new Report(Machine, quick);
    }

    public Selection Selection { get; }

    public Pace Pace { get; }

    public Report Report { get; }

    private Machine Machine { get; }

    /// <summary>Checks, warms up, measures, prints.</summary>
    /// <exception cref="DisagreementException">Two runners do not compute the same; nothing was measured.</exception>
    public void Measure()
    {
        Section[] sections = Section.Of(this).ToArray();
        Machine.Print();
        Check(sections);
        WarmUp();
        PrintPeaks();
        foreach (Section section in sections) section.Measure();
        Report.PrintSummary();
    }

    /// <summary>TorchSharp with so many threads and that setting of the C library, in its own process.</summary>
    public TorchProcess Torch(int threads, bool keepsMemory)
    {
        if (!_torch.TryGetValue((threads, keepsMemory), out TorchProcess? torch))
            _torch.Add((threads, keepsMemory), torch = new TorchProcess(threads, keepsMemory));
        return torch;
    }

    /// <summary>What is required, where it counts.</summary>
    public double? Required(double? ratio) => Machine.RatiosBind ? ratio : null;

    public void Dispose()
    {
        foreach (TorchProcess torch in _torch.Values) torch.Dispose();
    }

    private static void Check(Section[] sections)
    {
        var table = new Markdown("The same weights give the same outputs, gradients and next weights", "section", "comparisons", "largest relative difference", "allowed");
        foreach (Section section in sections)
        {
            (int count, double worst) = section.Check();
            if (count > 0) table.Row(section.Name, $"{count}", $"{worst:0.0e+0}", $"{section.Tolerance:0e+0}");
        }
    }

    private void WarmUp()
    {
        Workload workload = Workload.All.Single(workload => workload.Id == "c");
        TrainingData data = TrainingData.Noise(workload);
        using var ours = new OurTraining(workload, CellKind.LSTM, 1, data);
        using IContender theirs = Torch(1, keepsMemory: false).OpenTraining(workload, CellKind.LSTM, data, ours.Model);
        for (long start = Stopwatch.GetTimestamp(); Stopwatch.GetElapsedTime(start).TotalSeconds < Pace.FirstWarmUp;)
        {
            ours.Run(20);
            theirs.Run(20);
        }
    }

    private void PrintPeaks()
    {
        Console.WriteLine();
        foreach (int threads in Selection.Threads)
        {
            using var peak = new FmaPeak(threads);
            Sample sample = Contest.Measure(Pace.Blocks, 0.05, Pace.WarmUp, threads, peak)[0];
            Console.WriteLine($"FMA peak, {Text.Threads(threads)}: {Sample.Text(peak.Flops / sample.Median / 1e9)} GFLOP/s ({Sample.Text(peak.Flops / sample.Max / 1e9)}–{Sample.Text(peak.Flops / sample.Min / 1e9)})");
        }
    }
}
