namespace Recurrent
{
    /// <summary>How a <see cref="ForecastLearner"/> learns.</summary>
    public sealed class ForecastLearnerOptions
    {
        /// <summary>The last so many samples are learned from. What is older is forgotten: a short history adapts faster.</summary>
        public int History { get; set; } = 512;

        /// <summary>How often a round goes through the windows of the history.</summary>
        public int EpochsPerRound { get; set; } = 2;

        /// <summary>Windows of a training step.</summary>
        public int BatchSize { get; set; } = 32;

        /// <summary>How far a training step goes.</summary>
        public float LearningRate { get; set; } = 3e-3f;

        /// <summary>The largest norm of a step's gradient.</summary>
        public double ClipNorm { get; set; } = 1;

        /// <summary>What order is drawn from.</summary>
        public ulong Seed { get; set; } = 1;
    }
}
