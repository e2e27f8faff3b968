using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Linq;
using System.Threading;

namespace Recurrent.CommandLine;

/// <summary>One translator on one set of pairs: trained, and scored by what it writes freely.</summary>
internal sealed class TranslateRun : IDisposable
{
    private readonly TranslateSettings _settings;
    private readonly Trainer _trainer;

    /// <summary>Makes the pairs and the network, and takes the memory to train it; nothing is learned yet.</summary>
    public TranslateRun(TranslateSettings settings, ulong seed, int threads)
    {
        _settings = settings;
        Seed = seed;
        IReadOnlyList<TextPair> pairs = settings.Ordered(seed);
        int test = Part(pairs.Count, settings.Test), validation = Part(pairs.Count, settings.Validation), train = pairs.Count - test - validation;
        if (train < 1) throw new ArgumentException($"{settings.Name}: {pairs.Count} pairs are too few to cut into parts.");
        Train = pairs.Take(train).ToArray();
        Validation = pairs.Skip(train).Take(validation).ToArray();
        Test = pairs.Skip(train + validation).ToArray();
        Translator = Translator.Create(pairs, settings.Options, RandomSource.Combine(seed, 2));
        if (settings.OrthogonalInitialization) InitializeOrthogonally(Translator.Model, RandomSource.Combine(seed, 3));
        var options = new TrainingOptions
        {
            BatchSize = settings.Batch,
            Seed = seed,
            Threads = threads,
            ClipNorm = settings.ClipNorm,
            Schedule = settings.Cosine ? LearningRateSchedule.Cosine(settings.Epochs) : LearningRateSchedule.Constant,
            TeacherForcing = TeacherForcingSchedule.Linear(settings.TeacherForcing.First, settings.TeacherForcing.Last, Math.Max(1, settings.Epochs - 1)),
        };
        _trainer = new Trainer(Translator.Model, Losses.CrossEntropy(), new Adam(settings.LearningRate), options);
        _trainer.Begin(Translator.Dataset(Train), Validation.Count > 0 ? Translator.Dataset(Validation) : null, settings.Epochs);
        TrainingBytes = _trainer.Bytes + 4L * sizeof(float) * Translator.Model.Store.Length;
    }

    public ulong Seed { get; }

    public IReadOnlyList<TextPair> Train { get; }

    public IReadOnlyList<TextPair> Validation { get; }

    /// <summary>What is neither learned from nor chosen by.</summary>
    public IReadOnlyList<TextPair> Test { get; }

    public Translator Translator { get; }

    public long TrainingBytes { get; }

    public TrainingResult Result { get; private set; } = null!;

    public double Seconds { get; private set; }

    /// <summary>The share of characters, and of whole texts, of the test part that are right.</summary>
    public double Characters { get; private set; }

    public double Texts { get; private set; }

    /// <summary>What became of the test part, pair by pair.</summary>
    public IReadOnlyList<Translation> Translations { get; private set; } = Array.Empty<Translation>();

    /// <summary>Trains to the end.</summary>
    public void Learn(Func<Trainer, TrainingResult> train)
    {
        long start = Stopwatch.GetTimestamp();
        Result = train(_trainer);
        Seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
    }

    /// <summary>Translates the test part and counts what is right.</summary>
    public void Score(CancellationToken cancellation = default)
    {
        Translator.BeamWidth = _settings.BeamWidth;
        var translations = new List<Translation>();
        long right = 0, all = 0, whole = 0;
        foreach (TextPair pair in Test)
        {
            cancellation.ThrowIfCancellationRequested();
            Translation found = Translator.Candidates(pair.Source)[0];
            translations.Add(found);
            int length = _settings.ScoredLength > 0 ? _settings.ScoredLength : Math.Max(found.Text.Length, pair.Target.Length);
            string got = found.Text.PadRight(length), expected = pair.Target.PadRight(length);
            for (int i = 0; i < length; i++)
                if (got[i] == expected[i]) right++;
            all += length;
            if (found.Text == pair.Target) whole++;
        }
        Translations = translations;
        Characters = (double)right / all;
        Texts = (double)whole / Test.Count;
    }

    public void Dispose()
    {
        _trainer.Dispose();
        Translator.Dispose();
    }

    /// <summary>Weights of inputs after Glorot, recurrent weights orthogonal gate by gate, biases 0 but the forget gate's, which is 1: nearly as Keras draws them.</summary>
    private static void InitializeOrthogonally(SequenceModel model, ulong seed)
    {
        var random = new RandomSource(seed);
        foreach (Parameter parameter in model.Parameters)
        {
            if (parameter.Name.Contains("bias")) parameter.Fill(0);
            else (parameter.Name.Contains("weight_hh") ? Initializer.Orthogonal : Initializer.GlorotUniform).Apply(parameter, random);
        }
        var layer = (EncoderDecoder)model.Layers[0];
        foreach (RecurrentLayer part in new[] { layer.Encoder, layer.Decoder })
            for (int level = 0; level < part.NumLayers; level++)
                if (part.Cell(level) is LSTMCell cell) cell.SetForgetBias(1);
    }

    private static int Part(int count, double share) => share == 0 ? 0 : Math.Max(1, (int)Math.Round(count * share));
}
