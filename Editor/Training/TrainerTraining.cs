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

        public TrainerTraining(SequenceTrainer trainer) => _trainer = trainer;

        public string Name => _trainer.name;

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

        public string? WhyNotStart => _trainer.WhyNotBegin;

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
