using System;

namespace Recurrent.Diagnostics
{
    /// <summary>What each unit of a track does over time: T steps, U units. Values that are not finite are left out, and counted.</summary>
    public sealed class UnitStatistics
    {
        private UnitStatistics(int units)
        {
            Mean = new float[units];
            Deviation = new float[units];
            Low = new float[units];
            High = new float[units];
            Change = new float[units];
            NotFinite = new int[units];
        }

        /// <summary>(U).</summary>
        public float[] Mean { get; }

        /// <summary>(U): the standard deviation over all steps.</summary>
        public float[] Deviation { get; }

        /// <summary>(U): the smallest value; NaN if there is none.</summary>
        public float[] Low { get; }

        /// <summary>(U): the largest value; NaN if there is none.</summary>
        public float[] High { get; }

        /// <summary>(U): the mean magnitude of the change from step to step.</summary>
        public float[] Change { get; }

        /// <summary>(U): how many values are not finite.</summary>
        public int[] NotFinite { get; }

        /// <summary>U.</summary>
        public int Units => Mean.Length;

        /// <summary>Takes the statistics.</summary>
        /// <param name="values">(T, <paramref name="units"/>).</param>
        /// <param name="units">U.</param>
        /// <exception cref="ArgumentException">The values are no whole number of steps.</exception>
        public static UnitStatistics Of(ReadOnlySpan<float> values, int units)
        {
            if (units < 1 || values.Length % units != 0) throw new ArgumentException($"UnitStatistics: {values.Length} values are no whole number of steps of {units}.", nameof(values));
            var result = new UnitStatistics(units);
            for (int u = 0; u < units; u++) result.Take(values, u);
            return result;
        }

        /// <summary>Units that hardly move: whose values stay within <paramref name="range"/>. Such a unit tells the network nothing.</summary>
        public int[] Still(float range)
        {
            int count = 0;
            var still = new int[Units];
            for (int u = 0; u < Units; u++)
                if (High[u] - Low[u] <= range) still[count++] = u;
            Array.Resize(ref still, count);
            return still;
        }

        /// <summary>The units by their standard deviation, the liveliest first, for <see cref="Heatmap.RowOrder"/>; equal ones by index.</summary>
        public int[] ByDeviation() => Descending(Deviation);

        /// <summary>The units by how much they change from step to step, the liveliest first; equal ones by index.</summary>
        public int[] ByChange() => Descending(Change);

        private void Take(ReadOnlySpan<float> values, int u)
        {
            double mean = 0, squares = 0, change = 0;
            float low = float.PositiveInfinity, high = float.NegativeInfinity;
            int count = 0, changes = 0;
            for (int i = u; i < values.Length; i += Units)
            {
                float value = values[i];
                if (!float.IsFinite(value))
                {
                    NotFinite[u]++;
                    continue;
                }
                // Welford (1962).
                count++;
                double d = value - mean;
                mean += d / count;
                squares += d * (value - mean);
                low = Math.Min(low, value);
                high = Math.Max(high, value);
                if (i < Units || !float.IsFinite(values[i - Units])) continue;
                change += Math.Abs((double)value - values[i - Units]);
                changes++;
            }
            Mean[u] = count == 0 ? float.NaN : (float)mean;
            Deviation[u] = count == 0 ? float.NaN : (float)Math.Sqrt(squares / count);
            Low[u] = count == 0 ? float.NaN : low;
            High[u] = count == 0 ? float.NaN : high;
            Change[u] = changes == 0 ? 0 : (float)(change / changes);
        }

        private int[] Descending(float[] keys)
        {
            var order = new int[Units];
            for (int u = 0; u < order.Length; u++) order[u] = u;
            Array.Sort(order, (a, b) => keys[a] == keys[b] ? a.CompareTo(b) : keys[b].CompareTo(keys[a]));
            return order;
        }
    }
}
