using System;
using System.Collections.Generic;
using System.Linq;

namespace Recurrent.CommandLine;

/// <summary>The texts of a classification, split once; what does not see the order of a text; and with each seed a classifier.</summary>
internal sealed class ClassifyRun
{
    private const int BagEpochs = 10;
    private const float BagLearningRate = 5e-3f;

    private readonly ClassifySettings _settings;
    private readonly int _threads;

    /// <summary>Splits the texts.</summary>
    /// <param name="settings">The network and its training.</param>
    /// <param name="texts">All texts.</param>
    /// <param name="tokenizer">What cuts them.</param>
    /// <param name="vocabulary">The symbols; those of the training part if null.</param>
    /// <param name="split">The seed of the split.</param>
    /// <param name="threads">Threads that compute.</param>
    public ClassifyRun(ClassifySettings settings, LabelledTexts texts, Tokenizer tokenizer, Vocabulary? vocabulary, ulong split, int threads)
    {
        _settings = settings;
        _threads = threads;
        Tokenizer = tokenizer;
        var random = new RandomSource(split);
        (Train, Test) = texts.Split(settings.Test, random);
        (Train, Validation) = Train.Split(settings.Validation, random);
        if (Test.Count == 0) throw new ArgumentException($"no class has enough texts to leave one for the test: {texts.Count} texts in {texts.Classes.Count} classes.");
        Vocabulary = vocabulary ?? tokenizer.BuildVocabulary(Train.Texts, settings.Vocabulary);
        var seen = new HashSet<string>(Train.Texts);
        Unseen = Test.Where(text => !seen.Contains(text));
    }

    public Tokenizer Tokenizer { get; }

    public Vocabulary Vocabulary { get; }

    public LabelledTexts Train { get; }

    /// <summary>Taken from the training part, to choose the best epoch by; may be empty.</summary>
    public LabelledTexts Validation { get; }

    /// <summary>Looked at once, when all is done.</summary>
    public LabelledTexts Test { get; }

    /// <summary>Of the test part, what does not also stand in the training part.</summary>
    public LabelledTexts Unseen { get; }

    /// <summary>A classifier, and a trainer that is to train it.</summary>
    public (TextClassifier Classifier, Trainer Trainer) Begin(ulong seed)
    {
        var classifier = new TextClassifier(Tokenizer, Vocabulary, Train.Classes, _settings.CreateRecurrent(RandomSource.Combine(seed, 1)), _settings.Dropout, RandomSource.Combine(seed, 2));
        Optimizer optimizer = _settings.WeightDecay > 0 ? new AdamW(_settings.LearningRate, weightDecay: _settings.WeightDecay) : new Adam(_settings.LearningRate);
        Trainer trainer = Begin(classifier.Model, optimizer, classifier.Encode(Train), classifier.Encode(Validation), _settings.Epochs, RandomSource.Combine(seed, 3));
        return (classifier, trainer);
    }

    /// <summary>A trainer of a linear map from the counts of symbols to the classes, which knows nothing of order.</summary>
    public Trainer BeginBag(ulong seed)
    {
        var model = new SequenceModel(new Linear(Vocabulary.Count, Train.Classes.Count, seed: RandomSource.Combine(seed, 4)));
        return Begin(model, new Adam(BagLearningRate), Bag(Train), Bag(Validation), BagEpochs, RandomSource.Combine(seed, 5));
    }

    /// <summary>What such a map takes texts for.</summary>
    public ConfusionCounts EvaluateBag(SequenceModel model, LabelledTexts texts)
    {
        var counts = new ConfusionCounts(texts.Classes);
        if (texts.Count == 0) return counts;
        BagOfSymbols data = Bag(texts);
        using var pass = new SequencePass(model, 1, 1);
        float[] input = new float[data.InputSize], target = new float[1], scores = new float[model.OutputSize];
        for (int i = 0; i < data.Count; i++)
        {
            data.Read(i, input, target);
            pass.Forward(input, 1, 1);
            pass.CopyOutput(scores);
            counts.Add((int)target[0], Array.IndexOf(scores, scores.Max()));
        }
        return counts;
    }

    private Trainer Begin(SequenceModel model, Optimizer optimizer, SequenceDataset train, SequenceDataset validation, int epochs, ulong seed)
    {
        var trainer = new Trainer(model, Losses.CrossEntropy(classWeights: _settings.Balance ? Train.BalancedWeights() : null), optimizer, new TrainingOptions
        {
            BatchSize = _settings.Batch,
            Seed = seed,
            Schedule = _settings.Schedule == "cosine" ? LearningRateSchedule.Cosine(epochs) : LearningRateSchedule.Constant,
            ClipNorm = 1,
            Threads = _threads,
        });
        trainer.Begin(train, validation, epochs);
        return trainer;
    }

    private BagOfSymbols Bag(LabelledTexts texts) => new(new TextDataset(texts, Tokenizer, Vocabulary), Vocabulary);
}
