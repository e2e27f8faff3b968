using System;
using System.Collections.Generic;

namespace Recurrent
{
    /// <summary>
    /// Learns a series while it runs. It keeps the last samples and trains the forecaster's model on their windows, in rounds, a little at a time; the forecaster goes on
    /// with the weights of the last whole step. Its band comes from the forecasts as they were made, before what they forecast had come. After a change of the
    /// series the forecasts adapt as fast as the history forgets. Pushing allocates nothing; a round begins with some allocations. Not thread-safe.
    /// </summary>
    public sealed class ForecastLearner : IDisposable
    {
        private readonly Forecaster _forecaster;
        private readonly ForecastLearnerOptions _options;
        private readonly Trainer _trainer;
        private readonly int[] _targets;
        private readonly float[] _samples;     // (history, C), a ring
        private readonly float[] _forecasts;   // (history, H · K), a ring: what was forecast right after the sample of the same place
        private readonly bool[] _wasForecast;  // (history)
        private readonly int _columns, _size;
        private readonly EpochLog _epochs = new EpochLog();
        private long _count;
        private bool _fresh, _disposed;

        /// <summary>Lets a forecaster learn.</summary>
        /// <param name="forecaster">The forecaster, which stays the caller's. If its model has no scalers yet, they are fitted to the first samples.</param>
        /// <param name="options">The defaults if null.</param>
        /// <exception cref="ArgumentException">An option is out of range.</exception>
        public ForecastLearner(Forecaster forecaster, ForecastLearnerOptions? options = null)
        {
            _forecaster = forecaster ?? throw new ArgumentNullException(nameof(forecaster));
            _options = options ?? new ForecastLearnerOptions();
            _targets = forecaster.TargetColumns.ToArray();
            _columns = forecaster.InputSize;
            _size = forecaster.Forecast.Length;
            int least = MinSamples;
            if (_options.History < least) throw new ArgumentException($"ForecastLearner: expected a history of at least {least} samples (look-back {forecaster.LookBack}, horizon {forecaster.Horizon}, a batch), got {_options.History}.", nameof(options));
            if (_options.EpochsPerRound < 1) throw new ArgumentException($"ForecastLearner: expected at least 1 epoch in a round, got {_options.EpochsPerRound}.", nameof(options));
            _samples = new float[_options.History * _columns];
            _forecasts = new float[_options.History * _size];
            _wasForecast = new bool[_options.History];
            _trainer = new Trainer(forecaster.Model, Losses.MeanSquaredError, new Adam(_options.LearningRate), new TrainingOptions
            {
                BatchSize = _options.BatchSize,
                ClipNorm = _options.ClipNorm,
                Seed = _options.Seed,
                Threads = 1,
            });
        }

        /// <summary>What forecasts.</summary>
        public Forecaster Forecaster => _forecaster;

        /// <summary>Rounds that have ended; until there is one, forecasts mean nothing, unless the model had learned before.</summary>
        public int Rounds { get; private set; }

        /// <summary>The mean loss of the last round, in scaled units; NaN before there is one.</summary>
        public double Loss { get; private set; } = double.NaN;

        /// <summary>Whether a round goes on; while none does, the next begins with a new sample.</summary>
        public bool IsInRound => _trainer.Outcome == TrainingOutcome.Running;

        /// <summary>How far the round has come.</summary>
        public TrainingProgress Progress => _trainer.Progress;

        /// <summary>Whether training steps note how large the gradient is at every time step; see <see cref="Trainer.ProfilesGradients"/>.</summary>
        public bool ProfilesGradients
        {
            get => _trainer.ProfilesGradients;
            set => _trainer.ProfilesGradients = value;
        }

        /// <summary>What the last training step noted, changed by the next one; null where none was asked to.</summary>
        public GradientProfile? GradientProfile => _trainer.GradientProfile;

        /// <summary>How many samples the first round waits for.</summary>
        public int MinSamples => _forecaster.LookBack + TrainedHorizon + _options.BatchSize;

        /// <summary>How many steps ahead the model itself puts out: all, or one where it is fed its own forecasts.</summary>
        private int TrainedHorizon => _forecaster.FeedsBack ? 1 : _forecaster.Horizon;

        private int Kept => (int)Math.Min(_count, _options.History);

        /// <summary>A new network for a series: a GRU that reads a window and puts out all steps of the horizon at once.</summary>
        /// <param name="columns">Values of a sample.</param>
        /// <param name="hiddenSize">Hidden units.</param>
        /// <param name="horizon">Steps ahead.</param>
        /// <param name="targets">Columns that are forecast.</param>
        /// <param name="seed">What the weights are drawn from.</param>
        public static SequenceModel NewModel(int columns, int hiddenSize, int horizon, int targets = 1, ulong seed = 1) => new SequenceModel(
            ("gru", new GRU(columns, hiddenSize, seed: seed)),
            ("last", new LastStep()),
            ("head", new Linear(hiddenSize, horizon * targets, seed: seed + 1)));

        /// <summary>Takes the next sample: to forecast from, as <see cref="Recurrent.Forecaster.Push"/>, and to learn from.</summary>
        /// <returns>Whether there is a forecast.</returns>
        /// <exception cref="ArgumentException">The sample has another size, or a value is not finite; then nothing has changed.</exception>
        public bool Push(ReadOnlySpan<float> sample)
        {
            CheckUsable();
            bool ready = _forecaster.Push(sample);
            int place = (int)(_count % _options.History);
            sample.CopyTo(_samples.AsSpan(place * _columns));
            _forecaster.Forecast.CopyTo(_forecasts.AsSpan(place * _size));
            _wasForecast[place] = ready && Rounds > 0;
            _count++;
            _fresh = true;
            return ready;
        }

        /// <summary>Reads the epochs of all rounds, one after the other and numbered on.</summary>
        /// <param name="from">How many of them are known already.</param>
        /// <param name="into">Gets those after them; of very many the oldest are forgotten.</param>
        /// <returns>How many there were in all.</returns>
        public long ReadEpochs(long from, ICollection<EpochRecord> into) => _epochs.Read(from, into);

        /// <summary>Learns for some time, on this thread; to be called once a frame. Does nothing before there are enough samples.</summary>
        /// <returns>Whether it has learned.</returns>
        public bool Tick(TimeSpan budget)
        {
            if (!BeginRound()) return false;
            int epoch = _trainer.Progress.Epoch;
            bool goesOn = _trainer.Advance(budget);
            _epochs.Add(_trainer.History, epoch);
            if (!goesOn) EndRound();
            return true;
        }

        /// <summary>Learns for a number of training steps instead of for some time: the same samples then always give the same forecasts.</summary>
        /// <returns>Whether it has learned.</returns>
        public bool Train(int steps)
        {
            for (int i = 0; i < steps; i++)
            {
                if (!BeginRound()) return i > 0;
                int epoch = _trainer.Progress.Epoch;
                bool goesOn = _trainer.AdvanceBatch();
                _epochs.Add(_trainer.History, epoch);
                if (!goesOn) EndRound();
            }
            return true;
        }

        /// <summary>Gives up the round, if one goes on; the weights stay those of its last whole step, and the next one begins with a new sample.</summary>
        public void EndEarly()
        {
            CheckUsable();
            _trainer.Cancel();
        }

        /// <summary>Forgets the samples, for another series; what was learned stays.</summary>
        public void Forget()
        {
            CheckUsable();
            _trainer.Cancel();
            _forecaster.Reset();
            _count = 0;
            _fresh = false;
            Array.Clear(_wasForecast, 0, _wasForecast.Length);
        }

        /// <summary>Stops learning and frees the memory; the forecaster stays.</summary>
        public void Dispose()
        {
            _disposed = true;
            _trainer.Dispose();
        }

        private bool BeginRound()
        {
            CheckUsable();
            if (_trainer.Outcome == TrainingOutcome.Running) return true;
            if (_count < MinSamples || !_fresh) return false;
            SequenceModel model = _forecaster.Model;
            float[] history = History();
            FitScalers(model, history);
            model.InputScaler!.Transform(history, history);
            _trainer.Begin(new WindowDataset(history, _columns, _forecaster.LookBack, TrainedHorizon, null, _targets), null, _options.EpochsPerRound);
            _fresh = false;
            return true;
        }

        private void EndRound()
        {
            TrainingResult result = _trainer.Result();
            if (result.History.Count > 0) Loss = result.History[result.History.Count - 1].TrainLoss;
            Rounds++;
            FitBand();
        }

        /// <summary>The samples in their order.</summary>
        private float[] History()
        {
            int kept = Kept, first = (int)((_count - kept) % _options.History);
            var history = new float[kept * _columns];
            int head = Math.Min(kept, _options.History - first);
            Array.Copy(_samples, first * _columns, history, 0, head * _columns);
            Array.Copy(_samples, 0, history, head * _columns, (kept - head) * _columns);
            return history;
        }

        private void FitScalers(SequenceModel model, float[] history)
        {
            if (model.InputScaler == null)
            {
                var scaler = new StandardScaler();
                scaler.Fit(history, _columns);
                model.InputScaler = scaler;
                // The forecaster has seen them unscaled.
                _forecaster.Reset();
                for (int row = history.Length / _columns - _forecaster.LookBack; row < history.Length / _columns; row++) _forecaster.Push(history.AsSpan(row * _columns, _columns));
            }
            if (model.TargetScaler != null) return;
            // As many columns as the model has outputs: every step ahead is scaled as its column is.
            var columns = new int[model.OutputSize];
            for (int i = 0; i < columns.Length; i++) columns[i] = _targets[i % _targets.Length];
            model.TargetScaler = model.InputScaler.Select(columns);
        }

        /// <summary>The band from those forecasts of the history whose truth has come.</summary>
        private void FitBand()
        {
            int kept = Kept, horizon = _forecaster.Horizon, origins = 0;
            long first = _count - kept, end = _count - horizon;
            for (long at = first; at < end; at++)
                if (_wasForecast[at % _options.History]) origins++;
            if (origins < ResidualBand.MinResiduals) return;
            float[] forecasts = new float[origins * _size], truth = new float[origins * _size];
            int origin = 0;
            for (long at = first; at < end; at++)
            {
                if (!_wasForecast[at % _options.History]) continue;
                Array.Copy(_forecasts, (int)(at % _options.History) * _size, forecasts, origin * _size, _size);
                for (int i = 0; i < _size; i++)
                    truth[origin * _size + i] = _samples[(int)((at + 1 + i / _targets.Length) % _options.History) * _columns + _targets[i % _targets.Length]];
                origin++;
            }
            _forecaster.Band = ResidualBand.Fit(forecasts, truth, _size);
        }

        private void CheckUsable()
        {
            if (_disposed) throw new ObjectDisposedException(nameof(ForecastLearner));
        }
    }
}
