using System.Collections.Generic;

namespace Recurrent.Benchmarks;

/// <summary>A whole training in TorchSharp from a fresh model. Every call is one.</summary>
internal sealed class TorchJob(Workload workload, CellKind cell, IReadOnlyDictionary<string, float[]> parameters, float[] inputs, float[] targets, int epochs)
    : LocalContender
{
    private TorchTraining? _last;

    /// <summary>What the model of the last call puts out after its training.</summary>
    public override float[][] Check() => [_last!.Outputs()];

    public override void Dispose() => _last?.Dispose();

    protected override void Call()
    {
        _last?.Dispose();
        _last = new TorchTraining(workload, cell, parameters, inputs, targets);
        _last.Run(epochs);
    }
}
