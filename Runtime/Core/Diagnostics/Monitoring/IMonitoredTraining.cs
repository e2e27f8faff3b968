using System.Collections.Generic;

namespace Recurrent.Diagnostics
{
    /// <summary>Something that trains, as a <see cref="TrainingMonitor"/> sees and steers it: a component, or the training of an asset. One thread asks.</summary>
    public interface IMonitoredTraining
    {
        /// <summary>What a person calls it.</summary>
        public string Name { get; }

        /// <summary>What it does now.</summary>
        public TrainingActivity Activity { get; }

        /// <summary>How many runs have begun; a rise means that another one goes on.</summary>
        public long Runs { get; }

        /// <summary>How far the run has come, or the last one came.</summary>
        public TrainingProgress Progress { get; }

        /// <summary>How the last run ended; null before one has.</summary>
        public TrainingResult? Result { get; }

        /// <summary>Whether training steps are to note how large the gradient is at every time step.</summary>
        public bool ProfilesGradients { get; set; }

        /// <summary>What the last training step noted; null where none was asked to.</summary>
        public GradientProfile? GradientProfile { get; }

        /// <summary>Why it cannot be started now, a sentence; null where it can.</summary>
        public string? WhyNotStart { get; }

        /// <summary>Reads the epochs of the run.</summary>
        /// <param name="from">How many are known already.</param>
        /// <param name="into">Gets those after them.</param>
        /// <returns>How many there were in all.</returns>
        public long ReadEpochs(long from, ICollection<EpochRecord> into);

        /// <summary>Begins a run.</summary>
        public void Start();

        /// <summary>Lets the run rest.</summary>
        public void Pause();

        /// <summary>Goes on with a run that rests.</summary>
        public void Resume();

        /// <summary>Ends the run.</summary>
        public void Stop();
    }
}
