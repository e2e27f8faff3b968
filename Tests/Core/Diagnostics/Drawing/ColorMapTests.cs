using System;
using NUnit.Framework;
using Recurrent.Diagnostics;

namespace Recurrent.Tests.Diagnostics
{
    public class ColorMapTests
    {
        [Test]
        public void Tables_hold_the_published_colors()
        {
            // Rows of the published tables, times 255: berlin 0 is 0.621082 0.690182 0.999507; vik 0 is 0.001328 0.069836 0.379529;
            // cividis 0 is 0 0.1262 0.3015; magma 64 is 0.316654 0.071690 0.485380, magma 255 is 0.987053 0.991438 0.749504.
            Assert.That(ColorMap.Berlin[0], Is.EqualTo(new Rgba(158, 176, 255)));
            Assert.That(ColorMap.Berlin[255], Is.EqualTo(new Rgba(255, 173, 173)));
            Assert.That(ColorMap.Vik[0], Is.EqualTo(new Rgba(0, 18, 97)));
            Assert.That(ColorMap.Cividis[0], Is.EqualTo(new Rgba(0, 32, 77)));
            Assert.That(ColorMap.Cividis[255], Is.EqualTo(new Rgba(255, 234, 70)));
            Assert.That(ColorMap.Magma[64], Is.EqualTo(new Rgba(81, 18, 124)));
            Assert.That(ColorMap.Magma[255], Is.EqualTo(new Rgba(252, 253, 191)));
        }

        [Test]
        public void The_middle_of_a_diverging_map_is_close_to_the_ground_of_its_skin()
        {
            foreach (Skin skin in new[] { Skin.Light, Skin.Dark })
                Assert.That(Rgba.Contrast(skin.Diverging[128], skin.Background), Is.LessThan(1.4), skin.IsDark ? "dark" : "light");
        }

        [Test]
        public void Sequential_maps_grow_lighter_all_the_way()
        {
            foreach (ColorMap map in new[] { ColorMap.Cividis, ColorMap.Magma })
            {
                for (int i = 8; i < 256; i += 8) Assert.That(map[i].Luminance(), Is.GreaterThan(map[i - 8].Luminance()), map.Name + " at " + i);
            }
        }

        // Machado, Oliveira and Fernandes (2009), "A Physiologically-based Model for Simulation of Color Vision Deficiency",
        // severity 1.0, rows of the matrices on linear RGB.
        private static readonly (string Name, double[] Matrix)[] Deficiencies =
        {
            ("normal", new[] { 1.0, 0.0, 0.0, 0.0, 1.0, 0.0, 0.0, 0.0, 1.0 }),
            ("protanopia", new[] { 0.152286, 1.052583, -0.204868, 0.114503, 0.786281, 0.099216, -0.003882, -0.048116, 1.051998 }),
            ("deuteranopia", new[] { 0.367322, 0.860646, -0.227968, 0.280085, 0.672501, 0.047413, -0.011820, 0.042940, 0.968881 }),
            ("tritanopia", new[] { 1.255528, -0.076749, -0.178779, -0.078411, 0.930809, 0.147602, 0.004733, 0.691367, 0.303900 }),
        };

        [Test]
        public void Opposite_values_stay_apart_for_color_blind_eyes([Values(0.25f, 0.5f, 0.75f, 1f)] float value, [Values(false, true)] bool dark)
        {
            Skin skin = dark ? Skin.Dark : Skin.Light;
            ColorScale scale = ColorScale.Signed(skin);
            foreach ((string name, double[] matrix) in Deficiencies)
            {
                double difference = Difference(Lab(scale.Map[scale.IndexOf(value)], matrix), Lab(scale.Map[scale.IndexOf(-value)], matrix));
                Assert.That(difference, Is.GreaterThan(20.0), $"{scale.Map.Name} at ±{value}, {name}");
            }
        }

        [Test]
        public void Line_colors_stand_out_from_the_ground_and_from_each_other()
        {
            foreach (Skin skin in new[] { Skin.Light, Skin.Dark })
            {
                for (int i = 0; i < 4; i++) Assert.That(Rgba.Contrast(skin.LineColor(i), skin.Background), Is.GreaterThan(2.9), $"curve {i}");
                Assert.That(Rgba.Contrast(skin.Text, skin.Background), Is.GreaterThan(12.0));
                Assert.That(Rgba.Contrast(skin.MutedText, skin.Background), Is.GreaterThan(4.5));
                Assert.That(Rgba.Contrast(skin.Hatch, skin.Empty), Is.GreaterThan(4.0));
                foreach ((string name, double[] matrix) in Deficiencies)
                    Assert.That(Difference(Lab(skin.LineColor(0), matrix), Lab(skin.LineColor(1), matrix)), Is.GreaterThan(20.0), name);
            }
        }

        // CIE 1976 ΔE.
        private static double Difference((double L, double A, double B) x, (double L, double A, double B) y)
            => Math.Sqrt((x.L - y.L) * (x.L - y.L) + (x.A - y.A) * (x.A - y.A) + (x.B - y.B) * (x.B - y.B));

        private static (double L, double A, double B) Lab(Rgba color, double[] m)
        {
            static double Linear(byte channel) => channel <= 10 ? channel / 255.0 / 12.92 : Math.Pow((channel / 255.0 + 0.055) / 1.055, 2.4);
            static double Clip(double value) => Math.Min(1.0, Math.Max(0.0, value));
            static double Root(double t) => t > 216.0 / 24389.0 ? Math.Pow(t, 1.0 / 3.0) : (24389.0 / 27.0 * t + 16.0) / 116.0;
            double r0 = Linear(color.R), g0 = Linear(color.G), b0 = Linear(color.B);
            double r = Clip(m[0] * r0 + m[1] * g0 + m[2] * b0), g = Clip(m[3] * r0 + m[4] * g0 + m[5] * b0), b = Clip(m[6] * r0 + m[7] * g0 + m[8] * b0);
            double x = Root((0.4124564 * r + 0.3575761 * g + 0.1804375 * b) / 0.95047);
            double y = Root(0.2126729 * r + 0.7151522 * g + 0.0721750 * b);
            double z = Root((0.0193339 * r + 0.1191920 * g + 0.9503041 * b) / 1.08883);
            return (116.0 * y - 16.0, 500.0 * (x - y), 200.0 * (y - z));
        }
    }
}
