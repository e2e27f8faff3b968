using System;
using System.Collections.Generic;
using System.Linq;
using NUnit.Framework;
using Recurrent;
using Recurrent.Components;
using UnityEditor;
using UnityEditor.UIElements;
using UnityEngine;
using UnityEngine.UIElements;
using UnityPlayer;
using Hand = UnityEditor.Double.Hand;
using Object = UnityEngine.Object;
using Session = UnityEditor.Double.Session;

namespace RecurrentEditor.Tests
{
    public sealed class InspectorTests
    {
        private Player? _player;

        [TearDown]
        public void TearDown()
        {
            Session.End();
            _player?.Dispose();
            _player = null;
            foreach (GameObject made in Object.FindObjectsByType<GameObject>(FindObjectsSortMode.None)) Object.DestroyImmediate(made);
        }

        private static SequenceModelAsset Asset(int hidden, string name)
        {
            var model = new SequenceModel(("memory", new GRU(2, hidden, seed: 3)), ("head", new Linear(hidden, 2 + 2, seed: 4)));
            Policy.Describe(model, RecordedPlay.Layout);
            SequenceModelAsset asset = SequenceModelAsset.Create(model);
            asset.name = name;
            return asset;
        }

        private void Play() => _player = new Player(new UnityPlayer.PlayerSettings { IsEditor = true });

        /// <summary>An inspector in a window, as the Inspector window holds it.</summary>
        private static VisualElement Inspect(params Object[] targets)
        {
            var window = EditorWindow.GetWindow<Shelf>();
            var inspector = new InspectorElement(Editor.CreateEditor(targets)) { name = "inspector" };
            window.rootVisualElement.Add(inspector);
            window.position = new Rect(0f, 0f, 400f, 900f);
            Session.Advance(20);
            return inspector;
        }

        private static string[] Warnings(VisualElement inspector) => inspector.Q("warnings").Query<HelpBox>().ToList().Select(box => box.text).ToArray();

        private static string Row(VisualElement inspector, string table, string heading)
        {
            foreach (VisualElement row in inspector.Q(table).Children())
            {
                List<Label> labels = row.Query<Label>().ToList();
                if (labels[0].text == heading) return labels[1].text;
            }
            return "";
        }

        private static Button Find(VisualElement inspector, string text) => inspector.Query<Button>().ToList().Single(button => button.text == text);

        private RecurrentNpc Npc(SequenceModelAsset? model)
        {
            var owner = new GameObject("Guard");
            owner.AddComponent<Eyes>();
            var npc = owner.AddComponent<RecurrentNpc>();
            npc.DecisionPeriod = 1;
            npc.Model = model;
            return npc;
        }

        [Test]
        public void TheCardFollowsTheModelThatIsAssignedSwappedAndTakenAway()
        {
            RecurrentNpc npc = Npc(Asset(6, "small"));
            VisualElement inspector = Inspect(npc);
            Assert.That(Row(inspector, "card", "Layers"), Does.Contain("GRU(2→6)").And.Contain("Linear(6→4)"));
            // 3 gates of 6 units, from 2 and 6 inputs with two biases; then 4 outputs.
            Assert.That(Row(inspector, "card", "Parameters"), Is.EqualTo($"{3 * 6 * (2 + 6 + 2) + 4 * (6 + 1)}"));
            npc.Model = Asset(9, "large");
            Session.Advance(200);
            Assert.That(Row(inspector, "card", "Layers"), Does.Contain("GRU(2→9)"));
            npc.Model.SetModel(Asset(7, "").Model);
            Assert.That(Row(inspector, "card", "Layers"), Does.Contain("GRU(2→7)"), "other bytes in the same asset");
            npc.Model = null;
            Session.Advance(200);
            Assert.That(inspector.Q("card").childCount, Is.Zero);
        }

        [Test]
        public void WarningsAreThoseOfTheConsoleAndComeAndGo()
        {
            RecurrentNpc npc = Npc(null);
            (npc.DecisionPeriod, npc.DecisionOffset) = (5, 7);
            VisualElement inspector = Inspect(npc);
            Assert.That(Warnings(inspector), Is.EqualTo(new[] { "Decides at step 7 of a period of 5 steps, which is step 2." }));
            npc.Control = NpcControl.Model;
            Session.Advance(200);
            Assert.That(Warnings(inspector), Is.EqualTo(new[] { "Decides at step 7 of a period of 5 steps, which is step 2.", "Is to be driven by a model, and there is none." }));
            npc.DecisionOffset = 0;
            npc.Model = Asset(4, "model");
            Session.Advance(200);
            Assert.That(Warnings(inspector), Is.Empty);
        }

        [Test]
        public void ABadModelIsAWarningAndAnEmptyOneIsNot()
        {
            SequenceModelAsset bad = SequenceModelAsset.Create(new byte[] { 9, 9, 9 });
            bad.name = "broken";
            RecurrentNpc npc = Npc(bad);
            VisualElement inspector = Inspect(npc);
            Assert.That(Warnings(inspector).Single(), Does.StartWith("The model 'broken' cannot be read: "));
            Assert.That(inspector.Q("card").childCount, Is.Zero);
            bad.SetModel(Asset(5, "").Model);
            Assert.That(Warnings(inspector), Is.Empty);
            Assert.That(Row(inspector, "card", "Layers"), Does.Contain("GRU(2→5)"));
            npc.Model = ScriptableObject.CreateInstance<SequenceModelAsset>();
            Session.Advance(200);
            Assert.That(Warnings(inspector), Is.Empty);
        }

        [Test]
        public void AModelsOwnInspectorShowsItsCardAndNotes()
        {
            VisualElement inspector = Inspect(Asset(6, "model"));
            Assert.That(Row(inspector, "card", "Layers"), Does.Contain("GRU(2→6)"));
            Assert.That(Row(inspector, "card", "Agent"), Is.EqualTo(RecordedPlay.Layout.ToString()));
            Assert.That(Row(inspector, "card", "ONNX Runtime"), Is.Not.Empty);
            Assert.That(Row(inspector, "facts", "Size"), Does.Match(@"^\d+ bytes$"));
            Assert.That(Row(Inspect(ScriptableObject.CreateInstance<SequenceModelAsset>()), "facts", "Size"), Does.StartWith("empty"));
        }

        [Test]
        public void EpisodesShowWhatTheyHold()
        {
            VisualElement inspector = Inspect(RecordedPlay.Asset(5, 16));
            Assert.That(Row(inspector, "facts", "Episodes"), Is.EqualTo("5"));
            Assert.That(Row(inspector, "facts", "Steps"), Is.EqualTo("80"));
            Assert.That(Row(inspector, "facts", "A step"), Is.EqualTo(RecordedPlay.Layout.ToString()));
            Assert.That(Row(Inspect(EpisodesAsset.Create(new byte[] { 1, 2, 3 })), "facts", "Cannot be read"), Does.Contain("RNNEPISO"));
        }

        [Test]
        public void InPlayModeTheStatesLiveAndStepsAreTimed()
        {
            Play();
            RecurrentNpc npc = Npc(Asset(6, "model"));
            _player!.Step(3);
            VisualElement inspector = Inspect(npc);
            var picture = inspector.Q<Image>("states");
            _player.Step(2);
            Session.Advance(300);
            _player.Step(5);
            Session.Advance(300);
            Assert.That(picture.resolvedStyle.display, Is.EqualTo(DisplayStyle.Flex));
            var before = (Color32[])((Texture2D)picture.image).GetPixels32().Clone();
            Assert.That(Row(inspector, "facts", "Decides"), Is.EqualTo("the model"));
            Assert.That(Row(inspector, "facts", "A step takes"), Does.EndWith(" µs"));
            _player.Step(20);
            Session.Advance(300);
            Assert.That(((Texture2D)picture.image).GetPixels32(), Is.Not.EqualTo(before));
        }

        [Test]
        public void FoldedAwayOrClosedNothingIsMeasured()
        {
            Play();
            RecurrentNpc npc = Npc(Asset(6, "model"));
            VisualElement inspector = Inspect(npc);
            _player!.Step(3);
            Session.Advance(300);
            Assert.That(npc.Meter.IsWatched, Is.True);
            inspector.style.display = DisplayStyle.None;
            Session.Advance(300);
            Assert.That(npc.Meter.IsWatched, Is.False);
            double measured = npc.Meter.Microseconds;
            _player.Step(10);
            Assert.That(npc.Meter.Microseconds, Is.EqualTo(measured));
            inspector.style.display = DisplayStyle.Flex;
            Session.Advance(300);
            Assert.That(npc.Meter.IsWatched, Is.True);
            inspector.RemoveFromHierarchy();
            Assert.That(npc.Meter.IsWatched, Is.False);
        }

        [Test]
        public void InEditModeNothingIsAlive()
        {
            RecurrentNpc npc = Npc(Asset(6, "model"));
            VisualElement inspector = Inspect(npc);
            Session.Advance(1000);
            Assert.That(npc.Meter.IsWatched, Is.False);
            Assert.That(inspector.Q("states").resolvedStyle.display, Is.EqualTo(DisplayStyle.None));
            Assert.That(inspector.Q("facts").childCount, Is.Zero);
            Assert.That(Find(inspector, "Reset State").enabledInHierarchy, Is.False);
        }

        [Test]
        public void TheButtonsResetRecordAndOpen()
        {
            Play();
            RecurrentNpc npc = Npc(Asset(6, "model"));
            VisualElement inspector = Inspect(npc);
            _player!.Step(4);
            Session.Advance(300);
            int episodes = 0;
            npc.EpisodeEnded += (_, isWhole) => episodes += isWhole ? 100 : 1;
            Hand.Click(Find(inspector, "Reset State"));
            Assert.That(episodes, Is.EqualTo(1));
            Assert.That(npc.Snapshot().State, Has.All.Zero);
            Hand.Click(Find(inspector, "Record"));
            _player.Step(3);
            Assert.That(npc.GetComponent<StateProbe>().Recorder!.StepCount, Is.EqualTo(3));
            Hand.Click(Find(inspector, "Stop Recording"));
            Assert.That(npc.GetComponent<StateProbe>().IsRecording, Is.False);
        }

        [Test]
        public void ATrainersInspectorBeginsAndEndsRuns()
        {
            Play();
            SequenceTrainer trainer = RecordedPlay.Trainer("Teacher", epochs: 500);
            VisualElement inspector = Inspect(trainer);
            Session.Advance(300);
            Hand.Click(Find(inspector, "Begin"));
            Assert.That(trainer.State, Is.EqualTo(TrainerState.Running));
            Assert.That(Row(inspector, "facts", "Run"), Is.EqualTo("Running, epoch 1 of 500"));
            Hand.Click(Find(inspector, "Pause"));
            Assert.That(trainer.State, Is.EqualTo(TrainerState.Paused));
            Hand.Click(Find(inspector, "Stop"));
            Assert.That(trainer.State, Is.EqualTo(TrainerState.Idle));
            Assert.That(Row(inspector, "facts", "Run"), Is.EqualTo(trainer.LastResult!.Message));
            Hand.Click(Find(inspector, "Open Training"));
            Assert.That(EditorWindow.HasOpenInstances<TrainingWindow>(), Is.True);
        }

        [Test]
        public void SeveralAreEditedAtOnce()
        {
            RecurrentNpc a = Npc(Asset(6, "model")), b = Npc(null);
            b.Model = a.Model;
            (a.name, b.name) = ("A", "B");
            b.DecisionOffset = 3;
            VisualElement inspector = Inspect(a, b);
            Assert.That(Warnings(inspector), Is.EqualTo(new[] { "B: Decides at step 3 of a period of 1 steps, which is step 0." }));
            Assert.That(Row(inspector, "card", "Layers"), Does.Contain("GRU(2→6)"), "they share it");
            Assert.That(inspector.Query<Button>().ToList(), Is.Empty);
            b.Model = Asset(7, "other");
            Session.Advance(200);
            Session.Advance(200);
            Assert.That(inspector.Query<PropertyField>().ToList(), Is.Not.Empty);
        }

        private static IEnumerable<Type> Components() => typeof(RecurrentNpc).Assembly.GetTypes().Where(type => type.IsPublic && !type.IsAbstract && typeof(MonoBehaviour).IsAssignableFrom(type));

        private static IEnumerable<Type> Assets() => typeof(RecurrentNpc).Assembly.GetTypes().Where(type => type.IsPublic && !type.IsAbstract && typeof(ScriptableObject).IsAssignableFrom(type));

        [TestCaseSource(nameof(Components))]
        public void EveryComponentHasAnInspectorAndWarnsByOneText(Type type)
        {
            Component component = new GameObject("Sample").AddComponent(type);
            Editor editor = Editor.CreateEditor(component);
            Assert.That(editor, Is.InstanceOf<PackageInspector>());
            Assert.That(component, Is.InstanceOf<ISetup>());
            VisualElement inspector = Inspect(component);
            var said = new List<string>();
            ((ISetup)component).Review(said);
            Assert.That(Warnings(inspector).Select(warning => warning.ToLowerInvariant()), Is.EqualTo(said.Select(warning => warning.ToLowerInvariant())));
            Assert.That(inspector.Query<PropertyField>().ToList().Count, Is.GreaterThan(0));
        }

        [TestCaseSource(nameof(Assets))]
        public void EveryAssetHasAnInspectorEvenWithNothingInIt(Type type)
        {
            ScriptableObject asset = ScriptableObject.CreateInstance(type);
            Assert.That(Editor.CreateEditor(asset), Is.InstanceOf<PackageInspector>());
            Assert.That(Row(Inspect(asset), "facts", "Size"), Does.StartWith("empty"));
        }

        private sealed class Eyes : MonoBehaviour, IObservationSource
        {
            public int ObservationSize => 2;

            public void Observe(Span<float> observation)
            {
                observation[0] = Mathf.Sin(Time.frameCount);
                observation[1] = Mathf.Cos(Time.frameCount);
            }
        }

        private sealed class Shelf : EditorWindow
        {
        }
    }
}
