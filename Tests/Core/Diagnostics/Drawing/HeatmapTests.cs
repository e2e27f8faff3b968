using NUnit.Framework;
using Recurrent.Diagnostics;

namespace Recurrent.Tests.Diagnostics
{
    public class HeatmapTests
    {
        private static StateCanvas Paint(Heatmap heatmap, int width, int height)
        {
            var canvas = new StateCanvas(width, height);
            heatmap.Paint(canvas, canvas.Bounds, Skin.Light);
            return canvas;
        }

        [Test]
        public void A_ramp_paints_the_map_from_its_first_to_its_last_color()
        {
            var ramp = new float[256];
            for (int i = 0; i < 256; i++) ramp[i] = -1f + 2f * i / 255f;
            StateCanvas canvas = Paint(new Heatmap(ramp, 1, ColorScale.Signed(Skin.Light)), 256, 3);
            for (int x = 0; x < 256; x++) Assert.That(canvas[x, 1], Is.EqualTo(ColorMap.Vik[x]), "column " + x);
        }

        [Test]
        public void Steps_run_to_the_right_and_units_downwards()
        {
            // Two steps of three units, each cell 4 × 2 pixels.
            var heatmap = new Heatmap(new[] { 0f, 10f, 20f, 100f, 110f, 120f }, 3, new ColorScale(ColorMap.Magma, 0, 255));
            StateCanvas canvas = Paint(heatmap, 8, 6);
            Assert.That(canvas[0, 0], Is.EqualTo(ColorMap.Magma[0]));
            Assert.That(canvas[3, 3], Is.EqualTo(ColorMap.Magma[10]));
            Assert.That(canvas[4, 4], Is.EqualTo(ColorMap.Magma[120]));
            Assert.That(canvas[7, 1], Is.EqualTo(ColorMap.Magma[100]));
            heatmap.RowOrder = new[] { 1, 2, 0 };
            canvas = Paint(heatmap, 8, 6);
            Assert.That(canvas[0, 0], Is.EqualTo(ColorMap.Magma[10]));
            Assert.That(canvas[7, 5], Is.EqualTo(ColorMap.Magma[100]));
        }

        [Test]
        public void A_cell_that_is_not_a_number_is_hatched_and_counted_in_words()
        {
            var values = new float[20];
            values[3 * 4 + 1] = float.NaN;    // step 3, unit 1
            var heatmap = new Heatmap(values, 4, ColorScale.Signed(Skin.Light), "step", 100.0);
            StateCanvas canvas = Paint(heatmap, 50, 40);
            int ink = 0;
            for (int y = 10; y < 20; y++)
            {
                for (int x = 30; x < 40; x++)
                {
                    Rgba expected = (x + y) % 4 == 0 ? Skin.Light.Hatch : Skin.Light.Empty;
                    Assert.That(canvas[x, y], Is.EqualTo(expected), $"{x}, {y}");
                    if (expected == Skin.Light.Hatch) ink++;
                }
            }
            Assert.That(ink, Is.EqualTo(25));
            Assert.That(canvas[29, 15], Is.EqualTo(ColorMap.Vik[128]));
            Assert.That(canvas[40, 15], Is.EqualTo(ColorMap.Vik[128]));

            var picture = new StateCanvas(500, 200) { TextLog = new System.Collections.Generic.List<(string Text, PixelRect Area)>() };
            heatmap.Draw(picture, picture.Bounds, Skin.Light);
            Assert.That(picture.TextLog.Exists(text => text.Text == "NaN"), Is.True);
            Assert.That(picture.TextLog.Exists(text => text.Text == "5.0 %, first at 103"), Is.True);
        }

        [Test]
        public void Where_cells_share_a_pixel_the_strongest_shows()
        {
            var scale = new ColorScale(ColorMap.Vik, -1, 1);
            // Six steps on two pixels: −0.2, 0.9, −1 | 0.1, NaN, 1
            StateCanvas canvas = Paint(new Heatmap(new[] { -0.2f, 0.9f, -1f, 0.1f, float.NaN, 1f }, 1, scale), 2, 1);
            Assert.That(canvas[0, 0], Is.EqualTo(ColorMap.Vik[0]));
            Assert.That(canvas[1, 0], Is.EqualTo(Skin.Light.Empty));
            canvas = Paint(new Heatmap(new[] { 0.2f, 0.9f, 0f, 0.1f, 0.3f, 0.25f }, 1, ColorScale.Gate()), 2, 1);
            Assert.That(canvas[0, 0], Is.EqualTo(ColorMap.Cividis[229]));    // 0.9f · 255 = 229.49999
            Assert.That(canvas[1, 0], Is.EqualTo(ColorMap.Cividis[77]));     // 0.3 · 255 = 76.5
        }

        [Test]
        public void Wrong_sizes_are_named()
            => Assert.That(() => new Heatmap(new float[7], 2, ColorScale.Gate()), Throws.ArgumentException.With.Message.Contains("steps of 2 values, got 7"));
    }
}
