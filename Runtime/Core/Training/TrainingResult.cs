using System.Collections.Generic;

namespace Recurrent
{
    /// <summary>How a training run ended.</summary>
    public sealed class TrainingResult
    {
        internal TrainingResult(TrainingOutcome outcome, IReadOnlyList<EpochRecord> history, int bestEpoch, double bestLoss, string message)
        {
            Outcome = outcome;
            History = history;
            BestEpoch = bestEpoch;
            BestLoss = bestLoss;
            Message = message;
        }

        /// <summary>Why it ended.</summary>
        public TrainingOutcome Outcome { get; }

        /// <summary>Every whole epoch.</summary>
        public IReadOnlyList<EpochRecord> History { get; }

        /// <summary>The epoch with the lowest loss, validation's where there is one, counted from 1; 0 when none was finished, or none was better than the start where that was judged.</summary>
        public int BestEpoch { get; }

        /// <summary>That loss; infinity when nothing was judged.</summary>
        public double BestLoss { get; }

        /// <summary>One sentence about how it ended.</summary>
        public string Message { get; }
    }
}
