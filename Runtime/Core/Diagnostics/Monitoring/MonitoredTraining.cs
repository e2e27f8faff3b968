using System;
using System.Collections.Generic;

namespace Recurrent.Diagnostics
{
    /// <summary>A <see cref="BackgroundTrainer"/> that a <see cref="TrainingMonitor"/> can start, pause, resume and stop. One thread uses it.</summary>
    public sealed class MonitoredTraining : IMonitoredTraining, IDisposable
    {
        private readonly Func<BackgroundTrainer> _begin;
        private BackgroundTrainer? _trainer;
        private TrainingResult? _failed;
        private bool _profiles, _isOpen;

        /// <summary>A training that has not begun.</summary>
        /// <param name="name">What a person calls it.</param>
        /// <param name="begin">Makes a trainer and begins its run; it is disposed here. What it throws as <see cref="ArgumentException"/> or <see cref="System.IO.IOException"/> is the reason why the run has not begun.</param>
        public MonitoredTraining(string name, Func<BackgroundTrainer> begin)
        {
            Name = name;
            _begin = begin ?? throw new ArgumentNullException(nameof(begin));
        }

        /// <summary>Raised when a run has begun.</summary>
        public event Action<BackgroundTrainer>? Begun;

        /// <summary>Raised when a run has ended; the model has its weights.</summary>
        public event Action<BackgroundTrainer>? Ended;

        /// <inheritdoc/>
        public string Name { get; }

        /// <inheritdoc/>
        public TrainingActivity Activity => !_isOpen ? TrainingActivity.Idle : _trainer!.IsPaused ? TrainingActivity.Paused : TrainingActivity.Running;

        /// <inheritdoc/>
        public long Runs { get; private set; }

        /// <inheritdoc/>
        public TrainingProgress Progress => _trainer?.Progress ?? default;

        /// <inheritdoc/>
        public TrainingResult? Result => _failed ?? _trainer?.LastResult;

        /// <inheritdoc/>
        public bool ProfilesGradients
        {
            get => _profiles;
            set
            {
                _profiles = value;
                if (_trainer != null) _trainer.ProfilesGradients = value;
            }
        }

        /// <inheritdoc/>
        public GradientProfile? GradientProfile => _trainer?.GradientProfile;

        /// <inheritdoc/>
        public string? WhyNotStart { get; set; }

        /// <inheritdoc/>
        public long ReadEpochs(long from, ICollection<EpochRecord> into) => _trainer?.ReadEpochs(from, into) ?? 0;

        /// <inheritdoc/>
        public void Start()
        {
            Stop();
            try
            {
                BackgroundTrainer begun = _begin();
                _trainer?.Dispose();
                _trainer = begun;
            }
            catch (Exception e) when (e is ArgumentException || e is System.IO.IOException || e is UnauthorizedAccessException)
            {
                _failed = new TrainingResult(TrainingOutcome.NotStarted, Array.Empty<EpochRecord>(), 0, double.PositiveInfinity, e.Message);
                return;
            }
            _failed = null;
            _trainer.ProfilesGradients = _profiles;
            _isOpen = true;
            Runs++;
            Begun?.Invoke(_trainer);
        }

        /// <inheritdoc/>
        public void Pause() => _trainer?.Pause();

        /// <inheritdoc/>
        public void Resume() => _trainer?.Resume();

        /// <inheritdoc/>
        public void Stop()
        {
            if (!_isOpen) return;
            _trainer!.Cancel();
            End();
        }

        /// <summary>Takes what was learned, and, where no thread trains, trains; to be called some times a second.</summary>
        /// <param name="budget">For how long it may train.</param>
        public void Tick(TimeSpan budget)
        {
            if (!_isOpen) return;
            try
            {
                if (_trainer!.Tick(budget) || _trainer.IsRunning) return;
            }
            catch (Exception e)
            {
                _failed = new TrainingResult(TrainingOutcome.Cancelled, Array.Empty<EpochRecord>(), 0, double.PositiveInfinity, e.Message);
            }
            End();
        }

        /// <summary>Ends the run and frees the memory; nothing is told of it.</summary>
        public void Dispose()
        {
            _isOpen = false;
            _trainer?.Dispose();
        }

        private void End()
        {
            _isOpen = false;
            // What was finished last.
            _trainer!.Tick(TimeSpan.Zero);
            Ended?.Invoke(_trainer);
        }
    }
}
