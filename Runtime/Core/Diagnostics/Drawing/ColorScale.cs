using System;

namespace Recurrent.Diagnostics
{
    /// <summary>Which colour stands for which value: a map stretched over a fixed range, linear or in decades. What lies outside the range takes the colour of its end.</summary>
    public sealed class ColorScale
    {
        private readonly double _origin, _factor;

        /// <summary>The colours.</summary>
        public ColorMap Map { get; }

        /// <summary>The value of the first colour.</summary>
        public double Low { get; }

        /// <summary>The value of the last colour.</summary>
        public double High { get; }

        /// <summary>Whether equal ratios, rather than equal differences, take equal steps of colour.</summary>
        public bool IsLogarithmic { get; }

        /// <summary>Whether zero lies in the middle, so that both ends mean a large magnitude.</summary>
        public bool IsSymmetric => !IsLogarithmic && Low == -High;

        /// <summary>A scale over a range.</summary>
        /// <exception cref="ArgumentException">The range is empty, not finite, or logarithmic and not above zero.</exception>
        public ColorScale(ColorMap map, double low, double high, bool logarithmic = false)
        {
            if (!(low < high) || !double.IsFinite(low) || !double.IsFinite(high) || logarithmic && low <= 0.0)
            {
                string expected = logarithmic ? "a finite, ascending range above 0" : "a finite, ascending range";
                throw new ArgumentException(FormattableString.Invariant($"ColorScale({map.Name}): expected {expected}, got {low} to {high}."), nameof(low));
            }
            Map = map;
            Low = low;
            High = high;
            IsLogarithmic = logarithmic;
            _origin = logarithmic ? Math.Log10(low) : low;
            _factor = (ColorMap.Length - 1) / ((logarithmic ? Math.Log10(high) : high) - _origin);
        }

        /// <summary>Signed values: −<paramref name="limit"/> … +<paramref name="limit"/> on the skin's diverging map. Hidden states and differences take a limit of 1.</summary>
        public static ColorScale Signed(Skin skin, double limit = 1.0) => new ColorScale(skin.Diverging, -limit, limit);

        /// <summary>Gates: 0 (shut) … 1 (open) on <see cref="ColorMap.Cividis"/>.</summary>
        public static ColorScale Gate() => new ColorScale(ColorMap.Cividis, 0.0, 1.0);

        /// <summary>Gradients and other magnitudes: decades from <paramref name="low"/> to <paramref name="high"/> on <see cref="ColorMap.Magma"/>.</summary>
        public static ColorScale Decades(double low, double high) => new ColorScale(ColorMap.Magma, low, high, logarithmic: true);

        /// <summary>
        /// Signed values without a natural bound, such as cell states: symmetric at the magnitude below which <paramref name="share"/> of the
        /// finite values lie (1 when there is none, or when it is 0), so that one spike does not wash out the rest.
        /// </summary>
        public static ColorScale SignedByPercentile(Skin skin, ReadOnlySpan<float> values, double share = 0.99)
        {
            var magnitudes = new float[values.Length];
            int count = 0;
            foreach (float value in values)
            {
                if (float.IsFinite(value)) magnitudes[count++] = Math.Abs(value);
            }
            Array.Sort(magnitudes, 0, count);
            float limit = count == 0 ? 0f : magnitudes[(int)Math.Min(count - 1, Math.Ceiling(share * count))];
            return Signed(skin, limit > 0f ? limit : 1.0);
        }

        /// <summary>The place of a value in the map, 0 … 255; of "not a number", −1.</summary>
        public int IndexOf(float value)
        {
            double place = ((IsLogarithmic ? Decade(value) : value) - _origin) * _factor + 0.5;
            if (place >= 0.5) return place < ColorMap.Length - 1 ? (int)place : ColorMap.Length - 1;
            return place < 0.5 ? 0 : -1;
        }

        private static double Decade(float value) => float.IsNaN(value) ? double.NaN : Math.Log10(Math.Max(value, double.Epsilon));

        /// <summary>Whether a value lies outside the range, so that its colour says less than it should; "not a number" does not count.</summary>
        public bool IsOutside(float value) => value < Low || value > High;
    }
}
