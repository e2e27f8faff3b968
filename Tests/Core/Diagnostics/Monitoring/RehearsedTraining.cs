using System;
using System.Collections.Generic;
using Recurrent.Diagnostics;

namespace Recurrent.Tests.Diagnostics
{
    /// <summary>A training that does a batch when it is told to.</summary>
    internal sealed class RehearsedTraining : IMonitoredTraining, IDisposable
    {
        private readonly SequenceDataset _train, _validation;
        private readonly int _epochs;
        private Trainer? _trainer;

        public RehearsedTraining(string name, int epochs = 6, bool validated = true, float rate = 0.01f)
        {
            Name = name;
            Rate = rate;
            _epochs = epochs;
            _train = TrainingExamples.Sequences(40, 6, 2, 1, perStep: false, seed: 11);
            _validation = TrainingExamples.Sequences(validated ? 20 : 0, 6, 2, 1, perStep: false, seed: 12);
        }

        public string Name { get; }

        public float Rate { get; set; }

        public bool IsPaused { get; private set; }

        public TrainingActivity Activity => _trainer?.Outcome != TrainingOutcome.Running ? TrainingActivity.Idle : IsPaused ? TrainingActivity.Paused : TrainingActivity.Running;

        public long Runs { get; private set; }

        public TrainingProgress Progress => _trainer?.Progress ?? default;

        public TrainingResult? Result { get; private set; }

        public bool ProfilesGradients { get; set; }

        public GradientProfile? GradientProfile => _trainer?.GradientProfile;

        public string? WhyNotStart { get; set; }

        public Trainer Trainer => _trainer!;

        public long ReadEpochs(long from, ICollection<EpochRecord> into)
        {
            IReadOnlyList<EpochRecord> history = _trainer?.History ?? Array.Empty<EpochRecord>();
            for (int i = (int)from; i < history.Count; i++) into.Add(history[i]);
            return history.Count;
        }

        public void Start()
        {
            _trainer?.Dispose();
            _trainer = new Trainer(TrainingExamples.Forecaster(), Losses.MeanSquaredError, new Adam(Rate), new TrainingOptions { BatchSize = 10, Threads = 1 });
            _trainer.Begin(_train, _validation, _epochs);
            IsPaused = false;
            Runs++;
        }

        public void Pause() => IsPaused = true;

        public void Resume() => IsPaused = false;

        public void Stop()
        {
            _trainer!.Cancel();
            Result = _trainer.Result();
        }

        public void Batch()
        {
            _trainer!.ProfilesGradients = ProfilesGradients;
            if (Activity != TrainingActivity.Running) return;
            _trainer.AdvanceBatch();
            if (_trainer.Outcome != TrainingOutcome.Running) Result = _trainer.Result();
        }

        public void ToTheEnd()
        {
            while (Activity == TrainingActivity.Running) Batch();
        }

        public void Dispose() => _trainer?.Dispose();
    }
}
