namespace Recurrent
{
    /// <summary>How a <see cref="Trainer"/> trains. The defaults suit small models.</summary>
    public sealed class TrainingOptions
    {
        /// <summary>Sequences in a mini-batch. A data set with tracks decides itself.</summary>
        public int BatchSize { get; set; } = 32;

        /// <summary>Whether sequences are taken in a new random order every epoch. A data set with tracks is always taken in order.</summary>
        public bool Shuffle { get; set; } = true;

        /// <summary>What order and dropout are drawn from. The same seed gives the same bits, on any number of threads.</summary>
        public ulong Seed { get; set; } = 1;

        /// <summary>The largest Euclidean norm of a step's gradient; infinity for no clipping.</summary>
        public double ClipNorm { get; set; } = double.PositiveInfinity;

        /// <summary>The largest absolute value of a gradient; infinity for no clipping.</summary>
        public float ClipValue { get; set; } = float.PositiveInfinity;

        /// <summary>How the learning rate changes.</summary>
        public LearningRateSchedule Schedule { get; set; } = LearningRateSchedule.Constant;

        /// <summary>Training stops after this many epochs without a better validation loss; 0 for never. Needs validation data.</summary>
        public int Patience { get; set; }

        /// <summary>Whether the weights of the best epoch, by validation loss, are in the model at the end. Without validation data the last ones are.</summary>
        public bool KeepBest { get; set; } = true;

        /// <summary>How many threads compute; 0 for one a processor, at most 8.</summary>
        public int Threads { get; set; }

        /// <summary>What computes; null for <see cref="KernelSet.Default"/>.</summary>
        public KernelSet? Kernels { get; set; }
    }
}
