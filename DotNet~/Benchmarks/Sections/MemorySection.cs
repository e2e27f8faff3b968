using System.Linq;

namespace Recurrent.Benchmarks;

/// <summary>What a training step's working memory takes, and what steps leave to the garbage collector.</summary>
internal sealed class MemorySection(PeerRun run) : Section("memory", run)
{
    /// <summary>There is no peer to agree with.</summary>
    public override (int Count, double Worst) Check() => (0, 0);

    public override void Measure()
    {
        if (Workloads.Any()) MeasureTraining();
        if (Sizes.Any()) MeasureStreaming();
    }

    private void MeasureTraining()
    {
        var table = new Markdown("Memory of training: the workspace, known before the first step, and managed bytes of every step after the first",
            "workload", "cell", "threads", "workspace", "allowed", "", "allocated a step", "");
        foreach (Workload workload in Workloads)
            foreach (CellKind cell in Cells)
                foreach (int threads in Run.Selection.Threads)
                {
                    using var step = new TrainingStep(workload, cell, threads, TrainingData.Noise(workload));
                    ResultRow workspace = ResultRow.OfBytes($"workspace {workload.Id}", cell, threads, step.WorkspaceBytes, workload.MemoryBound(cell, step.Model.Store.Length));
                    ResultRow allocated = ResultRow.OfBytes($"allocation training {workload.Id}", cell, threads, step.AllocatedBytes(), 0);
                    Run.Report.Add(workspace);
                    Run.Report.Add(allocated);
                    table.Row($"{workload}", $"{cell}", $"{threads}", Text.Bytes(workspace.Ours), Text.Bytes(workspace.Theirs), Mark(workspace), Text.Bytes(allocated.Ours), Mark(allocated));
                }
    }

    private void MeasureStreaming()
    {
        var table = new Markdown("Memory of streaming: managed bytes of every step", "layer", "cell", "batch", "allocated a step", "");
        foreach (LayerSize size in Sizes)
            foreach (CellKind cell in Cells)
                foreach (int batch in new[] { 1, 256 })
                {
                    using var stream = new OurStream(cell.Create(size.Input, size.Hidden), new Frames(size.Input, 1, batch));
                    ResultRow allocated = ResultRow.OfBytes($"allocation {(batch == 1 ? "stream" : "crowd")} {size}", cell, 1, stream.AllocatedBytes(), 0);
                    Run.Report.Add(allocated);
                    table.Row($"{size}", $"{cell}", $"{batch}", Text.Bytes(allocated.Ours), Mark(allocated));
                }
    }

    private static string Mark(ResultRow row) => row.Reached ? "" : "✗";
}
