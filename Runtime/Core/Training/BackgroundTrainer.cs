using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Runtime.ExceptionServices;
using System.Threading;

namespace Recurrent
{
    /// <summary>
    /// Trains while a game runs its model: a copy of the model learns on a thread with a low priority, and <see cref="Tick"/>, which the game calls once a
    /// frame, puts weights that are finished into the game's model, all at once. Where there are no threads the same call trains for the frame's budget.
    /// The game's thread makes, ticks, cancels and disposes; nothing that it calls waits longer than a few milliseconds, but for the begin of a run, which checks
    /// the data and takes memory.
    /// <para>
    /// Weights are finished when an epoch has ended: with validation data the best ones so far, and only if they are better than those the run began with;
    /// without, the last ones. A loss, a gradient or weights that are not finite end a run, and never reach the game's model. The same seed gives the same weights as
    /// a <see cref="Trainer"/>'s.
    /// </para>
    /// </summary>
    public sealed class BackgroundTrainer : IDisposable
    {
        // What the thread does before it looks whether it is to stop.
        private static readonly TimeSpan s_piece = TimeSpan.FromMilliseconds(4);

        private readonly object _gate = new object();
        private readonly SequenceModel _copy;
        private readonly Loss _loss;
        private readonly Optimizer _optimizer;
        private readonly BackgroundOptions _options;
        private readonly float _baseRate;
        private readonly float[] _finished;
        private readonly EpochLog _epochs = new EpochLog();
        private readonly Stopwatch _sinceStart = new Stopwatch();
        private TrainingThread? _thread;
        private bool _disposed, _profiles;

        // Whose the work is, theirs are these: the thread's while there is one.
        private Trainer? _trainer;
        private EpisodeReplay? _replay;
        private bool _validated, _improved;
        private int _offeredEpoch;
        private long _seen;

        // Under the gate.
        private TrainingProgress _progress;
        private TrainingResult? _result;
        private Exception? _failure;
        private GradientProfile? _profile;
        private bool _running, _fresh;
        private int _updates, _rounds, _rollBacks;

        /// <summary>Makes a trainer of a game's model. Nothing is learned before a run has begun.</summary>
        /// <param name="model">What the game runs; its weights change in <see cref="Tick"/> alone.</param>
        /// <param name="loss">What is to be lowered.</param>
        /// <param name="optimizer">How a step is taken; it belongs to the trainer from now on.</param>
        /// <param name="options">The defaults if null.</param>
        /// <exception cref="ArgumentException">An option is out of range, or the loss does not fit the model's output.</exception>
        public BackgroundTrainer(SequenceModel model, Loss loss, Optimizer optimizer, BackgroundOptions? options = null)
        {
            Model = model ?? throw new ArgumentNullException(nameof(model));
            _loss = loss ?? throw new ArgumentNullException(nameof(loss));
            _optimizer = optimizer ?? throw new ArgumentNullException(nameof(optimizer));
            _options = (options ?? new BackgroundOptions()).Checked();
            loss.TargetSize(model.OutputSize);
            _baseRate = optimizer.LearningRate;
            _copy = ModelFile.Load(model.ToBytes());
            _finished = new float[model.Store.Length];
        }

        /// <summary>How a thread is started.</summary>
        internal Action<Thread> StartThread { get; set; } = thread => thread.Start();

        /// <summary>How long a thread that was started may take to come to life, before <see cref="Tick"/> trains instead.</summary>
        internal TimeSpan Patience { get; set; } = TimeSpan.FromSeconds(1);

        /// <summary>What the game runs.</summary>
        public SequenceModel Model { get; }

        /// <summary>Whether a run goes on. One on a replay goes on until it is cancelled, also while it waits for episodes.</summary>
        public bool IsRunning
        {
            get
            {
                lock (_gate) return _running;
            }
        }

        /// <summary>Whether a thread of its own trains; otherwise <see cref="Tick"/> does.</summary>
        public bool UsesThread => IsRunning && _thread != null && _thread.IsAlive;

        /// <summary>Whether the run rests.</summary>
        public bool IsPaused { get; private set; }

        /// <summary>How far the run, or the round of it, has come.</summary>
        public TrainingProgress Progress
        {
            get
            {
                lock (_gate) return _progress;
            }
        }

        /// <summary>Whether training steps that begin from now on note how large the gradient is at every time step; see <see cref="Trainer.ProfilesGradients"/>.</summary>
        public bool ProfilesGradients
        {
            get => Volatile.Read(ref _profiles);
            set => Volatile.Write(ref _profiles, value);
        }

        /// <summary>A copy of what the last training step noted; null where none was asked to.</summary>
        public GradientProfile? GradientProfile
        {
            get
            {
                lock (_gate) return _profile?.Copy();
            }
        }

        /// <summary>How the last run, or round, ended; null before one has.</summary>
        public TrainingResult? LastResult
        {
            get
            {
                lock (_gate) return _result;
            }
        }

        /// <summary>How often the game's model was given new weights.</summary>
        public int Updates
        {
            get
            {
                lock (_gate) return _updates;
            }
        }

        /// <summary>Rounds on a replay that have ended.</summary>
        public int Rounds
        {
            get
            {
                lock (_gate) return _rounds;
            }
        }

        /// <summary>How many of them made nothing better, or diverged, so that the weights went back to the best.</summary>
        public int RollBacks
        {
            get
            {
                lock (_gate) return _rollBacks;
            }
        }

        /// <summary>Reads the epochs of the run, those of all rounds one after the other and numbered on. Any thread may ask.</summary>
        /// <param name="from">How many of them are known already.</param>
        /// <param name="into">Gets those after them; of very many the oldest are forgotten.</param>
        /// <returns>How many there were in all.</returns>
        public long ReadEpochs(long from, ICollection<EpochRecord> into) => _epochs.Read(from, into);

        /// <summary>Begins a run from the weights that the model has; one that goes on is cancelled. Checks the data and takes memory.</summary>
        /// <param name="train">What to learn from; it must not change.</param>
        /// <param name="validation">What to judge by, never learned from; null or empty for none.</param>
        /// <param name="epochs">How often to go through the training data, at least once.</param>
        /// <exception cref="ArgumentException">The data does not fit the model or the loss.</exception>
        public void Begin(SequenceDataset train, SequenceDataset? validation, int epochs)
        {
            Renew(null);
            _trainer!.Begin(train, validation, epochs);
            lock (_gate) _progress = _trainer.Progress;
            _validated = validation != null && validation.Count > 0;
            Start();
        }

        /// <summary>
        /// Begins to learn from experience, from the weights that the model has, until it is cancelled: in rounds, each on the episodes that the replay holds
        /// when it begins. A round that makes the validation loss no better ends with the weights it began with, and the next one begins when there are new
        /// episodes. The first begins as soon as there is one episode to learn from and one to judge by.
        /// </summary>
        /// <param name="replay">What the game adds its episodes to, at any time.</param>
        /// <exception cref="ArgumentException">The replay's sizes do not fit the model or the loss.</exception>
        public void Begin(EpisodeReplay replay)
        {
            if (replay == null) throw new ArgumentNullException(nameof(replay));
            int targetSize = _loss.TargetSize(Model.OutputSize);
            if (replay.InputSize != Model.InputSize) throw new ArgumentException($"{Model}: the replay has {replay.InputSize} features, expected {Model.InputSize}.", nameof(replay));
            if (replay.TargetSize != targetSize) throw new ArgumentException($"{Model}: the replay has {replay.TargetSize} values in a target, expected {targetSize} for {_loss}.", nameof(replay));
            Renew(replay);
            Start();
        }

        /// <summary>
        /// To be called once a frame, by the thread that runs the model and while it does not: puts weights that are finished into the model, and, where no thread
        /// trains, trains for <paramref name="budget"/>. Never waits for the thread.
        /// </summary>
        /// <returns>Whether the run goes on.</returns>
        /// <exception cref="Exception">What stopped the training thread, such as data that has changed; once.</exception>
        public bool Tick(TimeSpan budget)
        {
            CheckUsable();
            bool mine = !IsPaused && (_thread == null || _thread.IsCallers || (_sinceStart.Elapsed > Patience && _thread.TryTakeOver()));
            if (mine && IsRunning) Pursue(budget);
            if (!Monitor.TryEnter(_gate)) return true;
            try
            {
                Take();
                if (_failure is Exception failure)
                {
                    _failure = null;
                    ExceptionDispatchInfo.Capture(failure).Throw();
                }
                return _running;
            }
            finally
            {
                Monitor.Exit(_gate);
            }
        }

        /// <summary>Lets the run rest, within a few milliseconds, until <see cref="Resume"/>: nothing is trained, and no thread is there. Weights that were finished are still taken.</summary>
        public void Pause()
        {
            CheckUsable();
            if (IsPaused || !IsRunning) return;
            Stop();
            // The thread may have come to the end of the run meanwhile.
            IsPaused = IsRunning;
        }

        /// <summary>Goes on with a run that rests, as if it had not.</summary>
        public void Resume()
        {
            CheckUsable();
            if (!IsPaused) return;
            IsPaused = false;
            if (IsRunning) Start();
        }

        /// <summary>Ends the run, if one goes on, within a few milliseconds. Weights that were finished are still there to be taken.</summary>
        public void Cancel()
        {
            Stop();
            IsPaused = false;
            bool cut = _trainer?.Outcome == TrainingOutcome.Running;
            _trainer?.Cancel();
            TrainingResult? result = cut ? _trainer!.Result() : null;
            // What the thread had begun to keep was kept to the end.
            if (result != null && _validated) Offer(_trainer!, result.BestEpoch);
            lock (_gate)
            {
                _running = false;
                if (result == null) return;
                _result = result;
                _progress = _trainer!.Progress;
            }
        }

        /// <summary>Ends the run and the thread, and frees the memory. The model keeps the weights that it has.</summary>
        public void Dispose()
        {
            if (_disposed) return;
            Cancel();
            _trainer?.Dispose();
            _disposed = true;
        }

        private void Renew(EpisodeReplay? replay)
        {
            CheckUsable();
            Cancel();
            _trainer?.Dispose();
            _optimizer.LearningRate = _baseRate;
            lock (_gate) Take();
            Model.Store.Values.CopyTo(_copy.Store.Values, 0);
            _copy.Store.Touch();
            _trainer = new Trainer(_copy, _loss, _optimizer, _options.For(replay));
            _replay = replay;
            _validated = _improved = true;
            _offeredEpoch = 0;
            _seen = 0;
            lock (_gate)
            {
                _failure = null;
                _profile = null;
                _progress = _trainer.Progress;
            }
            _epochs.Clear();
        }

        private void Start()
        {
            lock (_gate) _running = true;
            _sinceStart.Restart();
            if (_options.UseThread) _thread = new TrainingThread(() => Pursue(s_piece), StartThread);
        }

        private void Stop()
        {
            _thread?.Stop();
            _thread = null;
        }

        /// <summary>Trains for some time, by whomever the work belongs to.</summary>
        private TrainingThread.Pace Pursue(TimeSpan time)
        {
            try
            {
                Trainer trainer = _trainer!;
                if (trainer.Outcome != TrainingOutcome.Running && !BeginRound(trainer)) return TrainingThread.Pace.Idle;
                int epoch = trainer.Progress.Epoch;
                trainer.ProfilesGradients = ProfilesGradients;
                bool running = trainer.Advance(time);
                TrainingProgress progress = trainer.Progress;
                GradientProfile? profile = trainer.ProfilesGradients ? trainer.GradientProfile : null;
                lock (_gate)
                {
                    _progress = progress;
                    if (profile?.TryCopyTo(_profile) == false) _profile = profile.Copy();
                }
                _epochs.Add(trainer.History, epoch);
                if (!running) EndRound(trainer);
                // An epoch's weights are kept after it was counted, and perhaps not in the same call.
                else if (_validated || progress.Epoch != epoch) Offer(trainer, progress.BestEpoch);
                return running || _replay != null ? TrainingThread.Pace.Busy : TrainingThread.Pace.Ended;
            }
            catch (Exception e)
            {
                lock (_gate)
                {
                    _failure = e;
                    _running = false;
                }
                return TrainingThread.Pace.Ended;
            }
        }

        /// <summary>Begins a round if there is something new to learn.</summary>
        private bool BeginRound(Trainer trainer)
        {
            if (_replay == null || (!_improved && _replay.Added == _seen)) return false;
            (SequenceDataset train, SequenceDataset validation) = _replay.Snapshot(out _seen);
            _improved = false;
            if (train.Count == 0 || validation.Count == 0) return false;
            _offeredEpoch = 0;
            trainer.Begin(train, validation, _options.RoundEpochs);
            return true;
        }

        private void EndRound(Trainer trainer)
        {
            TrainingResult result = trainer.Result();
            Offer(trainer, result.BestEpoch);
            _improved = result.BestEpoch > 0;
            bool back = !_improved || result.Outcome == TrainingOutcome.Diverged;
            // What the optimizer remembers of where it went astray would lead there again.
            if (back && _replay != null) _optimizer.SetState(0, Array.Empty<KeyValuePair<string, float[]>>());
            lock (_gate)
            {
                _result = result;
                if (_replay == null) _running = false;
                else _rounds++;
                if (back && _replay != null) _rollBacks++;
            }
        }

        /// <summary>Lays out weights for the game to take, if they are better than those before.</summary>
        private void Offer(Trainer trainer, int bestEpoch)
        {
            // While an epoch's weights are being kept, those of the one before are no longer whole; the next piece of work offers them.
            if (_validated && (bestEpoch == _offeredEpoch || trainer.BestWeights == null)) return;
            _offeredEpoch = bestEpoch;
            lock (_gate)
            {
                (_validated ? trainer.BestWeights! : _copy.Store.Values).CopyTo(_finished, 0);
                _fresh = true;
            }
        }

        private void Take()
        {
            if (!_fresh) return;
            _fresh = false;
            _updates++;
            _finished.CopyTo(Model.Store.Values, 0);
            Model.Store.Touch();
        }

        private void CheckUsable()
        {
            if (_disposed) throw new ObjectDisposedException(nameof(BackgroundTrainer));
        }
    }
}
