using System.Collections.Generic;
using Recurrent;
using Recurrent.Components;
using Recurrent.Diagnostics;

namespace RecurrentEditor
{
    /// <summary>A <see cref="SequenceForecaster"/> that learns, as the training window sees and steers it. Its run has no end: it learns in rounds, as long as it lives.</summary>
    internal sealed class ForecasterTraining : IMonitoredTraining
    {
        private readonly SequenceForecaster _forecaster;
        private ForecastLearner? _learner;
        private long _runs, _first;
        private string _name;
        private bool _isPaused, _profiles;

        public ForecasterTraining(SequenceForecaster forecaster)
        {
            _forecaster = forecaster;
            _name = forecaster.name;
        }

        // A destroyed one refuses to tell, and its run is still to be remembered under its name.
        public string Name => _forecaster != null ? _name = _forecaster.name : _name;

        public TrainingActivity Activity => Learner == null ? TrainingActivity.Idle : _forecaster.Learns ? TrainingActivity.Running : _isPaused ? TrainingActivity.Paused : TrainingActivity.Idle;

        public long Runs
        {
            get
            {
                _ = Learner;
                return _runs;
            }
        }

        public TrainingProgress Progress => Learner?.Progress ?? default;

        public TrainingResult? Result => null;

        public bool ProfilesGradients
        {
            get => _profiles;
            set
            {
                _profiles = value;
                if (Learner != null) Learner.ProfilesGradients = value;
            }
        }

        public GradientProfile? GradientProfile => Learner?.GradientProfile;

        public string? WhyNotStart => _forecaster == null ? "The forecaster is gone." : _forecaster.isActiveAndEnabled ? null : "The forecaster is disabled.";

        /// <summary>What learns now; another one is another run.</summary>
        private ForecastLearner? Learner
        {
            get
            {
                if (ReferenceEquals(_learner, _forecaster.Learner)) return _learner;
                _learner = _forecaster.Learner;
                if (_learner == null) return null;
                _learner.ProfilesGradients = _profiles;
                _runs++;
                _first = 0;
                return _learner;
            }
        }

        public long ReadEpochs(long from, ICollection<EpochRecord> into) => (Learner?.ReadEpochs(_first + from, into) ?? _first) - _first;

        public void Start()
        {
            _isPaused = false;
            _forecaster.Learns = true;
            if (Learner == null) return;
            _runs++;
            _first = _learner!.ReadEpochs(long.MaxValue, new List<EpochRecord>());
        }

        public void Pause()
        {
            _isPaused = true;
            _forecaster.Learns = false;
        }

        public void Resume()
        {
            _isPaused = false;
            _forecaster.Learns = true;
        }

        public void Stop()
        {
            _isPaused = _forecaster.Learns = false;
            Learner?.EndEarly();
        }
    }
}
