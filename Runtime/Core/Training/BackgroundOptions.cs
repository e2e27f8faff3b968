using System;

namespace Recurrent
{
    /// <summary>How a <see cref="BackgroundTrainer"/> trains. A trainer copies its options: later changes are not seen.</summary>
    public sealed class BackgroundOptions
    {
        /// <summary>The defaults.</summary>
        public BackgroundOptions()
            : this(new TrainingOptions { ClipNorm = 1, JudgeStart = true })
        {
        }

        private BackgroundOptions(TrainingOptions training) => Training = training;

        /// <summary>
        /// How it learns. Not the defaults of a <see cref="Trainer"/>: the gradient's norm is clipped to 1, the weights of the start are judged too
        /// (<see cref="TrainingOptions.JudgeStart"/>). One thread trains, whatever <see cref="TrainingOptions.Threads"/> says, and the best
        /// weights are always kept.
        /// </summary>
        public TrainingOptions Training { get; }

        /// <summary>Epochs of a round of training on an <see cref="EpisodeReplay"/>, at least 1; then its newer episodes are taken in.</summary>
        public int RoundEpochs { get; set; } = 10;

        /// <summary>A round ends early, and the weights go back to the best, after this many epochs without a better validation loss; 0 for never early.</summary>
        public int RoundPatience { get; set; } = 3;

        /// <summary>
        /// Whether a thread of its own trains. Where no thread can be started (WebGL), or this is false, <see cref="BackgroundTrainer.Tick"/> trains.
        /// </summary>
        public bool UseThread { get; set; } = true;

        /// <summary>The options of the trainer of a run.</summary>
        internal TrainingOptions For(EpisodeReplay? replay)
        {
            TrainingOptions training = Training.Checked();
            training.Threads = 1;
            training.KeepBest = true;
            if (replay == null) return training;
            training.Patience = RoundPatience;
            training.JudgeStart = true;
            return training;
        }

        /// <summary>A copy for a trainer to keep.</summary>
        /// <exception cref="ArgumentException">An option is out of range.</exception>
        internal BackgroundOptions Checked()
        {
            if (RoundEpochs < 1) throw new ArgumentException($"BackgroundTrainer: RoundEpochs is {RoundEpochs}, expected at least 1.", "options");
            if (RoundPatience < 0) throw new ArgumentException($"BackgroundTrainer: RoundPatience is {RoundPatience}, expected at least 0.", "options");
            return new BackgroundOptions(Training.Checked()) { RoundEpochs = RoundEpochs, RoundPatience = RoundPatience, UseThread = UseThread };
        }
    }
}
