using System;

namespace Recurrent.Diagnostics
{
    /// <summary>How sure a forecast is: nested bands around it, the widest first, that grow with the horizon.</summary>
    public sealed class Fan
    {
        /// <summary>Its name in the legend, for example "80 % and 95 %".</summary>
        public string Name { get; }

        /// <summary>Where the values stand along the axis, ascending.</summary>
        public float[] X { get; }

        /// <summary>The lower edge of each band, the widest band first.</summary>
        public float[][] Low { get; }    // (bands, points)

        /// <summary>The upper edge of each band, the widest band first.</summary>
        public float[][] High { get; }    // (bands, points)

        /// <summary>The colour; null for that of the chart's first series.</summary>
        public Rgba? Color { get; set; }

        /// <summary>A fan of one band or more.</summary>
        /// <exception cref="ArgumentException">The bands differ in number or length.</exception>
        public Fan(string name, float[] x, float[][] low, float[][] high)
        {
            if (low.Length != high.Length || low.Length == 0)
                throw new ArgumentException($"Fan({name}): expected as many lower as upper edges, one at least, got {low.Length} and {high.Length}.", nameof(high));
            for (int i = 0; i < low.Length; i++)
            {
                if (low[i].Length != x.Length || high[i].Length != x.Length)
                    throw new ArgumentException($"Fan({name}): band {i} has {low[i].Length} lower and {high[i].Length} upper values, expected {x.Length}.", nameof(low));
            }
            Name = name;
            X = x;
            Low = low;
            High = high;
        }
    }
}
