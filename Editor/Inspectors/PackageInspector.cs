using System;
using System.Collections.Generic;
using System.Linq;
using Recurrent.Components;
using Recurrent.Diagnostics;
using UnityEditor;
using UnityEditor.UIElements;
using UnityEngine;
using UnityEngine.UIElements;

namespace RecurrentEditor
{
    /// <summary>
    /// The inspector of every component and asset of the package: warnings, the fields as Unity draws them, the card of the model, and in Play Mode four times a second figures and the
    /// hidden states. Folded away, or of several objects at once, it shows nothing alive and costs nothing.
    /// </summary>
    internal abstract class PackageInspector : Editor
    {
        private const long Interval = 250;
        private const int KeptSteps = 128, MostWarnings = 6;
        private const float PictureHeight = 96f;

        private readonly List<(Button Button, InspectorAction Action)> _buttons = new List<(Button, InspectorAction)>();
        private readonly HashSet<SequenceModelAsset> _heard = new HashSet<SequenceModelAsset>();
        private InspectorView[] _views = Array.Empty<InspectorView>();
        private VisualElement? _root, _warnings, _card, _facts;
        private PictureElement? _picture;
        private StateFollower? _states;
        private StepMeter? _meter;

        [NonSerialized]
        private long _shownSteps = -1;

        [NonSerialized]
        private bool _isLive;

        private InspectorView View => _views[0];

        /// <inheritdoc/>
        public override VisualElement CreateInspectorGUI()
        {
            _views = Array.ConvertAll(targets, InspectorViews.Of);
            _buttons.Clear();
            _root = new VisualElement();
            _root.Add(_warnings = new VisualElement { name = "warnings" });
            InspectorElement.FillDefaultInspector(_root, serializedObject, this);
            _root.Add(_card = new VisualElement { name = "card", style = { marginTop = 6 } });
            _root.Add(_facts = new VisualElement { name = "facts", style = { marginTop = 2 } });
            _root.Add(_picture = new PictureElement(Paint) { name = "states", style = { height = PictureHeight, marginTop = 4, display = DisplayStyle.None } });
            if (targets.Length == 1) _root.Add(MakeButtons());
            // An asset's bytes may be many, and tell of their changes themselves.
            if (target is Component) _root.TrackSerializedObjectValue(serializedObject, _ => ShowSetup());
            else _root.RegisterCallback<SerializedPropertyChangeEvent>(_ => ShowSetup());
            _root.RegisterCallback<AttachToPanelEvent>(_ => ShowSetup());
            _root.RegisterCallback<DetachFromPanelEvent>(_ => Leave());
            _root.schedule.Execute(Tick).Every(Interval);
            ShowSetup();
            return _root;
        }

        private void OnDisable() => Leave();

        /// <summary>Whether a person could see it: in a panel, and neither it nor what it lies in folded away.</summary>
        private static bool IsShown(VisualElement element)
        {
            if (element.panel == null) return false;
            for (VisualElement? part = element; part != null; part = part.parent)
                if (part.resolvedStyle.display == DisplayStyle.None) return false;
            return true;
        }

        private VisualElement MakeButtons()
        {
            var row = new VisualElement { name = "buttons", style = { flexDirection = FlexDirection.Row, flexWrap = Wrap.Wrap, marginTop = 4 } };
            foreach (InspectorAction action in View.Actions)
            {
                var button = new Button(() =>
                {
                    action.Act();
                    ShowFacts();
                })
                { text = action.Name };
                _buttons.Add((button, action));
                row.Add(button);
            }
            return row;
        }

        /// <summary>What depends on fields and models: warnings and card.</summary>
        private void ShowSetup()
        {
            if (_root == null || Array.Exists(targets, target => target == null)) return;
            Hear();
            _warnings!.Clear();
            foreach (InspectorView view in _views)
                foreach (string warning in view.Warnings())
                {
                    if (_warnings.childCount == MostWarnings) break;
                    _warnings.Add(new HelpBox(_views.Length == 1 ? warning : $"{view.Target.name}: {warning}", HelpBoxMessageType.Warning));
                }
            _card!.Clear();
            if (Array.TrueForAll(_views, view => view.Model?.Invoke() == View.Model?.Invoke())) Fill(_card, View.Card().Select(row => (row.Key, row.Value)));
            ShowFacts();
        }

        private void ShowFacts()
        {
            _facts!.Clear();
            if (_views.Length == 1) Fill(_facts, View.ReadFacts());
            foreach ((Button button, InspectorAction action) in _buttons)
            {
                button.text = action.Name;
                button.SetEnabled(action.IsEnabled);
            }
        }

        private static void Fill(VisualElement table, IEnumerable<(string Heading, string Text)> rows)
        {
            foreach ((string heading, string text) in rows)
            {
                var row = new VisualElement { style = { flexDirection = FlexDirection.Row } };
                row.Add(new Label(heading) { style = { width = 120, opacity = 0.7f } });
                row.Add(new Label(text) { style = { flexGrow = 1, flexShrink = 1, whiteSpace = WhiteSpace.Normal } });
                table.Add(row);
            }
        }

        private void Tick()
        {
            if (!EditorApplication.isPlaying || _views.Length != 1 || target == null || !IsShown(_root!))
            {
                Rest();
                return;
            }
            _isLive = true;
            Watch(View.Meter?.Invoke());
            ShowFacts();
            if (View.Source == null) return;
            _states ??= new StateFollower(View.Source, RecordChannels.Hidden, KeptSteps);
            _states.Follow();
            AgentRecorder? recorder = _states.Recorder;
            _picture!.style.display = recorder == null ? DisplayStyle.None : DisplayStyle.Flex;
            if (recorder == null || recorder.StepCount == _shownSteps) return;
            _shownSteps = recorder.StepCount;
            _picture.Paint();
        }

        // An NPC that joins a crowd is measured there.
        private void Watch(StepMeter? meter)
        {
            if (_meter != null && _meter != meter) _meter.IsWatched = false;
            _meter = meter;
            if (meter != null) meter.IsWatched = true;
        }

        /// <summary>Nobody looks: nothing is measured, recorded or painted.</summary>
        private void Rest()
        {
            if (!_isLive) return;
            _isLive = false;
            if (_meter != null) _meter.IsWatched = false;
            _meter = null;
            _states?.Dispose();
            _states = null;
            _shownSteps = -1;
            _picture!.style.display = DisplayStyle.None;
        }

        private void Leave()
        {
            Rest();
            Deafen();
        }

        private StateCanvas? Paint(int width, int height, Skin skin)
        {
            if (!(_states?.Recorder is AgentRecorder recorder)) return null;
            var canvas = new StateCanvas(width, height);
            canvas.Clear(skin.Background);
            StateThumbnail.Draw(recorder, canvas, canvas.Bounds, skin);
            return canvas;
        }

        /// <summary>Hears of other bytes in the models that are shown.</summary>
        private void Hear()
        {
            Deafen();
            foreach (InspectorView view in _views)
            {
                if (view.Model?.Invoke() is SequenceModelAsset model && model != null && _heard.Add(model)) model.Changed += ShowSetup;
            }
        }

        private void Deafen()
        {
            foreach (SequenceModelAsset model in _heard) model.Changed -= ShowSetup;
            _heard.Clear();
        }
    }
}
