using System;

namespace Recurrent.Benchmarks;

/// <summary>What a layer is fed while runners are compared: a few inputs of (steps, batch, features). With a batch of 1 or one step, batch first is the same.</summary>
internal sealed class Frames
{
    private const int Count = 5;

    public Frames(int input, int steps, int batch)
    {
        if (steps > 1 && batch > 1) throw new ArgumentException($"Frames: expected one step or a batch of 1, got {steps} steps of {batch}.");
        Input = input;
        Steps = steps;
        Batch = batch;
        var random = new RandomSource(5);
        for (int frame = 0; frame < Count; frame++)
        {
            Values[frame] = new float[Size];
            for (int i = 0; i < Size; i++) Values[frame][i] = random.NextGaussian();
        }
    }

    public int Input { get; }

    public int Steps { get; }

    public int Batch { get; }

    /// <summary>Numbers in a frame.</summary>
    public int Size => Steps * Batch * Input;

    public float[][] Values { get; } = new float[Count][];
}
