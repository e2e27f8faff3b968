using System;
using System.Linq;

namespace Recurrent.Benchmarks;

/// <summary>The tutorial's whole training, from making the model to the last of 100 epochs over one batch of a sine wave, against TorchSharp's.</summary>
internal sealed class JobSection(PeerRun run) : Section("job", run)
{
    private const int Epochs = 100;

    // A hundred steps apart, roundings have grown.
    private const double LossTolerance = 0.02;

    private static readonly Workload s_workload = Workload.All[0];
    private static readonly TrainingData s_data = TrainingData.Sine(s_workload);

    public override (int Count, double Worst) Check()
    {
        int count = 0;
        double worst = 0;
        if (!Wanted) return (count, worst);
        foreach (int threads in Run.Selection.Threads)
        {
            using var ours = new OurTraining(s_workload, CellKind.LSTM, threads, s_data);
            using IContender theirs = Run.Torch(threads, keepsMemory: false).OpenTraining(s_workload, CellKind.LSTM, s_data, ours.Model);
            worst = Math.Max(worst, Agreement.Require($"job, {Text.Threads(threads)}", ours.Check(), theirs.Check()));
            count++;
        }
        return (count, worst);
    }

    public override void Measure()
    {
        if (!Wanted) return;
        var table = new Markdown($"The tutorial's job: {Epochs} epochs of one batch, {s_workload}, LSTM",
            "threads", "ours (min–max)", "TorchSharp (min–max)", "ratio", "required", "TorchSharp, memory kept (min–max)", "ratio", "required", "error before", "after, ours", "after, TorchSharp");
        foreach (int threads in Run.Selection.Threads) Measure(table, threads);
    }

    private bool Wanted => Workloads.Contains(s_workload) && Cells.Contains(CellKind.LSTM);

    private void Measure(Markdown table, int threads)
    {
        using var fresh = new OurTraining(s_workload, CellKind.LSTM, 1, s_data);
        using var ours = new OurJob(s_workload, CellKind.LSTM, threads, s_data, Epochs);
        using IContender plain = Run.Torch(threads, keepsMemory: false).OpenJob(s_workload, CellKind.LSTM, s_data, fresh.Model, Epochs);
        using IContender kept = Run.Torch(threads, keepsMemory: true).OpenJob(s_workload, CellKind.LSTM, s_data, fresh.Model, Epochs);
        Sample[] samples = Contest.Measure(Run.Pace.Jobs, 0, 0, threads, ours, plain, kept);

        float[] before = OurTraining.Outputs(fresh.Model, s_workload, s_data);
        float[][] after = ours.Check(), theirs = plain.Check();
        Agreement.Require($"job, {Text.Threads(threads)}, after {Epochs} epochs", after, theirs, LossTolerance);
        ResultRow row = ResultRow.Of("job", CellKind.LSTM, threads, samples[0], samples[1], "TorchSharp", Run.Required(Requirements.Job(threads)));
        ResultRow keptRow = ResultRow.Of("job, memory kept", CellKind.LSTM, threads, samples[0], samples[2], "TorchSharp with its memory kept", null);
        Run.Report.Add(row);
        Run.Report.Add(keptRow);
        table.Row($"{threads}", $"{samples[0]}", $"{samples[1]}", Text.Ratio(row), Text.Required(row), $"{samples[2]}", Text.Ratio(keptRow), Text.Required(keptRow),
            $"{Error(before):0.00000}", $"{Error(after[0]):0.00000}", $"{Error(theirs[0]):0.00000}");
    }

    private static double Error(float[] outputs) => outputs.Zip(s_data.Targets, (output, target) => Math.Pow(output - target[0], 2)).Average();
}
