using System;
using System.Linq;

namespace Recurrent.CommandLine;

/// <summary>How a policy is made and trained.</summary>
internal sealed record ImitationSettings
{
    /// <summary>For a recording of a few thousand steps.</summary>
    public static ImitationSettings ForRecording { get; } = new() { Hidden = 64, Dropout = 0.3f, LearningRate = 2e-3f, Epochs = 40 };

    /// <summary>For <see cref="CueTask"/>.</summary>
    public static ImitationSettings ForCue { get; } = new() { Hidden = 32, LearningRate = 5e-3f, Epochs = 20, MemorySteps = CueTask.TurnStep };

    /// <summary>What stands for the network without memory in <see cref="Cell"/>.</summary>
    public const string Memoryless = "memoryless";

    /// <summary>lstm, gru, rnn, or <see cref="Memoryless"/>.</summary>
    public string Cell { get; init; } = "lstm";

    /// <summary>Hidden units.</summary>
    public int Hidden { get; init; }

    /// <summary>
    /// For about how many steps an LSTM's cells keep their state before anything is learned, each for its own time up to this, by the biases of forget and input gate
    /// (Tallec and Ollivier, 2018); 0 for a bias of 1 at all forget gates (Jozefowicz et al., 2015).
    /// </summary>
    public int MemorySteps { get; init; }

    /// <summary>The dropout before the last layer.</summary>
    public float Dropout { get; init; }

    /// <summary>Adam's.</summary>
    public float LearningRate { get; init; }

    /// <summary>Episodes in a batch.</summary>
    public int BatchSize { get; init; } = 8;

    /// <summary>How often the training part is gone through.</summary>
    public int Epochs { get; init; }

    /// <summary>Threads that compute.</summary>
    public int Threads { get; init; } = 1;

    /// <summary>A network with initial weights.</summary>
    public SequenceModel CreateModel(EpisodeLayout layout, ulong seed)
    {
        int inputs = layout.ObservationSize;
        ulong recurrent = RandomSource.Combine(seed, 1), last = RandomSource.Combine(seed, 2);
        Layer[] first = Cell switch
        {
            "lstm" => [Remembering(new LSTM(inputs, Hidden, seed: recurrent), RandomSource.Combine(seed, 3))],
            "gru" => [new GRU(inputs, Hidden, seed: recurrent)],
            "rnn" => [new RNN(inputs, Hidden, seed: recurrent)],
            Memoryless => [new Linear(inputs, Hidden, seed: recurrent), new Activation(Nonlinearity.Tanh)],
            _ => throw new ArgumentException($"ImitationSettings: expected lstm, gru, rnn or {Memoryless}, got {Cell}."),
        };
        return Policy.Describe(new SequenceModel([.. first, new Dropout(Dropout), new Linear(Hidden, PolicyLoss.OutputSizeOf(layout), seed: last)]), layout);
    }

    private LSTM Remembering(LSTM lstm, ulong seed)
    {
        lstm.SetForgetBias(1);
        if (MemorySteps == 0) return lstm;
        var random = new RandomSource(seed);
        Parameter bias = lstm.Parameters.Single(parameter => parameter.Name == "bias_ih_l0"); // (i, f, g, o; hidden)
        float[] values = bias.Value.ToArray();
        for (int unit = 0; unit < Hidden; unit++)
        {
            values[Hidden + unit] = MathF.Log(random.NextSingle(1, MemorySteps));
            values[unit] = -values[Hidden + unit];
        }
        bias.Set(values);
        return lstm;
    }
}
