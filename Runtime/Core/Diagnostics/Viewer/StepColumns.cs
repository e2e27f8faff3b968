using System;

namespace Recurrent.Diagnostics
{
    /// <summary>
    /// Where steps stand on a picture: <see cref="Span"/> steps over <see cref="Width"/> columns, in whole numbers, so that a step always takes the same columns however far
    /// the picture was moved. Columns are counted from step 0; <see cref="Left"/> is the one at the picture's left edge.
    /// </summary>
    internal readonly struct StepColumns
    {
        public StepColumns(int width, long span, long left, long first, long end)
        {
            Width = width;
            Span = span;
            Left = left;
            First = first;
            End = end;
        }

        public int Width { get; }

        public long Span { get; }

        public long Left { get; }

        /// <summary>The oldest step that is there.</summary>
        public long First { get; }

        /// <summary>The number after the newest.</summary>
        public long End { get; }

        /// <summary>The column after the picture's last.</summary>
        public long Right => Left + Width;

        public StepColumns At(long left) => new StepColumns(Width, Span, left, First, End);

        /// <summary>The steps that a column shows; of several the picture takes the strongest.</summary>
        public (long First, long Last) StepsOf(long column)
        {
            long first = Floor(column * Span), next = Floor((column + 1) * Span);
            return (first, Math.Max(first, next - 1));
        }

        /// <summary>The first column of a step.</summary>
        public long FirstOf(long step) => Span >= Width ? LastOf(step) : -Floor(-step * Width, Span);

        /// <summary>The last column of a step.</summary>
        public long LastOf(long step) => Floor((step + 1) * Width - 1, Span);

        /// <summary>The middle of a step in sixteenths of a column, so that a curve looks the same wherever the picture was moved to.</summary>
        public float MiddleOf(long step) => (Floor((2 * step + 1) * Width * 8, Span) - 16 * Left) / 16f;

        /// <summary>The step under a column of the picture, kept within those that are there.</summary>
        public long StepAt(int x) => Math.Max(First, Math.Min(End - 1, StepsOf(Left + x).First));

        private long Floor(long number) => Floor(number, Width);

        private static long Floor(long number, long divisor) => number >= 0 ? number / divisor : -((divisor - 1 - number) / divisor);
    }
}
