using System;
using System.Collections.Generic;
using System.Linq;
using NUnit.Framework;
using Recurrent.Diagnostics;

namespace Recurrent.Tests.Diagnostics
{
    public class AxisTests
    {
        private static readonly BitmapFont Font = BitmapFont.Get(1);

        private static string[] Labels(IEnumerable<AxisTick> ticks) => ticks.Where(tick => tick.Label.Length > 0).Select(tick => tick.Label).ToArray();

        [Test]
        public void Round_numbers_mark_a_linear_axis()
        {
            Assert.That(Labels(Axis.Linear("", 0, 1).TicksAcross(400, Font)), Is.EqualTo(new[] { "0", "0.2", "0.4", "0.6", "0.8", "1.0" }));
            Assert.That(Labels(Axis.Linear("", -1, 1).TicksAcross(200, Font)), Is.EqualTo(new[] { "−1.0", "−0.5", "0", "0.5", "1.0" }));
            Assert.That(Labels(Axis.Linear("", 0, 260).TicksUpwards(180, Font)), Is.EqualTo(new[] { "0", "50", "100", "150", "200", "250" }));
            Assert.That(Labels(Axis.Linear("", 0, 3e-7).TicksUpwards(100, Font)), Is.EqualTo(new[] { "0", "1×10⁻⁷", "2×10⁻⁷", "3×10⁻⁷" }));
            Assert.That(Labels(Axis.Linear("", 0, 2.5e7).TicksUpwards(100, Font)), Is.EqualTo(new[] { "0", "1×10⁷", "2×10⁷" }));
        }

        [Test]
        public void Decades_mark_a_logarithmic_axis()
        {
            Assert.That(Labels(Axis.Logarithmic("", 1e-3, 1).TicksUpwards(90, Font)), Is.EqualTo(new[] { "0.001", "0.01", "0.1", "1" }));
            Assert.That(Labels(Axis.Logarithmic("", 1e-12, 1).TicksUpwards(120, Font)), Is.EqualTo(new[] { "10⁻¹²", "10⁻⁹", "10⁻⁶", "10⁻³", "10⁰" }));
            Assert.That(Labels(Axis.Logarithmic("", 0.1, 10).TicksUpwards(300, Font)), Is.EqualTo(new[] { "0.1", "0.2", "0.5", "1", "2", "5", "10" }));
            // Less than a decade: round numbers, although they stand unevenly.
            Assert.That(Labels(Axis.Logarithmic("", 2, 8).TicksUpwards(200, Font)), Is.EqualTo(new[] { "2", "3", "4", "5", "6", "7", "8" }));
        }

        [Test]
        public void Small_marks_of_a_decade_stand_at_two_to_nine()
        {
            List<AxisTick> ticks = Axis.Logarithmic("", 1e-6, 1e-2).TicksUpwards(160, Font);
            Assert.That(ticks.Count(tick => tick.Label.Length > 0), Is.EqualTo(5));
            Assert.That(ticks.Count, Is.EqualTo(4 * 9 + 1));
            AxisTick two = ticks.First(tick => Math.Abs(tick.Value / 2e-6 - 1) < 1e-9);
            Assert.That(two.Fraction, Is.EqualTo(Math.Log10(2.0) / 4.0).Within(1e-12));
        }

        [Test]
        public void A_counting_axis_has_room_for_half_a_step_and_marks_whole_numbers_only()
        {
            Axis epochs = Axis.Counting("epoch", 1, 3);
            Assert.That((epochs.Low, epochs.High), Is.EqualTo((0.5, 3.5)));
            Assert.That(Labels(epochs.TicksAcross(900, Font)), Is.EqualTo(new[] { "1", "2", "3" }));
            Assert.That(Labels(Axis.Counting("unit", 0, 64).TicksUpwards(100, Font)), Is.EqualTo(new[] { "0", "20", "40", "60" }));
            Assert.That(Labels(Axis.Counting("step", 1_500_000, 100).TicksAcross(400, Font)), Is.EqualTo(new[] { "1500000", "1500020", "1500040", "1500060", "1500080" }));
        }

        [Test]
        public void Labels_never_meet_and_marks_lie_on_the_axis()
        {
            var random = new RandomSource(5);
            var lengths = new[] { 8, 40, 90, 160, 333, 700, 1500 };
            int labelled = 0;
            for (int i = 0; i < 200; i++)
            {
                double size = Math.Pow(10.0, random.NextDouble() * 24.0 - 12.0), offset = i % 3 == 0 ? 0.0 : (random.NextDouble() - 0.5) * size * Math.Pow(10.0, random.Next(7));
                double ratio = Math.Pow(10.0, 0.02 + random.NextDouble() * (i % 2 == 0 ? 2.0 : 30.0));
                foreach (Axis axis in new[] { Axis.Linear("", offset, offset + size), Axis.Logarithmic("", size, size * ratio), Axis.Counting("", Math.Floor(Math.Min(1e6, size)), 1 + random.Next(100_000)) })
                {
                    foreach (int length in lengths)
                    {
                        foreach (int scale in new[] { 1, 2 })
                        {
                            BitmapFont font = BitmapFont.Get(scale);
                            labelled += AssertApart(axis.TicksAcross(length, font), length, label => font.Measure(label) + 8 * scale, axis);
                            labelled += AssertApart(axis.TicksUpwards(length, font), length, label => font.CapHeight + font.Descent, axis);
                        }
                    }
                }
            }
            Assert.That(labelled, Is.GreaterThan(20_000));
        }

        private static int AssertApart(List<AxisTick> ticks, int length, Func<string, int> extent, Axis axis)
        {
            double end = double.NegativeInfinity, last = double.NegativeInfinity;
            var seen = new HashSet<string>();
            foreach (AxisTick tick in ticks)
            {
                Assert.That(tick.Fraction, Is.InRange(0.0, 1.0));
                Assert.That(tick.Fraction, Is.GreaterThan(last), $"{axis.Low} … {axis.High}");
                last = tick.Fraction;
                if (tick.Label.Length == 0) continue;
                Assert.That(tick.Fraction * length - extent(tick.Label) / 2.0, Is.GreaterThanOrEqualTo(end), $"{axis.Low} … {axis.High} over {length}: {tick.Label}");
                Assert.That(seen.Add(tick.Label), Is.True, $"{axis.Low} … {axis.High} over {length}: {tick.Label} twice");
                end = tick.Fraction * length + extent(tick.Label) / 2.0;
            }
            return seen.Count;
        }

        [Test]
        public void A_usual_axis_has_at_least_two_labels()
        {
            var random = new RandomSource(6);
            for (int i = 0; i < 300; i++)
            {
                double low = random.NextGaussian(), high = low + Math.Pow(10.0, random.NextDouble() * 6.0 - 3.0);
                Assert.That(Labels(Axis.Linear("", low, high).TicksUpwards(80, Font)).Length, Is.GreaterThanOrEqualTo(2), $"{low} … {high}");
                Assert.That(Labels(Axis.Linear("", low, high).TicksAcross(260, Font)).Length, Is.GreaterThanOrEqualTo(2), $"{low} … {high}");
                Assert.That(Labels(Axis.Logarithmic("", Math.Exp(low), Math.Exp(low) * (1.5 + high - low)).TicksUpwards(120, Font)).Length, Is.GreaterThanOrEqualTo(2), $"{low} … {high}");
            }
        }

        [Test]
        public void Ranges_that_cannot_be_drawn_are_widened()
        {
            foreach ((double low, double high) in new[] { (3.0, 3.0), (0.0, 0.0), (double.NaN, 1.0), (double.NegativeInfinity, double.PositiveInfinity), (2.0, -2.0), (1e300, 1e300), (5.0, 5.0 + 1e-12) })
            {
                foreach (Axis axis in new[] { Axis.Linear("", low, high), Axis.Logarithmic("", low, high) })
                {
                    Assert.That(axis.Low, Is.LessThan(axis.High), $"{low} … {high}");
                    Assert.That(axis.Fraction(axis.Low), Is.EqualTo(0.0).Within(1e-12));
                    Assert.That(axis.Fraction(axis.High), Is.EqualTo(1.0).Within(1e-12));
                    Assert.That(axis.TicksAcross(300, Font).Count, Is.GreaterThan(0), $"{low} … {high}");
                }
            }
            Assert.That(Axis.Logarithmic("", 0, 1).Low, Is.EqualTo(1e-3));
        }

        [Test]
        public void Fit_shows_all_finite_values_with_a_little_room()
        {
            Axis axis = Axis.Fit("", new[] { 4f, float.NaN, -6f }, null, new[] { float.PositiveInfinity, 14f });
            Assert.That(axis.Low, Is.EqualTo(-7.0).Within(1e-9));
            Assert.That(axis.High, Is.EqualTo(15.0).Within(1e-9));
            Axis decades = Axis.FitLogarithmic("", new[] { 1f, 0f, -3f, 100f });
            Assert.That(Math.Log10(decades.Low), Is.EqualTo(-0.1).Within(1e-6));
            Assert.That(Math.Log10(decades.High), Is.EqualTo(2.1).Within(1e-6));
        }

        [Test]
        public void Numbers_in_a_legend_have_three_digits()
        {
            foreach ((double value, string text) in new[] { (0.0, "0"), (19.0512, "19.1"), (-0.98765, "−0.988"), (1.0, "1.00"), (0.00123456, "0.00123"), (1234.5, "1234"), (4.2e-7, "4.2×10⁻⁷"), (-3.04e8, "−3.0×10⁸"), (double.NaN, "NaN") })
                Assert.That(Axis.Short(value), Is.EqualTo(text));
        }
    }
}
