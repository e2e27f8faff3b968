using System;
using System.Linq;

namespace Recurrent.Benchmarks;

/// <summary>Our training step: forward, mean squared error, backward, Adam, as the package's user gets it from a <see cref="Trainer"/>.</summary>
public sealed class TrainingStep : IDisposable
{
    private readonly Trainer _trainer;
    private readonly ArrayDataset _dataset;

    /// <summary>Begins a run.</summary>
    /// <param name="workload">Sizes.</param>
    /// <param name="cell">Kind of layer.</param>
    /// <param name="threads">How many compute.</param>
    /// <param name="data">One batch.</param>
    /// <param name="batches">How often an epoch goes through that batch.</param>
    public TrainingStep(Workload workload, CellKind cell, int threads, TrainingData data, int batches = 16)
    {
        Model = new SequenceModel(
            cell.Create(workload.Input, workload.Hidden, workload.Layers, workload.Bidirectional),
            new LastStep(),
            new Linear(workload.Hidden * workload.Directions, 1, seed: 2));
        _dataset = new ArrayDataset(Repeat(data.Inputs, batches), Repeat(data.Targets, batches), workload.Input, 1);
        var options = new TrainingOptions { BatchSize = workload.Batch, Threads = threads, Shuffle = false };
        _trainer = new Trainer(Model, Losses.MeanSquaredError, new Adam(learningRate: 1e-3f), options);
        Begin();
    }

    public SequenceModel Model { get; }

    /// <summary>Bytes of working memory, known before the first step.</summary>
    public long WorkspaceBytes => _trainer.StepBytes;

    /// <summary>Steps taken.</summary>
    public long Steps => _trainer.Progress.Step;

    public void Run() => _trainer.AdvanceBatch();

    /// <summary>Goes on for the budget of a frame.</summary>
    public void Advance(TimeSpan budget) => _trainer.Advance(budget);

    /// <summary>Managed bytes that a step allocates, on all threads, once a run has made its first step.</summary>
    public double AllocatedBytes()
    {
        Begin();
        return Allocation.Of(Run, calls: 4);
    }

    public void Dispose() => _trainer.Dispose();

    private void Begin() => _trainer.Begin(_dataset, null, 1_000_000);

    private static float[][] Repeat(float[][] rows, int times) => Enumerable.Repeat(rows, times).SelectMany(again => again).ToArray();
}
