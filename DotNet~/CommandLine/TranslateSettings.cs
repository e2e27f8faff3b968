using System;
using System.Collections.Generic;
using System.Linq;

namespace Recurrent.CommandLine;

/// <summary>What <c>recurrent translate</c> learns, from what, and how.</summary>
internal sealed record TranslateSettings
{
    /// <summary>What the pairs are called in titles.</summary>
    public required string Name { get; init; }

    /// <summary>Makes or holds all pairs, for a seed.</summary>
    public required Func<ulong, IReadOnlyList<TextPair>> Pairs { get; init; }

    /// <summary>The shares of the pairs that are never learned from: to choose the best epoch by, and to score.</summary>
    public required double Validation { get; init; }

    public required double Test { get; init; }

    /// <summary>Whether pairs are put into a random order first; those that a program made stand in one.</summary>
    public bool Shuffled { get; init; }

    /// <summary>Characters in the longest target where all are scored over that many, filled up with spaces; 0 where each has its own length.</summary>
    public int ScoredLength { get; init; }

    public required TranslatorOptions Options { get; init; }

    public required int Epochs { get; init; }

    public int Batch { get; init; } = 32;

    public float LearningRate { get; init; } = 1e-3f;

    public bool Cosine { get; init; }

    public double ClipNorm { get; init; } = double.PositiveInfinity;

    /// <summary>Whether recurrent weights begin orthogonal and the forget gate's bias at 1, nearly as in Keras, rather than as in PyTorch.</summary>
    public bool OrthogonalInitialization { get; init; }

    /// <summary>The teacher-forcing ratio in the beginning and in the end.</summary>
    public (float First, float Last) TeacherForcing { get; init; } = (1, 1);

    public int BeamWidth { get; init; } = 1;

    /// <summary>The share of characters, and of whole texts, that the task asks for; 0 for none.</summary>
    public double RequiredCharacters { get; init; }

    public double RequiredTexts { get; init; }

    /// <summary>Addition in the published arrangement, or with attention in the common one.</summary>
    public static TranslateSettings Addition(AttentionScore attention) => new()
    {
        Name = "addition of two numbers",
        Pairs = AdditionTask.Make,
        Validation = 0,
        Test = 0.1,
        ScoredLength = AdditionTask.MaxAnswer,
        Epochs = 55,
        OrthogonalInitialization = true,
        RequiredCharacters = attention == AttentionScore.None ? 0.98 : 0.99,
        Options = attention == AttentionScore.None
            ? new TranslatorOptions { FixedLength = true, ReverseSource = true, FeedsSymbols = false, RepeatsEncoder = true, CarriesState = false }
            : new TranslatorOptions { FixedLength = true, ReverseSource = true, FeedsSymbols = false, RepeatsEncoder = true, CarriesState = false, Attention = attention },
    };

    /// <summary>Dates.</summary>
    public static TranslateSettings Dates => new()
    {
        Name = "dates",
        Pairs = seed => DateTask.Make(12000, seed),
        Validation = 1.0 / 12,
        Test = 1.0 / 12,
        Epochs = 10,
        LearningRate = 3e-3f,
        Cosine = true,
        ClipNorm = 1,
        RequiredTexts = 0.98,
        Options = new TranslatorOptions { EmbeddingDim = 32, Bidirectional = true, Attention = AttentionScore.General },
    };

    /// <summary>Pairs from a file.</summary>
    public static TranslateSettings File(string path) => Dates with
    {
        Name = System.IO.Path.GetFileName(path),
        Pairs = _ => TextPair.Load(path),
        Validation = 0.1,
        Test = 0.1,
        Shuffled = true,
        Epochs = 20,
        RequiredTexts = 0,
    };

    /// <summary>All pairs, in the order in which they are cut into parts.</summary>
    public IReadOnlyList<TextPair> Ordered(ulong seed)
    {
        IReadOnlyList<TextPair> pairs = Pairs(seed);
        if (!Shuffled) return pairs;
        int[] order = Enumerable.Range(0, pairs.Count).ToArray();
        new RandomSource(RandomSource.Combine(seed, 1)).Shuffle(order);
        return order.Select(i => pairs[i]).ToArray();
    }
}
