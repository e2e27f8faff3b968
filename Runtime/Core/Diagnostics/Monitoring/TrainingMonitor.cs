using System;
using System.Collections.Generic;
using System.Globalization;

namespace Recurrent.Diagnostics
{
    /// <summary>
    /// What a window of training shows and does, apart from any window: which trainings there are, the losses and gradients of the one that is selected, how long it will still take, the
    /// buttons, and the runs of before. Polled, it neither slows a training down nor misses an epoch. Not thread-safe.
    /// </summary>
    public sealed class TrainingMonitor
    {
        private const int MostCompared = 5;
        private const float WideEnough = 900f; // design units
        private const int MostEpochs = 8192;

        private readonly List<Watch> _watches = new List<Watch>();
        private readonly List<RunRecord> _compared = new List<RunRecord>();
        private readonly List<IMonitoredTraining> _trainings = new List<IMonitoredTraining>();
        private Watch? _selected;
        private bool _isSeen;

        /// <summary>A monitor of nothing yet.</summary>
        /// <param name="history">Where runs are remembered that have ended.</param>
        public TrainingMonitor(RunHistory history) => History = history ?? throw new ArgumentNullException(nameof(history));

        /// <summary>Raised when a run has begun or ended, or another training is selected.</summary>
        public event Action? Changed;

        /// <summary>The runs of before.</summary>
        public RunHistory History { get; }

        /// <summary>What can be selected.</summary>
        public IReadOnlyList<IMonitoredTraining> Trainings => _trainings;

        /// <summary>Whether any run goes on or rests.</summary>
        public bool IsBusy => _watches.Exists(watch => watch.IsOpen);

        /// <summary>Rises whenever <see cref="Draw(StateCanvas, PixelRect, Skin)"/> would give another picture.</summary>
        public long Version { get; private set; }

        /// <summary>Whether somebody looks: only then training steps of the one that is selected note how large the gradient is at every time step.</summary>
        public bool IsSeen
        {
            get => _isSeen;
            set
            {
                _isSeen = value;
                Profile();
            }
        }

        /// <summary>What is shown and steered; the first that trains, unless chosen. Null where there is none.</summary>
        /// <exception cref="ArgumentException">It is none of <see cref="Trainings"/>.</exception>
        public IMonitoredTraining? Selected
        {
            get => _selected?.Training;
            set
            {
                if (value == Selected) return;
                Select(value == null ? null : Find(value) ?? throw new ArgumentException($"TrainingMonitor: '{value.Name}' is none of its trainings.", nameof(value)));
            }
        }

        /// <summary>The epochs of the selected training's run.</summary>
        public IReadOnlyList<EpochRecord> Epochs => _selected?.Epochs ?? (IReadOnlyList<EpochRecord>)Array.Empty<EpochRecord>();

        /// <summary>The size of the gradient at every time step of the selected training; null where it is not known yet.</summary>
        public GradientProfile? GradientProfile => _selected?.Profile;

        /// <summary>The norm of the gradient in optimizer steps of the selected training, as often as it was looked at: the steps' numbers and the norms.</summary>
        public (float[] Steps, float[] Norms) GradientNorms => (_selected?.Norms.X ?? Array.Empty<float>(), _selected?.Norms.Y ?? Array.Empty<float>());

        /// <summary>The runs of the history whose losses are drawn too.</summary>
        public IReadOnlyList<RunRecord> Compared => _compared;

        /// <summary>The share of all epochs that is done, 0 … 1.</summary>
        public double Fraction => Selected?.Progress.Fraction ?? 0;

        /// <summary>Whether a run can be begun.</summary>
        public bool CanStart => Selected != null && Selected.Activity == TrainingActivity.Idle && Selected.WhyNotStart == null;

        /// <summary>Whether there is a run that can rest.</summary>
        public bool CanPause => Selected?.Activity == TrainingActivity.Running;

        /// <summary>Whether there is a run that rests.</summary>
        public bool CanResume => Selected?.Activity == TrainingActivity.Paused;

        /// <summary>Whether there is a run that can be ended.</summary>
        public bool CanStop => CanPause || CanResume;

        /// <summary>How the selected training stands, in one line.</summary>
        public string Status
        {
            get
            {
                if (_selected == null) return "Nothing here trains.";
                TrainingProgress progress = _selected.Training.Progress;
                switch (_selected.Training.Activity)
                {
                    case TrainingActivity.Running: return Describe(progress, TimeLeft(progress));
                    case TrainingActivity.Paused: return "Paused: " + Describe(progress, TimeLeft(progress));
                    default: return _selected.Training.Result?.Message ?? _selected.Training.WhyNotStart ?? "Ready to begin.";
                }
            }
        }

        /// <summary>Looks at how the trainings stand; to be called some times a second.</summary>
        /// <param name="found">All that there are now. One that is gone has its run remembered as far as it was seen.</param>
        /// <param name="now">The universal time.</param>
        public void Update(IReadOnlyList<IMonitoredTraining> found, DateTime now)
        {
            bool changed = false;
            for (int i = _watches.Count - 1; i >= 0; i--)
            {
                Watch watch = _watches[i];
                if (Contains(found, watch.Training)) continue;
                Remember(watch, null, "What trained is gone.");
                _watches.RemoveAt(i);
                _trainings.Remove(watch.Training);
                if (watch == _selected) _selected = null;
                changed = true;
            }
            foreach (IMonitoredTraining training in found)
            {
                if (Find(training) != null) continue;
                _watches.Add(new Watch(training));
                _trainings.Add(training);
                changed = true;
            }
            foreach (Watch watch in _watches) changed |= Look(watch, now);
            if (_selected == null && _watches.Count > 0) Select(_watches.Find(watch => watch.IsOpen) ?? _watches[0]);
            else if (changed) Changed?.Invoke();
        }

        /// <summary>Remembers the runs that go on as far as they were seen: they end with this session's scripts.</summary>
        /// <param name="now">The universal time.</param>
        /// <param name="why">One sentence.</param>
        public void Interrupt(DateTime now, string why)
        {
            foreach (Watch watch in _watches)
            {
                Look(watch, now);
                Remember(watch, null, why);
            }
        }

        /// <summary>Begins a run of the selected training, if it can be.</summary>
        public void Start()
        {
            if (CanStart) Selected!.Start();
        }

        /// <summary>Lets its run rest, if one goes on.</summary>
        public void Pause()
        {
            if (CanPause) Selected!.Pause();
        }

        /// <summary>Goes on with its run, if it rests.</summary>
        public void Resume()
        {
            if (CanResume) Selected!.Resume();
        }

        /// <summary>Ends its run, if there is one.</summary>
        public void Stop()
        {
            if (CanStop) Selected!.Stop();
        }

        /// <summary>Draws the losses of a run of the history too, or no more; of more than five the one that was asked for first goes.</summary>
        public void Compare(RunRecord run, bool isCompared)
        {
            _compared.Remove(run);
            if (isCompared) _compared.Add(run);
            if (_compared.Count > MostCompared) _compared.RemoveAt(0);
            Version++;
        }

        /// <summary>Forgets a run of the history.</summary>
        public void Forget(RunRecord run)
        {
            Compare(run, false);
            History.Remove(run);
            Changed?.Invoke();
        }

        /// <summary>The losses, the gradient at every time step, and its norm in every optimizer step: beside one another, or, where it is narrow, one below the other.</summary>
        public void Draw(StateCanvas canvas, PixelRect area, Skin skin)
        {
            bool isWide = area.Width >= WideEnough * skin.Scale;
            var grid = new PanelGrid(isWide ? 1 : 3, isWide ? 3 : 1);
            (isWide ? grid.ColumnWeights : grid.RowWeights)[0] = 1.5f;
            Panel[] panels = { Losses(skin), FlowPanel(), NormPanel() };
            for (int i = 0; i < panels.Length; i++) grid[isWide ? 0 : i, isWide ? i : 0] = panels[i];
            grid.Draw(canvas, area, skin);
        }

        /// <summary>As above, as a picture.</summary>
        public StateCanvas Draw(int width, int height, Skin skin)
        {
            var canvas = new StateCanvas(width, height);
            canvas.Clear(skin.Background);
            Draw(canvas, canvas.Bounds, skin);
            return canvas;
        }

        /// <summary>A time as a person says it: "2 h 5 min", "3 min 20 s", "12 s".</summary>
        public static string Describe(TimeSpan time)
        {
            double seconds = Math.Max(0, Math.Round(time.TotalSeconds));
            if (seconds < 60) return FormattableString.Invariant($"{seconds} s");
            if (seconds < 3600) return FormattableString.Invariant($"{Math.Floor(seconds / 60)} min {seconds % 60} s");
            double minutes = Math.Round(seconds / 60);
            return minutes < 1440 ? FormattableString.Invariant($"{Math.Floor(minutes / 60)} h {minutes % 60} min") : FormattableString.Invariant($"{Math.Floor(minutes / 1440)} d {Math.Round(minutes % 1440 / 60)} h");
        }

        private static string TimeLeft(TrainingProgress progress) => progress.Remaining is TimeSpan left ? $" · {Describe(left)} left" : "";

        private static string Describe(TrainingProgress progress, string timeLeft)
        {
            string text = FormattableString.Invariant($"epoch {Math.Min(progress.Epoch + 1, progress.Epochs)} of {progress.Epochs}");
            if (!double.IsNaN(progress.TrainLoss)) text += $" · loss {Number(progress.TrainLoss)}";
            if (!double.IsNaN(progress.ValidationLoss)) text += $" · validation {Number(progress.ValidationLoss)}";
            if (progress.BestEpoch > 0) text += FormattableString.Invariant($", best {Number(progress.BestLoss)} in epoch {progress.BestEpoch}");
            return text + timeLeft;
        }

        private static string Number(double value) => value.ToString("G4", CultureInfo.InvariantCulture);

        private static bool Contains(IReadOnlyList<IMonitoredTraining> found, IMonitoredTraining training)
        {
            for (int i = 0; i < found.Count; i++)
                if (ReferenceEquals(found[i], training)) return true;
            return false;
        }

        private Watch? Find(IMonitoredTraining training) => _watches.Find(watch => ReferenceEquals(watch.Training, training));

        private void Select(Watch? watch)
        {
            _selected = watch;
            Profile();
            Version++;
            Changed?.Invoke();
        }

        private void Profile()
        {
            foreach (Watch watch in _watches)
            {
                bool wanted = _isSeen && watch == _selected;
                if (watch.Training.ProfilesGradients != wanted) watch.Training.ProfilesGradients = wanted;
            }
        }

        /// <returns>Whether a run has begun or ended.</returns>
        private bool Look(Watch watch, DateTime now)
        {
            IMonitoredTraining training = watch.Training;
            bool isActive = training.Activity != TrainingActivity.Idle, changed = training.Runs != watch.Run;
            if (changed)
            {
                Remember(watch, isActive ? training.Result : null, "Another run has begun.");
                // One that is idle already has been short.
                watch.Begin(training.Runs, now - training.Progress.Elapsed);
                if (watch == _selected) Version++;
            }
            if (watch.Read() && watch == _selected) Version++;
            if (isActive || !watch.IsOpen) return changed;
            Remember(watch, training.Result, "Ended.");
            return true;
        }

        private void Remember(Watch watch, TrainingResult? result, string why)
        {
            if (!watch.IsOpen) return;
            watch.IsOpen = false;
            // What came after the last look.
            IReadOnlyList<EpochRecord> epochs = result != null && result.History.Count > watch.Epochs.Count ? result.History : watch.Epochs;
            (int best, double bestLoss) = Best(epochs);
            History.Add(new RunRecord(watch.Training.Name, watch.Began, watch.Progress.Elapsed, result?.Outcome ?? TrainingOutcome.Cancelled, result?.Message ?? why,
                Math.Max(watch.Known, epochs.Count), epochs, best, bestLoss));
            Version++;
        }

        private static (int Epoch, double Loss) Best(IReadOnlyList<EpochRecord> epochs)
        {
            int best = 0;
            double lowest = double.PositiveInfinity;
            bool validated = false;
            foreach (EpochRecord epoch in epochs) validated |= !double.IsNaN(epoch.ValidationLoss);
            foreach (EpochRecord epoch in epochs)
            {
                double judged = validated ? epoch.ValidationLoss : epoch.TrainLoss;
                if (judged < lowest) (best, lowest) = (epoch.Epoch, judged);
            }
            return (best, lowest);
        }

        private Panel Losses(Skin skin)
        {
            if (Epochs.Count == 0 && _compared.Count == 0) return new NotePanel("Loss", _selected == null ? "Nothing here trains." : "The first epoch has not ended yet.");
            return TrainingCharts.Losses(Epochs, Best(Epochs).Epoch, _compared.ConvertAll(run => (run.ToString(), run.Epochs)), skin);
        }

        private Panel FlowPanel()
        {
            GradientProfile? profile = GradientProfile;
            if (profile == null || profile.Step == 0) return new NotePanel("Gradient at each time step", "Known while a run goes on.");
            Panel panel = TrainingCharts.Profile(profile);
            panel.Title += FormattableString.Invariant($", step {profile.Step}");
            return panel;
        }

        private Panel NormPanel()
        {
            if (_selected == null || _selected.Norms.Count == 0) return new NotePanel("Norm of the gradient, before clipping", "Known while a run goes on.");
            return TrainingCharts.GradientNorms(_selected.Norms.X, _selected.Norms.Y);
        }

        /// <summary>What was seen of one training.</summary>
        private sealed class Watch
        {
            private long _step;

            public Watch(IMonitoredTraining training)
            {
                Training = training;
                // A run that has ended before is none to remember.
                Run = training.Activity == TrainingActivity.Idle ? training.Runs : training.Runs - 1;
            }

            public IMonitoredTraining Training { get; }

            public List<EpochRecord> Epochs { get; } = new List<EpochRecord>();

            public SampledCurve Norms { get; private set; } = new SampledCurve();

            public GradientProfile? Profile { get; private set; }

            public long Run { get; private set; }

            public long Known { get; private set; }

            public DateTime Began { get; private set; }

            public TrainingProgress Progress { get; private set; }

            /// <summary>Whether its run has not been remembered yet.</summary>
            public bool IsOpen { get; set; }

            public void Begin(long run, DateTime began)
            {
                Run = run;
                Began = began;
                IsOpen = true;
                Known = _step = 0;
                Epochs.Clear();
                Norms = new SampledCurve();
                Profile = null;
            }

            /// <returns>Whether there was anything new.</returns>
            public bool Read()
            {
                long known = Known;
                Known = Training.ReadEpochs(Known, Epochs);
                if (Epochs.Count > MostEpochs) Epochs.RemoveRange(0, Epochs.Count - MostEpochs / 2);
                TrainingProgress progress = Progress = Training.Progress;
                bool isNew = Known != known || progress.Step != _step;
                if (progress.Step != _step && progress.Step > 0) Norms.Add(progress.Step, progress.GradientNorm);
                _step = progress.Step;
                if (Training.ProfilesGradients && Training.GradientProfile is GradientProfile profile && profile.Step != Profile?.Step)
                {
                    Profile = profile.Copy();
                    isNew = true;
                }
                return isNew;
            }
        }
    }
}
