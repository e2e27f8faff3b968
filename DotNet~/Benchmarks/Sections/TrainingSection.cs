using System;
using System.Linq;

namespace Recurrent.Benchmarks;

/// <summary>One optimizer step against TorchSharp's, and its share of the peak.</summary>
internal sealed class TrainingSection(PeerRun run) : Section("training", run)
{
    public override (int Count, double Worst) Check()
    {
        int count = 0;
        double worst = 0;
        foreach (Workload workload in Workloads)
            foreach (CellKind cell in Cells)
                foreach (int threads in Run.Selection.Threads)
                    worst = Math.Max(worst, Check(workload, cell, threads, TrainingData.Noise(workload), ref count));
        return (count, worst);
    }

    public override void Measure()
    {
        if (!Workloads.Any()) return;
        foreach (int threads in Run.Selection.Threads)
        {
            var table = new Markdown($"Training step, {Text.Threads(threads)}: forward, mean squared error, backward, Adam",
                "workload", "cell", "ours (min–max)", "TorchSharp (min–max)", "ratio", "required", "TorchSharp, memory kept (min–max)", "ratio", "required", "GFLOP/s", "of the FMA peak");
            foreach (Workload workload in Workloads)
                foreach (CellKind cell in Cells) Measure(table, workload, cell, threads);
        }
    }

    private double Check(Workload workload, CellKind cell, int threads, TrainingData data, ref int count)
    {
        double worst = 0;
        using var ours = new OurTraining(workload, cell, threads, data);
        SequenceModel model = ours.Model;
        using IContender plain = Run.Torch(threads, keepsMemory: false).OpenTraining(workload, cell, data, model);
        using IContender kept = Run.Torch(threads, keepsMemory: true).OpenTraining(workload, cell, data, model);
        float[][] expected = ours.Check();
        foreach (IContender theirs in new[] { plain, kept })
        {
            worst = Math.Max(worst, Agreement.Require($"training {workload}, {cell}, {Text.Threads(threads)}", expected, theirs.Check()));
            count++;
        }
        return worst;
    }

    private void Measure(Markdown table, Workload workload, CellKind cell, int threads)
    {
        TrainingData data = TrainingData.Noise(workload);
        using var ours = new OurTraining(workload, cell, threads, data);
        using IContender plain = Run.Torch(threads, keepsMemory: false).OpenTraining(workload, cell, data, ours.Model);
        using IContender kept = Run.Torch(threads, keepsMemory: true).OpenTraining(workload, cell, data, ours.Model);
        using var peak = new FmaPeak(threads);
        Sample[] samples = Contest.Measure(Run.Pace.Blocks, Run.Pace.TrainingBlock, Run.Pace.WarmUp, threads, ours, plain, kept, peak);

        double rate = workload.Flops(cell) / samples[0].Median;
        ResultRow row = ResultRow.Of($"training {workload.Id}", cell, threads, samples[0], samples[1], "TorchSharp", Run.Required(Requirements.Training(workload, cell, threads))) with
        {
            PeakFraction = rate / (peak.Flops / samples[3].Min),
            PeakRequired = Run.Required(Requirements.Peak(workload, cell, threads)),
        };
        ResultRow keptRow = ResultRow.Of($"training {workload.Id}, memory kept", cell, threads, samples[0], samples[2], "TorchSharp with its memory kept", Run.Required(Requirements.TrainingAgainstKept));
        Run.Report.Add(row);
        Run.Report.Add(keptRow);
        table.Row($"{workload}", $"{cell}", $"{samples[0]}", $"{samples[1]}", Text.Ratio(row), Text.Required(row), $"{samples[2]}", Text.Ratio(keptRow), Text.Required(keptRow),
            Sample.Text(rate / 1e9), Text.Peak(row));
    }
}
