using System;
using System.Collections.Generic;
using System.Linq;
using NUnit.Framework;
using Recurrent.Diagnostics;

namespace Recurrent.Tests.Diagnostics
{
    public class TrajectoryTests
    {
        [Test]
        public void A_circle_is_round_in_a_wide_and_in_a_tall_panel()
        {
            float[] x = Enumerable.Range(0, 101).Select(t => (float)Math.Cos(t * 0.02 * Math.PI)).ToArray();
            float[] y = Enumerable.Range(0, 101).Select(t => (float)Math.Sin(t * 0.02 * Math.PI)).ToArray();
            foreach (PixelRect plot in new[] { new PixelRect(60, 60, 300, 120), new PixelRect(60, 60, 120, 300) })
            {
                var canvas = new StateCanvas(420, 420);
                canvas.Clear(Skin.Light.Background);
                new Trajectory("", "", x, y).Draw(canvas, canvas.Bounds, plot, Skin.Light);
                // The four extremes of the circle: 1 / 2.2 of the shorter side's length from its centre.
                int side = 120, top = plot.Y + (plot.Height - side) / 2;
                foreach ((double across, double up) in new[] { (0.0, 1.0), (0.0, -1.0), (-1.0, 0.0), (0.6, 0.8), (-0.8, -0.6) })
                {
                    int column = (int)(plot.X + side * (0.5 + across / 2.2)), row = (int)(top + side * (0.5 - up / 2.2));
                    Assert.That(Enumerable.Range(0, 9).Any(i => Rgba.Contrast(canvas[column - 1 + i % 3, row - 1 + i / 3], Skin.Light.Background) > 2.0), Is.True, $"{plot}: {across}, {up}");
                    Assert.That(Rgba.Contrast(canvas[(int)(plot.X + side * (0.5 + 0.9 * across / 2.2)), (int)(top + side * (0.5 - 0.9 * up / 2.2))], Skin.Light.Background), Is.LessThan(1.5), $"{plot}: inside {across}, {up}");
                }
            }
        }

        [Test]
        public void Time_runs_through_the_colors_and_a_gap_stays_a_gap()
        {
            // A straight way to the right, of which the middle third is not a number.
            float[] x = Enumerable.Range(0, 31).Select(t => t >= 10 && t <= 20 ? float.NaN : t).ToArray();
            float[] y = Enumerable.Range(0, 31).Select(t => t * 0.1f).ToArray();
            var canvas = new StateCanvas(420, 200);
            canvas.Clear(Skin.Dark.Background);
            new Trajectory("", "", x, y).Draw(canvas, canvas.Bounds, new PixelRect(20, 100, 330, 33), Skin.Dark);
            Assert.That(Enumerable.Range(101, 30).Max(row => canvas[20 + 165, row].Luminance()), Is.LessThan(0.05), "the gap");
            double early = Enumerable.Range(101, 30).Max(row => canvas[20 + 75, row].Luminance()), late = Enumerable.Range(101, 30).Max(row => canvas[20 + 260, row].Luminance());
            Assert.That(early, Is.GreaterThan(0.08));
            Assert.That(late, Is.GreaterThan(early * 2.0));
        }

        [Test]
        public void The_legend_says_when_it_begins_and_ends()
        {
            var canvas = new StateCanvas(400, 300) { TextLog = new List<(string Text, PixelRect Area)>() };
            new Trajectory("PC 1", "PC 2", new float[5], new float[5]) { FirstStep = 100 }.Draw(canvas, canvas.Bounds, Skin.Dark);
            string[] texts = canvas.TextLog.Select(text => text.Text).ToArray();
            foreach (string expected in new[] { "start", "step 100", "end", "step 104", "PC 1", "PC 2" }) Assert.That(texts, Does.Contain(expected));
            Assert.That(() => new Trajectory("", "", new float[2], new float[3]), Throws.ArgumentException.With.Message.Contains("2 x, but 3 y"));
        }
    }
}
