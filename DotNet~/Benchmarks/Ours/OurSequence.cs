namespace Recurrent.Benchmarks;

/// <summary>Our layer over whole sequences, each beginning with the states with which the one before ended.</summary>
internal sealed class OurSequence(RecurrentLayer layer, Frames frames, int threads) : LocalContender
{
    private readonly SequencePass _pass = new(layer, frames.Batch, frames.Steps, threads: threads);
    private readonly float[] _input = new float[frames.Size], _output = new float[frames.Batch * frames.Steps * layer.OutputSize];
    private readonly float[] _state = new float[frames.Batch * layer.StateSize];

    /// <summary>The output of the last of the sequences.</summary>
    public override float[][] Check()
    {
        foreach (float[] frame in frames.Values)
        {
            frame.CopyTo(_input, 0);
            Call();
        }
        return [_output];
    }

    public override void Dispose() => _pass.Dispose();

    protected override void Call()
    {
        _pass.Forward(_input, frames.Batch, frames.Steps, _state);
        _pass.CopyOutput(_output);
        _pass.FinalState.CopyTo(_state);
    }
}
