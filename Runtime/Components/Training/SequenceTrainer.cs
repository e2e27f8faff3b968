using System;
using System.Collections.Generic;
using System.IO;
using UnityEngine;
using UnityEngine.Events;

namespace Recurrent.Components
{
    /// <summary>
    /// Trains the model of an asset on the player's own device, in the background or some milliseconds a frame: to act as a <see cref="SequenceRecorder"/> or an <see cref="EpisodesAsset"/> has recorded, or on any
    /// data that a script hands over. What plays the asset gets weights only when they are better, judged by data that is not learned from. Where the asset is empty a
    /// network is made, and the asset has it when the run has ended. Disabling the trainer, or the application's pause, lets a run rest; destroying it ends the run.
    /// </summary>
    [AddComponentMenu("Recurrent/Sequence Trainer"), DisallowMultipleComponent]
    [HelpURL(DocumentationPage.Components + "sequence-trainer")]
    public sealed class SequenceTrainer : MonoBehaviour, ISetup
    {
        private const string Folder = "Models", Extension = ".safetensors", NoEpisode = "there is no episode to learn from.", NoModel = "there is no model asset to train.",
            NothingToLearnFrom = "there is no recorder to learn from; expected one, recorded episodes, or data from a script.";

        [SerializeField, Tooltip("What learns. Empty: a network is made, and is here when the run has ended.")]
        private SequenceModelAsset? _model;

        [SerializeField, Tooltip("Whose recording is learned from. None: Episodes is, or scripts hand over what is.")]
        private SequenceRecorder? _recorder;

        [SerializeField, Tooltip("Recorded play to learn from where there is no recorder: an imported .episodes file.")]
        private EpisodesAsset? _episodes;

        [SerializeField, Tooltip("The network that is made where the model is empty.")]
        private NewModel _newModel = new NewModel();

        [SerializeField, Tooltip("Where it is trained.")]
        private TrainingPlace _place;

        [SerializeField, Range(0.1f, 50f), Tooltip("Milliseconds of a frame that training may take, where it is trained between frames.")]
        private float _millisecondsPerFrame = 2f;

        [SerializeField, Min(1), Tooltip("How often to go through the data.")]
        private int _epochs = 100;

        [SerializeField, Min(1), Tooltip("Sequences of a training step.")]
        private int _batchSize = 16;

        [SerializeField, Min(0), Tooltip("Steps of a sequence; longer episodes are cut. 0 for whole episodes.")]
        private int _sequenceLength = 64;

        [SerializeField, Min(0), Tooltip("How far a training step goes.")]
        private float _learningRate = 0.003f;

        [SerializeField, Range(0f, 0.9f), Tooltip("The share of the data to judge by: whole episodes, or the end of each where they are few.")]
        private float _validationShare = 0.2f;

        [SerializeField, Min(0), Tooltip("How far continuous actions scatter about what is best. 0: learned too; then rare moments are learned last.")]
        private float _deviation;

        [SerializeField, Min(0), Tooltip("Ends the run after so many epochs without a better validation loss; 0 for never.")]
        private int _patience = 20;

        [SerializeField, Tooltip("What weights and order are drawn from.")]
        private int _seed = 1;

        [SerializeField, Tooltip("Goes on when another scene is loaded. The object must be a root.")]
        private bool _survivesScenes;

        [SerializeField, Tooltip("What the result is saved as when a run has ended, in the folder Models below the persistent data path; empty for not at all.")]
        private string _saveAs = "";

        [SerializeField, Tooltip("Raised when a run has ended.")]
        private UnityEvent _onEnded = new UnityEvent();

        private BackgroundTrainer? _trainer;
        private SequenceModelAsset? _pupil;
        private SequenceModel? _learner;
        private float[]? _before;
        private readonly List<EpochRecord> _ended = new List<EpochRecord>();
        private long _endedCount;
        private bool _isNew, _isHeld, _isAsleep, _profiles;
        private TrainingProgress _progress;
        private TimeSpan _counted;

        /// <summary>Raised when any trainer has begun a run.</summary>
        internal static event Action<SequenceTrainer>? Begun;

        /// <summary>Raised when a run has ended, by itself or by <see cref="Stop"/>. One that fails, since its data has changed, is logged.</summary>
        public event Action<TrainingResult>? Ended;

        /// <summary>Raised when a run has ended, also for designers.</summary>
        public UnityEvent OnEnded => _onEnded;

        /// <summary>What learns; for runs that begin from now on.</summary>
        public SequenceModelAsset? Model
        {
            get => _model;
            set => _model = value;
        }

        /// <summary>Whose recording is learned from.</summary>
        public SequenceRecorder? Recorder
        {
            get => _recorder;
            set => _recorder = value;
        }

        /// <summary>Recorded play to learn from where there is no recorder.</summary>
        public EpisodesAsset? Episodes
        {
            get => _episodes;
            set => _episodes = value;
        }

        /// <summary>The network that is made where the model is empty.</summary>
        public NewModel NewModel
        {
            get => _newModel;
            set => _newModel = value ?? throw new ArgumentNullException(nameof(value));
        }

        /// <summary>Where runs are trained that begin from now on.</summary>
        public TrainingPlace Place
        {
            get => _place;
            set => _place = value;
        }

        /// <summary>What a frame may give, where it is trained between frames.</summary>
        public TimeSpan FrameBudget
        {
            get => TimeSpan.FromMilliseconds(_millisecondsPerFrame);
            set => _millisecondsPerFrame = (float)value.TotalMilliseconds;
        }

        /// <summary>How often to go through the data.</summary>
        public int Epochs
        {
            get => _epochs;
            set => _epochs = value;
        }

        /// <summary>Sequences of a training step.</summary>
        public int BatchSize
        {
            get => _batchSize;
            set => _batchSize = value;
        }

        /// <summary>Steps of a sequence; longer episodes are cut. 0 for whole episodes.</summary>
        public int SequenceLength
        {
            get => _sequenceLength;
            set => _sequenceLength = value;
        }

        /// <summary>How far a training step goes.</summary>
        public float LearningRate
        {
            get => _learningRate;
            set => _learningRate = value;
        }

        /// <summary>The share of recorded episodes to judge by, 0 … 0.9.</summary>
        public float ValidationShare
        {
            get => _validationShare;
            set => _validationShare = Mathf.Clamp(value, 0f, 0.9f);
        }

        /// <summary>How far continuous actions scatter about what is best, for recorded episodes; 0 to learn that too. See <see cref="PolicyLoss"/>.</summary>
        public float Deviation
        {
            get => _deviation;
            set => _deviation = value;
        }

        /// <summary>A run ends after so many epochs without a better validation loss; 0 for never.</summary>
        public int Patience
        {
            get => _patience;
            set => _patience = value;
        }

        /// <summary>What weights and order are drawn from.</summary>
        public int Seed
        {
            get => _seed;
            set => _seed = value;
        }

        /// <summary>Whether it goes on when another scene is loaded; its object must be a root.</summary>
        public bool SurvivesScenes
        {
            get => _survivesScenes;
            set
            {
                _survivesScenes = value;
                if (value) DontDestroyOnLoad(gameObject);
            }
        }

        /// <summary>What the result is saved as when a run has ended; empty for not at all.</summary>
        public string SaveAs
        {
            get => _saveAs;
            set => _saveAs = value;
        }

        /// <summary>The file of <see cref="SaveAs"/>.</summary>
        public string SavePath => Path.Combine(Application.persistentDataPath, Folder, (_saveAs.Length > 0 ? _saveAs : name) + Extension);

        /// <summary>How it stands.</summary>
        public TrainerState State => _trainer == null ? TrainerState.Idle : _isHeld || _trainer.IsPaused ? TrainerState.Paused : TrainerState.Running;

        /// <summary>How far the run has come, or the last one came: epochs, loss, validation loss, the time that remains.</summary>
        public TrainingProgress Progress => _trainer?.Progress ?? _progress;

        /// <summary>How many runs have begun.</summary>
        public int Runs { get; private set; }

        /// <summary>Whether training steps that begin from now on note how large the gradient is at every time step; see <see cref="Trainer.ProfilesGradients"/>.</summary>
        public bool ProfilesGradients
        {
            get => _profiles;
            set
            {
                _profiles = value;
                if (_trainer != null) _trainer.ProfilesGradients = value;
            }
        }

        /// <summary>A copy of what the last training step noted; null where none was asked to, and without a run.</summary>
        public GradientProfile? GradientProfile => _trainer?.GradientProfile;

        /// <summary>How the last run ended; null before one has.</summary>
        public TrainingResult? LastResult { get; private set; }

        /// <summary>The model that learns or has learned, also while the asset has not got it yet; null before the first run.</summary>
        public SequenceModel? Learner => _learner;

        /// <summary>How often what plays the model was given better weights in the run that goes on.</summary>
        public int Updates => _trainer?.Updates ?? 0;

        /// <summary>Begins to learn what the recorder has recorded, or where there is none, <see cref="Episodes"/>; a run that goes on is stopped.</summary>
        /// <returns>Whether it has begun; why it has not is logged.</returns>
        [ContextMenu("Begin")]
        public bool Begin()
        {
            if (_recorder == null && _episodes == null) return Refuse(NothingToLearnFrom);
            try
            {
                return Begin(Recorded());
            }
            catch (Exception e) when (e is IOException || e is UnauthorizedAccessException)
            {
                return Refuse(e.Message);
            }
        }

        /// <summary>Begins to learn to act as in some episodes; a run that goes on is stopped.</summary>
        /// <returns>Whether it has begun; why it has not is logged.</returns>
        public bool Begin(IReadOnlyList<Episode> episodes)
        {
            if (episodes.Count == 0) return Refuse(NoEpisode);
            Stop();
            return Try(() =>
            {
                ImitationTask task = Task(episodes);
                Start(task.Model, task.Loss, task.Validation != null).Begin(task.Train, task.Validation, _epochs);
            });
        }

        /// <summary>Begins to learn from any data; a run that goes on is stopped.</summary>
        /// <param name="train">What to learn from; it must not change.</param>
        /// <param name="validation">What to judge by; null for nothing.</param>
        /// <param name="loss">What is to be lowered.</param>
        /// <param name="model">What learns; the asset's model if null.</param>
        /// <returns>Whether it has begun; why it has not is logged.</returns>
        public bool Begin(SequenceDataset train, SequenceDataset? validation, Loss loss, SequenceModel? model = null)
        {
            Stop();
            return Try(() => Start(model ?? Needed(), loss, validation != null && validation.Count > 0).Begin(train, validation, _epochs));
        }

        /// <summary>Begins to learn from experience that grows, such as that of a forecaster that runs, until it is stopped; a run that goes on is stopped.</summary>
        /// <param name="replay">What a script adds its episodes to, at any time.</param>
        /// <param name="loss">What is to be lowered.</param>
        /// <param name="model">What learns; the asset's model if null.</param>
        /// <returns>Whether it has begun; why it has not is logged.</returns>
        public bool Begin(EpisodeReplay replay, Loss loss, SequenceModel? model = null)
        {
            Stop();
            return Try(() => Start(model ?? Needed(), loss, true).Begin(replay));
        }

        /// <summary>Reads the epochs of the run, or of the last one, those of all rounds one after the other and numbered on.</summary>
        /// <param name="from">How many of them are known already.</param>
        /// <param name="into">Gets those after them; of very many the oldest are forgotten.</param>
        /// <returns>How many there were in all.</returns>
        public long ReadEpochs(long from, ICollection<EpochRecord> into)
        {
            if (_trainer != null) return _trainer.ReadEpochs(from, into);
            for (int i = (int)Math.Max(0, from - (_endedCount - _ended.Count)); i < _ended.Count; i++) into.Add(_ended[i]);
            return _endedCount;
        }

        /// <summary>Lets the run rest until <see cref="Resume"/>.</summary>
        public void Pause()
        {
            _isHeld = true;
            Settle();
        }

        /// <summary>Goes on with a run that rests.</summary>
        public void Resume()
        {
            _isHeld = false;
            Settle();
        }

        /// <summary>Ends the run, with the best weights so far.</summary>
        public void Stop()
        {
            if (_trainer == null) return;
            _trainer.Cancel();
            End();
        }

        /// <summary>Goes back to the weights before the last run; a run that goes on is stopped. An asset that was empty is empty again.</summary>
        public void RollBack()
        {
            Stop();
            if (_learner == null || _before == null) return;
            if (_isNew)
            {
                if (_pupil != null && !_pupil.IsEmpty) _pupil.SetBytes(Array.Empty<byte>(), ModelFormat.Safetensors);
                _learner = null;
            }
            else
            {
                _before.CopyTo(_learner.Store.Values, 0);
                _learner.Store.Touch();
                Hand(_learner);
            }
            _before = null;
        }

        /// <summary>Saves the asset's model, whole or not at all.</summary>
        /// <param name="path">The file; <see cref="SavePath"/> if null.</param>
        /// <exception cref="ModelFileException">The asset has no model.</exception>
        /// <exception cref="IOException">The file cannot be written; what was there before stays.</exception>
        public void Save(string? path = null)
        {
            if (_model == null) throw new ModelFileException(Who, "there is no model to save.");
            Write(_model.Model, path ?? SavePath);
        }

        /// <summary>Gives the asset the model of a file, such as the result of the last session.</summary>
        /// <param name="path">The file; <see cref="SavePath"/> if null.</param>
        /// <returns>Whether there is such a file with a model; what is wrong with it is logged.</returns>
        public bool Load(string? path = null)
        {
            path ??= SavePath;
            if (_model == null) return Refuse("there is no asset to load a model into.");
            if (!File.Exists(path)) return false;
            Stop();
            try
            {
                _model.SetModel(ModelFile.Load(path));
                return true;
            }
            catch (Exception e) when (e is IOException || e is UnauthorizedAccessException)
            {
                return Refuse(e.Message);
            }
        }

        private string Who => $"SequenceTrainer '{name}'";

        private void OnEnable()
        {
            if (_survivesScenes) DontDestroyOnLoad(gameObject);
            Settle();
        }

        private void OnDisable() => _trainer?.Pause();

        private void OnDestroy()
        {
            if (_trainer == null) return;
            _progress = _trainer.Progress;
            _trainer.Dispose();
            _trainer = null;
        }

        private void OnApplicationPause(bool pauseStatus)
        {
            _isAsleep = pauseStatus;
            Settle();
        }

        private void Update() => Advance();

        /// <summary>The run that <see cref="Begin()"/> would begin, in the background, for somebody who takes care of it: the editor, while nothing plays.</summary>
        /// <exception cref="ArgumentException">There is nothing to learn from, no model asset, or they do not fit.</exception>
        /// <exception cref="IOException">The recording or the model cannot be read.</exception>
        internal BackgroundTrainer BeginAlone()
        {
            IReadOnlyList<Episode> episodes = Recorded();
            if (episodes.Count == 0) throw new ArgumentException(NoEpisode);
            ImitationTask task = Task(episodes);
            BackgroundTrainer trainer = Make(task.Model, task.Loss, task.Validation != null, useThread: true);
            trainer.Begin(task.Train, task.Validation, _epochs);
            return trainer;
        }

        /// <summary>Why <see cref="Begin()"/> would not begin, as far as the fields say; null where they say nothing against it.</summary>
        internal string? WhyNotBegin => _recorder == null && _episodes == null ? NothingToLearnFrom : _model == null ? NoModel : null;

        /// <summary>What is done in a frame.</summary>
        internal void Advance()
        {
            if (_trainer == null) return;
            bool goesOn = false;
            try
            {
                goesOn = _trainer.Tick(FrameBudget) || _trainer.IsRunning;
            }
            catch (Exception e)
            {
                Debug.LogError($"{Who}: {e.Message}", this);
            }
            if (RnnCounters.IsOn) RnnCounters.CountTraining(_trainer.Progress, ref _counted);
            if (!goesOn) End();
        }

        private void OnValidate() => this.LogReview(Who);

        void ISetup.Review(ICollection<string> warnings)
        {
            if (_survivesScenes && transform.parent != null) warnings.Add("can only survive a scene as a root object.");
            if (_recorder != null && _episodes != null) warnings.Add($"learns from the recorder '{_recorder.name}'; the episodes of '{_episodes.name}' are passed over.");
            if (_patience > 0 && _validationShare == 0f) warnings.Add("patience needs data to judge by; with a validation share of 0 it is passed over.");
            if (_patience >= _epochs) warnings.Add($"a patience of {_patience} epochs never ends a run of {_epochs}.");
        }

        private SequenceModel? Existing() => _model == null ? throw new ArgumentException(NoModel) : _model.IsEmpty ? null : _model.Model;

        private SequenceModel Needed() => Existing() ?? throw new ArgumentException($"the model '{_model!.name}' is empty; expected one to train.");

        private BackgroundTrainer Start(SequenceModel model, Loss loss, bool isJudged)
        {
            _isNew = _model == null || _model.IsEmpty;
            _before = (float[])model.Store.Values.Clone();
            _pupil = _model;
            _learner = model;
            _trainer = Make(model, loss, isJudged, _place == TrainingPlace.Background);
            _trainer.ProfilesGradients = _profiles;
            return _trainer;
        }

        private BackgroundTrainer Make(SequenceModel model, Loss loss, bool isJudged, bool useThread)
        {
            var options = new BackgroundOptions { UseThread = useThread };
            options.Training.BatchSize = _batchSize;
            options.Training.Seed = (ulong)_seed;
            options.Training.Patience = isJudged ? _patience : 0;
            return new BackgroundTrainer(model, loss, new Adam(_learningRate), options);
        }

        private IReadOnlyList<Episode> Recorded() => (_recorder != null ? _recorder.Load() : _episodes != null ? _episodes.File : throw new ArgumentException(NothingToLearnFrom)).Episodes;

        private ImitationTask Task(IReadOnlyList<Episode> episodes) => ImitationTask.Of(episodes, Existing(), _newModel, _validationShare, _deviation, _sequenceLength, (ulong)_seed);

        private bool Try(Action begin)
        {
            try
            {
                begin();
                Settle();
                Runs++;
                Begun?.Invoke(this);
                return true;
            }
            catch (Exception e) when (e is ArgumentException || e is ModelFileException)
            {
                _trainer?.Dispose();
                _trainer = null;
                return Refuse(e.Message);
            }
        }

        private bool Refuse(string why)
        {
            Debug.LogError($"{Who}: {why}", this);
            return false;
        }

        /// <summary>Rests or goes on, as all that may hold it say together.</summary>
        private void Settle()
        {
            if (_trainer == null) return;
            if (_isHeld || _isAsleep || !isActiveAndEnabled) _trainer.Pause();
            else _trainer.Resume();
        }

        private void End()
        {
            BackgroundTrainer trainer = _trainer!;
            // What was finished last.
            trainer.Tick(TimeSpan.Zero);
            TrainingResult? result = trainer.LastResult;
            bool hasLearned = trainer.Updates > 0;
            _progress = trainer.Progress;
            _ended.Clear();
            _endedCount = trainer.ReadEpochs(0, _ended);
            trainer.Dispose();
            _trainer = null;
            if (hasLearned) Hand(_learner!);
            if (hasLearned && _saveAs.Length > 0) TrySave(_learner!);
            if (result == null) return;
            LastResult = result;
            Ended?.Invoke(result);
            _onEnded.Invoke();
        }

        private void Hand(SequenceModel model)
        {
            if (_pupil != null) _pupil.SetModel(model);
        }

        private static void Write(SequenceModel model, string path)
        {
            Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!);
            model.Save(path);
        }

        private void TrySave(SequenceModel model)
        {
            try
            {
                Write(model, SavePath);
            }
            catch (Exception e) when (e is IOException || e is UnauthorizedAccessException)
            {
                Refuse(e.Message);
            }
        }
    }
}
