namespace Recurrent.CommandLine;

/// <summary>What a text classifier is made of, and how it is trained.</summary>
internal sealed record ClassifySettings
{
    public required string Cell { get; init; }
    public required int Embedding { get; init; }
    public required int Hidden { get; init; }
    public required int Layers { get; init; }
    public required float Dropout { get; init; }
    public required int Epochs { get; init; }
    public required int Batch { get; init; }
    public required float LearningRate { get; init; }
    public required string Schedule { get; init; }
    public required float WeightDecay { get; init; }
    public required double Validation { get; init; }
    public required double Test { get; init; }
    public required bool Balance { get; init; }

    /// <summary>Texts of the made task.</summary>
    public required int Texts { get; init; }

    /// <summary>The most symbols of the vocabulary.</summary>
    public required int Vocabulary { get; init; }

    /// <summary>For names and other short texts, read character by character.</summary>
    public static ClassifySettings Folder { get; } = new()
    {
        Cell = "lstm",
        Embedding = 64,
        Hidden = 128,
        Layers = 1,
        Dropout = 0.5f,
        Epochs = 12,
        Batch = 32,
        LearningRate = 2e-3f,
        Schedule = "cosine",
        WeightDecay = 0.05f,
        Validation = 0,
        Test = 0.2,
        Balance = false,
        Texts = 0,
        Vocabulary = int.MaxValue,
    };

    /// <summary>The text classifier of a widespread tutorial, on sentences whose class a negation decides.</summary>
    public static ClassifySettings Negation { get; } = Folder with
    {
        Embedding = 128,
        Hidden = 256,
        Layers = 2,
        Dropout = 0.5f,
        Epochs = 3,
        LearningRate = 1e-3f,
        WeightDecay = 0,
        Texts = 7500,
        Vocabulary = NegationTask.VocabularySize,
    };

    /// <summary>The recurrent layers, which read both ways.</summary>
    public RecurrentLayer CreateRecurrent(ulong seed)
    {
        float between = Layers > 1 ? Dropout : 0;
        return Cell switch
        {
            "lstm" => new LSTM(Embedding, Hidden, Layers, dropout: between, bidirectional: true, seed: seed),
            "gru" => new GRU(Embedding, Hidden, Layers, dropout: between, bidirectional: true, seed: seed),
            _ => new RNN(Embedding, Hidden, Layers, dropout: between, bidirectional: true, seed: seed),
        };
    }

    /// <summary>The recurrent layers in a few words.</summary>
    public string Network => $"{Cell.ToUpperInvariant()}({Hidden}) both ways{(Layers > 1 ? $", {Layers} layers" : "")}";
}
