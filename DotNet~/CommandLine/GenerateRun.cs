using System;
using System.Collections.Generic;
using System.Linq;

namespace Recurrent.CommandLine;

/// <summary>Everything that decides a run of a character model but the text and the seed.</summary>
internal sealed record GenerateSettings
{
    /// <summary><c>lstm</c>, <c>gru</c> or <c>rnn</c>.</summary>
    public string Cell { get; init; } = "lstm";

    public int Layers { get; init; } = 1;

    public int Hidden { get; init; } = 512;

    /// <summary>Features of a character's vector.</summary>
    public int Embedding { get; init; } = 64;

    public float Dropout { get; init; } = 0.5f;

    /// <summary>In how many places the text is read at once.</summary>
    public int Tracks { get; init; } = 32;

    /// <summary>Through how many characters a gradient goes back.</summary>
    public int Steps { get; init; } = 64;

    public int Epochs { get; init; } = 7;

    /// <summary>The learning rate after a warm-up; it falls along a cosine to a fiftieth.</summary>
    public float LearningRate { get; init; } = 6e-3f;

    public double ClipNorm { get; init; } = 5;

    /// <summary>The share of the text, at its end, that is never learned from.</summary>
    public double Test { get; init; } = 0.1;

    /// <summary>The share of the text, before the test part, by which the best epoch is chosen; 0 to take the last.</summary>
    public double Validation { get; init; }

    public override string ToString() => FormattableString.Invariant(
        $"{Cell.ToUpperInvariant()}, {(Layers > 1 ? $"{Layers} layers of " : "")}{Hidden} units, {Tracks} tracks, {Steps} steps back");
}

/// <summary>A character model, learned from a text and judged by the part that it never saw.</summary>
internal sealed class GenerateRun : IDisposable
{
    /// <summary>The longest context of the counts that the network is compared with, and those that are shown.</summary>
    public const int LongestContext = 5;

    private const int WarmUpSteps = 100;

    // Each track of a part that is only judged begins with nothing read; few tracks, so that this hardly counts.
    private const int JudgedTracks = 16, JudgedSteps = 256;

    private readonly string _train, _test;

    public GenerateRun(GenerateSettings settings, string text, ulong seed, int threads)
    {
        int test = Cut(text, (int)Math.Round(text.Length * settings.Test)), validation = Cut(text[..test], (int)Math.Round(text.Length * settings.Validation));
        int needed = 2 * Math.Max(settings.Tracks, JudgedTracks);
        if (validation < needed || text.Length - test < needed || (validation < test && test - validation < needed))
            throw new ArgumentException($"The text has {text.Length} characters: too few for its parts of at least {needed} each.");
        Settings = settings;
        _train = text[..validation];
        _test = text[test..];
        Vocabulary = TextGenerator.VocabularyOf(_train);
        RecurrentLayer recurrent = settings.Cell switch
        {
            "gru" => new GRU(settings.Embedding, settings.Hidden, settings.Layers, dropout: settings.Dropout),
            "rnn" => new RNN(settings.Embedding, settings.Hidden, settings.Layers, dropout: settings.Dropout),
            _ => new LSTM(settings.Embedding, settings.Hidden, settings.Layers, dropout: settings.Dropout),
        };
        Model = TextGenerator.CreateModel(Vocabulary, recurrent, settings.Dropout, RandomSource.Combine(seed, 1));
        StreamDataset train = TextGenerator.Dataset(_train, Vocabulary, settings.Tracks, settings.Steps);
        LearningRateSchedule schedule = LearningRateSchedule.Cosine((long)train.ChunksPerTrack * settings.Epochs, settings.LearningRate / 50, ScheduleUnit.Step).WithWarmUp(WarmUpSteps, 0.05);
        var options = new TrainingOptions { ClipNorm = settings.ClipNorm, Schedule = schedule, Seed = RandomSource.Combine(seed, 2), Threads = threads };
        Trainer = new Trainer(Model, Losses.CrossEntropy(), new Adam(settings.LearningRate), options);
        Trainer.Begin(train, validation < test ? Judged(text[validation..test]) : null, settings.Epochs);
    }

    public GenerateSettings Settings { get; }

    public Vocabulary Vocabulary { get; }

    public SequenceModel Model { get; }

    public Trainer Trainer { get; }

    public int TrainCharacters => _train.Length;

    public int TestCharacters => _test.Length;

    /// <summary>Bits per character on the part that was never learned from: the mean of −log₂ P of each next character.</summary>
    public double TestBits { get; private set; }

    /// <summary>The same on the training part, without dropout.</summary>
    public double TrainBits { get; private set; }

    /// <summary>Bits per character of counts, by the length of their context: 0, 1, …</summary>
    public IReadOnlyList<double> CountedBits { get; private set; } = Array.Empty<double>();

    public void Score()
    {
        TestBits = Trainer.Evaluate(Judged(_test)) / Math.Log(2);
        TrainBits = Trainer.Evaluate(Judged(_train)) / Math.Log(2);
        var counts = new NGram(Numbers(_train), LongestContext, Vocabulary.Count);
        CountedBits = Enumerable.Range(0, LongestContext + 1).Select(order => counts.Bits(Numbers(_test), order)).ToArray();
    }

    /// <summary>A loss in nats, epoch by epoch, in bits per character.</summary>
    public float[] Bits(Func<EpochRecord, double> loss) => Trainer.History.Select(epoch => (float)(loss(epoch) / Math.Log(2))).ToArray();

    /// <summary>Bits per character of a model that was trained before, on the end of a text.</summary>
    public static double Judge(SequenceModel model, string text, double share, int threads)
    {
        using var generator = new TextGenerator(model);
        string test = text[Cut(text, (int)Math.Round(text.Length * share))..];
        if (test.Length < 2 * JudgedTracks) throw new ArgumentException($"The text has {text.Length} characters: too few to judge a model on its last {test.Length}.");
        using var trainer = new Trainer(model, Losses.CrossEntropy(), new Adam(), new TrainingOptions { Threads = threads });
        return trainer.Evaluate(TextGenerator.Dataset(test, generator.Vocabulary, JudgedTracks, JudgedSteps)) / Math.Log(2);
    }

    public void Dispose() => Trainer.Dispose();

    private StreamDataset Judged(string part) => TextGenerator.Dataset(part, Vocabulary, JudgedTracks, JudgedSteps);

    private int[] Numbers(string part)
    {
        StreamDataset symbols = TextGenerator.Dataset(part, Vocabulary, 1, int.MaxValue);
        float[] input = new float[symbols.MaxSteps], target = new float[symbols.MaxSteps];
        symbols.Read(0, input, target);
        return Array.ConvertAll([.. input, target[^1]], number => (int)number);
    }

    /// <summary>Where the last so many characters begin; never inside one that takes two.</summary>
    private static int Cut(string text, int last)
    {
        int place = text.Length - last;
        return place > 0 && place < text.Length && char.IsSurrogatePair(text, place - 1) ? place - 1 : place;
    }
}
