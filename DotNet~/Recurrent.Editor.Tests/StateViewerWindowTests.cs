using System;
using System.IO;
using System.Linq;
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
    /// <summary>The state viewer's window as a person uses it: menus, keys, pointer, a reload of the domain.</summary>
    public sealed class StateViewerWindowTests
    {
        private string _folder = null!;
        private Player? _player;

        [SetUp]
        public void SetUp() => Directory.CreateDirectory(_folder = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName()));

        [TearDown]
        public void TearDown()
        {
            Session.End();
            _player?.Dispose();
            _player = null;
            foreach (GameObject made in Object.FindObjectsByType<GameObject>(FindObjectsSortMode.None)) Object.DestroyImmediate(made);
            Directory.Delete(_folder, true);
        }

        /// <summary>A script with a network of its own.</summary>
        private sealed class Thinker : MonoBehaviour, IStateSource
        {
            private readonly SequenceStream _stream = new(new SequenceModel(new LSTM(1, 6, seed: 3), new Linear(6, 1, seed: 4)));
            private readonly float[] _output = new float[1];

            public event Action<StateMarkKind>? StateChanged
            {
                add { }
                remove { }
            }

            public StateFeed Watch(int row = 0) => StateFeed.Of(_stream, row);

            public void Think(float x) => _stream.Step(new[] { x }, _output);
        }

        private static Thinker Think(string name)
        {
            var made = new GameObject(name);
            Thinker thinker = made.AddComponent<Thinker>();
            made.AddComponent<StateProbe>();
            return thinker;
        }

        private string File(string name, int layers = 2)
        {
            using var stream = new SequenceStream(new SequenceModel(new LSTM(1, 6, numLayers: layers, seed: 3), new Linear(6, 1, seed: 4)));
            using var recorder = new StateRecorder();
            AgentRecorder[] agents = { recorder.Watch("NPC_07", stream) };
            var output = new float[1];
            for (int t = 0; t < 120; t++) stream.Step(new[] { (float)Math.Sin(t * 0.2) }, output);
            Recording one = agents[0].Snapshot(), other = new("NPC_08", one.Layout, 0, one.Frames.Select(value => 0.5f * value).ToArray());
            string path = Path.Combine(_folder, name);
            RecordingFile.Save(path, new[] { one, other });
            return path;
        }

        private static StateViewerWindow Sized(StateViewerWindow window)
        {
            window.position = new Rect(0f, 0f, 1200f, 700f);
            Session.Advance(60);
            return window;
        }

        private static T Part<T>(StateViewerWindow window, string name)
            where T : VisualElement => window.rootVisualElement.Q<T>(name);

        private static string Text(StateViewerWindow window, string name) => Part<Label>(window, name).text;

        private static string[] Items(StateViewerWindow window, string menu) =>
            Part<ToolbarMenu>(window, menu).menu.MenuItems().OfType<DropdownMenuAction>().Select(item => item.name).ToArray();

        private static void Choose(StateViewerWindow window, string menu, string item)
        {
            Part<ToolbarMenu>(window, menu).menu.MenuItems().OfType<DropdownMenuAction>().Single(action => action.name == item).Execute();
            Session.Advance(60);
        }

        private static ViewerAgent[] Agents(StateViewerWindow window) => Part<ListView>(window, "agents").itemsSource.Cast<ViewerAgent>().ToArray();

        [Test]
        public void OpensOnPlayModeAndSaysThatNobodyIsThere()
        {
            StateViewerWindow window = Sized(StateViewerWindow.Open());
            Assert.That(window.titleContent.text, Is.EqualTo("RNN State Viewer"));
            Assert.That(Part<ToolbarMenu>(window, "target").text, Is.EqualTo("Target: Play Mode"));
            Assert.That(Part<ToolbarMenu>(window, "agent").text, Is.EqualTo("no agent"));
            Assert.That(Part<Image>(window, "picture").image, Is.Not.Null, "an empty picture with a sentence");
            Assert.That(Text(window, "unit"), Is.EqualTo("No unit selected"));
            Assert.That(Items(window, "order"), Does.Contain("cluster (needs MathNet.Numerics)"));
            window.Close();
            Assert.That(window == null);
        }

        [Test]
        public void AFileIsDrivenByKeysAndPointer()
        {
            StateViewerWindow window = Sized(StateViewerWindow.OpenFile(File("npc.rnnstate")));
            Image picture = Part<Image>(window, "picture");
            Texture shown = picture.image;
            Assert.That((shown.width, shown.height), Is.EqualTo(((int)picture.contentRect.width, (int)picture.contentRect.height)));
            Assert.That(shown.filterMode, Is.EqualTo(FilterMode.Point));
            Assert.That(Agents(window).Select(agent => agent.Name), Is.EqualTo(new[] { "NPC_07", "NPC_08" }));
            Assert.That(window.Viewer.Timeline.Playhead, Is.EqualTo(119));
            Assert.That(Part<ToolbarToggle>(window, "pause").enabledInHierarchy, Is.False, "a file stands still");

            Hand.Click(picture);
            Assert.That(window.Viewer.Timeline.IsFollowing, Is.False);
            long clicked = window.Viewer.Timeline.Playhead;
            Hand.Press(window, KeyCode.RightArrow);
            Hand.Press(window, KeyCode.RightArrow, EventModifiers.Shift);
            Assert.That(window.Viewer.Timeline.Playhead, Is.EqualTo(clicked + 11));
            Hand.Press(window, KeyCode.Home);
            Assert.That(window.Viewer.Timeline.Playhead, Is.EqualTo(0));
            Hand.Press(window, KeyCode.End);
            Assert.That(window.Viewer.Timeline.Playhead, Is.EqualTo(119));

            Hand.Drag(picture, new Vector2(200f, 120f), new Vector2(400f, 130f));
            (long from, long to) = window.Viewer.Timeline.Range!.Value;
            Assert.That(to - from, Is.GreaterThan(10));
            Assert.That(Text(window, "ring"), Does.Contain($"range  {from} … {to}"));
            Hand.Press(window, KeyCode.F);
            Assert.That((window.Viewer.Timeline.From, window.Viewer.Timeline.Span), Is.EqualTo((from, to - from + 1)));
            Hand.Press(window, KeyCode.Escape);
            Assert.That(window.Viewer.Timeline.Range, Is.Null);
            Hand.Wheel(picture, new Vector2(300f, 100f), new Vector2(0f, 1f));
            Assert.That(window.Viewer.Timeline.Span, Is.GreaterThan(to - from + 1));

            Hand.Hover(picture, new Vector2(300f, 100f));
            Assert.That(window.Viewer.Hover!.Value.Track.Symbol, Is.EqualTo("h"));
            Hand.Drag(picture, new Vector2(300f, 100f), new Vector2(301f, 100f));
            Assert.That(Text(window, "unit"), Does.StartWith("lstm.l0.h[").Or.Contain(".h["));
            Assert.That(Text(window, "figures"), Does.Contain("σ").And.Contain("over 120 steps"));
        }

        [Test]
        public void MenusChooseAgentsOrderLayerAndTab()
        {
            StateViewerWindow window = Sized(StateViewerWindow.OpenFile(File("npc.rnnstate")));
            Assert.That(Items(window, "agent"), Is.EqualTo(new[] { "NPC_07", "NPC_08" }));
            Choose(window, "against", "NPC_08");
            Assert.That(window.Viewer.Against, Is.EqualTo("NPC_08"));
            Assert.That(Part<ToolbarMenu>(window, "against").text, Is.EqualTo("NPC_08"));
            Choose(window, "against", "none");
            Choose(window, "agent", "NPC_08");
            Assert.That(window.Viewer.Agent, Is.EqualTo("NPC_08"));
            Choose(window, "order", "variance");
            Assert.That((window.Viewer.UnitsBy, Part<ToolbarMenu>(window, "order").text), Is.EqualTo(((IUnitOrder)UnitOrder.Variance, "Sort: variance")));
            string second = window.Viewer.Cells[1].Name;
            Hand.Click(Part<ToolbarToggle>(window, "layer-" + second));
            Assert.That(window.Viewer.Cell, Is.EqualTo(second));
            Hand.Click(Part<ToolbarToggle>(window, "state"));
            Assert.That(window.Viewer.State, Is.EqualTo("c"));
            Hand.Click(Part<ToolbarToggle>(window, "tab-Training"));
            Assert.That(window.Viewer.Tab, Is.EqualTo("Training"));
            Assert.That(Part<ToolbarToggle>(window, "tab-Gates").value, Is.False);
            Part<ToolbarSearchField>(window, "filter").value = "08";
            Assert.That(Agents(window).Select(agent => agent.Name), Is.EqualTo(new[] { "NPC_08" }));
        }

        [Test]
        public void ProbesAndBreakpointsAreAddedAndRemoved()
        {
            StateViewerWindow window = Sized(StateViewerWindow.OpenFile(File("npc.rnnstate")));
            Hand.Drag(Part<Image>(window, "picture"), new Vector2(300f, 100f), new Vector2(301f, 100f));
            Hand.Click(Part<Button>(window, "add-probe"));
            Assert.That(window.Viewer.Probes.Single(), Is.EqualTo(window.Viewer.Selected));
            Session.Advance(60);
            Hand.Click(Part<VisualElement>(window, "probes").Q<Button>("remove"));
            Assert.That(window.Viewer.Probes, Is.Empty);
            Hand.Click(Part<Button>(window, "add-break"));
            Assert.That(window.Viewer.Breakpoints.Single().Condition.Text, Does.Contain(".h[").And.Contain("] > "));
            Part<TextField>(window, "condition").value = "h[0] > nonsense";
            Hand.Click(Part<Button>(window, "break"));
            Assert.That(Text(window, "trouble"), Does.Contain("expected a number such as 0.9"));
            Assert.That(Part<TextField>(window, "condition").value, Is.EqualTo("h[0] > nonsense"), "to be put right");
            Part<TextField>(window, "condition").value = "h[0] > -2";
            Hand.Click(Part<Button>(window, "break"));
            Assert.That(Text(window, "trouble"), Is.Empty);
            Assert.That(window.Viewer.Breakpoints.Count, Is.EqualTo(2));
            Session.Advance(60);
            Hand.Click(Part<VisualElement>(window, "breakpoints").Q<Button>("remove"));
            Assert.That(window.Viewer.Breakpoints.Single().Condition.Text, Is.EqualTo("h[0] > -2"));
        }

        [Test]
        public void EnterAddsTheConditionThatWasTyped()
        {
            StateViewerWindow window = Sized(StateViewerWindow.OpenFile(File("npc.rnnstate")));
            var condition = Part<TextField>(window, "condition");
            condition.value = "norm(h) > 0.1";
            condition.Focus();
            Hand.Press(window, KeyCode.Return);
            Assert.That(window.Viewer.Breakpoints.Single().Condition.Text, Is.EqualTo("norm(h) > 0.1"));
            Assert.That(condition.value, Is.Empty);
        }

        [Test]
        public void ExportsByTheMenu()
        {
            StateViewerWindow window = Sized(StateViewerWindow.OpenFile(File("npc.rnnstate", layers: 1)));
            window.position = new Rect(0f, 0f, 700f, 400f);
            Session.Advance(20);
            foreach ((string item, string name) in new[] { ("Picture of the Data…", "a.png"), ("Numbers (CSV)…", "a.csv"), ("Recording…", "a.rnnstate"), ("Report (HTML)…", "a.html") })
            {
                string path = Path.Combine(_folder, name);
                Dialogs.Answer(path);
                Choose(window, "export", item);
                Assert.That(new FileInfo(path).Length, Is.GreaterThan(1000), item);
            }
            Dialogs.Answer("");
            Choose(window, "export", "Recording…");
            string folder = Path.Combine(_folder, "views");
            Dialogs.Answer(folder);
            Choose(window, "export", "All Views as Pictures…");
            Assert.That(Directory.GetFiles(folder).Length, Is.GreaterThan(4));
            Assert.That(Text(window, "trouble"), Is.Empty);
        }

        [Test]
        public void ABadFileSaysWhyAndLeavesWhatWasShown()
        {
            StateViewerWindow window = Sized(StateViewerWindow.OpenFile(File("npc.rnnstate")));
            string bad = Path.Combine(_folder, "bad.rnnstate");
            System.IO.File.WriteAllText(bad, "no recording");
            Dialogs.Answer(bad);
            Choose(window, "target", "Open Recording…");
            Assert.That(Text(window, "trouble"), Does.Contain("bad.rnnstate"));
            Assert.That(window.Viewer.Agent, Is.EqualTo("NPC_07"));
        }

        [Test]
        public void AFileComesBackAfterAReload()
        {
            StateViewerWindow window = Sized(StateViewerWindow.OpenFile(File("npc.rnnstate")));
            Choose(window, "agent", "NPC_08");
            Choose(window, "order", "|Δ|");
            window.Viewer.Timeline.MoveTo(33);
            window.Viewer.AddBreakpoint("nan");
            Session.ReloadDomain();
            window = Sized(EditorWindow.GetWindow<StateViewerWindow>());
            Assert.That((window.Viewer.Agent, window.Viewer.UnitsBy.Name, window.Viewer.Timeline.Playhead, window.Viewer.Breakpoints.Count), Is.EqualTo(("NPC_08", "|Δ|", 33L, 1)));
            Assert.That(Part<ToolbarMenu>(window, "target").text, Is.EqualTo("Target: npc.rnnstate"));
            Assert.That(Agents(window).Select(agent => agent.Name), Is.EqualTo(new[] { "NPC_07", "NPC_08" }), "what the old window had listed says nothing of the new one");
            Assert.That(Part<VisualElement>(window, "breakpoints").childCount, Is.EqualTo(1));

            window.Viewer.Timeline.MoveTo(44);
            Session.ReloadDomain();
            window = Sized(EditorWindow.GetWindow<StateViewerWindow>());
            Assert.That(window.Viewer.Timeline.Playhead, Is.EqualTo(44), "a second time too");
        }

        [Test]
        public void AGameIsWatchedPausedAndRemembered()
        {
            _player = new Player(new UnityPlayer.PlayerSettings { IsEditor = true });
            Thinker npc = Think("NPC_07");
            _player.Step();
            npc.Think(0f);
            StateViewerWindow window = Sized(StateViewerWindow.Open("NPC_07"));
            Assert.That(window.Viewer.Agent, Is.EqualTo("NPC_07"));
            for (int t = 0; t < 40; t++) npc.Think((float)Math.Sin(t * 0.3));
            Session.Advance(60);
            Assert.That(Text(window, "ring"), Does.StartWith("ring  41 / 1024").Or.StartWith("ring  40 / 1024"));
            Assert.That(Part<ToolbarToggle>(window, "live").value, Is.True);

            window.Viewer.AddBreakpoint("input[0] > 5");
            npc.Think(1f);
            Assert.That(EditorApplication.isPaused, Is.False);
            npc.Think(6f);
            Assert.That(EditorApplication.isPaused, Is.True);
            long step = window.Viewer.Timeline.Playhead;
            Session.Advance(60);
            Assert.That((Part<ToolbarToggle>(window, "pause").value, Part<ToolbarToggle>(window, "live").value), Is.EqualTo((true, false)));
            Assert.That(window.Viewer.Steps!.Frame(step)[0], Is.EqualTo(6));
            Hand.Click(Part<ToolbarToggle>(window, "pause"));
            Assert.That((EditorApplication.isPaused, window.Viewer.Timeline.IsFollowing), Is.EqualTo((false, true)));

            Session.ReloadDomain();
            window = Sized(EditorWindow.GetWindow<StateViewerWindow>());
            Assert.That(Agents(window).Select(agent => agent.Name), Is.EqualTo(new[] { "NPC_07", "NPC_07 (before reload)" }));
            Assert.That(window.Viewer.Agent, Is.EqualTo("NPC_07"), "this game went on meanwhile");
            Choose(window, "agent", "NPC_07 (before reload)");
            Assert.That(window.Viewer.Steps!.Frame(step)[0], Is.EqualTo(6), "recordings survive");
            Object.DestroyImmediate(npc.gameObject);
            Session.Advance(60);
            Assert.That(Agents(window).Select(agent => agent.Name), Is.EqualTo(new[] { "NPC_07 (before reload)", "NPC_07 (ended)" }));
            npc = Think("NPC_07");
            _player.Step();
            npc.Think(0f);
            window.Close();
            npc.Think(0f);
            Assert.That(EditorApplication.isPaused, Is.False);
        }

        [Test]
        public void HiddenItRests()
        {
            StateViewerWindow window = Sized(StateViewerWindow.OpenFile(File("npc.rnnstate")));
            window.Call("OnBecameInvisible");
            window.Viewer.Timeline.MoveTo(5);
            window.Viewer.Press(ViewerKey.Right);
            uint[] Before() => ((Texture2D)Part<Image>(window, "picture").image).GetPixelData<uint>(0).ToArray();
            uint[] before = Before();
            Session.Advance(200);
            Assert.That(Before().SequenceEqual(before), Is.True);
            window.Call("OnBecameVisible");
            Session.Advance(60);
            Assert.That(Before().SequenceEqual(before), Is.False);
        }

        [Test]
        public void ThePictureComesBackFromBehindATabAndItsTextureGoesWithTheDomain()
        {
            StateViewerWindow window = Sized(StateViewerWindow.OpenFile(File("npc.rnnstate")));
            Image picture = Part<Image>(window, "picture");
            Texture before = picture.image;
            VisualElement root = window.rootVisualElement, panel = root.parent;
            root.RemoveFromHierarchy();
            Assert.That(before == null, "nobody sees it");
            panel.Add(root);
            Texture shown = picture.image;
            Assert.That(shown != null, "in the size that it had: nothing else tells it to paint");
            Session.ReloadDomain();
            Assert.That(shown == null);
            AssemblyReloadEvents.TellBefore();
        }

        [Test]
        public void AWindowThatWasNeverBuiltCanBeClosed()
        {
            var window = ScriptableObject.CreateInstance<StateViewerWindow>();
            Object.DestroyImmediate(window);
            Assert.That(window == null);
        }
    }
}
