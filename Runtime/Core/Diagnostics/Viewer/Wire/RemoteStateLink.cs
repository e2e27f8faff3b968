using System;
using System.Collections.Generic;

namespace Recurrent.Diagnostics
{
    /// <summary>
    /// The viewer's end of a link to a game in another process, over any connection that carries messages; <see cref="StateLinkHost"/> is the game's. Messages may be lost, come late, come
    /// twice or be damaged: what is missing is counted and shown as no number, what is no message is counted and left out.
    /// </summary>
    public class RemoteStateLink : IStateLink
    {
        /// <summary>Seconds from one sign of life to the next.</summary>
        public const double Heartbeat = 1;

        // More is no list of a game's agents.
        private const int MaxAgents = 256;

        private readonly Action<byte[]> _send;
        private readonly uint _session;
        private readonly List<LinkedAgent> _agents = new List<LinkedAgent>();
        private readonly List<Listed> _listed = new List<Listed>();
        private readonly List<Attached> _attached = new List<Attached>();
        private Listed?[] _coming = Array.Empty<Listed?>();
        private int _comingListing, _listing, _pauseChange, _steps, _heardPauseChange;
        private uint _number;
        private double _toHeartbeat;
        private bool _isRecording = true, _wishesPause, _isPaused, _isDisposed;

        /// <summary>Links to a game, and greets it.</summary>
        /// <param name="name">What the list of targets calls it.</param>
        /// <param name="send">Sends a message to the game.</param>
        /// <param name="session">A number that no other link to the game has, and not 0: messages for another one are left out.</param>
        public RemoteStateLink(string name, Action<byte[]> send, uint session)
        {
            Name = name;
            _send = send ?? throw new ArgumentNullException(nameof(send));
            _session = session != 0 ? session : throw new ArgumentException("RemoteStateLink: expected a session other than 0.", nameof(session));
            Wish();
        }

        /// <inheritdoc/>
        public event Action? AgentsChanged;

        /// <inheritdoc/>
        public event Action<BreakpointHit>? BreakpointHit;

        /// <inheritdoc/>
        public string Name { get; }

        /// <inheritdoc/>
        public bool IsLive => true;

        /// <summary>Whether the game has answered since the link was made, or since it was connected anew.</summary>
        public bool IsConnected { get; private set; }

        /// <summary>Why nothing can be seen, in a sentence; empty where nothing is known against it.</summary>
        public string Fault { get; private set; } = "";

        /// <inheritdoc/>
        public IReadOnlyList<LinkedAgent> Agents => _agents;

        /// <inheritdoc/>
        public IReadOnlyList<RecordedTable> Tables => Array.Empty<RecordedTable>();

        /// <inheritdoc/>
        public long DroppedSteps { get; private set; }

        /// <summary>Messages that were none, were cut or damaged on the way, or were for somebody else, and were left out.</summary>
        public long IgnoredMessages { get; private set; }

        /// <summary>Messages that came when what they say had come, or was given up, already.</summary>
        public long LateMessages { get; private set; }

        /// <inheritdoc/>
        public bool IsRecording
        {
            get => _isRecording;
            set
            {
                if (value == _isRecording) return;
                _isRecording = value;
                Wish();
            }
        }

        /// <summary>Whether the game stands still: as it was last wished, until the game has said how it is.</summary>
        public bool IsPaused
        {
            get => _heardPauseChange == _pauseChange ? _isPaused : _wishesPause;
            set
            {
                if (value == IsPaused) return;
                _wishesPause = value;
                _pauseChange++;
                Wish();
            }
        }

        /// <inheritdoc/>
        public IRecordedSteps Attach(string agent)
        {
            Listed listed = _listed.Find(known => known.Name == agent)
                ?? throw new ArgumentException($"RemoteStateLink({Name}): there is no agent '{agent}' ({string.Join(", ", _listed.ConvertAll(known => known.Name))}).", nameof(agent));
            if (listed.Layout == null) throw new InvalidOperationException($"RemoteStateLink({Name}): {agent} {(listed.Warning.Length > 0 ? listed.Warning : "has no network that can be seen")}.");
            Attached? attached = _attached.Find(known => known.Name == agent);
            bool isNew = attached == null;
            if (attached == null)
            {
                if (_attached.Count == StateRecorder.MaxAgents)
                    throw new InvalidOperationException($"RemoteStateLink({Name}): {StateRecorder.MaxAgents} agents are looked at already; let one go before {agent}.");
                _attached.Add(attached = new Attached(agent));
            }
            attached.Id = listed.Id;
            if (attached.Steps?.Generation != listed.Generation) attached.Steps = new RemoteSteps(agent, listed.Layout, listed.Generation);
            if (isNew) Wish();
            return attached.Steps;
        }

        /// <inheritdoc/>
        public void Detach(string agent)
        {
            if (_attached.RemoveAll(known => known.Name == agent) > 0) Wish();
        }

        /// <inheritdoc/>
        public void SetBreakpoints(string agent, IReadOnlyList<Breakpoint> breakpoints)
        {
            if (!(_attached.Find(known => known.Name == agent) is Attached attached)) return;
            foreach (Breakpoint breakpoint in breakpoints) breakpoint.Check(attached.Steps!.Layout);
            attached.Breakpoints = new List<Breakpoint>(breakpoints);
            Wish();
        }

        /// <inheritdoc/>
        public void StepOnce()
        {
            _steps++;
            Wish();
        }

        /// <summary>Shows that the viewer is there; to be called now and then.</summary>
        /// <param name="seconds">Since the last time.</param>
        public void Advance(double seconds)
        {
            _toHeartbeat -= seconds;
            if (_toHeartbeat <= 0) Wish();
        }

        /// <summary>The connection is there again, perhaps to another run of the game.</summary>
        public void Connect() => Wish();

        /// <summary>The connection is gone. What came stays readable; who was looked at is again once the game is back and has somebody of that name.</summary>
        public void Disconnect()
        {
            IsConnected = false;
            _listed.Clear();
            _listing = 0;
            _coming = Array.Empty<Listed?>();
            foreach (Attached attached in _attached) attached.Id = 0;
            if (_agents.Count == 0) return;
            _agents.Clear();
            AgentsChanged?.Invoke();
        }

        /// <summary>Takes a message of the game.</summary>
        public void Receive(ReadOnlySpan<byte> bytes)
        {
            if (_isDisposed) return;
            if (!WireMessage.TryRead(bytes, out WireMessage message, out int version))
            {
                IgnoredMessages++;
                if (version == 0 || version == WireMessage.Version || Fault.Length > 0) return;
                Fault = FormattableString.Invariant($"{Name} speaks version {version} of the link, expected {WireMessage.Version}: use the same version of the package in the game and here.");
                AgentsChanged?.Invoke();
                return;
            }
            if (message.Session != _session || !TryTake(message)) IgnoredMessages++;
            else IsConnected = true;
        }

        /// <summary>Takes leave of the game.</summary>
        public void Dispose()
        {
            if (_isDisposed) return;
            Wish(leaves: true);
            _isDisposed = true;
            _agents.Clear();
            _listed.Clear();
            _attached.Clear();
            Close();
            GC.SuppressFinalize(this);
        }

        /// <summary>The link was disposed: what listens to the connection for it can let go.</summary>
        protected virtual void Close()
        {
        }

        private bool TryTake(in WireMessage message)
        {
            switch (message.Kind)
            {
                case WireKind.Status:
                    if (!WireStatus.TryRead(message.Payload, out WireStatus status)) return false;
                    _isPaused = status.IsPaused;
                    _heardPauseChange = status.PauseChange;
                    return true;
                case WireKind.Steps:
                    if (!WireSteps.TryRead(message.Payload, out WireSteps steps)) return false;
                    Take(steps);
                    return true;
                case WireKind.Marks:
                    if (!WireMarks.TryRead(message.Payload, out WireMarks marks)) return false;
                    RemoteSteps? marked = Find(marks.Agent, marks.Generation);
                    if (marked == null) LateMessages++;
                    else marked.Take(marks);
                    return true;
                case WireKind.Agent:
                case WireKind.Hit:
                    try
                    {
                        JsonValue json = JsonValue.Parse(message.Payload);
                        if (message.Kind == WireKind.Hit) TakeHit(json);
                        else TakeAgent(json);
                        return true;
                    }
                    catch (Exception e) when (e is FormatException || e is ArgumentException)
                    {
                        return false;
                    }
                default:
                    return false;
            }
        }

        private void Take(in WireSteps steps)
        {
            long lost = Find(steps.Agent, steps.Generation)?.Take(steps) ?? -1;
            if (lost < 0) LateMessages++;
            else DroppedSteps += lost;
        }

        /// <summary>The recording of an agent that is looked at; null where it is another by now.</summary>
        private RemoteSteps? Find(int id, int generation)
        {
            foreach (Attached attached in _attached)
                if (attached.Id == id && attached.Steps!.Generation == generation) return attached.Steps;
            return null;
        }

        private void TakeAgent(JsonValue json)
        {
            int listing = json["listing"].AsInt32(), index = json["index"].AsInt32(), count = json["count"].AsInt32();
            if (count < 0 || count > MaxAgents || index < 0 || index >= Math.Max(1, count)) throw new FormatException($"agent {index} of {count}");
            if (listing == _listing) return;
            if (listing != _comingListing || _coming.Length != count)
            {
                _comingListing = listing;
                _coming = new Listed?[count];
            }
            if (count > 0) _coming[index] = new Listed(json);
            if (Array.IndexOf(_coming, null) >= 0) return;
            Publish();
        }

        private void Publish()
        {
            _listing = _comingListing;
            _listed.Clear();
            _agents.Clear();
            foreach (Listed? listed in _coming)
            {
                _listed.Add(listed!);
                _agents.Add(new LinkedAgent(listed!.Name, listed.Warning, null, listed.Layout));
                Attached? attached = _attached.Find(known => known.Name == listed.Name);
                if (attached != null) attached.Id = listed.Id;
            }
            _coming = Array.Empty<Listed?>();
            Wish();
            AgentsChanged?.Invoke();
        }

        private void TakeHit(JsonValue json)
        {
            int id = json["id"].AsInt32(), generation = json["generation"].AsInt32();
            Attached? attached = _attached.Find(known => known.Id == id);
            if (attached?.Steps?.Generation != generation)
            {
                LateMessages++;
                return;
            }
            string text = json["breakpoint"].AsString();
            Breakpoint breakpoint = attached!.Breakpoints.Find(own => own.Text == text) ?? Breakpoint.Parse(text);
            BreakpointHit?.Invoke(new BreakpointHit(attached.Steps!, json["step"].AsInt64(), breakpoint, BitConverter.Int64BitsToDouble(json["value"].AsInt64())));
        }

        /// <summary>Says all that the viewer wishes.</summary>
        private void Wish(bool leaves = false)
        {
            if (_isDisposed) return;
            _toHeartbeat = Heartbeat;
            var json = new JsonWriter();
            json.BeginObject().Member("leaves", leaves).Member("listing", _listing).Member("records", _isRecording).Member("paused", _wishesPause).Member("pauseChange", _pauseChange)
                .Member("steps", _steps).Name("agents").BeginArray();
            foreach (Attached attached in _attached)
            {
                json.BeginObject().Member("name", attached.Name).Name("breakpoints").BeginArray();
                foreach (Breakpoint breakpoint in attached.Breakpoints) json.Value(breakpoint.Text);
                json.EndArray().EndObject();
            }
            _send(WireMessage.Make(WireKind.Wish, _session, ++_number, json.EndArray().EndObject().ToUtf8()));
        }

        private sealed class Listed
        {
            public Listed(JsonValue json)
            {
                Id = json["id"].AsInt32();
                Generation = json["generation"].AsInt32();
                Name = json["name"].AsString();
                Warning = json["warning"].AsString();
                string layout = json["layout"].AsString();
                if (layout.Length > 0) Layout = RecordingFile.LayoutOf(JsonValue.Parse(layout));
            }

            public int Id { get; }

            public int Generation { get; }

            public string Name { get; }

            public string Warning { get; }

            public RecordingLayout? Layout { get; }
        }

        private sealed class Attached
        {
            public Attached(string name)
            {
                Name = name;
            }

            public string Name { get; }

            /// <summary>The number that the game gave it; 0 where it is not there.</summary>
            public int Id { get; set; }

            public RemoteSteps? Steps { get; set; }

            public List<Breakpoint> Breakpoints { get; set; } = new List<Breakpoint>();
        }
    }
}
