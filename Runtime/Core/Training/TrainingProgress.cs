using System;

namespace Recurrent
{
    /// <summary>How far a training run has come.</summary>
    public readonly struct TrainingProgress
    {
        // A TimeSpan holds no more than thirty thousand years.
        private const double MaxSeconds = 9e11;

        internal TrainingProgress(int epoch, int epochs, int batch, int batches, long step, double trainLoss, double validationLoss, double bestLoss,
            int bestEpoch, float learningRate, double gradientNorm, TimeSpan elapsed, double begun)
        {
            Epoch = epoch;
            Epochs = epochs;
            Batch = batch;
            Batches = batches;
            Step = step;
            TrainLoss = trainLoss;
            ValidationLoss = validationLoss;
            BestLoss = bestLoss;
            BestEpoch = bestEpoch;
            LearningRate = learningRate;
            GradientNorm = gradientNorm;
            Elapsed = elapsed;
            Remaining = null;
            double done = Fraction;
            if (done > begun) Remaining = TimeSpan.FromSeconds(Math.Min(MaxSeconds, elapsed.TotalSeconds * (1 - done) / (done - begun)));
        }

        /// <summary>Epochs finished.</summary>
        public int Epoch { get; }

        /// <summary>Epochs asked for.</summary>
        public int Epochs { get; }

        /// <summary>Batches of training finished of the current epoch; 0 when an epoch has just ended. All of them while it is validated.</summary>
        public int Batch { get; }

        /// <summary>Batches of training in an epoch.</summary>
        public int Batches { get; }

        /// <summary>Steps that the optimizer has taken in all, earlier runs included.</summary>
        public long Step { get; }

        /// <summary>The mean loss over the training data: of the current epoch so far, or of the one just ended. NaN before a target has counted.</summary>
        public double TrainLoss { get; }

        /// <summary>The validation loss after the last whole epoch; NaN without validation data or before the first epoch has ended.</summary>
        public double ValidationLoss { get; }

        /// <summary>The lowest loss, validation's where there is one; infinity before anything was judged.</summary>
        public double BestLoss { get; }

        /// <summary>The epoch of the lowest loss, counted from 1; 0 before the first has ended.</summary>
        public int BestEpoch { get; }

        /// <summary>The learning rate of the last step.</summary>
        public float LearningRate { get; }

        /// <summary>The Euclidean norm of the last step's gradient, before clipping.</summary>
        public double GradientNorm { get; }

        /// <summary>Time spent in batches since the run began or was resumed.</summary>
        public TimeSpan Elapsed { get; }

        /// <summary>The share of all epochs that is done, 0 … 1; a run that stops early ends below 1.</summary>
        public double Fraction => Epochs == 0 ? 0 : (Epoch + (double)Batch / Batches) / Epochs;

        /// <summary>
        /// How much more time in batches all epochs will take, as fast as it went so far; null before the first batch has ended. A run that stops early
        /// takes less.
        /// </summary>
        public TimeSpan? Remaining { get; }
    }
}
