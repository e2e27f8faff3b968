namespace Recurrent.Benchmarks;

/// <summary>A whole training from a fresh model: what a user waits for. Every call is one.</summary>
internal sealed class OurJob(Workload workload, CellKind cell, int threads, TrainingData data, int epochs) : LocalContender
{
    private TrainingStep? _last;

    /// <summary>What the model of the last call puts out after its training.</summary>
    public override float[][] Check() => [OurTraining.Outputs(_last!.Model, workload, data)];

    public override void Dispose() => _last?.Dispose();

    protected override void Call()
    {
        _last?.Dispose();
        _last = new TrainingStep(workload, cell, threads, data, batches: 1);
        for (int epoch = 0; epoch < epochs; epoch++) _last.Run();
    }
}
