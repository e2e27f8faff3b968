using System;

namespace Recurrent.Diagnostics
{
    /// <summary>A rectangle of whole pixels: columns X … X + Width − 1, rows Y … Y + Height − 1, row 0 at the top.</summary>
    public readonly struct PixelRect : IEquatable<PixelRect>
    {
        /// <summary>The first column.</summary>
        public int X { get; }

        /// <summary>The first row, counted from the top.</summary>
        public int Y { get; }

        /// <summary>The number of columns, 0 or more.</summary>
        public int Width { get; }

        /// <summary>The number of rows, 0 or more.</summary>
        public int Height { get; }

        /// <summary>A rectangle from its first column and row and its size; a negative size becomes 0.</summary>
        public PixelRect(int x, int y, int width, int height)
        {
            X = x;
            Y = y;
            Width = Math.Max(0, width);
            Height = Math.Max(0, height);
        }

        /// <summary>The column after the last.</summary>
        public int Right => X + Width;

        /// <summary>The row after the last.</summary>
        public int Bottom => Y + Height;

        /// <summary>Whether it holds no pixel.</summary>
        public bool IsEmpty => Width == 0 || Height == 0;

        /// <summary>The rectangle from (left, top) up to, not including, (right, bottom).</summary>
        public static PixelRect FromEdges(int left, int top, int right, int bottom) => new PixelRect(left, top, right - left, bottom - top);

        /// <summary>What both rectangles cover; empty when they do not meet.</summary>
        public PixelRect Intersect(PixelRect other) => FromEdges(Math.Max(X, other.X), Math.Max(Y, other.Y), Math.Min(Right, other.Right), Math.Min(Bottom, other.Bottom));

        /// <summary>Whether the two share a pixel.</summary>
        public bool Overlaps(PixelRect other) => !Intersect(other).IsEmpty;

        /// <summary>Whether the pixel lies inside.</summary>
        public bool Contains(int x, int y) => x >= X && x < Right && y >= Y && y < Bottom;

        /// <summary>The rectangle without the given number of pixels on each side.</summary>
        public PixelRect Inset(int left, int top, int right, int bottom) => FromEdges(X + left, Y + top, Right - right, Bottom - bottom);

        /// <summary>The rectangle without <paramref name="pixels"/> on every side; a negative number widens it.</summary>
        public PixelRect Inset(int pixels) => Inset(pixels, pixels, pixels, pixels);

        /// <inheritdoc/>
        public bool Equals(PixelRect other) => X == other.X && Y == other.Y && Width == other.Width && Height == other.Height;

        /// <inheritdoc/>
        public override bool Equals(object? obj) => obj is PixelRect other && Equals(other);

        /// <inheritdoc/>
        public override int GetHashCode() => HashCode.Combine(X, Y, Width, Height);

        /// <summary>The rectangle as "x,y w×h".</summary>
        public override string ToString() => FormattableString.Invariant($"{X},{Y} {Width}×{Height}");
    }
}
