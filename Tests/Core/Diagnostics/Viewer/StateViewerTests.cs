using System;
using System.Collections.Generic;
using System.Linq;
using NUnit.Framework;
using Recurrent.Diagnostics;

namespace Recurrent.Tests.Diagnostics
{
    public class StateViewerTests
    {
        private const int Width = 500, Height = 460, Ruler = 40;

        private static StateViewer Live(out PlayedLink game, int steps = 100, int capacity = 256, Func<string, long, int, float>? values = null)
        {
            var viewer = new StateViewer(Array.Empty<IUnitOrder>(), Array.Empty<IStateView>());
            game = new PlayedLink(capacity, values ?? PlayedLink.Wave, "NPC_07", "NPC_08", "Guard");
            viewer.Connect(game);
            game.Run(steps);
            viewer.Paint(Width, Height, Skin.Dark);
            return viewer;
        }

        private static StateViewer Of(params Recording[] recordings)
        {
            var viewer = new StateViewer(Array.Empty<IUnitOrder>(), Array.Empty<IStateView>());
            viewer.Connect(new FileStateLink("npc.rnnstate", recordings));
            viewer.Paint(Width, Height, Skin.Dark);
            return viewer;
        }

        // The columns of time lie from 84 to 132 before the right edge.
        private static int ColumnOf(StateViewer viewer, long step)
        {
            StepColumns columns = viewer.Timeline.Columns(Width - 84 - 132);
            return 84 + (int)(columns.FirstOf(step) - columns.Left);
        }

        private static int RowOf(StateViewer viewer, string track, int unit)
        {
            for (int y = 0; y < Height; y++)
            {
                viewer.PointerMove(84 + 5, y);
                if (viewer.Hover is StateReading reading && reading.Track.Name == track && reading.Unit == unit && !reading.IsDifference) return y;
            }
            throw new AssertionException($"{track}[{unit}] is nowhere");
        }

        private static void Click(StateViewer viewer, int x, int y)
        {
            viewer.PointerDown(x, y);
            viewer.PointerUp(y);
        }

        [Test]
        public void ConnectingShowsTheFirstAgentAndFollowsIt()
        {
            StateViewer viewer = Live(out PlayedLink game);
            Assert.That((viewer.Agent, viewer.Timeline.Playhead, viewer.Timeline.IsFollowing), Is.EqualTo(("NPC_07", 99L, true)));
            Assert.That(game.Attached, Is.EqualTo(new[] { "NPC_07" }));
            game.Run(3);
            Assert.That(viewer.Update(), Is.True);
            Assert.That(viewer.Timeline.Playhead, Is.EqualTo(102));
            viewer.Paint(Width, Height, Skin.Dark);
            Assert.That(viewer.Update(), Is.False, "nothing new");
        }

        [Test]
        public void KeysMoveThePlayhead()
        {
            using StateViewer viewer = Live(out PlayedLink game);
            viewer.Press(ViewerKey.Left);
            Assert.That((viewer.Timeline.Playhead, viewer.Timeline.IsFollowing), Is.EqualTo((98L, false)));
            viewer.Press(ViewerKey.Left, shift: true);
            Assert.That(viewer.Timeline.Playhead, Is.EqualTo(88));
            viewer.Press(ViewerKey.Right);
            viewer.Press(ViewerKey.Right, shift: true);
            Assert.That(viewer.Timeline.Playhead, Is.EqualTo(99));
            viewer.Press(ViewerKey.Home);
            Assert.That(viewer.Timeline.Playhead, Is.EqualTo(0));
            game.Run(10);
            viewer.Update();
            Assert.That(viewer.Timeline.Playhead, Is.EqualTo(0), "detached");
            viewer.Press(ViewerKey.End);
            game.Run(1);
            viewer.Update();
            Assert.That((viewer.Timeline.Playhead, viewer.Timeline.IsFollowing), Is.EqualTo((110L, true)));
        }

        [Test]
        public void AClickDetachesAndSelectsTheUnit()
        {
            using StateViewer viewer = Live(out PlayedLink game);
            int y = RowOf(viewer, "0.l0.h", 3);
            Click(viewer, ColumnOf(viewer, 42), y);
            Assert.That((viewer.Timeline.Playhead, viewer.Timeline.IsFollowing), Is.EqualTo((42L, false)));
            Assert.That(viewer.Selected, Is.EqualTo(new ViewerProbe("0.l0.h", 3)));
            game.Run(5);
            viewer.Update();
            Assert.That(viewer.Timeline.Playhead, Is.EqualTo(42));
            viewer.Press(ViewerKey.Down);
            Assert.That(viewer.Selected, Is.EqualTo(new ViewerProbe("0.l0.h", 4)));
            viewer.Press(ViewerKey.Down);
            viewer.Press(ViewerKey.Up);
            Assert.That(viewer.Selected, Is.EqualTo(new ViewerProbe("0.l0.h", 3)));
        }

        [Test]
        public void ADragSelectsARangeWhichFFits()
        {
            using StateViewer viewer = Of(PlayedLink.Record("a", 1000, 200));
            int from = ColumnOf(viewer, 1120), to = ColumnOf(viewer, 1040);
            viewer.PointerDown(from, 120);
            viewer.PointerMove(from + 2, 120);
            Assert.That(viewer.Timeline.Range, Is.Null, "a shaking hand drags nothing");
            viewer.PointerMove(to, 140);
            viewer.PointerUp(140);
            Assert.That(viewer.Timeline.Range, Is.EqualTo((1040L, 1120L)));
            Assert.That(viewer.Timeline.Playhead, Is.EqualTo(1199), "a drag moves no playhead");
            viewer.Press(ViewerKey.Fit);
            Assert.That((viewer.Timeline.From, viewer.Timeline.Span), Is.EqualTo((1040L, 81L)));
            viewer.Press(ViewerKey.Escape);
            Assert.That(viewer.Timeline.Range, Is.Null);
            viewer.Press(ViewerKey.Fit);
            Assert.That((viewer.Timeline.From, viewer.Timeline.Span), Is.EqualTo((1000L, 200L)));
        }

        [Test]
        public void DraggingOnTheRulerTakesThePlayheadAlong()
        {
            using StateViewer viewer = Of(PlayedLink.Record("a", 0, 200));
            viewer.PointerDown(ColumnOf(viewer, 50), Ruler);
            Assert.That(viewer.Timeline.Playhead, Is.EqualTo(50));
            viewer.PointerMove(ColumnOf(viewer, 77), Ruler + 200);
            Assert.That(viewer.Timeline.Playhead, Is.EqualTo(77));
            viewer.PointerUp(Ruler + 200);
            viewer.PointerMove(ColumnOf(viewer, 90), Ruler);
            Assert.That(viewer.Timeline.Playhead, Is.EqualTo(77), "let go");
        }

        [Test]
        public void HoverReadsUnitStepAndValue()
        {
            using StateViewer viewer = Live(out PlayedLink _);
            int y = RowOf(viewer, "0.l0.f", 2);
            viewer.PointerMove(ColumnOf(viewer, 61), y);
            StateReading reading = viewer.Hover!.Value;
            float expected = PlayedLink.Wave("NPC_07", 61, 3 + 3 * PlayedLink.Units + 2);
            Assert.That((reading.Track.Name, reading.Unit, reading.Step, reading.Value), Is.EqualTo(("0.l0.f", 2, 61L, expected)));
            Assert.That(reading.ToString(), Is.EqualTo($"0.l0.f[2] · step 61 · {expected:0.000}"));
            viewer.PointerMove(10, y);
            Assert.That(viewer.Hover, Is.Null, "beside the data");
            viewer.PointerMove(84 + 200, y);
            viewer.PointerLeave();
            Assert.That(viewer.Hover, Is.Null);
        }

        [Test]
        public void ACellHasTheColourOfItsValue()
        {
            using StateViewer viewer = Of(PlayedLink.Record("a", 0, 40));
            int y = RowOf(viewer, "0.l0.h", 1), x = ColumnOf(viewer, 17);
            viewer.PointerLeave();
            StateCanvas canvas = viewer.Paint(Width, Height, Skin.Dark);
            ColorScale scale = ColorScale.Signed(Skin.Dark);
            Assert.That(canvas[x, y], Is.EqualTo(scale.Map[scale.IndexOf(PlayedLink.Wave("a", 17, 4))]));
            y = RowOf(viewer, "0.l0.o", 4);
            viewer.PointerLeave();
            canvas = viewer.Paint(Width, Height, Skin.Light);
            scale = ColorScale.Gate();
            Assert.That(canvas[x, y], Is.EqualTo(scale.Map[scale.IndexOf(PlayedLink.Wave("a", 17, 3 + 6 * PlayedLink.Units - 1))]));
        }

        [Test]
        public void SortsUnits()
        {
            // Unit 2 swings widest; unit 4 changes most from step to step; unit 0 stands still.
            float[] width = { 0, 0.3f, 0.9f, 0.5f, 0.2f };
            float[] speed = { 0, 0.02f, 0.02f, 0.1f, 3.1f };
            float Of(string agent, long step, int place) => place >= 3 && place < 8 ? width[place - 3] * (float)Math.Sin(step * speed[place - 3] + 0.3) : 0;
            using StateViewer viewer = StateViewerTests.Of(PlayedLink.Record("a", 0, 400, Of));
            int[] Rows()
            {
                int[] rows = Enumerable.Range(0, 5).Select(unit => RowOf(viewer, "0.l0.h", unit)).ToArray();
                int[] order = Enumerable.Range(0, 5).OrderBy(unit => rows[unit]).ToArray();
                viewer.PointerLeave();
                return order;
            }
            Assert.That(Rows(), Is.EqualTo(new[] { 0, 1, 2, 3, 4 }));
            viewer.UnitsBy = UnitOrder.Variance;
            viewer.Paint(Width, Height, Skin.Dark);
            Assert.That(Rows(), Is.EqualTo(new[] { 2, 3, 1, 4, 0 }));
            viewer.UnitsBy = UnitOrder.Change;
            viewer.Paint(Width, Height, Skin.Dark);
            Assert.That(Rows(), Is.EqualTo(new[] { 4, 3, 2, 1, 0 }));
        }

        private sealed class Backwards : IUnitOrder
        {
            public string Name => "cluster";

            public int[] Order(Recording recording, RecordedTrack track) => Enumerable.Range(0, track.Length).Reverse().ToArray();
        }

        [Test]
        public void ARegisteredOrderIsWorkedOutBesideAndTakenWhenItIsThere()
        {
            using var viewer = new StateViewer(new[] { new Backwards() }, Array.Empty<IStateView>());
            viewer.Connect(new FileStateLink("f", new[] { PlayedLink.Record("a", 0, 50) }));
            Assert.That(viewer.Orders.Select(order => order.Name), Is.EqualTo(new[] { "index", "variance", "|Δ|", "cluster" }));
            viewer.UnitsBy = viewer.Orders[3];
            viewer.FinishWork();
            viewer.Paint(Width, Height, Skin.Dark);
            Assert.That(RowOf(viewer, "0.l0.h", 4), Is.LessThan(RowOf(viewer, "0.l0.h", 3)));
        }

        [Test]
        public void AttachesAndDetaches()
        {
            using StateViewer viewer = Live(out PlayedLink game, steps: 10);
            viewer.Attach("Guard");
            game.Run(5);
            Assert.That(game.Attached, Is.EquivalentTo(new[] { "NPC_07", "Guard" }));
            viewer.Show("Guard");
            Assert.That((viewer.Agent, viewer.Timeline.Playhead), Is.EqualTo(("Guard", 4L)));
            viewer.Detach("Guard");
            Assert.That(game.Attached, Is.EqualTo(new[] { "NPC_07" }));
            Assert.That((viewer.Agent, viewer.Timeline.Playhead), Is.EqualTo(("NPC_07", 14L)));
            viewer.Detach("NPC_07");
            Assert.That(viewer.Agent, Is.Empty);
            Assert.That(viewer.Agents.Any(agent => agent.IsAttached), Is.False);
            viewer.Paint(Width, Height, Skin.Dark);
            Assert.That(() => viewer.Show("Nobody"), Throws.ArgumentException);
        }

        [Test]
        public void FiltersAgentsAndTellsTheirWarnings()
        {
            using StateViewer viewer = Live(out PlayedLink game);
            game.Add(new LinkedAgent("NPC_09", "NaN since step 42"));
            Assert.That(viewer.Agents.Select(agent => agent.Name), Is.EqualTo(new[] { "NPC_07", "NPC_08", "Guard", "NPC_09" }));
            viewer.Filter = "npc_";
            Assert.That(viewer.Agents.Select(agent => agent.Name), Is.EqualTo(new[] { "NPC_07", "NPC_08", "NPC_09" }));
            Assert.That(viewer.Agents[2].Warning, Is.EqualTo("NaN since step 42"));
            Assert.That(viewer.Agents.Select(agent => agent.IsAttached), Is.EqualTo(new[] { true, false, false }));
        }

        [Test]
        public void AnAgentThatGoesStaysToBeLookedAt()
        {
            using StateViewer viewer = Live(out PlayedLink game);
            game.Leave("NPC_07");
            Assert.That(viewer.Agent, Is.EqualTo("NPC_07 (ended)"));
            Assert.That(viewer.Agents.Last().HasEnded, Is.True);
            viewer.Press(ViewerKey.Home);
            viewer.Paint(Width, Height, Skin.Dark);
            viewer.PointerMove(ColumnOf(viewer, 30), RowOf(viewer, "0.l0.h", 0));
            Assert.That(viewer.Hover!.Value.Value, Is.EqualTo(PlayedLink.Wave("NPC_07", 30, 3)));
            viewer.Disconnect();
            Assert.That(viewer.Agent, Is.EqualTo("NPC_07 (ended)"));
            Assert.That(game.IsDisposed, Is.True);
        }

        [Test]
        public void WhoGoesOnThroughAnotherLinkHasNotEnded()
        {
            using StateViewer viewer = Live(out PlayedLink game);
            viewer.Attach("Guard");
            game.Keeps = true;
            viewer.Connect(game);
            Assert.That(viewer.Agents.Where(agent => agent.IsAttached).Select(agent => (agent.Name, agent.HasEnded)), Is.EqualTo(new[] { ("NPC_07", false), ("Guard", false) }));
            Assert.That((viewer.Agent, viewer.Timeline.Playhead), Is.EqualTo(("NPC_07", 99L)));
        }

        [Test]
        public void WhoComesBackIsLookedAtAgainFromHisFirstStep()
        {
            using StateViewer viewer = Live(out PlayedLink game);
            game.Leave("NPC_07");
            game.Run(5);
            viewer.Update();
            Assert.That(viewer.Agent, Is.EqualTo("NPC_07 (ended)"));
            game.Add(new LinkedAgent("NPC_07"));
            viewer.Update();
            Assert.That(viewer.Agent, Is.EqualTo("NPC_07 (ended)"), "until there is something new");
            game.Run(1);
            viewer.Update();
            Assert.That((viewer.Agent, viewer.Timeline.Playhead, viewer.Timeline.IsFollowing), Is.EqualTo(("NPC_07", 0L, true)));
        }

        [Test]
        public void AnotherNetworkInTheSameAgentIsShown()
        {
            using StateViewer viewer = Live(out PlayedLink game);
            game.Replace("NPC_07", new RecordingLayout(RecordChannels.Hidden, 0, 0, 0, new[] { new RecordedCell("rnn", "RNN", 2, 2, false) }));
            Assert.That(viewer.Cells.Single().Kind, Is.EqualTo("RNN"));
            Assert.That(viewer.Cell, Is.EqualTo("rnn"));
            viewer.Paint(Width, Height, Skin.Dark);
            game.Recorder("NPC_07").Record(new[] { 0.5f, -0.5f });
            viewer.Paint(Width, Height, Skin.Dark);
            Assert.That(viewer.Timeline.Playhead, Is.EqualTo(0));
        }

        [Test]
        public void ABreakpointPausesTheGameAtTheExactStep()
        {
            // h[1] passes 0.75 upwards in the step 13.
            float Of(string agent, long step, int place) => place == 4 ? step < 13 ? 0.7f : 0.8f : 0;
            using StateViewer viewer = Live(out PlayedLink game, steps: 5, values: Of);
            ViewerBreakpoint breakpoint = viewer.AddBreakpoint("h[1] > 0.75");
            game.Run(100);
            Assert.That(game.IsPaused, Is.True);
            Assert.That(game.Clock, Is.EqualTo(14), "after the step 13, which is the fourteenth");
            Assert.That((viewer.Timeline.Playhead, viewer.Timeline.IsFollowing, viewer.IsPaused), Is.EqualTo((13L, false, true)));
            Assert.That((breakpoint.Hits, breakpoint.LastHit), Is.EqualTo((1L, "NPC_07, step 13: h[1] > 0.75 (it is 0.8)")));
            viewer.IsPaused = false;
            game.Run(50);
            viewer.Update();
            Assert.That(viewer.Timeline.Playhead, Is.EqualTo(63), "once a crossing, and live again");

            viewer.Enable(breakpoint, false);
            Assert.That(game.Recorder("NPC_07").Breakpoints, Is.Empty);
            viewer.Enable(breakpoint, true);
            Assert.That(game.Recorder("NPC_07").Breakpoints.Count, Is.EqualTo(1));
            viewer.RemoveBreakpoint(breakpoint);
            Assert.That(game.Recorder("NPC_07").Breakpoints, Is.Empty);
        }

        [Test]
        public void ABreakpointInAnotherAgentBringsThatOneUp()
        {
            float Of(string agent, long step, int place) => place == 4 && agent == "Guard" && step == 20 ? float.NaN : 0;
            using StateViewer viewer = Live(out PlayedLink game, steps: 0, values: Of);
            viewer.AddBreakpoint("nan");
            viewer.Attach("Guard");
            game.Run(100);
            Assert.That((viewer.Agent, viewer.Timeline.Playhead, game.Clock), Is.EqualTo(("Guard", 20L, 21L)));
        }

        [Test]
        public void ABreakpointThatNamesNothingIsRefused()
        {
            using StateViewer viewer = Live(out PlayedLink _);
            Assert.That(() => viewer.AddBreakpoint("h[1] > "), Throws.TypeOf<FormatException>());
            Assert.That(() => viewer.AddBreakpoint("r[1] > 0"), Throws.ArgumentException.With.Message.Contains("there is no 'r'"));
            Assert.That(viewer.Breakpoints, Is.Empty);
        }

        [Test]
        public void InAFileABreakpointMarksAllItsSteps()
        {
            float Of(string agent, long step, int place) => place == 3 ? step % 30 : 0;
            using StateViewer viewer = StateViewerTests.Of(PlayedLink.Record("a", 100, 100, Of));
            ViewerBreakpoint breakpoint = viewer.AddBreakpoint("h[0] > 25");
            Assert.That(breakpoint.Hits, Is.EqualTo(3), "at 116, 146 and 176");
            viewer.Press(ViewerKey.Home);
            var steps = new List<long>();
            for (int i = 0; i < 4; i++)
            {
                Assert.That(viewer.JumpToHit(breakpoint), Is.True);
                steps.Add(viewer.Timeline.Playhead);
            }
            Assert.That(steps, Is.EqualTo(new[] { 116L, 146L, 176L, 116L }));
            StateCanvas canvas = viewer.Paint(Width, Height, Skin.Dark);
            StepColumns columns = viewer.Timeline.Columns(Width - 84 - 132);
            Assert.That(canvas[84 + (int)columns.MiddleOf(146), Ruler + 7], Is.EqualTo(Skin.Dark.LineColor(5)), "a triangle on the ruler");
        }

        [Test]
        public void TheInspectorHasTheFiguresOfARange()
        {
            float Of(string agent, long step, int place) => place == 5 ? step == 7 ? float.NaN : step * step : 0;
            using StateViewer viewer = StateViewerTests.Of(PlayedLink.Record("a", 0, 20, Of));
            viewer.Select(new ViewerProbe("h", 2));
            viewer.Timeline.Select(5, 9);
            viewer.Timeline.MoveTo(8);
            UnitReading unit = viewer.Inspect()!.Value;
            Assert.That((unit.Now.Track.Name, unit.Now.Unit, unit.Now.Value, unit.Low, unit.High, unit.NotFinite, unit.Steps), Is.EqualTo(("0.l0.h", 2, 64f, 25f, 81f, 1, 5L)));
            Assert.That(unit.Mean, Is.EqualTo((25 + 36 + 64 + 81) / 4.0));
            Assert.That(unit.Deviation, Is.EqualTo(Math.Sqrt(((26.5 * 26.5) + (15.5 * 15.5) + (12.5 * 12.5) + (29.5 * 29.5)) / 4)).Within(1e-9));
            Assert.That(viewer.Suggestion, Is.EqualTo("0.l0.h[2] > 81"));
            Assert.That(() => viewer.Select(new ViewerProbe("h", 5)), Throws.ArgumentException);
        }

        [Test]
        public void AProbeIsACurve()
        {
            using StateViewer viewer = Of(PlayedLink.Record("a", 0, 60));
            viewer.AddProbe(new ViewerProbe("0.l0.c", 3));
            viewer.AddProbe(new ViewerProbe("0.l0.c", 3));
            Assert.That(viewer.Probes.Count, Is.EqualTo(1));
            viewer.Paint(Width, Height, Skin.Dark);
            Assert.That(RowOf(viewer, "0.l0.c", 3), Is.GreaterThan(RowOf(viewer, "0.l0.o", 4)));
            viewer.RemoveProbe(viewer.Probes[0]);
            viewer.Paint(Width, Height, Skin.Dark);
            Assert.That(() => RowOf(viewer, "0.l0.c", 3), Throws.TypeOf<AssertionException>());
        }

        [Test]
        public void ComparesTwoAgents()
        {
            using StateViewer viewer = Of(PlayedLink.Record("a", 10, 50), PlayedLink.Record("b", 20, 50));
            viewer.Compare("b");
            viewer.Paint(Width, Height, Skin.Dark);
            Assert.That(viewer.AgainstAhead, Is.EqualTo(0), "steps of the same number");
            StateReading difference = default, distance = default;
            for (int y = 0; y < Height; y++)
            {
                viewer.PointerMove(ColumnOf(viewer, 33), y);
                if (!(viewer.Hover is StateReading { IsDifference: true } reading)) continue;
                if (reading.Unit == 4) difference = reading;
                distance = reading;
            }
            Assert.That(difference.Value, Is.EqualTo(PlayedLink.Wave("a", 33, 7) - PlayedLink.Wave("b", 33, 7)));
            double sum = 0;
            for (int u = 3; u < 8; u++) sum += Math.Pow((double)PlayedLink.Wave("a", 33, u) - PlayedLink.Wave("b", 33, u), 2);
            Assert.That(distance.Value, Is.EqualTo(Math.Sqrt(sum)).Within(1e-6), "‖hA − hB‖ stands below");
        }

        [Test]
        public void TheDifferenceOfEqualAgentsHasNoColour()
        {
            float Of(string agent, long step, int place) => PlayedLink.Wave("", step, place);
            using StateViewer viewer = Live(out PlayedLink game, steps: 0, values: Of);
            viewer.Attach("NPC_08");
            game.Run(50);
            viewer.Compare("NPC_08");
            uint[] pixels = viewer.Paint(Width, Height, Skin.Dark).Pixels.ToArray();
            ColorScale scale = ColorScale.Signed(Skin.Dark);
            int seen = 0, x = ColumnOf(viewer, 40);
            for (int y = 0; y < Height; y++)
            {
                viewer.PointerMove(x, y);
                if (!(viewer.Hover is StateReading { IsDifference: true } reading)) continue;
                Assert.That(reading.Value, Is.EqualTo(0));
                if (pixels[(y * Width) + x] == scale.Map[scale.IndexOf(0)].Packed) seen++;
            }
            Assert.That(seen, Is.GreaterThan(50));
            viewer.Compare("");
            Assert.That(viewer.Against, Is.Empty);
        }

        [Test]
        public void OfTwoRunningAgentsThePresentStepsAreCompared()
        {
            using StateViewer viewer = Live(out PlayedLink game, steps: 30);
            viewer.Attach("NPC_08");
            game.Run(20);
            viewer.Compare("NPC_08");
            Assert.That(viewer.AgainstAhead, Is.EqualTo(-30));
            using StateViewer file = StateViewerTests.Of(PlayedLink.Record("a", 0, 10), PlayedLink.Record("b", 500, 10));
            file.Compare("b");
            Assert.That(file.AgainstAhead, Is.EqualTo(500), "no step in common: since both began");
        }

        [Test]
        public void AgentsOfOtherShapeAreNotCompared()
        {
            var other = new RecordingLayout(RecordChannels.Hidden, 0, 0, 0, new[] { new RecordedCell("rnn", "RNN", 2, 2, false) });
            using StateViewer viewer = Of(PlayedLink.Record("a", 0, 5), new Recording("b", other, 0, new float[4]));
            Assert.That(() => viewer.Compare("b"), Throws.ArgumentException.With.Message.Contains("a and b cannot be compared"));
            Assert.That(viewer.Against, Is.Empty);
        }

        [Test]
        public void PauseStepAndRecordReachTheGame()
        {
            using StateViewer viewer = Live(out PlayedLink game);
            viewer.IsPaused = true;
            Assert.That(game.IsPaused, Is.True);
            viewer.Press(ViewerKey.Home);
            viewer.StepOnce();
            viewer.Update();
            Assert.That((game.Clock, viewer.Timeline.Playhead), Is.EqualTo((101L, 100L)));
            viewer.IsRecording = false;
            viewer.StepOnce();
            viewer.Update();
            Assert.That((game.Clock, viewer.Timeline.Playhead), Is.EqualTo((102L, 100L)));
            game.DroppedSteps = 7;
            viewer.Paint(Width, Height, Skin.Dark);
            game.DroppedSteps = 8;
            Assert.That(viewer.Update(), Is.True, "drops are shown");
        }

        [Test]
        public void FoldsALaneByItsName()
        {
            using StateViewer viewer = Of(PlayedLink.Record("a", 0, 50));
            int before = RowOf(viewer, "0.l0.f", 4) - RowOf(viewer, "0.l0.f", 0), y = RowOf(viewer, "0.l0.f", 2);
            viewer.PointerDown(20, y);
            viewer.Paint(Width, Height, Skin.Dark);
            Assert.That(before, Is.GreaterThan(14));
            Assert.That(RowOf(viewer, "0.l0.f", 4) - RowOf(viewer, "0.l0.f", 0), Is.LessThan(14));
            viewer.Fold("f");
            viewer.Paint(Width, Height, Skin.Dark);
            Assert.That(RowOf(viewer, "0.l0.f", 4) - RowOf(viewer, "0.l0.f", 0), Is.EqualTo(before));
        }

        [Test]
        public void SaturationIsCountedOverTheStepsInSight()
        {
            // A third open, a third shut, a third between, in every gate.
            float Of(string agent, long step, int place) => place < 13 ? 0 : (step % 3) switch { 0 => 0.95f, 1 => 0.05f, _ => 0.5f };
            var steps = PlayedLink.Record("a", 0, 300, Of);
            var lane = new GateLane(steps, 300, steps.Layout.Find("f")!, new[] { 0, 1, 2, 3, 4 }, Skin.Dark, 0.9f, 0.1f);
            Assert.That(lane.Share(0, 300), Is.EqualTo((1.0 / 3, 1.0 / 3)));
            Assert.That(lane.Share(0, 1), Is.EqualTo((1.0, 0.0)));
            using StateViewer viewer = StateViewerTests.Of(steps);
            viewer.SetThresholds(0.96f, 0.04f);
            Assert.That(() => viewer.SetThresholds(0.1f, 0.9f), Throws.ArgumentException.With.Message.Contains("0 ≤ shut < open ≤ 1"));
            Assert.That((viewer.OpenAbove, viewer.ShutBelow), Is.EqualTo((0.96f, 0.04f)));
        }

        [Test]
        public void TheWheelZoomsAndWithShiftPans()
        {
            using StateViewer viewer = Of(PlayedLink.Record("a", 0, 400));
            viewer.Wheel(ColumnOf(viewer, 200), -3, shift: false);
            Assert.That(viewer.Timeline.Span, Is.EqualTo(205));
            long from = viewer.Timeline.From;
            viewer.Wheel(200, -2, shift: true);
            Assert.That(viewer.Timeline.From, Is.EqualTo(from - 41).Within(1));
        }

        [Test]
        public void AnEmptyViewerPaintsAndAnswersNothing()
        {
            using var viewer = new StateViewer();
            StateCanvas canvas = viewer.Paint(Width, Height, Skin.Light);
            Assert.That(canvas[Width - 1, Height - 1], Is.EqualTo(Skin.Light.Background));
            foreach (ViewerKey key in Enum.GetValues(typeof(ViewerKey))) viewer.Press(key);
            viewer.PointerDown(200, 100);
            viewer.PointerMove(250, 100);
            viewer.PointerUp(100);
            viewer.Wheel(200, 1, false);
            Assert.That(viewer.Hover, Is.Null);
            Assert.That(viewer.Inspect(), Is.Null);
            viewer.Connect(new PlayedLink(16, PlayedLink.Wave));
            viewer.Paint(1, 1, Skin.Dark);
            viewer.Paint(Width, 60, Skin.Dark);
        }
    }
}
