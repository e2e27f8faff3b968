using System;
using System.Linq;

namespace Recurrent.Benchmarks;

/// <summary>One batch: inputs (B, T, I) and targets (B, 1).</summary>
public sealed class TrainingData
{
    private TrainingData(Workload workload, Func<int, int, float> input, Func<int, float> target)
    {
        Inputs = new float[workload.Batch][];
        Targets = new float[workload.Batch][];
        for (int row = 0; row < workload.Batch; row++)
        {
            Inputs[row] = new float[workload.Steps * workload.Input];
            for (int i = 0; i < Inputs[row].Length; i++) Inputs[row][i] = input(row, i);
            Targets[row] = [target(row)];
        }
    }

    public float[][] Inputs { get; }

    public float[][] Targets { get; }

    /// <summary>Gaussian noise; the targets around 1, so that no gradient is a small difference of large numbers.</summary>
    public static TrainingData Noise(Workload workload)
    {
        var random = new RandomSource(7);
        return new TrainingData(workload, (_, _) => random.NextGaussian(), _ => 1 + random.NextGaussian());
    }

    /// <summary>The tutorial's: windows of a sine wave, each with the value that follows it.</summary>
    public static TrainingData Sine(Workload workload) =>
        new(workload, (row, t) => MathF.Sin(0.1f * (row + t)), row => MathF.Sin(0.1f * (row + workload.Steps)));

    /// <summary>Row after row.</summary>
    public static float[] Flat(float[][] rows) => rows.SelectMany(row => row).ToArray();
}
