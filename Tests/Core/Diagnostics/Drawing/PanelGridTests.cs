using System;
using System.Linq;
using NUnit.Framework;
using Recurrent.Diagnostics;

namespace Recurrent.Tests.Diagnostics
{
    public class PanelGridTests
    {
        private sealed class Probe : Panel
        {
            internal int Left, Right, Above, Below;
            internal PixelRect Plot, Area;

            public override (int Left, int Right) MeasureSides(int width, int height, Skin skin) => (Left, Right);

            public override (int Above, int Below) MeasureEnds(int plotWidth, Skin skin) => (Above, Below);

            public override void Draw(StateCanvas canvas, PixelRect area, PixelRect plot, Skin skin) => (Area, Plot) = (area, plot);
        }

        [Test]
        public void Data_areas_share_their_edges_and_the_rest_by_weight()
        {
            var a = new Probe { Left = 30, Right = 5, Above = 20, Below = 10 };
            var b = new Probe { Left = 50, Right = 2, Above = 8, Below = 40 };
            var c = new Probe { Left = 10, Right = 60, Above = 25, Below = 4 };
            var grid = new PanelGrid(2, 2);
            grid[0, 0] = a;
            grid[1, 0] = b;
            grid[0, 1] = c;
            grid.ColumnWeights[1] = 3f;
            grid.Draw(16 + 50 + 100 + 5 + 26 + 10 + 300 + 60 + 16, 16 + 25 + 80 + 10 + 12 + 8 + 80 + 40 + 16, Skin.Light);
            Assert.That(a.Plot, Is.EqualTo(new PixelRect(66, 41, 100, 80)));
            Assert.That(b.Plot, Is.EqualTo(new PixelRect(66, 41 + 80 + 10 + 12 + 8, 100, 80)));
            Assert.That(c.Plot, Is.EqualTo(new PixelRect(207, 41, 300, 80)));
            Assert.That(a.Area, Is.EqualTo(PixelRect.FromEdges(16, 16, 171, 131)));
        }

        [Test]
        public void A_picture_too_small_for_its_panels_is_drawn_without_them()
        {
            var probe = new Probe { Left = 300 };
            var grid = new PanelGrid(1, 1) { Title = "Small" };
            grid[0, 0] = probe;
            Assert.That(() => grid.Draw(200, 100, Skin.Dark), Throws.Nothing);
            Assert.That(probe.Plot.IsEmpty, Is.True);
        }

        private static float[] Values(int count, Func<int, double> value) => Enumerable.Range(0, count).Select(i => (float)value(i)).ToArray();

        // Every kind of panel, with texts as long as they get.
        private static PanelGrid Everything(int steps, int units)
        {
            float[] state = Values(steps * units, i => i % 97 == 0 ? double.NaN : 1.4 * Math.Sin(i * 0.7)), gate = Values(steps * units, i => 0.5 + 0.5 * Math.Sin(i));
            float[] curve = Values(steps, t => Math.Exp(-t * 0.05)), wide = Values(steps, t => 2.0 * Math.Exp(-t * 0.05));
            var grid = new PanelGrid(3, 3) { Title = "Everything in one picture", Subtitle = "LSTM(8→64) · look-back 36 · seed 1" };
            grid[0, 0] = new Heatmap(state, units, ColorScale.Signed(Skin.Dark), "step", 5120) { Title = "Layer 0, hidden state h" };
            grid[0, 1] = new GateStrips(steps, "step", 5120) { Title = "Gates" }.AddGate("i", gate).AddCandidate("g", state).AddHidden("o", "its weights are not in the file");
            grid[0, 2] = new Trajectory("PC 1 (71 %)", "PC 2 (22 %)", Values(steps, t => 1e4 * Math.Cos(t * 0.2)), Values(steps, t => 1e4 * Math.Sin(t * 0.2))) { Title = "Trajectory", FirstStep = 123_456 };
            grid[1, 0] = new LineChart(Axis.Counting("step", 0, steps), Axis.FitLogarithmic("‖∂L/∂h(t)‖", curve)) { Title = "Gradient norm" }
                .Add(new LineSeries("RNN", curve) { Value = "3.1×10⁻¹³" }).Add(new LineSeries("LSTM", wide) { Value = "0.22" }).Add(new LineSeries("GRU", curve) { Value = "0.018" });
            grid[1, 1] = new LineChart(Axis.Counting("month since January 1749", 0, steps), Axis.Fit("passengers (thousands)", wide)) { Title = "Forecast with fan" }
                .Add(new Fan("95 %", Values(steps, t => t), new[] { curve }, new[] { wide })).Add(new LineSeries("forecast", curve));
            grid[1, 2] = new LineChart(Axis.Linear("step", 0, steps), Axis.Linear("y", -0.5, 0.5)) { Title = "NaN" }.Add(new LineSeries("output", Values(steps, t => t % 20 > 10 ? double.NaN : Math.Sin(t))));
            grid[2, 0] = new Heatmap(Values(steps * 3, i => Math.Pow(10.0, -i % 8)), 3, ColorScale.Decades(1e-6, 1), "steps before the output", -steps, new[] { "speed of the player", "angle", "alarm" }) { Title = "Attribution", RowTitle = "" };
            grid[2, 1] = new LineChart(Axis.Counting("lag k", 0, steps), Axis.Fit("|∂y/∂x(t−k)|", curve)).Add(new LineSeries("speed", curve) { ShowBars = true });
            grid[2, 2] = new ConfusionMatrix(new[] { 1, 2, 3, 4, 5, 6, 7, 8, 9 }, new[] { "walk", "jump", "idle" }) { Title = "Confusion" };
            return grid;
        }

        [Test]
        public void No_two_texts_of_any_panels_meet([Values(3, 60, 700)] int steps, [Values(1, 2)] int scale)
        {
            foreach ((int width, int height) in new[] { (1300, 900), (1000, 640) })
                Texts.AssertApart(Everything(steps, 16), width * scale, height * scale, Skin.Dark.WithScale(scale));
        }

        [Test]
        public void The_same_data_give_the_same_bytes()
            => Assert.That(Everything(60, 16).Draw(1000, 640, Skin.Light).Pixels, Is.EqualTo(Everything(60, 16).Draw(1000, 640, Skin.Light).Pixels));
    }
}
