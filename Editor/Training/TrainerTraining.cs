using System.Collections.Generic;
using Recurrent;
using Recurrent.Components;
using Recurrent.Diagnostics;

namespace RecurrentEditor
{
    /// <summary>A <see cref="SequenceTrainer"/> in Play Mode, as the training window sees and steers it.</summary>
    internal sealed class TrainerTraining : IMonitoredTraining
    {
        private readonly SequenceTrainer _trainer;
        private string _name;

        public TrainerTraining(SequenceTrainer trainer)
        {
            _trainer = trainer;
            _name = trainer.name;
        }

        // A destroyed one refuses to tell, and its run is still to be remembered under its name.
        public string Name => _trainer != null ? _name = _trainer.name : _name;

        public TrainingActivity Activity => _trainer.State switch
        {
            TrainerState.Running => TrainingActivity.Running,
            TrainerState.Paused => TrainingActivity.Paused,
            _ => TrainingActivity.Idle,
        };

        public long Runs => _trainer.Runs;

        public TrainingProgress Progress => _trainer.Progress;

        public TrainingResult? Result => _trainer.LastResult;

        public bool ProfilesGradients
        {
            get => _trainer.ProfilesGradients;
            set => _trainer.ProfilesGradients = value;
        }

        public GradientProfile? GradientProfile => _trainer.GradientProfile;

        public string? WhyNotStart => _trainer != null ? _trainer.WhyNotBegin : "The trainer is gone.";

        public long ReadEpochs(long from, ICollection<EpochRecord> into) => _trainer.ReadEpochs(from, into);

        public void Start()
        {
            _trainer.Resume();
            _trainer.Begin();
        }

        public void Pause() => _trainer.Pause();

        public void Resume() => _trainer.Resume();

        public void Stop() => _trainer.Stop();
    }
}
