using System;
using System.Collections.Generic;
using System.Threading.Tasks;

namespace Recurrent.Diagnostics
{
    /// <summary>
    /// The viewer of hidden states, without its window: who is looked at, at which step, in which order; what keys and pointer do; and the picture of it all, for a window,
    /// a test and a command alike. Everything but the work of <see cref="IStateView"/>s and registered orders happens on the caller's thread.
    /// </summary>
    /// <example><code>
    /// using var viewer = new StateViewer();
    /// viewer.Connect(FileStateLink.Open("npc.rnnstate"));
    /// new ViewerExport(viewer).Picture("npc.png", 1200, 700, Skin.Dark);
    /// </code></example>
    public sealed partial class StateViewer : IDisposable
    {
        /// <summary>The tab that shows a cell's gates.</summary>
        public const string GatesTab = "Gates";

        /// <summary>The tab of the state's way through its principal plane.</summary>
        public const string PcaTab = "PCA";

        /// <summary>The tab of losses and gradients.</summary>
        public const string TrainingTab = "Training";

        /// <summary>The tab that says which inputs an output hangs on.</summary>
        public const string AttributionTab = "Attribution";

        private const int MostHits = 64, FreshSteps = 64, DragPixels = 4;

        private readonly List<Entry> _entries = new List<Entry>();
        private readonly List<IUnitOrder> _orders = new List<IUnitOrder> { UnitOrder.Index, UnitOrder.Variance, UnitOrder.Change };
        private readonly List<IStateView> _views;
        private readonly List<ViewerProbe> _probes = new List<ViewerProbe>();
        private readonly List<ViewerBreakpoint> _breakpoints = new List<ViewerBreakpoint>();
        private readonly List<(Entry Entry, long Step)> _hits = new List<(Entry, long)>();
        private readonly List<long> _shownHits = new List<long>(), _marks = new List<long>();
        private readonly HashSet<string> _folded = new HashSet<string>();
        private readonly DataArea _data = new DataArea();
        private readonly PictureLane _picture = new PictureLane("tab", "");

        private Entry? _shown, _against;
        private ViewerScene? _scene;
        private Skin _skin = Skin.Dark;
        private int[]? _unitOrder;
        private Task<int[]?>? _ordering;
        private Task<StateViewPicture>? _measuring;
        private long _seen, _changed, _orderedSteps, _measuredEnd = -1, _measuredAt = -1, _dropped;
        private int _layout;
        private bool _isDirty = true, _hasTruth;
        private (long Step, int X)? _pressed;
        private bool _isDragging, _isScrubbing;
        private (int X, int Y)? _pointer;
        private string? _caption;
        private string _awaited = "", _cell = "", _state = "h", _tab = GatesTab, _filter = "";
        private IUnitOrder _order = UnitOrder.Index;

        /// <summary>A viewer that looks at nothing yet, with the orders and views that are registered.</summary>
        public StateViewer() : this(ViewerExtensions.Orders, ViewerExtensions.Views)
        {
        }

        /// <summary>A viewer with orders and views of the caller's.</summary>
        /// <param name="orders">Orders of units besides those of <see cref="UnitOrder"/>.</param>
        /// <param name="views">Tabs besides gates, training and attribution.</param>
        public StateViewer(IReadOnlyList<IUnitOrder> orders, IReadOnlyList<IStateView> views)
        {
            _orders.AddRange(orders);
            _views = new List<IStateView>(views);
        }

        private sealed class Entry
        {
            internal string Name = "";
            internal IRecordedSteps Steps = null!;
            internal bool HasEnded;
        }

        /// <summary>What is read from; null for nothing.</summary>
        public IStateLink? Link { get; private set; }

        /// <summary>The playhead and what is in sight.</summary>
        public ViewerTimeline Timeline { get; } = new ViewerTimeline();

        /// <summary>The steps of the agent that is shown; null for none.</summary>
        public IRecordedSteps? Steps => _shown?.Steps;

        /// <summary>The agent that is shown; empty for none.</summary>
        public string Agent => _shown?.Name ?? "";

        /// <summary>The agent that it is compared with; empty for none.</summary>
        public string Against => _against?.Name ?? "";

        /// <summary>The steps of all agents that are attached, or have ended.</summary>
        public IReadOnlyList<IRecordedSteps> Recordings => _entries.ConvertAll(entry => entry.Steps);

        /// <summary>Above this a gate counts as open.</summary>
        public float OpenAbove { get; private set; } = 0.9f;

        /// <summary>Below this a gate counts as shut.</summary>
        public float ShutBelow { get; private set; } = 0.1f;

        /// <summary>What agents are filtered by: a part of the name, in any case.</summary>
        public string Filter
        {
            get => _filter;
            set => Set(ref _filter, value);
        }

        // ---- the link

        /// <summary>Reads from another link, which belongs to the viewer from now on; the one before is let go. Whoever was attached is attached again, if he is there; otherwise the first.</summary>
        public void Connect(IStateLink link)
        {
            List<(Entry Entry, string Name, IRecordedSteps Steps)> before = _entries.FindAll(entry => !entry.HasEnded).ConvertAll(entry => (entry, entry.Name, entry.Steps));
            string shown = _shown is Entry { HasEnded: false } ? _shown.Name : "";
            Disconnect();
            Connect(link, before.ConvertAll(known => known.Name), shown);
            // Whoever goes on in the same recording has not ended.
            foreach ((Entry entry, string name, IRecordedSteps steps) in before)
                if (Find(name)?.Steps == steps) Remove(entry);
        }

        /// <summary>Reads from nothing; what was recorded of a running game stays to be looked at.</summary>
        public void Disconnect()
        {
            if (Link == null) return;
            Link.AgentsChanged -= FollowAgents;
            Link.BreakpointHit -= Break;
            bool live = Link.IsLive;
            foreach (Entry entry in _entries.ToArray())
            {
                if (entry.HasEnded) continue;
                Link.Detach(entry.Name);
                if (live) EndOf(entry);
                else Remove(entry);
            }
            Link.Dispose();
            Link = null;
            Rebuild();
        }

        private void Connect(IStateLink link, List<string> attached, string shown)
        {
            Link = link;
            link.AgentsChanged += FollowAgents;
            link.BreakpointHit += Break;
            foreach (LinkedAgent agent in link.Agents)
                if (attached.Contains(agent.Name)) Try(() => AttachEntry(agent.Name));
            Await();
            if (shown.Length > 0 && Find(shown) is Entry known) ShowEntry(known);
            else if (_shown == null && link.Agents.Count > 0) Try(() => Show(attached.Count > 0 && Find(attached[0]) != null ? attached[0] : link.Agents[0].Name));
            Touch();
        }

        // Agents come and go while a game runs, and networks are changed.
        private void FollowAgents()
        {
            foreach (Entry entry in _entries.ToArray())
            {
                if (entry.HasEnded) continue;
                if (!IsLinked(entry.Name))
                {
                    EndOf(entry);
                    continue;
                }
                IRecordedSteps steps = entry.Steps;
                Try(() => steps = Link!.Attach(entry.Name));
                if (steps == entry.Steps) continue;
                entry.Steps = steps;
                SetBreakpoints(entry);
                if (entry == _shown) ShowEntry(entry);
                if (entry == _against) Compare(entry.Name);
            }
            Await();
            if (_shown == null && Link!.Agents.Count > 0) Try(() => Show(Link.Agents[0].Name));
            Touch();
        }

        // Somebody who was looked at live when the game ended is looked at again when he is back: from his first step on, until then what was.
        private void Await()
        {
            if (_awaited.Length > 0 && IsLinked(_awaited)) Try(() => AttachEntry(_awaited));
        }

        /// <summary>Why somebody whom nobody chose could not be attached; empty if all could.</summary>
        public string Trouble { get; private set; } = "";

        private void Try(Action attach)
        {
            try
            {
                attach();
                Trouble = "";
            }
            catch (InvalidOperationException e)
            {
                Trouble = e.Message;
            }
        }

        private bool IsLinked(string agent)
        {
            if (Link != null)
                foreach (LinkedAgent other in Link.Agents)
                    if (other.Name == agent) return true;
            return false;
        }

        // What was recorded stays, under a name of its own.
        private void EndOf(Entry entry)
        {
            if (entry.Steps.EndStep <= entry.Steps.FirstStep)
            {
                Remove(entry);
                return;
            }
            if (entry == _shown && Timeline.IsFollowing) _awaited = entry.Name;
            entry.Steps = entry.Steps.Range(entry.Steps.FirstStep, entry.Steps.EndStep);
            entry.HasEnded = true;
            entry.Name = Unused($"{entry.Name} (ended)");
            if (entry == _shown || entry == _against) Rebuild();
        }

        private string Unused(string name)
        {
            string unused = name;
            for (int i = 2; Find(unused) != null; i++) unused = FormattableString.Invariant($"{name} {i}");
            return unused;
        }

        private void Remove(Entry entry)
        {
            _entries.Remove(entry);
            _hits.RemoveAll(hit => hit.Entry == entry);
            if (entry == _against) Compare("");
            if (entry != _shown) return;
            _shown = null;
            if (_entries.Count > 0) ShowEntry(_entries[0]);
            else Rebuild();
        }

        private Entry? Find(string name) => _entries.Find(entry => entry.Name == name);

        // ---- agents

        /// <summary>The list of agents: those of the link, then those that have ended; only those that the filter lets through.</summary>
        public IReadOnlyList<ViewerAgent> Agents
        {
            get
            {
                var agents = new List<ViewerAgent>();
                if (Link != null)
                    foreach (LinkedAgent agent in Link.Agents) agents.Add(new ViewerAgent(agent.Name, agent.Warning, Find(agent.Name) != null, false));
                foreach (Entry entry in _entries)
                    if (entry.HasEnded) agents.Add(new ViewerAgent(entry.Name, "", true, true));
                return agents.FindAll(agent => agent.Name.IndexOf(_filter, StringComparison.OrdinalIgnoreCase) >= 0);
            }
        }

        /// <summary>Records an agent from now on.</summary>
        /// <exception cref="ArgumentException">There is no such agent.</exception>
        /// <exception cref="InvalidOperationException">No more can be looked at together.</exception>
        public void Attach(string agent)
        {
            Entry entry = AttachEntry(agent);
            if (_shown == null) ShowEntry(entry);
            Touch();
        }

        /// <summary>Records an agent no more, and forgets what was recorded.</summary>
        public void Detach(string agent)
        {
            if (!(Find(agent) is Entry entry)) return;
            if (!entry.HasEnded) Link?.Detach(agent);
            Remove(entry);
            Touch();
        }

        /// <summary>Shows an agent, which is attached for that if it was not.</summary>
        /// <exception cref="ArgumentException">There is no such agent.</exception>
        /// <exception cref="InvalidOperationException">No more can be looked at together.</exception>
        public void Show(string agent)
        {
            Entry entry = AttachEntry(agent);
            if (entry != _shown) ShowEntry(entry);
        }

        /// <summary>
        /// Compares the agent that is shown with another: of two running ones the present steps, otherwise steps of the same number, or, where there are none in common, those since both began.
        /// </summary>
        /// <param name="agent">The other; empty for nobody.</param>
        /// <exception cref="ArgumentException">There is no such agent, or its network has another shape.</exception>
        public void Compare(string agent)
        {
            Entry? before = _against;
            _against = null;
            if (agent.Length > 0 && _shown != null)
            {
                Entry entry = AttachEntry(agent);
                if (!entry.Steps.Layout.Matches(_shown.Steps.Layout))
                {
                    _against = before;
                    throw new ArgumentException($"{_shown.Name} and {agent} cannot be compared: their networks have different shapes, or different channels of them are recorded.");
                }
                _against = entry;
                AgainstAhead = Ahead(_shown, entry);
            }
            Rebuild();
        }

        /// <summary>The step of the other agent that is compared with a step, less that step.</summary>
        public long AgainstAhead { get; private set; }

        /// <summary>A recording of the agent that is shown beside the other's steps; null while nobody is compared, or no step is common.</summary>
        internal RecordingComparison? Compared(Recording recording)
        {
            if (_against == null) return null;
            IRecordedSteps other = _against.Steps;
            long from = Math.Max(recording.FirstStep, other.FirstStep - AgainstAhead), to = Math.Min(recording.FirstStep + recording.Steps, other.EndStep - AgainstAhead);
            if (from >= to) return null;
            Recording beside = other.Range(from + AgainstAhead, to + AgainstAhead);
            return RecordingComparison.Of(recording.Range(from, to), new Recording(_against.Name, beside.Layout, from, beside.Frames));
        }

        private long Ahead(Entry a, Entry b)
        {
            if (Link is { IsLive: true } && !a.HasEnded && !b.HasEnded) return b.Steps.EndStep - a.Steps.EndStep;
            bool common = Math.Max(a.Steps.FirstStep, b.Steps.FirstStep) < Math.Min(a.Steps.EndStep, b.Steps.EndStep);
            return common ? 0 : b.Steps.FirstStep - a.Steps.FirstStep;
        }

        private Entry AttachEntry(string agent)
        {
            if (Find(agent) is Entry known) return known;
            if (Link == null) throw new ArgumentException($"There is no agent '{agent}'.", nameof(agent));
            var entry = new Entry { Name = agent, Steps = Link.Attach(agent) };
            _entries.Add(entry);
            SetBreakpoints(entry);
            return entry;
        }

        private void ShowEntry(Entry entry)
        {
            _shown = entry;
            _awaited = "";
            if (_against != null && (_against == entry || !_against.Steps.Layout.Matches(entry.Steps.Layout))) _against = null;
            if (_against != null) AgainstAhead = Ahead(entry, _against);
            if (!HasCell(_cell)) _cell = entry.Steps.Layout.Cells.Count > 0 ? entry.Steps.Layout.Cells[0].Name : "";
            if (!(Track(_selected) is RecordedTrack)) _selected = default;
            _seen = _changed = entry.Steps.EndStep;
            _hasTruth = HasTruth(entry.Steps.FirstStep);
            Timeline.Begin(entry.Steps.FirstStep, entry.Steps.EndStep, ViewerScene.Capacity(entry.Steps), IsRunning);
            Order();
            CountHits();
            Rebuild();
        }

        private bool IsRunning => _shown is Entry { HasEnded: false } && Link is { IsLive: true };

        private bool HasCell(string name)
        {
            foreach (RecordedCell cell in Cells)
                if (cell.Name == name) return true;
            return false;
        }

        // ---- what of the network is shown

        /// <summary>The cells of the network that is shown.</summary>
        public IReadOnlyList<RecordedCell> Cells => _shown?.Steps.Layout.Cells ?? Array.Empty<RecordedCell>();

        /// <summary>The name of the cell whose state and gates are shown.</summary>
        public string Cell
        {
            get => _cell;
            set
            {
                if (Set(ref _cell, value)) Order();
            }
        }

        /// <summary>The state that is shown: h, or c of a cell that has one.</summary>
        public string State
        {
            get => _state;
            set
            {
                if (Set(ref _state, value)) Order();
            }
        }

        /// <summary>The orders that there are.</summary>
        public IReadOnlyList<IUnitOrder> Orders => _orders;

        /// <summary>The order of the units. Set it again to sort by the steps that have come since.</summary>
        public IUnitOrder UnitsBy
        {
            get => _order;
            set
            {
                _order = value;
                Order();
                Rebuild();
            }
        }

        /// <summary>The tabs.</summary>
        public IReadOnlyList<string> Tabs
        {
            get
            {
                var tabs = new List<string> { GatesTab, PcaTab, TrainingTab, AttributionTab };
                foreach (IStateView view in _views)
                    if (!tabs.Contains(view.Name)) tabs.Add(view.Name);
                return tabs;
            }
        }

        /// <summary>The open tab.</summary>
        public string Tab
        {
            get => _tab;
            set
            {
                if (!Set(ref _tab, value)) return;
                _measuredEnd = _measuredAt = -1;
                _picture.Show(null, "");
                Rebuild();
                Measure();
            }
        }

        /// <summary>What stands in the open tab instead of a picture: what is missing for it; empty where there is one.</summary>
        public string TabWords => _tab == GatesTab ? "" : _picture.Words;

        /// <summary>Folds a lane to a few rows, or unfolds it; its name stands at its left.</summary>
        public void Fold(string lane)
        {
            if (!_folded.Remove(lane)) _folded.Add(lane);
            Rebuild();
        }

        /// <summary>Sets from when a gate counts as open or shut.</summary>
        /// <exception cref="ArgumentException">They are not 0 ≤ shut &lt; open ≤ 1.</exception>
        public void SetThresholds(float openAbove, float shutBelow)
        {
            if (!(shutBelow >= 0 && shutBelow < openAbove && openAbove <= 1))
                throw new ArgumentException(FormattableString.Invariant($"StateViewer: expected 0 ≤ shut < open ≤ 1, got shut below {shutBelow} and open above {openAbove}."));
            (OpenAbove, ShutBelow) = (openAbove, shutBelow);
            Rebuild();
        }

        private RecordedTrack? StateTrack()
        {
            foreach (RecordedCell cell in Cells)
                if (cell.Name == _cell) return _shown!.Steps.Layout.Find(cell, _state) ?? _shown.Steps.Layout.Find(cell, "h");
            return null;
        }

        private RecordedTrack? Track(ViewerProbe probe)
        {
            RecordedTrack? track = probe.Track == null ? null : _shown?.Steps.Layout.Find(probe.Track);
            return track != null && probe.Unit < track.Length ? track : null;
        }

        // Sorted by all steps that are kept. A registered order may take long: the old one stays until it is there.
        private void Order()
        {
            _unitOrder = null;
            _ordering = null;
            if (_shown == null || !(StateTrack() is RecordedTrack track)) return;
            IRecordedSteps steps = _shown.Steps;
            _orderedSteps = steps.EndStep - steps.FirstStep;
            if (_order == UnitOrder.Index || _orderedSteps < 2) return;
            Recording recording = steps.Range(steps.FirstStep, steps.EndStep);
            IUnitOrder order = _order;
            if (order is UnitOrder) _unitOrder = order.Order(recording, track);
            else _ordering = Task.Run(() => order.Order(recording, track));
        }

        // ---- the game

        /// <summary>Records, or waits.</summary>
        public bool IsRecording
        {
            get => Link is { IsRecording: true };
            set
            {
                if (Link != null) Link.IsRecording = value;
                Touch();
            }
        }

        /// <summary>Whether the game stands still. When it goes on, the playhead goes along again.</summary>
        public bool IsPaused
        {
            get => Link is { IsPaused: true };
            set
            {
                if (Link == null) return;
                Link.IsPaused = value;
                if (!value && IsRunning) Timeline.Follow();
                Touch();
            }
        }

        /// <summary>Lets a paused game go on by one frame, and the playhead along.</summary>
        public void StepOnce()
        {
            Link?.StepOnce();
            if (IsRunning) Timeline.Follow();
            Touch();
        }

        // ---- the picture

        /// <summary>
        /// The picture of the data, as it is now. Only what has changed since the last call is painted. The canvas is the viewer's, and good until the next call.
        /// </summary>
        /// <param name="width">Pixels.</param>
        /// <param name="height">Pixels.</param>
        /// <param name="skin">The colours and the density.</param>
        public StateCanvas Paint(int width, int height, Skin skin)
        {
            Update();
            _isDirty = false;
            if (_skin != skin)
            {
                _skin = skin;
                _scene = null;
            }
            StateCanvas canvas = Draw(_data, Scene(), width, height, skin, _changed);
            _changed = _seen;
            return canvas;
        }

        /// <summary>The same picture, painted at once on a canvas of its own.</summary>
        public StateCanvas Picture(int width, int height, Skin skin)
        {
            Update();
            return Draw(new DataArea(), skin == _skin ? Scene() : new ViewerScene(Settings(), skin), width, height, skin, 0);
        }

        /// <summary>How many columns the last call of <see cref="Paint"/> painted, of all lanes together.</summary>
        public long PaintedColumns => _data.PaintedColumns;

        private StateCanvas Draw(DataArea data, ViewerScene? scene, int width, int height, Skin skin, long changed)
        {
            IReadOnlyList<Lane> lanes = scene?.Lanes ?? Array.Empty<Lane>();
            data.Paint(width, height, skin, _caption ??= Caption(), lanes, _layout, Timeline.Columns(DataArea.WidthOf(width, skin)), changed, Timeline.Playhead);
            (int, int, StateReading)? hover = _pointer is (int x, int y) && Read(data, skin) is StateReading reading ? (x, y, reading) : ((int, int, StateReading)?)null;
            return data.Finish(new ViewerOverlay(Timeline.Playhead, Timeline.IsFollowing && IsRunning, Timeline.Range, hover, Selected, _shownHits, Marks()));
        }

        // The steps that do not follow from the one before.
        private List<long> Marks()
        {
            _marks.Clear();
            if (!(_shown?.Steps is IRecordedSteps steps)) return _marks;
            for (int i = 0; i < steps.MarkCount; i++)
                if (steps.GetMark(i).Step > steps.FirstStep) _marks.Add(steps.GetMark(i).Step);
            return _marks;
        }

        private string Caption()
        {
            if (_shown == null) return Link == null ? "Nothing is connected." : Link.Agents.Count == 0 ? $"{Link.Name}: no agent has a network to look at." : $"{Link.Name}: choose an agent.";
            if (_shown.Steps.EndStep <= _shown.Steps.FirstStep) return $"{_shown.Name}: waiting for its first step.";
            string cell = "";
            foreach (RecordedCell other in Cells)
                if (other.Name == _cell) cell = $"   {other.Name} ({other.Kind})";
            string order = StateTrack() is RecordedTrack track ? $"   {track.Symbol} by {_order.Name}" : "";
            string beside = _against == null ? "" : $"   A − B: less {_against.Name}" + (AgainstAhead == 0 ? "" : FormattableString.Invariant($", its step {(AgainstAhead > 0 ? "+" : "−")}{Math.Abs(AgainstAhead)}"));
            return $"{_shown.Name}{cell}{order}{beside}";
        }

        private ViewerScene? Scene()
        {
            if (_shown == null || _shown.Steps.EndStep <= _shown.Steps.FirstStep) return null;
            if (_scene == null)
            {
                _scene = new ViewerScene(Settings(), _skin);
                _layout++;
            }
            return _scene;
        }

        private ViewerScene.Settings Settings() => new ViewerScene.Settings
        {
            Steps = _shown!.Steps,
            Against = _against?.Steps,
            Ahead = AgainstAhead,
            AgainstName = Against,
            Cell = _cell,
            State = _state,
            OrderName = _order.Name,
            Order = track => _unitOrder != null && _unitOrder.Length == track.Length ? _unitOrder : ViewerScene.Identity(track.Length),
            ShowGates = _tab == GatesTab,
            Picture = _tab == GatesTab ? null : _picture,
            Folded = _folded,
            Probes = _probes,
            OpenAbove = OpenAbove,
            ShutBelow = ShutBelow,
        };

        private bool Set<T>(ref T field, T value)
        {
            if (EqualityComparer<T>.Default.Equals(field, value)) return false;
            field = value;
            Rebuild();
            return true;
        }

        private void Rebuild()
        {
            _scene = null;
            _caption = null;
            _layout++;
            Touch();
        }

        private void Touch() => _isDirty = true;
    }
}
