using System;
using System.Collections.Generic;
using System.IO;
using Recurrent.Diagnostics;
using UnityEngine;

namespace Recurrent.Components
{
    /// <summary>
    /// Records the hidden states of the component beside it, its last steps in a ring: what went in and came out, states and gates. It follows its source: another model, a crowd
    /// joined or left, an episode begun, a saved game put back; each leaves a mark at its step. While it does not record, its source pays one branch a step and nothing else; results
    /// are the same bit for bit either way. The State Viewer shows enabled probes, and lets them record while it looks.
    /// </summary>
    [AddComponentMenu("Recurrent/State Probe")]
    [HelpURL(DocumentationPage.Components + "state-probe")]
    public sealed class StateProbe : MonoBehaviour, ISetup
    {
        private const string Folder = "Recordings", Extension = ".rnnstate";

        private static readonly List<StateProbe> s_enabled = new List<StateProbe>();

        [SerializeField, Tooltip("Whose states are recorded. None: the first component beside it that has any.")]
        private Component? _source;

        [SerializeField, Min(0), Tooltip("Which row, where the source steps several together.")]
        private int _row;

        [SerializeField, Tooltip("What recordings and the viewer call it. Empty: as its object.")]
        private string _agentName = "";

        [SerializeField, Tooltip("What is recorded of each step.")]
        private RecordChannels _channels = RecordChannels.All;

        [SerializeField, Min(2), Tooltip("How many steps are kept; the oldest go first.")]
        private int _capacity = StateRecorder.DefaultCapacity;

        [SerializeField, Tooltip("Whether it records from the start. Off: when a script or the viewer says so.")]
        private bool _recordOnStart = true;

        [SerializeField, Tooltip("Conditions such as h[12] > 0.9, norm(c) > 5, nan; see Breakpoint. Each is told in the step in which it comes to hold.")]
        private string[] _breakpoints = Array.Empty<string>();

        [SerializeField, Tooltip("Whether the editor pauses at a breakpoint. A build only tells.")]
        private bool _pausesGame = true;

        [SerializeField, Tooltip("Saves what is recorded under this name, below the game's own folder, when the probe is disabled or the application pauses or quits. Empty: does not.")]
        private string _saveAs = "";

        [SerializeField, Tooltip("Raised in the step in which a breakpoint comes to hold, with a line that says which.")]
        private ProbeEvent _onBreakpoint = new ProbeEvent();

        private readonly List<ProbeWatch> _watches = new List<ProbeWatch>();
        private readonly List<Breakpoint> _own = new List<Breakpoint>();
        private IStateSource? _given, _followed;
        private Component? _followedComponent;
        private int _followedRow;
        private StateFeed? _feed;
        private IDisposable? _connection;
        private AgentRecorder? _recorder;
        private string _fault = "";
        private long _savedSteps;
        private int _networks;
        private bool _isRecording, _hasMissed, _hasFailed;

        /// <summary>Raised when a probe comes or goes, and when what one watches gets another network.</summary>
        public static event Action? ListChanged;

        /// <summary>Raised in the step in which a breakpoint comes to hold, on the main thread.</summary>
        public event Action<StateProbe, BreakpointHit>? BreakpointHit;

        /// <summary>The probes that are enabled, in the order in which they came.</summary>
        public static IReadOnlyList<StateProbe> Enabled => s_enabled;

        /// <summary>Raised at a breakpoint with a line that says which, also for designers.</summary>
        public ProbeEvent OnBreakpoint => _onBreakpoint;

        /// <summary>Whose states are recorded. Another one begins a new recording; null is the first component beside it that has any.</summary>
        public IStateSource? Source
        {
            get => _followed;
            set
            {
                _given = value;
                _source = value as Component;
                Renew();
            }
        }

        /// <summary>Which row, where the source steps several together. Another one begins a new recording.</summary>
        public int Row
        {
            get => _row;
            set
            {
                if (value == _row) return;
                _row = value;
                Renew();
            }
        }

        /// <summary>What recordings and the viewer call it. Another name begins a new recording.</summary>
        public string AgentName
        {
            get => _agentName.Length > 0 ? _agentName : name;
            set
            {
                _agentName = value ?? throw new ArgumentNullException(nameof(value));
                Renew();
            }
        }

        /// <summary>What is recorded of each step. Other channels begin a new recording.</summary>
        public RecordChannels Channels
        {
            get => _channels & RecordChannels.All;
            set
            {
                if (value == _channels) return;
                _channels = value;
                Renew();
            }
        }

        /// <summary>How many steps are kept, at least 2. Another number begins a new recording.</summary>
        public int Capacity
        {
            get => _capacity;
            set
            {
                if (value == _capacity) return;
                _capacity = Math.Max(2, value);
                Renew();
            }
        }

        /// <summary>Whether the editor pauses at a breakpoint of its own; a build never does.</summary>
        public bool PausesGame
        {
            get => _pausesGame;
            set => _pausesGame = value;
        }

        /// <summary>Under which name what is recorded is saved when the probe is disabled; empty for not at all.</summary>
        public string SaveAs
        {
            get => _saveAs;
            set => _saveAs = value ?? throw new ArgumentNullException(nameof(value));
        }

        /// <summary>Where that is; with a number from the second network on, where another shape began another recording.</summary>
        public string SavePath => Path.Combine(Application.persistentDataPath, Folder, FileName + (_networks > 1 ? FormattableString.Invariant($" {_networks}") : "") + Extension);

        /// <summary>Whether it is to record. The viewer lets it record also where this is off.</summary>
        public bool IsRecording
        {
            get => _isRecording;
            set
            {
                _isRecording = value;
                Connect();
            }
        }

        /// <summary>Whether every step is recorded now: it is to, it is enabled, and there is a network.</summary>
        public bool IsConnected => _connection != null;

        /// <summary>What was recorded, and is; null before there was a network to record. A network of another shape begins another one.</summary>
        public AgentRecorder? Recorder => _recorder;

        /// <summary>The network that is at work now, for what needs a backward pass; null while there is none here.</summary>
        public Layer? Network => _feed?.Network;

        /// <summary>How it stands, in a sentence.</summary>
        public string Status
        {
            get
            {
                if (!isActiveAndEnabled) return "Disabled.";
                if (_followed == null) return "There is nothing beside it that has hidden states.";
                if (_hasFailed) return "What is to be recorded cannot be; the log says why.";
                if (_feed == null) return "Waits: no network that can be seen is at work.";
                return IsConnected ? FormattableString.Invariant($"Records; {_recorder!.StepCount} steps so far.") : "Does not record.";
            }
        }

        /// <summary>Its own breakpoints; see <see cref="Breakpoint.Parse"/>. Set, they hold from the next step on; one that is no condition is left out with an error.</summary>
        public IReadOnlyList<string> Breakpoints
        {
            get => _breakpoints;
            set
            {
                _breakpoints = new List<string>(value ?? throw new ArgumentNullException(nameof(value))).ToArray();
                BreakAgain();
            }
        }

        /// <summary>Writes what is recorded into a file that the viewer and the command line open.</summary>
        /// <param name="path">The file; null for <see cref="SavePath"/>.</param>
        /// <returns>Where it was written.</returns>
        /// <exception cref="InvalidOperationException">Nothing is recorded.</exception>
        /// <exception cref="IOException">The file cannot be written; what was there before stays.</exception>
        public string Save(string? path = null)
        {
            if (_recorder == null || _recorder.StepCount == 0) throw new InvalidOperationException($"{Who}: nothing is recorded. {Status}");
            path ??= SavePath;
            Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!);
            RecordingFile.Save(path, new[] { _recorder.Snapshot() });
            return path;
        }

        /// <summary>Forgets what is recorded; the next step is number 0.</summary>
        public void Clear()
        {
            _recorder?.Clear();
            _savedSteps = 0;
        }

        /// <summary>Records as long as somebody looks, whatever <see cref="IsRecording"/> says, with breakpoints of his own.</summary>
        internal ProbeWatch Watch()
        {
            var watch = new ProbeWatch(this);
            _watches.Add(watch);
            Connect();
            return watch;
        }

        internal void Unwatch(ProbeWatch watch)
        {
            if (!_watches.Remove(watch)) return;
            watch.Unbind();
            Connect();
        }

        /// <summary>What a step consists of, or will; null where nothing can be recorded.</summary>
        internal RecordingLayout? Layout
        {
            get
            {
                if (_recorder != null || _feed == null || _hasFailed) return _recorder?.Layout;
                try
                {
                    return _feed.Describe(Channels);
                }
                catch (ArgumentException)
                {
                    // Said when it is to be recorded.
                    return null;
                }
            }
        }

        /// <summary>Whether there is, or was, something to look at.</summary>
        internal bool CanBeWatched => _recorder != null || _feed != null;

        // An object may be called what no file can be.
        private string FileName => _saveAs.Length > 0 ? _saveAs : string.Join("_", AgentName.Split(Path.GetInvalidFileNameChars()));

        private string Who => $"StateProbe '{name}'";

        [RuntimeInitializeOnLoadMethod(RuntimeInitializeLoadType.SubsystemRegistration)]
        private static void BeginAnew()
        {
            s_enabled.Clear();
            ListChanged = null;
        }

        private void Awake() => _isRecording = _recordOnStart;

        private void OnEnable()
        {
            s_enabled.Add(this);
            Follow();
            ListChanged?.Invoke();
        }

        private void OnDisable()
        {
            s_enabled.Remove(this);
            Unfollow();
            TrySave();
            ListChanged?.Invoke();
        }

        private void OnApplicationPause(bool isPaused)
        {
            if (isPaused && isActiveAndEnabled) TrySave();
        }

        void ISetup.Review(ICollection<string> warnings)
        {
            if (_source != null && Find(_source) == null) warnings.Add($"{_source.GetType().Name} '{_source.name}' has no hidden states; expected a RecurrentNpc, a SequenceForecaster, an OnnxSequence or another IStateSource.");
            foreach (string text in _breakpoints)
            {
                try
                {
                    Breakpoint.Parse(text);
                }
                catch (FormatException e)
                {
                    warnings.Add(e.Message);
                }
            }
        }

        private void OnValidate()
        {
            this.LogReview(Who);
            // Changed in the Inspector while it runs.
            if (_followed == null) return;
            if (_source != _followedComponent) _given = null;
            if (_source != _followedComponent || _row != _followedRow || (_recorder != null && (_recorder.Capacity != _capacity || _recorder.Layout.Channels != Channels))) Renew();
            else BreakAgain();
        }

        private static IStateSource? Find(Component source) => source as IStateSource ?? source.GetComponent<IStateSource>();

        /// <summary>Finds its source and hears of it from now on.</summary>
        private void Follow()
        {
            Unfollow();
            _fault = "";
            _followed = _given ?? Find(_source != null ? _source : this);
            _followedComponent = _source;
            _followedRow = _row;
            if (_followed == null)
            {
                Debug.LogError($"{Who}: {(_source != null ? $"{_source.GetType().Name} '{_source.name}' has no" : "nothing beside it has")} hidden states; expected a RecurrentNpc, a SequenceForecaster, an OnnxSequence or another IStateSource.", this);
                ListChanged?.Invoke();
                return;
            }
            _followed.StateChanged += Hear;
            BreakAgain();
            Look();
        }

        private void Unfollow()
        {
            if (_followed != null) _followed.StateChanged -= Hear;
            bool wasConnected = IsConnected;
            _followed = null;
            _feed = null;
            Connect();
            _hasMissed |= wasConnected;
        }

        private void Hear(StateMarkKind kind)
        {
            if (kind == StateMarkKind.Reopened) Look();
            if (_connection != null) _recorder!.Mark(kind);
        }

        /// <summary>Sees which network is at work.</summary>
        private void Look()
        {
            _connection?.Dispose();
            _connection = null;
            _hasFailed = false;
            try
            {
                _feed = _followed!.Watch(_row);
            }
            catch (ArgumentException e)
            {
                _feed = null;
                Fail(e);
            }
            Connect();
            ListChanged?.Invoke();
        }

        /// <summary>Begins a new recording, of something else or laid out otherwise.</summary>
        private void Renew()
        {
            bool isFollowing = isActiveAndEnabled;
            if (isFollowing) Unfollow();
            if (_recorder != null) Drop();
            if (isFollowing) Follow();
        }

        /// <summary>Records or does not, as it stands now.</summary>
        internal void Connect()
        {
            bool isUsed = (_isRecording || _watches.Count > 0) && _feed != null && !_hasFailed;
            if (isUsed && _connection == null) isUsed = TryPrepare(_feed!);
            bool isWanted = isUsed && !_watches.Exists(watch => !watch.IsRecording);
            if (isWanted == IsConnected) return;
            if (!isWanted)
            {
                _connection!.Dispose();
                _connection = null;
                _hasMissed = true;
                return;
            }
            if (_hasMissed) _recorder!.Mark(StateMarkKind.Missed);
            _hasMissed = false;
            _connection = _feed!.Attach(_recorder!);
        }

        /// <summary>Sees to a recorder for the network.</summary>
        private bool TryPrepare(StateFeed feed)
        {
            try
            {
                RecordingLayout layout = feed.Describe(Channels);
                if (_recorder != null && !_recorder.Layout.Matches(layout)) Drop();
                if (_recorder != null) return true;
                _recorder = new AgentRecorder(AgentName, layout, _capacity);
            }
            catch (ArgumentException e)
            {
                Fail(e);
                return false;
            }
            _recorder.BreakpointHit += Tell;
            _networks++;
            BindOwn();
            foreach (ProbeWatch watch in _watches) watch.Bind();
            return true;
        }

        private void Fail(ArgumentException e)
        {
            _hasFailed = true;
            // Once, however often the network is opened anew.
            if (_fault != e.Message) Debug.LogError($"{Who}: {e.Message}", this);
            _fault = e.Message;
        }

        /// <summary>Ends the recording; what looks at it may read on.</summary>
        private void Drop()
        {
            TrySave();
            foreach (ProbeWatch watch in _watches) watch.Unbind();
            _recorder!.BreakpointHit -= Tell;
            _recorder = null;
            _savedSteps = 0;
            _hasMissed = false;
        }

        private void TrySave()
        {
            if (_saveAs.Length == 0 || _recorder == null || _recorder.StepCount == _savedSteps) return;
            try
            {
                Save();
                _savedSteps = _recorder.StepCount;
            }
            catch (Exception e) when (e is IOException || e is UnauthorizedAccessException || e is ArgumentException || e is NotSupportedException)
            {
                Debug.LogError($"{Who}: what was recorded cannot be saved. {e.Message}", this);
            }
        }

        /// <summary>Reads its breakpoints anew.</summary>
        private void BreakAgain()
        {
            foreach (Breakpoint breakpoint in _own) _recorder?.Remove(breakpoint);
            _own.Clear();
            foreach (string text in _breakpoints)
            {
                try
                {
                    _own.Add(Breakpoint.Parse(text));
                }
                catch (FormatException e)
                {
                    Debug.LogError($"{Who}: {e.Message}", this);
                }
            }
            if (_recorder != null) BindOwn();
        }

        private void BindOwn()
        {
            foreach (Breakpoint breakpoint in _own)
            {
                try
                {
                    _recorder!.Add(breakpoint);
                }
                catch (ArgumentException e)
                {
                    Debug.LogError($"{Who}: {e.Message}", this);
                }
            }
        }

        // What a listener throws must not end the step of the network that is watched.
        private void Tell(BreakpointHit hit)
        {
            try
            {
                bool isOwn = _own.Contains(hit.Breakpoint);
                if (isOwn && _pausesGame) Debug.Break();
                for (int i = _watches.Count - 1; i >= 0; i--) _watches[i].Tell(hit, isOwn);
                if (!isOwn) return;
                BreakpointHit?.Invoke(this, hit);
                _onBreakpoint.Invoke(hit.ToString());
            }
            catch (Exception e)
            {
                Debug.LogException(e, this);
            }
        }
    }
}
