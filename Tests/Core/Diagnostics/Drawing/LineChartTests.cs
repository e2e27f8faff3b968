using System;
using System.Collections.Generic;
using System.Linq;
using NUnit.Framework;
using Recurrent.Diagnostics;

namespace Recurrent.Tests.Diagnostics
{
    public class LineChartTests
    {
        private static readonly PixelRect Plot = new PixelRect(50, 40, 200, 100);

        // Every chart here is drawn with its data area at Plot: with X from 0 to 10 and Y from 0 to 100, a pixel is 0.05 across and 1 up.
        private static StateCanvas Draw(LineChart chart)
        {
            var canvas = new StateCanvas(300, 200) { TextLog = new List<(string Text, PixelRect Area)>() };
            canvas.Clear(Skin.Light.Background);
            chart.Draw(canvas, canvas.Bounds.Inset(4), Plot, Skin.Light);
            return canvas;
        }

        private static LineChart Chart() => new LineChart(Axis.Linear("t", 0, 10), Axis.Linear("y", 0, 100));

        [Test]
        public void Values_stand_at_their_place()
        {
            var chart = Chart();
            chart.Add(new LineSeries("a", new[] { 20.5f, 20.5f, 20.5f }) { First = 2.0, Width = 1f });
            chart.Add(new LineSeries("b", new[] { 0f, 5f, 10f }, new[] { 60.5f, 60.5f, 60.5f }) { Width = 1f, Dashes = Array.Empty<float>() });
            StateCanvas canvas = Draw(chart);
            Rgba a = Skin.Light.LineColor(0), b = Skin.Light.LineColor(1);
            int rowA = Plot.Bottom - 21, rowB = Plot.Bottom - 61;
            Assert.That(canvas[Plot.X + 41, rowA], Is.EqualTo(a));
            Assert.That(canvas[Plot.X + 79, rowA], Is.EqualTo(a));
            Assert.That(canvas[Plot.X + 36, rowA], Is.Not.EqualTo(a));
            Assert.That(canvas[Plot.X + 84, rowA], Is.Not.EqualTo(a));
            for (int x = Plot.X; x < Plot.Right; x++) Assert.That(canvas[x, rowB], Is.EqualTo(b), "column " + x);
            Assert.That(canvas[Plot.X - 3, rowB], Is.Not.EqualTo(b));
            Assert.That(canvas[Plot.Right + 1, rowB], Is.Not.EqualTo(b));
        }

        [Test]
        public void Not_a_number_is_a_gap_a_hatch_and_the_word()
        {
            var y = Enumerable.Range(0, 11).Select(i => i >= 4 && i <= 6 ? float.NaN : 30.5f).ToArray();
            StateCanvas canvas = Draw(Chart().Add(new LineSeries("output", y) { Width = 1f }));
            Rgba color = Skin.Light.LineColor(0);
            int row = Plot.Bottom - 31;
            Assert.That(canvas[Plot.X + 55, row], Is.EqualTo(color));
            for (int x = 63; x <= 137; x++) Assert.That(canvas[Plot.X + x, row], Is.Not.EqualTo(color), "column " + x);
            Assert.That(canvas[Plot.X + 145, row], Is.EqualTo(color));
            for (int x = 71; x < 129; x++)
            {
                for (int y0 = 0; y0 < 6; y0++)
                    Assert.That(canvas[Plot.X + x, Plot.Y + y0], Is.EqualTo((Plot.X + x + Plot.Y + y0) % 4 == 0 ? Skin.Light.Hatch : Skin.Light.Empty), $"{x}, {y0}");
            }
            Assert.That(canvas.TextLog!.Count(text => text.Text == "NaN"), Is.EqualTo(1));
            Assert.That(canvas.TextLog!.Any(text => text.Text == "3 NaN"), Is.True, "the legend counts");
        }

        [Test]
        public void Values_beyond_the_axis_are_flagged_outside_the_data_area()
        {
            StateCanvas canvas = Draw(Chart().Add(new LineSeries("", new[] { 50f, 50f, 1e6f, 50f, -3f, float.PositiveInfinity, 50f })));
            Rgba color = Skin.Light.LineColor(0);
            Assert.That(canvas[Plot.X + 40, Plot.Y - 4], Is.EqualTo(color));
            Assert.That(canvas[Plot.X + 80, Plot.Bottom + 3], Is.EqualTo(color));
            Assert.That(canvas[Plot.X + 100, Plot.Y - 4], Is.EqualTo(color));
            Assert.That(canvas[Plot.X + 60, Plot.Y - 4], Is.EqualTo(Skin.Light.Background));
            Assert.That(canvas[Plot.X + 60, Plot.Bottom + 3], Is.EqualTo(Skin.Light.Background));
        }

        [Test]
        public void A_gradient_norm_that_halves_each_step_is_a_straight_line_on_a_log_axis()
        {
            float[] norm = Enumerable.Range(0, 21).Select(t => (float)Math.Pow(0.5, 20 - t)).ToArray();
            var chart = new LineChart(Axis.Linear("t", 0, 20), Axis.Logarithmic("norm", Math.Pow(0.5, 20), 1.0)).Add(new LineSeries("RNN", norm) { Width = 2f });
            StateCanvas canvas = Draw(chart);
            for (int x = 10; x < 190; x++)
                Assert.That(canvas[Plot.X + x, Plot.Bottom - 1 - x / 2], Is.EqualTo(Skin.Light.LineColor(0)), "column " + x);
        }

        [Test]
        public void Zero_is_a_gap_on_a_log_axis_and_no_flag()
        {
            var chart = new LineChart(Axis.Linear("t", 0, 10), Axis.Logarithmic("norm", 1e-4, 1)).Add(new LineSeries("", new[] { 0f, 0f, 0f }));
            StateCanvas canvas = Draw(chart);
            Assert.That(canvas.Pixels.Contains(Skin.Light.LineColor(0).Packed), Is.False);
        }

        [Test]
        public void Bars_stand_side_by_side_on_zero()
        {
            var chart = new LineChart(Axis.Linear("k", -0.5, 9.5), Axis.Linear("y", -20, 80));
            chart.Add(new LineSeries("a", new[] { 0f, 60f }) { ShowBars = true }).Add(new LineSeries("b", new[] { 0f, -10f }) { ShowBars = true });
            StateCanvas canvas = Draw(chart);
            // Step 1 is centred on 1.5 · 20 = 30; a bar is 20 · 0.76 / 2 = 7.6 wide; zero is 20 above the foot.
            Assert.That(canvas[Plot.X + 25, Plot.Bottom - 21], Is.EqualTo(Skin.Light.LineColor(0)));
            Assert.That(canvas[Plot.X + 25, Plot.Bottom - 79], Is.EqualTo(Skin.Light.LineColor(0)));
            Assert.That(canvas[Plot.X + 25, Plot.Bottom - 82], Is.Not.EqualTo(Skin.Light.LineColor(0)));
            Assert.That(canvas[Plot.X + 25, Plot.Bottom - 19], Is.Not.EqualTo(Skin.Light.LineColor(0)));
            Assert.That(canvas[Plot.X + 34, Plot.Bottom - 12], Is.EqualTo(Skin.Light.LineColor(1)));
            Assert.That(canvas[Plot.X + 34, Plot.Bottom - 9], Is.Not.EqualTo(Skin.Light.LineColor(1)));
        }

        [Test]
        public void A_fan_is_darker_where_its_bands_lie_over_each_other()
        {
            var x = new[] { 0f, 10f };
            var fan = new Fan("95 % and 50 %", x, new[] { new[] { 10f, 10f }, new[] { 30f, 30f } }, new[] { new[] { 90f, 90f }, new[] { 70f, 70f } }) { Color = new Rgba(0, 0, 0) };
            StateCanvas canvas = Draw(new LineChart(Axis.Linear("", 0, 10), Axis.Linear("", 0, 100)).Add(fan));
            Rgba outside = canvas[Plot.X + 95, Plot.Bottom - 5], outer = canvas[Plot.X + 95, Plot.Bottom - 15], inner = canvas[Plot.X + 95, Plot.Bottom - 55];
            Assert.That(outside, Is.EqualTo(Skin.Light.Background));
            Assert.That(outer.R, Is.EqualTo(208).Within(1));    // 255 · (1 − 0.55 / 3)
            Assert.That(inner.R, Is.EqualTo(170).Within(1));    // 255 · (1 − 0.55 / 3)²
        }

        [Test]
        public void Hidden_labels_leave_the_axis_without_numbers()
        {
            LineChart chart = Chart();
            chart.ShowXLabels = false;
            string[] texts = Draw(chart).TextLog!.Select(text => text.Text).ToArray();
            Assert.That(texts, Does.Not.Contain("t"));
            Assert.That(texts, Does.Contain("y"));
            Assert.That(chart.MeasureEnds(200, Skin.Light).Below, Is.EqualTo(4));
        }

        [Test]
        public void Curves_differ_in_dashes_as_well_as_in_color()
        {
            Assert.That(Skin.LineDashes(0), Is.Empty);
            for (int i = 1; i < 6; i++)
            {
                for (int j = 0; j < i; j++)
                {
                    Assert.That(Skin.LineDashes(i), Is.Not.EqualTo(Skin.LineDashes(j)));
                    Assert.That(Skin.Dark.LineColor(i), Is.Not.EqualTo(Skin.Dark.LineColor(j)));
                }
            }
        }

        [Test]
        public void Lengths_that_differ_are_named()
        {
            Assert.That(() => new LineSeries("loss", new float[2], new float[3]), Throws.ArgumentException.With.Message.Contains("LineSeries(loss): 2 x, but 3 y"));
            Assert.That(() => new Fan("f", new float[2], new[] { new float[2] }, new[] { new float[3] }), Throws.ArgumentException.With.Message.Contains("band 0"));
            Assert.That(() => new Fan("f", new float[2], new[] { new float[2] }, new float[0][]), Throws.ArgumentException.With.Message.Contains("got 1 and 0"));
        }
    }
}
