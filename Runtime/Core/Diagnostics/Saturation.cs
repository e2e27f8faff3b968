using System;

namespace Recurrent.Diagnostics
{
    /// <summary>How many of a gate's values are stuck at an end, where the gate learns next to nothing: shares of all values, 0 … 1.</summary>
    public readonly struct Saturation
    {
        /// <summary>The share above the upper threshold.</summary>
        public float Open { get; }

        /// <summary>The share below the lower threshold.</summary>
        public float Shut { get; }

        /// <summary>The share from the lower to the upper threshold.</summary>
        public float Between { get; }

        private Saturation(int open, int shut, int between, int count)
        {
            Open = count == 0 ? 0f : (float)open / count;
            Shut = count == 0 ? 0f : (float)shut / count;
            Between = count == 0 ? 0f : (float)between / count;
        }

        /// <summary>The shares of the values. One that is "not a number" belongs to none of the three.</summary>
        /// <param name="values">Values of a gate (0 … 1), or of a candidate (−1 … 1).</param>
        /// <param name="openAbove">The upper threshold.</param>
        /// <param name="shutBelow">The lower threshold.</param>
        public static Saturation Of(ReadOnlySpan<float> values, float openAbove = 0.9f, float shutBelow = 0.1f)
        {
            int open = 0, shut = 0, between = 0;
            foreach (float value in values)
            {
                if (value > openAbove) open++;
                else if (value < shutBelow) shut++;
                else if (!float.IsNaN(value)) between++;
            }
            return new Saturation(open, shut, between, values.Length);
        }
    }
}
