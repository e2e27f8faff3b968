using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using Recurrent.Diagnostics;
using UnityEditor;
using UnityEditor.UIElements;
using UnityEngine;
using UnityEngine.UIElements;

namespace RecurrentEditor
{
    /// <summary>The training window: what trains, its losses and gradients, how long it will still take, and the runs of before. Chrome alone: a <see cref="TrainingMonitor"/> says what is shown.</summary>
    public sealed class TrainingWindow : EditorWindow
    {
        private const string Nothing = "Nothing trains";

        [SerializeField]
        private string _training = "";

        private ToolbarMenu? _choice;
        private ToolbarButton? _start, _pause, _stop;
        private Label? _status;
        private HelpBox? _trouble;
        private ProgressBar? _progress;
        private PictureElement? _picture;
        private MultiColumnListView? _history;

        // Unity carries private fields over when scripts are loaded anew; these speak of a monitor that is gone then.
        [NonSerialized]
        private long _version = -1;

        [NonSerialized]
        private int _changes = -1;

        private static TrainingMonitor Monitor => TrainingDesk.Monitor;

        /// <summary>Opens it.</summary>
        [MenuItem("Window/Analysis/RNN Training")]
        public static void Open()
        {
            var window = GetWindow<TrainingWindow>();
            window.titleContent = new GUIContent("RNN Training");
            window.minSize = new Vector2(360f, 300f);
        }

        private void OnEnable()
        {
            TrainingDesk.Listen();
            Seen(true);
        }

        private void OnDisable()
        {
            if (_history != null) _history.selectionChanged -= Compare;
            Seen(false);
        }

        private void OnBecameVisible() => Seen(true);

        private void OnBecameInvisible() => Seen(false);

        private void CreateGUI()
        {
            rootVisualElement.Add(MakeToolbar());
            _trouble = new HelpBox("", HelpBoxMessageType.Warning) { style = { display = DisplayStyle.None } };
            rootVisualElement.Add(_trouble);
            _status = new Label { name = "status", style = { whiteSpace = WhiteSpace.Normal, marginLeft = 6, marginRight = 6, marginTop = 4, marginBottom = 2 } };
            rootVisualElement.Add(_status);
            _progress = new ProgressBar { name = "progress", lowValue = 0f, highValue = 1f, style = { marginLeft = 6, marginRight = 6 } };
            rootVisualElement.Add(_progress);
            var panes = new TwoPaneSplitView(1, 160f, TwoPaneSplitViewOrientation.Vertical) { viewDataKey = "training-panes", style = { flexGrow = 1 } };
            _picture = new PictureElement((width, height, skin) => Monitor.Draw(width, height, skin)) { name = "picture", style = { flexGrow = 1, minHeight = 120 } };
            panes.Add(_picture);
            panes.Add(MakeHistory());
            rootVisualElement.Add(panes);
            rootVisualElement.schedule.Execute(Refresh).Every((long)(1000 * TrainingDesk.Interval));
            TrainingDesk.Look();
            Choose(Monitor.Trainings.FirstOrDefault(training => training.Name == _training));
            Refresh();
        }

        private Toolbar MakeToolbar()
        {
            var toolbar = new Toolbar();
            _choice = new ToolbarMenu { name = "choice", text = Nothing, tooltip = "What is shown and steered: the trainers of the scene, and in Play Mode forecasters that learn." };
            _start = new ToolbarButton(() => Do(Monitor.Start)) { name = "start", text = "Start", tooltip = "Begins a run. In Edit Mode the trainer's asset learns from recorded play, in the background." };
            _pause = new ToolbarButton(() => Do(() => (Monitor.CanResume ? (Action)Monitor.Resume : Monitor.Pause)())) { name = "pause", text = "Pause" };
            _stop = new ToolbarButton(() => Do(Monitor.Stop)) { name = "stop", text = "Stop", tooltip = "Ends the run with the best weights so far." };
            var runs = new ToolbarMenu { name = "runs", text = "Runs", style = { marginLeft = StyleKeyword.Auto } };
            runs.menu.AppendAction("Forget Selected", _ => Forget(Monitor.Compared.ToArray()), _ => Monitor.Compared.Count > 0 ? DropdownMenuAction.Status.Normal : DropdownMenuAction.Status.Disabled);
            runs.menu.AppendAction("Forget All", _ => ForgetAll(), _ => Monitor.History.Runs.Count > 0 ? DropdownMenuAction.Status.Normal : DropdownMenuAction.Status.Disabled);
            foreach (VisualElement part in new VisualElement[] { _choice, _start, _pause, _stop, runs }) toolbar.Add(part);
            return toolbar;
        }

        private MultiColumnListView MakeHistory()
        {
            var columns = new Columns();
            void Column(string title, float width, Func<RunRecord, string> text) => columns.Add(new Column
            {
                name = title,
                title = title,
                width = width,
                sortable = false,
                makeCell = () => new Label { style = { unityTextAlign = TextAnchor.MiddleLeft, paddingLeft = 4 } },
                bindCell = (cell, row) =>
                {
                    ((Label)cell).text = text(Monitor.History.Runs[row]);
                    cell.tooltip = Monitor.History.Runs[row].Message;
                },
            });
            Column("Run", 140, run => run.Name);
            Column("Began", 110, run => run.Began.ToLocalTime().ToString("d MMM HH:mm", CultureInfo.InvariantCulture));
            Column("Epochs", 60, run => run.EpochCount.ToString(CultureInfo.InvariantCulture));
            Column("Best loss", 80, run => run.BestEpoch == 0 ? "–" : run.BestLoss.ToString("G4", CultureInfo.InvariantCulture));
            Column("In epoch", 60, run => run.BestEpoch == 0 ? "–" : run.BestEpoch.ToString(CultureInfo.InvariantCulture));
            Column("Time", 90, run => TrainingMonitor.Describe(run.Elapsed));
            Column("Ended", 120, run => ObjectNames.NicifyVariableName(run.Outcome.ToString()));
            _history = new MultiColumnListView(columns)
            {
                name = "history",
                viewDataKey = "training-history",
                selectionType = SelectionType.Multiple,
                showAlternatingRowBackgrounds = AlternatingRowBackground.ContentOnly,
                tooltip = "Runs of before. Selected ones are drawn beside the losses.",
                style = { minHeight = 60 },
            };
            _history.selectionChanged += Compare;
            return _history;
        }

        private void Seen(bool isSeen)
        {
            Monitor.IsSeen = isSeen;
            if (isSeen) TrainingDesk.Wake();
        }

        private void Do(Action act)
        {
            act();
            TrainingDesk.Wake();
            TrainingDesk.Look();
            Refresh();
        }

        private void Choose(IMonitoredTraining? training)
        {
            if (training == null) return;
            Monitor.Selected = training;
            _training = training.Name;
            Refresh();
        }

        private void Refresh()
        {
            TrainingMonitor monitor = Monitor;
            // After a reload the desk is another.
            if (!monitor.IsSeen) Seen(true);
            Show(_choice!, monitor);
            _start!.SetEnabled(monitor.CanStart);
            _stop!.SetEnabled(monitor.CanStop);
            _pause!.SetEnabled(monitor.CanPause || monitor.CanResume);
            _pause.text = monitor.CanResume ? "Resume" : "Pause";
            _status!.text = monitor.Status;
            _progress!.value = (float)monitor.Fraction;
            _trouble!.style.display = monitor.History.Trouble == null ? DisplayStyle.None : DisplayStyle.Flex;
            _trouble.text = monitor.History.Trouble ?? "";
            if (_changes != monitor.History.Changes || _history!.itemsSource == null)
            {
                _changes = monitor.History.Changes;
                _history!.itemsSource = new List<RunRecord>(monitor.History.Runs);
                _history.SetSelectionWithoutNotify(monitor.Compared.Select(run => Array.IndexOf(monitor.History.Runs.ToArray(), run)).Where(index => index >= 0));
                _history.RefreshItems();
            }
            if (_version == monitor.Version) return;
            _version = monitor.Version;
            _picture!.Paint();
        }

        private void Show(ToolbarMenu choice, TrainingMonitor monitor)
        {
            choice.text = monitor.Selected?.Name ?? Nothing;
            choice.menu.MenuItems().Clear();
            foreach (IMonitoredTraining training in monitor.Trainings)
                choice.menu.AppendAction(training.Name, _ => Choose(training), _ => training == Monitor.Selected ? DropdownMenuAction.Status.Checked : DropdownMenuAction.Status.Normal);
        }

        private void Compare(IEnumerable<object> selected)
        {
            foreach (RunRecord run in Monitor.Compared.ToArray()) Monitor.Compare(run, false);
            foreach (RunRecord run in selected.OfType<RunRecord>()) Monitor.Compare(run, true);
            Refresh();
        }

        private void Forget(IReadOnlyList<RunRecord> runs)
        {
            foreach (RunRecord run in runs) Monitor.Forget(run);
            Refresh();
        }

        private void ForgetAll()
        {
            if (EditorUtility.DisplayDialog("Forget all runs?", $"The history of {Monitor.History.Runs.Count} training runs is deleted. Models are not touched.", "Forget", "Cancel")) Forget(Monitor.History.Runs.ToArray());
        }
    }
}
