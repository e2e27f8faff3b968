using System.Collections.Generic;
using System.Linq;
using NUnit.Framework;
using Recurrent.Diagnostics;

namespace Recurrent.Tests.Diagnostics
{
    public class GateStripsTests
    {
        private static StateCanvas Draw(GateStrips strips, PixelRect plot)
        {
            var canvas = new StateCanvas(plot.Right + 120, plot.Bottom + 60) { TextLog = new List<(string Text, PixelRect Area)>() };
            canvas.Clear(Skin.Light.Background);
            strips.Draw(canvas, canvas.Bounds.Inset(4), plot, Skin.Light);
            return canvas;
        }

        [Test]
        public void A_strip_shows_the_cells_and_under_them_how_many_are_saturated()
        {
            // Two steps of three units: one open, one shut and one between; then all open.
            var values = new[] { 0.95f, 0.05f, 0.5f, 1f, 1f, 1f };
            var plot = new PixelRect(60, 60, 80, 50);
            StateCanvas canvas = Draw(new GateStrips(2).AddGate("f", values), plot);
            // 36 rows of cells, 2 free, 12 of saturation.
            Assert.That(canvas[70, 62], Is.EqualTo(ColorMap.Cividis[242]));
            Assert.That(canvas[70, 77], Is.EqualTo(ColorMap.Cividis[13]));
            Assert.That(canvas[70, 90], Is.EqualTo(ColorMap.Cividis[128]));
            Assert.That(canvas[130, 90], Is.EqualTo(ColorMap.Cividis[255]));
            Assert.That(canvas[70, 97], Is.EqualTo(Skin.Light.Background));
            for (int row = 0; row < 12; row++)
            {
                Assert.That(canvas[70, 98 + row], Is.EqualTo(row < 4 ? Skin.Light.LineColor(0) : row < 8 ? Skin.Light.Empty : Skin.Light.LineColor(1)), "row " + row);
                Assert.That(canvas[130, 98 + row], Is.EqualTo(Skin.Light.LineColor(1)), "row " + row);
            }
            string[] texts = canvas.TextLog!.Select(text => text.Text).ToArray();
            Assert.That(texts, Does.Contain("f"));
            Assert.That(texts, Does.Contain("67 % open"));
            Assert.That(texts, Does.Contain("17 % shut"));
        }

        [Test]
        public void A_candidate_takes_signed_colors_and_is_saturated_at_both_ends()
        {
            StateCanvas canvas = Draw(new GateStrips(1).AddCandidate("g", new[] { -1f, 0f, 0.95f, 0.5f }), new PixelRect(60, 60, 40, 50));
            Assert.That(canvas[70, 62], Is.EqualTo(ColorMap.Vik[0]));
            Assert.That(canvas[70, 75], Is.EqualTo(ColorMap.Vik[128]));
            string[] texts = canvas.TextLog!.Select(text => text.Text).ToArray();
            Assert.That(texts, Does.Contain("25 % high"));
            Assert.That(texts, Does.Contain("25 % low"));
        }

        [Test]
        public void A_gate_that_cannot_be_seen_says_why()
        {
            StateCanvas canvas = Draw(new GateStrips(4).AddHidden("i", "the file gives out h only"), new PixelRect(60, 60, 300, 30));
            Assert.That(canvas.TextLog!.Any(text => text.Text == "the file gives out h only"), Is.True);
            Assert.That(canvas[61, 61], Is.EqualTo(Skin.Light.Empty));
        }

        [Test]
        public void Values_that_are_no_whole_number_of_units_are_named()
            => Assert.That(() => new GateStrips(4).AddGate("i", new float[10]), Throws.ArgumentException.With.Message.Contains("GateStrips(i)").And.Message.Contains("got 10"));
    }
}
