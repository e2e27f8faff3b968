namespace Recurrent
{
    /// <summary>The losses of one epoch.</summary>
    public readonly struct EpochRecord
    {
        /// <summary>Puts the losses of an epoch together.</summary>
        public EpochRecord(int epoch, double trainLoss, double validationLoss, float learningRate)
        {
            Epoch = epoch;
            TrainLoss = trainLoss;
            ValidationLoss = validationLoss;
            LearningRate = learningRate;
        }

        /// <summary>Counted from 1.</summary>
        public int Epoch { get; }

        /// <summary>The mean loss over the epoch's batches, each with the weights of its moment.</summary>
        public double TrainLoss { get; }

        /// <summary>The validation loss at the epoch's end; NaN without validation data.</summary>
        public double ValidationLoss { get; }

        /// <summary>The learning rate of the epoch's last step.</summary>
        public float LearningRate { get; }
    }
}
