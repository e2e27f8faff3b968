using System;

namespace Recurrent
{
    /// <summary>How a <see cref="Trainer"/> trains. The defaults suit small models. A trainer copies its options: later changes are not seen.</summary>
    public sealed class TrainingOptions
    {
        /// <summary>Sequences in a mini-batch, at least 1. A data set with tracks decides itself.</summary>
        public int BatchSize { get; set; } = 32;

        /// <summary>Whether sequences are taken in a new random order every epoch. A data set with tracks is always taken in order.</summary>
        public bool Shuffle { get; set; } = true;

        /// <summary>What order and dropout are drawn from. The same seed gives the same bits, on any number of threads.</summary>
        public ulong Seed { get; set; } = 1;

        /// <summary>The largest Euclidean norm of a step's gradient, above 0; infinity for no clipping.</summary>
        public double ClipNorm { get; set; } = double.PositiveInfinity;

        /// <summary>The largest absolute value of a gradient, above 0, applied after <see cref="ClipNorm"/>; infinity for no clipping.</summary>
        public float ClipValue { get; set; } = float.PositiveInfinity;

        /// <summary>How the learning rate changes.</summary>
        public LearningRateSchedule Schedule { get; set; } = LearningRateSchedule.Constant;

        /// <summary>At which share of its steps a decoder is fed the right symbol in training; for models with an <see cref="EncoderDecoder"/>.</summary>
        public TeacherForcingSchedule TeacherForcing { get; set; } = TeacherForcingSchedule.Always;

        /// <summary>Training stops after this many epochs without a better validation loss; 0 for never. Needs validation data.</summary>
        public int Patience { get; set; }

        /// <summary>Whether the weights of the best epoch, by validation loss, are in the model at the end. Without validation data the last ones are.</summary>
        public bool KeepBest { get; set; } = true;

        /// <summary>
        /// Whether the weights of the start are judged by the validation data too, before anything is learned. A run then ends with other weights only if they
        /// are better, where <see cref="KeepBest"/> asks for the best.
        /// </summary>
        public bool JudgeStart { get; set; }

        /// <summary>How many threads compute; 0 for one a processor. More than 8 find no work. The bits do not depend on it.</summary>
        public int Threads { get; set; }

        /// <summary>What computes; null for <see cref="KernelSet.Default"/>. Different kernels round differently.</summary>
        public KernelSet? Kernels { get; set; }

        /// <summary>A copy for a trainer to keep.</summary>
        /// <exception cref="ArgumentException">An option is out of range.</exception>
        internal TrainingOptions Checked()
        {
            if (BatchSize < 1) throw Unexpected(nameof(BatchSize), "at least 1", BatchSize);
            if (Threads < 0) throw Unexpected(nameof(Threads), "at least 0", Threads);
            if (Patience < 0) throw Unexpected(nameof(Patience), "at least 0", Patience);
            if (!(ClipNorm > 0)) throw Unexpected(nameof(ClipNorm), "a number above 0", ClipNorm);
            if (!(ClipValue > 0)) throw Unexpected(nameof(ClipValue), "a number above 0", ClipValue);
            if (Schedule == null) throw new ArgumentException($"Trainer: {nameof(Schedule)} is null, expected a schedule such as LearningRateSchedule.Constant.", "options");
            if (TeacherForcing == null) throw new ArgumentException($"Trainer: {nameof(TeacherForcing)} is null, expected a schedule such as TeacherForcingSchedule.Always.", "options");
            return (TrainingOptions)MemberwiseClone();
        }

        private static ArgumentException Unexpected(string name, string expected, double got) =>
            new ArgumentException(FormattableString.Invariant($"Trainer: {name} is {got}, expected {expected}."), "options");
    }
}
