using System;

namespace Recurrent.Benchmarks;

/// <summary>Our step of a crowd, shared by as many threads as theirs.</summary>
internal sealed class OurCrowd : LocalContender
{
    private readonly SequenceCrowd _crowd;
    private readonly Frames _frames;
    private readonly float[] _output;

    public OurCrowd(RecurrentLayer layer, Frames frames, int threads)
    {
        _crowd = new SequenceCrowd(layer, frames.Batch, threads);
        _frames = frames;
        _output = new float[frames.Batch * layer.OutputSize];
        for (int i = 0; i < frames.Batch; i++) _crowd.Join();
    }

    /// <summary>The output of the last of the frames.</summary>
    public override float[][] Check()
    {
        int inputs = _crowd.Layer.InputSize, outputs = _crowd.Layer.OutputSize;
        foreach (float[] frame in _frames.Values)
        {
            for (int i = 0; i < _crowd.Count; i++) frame.AsSpan(i * inputs, inputs).CopyTo(_crowd.Input(i));
            Call();
        }
        for (int i = 0; i < _crowd.Count; i++) _crowd.Output(i).CopyTo(_output.AsSpan(i * outputs, outputs));
        return [_output];
    }

    public override void Dispose() => _crowd.Dispose();

    protected override void Call() => _crowd.Step();
}
