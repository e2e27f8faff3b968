using System;

namespace Recurrent.CommandLine;

/// <summary>Everything that decides a forecasting run but the seed.</summary>
internal sealed record ForecastSettings
{
    /// <summary>Whether a made series is the tutorial's aliased one.</summary>
    public bool Aliased { get; init; }

    /// <summary>Values of a made series.</summary>
    public int Length { get; init; }

    /// <summary>The standard deviation of a made series' noise.</summary>
    public float Noise { get; init; }

    /// <summary>The series from a file, (rows, <see cref="Columns"/>) with what is forecast in the first column, or null.</summary>
    public float[]? Values { get; init; }

    /// <summary>What the network sees in each step: the column that is forecast, and the exogenous ones.</summary>
    public int Columns { get; init; } = 1;

    /// <summary>What the series is called.</summary>
    public required string Name { get; init; }

    /// <summary>Steps of a season for the seasonal naive forecast; 0 for the strongest period of the training part.</summary>
    public int Season { get; init; }

    /// <summary><c>lstm</c>, <c>gru</c> or <c>rnn</c>.</summary>
    public required string Cell { get; init; }

    public required int Layers { get; init; }

    public required int Hidden { get; init; }

    public required float Dropout { get; init; }

    /// <summary>How many networks are trained from different initial weights, to forecast with their mean.</summary>
    public required int Ensemble { get; init; }

    public required int LookBack { get; init; }

    public required int Horizon { get; init; }

    /// <summary>Whether the network forecasts one step and is fed its own forecasts for the others, rather than having an output for each.</summary>
    public bool FeedsBack { get; init; }

    /// <summary>Steps that the network itself forecasts.</summary>
    public int Outputs => FeedsBack ? 1 : Horizon;

    /// <summary>How likely the truth is to lie in the band that is drawn and judged.</summary>
    public double Band { get; init; } = 0.9;

    public required int Epochs { get; init; }

    /// <summary>Windows in a mini-batch; 0 for the whole training part at once.</summary>
    public required int Batch { get; init; }

    public required float LearningRate { get; init; }

    /// <summary><c>constant</c> or <c>cosine</c>.</summary>
    public required string Schedule { get; init; }

    public required float WeightDecay { get; init; }

    /// <summary>The largest norm of a gradient; infinity for any.</summary>
    public required double ClipNorm { get; init; }

    public required int Patience { get; init; }

    /// <summary>The shares of the series for validation and test.</summary>
    public required double Validation { get; init; }

    public required double Test { get; init; }

    /// <summary>Whether a network, once the validation part has chosen its number of epochs, is trained anew on the training and the validation part together.</summary>
    public required bool Refit { get; init; }

    /// <summary><c>standard</c>, <c>minmax</c> or <c>none</c>.</summary>
    public required string Scale { get; init; }

    /// <summary>What a well-sampled sine has.</summary>
    public const int SamplesPerPeriod = 20;

    /// <summary>The tutorial's job: a window of 20, two layers of 64, a hundred steps of Adam over the whole training part.</summary>
    public static ForecastSettings Sine { get; } = new()
    {
        Name = "noisy sine",
        Length = 1000,
        Noise = 0.1f,
        Season = 0,
        Cell = "lstm",
        Layers = 2,
        Hidden = 64,
        Dropout = 0,
        Ensemble = 1,
        LookBack = 20,
        Horizon = 1,
        Epochs = 100,
        Batch = 0,
        LearningRate = 1e-3f,
        Schedule = "constant",
        WeightDecay = 0,
        ClipNorm = double.PositiveInfinity,
        Patience = 0,
        Validation = 0,
        Test = 0.2,
        Refit = false,
        Scale = "standard",
    };

    /// <summary>
    /// For a series from a file, which nobody knows beforehand: mini-batches, a falling learning rate, as many epochs as are best on a
    /// validation part, then the same on that part too, and the mean of four networks, which depends less on chance.
    /// </summary>
    public static ForecastSettings Csv { get; } = new()
    {
        Name = "series",
        Cell = "lstm",
        Layers = 1,
        Hidden = 64,
        Dropout = 0,
        Ensemble = 4,
        LookBack = 48,
        Horizon = 1,
        Epochs = 40,
        Batch = 32,
        LearningRate = 2e-3f,
        Schedule = "cosine",
        WeightDecay = 0,
        ClipNorm = 1,
        Patience = 0,
        Validation = 0.1,
        Test = 0.2,
        Refit = true,
        Scale = "standard",
    };

    /// <summary>The look-back for a series of this many rows where none is asked for: not more than a quarter of the training part.</summary>
    public int LookBackFor(int rows) => Math.Clamp((int)(rows * (1 - Validation - Test)) / 4, 1, LookBack);

    /// <summary>A scaler as <see cref="Scale"/> names it, not fitted.</summary>
    public Scaler CreateScaler() => Scale switch
    {
        "standard" => new StandardScaler(),
        "minmax" => new MinMaxScaler(),
        _ => new IdentityScaler(),
    };

    /// <summary>One network with its initial weights.</summary>
    public SequenceModel CreateModel(ulong seed)
    {
        ulong first = RandomSource.Combine(seed, 1), second = RandomSource.Combine(seed, 2);
        RecurrentLayer recurrent = Cell switch
        {
            "lstm" => new LSTM(Columns, Hidden, Layers, dropout: Dropout, seed: first),
            "gru" => new GRU(Columns, Hidden, Layers, dropout: Dropout, seed: first),
            _ => new RNN(Columns, Hidden, Layers, dropout: Dropout, seed: first),
        };
        return new SequenceModel((Cell, recurrent), ("last", new LastStep()), ("head", new Linear(Hidden, Outputs, seed: second)));
    }

    /// <summary>The recurrent layers in a few words.</summary>
    public string Network => $"{(Ensemble > 1 ? $"{Ensemble} × " : "")}{Cell.ToUpperInvariant()}({Hidden}){(Layers > 1 ? $", {Layers} layers" : "")}";

    /// <summary>The network and what it sees, in a few words.</summary>
    public override string ToString() => $"{Network}, look-back {LookBack}{(Horizon > 1 ? $", horizon {Horizon}{(FeedsBack ? " by feeding back" : "")}" : "")}";
}
