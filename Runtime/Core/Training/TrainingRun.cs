using System;
using System.Collections.Generic;

namespace Recurrent
{
    /// <summary>
    /// Where a run of a <see cref="Trainer"/> stands: its data, its working memory, and all that changes from batch to batch besides the weights,
    /// the optimizer, the schedule and the random source.
    /// </summary>
    internal sealed class TrainingRun : IDisposable
    {
        // Enough rows for every thread, few enough for a piece of a frame.
        private const int ValidationBatchSize = 64;

        // Beyond this the history grows as it goes.
        private const int MaxReserved = 1 << 12;

        public TrainingRun(SequenceModel model, Loss loss, SequenceDataset train, SequenceDataset? validation, int epochs, TrainingOptions options, WorkerTeam team)
        {
            Train = new BatchEvaluator(model, loss, train, options.BatchSize, options.Kernels ?? KernelSet.Default, team, training: true);
            if (validation != null) Validation = InOrder(model, loss, validation, options, team);
            Shuffled = options.Shuffle && train.Tracks == 0;
            Epochs = epochs;
            Order = new int[train.Count];
            for (int i = 0; i < Order.Length; i++) Order[i] = i;
            Best = (float[])model.Store.Values.Clone();
            if (validation == null) Start = new float[Best.Length];
            History = new List<EpochRecord>(Math.Min(epochs, MaxReserved));
        }

        public BatchEvaluator Train { get; }

        public BatchEvaluator? Validation { get; }

        public bool Shuffled { get; }

        public int Epochs { get; }

        /// <summary>In which order the sequences are taken in the epoch.</summary>
        public int[] Order { get; }

        /// <summary>The weights with <see cref="BestLoss"/>; those of the start until an epoch has ended.</summary>
        public float[] Best { get; }

        /// <summary>
        /// Without validation data: the weights with which the epoch began. An epoch's training loss judges these rather than those it ends with,
        /// which its last step may have broken.
        /// </summary>
        public float[]? Start { get; }

        public List<EpochRecord> History { get; }

        /// <summary>Whole epochs, and batches of the current one: first of training, then of validation.</summary>
        public int Epoch, Batch, ValidationBatch;

        /// <summary>Sums over the batches of the current epoch.</summary>
        public double Loss, Weight, ValidationLoss, ValidationWeight;

        public double BestLoss = double.PositiveInfinity;

        public int BestEpoch;

        public double GradientNorm;

        public TrainingOutcome Outcome = TrainingOutcome.Running;

        public string Message = "The run goes on.";

        public long Bytes => Train.Bytes + (Validation?.Bytes ?? 0) + (Best.Length + (Start?.Length ?? 0)) * (long)sizeof(float);

        /// <summary>What evaluates data without training on it, in order.</summary>
        public static BatchEvaluator InOrder(SequenceModel model, Loss loss, SequenceDataset data, TrainingOptions options, WorkerTeam team) =>
            new BatchEvaluator(model, loss, data, ValidationBatchSize, options.Kernels ?? KernelSet.Default, team, training: false);

        /// <summary>Makes ready for the first batch of an epoch.</summary>
        public void BeginEpoch(RandomSource random, float[] weights)
        {
            if (Shuffled) random.Shuffle(Order);
            if (Start != null) weights.CopyTo(Start, 0);
            Loss = Weight = ValidationLoss = ValidationWeight = 0;
            Train.ResetStates();
            Validation?.ResetStates();
        }

        public TrainingProgress Progress(Optimizer optimizer, TimeSpan elapsed)
        {
            EpochRecord? last = History.Count > 0 ? History[History.Count - 1] : default(EpochRecord?);
            return new TrainingProgress(Epoch, Epochs, Batch, Train.Batches, optimizer.StepCount, Batch > 0 ? Loss / Weight : last?.TrainLoss ?? double.NaN,
                last?.ValidationLoss ?? double.NaN, BestLoss, BestEpoch, optimizer.LearningRate, GradientNorm, elapsed);
        }

        public void Dispose()
        {
            Train.Dispose();
            Validation?.Dispose();
        }
    }
}
