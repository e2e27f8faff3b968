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

        // Numbers in a piece of what is copied or shuffled, and what it costs to shuffle one, in copies.
        private const int Stretch = 1 << 12;
        private const long ShuffleCost = 16;

        // Beyond this the history grows as it goes.
        private const int MaxReserved = 1 << 12;

        public TrainingRun(SequenceModel model, Loss loss, SequenceDataset train, SequenceDataset? validation, int epochs, Optimizer optimizer, TrainingOptions options, WorkerTeam team)
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
            Step = new OptimizerStep(model.Store, optimizer, options, team);
        }

        /// <summary>What has begun and not ended; between batches nothing has.</summary>
        public enum Work
        {
            /// <summary>The next batch is to begin.</summary>
            Nothing,

            /// <summary>The loss of a training batch and its gradient.</summary>
            Gradient,

            /// <summary>The step along that gradient.</summary>
            Step,

            /// <summary>The loss of a validation batch.</summary>
            Validation,

            /// <summary>The end of an epoch: the best weights are kept.</summary>
            Keeping,

            /// <summary>The start of an epoch: a new order.</summary>
            Opening,
        }

        public BatchEvaluator Train { get; }

        public BatchEvaluator? Validation { get; }

        public OptimizerStep Step { get; }

        public Work Doing { get; set; }

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

        /// <summary>The share of all epochs that was done before, where a run was resumed.</summary>
        public double Begun;

        /// <summary>Whether the validation that is to come, or goes on, is that of the weights of the start.</summary>
        public bool JudgesStart;

        /// <summary>The loss of the epoch whose weights are being kept; once they are, it is the best.</summary>
        public double Judged;

        public double BestLoss = double.PositiveInfinity;

        public int BestEpoch;

        public TrainingOutcome Outcome = TrainingOutcome.Running;

        public string Message = "The run goes on.";

        public long Bytes => Train.Bytes + (Validation?.Bytes ?? 0) + Step.Bytes + (Best.Length + (Start?.Length ?? 0)) * (long)sizeof(float);

        /// <summary>What evaluates data without training on it, in order.</summary>
        public static BatchEvaluator InOrder(SequenceModel model, Loss loss, SequenceDataset data, TrainingOptions options, WorkerTeam team) =>
            new BatchEvaluator(model, loss, data, ValidationBatchSize, options.Kernels ?? KernelSet.Default, team, training: false);

        /// <summary>Makes ready for the first batch of an epoch, in pieces.</summary>
        public void BeginEpoch(RandomSource random, float[] weights, WorkSlicer work)
        {
            for (int to = Order.Length; Shuffled && to > 0; to -= Stretch)
                if (work.Next(ShuffleCost * Stretch)) random.Shuffle(Order, Math.Max(0, to - Stretch), to);
            if (Start != null) Copy(weights, Start, work);
            if (!work.Next(1)) return;
            Loss = Weight = ValidationLoss = ValidationWeight = 0;
            Train.ResetStates();
            Validation?.ResetStates();
        }

        /// <summary>Keeps the weights that the epoch's loss judged, in pieces.</summary>
        public void KeepBest(float[] weights, WorkSlicer work) => Copy(Start ?? weights, Best, work);

        private static void Copy(float[] from, float[] to, WorkSlicer work)
        {
            for (int i = 0; i < from.Length; i += Stretch)
                if (work.Next(Stretch)) Array.Copy(from, i, to, i, Math.Min(Stretch, from.Length - i));
        }

        public TrainingProgress Progress(Optimizer optimizer, TimeSpan elapsed)
        {
            EpochRecord? last = History.Count > 0 ? History[History.Count - 1] : default(EpochRecord?);
            return new TrainingProgress(Epoch, Epochs, Batch, Train.Batches, Step.Moving ? Step.Number - 1 : optimizer.StepCount, Batch > 0 ? Loss / Weight : last?.TrainLoss ?? double.NaN,
                last?.ValidationLoss ?? double.NaN, BestLoss, BestEpoch, optimizer.LearningRate, Step.GradientNorm, elapsed, Begun);
        }

        public void Dispose()
        {
            Train.Dispose();
            Validation?.Dispose();
        }
    }
}
