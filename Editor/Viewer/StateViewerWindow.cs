using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using Recurrent.Diagnostics;
using UnityEditor;
using UnityEditor.UIElements;
using UnityEngine;
using UnityEngine.UIElements;

namespace RecurrentEditor
{
    /// <summary>The RNN State Viewer: chrome around a <see cref="StateViewer"/>, which decides what is shown, and paints it.</summary>
    public sealed class StateViewerWindow : EditorWindow
    {
        private const int Interval = 50;

        [SerializeField]
        private string _target = ViewerTarget.PlayMode.Key;

        [SerializeField]
        private ViewerMemory _memory = new ViewerMemory();

        [SerializeField]
        private string _id = "";

        private StateViewer? _viewer;
        private PictureElement? _picture;
        private ListView? _agents;
        private VisualElement? _layers, _probes, _breakpoints, _tabs;
        private ToolbarToggle? _record, _pause, _live, _state;
        private ToolbarButton? _step;
        private ToolbarMenu? _targets, _shown, _against, _order;
        private Label? _unit, _figures, _ring, _legend, _trouble;
        private TextField? _condition;
        private IVisualElementScheduledItem? _ticking;

        // Unity carries private fields over when scripts are loaded anew; these speak of elements and a viewer that are gone then.
        [NonSerialized]
        private string _listed = "", _failed = "";

        [NonSerialized]
        private bool _isRemembered, _isFresh;

        /// <summary>Opens the window.</summary>
        [MenuItem("Window/Analysis/RNN State Viewer")]
        public static StateViewerWindow Open()
        {
            var window = GetWindow<StateViewerWindow>();
            window.titleContent = new GUIContent("RNN State Viewer");
            window.minSize = new Vector2(640f, 360f);
            return window;
        }

        /// <summary>Opens the window on an agent of the running game, as its <see cref="Recurrent.Components.StateProbe"/> is called.</summary>
        public static StateViewerWindow Open(string agent)
        {
            StateViewerWindow window = Open();
            if (!ViewerTarget.Parse(window._target).IsPlayMode) window.LookAt(ViewerTarget.PlayMode);
            window.Do(() => window.Viewer.Show(agent));
            return window;
        }

        /// <summary>Opens the window on a recording file.</summary>
        public static StateViewerWindow OpenFile(string path)
        {
            StateViewerWindow window = Open();
            window.LookAt(ViewerTarget.File(path));
            return window;
        }

        /// <summary>What is shown.</summary>
        internal StateViewer Viewer => _viewer ??= new StateViewer();

        /// <summary>Where recordings wait while scripts are loaded anew: Unity empties the folder when it quits.</summary>
        private string RecordingsPath => Path.Combine("Temp", $"RecurrentStateViewer-{_id}.rnnstate");

        private void OnEnable()
        {
            if (_id.Length == 0) _id = Guid.NewGuid().ToString("N");
            AssemblyReloadEvents.beforeAssemblyReload += Remember;
            EditorApplication.playModeStateChanged += PlayModeChanged;
            IStateLink? link = null;
            Try(() => link = ViewerTarget.Parse(_target).Open());
            Try(() => Viewer.Restore(_memory, link));
        }

        // May come without OnEnable's window ever having been built.
        private void OnDisable()
        {
            AssemblyReloadEvents.beforeAssemblyReload -= Remember;
            EditorApplication.playModeStateChanged -= PlayModeChanged;
            Remember();
            _ticking?.Pause();
            _viewer?.Dispose();
            _viewer = null;
        }

        private void OnDestroy()
        {
            if (_id.Length > 0) Try(() => File.Delete(RecordingsPath));
        }

        private void OnBecameVisible() => _ticking?.Resume();

        private void OnBecameInvisible() => _ticking?.Pause();

        private void OnFocus() => _picture?.Focus();

        private void Remember()
        {
            if (_isRemembered || _viewer == null) return;
            _isRemembered = true;
            Try(() =>
            {
                Directory.CreateDirectory("Temp");
                _memory = _viewer.Remember(RecordingsPath);
            });
        }

        // With domain reload off the probes of the new run are others, and their list is a new one.
        private void PlayModeChanged(PlayModeStateChange change)
        {
            if (change == PlayModeStateChange.EnteredPlayMode && ViewerTarget.Parse(_target).IsPlayMode) Try(() => Viewer.Connect(ViewerTarget.PlayMode.Open()));
        }

        private void LookAt(ViewerTarget target)
        {
            Do(() =>
            {
                Viewer.Connect(target.Open());
                _target = target.Key;
            });
        }

        private void CreateGUI()
        {
            rootVisualElement.Add(MakeToolbar());
            rootVisualElement.Add(_trouble = new Label { name = "trouble", style = { whiteSpace = WhiteSpace.Normal, paddingLeft = 6, paddingRight = 6, paddingTop = 2, paddingBottom = 2, display = DisplayStyle.None } });
            var outer = new TwoPaneSplitView(0, 190f, TwoPaneSplitViewOrientation.Horizontal) { viewDataKey = "state-viewer-left", style = { flexGrow = 1 } };
            var inner = new TwoPaneSplitView(1, 170f, TwoPaneSplitViewOrientation.Horizontal) { viewDataKey = "state-viewer-right", style = { flexGrow = 1 } };
            outer.Add(MakeLeft());
            inner.Add(MakeData());
            inner.Add(MakeRight());
            outer.Add(inner);
            rootVisualElement.Add(outer);
            _isFresh = true;
            _ticking = rootVisualElement.schedule.Execute(Tick).Every(Interval);
            Refresh();
        }

        // ---- the parts

        private Toolbar MakeToolbar()
        {
            var bar = new Toolbar { name = "toolbar" };
            bar.Add(_record = Toggle("record", "Record", "Whether steps of the attached agents are recorded.", on => Viewer.IsRecording = on));
            bar.Add(_pause = Toggle("pause", "Pause", "Pauses the game, as the editor's own button does.", on => Viewer.IsPaused = on));
            bar.Add(_step = Button("step", "Step", "Lets the paused game go on by one frame.", () => Viewer.StepOnce()));
            bar.Add(Button("back", "<", "One step back (←); ten with Shift.", () => Viewer.Press(ViewerKey.Left)));
            bar.Add(Button("on", ">", "One step on (→); ten with Shift.", () => Viewer.Press(ViewerKey.Right)));
            bar.Add(_live = Toggle("live", "Live", "The playhead goes along with the newest step (End).", on => Viewer.Press(on ? ViewerKey.End : ViewerKey.Left)));
            bar.Add(_targets = Menu("target", "What is looked at."));
            bar.Add(_shown = Menu("agent", "Who is shown."));
            bar.Add(new Label("vs") { style = { unityTextAlign = TextAnchor.MiddleCenter } });
            bar.Add(_against = Menu("against", "With whom the agent is compared."));
            ToolbarMenu export = Menu("export", "The selected range, or all steps, as files.");
            export.text = "Export";
            export.menu.AppendAction("Picture of the Data…", _ => ExportFile("Picture", "png", (path, files) => files.Picture(path, Math.Max(400, Pixels(_picture!.contentRect.width)), Math.Max(300, Pixels(_picture.contentRect.height)), PictureElement.EditorSkin)));
            export.menu.AppendAction("All Views as Pictures…", _ => ExportFolder());
            export.menu.AppendAction("Numbers (CSV)…", _ => ExportFile("Numbers", "csv", (path, files) => files.Csv(path)));
            export.menu.AppendAction("Recording…", _ => ExportFile("Recording", "rnnstate", (path, files) => files.Recording(path)));
            export.menu.AppendAction("Report (HTML)…", _ => ExportFile("Report", "html", (path, files) => files.Html(path, Skin.Light.WithScale(2))));
            bar.Add(new ToolbarSpacer { style = { flexGrow = 1 } });
            bar.Add(export);
            return bar;
        }

        private VisualElement MakeLeft()
        {
            var pane = new VisualElement { name = "left", style = { minWidth = 140 } };
            var search = new ToolbarSearchField { name = "filter", tooltip = "Only agents whose name has this in it.", style = { width = StyleKeyword.Auto } };
            search.SetValueWithoutNotify(Viewer.Filter);
            search.RegisterValueChangedCallback(change => Do(() => Viewer.Filter = change.newValue));
            pane.Add(search);
            _agents = new ListView
            {
                name = "agents",
                viewDataKey = "state-viewer-agents",
                fixedItemHeight = 20,
                selectionType = SelectionType.Single,
                makeItem = MakeAgent,
                bindItem = BindAgent,
                style = { flexGrow = 1, minHeight = 60 },
            };
            _agents.selectionChanged += chosen => Do(() =>
            {
                if (chosen.FirstOrDefault() is ViewerAgent agent) Viewer.Show(agent.Name);
            });
            pane.Add(_agents);
            pane.Add(Heading("Layers"));
            pane.Add(_layers = new VisualElement { name = "layers", style = { flexDirection = FlexDirection.Row, flexWrap = Wrap.Wrap } });
            pane.Add(Heading("Probes and breakpoints"));
            var scroll = new ScrollView { style = { maxHeight = 160, minHeight = 24 } };
            scroll.Add(_probes = new VisualElement { name = "probes" });
            scroll.Add(_breakpoints = new VisualElement { name = "breakpoints" });
            pane.Add(scroll);
            _condition = new TextField { name = "condition", tooltip = "h[12] > 0.9, |c[3]| >= 2, norm(h) > 5, |Δh| > 1, open(f) > 0.8, error > 0.3, nan. Enter adds it." };
            // On its way down: the text within lets no key come up again.
            _condition.RegisterCallback<KeyDownEvent>(e =>
            {
                if (e.keyCode != KeyCode.Return && e.keyCode != KeyCode.KeypadEnter) return;
                e.StopPropagation();
                Break();
            }, TrickleDown.TrickleDown);
            pane.Add(_condition);
            pane.Add(new Button(Break) { name = "break", text = "Break on this" });
            return pane;
        }

        private VisualElement MakeAgent()
        {
            var row = new VisualElement { style = { flexDirection = FlexDirection.Row } };
            var attached = new Toggle { name = "attached", tooltip = "Whether its steps are recorded." };
            attached.RegisterValueChangedCallback(change => Do(() =>
            {
                if (!(row.userData is ViewerAgent agent)) return;
                if (change.newValue) Viewer.Attach(agent.Name);
                else Viewer.Detach(agent.Name);
            }));
            row.Add(attached);
            row.Add(new Label { name = "name", style = { flexGrow = 1, overflow = Overflow.Hidden, textOverflow = TextOverflow.Ellipsis, unityTextAlign = TextAnchor.MiddleLeft } });
            row.Add(new Label { name = "warning", style = { unityFontStyleAndWeight = FontStyle.Bold, unityTextAlign = TextAnchor.MiddleRight } });
            return row;
        }

        private void BindAgent(VisualElement row, int index)
        {
            var agent = (ViewerAgent)_agents!.itemsSource[index]!;
            row.userData = agent;
            row.tooltip = agent.Warning.Length > 0 ? $"{agent.Name}: {agent.Warning}" : agent.Name;
            row.Q<Toggle>("attached").SetValueWithoutNotify(agent.IsAttached);
            row.Q<Label>("name").text = agent.Name;
            row.Q<Label>("warning").text = agent.Warning.Length > 0 ? "!" : "";
        }

        private VisualElement MakeData()
        {
            var pane = new VisualElement { name = "data", style = { flexGrow = 1, minWidth = 300 } };
            var bar = new Toolbar();
            bar.Add(_tabs = new VisualElement { name = "tabs", style = { flexDirection = FlexDirection.Row } });
            foreach (string tab in Viewer.Tabs)
                _tabs.Add(Toggle("tab-" + tab, tab, $"Shows {tab} under the state.", _ => Viewer.Tab = tab));
            bar.Add(new ToolbarSpacer { style = { flexGrow = 1 } });
            bar.Add(_state = Toggle("state", "c", "Shows the cell state c instead of h.", on => Viewer.State = on ? "c" : "h"));
            bar.Add(_order = Menu("order", "The order of the units. Choose it again to sort by what has come since."));
            bar.Add(Button("fit", "Fit", "Shows the selected range, or everything (F).", () => Viewer.Press(ViewerKey.Fit)));
            pane.Add(bar);
            _picture = new PictureElement((width, height, skin) => Viewer.Paint(width, height, skin)) { name = "picture", focusable = true, style = { flexGrow = 1, minHeight = 120 } };
            _picture.RegisterCallback<PointerDownEvent>(e =>
            {
                if (e.button != 0) return;
                _picture.Focus();
                _picture.CapturePointer(e.pointerId);
                Viewer.PointerDown(Pixels(e.localPosition.x), Pixels(e.localPosition.y));
                Refresh();
            });
            _picture.RegisterCallback<PointerMoveEvent>(e =>
            {
                Viewer.PointerMove(Pixels(e.localPosition.x), Pixels(e.localPosition.y));
            });
            _picture.RegisterCallback<PointerUpEvent>(e =>
            {
                if (e.button != 0) return;
                _picture.ReleasePointer(e.pointerId);
                Viewer.PointerUp(Pixels(e.localPosition.y));
                Refresh();
            });
            _picture.RegisterCallback<PointerLeaveEvent>(_ => Viewer.PointerLeave());
            _picture.RegisterCallback<WheelEvent>(e =>
            {
                Viewer.Wheel(Pixels(e.localMousePosition.x), Math.Sign(e.delta.y), e.shiftKey);
                e.StopPropagation();
            });
            _picture.RegisterCallback<KeyDownEvent>(Press);
            pane.Add(_picture);
            return pane;
        }

        private VisualElement MakeRight()
        {
            var pane = new VisualElement { name = "right", style = { minWidth = 130, paddingLeft = 6, paddingRight = 6 } };
            pane.Add(_unit = Heading("No unit selected"));
            _unit.name = "unit";
            pane.Add(_figures = Lines("figures"));
            pane.Add(new Button(() => Do(() =>
            {
                if (Viewer.Selected is ViewerProbe unit) Viewer.AddProbe(unit);
            }))
            { name = "add-probe", text = "+ Probe", tooltip = "Draws the unit as a curve." });
            pane.Add(new Button(() => Do(() =>
            {
                _condition!.value = Viewer.Suggestion;
                Break();
            }))
            { name = "add-break", text = "+ Break", tooltip = "Pauses the game when the unit rises above all that it has been." });
            pane.Add(Heading("Legend"));
            pane.Add(_legend = Lines("legend"));
            pane.Add(Heading("Recording"));
            pane.Add(_ring = Lines("ring"));
            return pane;
        }

        private ToolbarToggle Toggle(string name, string text, string tip, Action<bool> set)
        {
            var toggle = new ToolbarToggle { name = name, text = text, tooltip = tip };
            toggle.RegisterValueChangedCallback(change => Do(() => set(change.newValue)));
            return toggle;
        }

        private ToolbarButton Button(string name, string text, string tip, Action act) => new ToolbarButton(() => Do(act)) { name = name, text = text, tooltip = tip };

        private static ToolbarMenu Menu(string name, string tip) => new ToolbarMenu { name = name, tooltip = tip };

        private static Label Heading(string text) => new Label(text) { style = { unityFontStyleAndWeight = FontStyle.Bold, marginTop = 6, marginLeft = 3 } };

        private static Label Lines(string name) => new Label { name = name, style = { whiteSpace = WhiteSpace.Normal, marginLeft = 3, marginBottom = 4 } };

        private static int Pixels(float points) => (int)(points * EditorGUIUtility.pixelsPerPoint);

        // ---- what a person does

        private void Press(KeyDownEvent e)
        {
            ViewerKey? key = e.keyCode switch
            {
                KeyCode.LeftArrow => ViewerKey.Left,
                KeyCode.RightArrow => ViewerKey.Right,
                KeyCode.UpArrow => ViewerKey.Up,
                KeyCode.DownArrow => ViewerKey.Down,
                KeyCode.Home => ViewerKey.Home,
                KeyCode.End => ViewerKey.End,
                KeyCode.F => ViewerKey.Fit,
                KeyCode.Escape => ViewerKey.Escape,
                _ => null,
            };
            if (!(key is ViewerKey pressed)) return;
            Viewer.Press(pressed, e.shiftKey);
            e.StopPropagation();
            Refresh();
        }

        private void Break() => Do(() =>
        {
            Viewer.AddBreakpoint(_condition!.value);
            _condition.value = "";
        });

        private void ExportFile(string what, string extension, Action<string, ViewerExport> write)
        {
            string path = EditorUtility.SaveFilePanel($"Export {what}", "", Viewer.Agent.Length > 0 ? Viewer.Agent : "agent", extension);
            if (path.Length == 0) return;
            Do(() =>
            {
                write(path, new ViewerExport(Viewer));
                EditorUtility.RevealInFinder(path);
            });
        }

        private void ExportFolder()
        {
            string folder = EditorUtility.OpenFolderPanel("Export All Views", "", Viewer.Agent);
            if (folder.Length == 0) return;
            Do(() =>
            {
                new ViewerExport(Viewer).Pictures(folder, Math.Max(400, Pixels(_picture!.contentRect.width)), Math.Max(300, Pixels(_picture.contentRect.height)), PictureElement.EditorSkin);
                EditorUtility.RevealInFinder(folder);
            });
        }

        private void OpenFileByPanel()
        {
            string path = EditorUtility.OpenFilePanel("Open Recording", "", "rnnstate");
            if (path.Length > 0) LookAt(ViewerTarget.File(path));
        }

        private void Do(Action act)
        {
            _failed = "";
            Try(act);
            Refresh();
        }

        // Whatever can go wrong says so in a sentence, which is shown.
        private void Try(Action act)
        {
            try
            {
                act();
            }
            catch (Exception e) when (e is ArgumentException || e is InvalidOperationException || e is FormatException || e is IOException || e is UnauthorizedAccessException)
            {
                _failed = e.Message;
            }
        }

        // ---- what is shown

        private void Tick()
        {
            if (_viewer != null && _viewer.Update() || _isFresh) Refresh();
        }

        private void Refresh()
        {
            if (_picture == null || _viewer == null) return;
            _isFresh = _picture.panel == null;
            _picture.Paint();
            bool live = _viewer.Link is { IsLive: true };
            Show(_record!, _viewer.IsRecording, live);
            Show(_pause!, _viewer.IsPaused, live);
            _step!.SetEnabled(live && _viewer.IsPaused);
            Show(_live!, _viewer.Timeline.IsFollowing, live);
            Show(_state!, _viewer.State == "c", _viewer.Cells.Any(cell => cell.HasCellState));
            foreach (VisualElement tab in _tabs!.Children()) Show((ToolbarToggle)tab, tab.name == "tab-" + _viewer.Tab, true);
            ShowTrouble();
            ShowUnit();
            ShowLists();
        }

        private static void Show(ToolbarToggle toggle, bool on, bool enabled)
        {
            toggle.SetValueWithoutNotify(on);
            toggle.SetEnabled(enabled);
        }

        private void ShowTrouble()
        {
            string cut = _viewer!.Link is FileStateLink { Cut: string reason } ? reason : "";
            string text = _failed.Length > 0 ? _failed : _viewer.Trouble.Length > 0 ? _viewer.Trouble : cut;
            _trouble!.text = text;
            _trouble.style.display = text.Length > 0 ? DisplayStyle.Flex : DisplayStyle.None;
        }

        private void ShowUnit()
        {
            UnitReading? reading = _viewer!.Inspect();
            _unit!.text = reading is UnitReading unit ? $"{unit.Now.Track.Name}[{unit.Now.Unit.ToString(CultureInfo.InvariantCulture)}]" : "No unit selected";
            _figures!.text = reading is UnitReading r
                ? FormattableString.Invariant($"value  {r.Now.Value:0.####}\nmin  {r.Low:0.####}\nmax  {r.High:0.####}\nmean  {r.Mean:0.####}\nσ  {r.Deviation:0.####}\nover {r.Steps} steps") + (r.NotFinite > 0 ? FormattableString.Invariant($"\nNaN  {r.NotFinite}") : "")
                : "Click a row of the picture.";
            _legend!.text = FormattableString.Invariant($"h, g, n, A − B: −1 … 0 … +1\ngates: 0 shut … 1 open\nopen above {_viewer.OpenAbove:0.##}, shut below {_viewer.ShutBelow:0.##}\nhatched: NaN");
            IRecordedSteps? steps = _viewer.Steps;
            string ring = steps is AgentRecorder agent ? FormattableString.Invariant($"ring  {steps.EndStep - steps.FirstStep} / {agent.Capacity}") : steps != null ? FormattableString.Invariant($"steps  {steps.EndStep - steps.FirstStep}") : "nothing";
            string range = _viewer.Timeline.Range is (long from, long to) ? FormattableString.Invariant($"\nrange  {from} … {to}") : "";
            string dropped = _viewer.Link is { DroppedSteps: long lost } && lost > 0 ? FormattableString.Invariant($"\ndropped  {lost}") : "";
            _ring!.text = ring + range + dropped;
        }

        // Lists are made anew only when what they list has changed.
        private void ShowLists()
        {
            IReadOnlyList<ViewerAgent> agents = _viewer!.Agents;
            string listed = string.Join("\n", agents.Select(agent => $"{agent.Name}|{agent.Warning}|{agent.IsAttached}")) + "\r" + string.Join("\n", _viewer.Cells.Select(cell => cell.Name)) + "\r" + string.Join("\n", _viewer.Probes) + "\r"
                + string.Join("\n", _viewer.Breakpoints.Select(breakpoint => $"{breakpoint.Condition}|{breakpoint.IsEnabled}|{breakpoint.Hits}")) + $"\r{_viewer.Agent}\r{_viewer.Against}\r{_viewer.Cell}\r{_viewer.UnitsBy.Name}\r{_target}"
                + string.Join("\n", ViewerTarget.Players().Select(player => player.Key));
            if (listed == _listed) return;
            _listed = listed;
            _agents!.itemsSource = agents.ToList();
            _agents.RefreshItems();
            int index = agents.ToList().FindIndex(agent => agent.Name == _viewer.Agent);
            _agents.SetSelectionWithoutNotify(index < 0 ? Array.Empty<int>() : new[] { index });
            ShowMenus(agents);
            _layers!.Clear();
            foreach (RecordedCell cell in _viewer.Cells)
            {
                ToolbarToggle toggle = Toggle("layer-" + cell.Name, cell.Name, $"{cell.Kind}, {cell.HiddenSize} units", _ => _viewer.Cell = cell.Name);
                toggle.SetValueWithoutNotify(cell.Name == _viewer.Cell);
                _layers.Add(toggle);
            }
            _probes!.Clear();
            foreach (ViewerProbe probe in _viewer.Probes) _probes.Add(Row(new Label(probe.ToString()), () => _viewer.RemoveProbe(probe)));
            _breakpoints!.Clear();
            foreach (ViewerBreakpoint breakpoint in _viewer.Breakpoints) _breakpoints.Add(BreakpointRow(breakpoint));
        }

        private void ShowMenus(IReadOnlyList<ViewerAgent> agents)
        {
            var target = ViewerTarget.Parse(_target);
            _targets!.text = "Target: " + target.Name;
            _targets.menu.MenuItems().Clear();
            Choice(_targets, ViewerTarget.PlayMode.Name, target.IsPlayMode, () => LookAt(ViewerTarget.PlayMode));
            foreach (ViewerTarget player in ViewerTarget.Players()) Choice(_targets, player.Name, player.Key == _target, () => LookAt(player));
            _targets.menu.AppendSeparator();
            _targets.menu.AppendAction("Open Recording…", _ => OpenFileByPanel());

            _shown!.text = _viewer!.Agent.Length > 0 ? _viewer.Agent : "no agent";
            _against!.text = _viewer.Against.Length > 0 ? _viewer.Against : "none";
            _shown.menu.MenuItems().Clear();
            _against.menu.MenuItems().Clear();
            Choice(_against, "none", _viewer.Against.Length == 0, () => Do(() => _viewer.Compare("")));
            foreach (ViewerAgent agent in agents)
            {
                Choice(_shown, agent.Name, agent.Name == _viewer.Agent, () => Do(() => _viewer.Show(agent.Name)));
                if (agent.Name != _viewer.Agent) Choice(_against, agent.Name, agent.Name == _viewer.Against, () => Do(() => _viewer.Compare(agent.Name)));
            }

            _order!.text = "Sort: " + _viewer.UnitsBy.Name;
            _order.menu.MenuItems().Clear();
            foreach (IUnitOrder order in _viewer.Orders) Choice(_order, order.Name, order == _viewer.UnitsBy, () => Do(() => _viewer.UnitsBy = order));
            if (_viewer.Orders.All(order => order.Name != "cluster")) _order.menu.AppendAction("cluster (needs MathNet.Numerics)", _ => { }, DropdownMenuAction.Status.Disabled);
        }

        private static void Choice(ToolbarMenu menu, string name, bool isChosen, Action choose) =>
            menu.menu.AppendAction(name, _ => choose(), isChosen ? DropdownMenuAction.Status.Checked : DropdownMenuAction.Status.Normal);

        private VisualElement BreakpointRow(ViewerBreakpoint breakpoint)
        {
            var heeded = new Toggle { tooltip = "Whether the game pauses at it." };
            heeded.SetValueWithoutNotify(breakpoint.IsEnabled);
            heeded.RegisterValueChangedCallback(change => Do(() => _viewer!.Enable(breakpoint, change.newValue)));
            var jump = new Button(() => Do(() => _viewer!.JumpToHit(breakpoint)))
            {
                text = $"{breakpoint.Condition}  ({breakpoint.Hits.ToString(CultureInfo.InvariantCulture)})",
                tooltip = breakpoint.LastHit.Length > 0 ? breakpoint.LastHit + "\nClick for the next." : "Click for the next step in which it comes to hold.",
                style = { flexGrow = 1 },
            };
            VisualElement row = Row(jump, () => _viewer!.RemoveBreakpoint(breakpoint));
            row.Insert(0, heeded);
            return row;
        }

        private VisualElement Row(VisualElement what, Action remove)
        {
            var row = new VisualElement { style = { flexDirection = FlexDirection.Row } };
            what.style.flexGrow = 1;
            row.Add(what);
            row.Add(new Button(() => Do(remove)) { name = "remove", text = "×", tooltip = "Removes it." });
            return row;
        }
    }
}
