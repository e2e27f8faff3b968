namespace Recurrent.Benchmarks;

/// <summary>Our streaming step, for one row or a crowd.</summary>
internal sealed class OurStream(RecurrentLayer layer, Frames frames, WeightPrecision weights = WeightPrecision.Single, int threads = 1) : LocalContender
{
    private readonly SequenceStream _stream = new(layer, frames.Batch, weights: weights, threads: threads);
    private readonly float[] _input = new float[frames.Size], _output = new float[frames.Batch * layer.OutputSize];

    /// <summary>The output of the last of the frames.</summary>
    public override float[][] Check()
    {
        foreach (float[] frame in frames.Values)
        {
            frame.CopyTo(_input, 0);
            Call();
        }
        return [_output];
    }

    /// <summary>Managed bytes that a step allocates.</summary>
    public double AllocatedBytes() => Allocation.Of(Call, calls: 1000);

    public override void Dispose() => _stream.Dispose();

    protected override void Call() => _stream.Step(_input, _output);
}
