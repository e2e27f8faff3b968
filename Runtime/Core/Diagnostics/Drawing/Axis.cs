using System;
using System.Collections.Generic;
using System.Globalization;

namespace Recurrent.Diagnostics
{
    /// <summary>
    /// The range of one direction of a chart, linear or in decades, and the round numbers that mark it. Marks are as many as fit:
    /// labels are measured, and never come closer than a gap.
    /// </summary>
    public sealed class Axis
    {
        /// <summary>What it measures, with its unit: "loss (MSE)", "step".</summary>
        public string Title { get; }

        /// <summary>The value at its left or lower end.</summary>
        public double Low { get; }

        /// <summary>The value at its right or upper end.</summary>
        public double High { get; }

        /// <summary>Whether equal ratios take equal lengths.</summary>
        public bool IsLogarithmic { get; }

        /// <summary>Whether it counts: no marks between whole numbers.</summary>
        public bool IsWhole { get; private set; }

        private Axis(string title, double low, double high, bool logarithmic)
        {
            Title = title;
            IsLogarithmic = logarithmic;
            // What cannot be an axis (empty, not finite, zero on a log axis) becomes one around the same place.
            if (!double.IsFinite(low)) low = logarithmic ? 0.1 : 0.0;
            if (!double.IsFinite(high)) high = low + 1.0;
            if (high < low) (low, high) = (high, low);
            if (logarithmic)
            {
                high = Math.Max(high, 1e-300);
                low = low <= 0.0 ? high * 1e-3 : low;
                if (high / low < 1.0 + 1e-6) (low, high) = (low / 2.0, high * 2.0);
            }
            else
            {
                double smallest = Math.Max(1e-300, Math.Max(Math.Abs(low), Math.Abs(high)) * 1e-6);
                if (high - low < smallest)
                {
                    double half = Math.Max(smallest, low == 0.0 ? 1.0 : Math.Abs(low) * 0.1);
                    (low, high) = (low - half, high + half);
                }
            }
            Low = low;
            High = high;
        }

        /// <summary>An axis from low to high. A range without length, or one that is not finite, is widened to one that can be drawn.</summary>
        public static Axis Linear(string title, double low, double high) => new Axis(title, low, high, logarithmic: false);

        /// <summary>An axis of decades. A low end that is not above zero is set three decades below the high end.</summary>
        public static Axis Logarithmic(string title, double low, double high) => new Axis(title, low, high, logarithmic: true);

        /// <summary>An axis that counts steps, epochs or units: first … first + count − 1, each with half a step of room on both sides.</summary>
        public static Axis Counting(string title, double first, int count) => new Axis(title, first - 0.5, first + Math.Max(1, count) - 0.5, logarithmic: false) { IsWhole = true };

        /// <summary>A linear axis that shows all finite values of the arrays, with a little room above and below.</summary>
        public static Axis Fit(string title, params float[]?[] values)
        {
            (double low, double high) = Range(values, 0.0 - double.MaxValue);
            double room = (high - low) * 0.05;
            return Linear(title, low - room, high + room);
        }

        /// <summary>A logarithmic axis that shows all finite values above zero of the arrays, with a little room above and below.</summary>
        public static Axis FitLogarithmic(string title, params float[]?[] values)
        {
            (double low, double high) = Range(values, double.Epsilon);
            double room = Math.Pow(high / low, 0.05);
            return Logarithmic(title, low / room, high * room);
        }

        private static (double Low, double High) Range(float[]?[] values, double atLeast)
        {
            double low = double.PositiveInfinity, high = double.NegativeInfinity;
            foreach (float[]? array in values)
            {
                foreach (float value in array ?? Array.Empty<float>())
                {
                    if (!float.IsFinite(value) || value < atLeast) continue;
                    low = Math.Min(low, value);
                    high = Math.Max(high, value);
                }
            }
            return low <= high ? (low, high) : (0.1, 1.0);
        }

        /// <summary>Where a value lies: 0 at the low end, 1 at the high end, beyond them outside the range; "not a number" stays so, as does zero on a log axis.</summary>
        public double Fraction(double value)
        {
            if (!IsLogarithmic) return (value - Low) / (High - Low);
            return value > 0.0 ? Math.Log(value / Low) / Math.Log(High / Low) : double.NaN;
        }

        /// <summary>The value that lies at a fraction, as <see cref="Fraction"/> counts it.</summary>
        public double Value(double fraction) => IsLogarithmic ? Low * Math.Pow(High / Low, fraction) : Low + (High - Low) * fraction;

        /// <summary>
        /// The marks of an axis that lies from left to right over <paramref name="length"/> pixels, in ascending order.
        /// </summary>
        public List<AxisTick> TicksAcross(int length, BitmapFont font) => Ticks(length, Math.Max(44 * font.Scale, length / 12), label => font.Measure(label) + 14 * font.Scale);

        /// <summary>
        /// The marks of an axis that stands upright over <paramref name="length"/> pixels, in ascending order.
        /// </summary>
        public List<AxisTick> TicksUpwards(int length, BitmapFont font) => Ticks(length, 26 * font.Scale, label => font.CapHeight + font.Descent + font.Scale);

        // The densest set of round numbers whose marks are about `spacing` apart and whose labels, each as long as `extent` says, do not meet.
        // An axis too short for two such marks may have them closer.
        private List<AxisTick> Ticks(int length, int spacing, Func<string, int> extent)
        {
            List<AxisTick> ticks = Spaced(length, spacing, extent);
            if (ticks.Count >= 2) return ticks;
            List<AxisTick> closer = Spaced(length, Math.Max(1, spacing / 3), extent);
            return closer.Count > ticks.Count ? closer : ticks;
        }

        private List<AxisTick> Spaced(int length, int spacing, Func<string, int> extent)
        {
            double decades = IsLogarithmic ? Math.Log10(High / Low) : 0.0;
            if (decades >= 1.0)
            {
                List<AxisTick>? decimals = decades < 4.0 ? Fitting(Powers(1, 1, 2, 5), length, extent, minor: true) : null;
                for (int stride = Math.Max(1, (int)Math.Ceiling(0.8 * spacing * decades / Math.Max(1, length))); decimals == null && stride < 700; stride++)
                    decimals = Fitting(Powers(stride, 1), length, extent, minor: stride == 1 && length / decades >= spacing);
                return decimals ?? new List<AxisTick>();
            }
            double ends = 1e-9 * (High - Low), least = (High - Low) * spacing / Math.Max(1, length);
            int power = (int)Math.Floor(Math.Log10(least));
            if (IsWhole) power = Math.Max(0, power);
            for (; power < 309; power++)
            {
                foreach (int digit in new[] { 1, 2, 5 })
                {
                    double step = digit * Math.Pow(10.0, power);
                    if (step < least * 0.999 && !(IsWhole && digit == 1 && power == 0 && least <= 1.0)) continue;
                    double first = Math.Ceiling((Low - ends) / step), last = Math.Floor((High + ends) / step);
                    if (last - first > length) continue;
                    var values = new List<double>();
                    for (double i = first; i <= last; i++) values.Add(power < 0 ? i * digit / Math.Pow(10.0, -power) : i * step);
                    List<AxisTick>? ticks = Fitting(values.ConvertAll(value => (value, Label(value, power))), length, extent, minor: false);
                    if (ticks != null) return ticks;
                }
            }
            return new List<AxisTick>();
        }

        private List<AxisTick>? Fitting(List<(double Value, string Label)> marks, int length, Func<string, int> extent, bool minor)
        {
            var ticks = new List<AxisTick>(marks.Count);
            double end = double.NegativeInfinity;
            foreach ((double value, string label) in marks)
            {
                double fraction = Math.Min(1.0, Math.Max(0.0, Fraction(value))), half = 0.5 * extent(label);
                if (fraction * length - half < end) return null;
                end = fraction * length + half;
                ticks.Add(new AxisTick(value, fraction, label));
            }
            if (minor) AddMinor(ticks);
            return ticks;
        }

        private void AddMinor(List<AxisTick> ticks)
        {
            int labelled = ticks.Count;
            for (int power = (int)Math.Floor(Math.Log10(Low)); power <= Math.Log10(High); power++)
            {
                for (int digit = 1; digit < 10; digit++)
                {
                    double value = digit * Math.Pow(10.0, power), fraction = Fraction(value);
                    if (fraction < 0.0 || fraction > 1.0 || ticks.FindIndex(0, labelled, tick => Math.Abs(tick.Fraction - fraction) < 1e-9) >= 0) continue;
                    ticks.Add(new AxisTick(value, fraction, ""));
                }
            }
            ticks.Sort((a, b) => a.Fraction.CompareTo(b.Fraction));
        }

        // The digits times every stride-th power of ten within the range; as decimals where all of them are short.
        private List<(double, string)> Powers(int stride, params int[] digits)
        {
            var marks = new List<(double, string)>();
            int from = (int)Math.Floor(Math.Log10(Low)), to = (int)Math.Floor(Math.Log10(High) + 1e-9);
            bool plain = Low >= 0.5e-4 && to <= 5;
            for (int power = from; power <= to; power++)
            {
                if (((power % stride) + stride) % stride != 0) continue;
                foreach (int digit in digits)
                {
                    double value = digit * Math.Pow(10.0, power), fraction = Fraction(value);
                    if (fraction < -1e-9 || fraction > 1.0 + 1e-9) continue;
                    marks.Add((value, plain ? Fixed(value, Math.Max(0, -power)) : (digit == 1 ? "" : digit.ToString(CultureInfo.InvariantCulture) + "×") + "10" + Superscript(power)));
                }
            }
            return marks;
        }

        // Marks are multiples of 10^power: that many decimals, or a power of ten where the numbers would be long.
        private string Label(double value, int power)
        {
            if (value == 0.0) return "0";
            double largest = Math.Max(Math.Abs(Low), Math.Abs(High));
            if (power >= -5 && (largest < 1e6 || IsWhole && largest < 1e9)) return Fixed(value, Math.Max(0, -power));
            int exponent = (int)Math.Floor(Math.Log10(Math.Abs(value)) + 1e-9);
            return Fixed(value / Math.Pow(10.0, exponent), Math.Min(15, Math.Max(0, exponent - power))) + "×10" + Superscript(exponent);
        }

        /// <summary>A number in three significant digits, for a legend.</summary>
        internal static string Short(double value)
        {
            double magnitude = Math.Abs(value);
            if (value == 0.0) return "0";
            if (!double.IsFinite(value)) return double.IsNaN(value) ? "NaN" : value > 0.0 ? "∞" : "−∞";
            if (magnitude >= 0.001 && magnitude < 99999.5) return Fixed(value, Math.Min(5, Math.Max(0, 2 - (int)Math.Floor(Math.Log10(magnitude)))));
            int exponent = (int)Math.Floor(Math.Log10(magnitude));
            return Fixed(value / Math.Pow(10.0, exponent), 1) + "×10" + Superscript(exponent);
        }

        private static string Fixed(double value, int decimals) => value.ToString("F" + decimals.ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture).Replace('-', '−');

        private static string Superscript(int exponent)
        {
            const string Digits = "⁰¹²³⁴⁵⁶⁷⁸⁹";
            string text = "";
            foreach (char character in exponent.ToString(CultureInfo.InvariantCulture)) text += character == '-' ? '⁻' : Digits[character - '0'];
            return text;
        }
    }
}
