using System;
using NUnit.Framework;
using Recurrent.Diagnostics;

namespace Recurrent.Tests.Diagnostics
{
    public class HeatmapTextureTests
    {
        private const int Units = 37, Capacity = 53;

        // Steps of unequal values, some beyond the range, some not a number.
        private static float ValueOf(int step, int unit)
            => (step * 31 + unit * 17) % 97 == 0 ? float.NaN : (step + unit) % 41 == 0 ? float.NegativeInfinity : (float)Math.Sin(step * 0.37 + unit * unit * 0.11) * 1.2f;

        [Test]
        public void Column_by_column_gives_the_bytes_of_a_full_repaint([Values(0, 1, Capacity - 1, Capacity, Capacity + 1, 2 * Capacity - 1, 3 * Capacity + 17)] int steps, [Values(false, true)] bool sorted)
        {
            int[]? order = null;
            if (sorted)
            {
                order = new int[Units];
                for (int i = 0; i < Units; i++) order[i] = i;
                new RandomSource(3).Shuffle(order);
            }
            var live = new HeatmapTexture(Units, Capacity, ColorScale.Signed(Skin.Dark), Skin.Dark, order);
            var ring = new float[Capacity * Units];
            var column = new float[Units];
            for (int step = 0; step < steps; step++)
            {
                for (int unit = 0; unit < Units; unit++) column[unit] = ValueOf(step, unit);
                column.CopyTo(ring, step % Capacity * Units);
                live.PaintColumn(column, step % Capacity);
            }
            var full = new HeatmapTexture(Units, Capacity, ColorScale.Signed(Skin.Dark), Skin.Dark, order);
            Array.Fill(full.Canvas.Pixels, 0x12345678u);
            full.PaintAll(ring, Math.Min(steps, Capacity));
            Assert.That(live.Canvas.Pixels, Is.EqualTo(full.Canvas.Pixels));
        }

        [Test]
        public void Cells_take_the_color_of_their_unit_and_slot()
        {
            var texture = new HeatmapTexture(3, 5, new ColorScale(ColorMap.Cividis, 0, 255), Skin.Light, new[] { 2, 0, 1 });
            texture.PaintColumn(new[] { 10f, 20f, float.NaN }, 3);
            Assert.That(texture.Canvas[3, 1], Is.EqualTo(ColorMap.Cividis[10]));
            Assert.That(texture.Canvas[3, 2], Is.EqualTo(ColorMap.Cividis[20]));
            Assert.That(texture.Canvas[3, 0], Is.EqualTo(Skin.Light.Empty));     // (3 + 0) mod 4 ≠ 0: between two stripes
            Assert.That(texture.Canvas[4, 1], Is.EqualTo(Skin.Light.Empty));
            texture.PaintColumn(new[] { 10f, 20f, float.NaN }, 4);
            Assert.That(texture.Canvas[4, 0], Is.EqualTo(Skin.Light.Hatch));
        }

        [Test]
        public void A_column_allocates_nothing()
        {
            var texture = new HeatmapTexture(256, 64, ColorScale.Gate(), Skin.Dark);
            var column = new float[256];
            texture.PaintColumn(column, 0);
            Assert.That(Allocated.By(() =>
            {
                for (int slot = 0; slot < 64; slot++) texture.PaintColumn(column, slot);
            }), Is.EqualTo(0));
        }

        [Test]
        public void Wrong_sizes_are_named()
        {
            var texture = new HeatmapTexture(3, 5, ColorScale.Gate(), Skin.Dark);
            Assert.That(() => texture.PaintColumn(new float[2], 0), Throws.ArgumentException.With.Message.Contains("expected 3 values").And.Message.Contains("got 2"));
            Assert.That(() => texture.PaintColumn(new float[3], 5), Throws.ArgumentException.With.Message.Contains("slot 5"));
            Assert.That(() => texture.PaintAll(new float[14], 5), Throws.ArgumentException.With.Message.Contains("expected 15 values"));
            Assert.That(() => new HeatmapTexture(3, 5, ColorScale.Gate(), Skin.Dark, new[] { 0, 1, 3 }), Throws.ArgumentException.With.Message.Contains("order of 3 units"));
        }
    }
}
