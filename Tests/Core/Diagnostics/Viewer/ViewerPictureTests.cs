using System;
using System.Linq;
using NUnit.Framework;
using Recurrent.Diagnostics;

namespace Recurrent.Tests.Diagnostics
{
    /// <summary>A picture that grew step by step is the picture that is painted at once.</summary>
    public class ViewerPictureTests
    {
        private const int Capacity = 64;

        // Waves with numbers that are none, and spikes beyond every scale now and then.
        private static float Torn(string agent, long step, int place)
        {
            float value = PlayedLink.Wave(agent, step, place);
            if (place == 2) return step % 3 == 0 ? float.NaN : value;
            if (((step * 7) + (place * 31)) % 61 == 0) return float.NaN;
            return place >= 8 && place < 13 && step == 50 ? 7 : value;
        }

        private static StateViewer Live(out PlayedLink game, int capacity = Capacity)
        {
            var viewer = new StateViewer(Array.Empty<IUnitOrder>(), Array.Empty<IStateView>());
            game = new PlayedLink(capacity, Torn, "NPC_07", "NPC_08");
            viewer.Connect(game);
            viewer.Attach("NPC_08");
            viewer.AddProbe(new ViewerProbe("c", 1));
            viewer.AddProbe(new ViewerProbe("h", 2));
            return viewer;
        }

        private static void AssertSame(StateCanvas grown, StateCanvas whole, string when)
        {
            if (grown.Pixels.SequenceEqual(whole.Pixels)) return;
            for (int i = 0; i < whole.Pixels.Length; i++)
            {
                if (grown.Pixels[i] != whole.Pixels[i])
                    Assert.Fail($"{when}: pixel ({i % whole.Width}, {i / whole.Width}) is {new Rgba(grown.Pixels[i])}, painted at once {new Rgba(whole.Pixels[i])}");
            }
        }

        [Test]
        public void StepByStepGivesThePixelsOfAFullRepaint([Values(331, 700)] int width, [Values(1, 2)] int scale, [Values("h", "c")] string state)
        {
            using StateViewer viewer = Live(out PlayedLink game);
            viewer.State = state;
            Skin skin = Skin.Dark.WithScale(scale);
            int[] runs = { 1, 1, 1, 3, 10, 40, 8, 1, 1, 5, 64, 2, 1, 130, 1 };
            foreach (int run in runs)
            {
                game.Run(run);
                AssertSame(viewer.Paint(width * scale, 500, skin), viewer.Picture(width * scale, 500, skin), $"{game.Clock} steps");
            }
        }

        [Test]
        public void AlsoWhileDetachedAndCompared([Values(false, true)] bool light)
        {
            using StateViewer viewer = Live(out PlayedLink game);
            Skin skin = light ? Skin.Light : Skin.Dark;
            game.Run(40);
            viewer.Compare("NPC_08");
            viewer.Paint(500, 520, skin);
            void Check(string when) => AssertSame(viewer.Paint(500, 520, skin), viewer.Picture(500, 520, skin), when);
            viewer.Press(ViewerKey.Left, shift: true);
            Check("moved");
            game.Run(7);
            Check("running on");
            game.Run(30);
            Check("the first steps were lost");
            viewer.Timeline.Select(50, 60);
            viewer.Press(ViewerKey.Fit);
            Check("fitted");
            game.Run(3);
            Check("fitted and running on");
            viewer.PointerMove(300, 100);
            Check("hovering");
            viewer.Select(new ViewerProbe("f", 1));
            Check("selected");
            viewer.Press(ViewerKey.End);
            game.Run(1);
            Check("live, and zoomed");
            for (int i = 0; i < 20; i++)
            {
                game.Run(1);
                Check($"live, and zoomed, {game.Clock}");
            }
            viewer.AddBreakpoint("h[0] > 0.8");
            game.Run(50);
            Check("paused");
            viewer.Timeline.Zoom(1.7, viewer.Timeline.Playhead);
            Check("zoomed out");
            viewer.Timeline.Pan(-0.2);
            Check("moved back");
        }

        [Test]
        public void TruthThatComesLaterIsPaintedLater()
        {
            var layout = new RecordingLayout(RecordChannels.Output | RecordChannels.Target | RecordChannels.Hidden, 0, 3, 3, new[] { new RecordedCell("rnn", "RNN", 2, 2, false) });
            using var viewer = new StateViewer(Array.Empty<IUnitOrder>(), Array.Empty<IStateView>());
            var game = new PlayedLink(32, Torn, "forecaster");
            viewer.Connect(game);
            game.Replace("forecaster", layout);
            AgentRecorder recorder = game.Recorder("forecaster");
            RecordedTrack target = layout.Find("target")!;
            var frame = new float[layout.Width];
            for (int t = 0; t < 50; t++)
            {
                Array.Fill(frame, (float)Math.Sin(t * 0.4));
                frame.AsSpan(target.Offset, 3).Fill(float.NaN);
                recorder.Record(frame);
                for (int ahead = 0; ahead < Math.Min(3, t); ahead++) recorder.At(t - ahead, target)[ahead] = (float)Math.Cos(t * 0.4);
                AssertSame(viewer.Paint(500, 300, Skin.Light), viewer.Picture(500, 300, Skin.Light), $"step {t}");
            }
        }

        [Test]
        public void AHorizonIsAFanAtThePlayhead()
        {
            // y is a wave; the forecast h + 1 steps ahead is off by (h + 1) times −0.04 … 0.05, in turn.
            var layout = new RecordingLayout(RecordChannels.Output | RecordChannels.Target | RecordChannels.Hidden, 0, 8, 8, new[] { new RecordedCell("rnn", "RNN", 2, 2, false) });
            var frames = new float[100 * layout.Width];
            RecordedTrack output = layout.Find("output")!, target = layout.Find("target")!;
            static float Truth(int step) => (float)Math.Sin(step * 0.13);
            for (int t = 0; t < 100; t++)
                for (int h = 0; h < 8; h++)
                {
                    frames[(t * layout.Width) + target.Offset + h] = t + h < 99 ? Truth(t + h) : float.NaN;
                    frames[(t * layout.Width) + output.Offset + h] = Truth(t + h) + ((h + 1) * 0.01f * ((t % 10) - 4));
                }
            var recording = new Recording("forecaster", layout, 0, frames);
            HorizonFan fan = HorizonFan.Of(recording, output, target)!;
            for (int h = 0; h < 8; h++)
            {
                (float low, float high) = fan.Band(40, h);
                float forecast = frames[(40 * layout.Width) + output.Offset + h];
                Assert.That(forecast - low, Is.EqualTo((h + 1) * 0.04f).Within(1e-3), $"{h + 1} ahead: errors of −0.03 … 0.04 hold four fifths");
                Assert.That(high - forecast, Is.InRange(((h + 1) * 0.03f) - 1e-3f, ((h + 1) * 0.04f) + 1e-3f));
            }
            frames[(50 * layout.Width) + target.Offset + 3] += 1;
            Assert.That(HorizonFan.Of(recording, output, target), Is.Null, "outputs that are no horizon");
            frames[(50 * layout.Width) + target.Offset + 3] -= 1;

            using var viewer = new StateViewer(Array.Empty<IUnitOrder>(), Array.Empty<IStateView>());
            viewer.Connect(new FileStateLink("f", new[] { recording }));
            viewer.Timeline.MoveTo(40);
            uint[] here = viewer.Paint(900, 400, Skin.Light).Pixels.ToArray();
            viewer.Timeline.MoveTo(60);
            uint[] there = viewer.Paint(900, 400, Skin.Light).Pixels.ToArray();
            StepColumns columns = viewer.Timeline.Columns(900 - 84 - 132);
            int Changed(long step) => Enumerable.Range(60, 330).Count(y => here[(y * 900) + 84 + (int)columns.MiddleOf(step)] != there[(y * 900) + 84 + (int)columns.MiddleOf(step)]);
            Assert.That(Changed(46), Is.GreaterThan(5), "the fan of step 40 reaches over step 46");
            Assert.That(Changed(66), Is.GreaterThan(5));
            Assert.That(Changed(50), Is.EqualTo(0), "between the two");
        }

        [Test]
        public void AStepMoreCostsItsColumnsAndNoGarbage()
        {
            using StateViewer viewer = Live(out PlayedLink game, capacity: 1000);
            game.Run(1500);
            for (int i = 0; i < 100; i++)
            {
                game.Run(1);
                viewer.Paint(900, 600, Skin.Dark);
            }
            long painted = 0;
            long garbage = 0;
            for (int i = 0; i < 20; i++)
            {
                game.Run(1);
                garbage += Allocated.By(() => viewer.Paint(900, 600, Skin.Dark));
                painted = Math.Max(painted, viewer.PaintedColumns);
            }
            Assert.That(garbage, Is.EqualTo(0));
            Assert.That(painted, Is.LessThan(8 * 40), "eight lanes, of 684 columns each");
        }

        [Test]
        public void ThePlayheadIsALineThroughAllLanes()
        {
            using StateViewer viewer = Live(out PlayedLink game);
            game.Run(30);
            viewer.Update();
            viewer.Timeline.MoveTo(17);
            StateCanvas canvas = viewer.Paint(500, 500, Skin.Dark);
            int x = 84 + (int)viewer.Timeline.Columns(500 - 84 - 132).MiddleOf(17);
            for (int y = 60; y < 470; y += 7) Assert.That(canvas[x, y], Is.EqualTo(Skin.Dark.Text), $"row {y}");
        }

        [Test]
        public void ARangeIsShadedFromItsFirstStepToItsLast()
        {
            using StateViewer viewer = Live(out PlayedLink game);
            game.Run(60);
            viewer.Update();
            viewer.Timeline.MoveTo(2);
            uint[] before = viewer.Paint(500, 500, Skin.Dark).Pixels.ToArray();
            viewer.Timeline.Select(20, 29);
            uint[] after = viewer.Paint(500, 500, Skin.Dark).Pixels.ToArray();
            StepColumns columns = viewer.Timeline.Columns(500 - 84 - 132);
            int from = 84 + (int)(columns.FirstOf(20) - columns.Left), to = 84 + (int)(columns.LastOf(29) - columns.Left);
            int[] changed = Enumerable.Range(0, 500).Where(x => before[(150 * 500) + x] != after[(150 * 500) + x]).ToArray();
            Assert.That((changed.First(), changed.Last(), changed.Length), Is.EqualTo((from, to, to - from + 1)));
        }

        [Test]
        public void ARangeThatFillsThePictureLeavesTheColoursOfValuesAlone()
        {
            using StateViewer viewer = Live(out PlayedLink game);
            game.Run(60);
            viewer.Update();
            viewer.Timeline.Select(20, 49);
            viewer.Press(ViewerKey.Fit);
            uint[] selected = viewer.Paint(500, 500, Skin.Dark).Pixels.ToArray();
            Assert.That(viewer.Timeline.Range, Is.Not.Null);
            viewer.Timeline.SelectNothing();
            uint[] plain = viewer.Paint(500, 500, Skin.Dark).Pixels.ToArray();
            Assert.That(Enumerable.Range(0, 500).Where(x => selected[(150 * 500) + x] != plain[(150 * 500) + x]).ToArray(), Is.EqualTo(new[] { 84, 500 - 132 - 1 }), "its edges alone");
        }

        [Test]
        public void GatesThatCannotBeSeenSayWhy()
        {
            var cell = new RecordedCell("lstm", "LSTM", 2, 2, false, null, "An ONNX model gives out h only.");
            var recording = new Recording("onnx", new RecordingLayout(RecordChannels.All, 0, 0, 0, new[] { cell }), 0, new float[20]);
            using var viewer = new StateViewer(Array.Empty<IUnitOrder>(), Array.Empty<IStateView>());
            viewer.Connect(new FileStateLink("f", new[] { recording }));
            uint[] with = viewer.Paint(600, 300, Skin.Light).Pixels.ToArray();
            var canvas = new StateCanvas(600, 300);
            canvas.Clear(Skin.Light.Background);
            PixelRect text = canvas.Text(Skin.Light.Font, cell.GatesUnseenBecause, 300, 20, Skin.Light.MutedText, 0.5f);
            Assert.That(Enumerable.Range(0, 280).Any(shift => Enumerable.Range(0, text.Width).All(x => with[((shift + 5) * 600) + text.X + x] == canvas.Pixels[(25 * 600) + text.X + x])), Is.True, "the words stand in the picture");
        }
    }
}
