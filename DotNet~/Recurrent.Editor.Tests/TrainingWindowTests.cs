using System;
using System.IO;
using System.Linq;
using System.Threading;
using NUnit.Framework;
using Recurrent;
using Recurrent.Components;
using Recurrent.Diagnostics;
using UnityEditor;
using UnityEditor.Double;
using UnityEditor.UIElements;
using UnityEngine;
using UnityEngine.UIElements;
using UnityPlayer;
using Object = UnityEngine.Object;
using Session = UnityEditor.Double.Session;

namespace RecurrentEditor.Tests
{
    public sealed class TrainingWindowTests
    {
        private string _path = null!;
        private Player? _player;

        [SetUp]
        public void SetUp()
        {
            _path = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName(), "runs.json");
            TrainingDesk.HistoryPath = _path;
            TrainingDesk.Reset();
        }

        [TearDown]
        public void TearDown()
        {
            Session.End();
            TrainingDesk.Reset();
            _player?.Dispose();
            _player = null;
            foreach (GameObject made in Object.FindObjectsByType<GameObject>(FindObjectsSortMode.None)) Object.DestroyImmediate(made);
            if (Directory.Exists(Path.GetDirectoryName(_path)!)) Directory.Delete(Path.GetDirectoryName(_path)!, true);
        }

        private static TrainingWindow Open()
        {
            TrainingWindow.Open();
            var window = EditorWindow.GetWindow<TrainingWindow>();
            window.position = new Rect(0f, 0f, 700f, 700f);
            Session.Advance(20);
            return window;
        }

        private static T Part<T>(TrainingWindow window, string name)
            where T : VisualElement => window.rootVisualElement.Q<T>(name);

        private static void Press(TrainingWindow window, string name) => Hand.Click(Part<ToolbarButton>(window, name));

        private static (bool, bool, bool) Enabled(TrainingWindow window) => (Part<ToolbarButton>(window, "start").enabledInHierarchy, Part<ToolbarButton>(window, "pause").enabledInHierarchy, Part<ToolbarButton>(window, "stop").enabledInHierarchy);

        private static string Status(TrainingWindow window) => Part<Label>(window, "status").text;

        private void Play() => _player = new Player(new UnityPlayer.PlayerSettings { IsEditor = true });

        [Test]
        public void WithoutATrainerItSaysSo()
        {
            TrainingWindow window = Open();
            Assert.That(window.titleContent.text, Is.EqualTo("RNN Training"));
            Assert.That(Status(window), Is.EqualTo("Nothing here trains."));
            Assert.That(Enabled(window), Is.EqualTo((false, false, false)));
        }

        [Test]
        public void InPlayModeTheButtonsSteerTheTrainer()
        {
            Play();
            SequenceTrainer guard = RecordedPlay.Trainer("Guard", epochs: 300);
            _player!.Step();
            TrainingWindow window = Open();
            Assert.That(Enabled(window), Is.EqualTo((true, false, false)));
            Press(window, "start");
            Assert.That(guard.State, Is.EqualTo(TrainerState.Running));
            Assert.That(Enabled(window), Is.EqualTo((false, true, true)));
            _player.Step(20);
            Session.Advance(300);
            Assert.That(Status(window), Does.StartWith("epoch ").And.Contain(" of 300 · loss ").And.EndWith(" left"));
            Assert.That(Part<ProgressBar>(window, "progress").value, Is.GreaterThan(0f));
            Press(window, "pause");
            Assert.That(guard.State, Is.EqualTo(TrainerState.Paused));
            Assert.That(Part<ToolbarButton>(window, "pause").text, Is.EqualTo("Resume"));
            long step = guard.Progress.Step;
            _player.Step(5);
            Assert.That(guard.Progress.Step, Is.EqualTo(step));
            Press(window, "pause");
            Assert.That(guard.State, Is.EqualTo(TrainerState.Running));
            _player.Step(5);
            Assert.That(guard.Progress.Step, Is.GreaterThan(step));
            Assert.That(guard.GradientProfile!.Step, Is.GreaterThan(0));
            Press(window, "stop");
            Assert.That(guard.State, Is.EqualTo(TrainerState.Idle));
            Assert.That(Status(window), Is.EqualTo(guard.LastResult!.Message));
            Assert.That(TrainingDesk.Monitor.Epochs.Select(epoch => epoch.TrainLoss), Is.EqualTo(guard.LastResult.History.Select(epoch => epoch.TrainLoss)));
            RunRecord run = TrainingDesk.Monitor.History.Runs.Single();
            Assert.That((run.Name, run.Outcome), Is.EqualTo(("Guard", TrainingOutcome.Cancelled)));
            Assert.That(Part<MultiColumnListView>(window, "history").itemsSource.Count, Is.EqualTo(1));
            window.Close();
            Assert.That(guard.ProfilesGradients, Is.False);
        }

        [Test]
        public void OneOfSeveralIsChosenAndStaysChosenOverAReload()
        {
            Play();
            RecordedPlay.Trainer("Guard");
            SequenceTrainer wolf = RecordedPlay.Trainer("Wolf", epochs: 300);
            _player!.Step();
            TrainingWindow window = Open();
            ToolbarMenu choice = Part<ToolbarMenu>(window, "choice");
            Assert.That(choice.text, Is.EqualTo("Guard"));
            Assert.That(choice.menu.MenuItems().OfType<DropdownMenuAction>().Select(item => item.name), Is.EqualTo(new[] { "Guard", "Wolf" }));
            choice.menu.MenuItems().OfType<DropdownMenuAction>().Last().Execute();
            Assert.That(choice.text, Is.EqualTo("Wolf"));
            Press(window, "start");
            Assert.That(wolf.State, Is.EqualTo(TrainerState.Running));
            _player.Step(5);
            Session.Advance(300);
            Session.ReloadDomain();
            window = EditorWindow.GetWindow<TrainingWindow>();
            Session.Advance(20);
            Assert.That(Part<ToolbarMenu>(window, "choice").text, Is.EqualTo("Wolf"));
            Assert.That(TrainingDesk.Monitor.History.Runs.Single().Message, Is.EqualTo("Scripts were loaded anew."));
            Assert.That(Part<MultiColumnListView>(window, "history").itemsSource.Count, Is.EqualTo(1));
        }

        [Test]
        public void ATrainerThatIsDestroyedLeavesItsRunUnderItsName()
        {
            Play();
            SequenceTrainer guard = RecordedPlay.Trainer("Guard", epochs: 300);
            _player!.Step();
            TrainingWindow window = Open();
            Press(window, "start");
            _player.Step(5);
            Session.Advance(300);
            Object.DestroyImmediate(guard.gameObject);
            Assert.That(() => TrainingDesk.Monitor.CanStart, Is.False);
            Session.Advance(600);
            RunRecord run = TrainingDesk.Monitor.History.Runs.Single();
            Assert.That(run.Name, Is.EqualTo("Guard"));
            Assert.That(Part<ToolbarMenu>(window, "choice").text, Is.EqualTo("Nothing trains"));
        }

        [Test]
        public void AForecasterThatLearnsIsSteeredToo()
        {
            Play();
            var forecaster = new GameObject("Tide").AddComponent<SequenceForecaster>();
            (forecaster.LookBack, forecaster.Horizon, forecaster.HiddenSize, forecaster.StepsPerFrame, forecaster.History) = (6, 2, 4, 2, 40);
            void Frames(int count)
            {
                for (int i = 0; i < count; i++)
                {
                    forecaster.Push(new[] { MathF.Sin(0.4f * forecaster.SampleCount) });
                    _player!.Step();
                }
            }
            Frames(40);
            TrainingWindow window = Open();
            Assert.That(Part<ToolbarMenu>(window, "choice").text, Is.EqualTo("Tide"));
            Assert.That(Enabled(window), Is.EqualTo((false, true, true)));
            Frames(20);
            Session.Advance(300);
            var epochs = new System.Collections.Generic.List<EpochRecord>();
            Assert.That(forecaster.Learner!.ReadEpochs(0, epochs), Is.GreaterThan(2));
            Assert.That(TrainingDesk.Monitor.Epochs.Select(epoch => epoch.TrainLoss), Is.EqualTo(epochs.Select(epoch => epoch.TrainLoss)));
            Press(window, "pause");
            Assert.That(forecaster.Learns, Is.False);
            Assert.That(Status(window), Does.StartWith("Paused: "));
            Press(window, "pause");
            Assert.That(forecaster.Learns, Is.True);
            Press(window, "stop");
            Assert.That((forecaster.Learns, forecaster.Learner.IsInRound), Is.EqualTo((false, false)));
            Assert.That(TrainingDesk.Monitor.History.Runs.Single().EpochCount, Is.EqualTo(epochs.Count));
            Press(window, "start");
            Frames(10);
            Session.Advance(300);
            Assert.That(forecaster.Learns, Is.True);
            Assert.That(TrainingDesk.Monitor.Epochs.Count, Is.GreaterThan(0).And.LessThan(epochs.Count));
            Assert.That(TrainingDesk.Monitor.IsBusy, Is.True);
        }

        [Test]
        public void InEditModeAnAssetLearnsFromRecordedPlay()
        {
            SequenceTrainer guard = RecordedPlay.Trainer("Guard");
            SequenceModelAsset asset = guard.Model!;
            TrainingWindow window = Open();
            Press(window, "start");
            Assert.That(Enabled(window), Is.EqualTo((false, true, true)));
            Assert.That(guard.State, Is.EqualTo(TrainerState.Idle), "the component itself does nothing");
            WaitForTheEnd();
            Assert.That(Status(window), Is.EqualTo("All 8 epochs are done."));
            Assert.That(asset.IsEmpty, Is.False);
            Assert.That(Policy.LayoutOf(asset.Model)!.Matches(RecordedPlay.Layout), Is.True);
            Assert.That(EditorUtility.IsDirty(asset), Is.True);
            RunRecord run = TrainingDesk.Monitor.History.Runs.Single();
            Assert.That((run.Name, run.EpochCount, run.Outcome), Is.EqualTo(("Guard", 8L, TrainingOutcome.Completed)));
            Assert.That(run.Epochs.Last().ValidationLoss, Is.LessThan(run.Epochs[0].ValidationLoss));
            Undo.PerformUndo();
            Undo.undoRedoPerformed?.Invoke();
            Assert.That(asset.IsEmpty, Is.True);
        }

        [Test]
        public void WhyItCannotBeginIsSaid()
        {
            SequenceTrainer guard = RecordedPlay.Trainer("Guard");
            guard.Episodes = null;
            TrainingWindow window = Open();
            Assert.That(Enabled(window), Is.EqualTo((false, false, false)));
            Assert.That(Status(window), Does.StartWith("there is no recorder to learn from"));
            guard.Episodes = EpisodesAsset.Create(new byte[] { 1, 2, 3 });
            Session.Advance(600);
            Assert.That(Enabled(window), Is.EqualTo((true, false, false)));
            Press(window, "start");
            Assert.That(Enabled(window), Is.EqualTo((true, false, false)));
            Assert.That(Status(window), Does.EndWith("these are no episodes: the file does not begin with RNNEPISO."));
        }

        [Test]
        public void ATrainingOfAnAssetEndsBeforeScriptsAreLoadedAnew([Values] bool quits)
        {
            SequenceTrainer guard = RecordedPlay.Trainer("Guard", epochs: 100000);
            TrainingWindow window = Open();
            Press(window, "start");
            for (int i = 0; i < 2000 && TrainingDesk.Monitor.Epochs.Count < 2; i++)
            {
                Thread.Sleep(2);
                Session.Advance(260);
            }
            var training = (MonitoredTraining)TrainingDesk.Monitor.Selected!;
            if (quits) EditorApplication.TellQuitting();
            else Session.ReloadDomain();
            Assert.That(training.Activity, Is.EqualTo(TrainingActivity.Idle));
            Assert.That(guard.Model!.IsEmpty, Is.False, "it keeps what it has learned");
            RunRecord run = RunHistory.Open(_path).Runs.Single();
            Assert.That(run.Outcome, Is.EqualTo(TrainingOutcome.Cancelled));
            Assert.That(run.EpochCount, Is.GreaterThanOrEqualTo(2));
        }

        [Test]
        public void ItGoesOnWithoutAWindowAndThenSleeps()
        {
            RecordedPlay.Trainer("Guard");
            TrainingWindow window = Open();
            Press(window, "start");
            window.Close();
            WaitForTheEnd();
            Assert.That(RunHistory.Open(_path).Runs.Single().EpochCount, Is.EqualTo(8));
            Session.Advance(600);
            Assert.That(EditorApplication.update, Is.Null);
        }

        [Test]
        public void ADamagedHistoryIsToldAndBegunAnew()
        {
            Directory.CreateDirectory(Path.GetDirectoryName(_path)!);
            File.WriteAllText(_path, "{\"version\":1,\"runs\":[{");
            TrainingWindow window = Open();
            var trouble = window.rootVisualElement.Q<HelpBox>();
            Assert.That(trouble.style.display.value, Is.EqualTo(DisplayStyle.Flex));
            Assert.That(trouble.text, Does.StartWith("The history of runs was damaged and begins anew"));
        }

        [Test]
        public void SelectedRunsAreComparedAndForgotten()
        {
            RunHistory history = RunHistory.Open(_path);
            foreach (string name in new[] { "first", "second" })
                history.Add(new RunRecord(name, new DateTime(2026, 5, 3, 12, 0, 0, DateTimeKind.Utc), TimeSpan.FromSeconds(200), TrainingOutcome.StoppedEarly, "Stopped.", 3,
                    new[] { new EpochRecord(1, 1, 2, 0.1f), new EpochRecord(2, 0.5, 1.25, 0.1f), new EpochRecord(3, 0.25, 1.5, 0.1f) }, 2, 1.25));
            TrainingWindow window = Open();
            var list = Part<MultiColumnListView>(window, "history");
            VisualElement row = list.GetRootElementForIndex(0);
            Assert.That(row.Query<Label>().ToList().Select(label => label.text), Is.EqualTo(new[]
            {
                "second", new DateTime(2026, 5, 3, 12, 0, 0, DateTimeKind.Utc).ToLocalTime().ToString("d MMM HH:mm", System.Globalization.CultureInfo.InvariantCulture), "3", "1.25", "2", "3 min 20 s", "Stopped Early",
            }));
            list.SetSelection(new[] { 0, 1 });
            Assert.That(TrainingDesk.Monitor.Compared.Select(run => run.Name), Is.EqualTo(new[] { "second", "first" }));
            list.SetSelection(1);
            Assert.That(TrainingDesk.Monitor.Compared.Single().Name, Is.EqualTo("first"));
            Part<ToolbarMenu>(window, "runs").menu.MenuItems().OfType<DropdownMenuAction>().First().Execute();
            Assert.That(RunHistory.Open(_path).Runs.Single().Name, Is.EqualTo("second"));
            Assert.That(list.itemsSource.Count, Is.EqualTo(1));
            Dialogs.Answer(0);
            Part<ToolbarMenu>(window, "runs").menu.MenuItems().OfType<DropdownMenuAction>().Last().Execute();
            Assert.That(RunHistory.Open(_path).Runs, Is.Empty);
        }

        [Test]
        public void ThePictureIsWhatTheMonitorPaints([Values] bool isProSkin)
        {
            EditorGUIUtility.isProSkin = isProSkin;
            try
            {
                SequenceTrainer guard = RecordedPlay.Trainer("Guard");
                TrainingWindow window = Open();
                Press(window, "start");
                WaitForTheEnd();
                var picture = window.rootVisualElement.Q<Image>("picture");
                var texture = (Texture2D)picture.image;
                Assert.That((texture.width, texture.height), Is.EqualTo(((int)picture.contentRect.width, (int)picture.contentRect.height)));
                StateCanvas canvas = TrainingDesk.Monitor.Draw(texture.width, texture.height, isProSkin ? Skin.Dark : Skin.Light);
                Color32[] pixels = texture.GetPixels32();
                for (int y = 0; y < canvas.Height; y += 7)
                    for (int x = 0; x < canvas.Width; x += 5)
                    {
                        Color32 pixel = pixels[(canvas.Height - 1 - y) * canvas.Width + x];
                        Assert.That(new Rgba(pixel.r, pixel.g, pixel.b, pixel.a), Is.EqualTo(canvas[x, y]));
                    }
            }
            finally
            {
                EditorGUIUtility.isProSkin = true;
            }
        }

        private static void WaitForTheEnd()
        {
            for (int i = 0; i < 5000 && TrainingDesk.Monitor.IsBusy; i++)
            {
                Thread.Sleep(1);
                Session.Advance(50);
            }
            Session.Advance(600);
        }
    }
}
