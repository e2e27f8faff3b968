using NUnit.Framework;
using Recurrent.Diagnostics;

namespace Recurrent.Tests.Diagnostics
{
    public class ColorScaleTests
    {
        [Test]
        public void Values_take_their_place_in_the_map_and_outside_the_range_its_ends()
        {
            var scale = new ColorScale(ColorMap.Cividis, 0.0, 1.0);
            foreach ((float value, int index) in new[] { (0f, 0), (1f, 255), (0.5f, 128), (0.25f, 64), (0.1f, 26), (-3f, 0), (7f, 255), (float.NegativeInfinity, 0), (float.PositiveInfinity, 255), (float.NaN, -1) })
                Assert.That(scale.IndexOf(value), Is.EqualTo(index), $"{value}");
            Assert.That(scale.IsOutside(1.0001f), Is.True);
            Assert.That(scale.IsOutside(1f), Is.False);
            Assert.That(scale.IsOutside(float.NaN), Is.False);
        }

        [Test]
        public void Opposite_values_lie_mirrored()
        {
            ColorScale scale = ColorScale.Signed(Skin.Dark, 2.0);
            foreach (float value in new[] { 0.1f, 0.33f, 0.9f, 1.5f, 2f }) Assert.That(scale.IndexOf(value) + scale.IndexOf(-value), Is.EqualTo(255).Within(1), $"{value}");
        }

        [Test]
        public void Decades_take_equal_steps()
        {
            ColorScale scale = ColorScale.Decades(1e-6, 1e-1);
            foreach ((float value, int index) in new[] { (1e-6f, 0), (1e-5f, 51), (1e-4f, 102), (1e-1f, 255), (0f, 0), (-1f, 0), (float.NaN, -1), (1e9f, 255) })
                Assert.That(scale.IndexOf(value), Is.EqualTo(index), $"{value}");
        }

        [Test]
        public void The_percentile_ignores_spikes_and_what_is_not_finite()
        {
            var values = new float[1000];
            for (int i = 0; i < 1000; i++) values[i] = (i % 2 == 0 ? 1 : -1) * i * 0.01f;    // magnitudes 0 … 9.99
            values[500] = 1e6f;
            values[501] = float.NaN;
            values[502] = float.NegativeInfinity;
            Assert.That(ColorScale.SignedByPercentile(Skin.Light, values).High, Is.EqualTo(9.92).Within(0.011));
            Assert.That(ColorScale.SignedByPercentile(Skin.Light, new float[5]).High, Is.EqualTo(1.0));
            Assert.That(ColorScale.SignedByPercentile(Skin.Light, new[] { float.NaN }).High, Is.EqualTo(1.0));
        }

        [Test]
        public void A_range_that_cannot_be_is_named()
        {
            Assert.That(() => new ColorScale(ColorMap.Magma, 1, 1), Throws.ArgumentException.With.Message.Contains("ColorScale(magma)"));
            Assert.That(() => ColorScale.Decades(0, 1), Throws.ArgumentException.With.Message.Contains("above 0"));
        }
    }
}
