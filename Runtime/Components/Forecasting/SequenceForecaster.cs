using System;
using System.Collections.Generic;
using Recurrent.Diagnostics;
using UnityEngine;

namespace Recurrent.Components
{
    /// <summary>
    /// Forecasts a value that changes over time: takes a sample a tick, from an <see cref="ISampleSource"/> beside it or from a script, and has a forecast of the next steps, a
    /// band around it, and how surprising the last sample was. With a trained model it forecasts at once; where it may learn, it learns from what it sees, a few
    /// milliseconds a frame, and adapts when the signal changes.
    /// </summary>
    [AddComponentMenu("Recurrent/Sequence Forecaster"), DisallowMultipleComponent]
    [HelpURL(DocumentationPage.Components + "sequence-forecaster")]
    public sealed class SequenceForecaster : MonoBehaviour, IStateSource, ISetup
    {
        [SerializeField, Tooltip("A forecaster's model. None: a new network, which has to learn.")]
        private SequenceModelAsset? _model;

        [SerializeField, Min(0), Tooltip("Seconds from one sample to the next. 0: scripts call Push.")]
        private float _interval = 1f / 30f;

        [SerializeField, Range(0.5f, 0.99f), Tooltip("The share of values that the band is to hold.")]
        private float _coverage = 0.9f;

        [SerializeField, Min(0), Tooltip("A sample with a surprise above this, in bits, raises On Surprise. 3.3 is the edge of a band of 90 %; each bit more is half as likely.")]
        private float _surpriseThreshold = 7f;

        [SerializeField, Tooltip("Whether it learns from what it sees.")]
        private bool _learns = true;

        [SerializeField, Range(0.1f, 20f), Tooltip("Milliseconds of a frame that learning may take.")]
        private float _millisecondsPerFrame = 1f;

        [SerializeField, Min(0), Tooltip("Training steps a frame instead of milliseconds, where every run is to be the same; 0 for milliseconds.")]
        private int _stepsPerFrame;

        [SerializeField, Min(1), Tooltip("It learns from the last so many samples, and forgets what is older.")]
        private int _history = 300;

        [SerializeField, Min(1), Tooltip("Samples that a new network forecasts from.")]
        private int _lookBack = 24;

        [SerializeField, Min(1), Tooltip("Steps ahead that a new network forecasts.")]
        private int _horizon = 12;

        [SerializeField, Min(1), Tooltip("Hidden units of a new network.")]
        private int _hiddenSize = 24;

        [SerializeField, Min(0), Tooltip("How far a training step goes.")]
        private float _learningRate = 0.005f;

        [SerializeField, Tooltip("What a new network's weights and the order of learning are drawn from.")]
        private int _seed = 1;

        [SerializeField, Tooltip("Raised after every sample with the forecast of the next.")]
        private ForecastEvent _onForecast = new ForecastEvent();

        [SerializeField, Tooltip("Raised when a sample was more surprising than the threshold, with its bits.")]
        private ForecastEvent _onSurprise = new ForecastEvent();

        private ISampleSource? _source;
        private Forecaster? _forecaster;
        private ForecastLearner? _learner;
        private SequenceModelAsset? _opened;
        private float[] _read = Array.Empty<float>(), _sample = Array.Empty<float>(), _naive = Array.Empty<float>();
        private StepMeter? _meter;
        private TimeSpan _counted;
        private float _next;
        private bool _isStale, _isBroken, _hasComplained;

        /// <summary>Raised after every sample.</summary>
        public event Action<SequenceForecaster>? Sampled;

        /// <summary>Raised when another network forecasts, or none does any more.</summary>
        public event Action<StateMarkKind>? StateChanged;

        /// <summary>Raised after every sample with the forecast of the next, also for designers.</summary>
        public ForecastEvent OnForecast => _onForecast;

        /// <summary>Raised when a sample was more surprising than <see cref="SurpriseThreshold"/>.</summary>
        public ForecastEvent OnSurprise => _onSurprise;

        /// <summary>A forecaster's model; another one is opened at the next sample.</summary>
        public SequenceModelAsset? Model
        {
            get => _model;
            set
            {
                _model = value;
                _isStale = true;
            }
        }

        /// <summary>Seconds from one sample of the <see cref="ISampleSource"/> to the next; 0 where scripts call <see cref="Push"/>.</summary>
        public float Interval
        {
            get => _interval;
            set => _interval = value;
        }

        /// <summary>Whether it learns from what it sees. Turned off, it goes on with what it has learned so far.</summary>
        public bool Learns
        {
            get => _learns;
            set => _learns = value;
        }

        /// <summary>Milliseconds of a frame that learning may take.</summary>
        public float MillisecondsPerFrame
        {
            get => _millisecondsPerFrame;
            set => _millisecondsPerFrame = value;
        }

        /// <summary>It learns from the last so many samples. Another number counts when the model is opened again; see <see cref="Reopen"/>.</summary>
        public int History
        {
            get => _history;
            set => _history = value;
        }

        /// <summary>How far a training step goes; counts when the model is opened.</summary>
        public float LearningRate
        {
            get => _learningRate;
            set => _learningRate = value;
        }

        /// <summary>Samples that a new network forecasts from; counts when it is made.</summary>
        public int LookBack
        {
            get => _lookBack;
            set => _lookBack = value;
        }

        /// <summary>Steps ahead that a new network forecasts; counts when it is made.</summary>
        public int Horizon
        {
            get => _horizon;
            set => _horizon = value;
        }

        /// <summary>Hidden units of a new network; counts when it is made.</summary>
        public int HiddenSize
        {
            get => _hiddenSize;
            set => _hiddenSize = value;
        }

        /// <summary>What a new network's weights and the order of learning are drawn from; counts when the model is opened.</summary>
        public int Seed
        {
            get => _seed;
            set => _seed = value;
        }

        /// <summary>The share of values that the band is to hold, above 0 and below 1; counts when the model is opened.</summary>
        public float Coverage
        {
            get => _coverage;
            set => _coverage = value;
        }

        /// <summary>Training steps a frame; 0 for as many as its milliseconds allow.</summary>
        public int StepsPerFrame
        {
            get => _stepsPerFrame;
            set => _stepsPerFrame = value;
        }

        /// <summary>Bits above which a sample raises <see cref="OnSurprise"/>.</summary>
        public float SurpriseThreshold
        {
            get => _surpriseThreshold;
            set => _surpriseThreshold = value;
        }

        /// <summary>What forecasts; null until the first sample, and where the model is wrong.</summary>
        public Forecaster? Forecaster => _forecaster;

        /// <summary>What learns; null where it does not.</summary>
        public ForecastLearner? Learner => _learner;

        /// <summary>Whether there is a forecast that means something: enough samples, and a network that has learned.</summary>
        public bool HasForecast => _forecaster != null && _forecaster.Ready && (!(_opened is null) || (_learner != null && _learner.Rounds > 0));

        /// <summary>(horizon, columns): the forecast; empty where there is none.</summary>
        public ReadOnlySpan<float> Forecast => HasForecast ? _forecaster!.Forecast : default;

        /// <summary>The band's lower edge, as long as <see cref="Forecast"/>; "not a number" where there is no band yet.</summary>
        public ReadOnlySpan<float> Low => HasForecast ? _forecaster!.Low : default;

        /// <summary>The band's upper edge.</summary>
        public ReadOnlySpan<float> High => HasForecast ? _forecaster!.High : default;

        /// <summary>The naive forecast beside it: the last value, for every step.</summary>
        public ReadOnlySpan<float> Naive => _naive;

        /// <summary>The last sample; empty before there is one.</summary>
        public ReadOnlySpan<float> LastSample => _sample;

        /// <summary>How surprising the last sample was, in bits.</summary>
        public float Surprise => (float)(_forecaster?.Surprise ?? 0);

        /// <summary>How many samples there were since the model was opened.</summary>
        public long SampleCount { get; private set; }

        /// <summary>What its network computes, a step a forecast; null while there is none. See <see cref="StateFeed.Of(Forecaster)"/>.</summary>
        /// <exception cref="ArgumentException">The row is not 0.</exception>
        public StateFeed? Watch(int row = 0)
        {
            if (row != 0) throw new ArgumentException($"SequenceForecaster '{name}': has one row, number 0, got row {row}.", nameof(row));
            return _forecaster == null ? null : StateFeed.Of(_forecaster);
        }

        /// <summary>Forgets the samples, for another signal or after a gap; what was learned stays.</summary>
        public void ResetSamples()
        {
            if (_learner != null) _learner.Forget();
            else _forecaster?.Reset();
            SampleCount = 0;
        }

        /// <summary>Opens the model again at the next sample, or makes a new network with the sizes as they are then: what was learned and is in no asset is gone.</summary>
        public void Reopen() => _isStale = true;

        /// <summary>
        /// Takes a sample and forecasts anew. A sample of another length, or with a value that is not finite, is left out; the first of such a run is told as an error.
        /// Allocates nothing but at the first sample.
        /// </summary>
        /// <returns>Whether it was taken.</returns>
        public bool Push(ReadOnlySpan<float> sample)
        {
            if (!Open(sample.Length)) return false;
            try
            {
                long begun = Meter.Begin();
                if (_learner != null) _learner.Push(sample);
                else _forecaster!.Push(sample);
                Meter.End(begun);
            }
            catch (ArgumentException e)
            {
                if (!_hasComplained) Debug.LogError($"SequenceForecaster '{name}': {e.Message} The sample is left out.", this);
                _hasComplained = true;
                return false;
            }
            _hasComplained = false;
            if (_sample.Length != sample.Length) _sample = new float[sample.Length];
            sample.CopyTo(_sample);
            SampleCount++;
            ReadOnlySpan<int> targets = _forecaster!.TargetColumns;
            for (int i = 0; i < _naive.Length; i++) _naive[i] = sample[targets[i % targets.Length]];
            Sampled?.Invoke(this);
            if (HasForecast) _onForecast.Invoke(_forecaster.Forecast[0]);
            if (Surprise > _surpriseThreshold) _onSurprise.Invoke(Surprise);
            return true;
        }

        /// <summary>How long a forecast takes.</summary>
        internal StepMeter Meter => _meter ??= new StepMeter(() => this);

        private void OnEnable()
        {
            _source = GetComponent<ISampleSource>();
            _next = 0;
        }

        // What comes after a pause of the source does not follow what came before.
        private void OnDisable()
        {
            if (_source != null && _interval > 0) ResetSamples();
        }

        private void Update() => Advance(Time.deltaTime);

        internal void Advance(float seconds)
        {
            if (_source != null && _interval > 0)
            {
                _next -= seconds;
                // After a long frame only the newest sample is worth taking: the source knows no other.
                if (_next <= 0)
                {
                    _next = _next < -_interval ? 0 : _next + _interval;
                    Sample(_source);
                }
            }
            if (_learner == null || !_learns) return;
            if (_stepsPerFrame > 0) _learner.Train(_stepsPerFrame);
            else _learner.Tick(TimeSpan.FromMilliseconds(_millisecondsPerFrame));
            if (RnnCounters.IsOn) RnnCounters.CountTraining(_learner.Progress, ref _counted);
        }

        private void OnDestroy()
        {
            Close();
            _isBroken = true;
        }

        private void OnValidate() => this.LogReview($"SequenceForecaster '{name}'");

        void ISetup.Review(ICollection<string> warnings)
        {
            if (_model == null && !_learns) warnings.Add("it has no model and does not learn, and so will never forecast.");
            if (_history < _lookBack + _horizon + new ForecastLearnerOptions().BatchSize)
                warnings.Add($"a history of {_history} samples is too short for a look-back of {_lookBack} and a horizon of {_horizon}; it takes {_lookBack + _horizon + new ForecastLearnerOptions().BatchSize}.");
        }

        private void Sample(ISampleSource source)
        {
            if (_read.Length != source.SampleSize) _read = new float[source.SampleSize];
            source.Read(_read);
            Push(_read);
        }

        /// <summary>Opens the model, or makes one, at the first sample and when it was changed.</summary>
        private bool Open(int columns)
        {
            if (_isStale && this != null)
            {
                Close();
                _isStale = _isBroken = _hasComplained = false;
            }
            if (_isBroken) return false;
            if (_forecaster == null && !TryOpen(columns)) return false;
            if (_learns && _learner == null) Learn(_forecaster!);
            return !_isBroken;
        }

        private bool TryOpen(int columns)
        {
            _opened = _model != null ? _model : null;
            if (_opened != null) _opened.Changed += Reopen;
            try
            {
                _forecaster = _opened != null
                    ? Recurrent.Forecaster.FromModel(_opened.Model)
                    : new Forecaster(ForecastLearner.NewModel(columns, _hiddenSize, _horizon, seed: (ulong)_seed), _lookBack, _horizon);
                _forecaster.Coverage = _coverage;
                _naive = new float[_forecaster.Forecast.Length];
                StateChanged?.Invoke(StateMarkKind.Reopened);
                return true;
            }
            catch (Exception e) when (e is FormatException || e is ArgumentException || e is ModelFileException)
            {
                Fail("the model cannot forecast", e);
                return false;
            }
        }

        private void Learn(Forecaster forecaster)
        {
            try
            {
                var options = new ForecastLearnerOptions { LearningRate = _learningRate, Seed = (ulong)_seed };
                options.History = Math.Max(_history, forecaster.LookBack + forecaster.Horizon + options.BatchSize);
                _learner = new ForecastLearner(forecaster, options);
            }
            catch (ArgumentException e)
            {
                Fail("the model cannot learn", e);
            }
        }

        // The asset stays heard: other bytes in it are another try.
        private void Fail(string what, Exception e)
        {
            Debug.LogError($"SequenceForecaster '{name}': {what}. {e.Message}", this);
            Free();
            _isBroken = true;
        }

        private void Close()
        {
            if (!(_opened is null)) _opened.Changed -= Reopen;
            _opened = null;
            Free();
        }

        private void Free()
        {
            _learner?.Dispose();
            _learner = null;
            _sample = _naive = Array.Empty<float>();
            SampleCount = 0;
            if (_forecaster == null) return;
            _forecaster.Dispose();
            _forecaster = null;
            StateChanged?.Invoke(StateMarkKind.Reopened);
        }
    }
}
