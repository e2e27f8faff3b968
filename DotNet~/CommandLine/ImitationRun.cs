using System.Threading;

namespace Recurrent.CommandLine;

/// <summary>One network trained on one split, and how it does on the part that it never saw.</summary>
internal sealed class ImitationRun
{
    private ImitationRun(SequenceModel model, TrainingResult training, ImitationScore score)
    {
        Model = model;
        Training = training;
        Score = score;
    }

    /// <summary>The network of the epoch with the lowest validation loss.</summary>
    public SequenceModel Model { get; }

    public TrainingResult Training { get; }

    /// <summary>On the test part.</summary>
    public ImitationScore Score { get; }

    /// <summary>Trains and judges.</summary>
    public static ImitationRun Run(ImitationSettings settings, ImitationParts parts, ulong seed, string title, Report report, CancellationToken cancellation)
    {
        EpisodeLayout layout = parts.Train[0].Layout;
        SequenceModel model = settings.CreateModel(layout, seed);
        model.InputScaler = EpisodeDataset.Fit(new StandardScaler(), parts.Train);
        var options = new TrainingOptions { BatchSize = settings.BatchSize, Seed = seed, ClipNorm = 1, Threads = settings.Threads };
        using var trainer = new Trainer(model, new PolicyLoss(layout), new Adam(settings.LearningRate), options);
        trainer.Begin(new EpisodeDataset(parts.Train, model.InputScaler), new EpisodeDataset(parts.Validation, model.InputScaler), settings.Epochs);
        TrainingResult training = TrainingDisplay.Run(trainer, settings.Epochs, report, title, lines: false, cancellation);
        using Policy policy = Policy.Open(model);
        return new ImitationRun(model, training, ImitationScore.Of(Actor.Of(policy), parts.Test));
    }
}
