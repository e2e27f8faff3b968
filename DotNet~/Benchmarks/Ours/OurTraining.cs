using System.Collections.Generic;
using System.Linq;

namespace Recurrent.Benchmarks;

/// <summary>Our training step.</summary>
internal sealed class OurTraining(Workload workload, CellKind cell, int threads, TrainingData data) : LocalContender
{
    private readonly TrainingStep _step = new(workload, cell, threads, data);

    /// <summary>The steps after which the outputs are looked at again.</summary>
    public const int CheckSteps = 3;

    public SequenceModel Model => _step.Model;

    /// <summary>The outputs, the gradients of all parameters at the first step, and the outputs after some steps.</summary>
    public override float[][] Check()
    {
        var checks = new List<float[]> { Outputs(_step.Model, workload, data) };
        _step.Run();
        checks.AddRange(Model.Parameters.Select(parameter => parameter.Gradient.ToArray()));
        for (int i = 1; i < CheckSteps; i++) _step.Run();
        checks.Add(Outputs(_step.Model, workload, data));
        return checks.ToArray();
    }

    public override void Dispose() => _step.Dispose();

    protected override void Call() => _step.Run();

    public static float[] Outputs(SequenceModel model, Workload workload, TrainingData data)
    {
        using var pass = new SequencePass(model, workload.Batch, workload.Steps);
        var outputs = new float[workload.Batch];
        pass.Forward(TrainingData.Flat(data.Inputs), workload.Batch, workload.Steps);
        pass.CopyOutput(outputs);
        return outputs;
    }
}
