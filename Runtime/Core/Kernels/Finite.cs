using System;

namespace Recurrent
{
    /// <summary>The check that numbers are numbers.</summary>
    internal static class Finite
    {
        /// <summary>Refuses NaN and infinity in a table of rows of <paramref name="width"/> values.</summary>
        /// <exception cref="ArgumentException">A value is not finite; the message says in which row and column.</exception>
        public static void Check(string owner, ReadOnlySpan<float> values, int width)
        {
            for (int i = 0; i < values.Length; i++)
            {
                if (!float.IsFinite(values[i]))
                    throw new ArgumentException(FormattableString.Invariant($"{owner}: row {i / width}, column {i % width} holds {values[i]}; expected a finite number."));
            }
        }
    }
}
