using System;

namespace Recurrent
{
    /// <summary>Chosen columns of a series of rows, seen without copying it.</summary>
    internal sealed class SeriesColumns
    {
        private readonly ReadOnlyMemory<float> _series; // (Rows, _width)
        private readonly int _width;
        private readonly int[]? _selected; // null: all, in their order

        public SeriesColumns(string owner, ReadOnlyMemory<float> series, int width, int[]? selected)
        {
            if (width < 1) throw new ArgumentOutOfRangeException("columns", $"{owner}: expected at least 1 column, got {width}.");
            if (series.Length % width != 0) throw new ArgumentException($"{owner}: the series has {series.Length} values, expected a multiple of its {width} columns.", nameof(series));
            if (selected != null)
            {
                if (selected.Length == 0) throw new ArgumentException($"{owner}: expected at least one chosen column, got none.", nameof(selected));
                foreach (int column in selected)
                    if ((uint)column >= (uint)width) throw new ArgumentOutOfRangeException(nameof(selected), $"{owner}: expected a column below {width}, got {column}.");
                selected = (int[])selected.Clone();
            }
            Finite.Check(owner, series.Span, width);
            _series = series;
            _width = width;
            _selected = selected;
            Rows = series.Length / width;
            Count = selected?.Length ?? width;
        }

        /// <summary>Rows of the series.</summary>
        public int Rows { get; }

        /// <summary>How many columns are seen.</summary>
        public int Count { get; }

        /// <summary>Copies rows <paramref name="row"/> … <paramref name="row"/> + <paramref name="rows"/> − 1 as (rows, Count).</summary>
        public void Copy(int row, int rows, Span<float> destination)
        {
            ReadOnlySpan<float> source = _series.Span.Slice(row * _width, rows * _width);
            if (_selected is null)
            {
                source.CopyTo(destination);
                return;
            }
            int k = 0;
            for (int start = 0; start < source.Length; start += _width)
                foreach (int column in _selected) destination[k++] = source[start + column];
        }
    }
}
