using System;
using System.Collections.Generic;
using System.Globalization;

namespace Recurrent.Diagnostics
{
    /// <summary>
    /// A picture in memory: everything that shows data is drawn on it, for a window, a PNG file or a report alike.
    /// Whole-number coordinates name pixels, row 0 at the top. Fractional coordinates measure from the top left corner of the picture,
    /// so the pixel (x, y) has its centre at (x + 0.5, y + 0.5). Whatever lies outside <see cref="Clip"/> is not drawn.
    /// </summary>
    public sealed class StateCanvas
    {
        private const int MaxSide = 16384;

        private PixelRect _clip;
        private byte[]? _cover;                                     // coverage of the shape being drawn, 0 … 255 a pixel; zero between shapes
        private int _coverLeft, _coverTop, _coverRight, _coverBottom;    // what of it is not zero

        /// <summary>The number of columns.</summary>
        public int Width { get; }

        /// <summary>The number of rows.</summary>
        public int Height { get; }

        /// <summary>
        /// The pixels, row after row from the top, each as <see cref="Rgba.Packed"/>: in memory R, G, B, A, which is a texture's RGBA32
        /// (Unity counts a texture's rows from the bottom: show it with its v coordinate flipped).
        /// </summary>
        public uint[] Pixels { get; }    // (Height, Width)

        /// <summary>Where each text was drawn, for tests that no two of them meet; null unless a test asked.</summary>
        internal List<(string Text, PixelRect Area)>? TextLog { get; set; }

        /// <summary>A canvas of transparent black.</summary>
        /// <exception cref="ArgumentOutOfRangeException">A side is not 1 … 16,384 pixels.</exception>
        public StateCanvas(int width, int height)
        {
            if (width < 1 || width > MaxSide || height < 1 || height > MaxSide)
                throw new ArgumentOutOfRangeException(nameof(width), $"StateCanvas: expected sides of 1 to {MaxSide} pixels, got {width}×{height}.");
            Width = width;
            Height = height;
            Pixels = new uint[width * height];
            _clip = Bounds;
        }

        /// <summary>All of the canvas.</summary>
        public PixelRect Bounds => new PixelRect(0, 0, Width, Height);

        /// <summary>The part that drawing may touch; what is set is cut to <see cref="Bounds"/>.</summary>
        public PixelRect Clip
        {
            get => _clip;
            set => _clip = value.Intersect(Bounds);
        }

        /// <summary>The colour of one pixel.</summary>
        /// <exception cref="ArgumentOutOfRangeException">The pixel lies outside the canvas.</exception>
        public Rgba this[int x, int y]
        {
            get
            {
                if (!Bounds.Contains(x, y)) throw new ArgumentOutOfRangeException(nameof(x), $"StateCanvas({Width}×{Height}): no pixel ({x}, {y}).");
                return new Rgba(Pixels[y * Width + x]);
            }
        }

        /// <summary>Sets every pixel of the canvas, whatever the clip.</summary>
        public void Clear(Rgba color) => Array.Fill(Pixels, color.Packed);

        /// <summary>Fills a rectangle, blending when the colour is not opaque.</summary>
        public void FillRect(PixelRect area, Rgba color)
        {
            area = area.Intersect(_clip);
            for (int y = area.Y; y < area.Bottom; y++)
            {
                Span<uint> row = Pixels.AsSpan(y * Width + area.X, area.Width);
                if (color.A == 255) row.Fill(color.Packed);
                else
                {
                    for (int x = 0; x < row.Length; x++) row[x] = Blend(row[x], color, 255);
                }
            }
        }

        /// <summary>Draws the border of a rectangle, inside it.</summary>
        public void StrokeRect(PixelRect area, Rgba color, int thickness = 1)
        {
            int side = Math.Max(0, area.Height - 2 * thickness);
            FillRect(new PixelRect(area.X, area.Y, area.Width, Math.Min(thickness, area.Height)), color);
            FillRect(new PixelRect(area.X, area.Bottom - thickness, area.Width, Math.Min(thickness, area.Height - thickness)), color);
            FillRect(new PixelRect(area.X, area.Y + thickness, Math.Min(thickness, area.Width), side), color);
            FillRect(new PixelRect(area.Right - thickness, area.Y + thickness, Math.Min(thickness, area.Width - thickness), side), color);
        }

        /// <summary>
        /// Fills a rectangle with diagonal stripes that mean "not a number": <paramref name="ink"/> on <paramref name="paper"/>, a stripe
        /// every 4 × <paramref name="scale"/> pixels. The stripes depend on the place on the canvas only, so neighbouring areas join without a seam.
        /// </summary>
        public void HatchRect(PixelRect area, Rgba ink, Rgba paper, int scale = 1)
        {
            area = area.Intersect(_clip);
            for (int y = area.Y; y < area.Bottom; y++)
            {
                for (int x = area.X; x < area.Right; x++) Pixels[y * Width + x] = (IsHatched(x, y, scale) ? ink : paper).Packed;
            }
        }

        internal static bool IsHatched(int x, int y, int scale) => ((x + y) / scale & 3) == 0;

        /// <summary>
        /// Draws lines through the points (x[i], y[i]), smoothed, with round ends. A point that is not finite leaves a gap.
        /// The whole of it is blended once, so it does not darken where it crosses itself.
        /// </summary>
        /// <param name="x">Columns, in fractional coordinates.</param>
        /// <param name="y">Rows, in fractional coordinates, as many as columns.</param>
        /// <param name="color">The colour.</param>
        /// <param name="width">The thickness in pixels.</param>
        /// <param name="dashes">Lengths in pixels of dash, gap, dash, gap …, over and over; none for a solid line.</param>
        /// <exception cref="ArgumentException">x and y differ in length, or a dash is not above zero.</exception>
        public void Polyline(ReadOnlySpan<float> x, ReadOnlySpan<float> y, Rgba color, float width = 1f, ReadOnlySpan<float> dashes = default)
        {
            if (x.Length != y.Length) throw new ArgumentException($"StateCanvas.Polyline: {x.Length} columns, but {y.Length} rows.", nameof(y));
            foreach (float dash in dashes)
            {
                if (!(dash > 0f)) throw new ArgumentException($"StateCanvas.Polyline: expected dashes above 0, got {dash.ToString(CultureInfo.InvariantCulture)}.", nameof(dashes));
            }
            float half = Math.Max(1f, width) * 0.5f;
            int piece = 0;
            float left = dashes.Length > 0 ? dashes[0] : 0f;
            for (int i = 0; i < x.Length; i++)
            {
                if (!float.IsFinite(x[i]) || !float.IsFinite(y[i])) continue;
                bool alone = (i == 0 || !float.IsFinite(x[i - 1]) || !float.IsFinite(y[i - 1])) && (i + 1 == x.Length || !float.IsFinite(x[i + 1]) || !float.IsFinite(y[i + 1]));
                if (alone) CoverSegment(x[i], y[i], x[i], y[i], half);
                if (i == 0 || !float.IsFinite(x[i - 1]) || !float.IsFinite(y[i - 1])) continue;
                if (dashes.Length == 0) CoverSegment(x[i - 1], y[i - 1], x[i], y[i], half);
                else CoverDashes(x[i - 1], y[i - 1], x[i], y[i], half, dashes, ref piece, ref left);
            }
            BlendCover(color.WithOpacity(color.A / 255f * Math.Min(1f, width)));
        }

        /// <summary>Draws one straight line, as <see cref="Polyline"/> does.</summary>
        public void Line(float x0, float y0, float x1, float y1, Rgba color, float width = 1f, ReadOnlySpan<float> dashes = default)
        {
            Span<float> x = stackalloc float[2] { x0, x1 };
            Span<float> y = stackalloc float[2] { y0, y1 };
            Polyline(x, y, color, width, dashes);
        }

        /// <summary>
        /// Fills the area between two lines over the same columns, as a forecast's fan needs: at each pixel column the lines are
        /// interpolated, and the two edges are smoothed. Where a point is not finite the band has a gap.
        /// </summary>
        /// <param name="x">Columns in ascending order, in fractional coordinates.</param>
        /// <param name="low">Rows of one edge.</param>
        /// <param name="high">Rows of the other edge; which of the two is on top does not matter.</param>
        /// <param name="color">The colour.</param>
        /// <exception cref="ArgumentException">The three differ in length.</exception>
        public void Band(ReadOnlySpan<float> x, ReadOnlySpan<float> low, ReadOnlySpan<float> high, Rgba color)
        {
            if (x.Length != low.Length || x.Length != high.Length)
                throw new ArgumentException($"StateCanvas.Band: {x.Length} columns, but {low.Length} and {high.Length} rows.", nameof(low));
            for (int i = 1; i < x.Length; i++)
            {
                float span = x[i] - x[i - 1];
                if (!(span > 0f) || !float.IsFinite(span) || !float.IsFinite(low[i - 1] + low[i]) || !float.IsFinite(high[i - 1] + high[i])) continue;
                // A column belongs to the piece in which its centre lies; the last piece also takes a centre on its end.
                int from = Math.Max(_clip.X, (int)Math.Ceiling(Math.Max(x[i - 1], _clip.X) - 0.5f));
                int to = Math.Min(_clip.Right, (int)Math.Ceiling(Math.Min(x[i], _clip.Right) - 0.5f));
                for (int column = from; column < to; column++)
                {
                    float share = Math.Min(1f, Math.Max(0f, (column + 0.5f - x[i - 1]) / span));
                    float a = low[i - 1] + (low[i] - low[i - 1]) * share, b = high[i - 1] + (high[i] - high[i - 1]) * share;
                    BlendColumn(column, Math.Min(a, b), Math.Max(a, b), color);
                }
            }
        }

        private void BlendColumn(int column, float top, float bottom, Rgba color)
        {
            top = Math.Max(top, _clip.Y);
            bottom = Math.Min(bottom, _clip.Bottom);
            for (int y = (int)top; y < bottom; y++)
            {
                float cover = Math.Min(bottom, y + 1) - Math.Max(top, y);
                ref uint pixel = ref Pixels[y * Width + column];
                pixel = Blend(pixel, color, (int)(cover * 255f + 0.5f));
            }
        }

        /// <summary>Draws a marker centred on a point; one that is not finite draws nothing.</summary>
        /// <param name="shape">Its form; none draws nothing.</param>
        /// <param name="x">Its centre's column, in fractional coordinates.</param>
        /// <param name="y">Its centre's row, in fractional coordinates.</param>
        /// <param name="size">Its height in pixels.</param>
        /// <param name="color">The colour.</param>
        public void Marker(MarkerShape shape, float x, float y, float size, Rgba color)
        {
            if (shape == MarkerShape.None || !float.IsFinite(x) || !float.IsFinite(y)) return;
            float half = size * 0.5f;
            PixelRect area = PixelRect.FromEdges(ToPixel(x - half - 1f, Width), ToPixel(y - half - 1f, Height), ToPixel(x + half + 2f, Width), ToPixel(y + half + 2f, Height)).Intersect(_clip);
            for (int row = area.Y; row < area.Bottom; row++)
            {
                for (int column = area.X; column < area.Right; column++)
                {
                    float outside = DistanceOutside(shape, column + 0.5f - x, row + 0.5f - y, half);
                    int cover = (int)(Math.Min(1f, Math.Max(0f, 0.5f - outside)) * 255f + 0.5f);
                    ref uint pixel = ref Pixels[row * Width + column];
                    if (cover > 0) pixel = Blend(pixel, color, cover);
                }
            }
        }

        // How far (x, y), measured from the marker's centre, lies outside its edge; negative inside.
        private static float DistanceOutside(MarkerShape shape, float x, float y, float half)
        {
            const float Root = 0.70710678f;
            float ax = Math.Abs(x), ay = Math.Abs(y), arm = Math.Max(0.5f, half * 0.28f);
            switch (shape)
            {
                case MarkerShape.Square: return Math.Max(ax, ay) - half * 0.88f;
                case MarkerShape.Diamond: return (ax + ay) * Root - half * 0.8f;
                case MarkerShape.Triangle: return Math.Max(y - half * 0.75f, 0.86602540f * ax - 0.5f * y - half * 0.5f);
                case MarkerShape.Plus: return Math.Max(Math.Min(ax, ay) - arm, Math.Max(ax, ay) - half);
                case MarkerShape.Cross:
                    float u = Math.Abs(x + y) * Root, v = Math.Abs(x - y) * Root;
                    return Math.Max(Math.Min(u, v) - arm, Math.Max(u, v) - half);
                default: return (float)Math.Sqrt(x * x + y * y) - half;
            }
        }

        /// <summary>Writes one line of text and returns the area that it takes: from the top of capitals to the foot of descenders.</summary>
        /// <param name="font">The font, which sets the size.</param>
        /// <param name="text">The text; a character the font lacks becomes a box.</param>
        /// <param name="x">The column at which it begins, or with another <paramref name="align"/> has its middle or end.</param>
        /// <param name="y">The row of the top of its capitals.</param>
        /// <param name="color">The colour.</param>
        /// <param name="align">0 to begin at x, 0.5 to be centred on it, 1 to end there.</param>
        public PixelRect Text(BitmapFont font, string text, int x, int y, Rgba color, float align = 0f) => Text(font, text.AsSpan(), x, y, color, align);

        /// <summary>The same of characters that stand in a buffer, without garbage.</summary>
        internal PixelRect Text(BitmapFont font, ReadOnlySpan<char> text, int x, int y, Rgba color, float align = 0f)
        {
            int width = font.Measure(text);
            x -= (int)Math.Round(width * align);
            int pen = x;
            foreach (char character in text)
            {
                BitmapFont.Glyph glyph = font.GlyphOf(character);
                for (int row = 0; row < glyph.Height; row++)
                {
                    for (int column = 0; column < glyph.Width; column++)
                        BlendAt(pen + glyph.Left + column, y + glyph.Top + row, color, glyph.Coverage[row * glyph.Width + column]);
                }
                pen += glyph.Advance;
            }
            return TextLog == null ? new PixelRect(x, y, width, font.CapHeight + font.Descent) : Log(text.ToString(), new PixelRect(x, y, width, font.CapHeight + font.Descent));
        }

        /// <summary>Writes one line of text that reads upwards, as the title of a vertical axis does, and returns the area that it takes.</summary>
        /// <param name="font">The font, which sets the size.</param>
        /// <param name="text">The text; a character the font lacks becomes a box.</param>
        /// <param name="x">The column of the top of its capitals.</param>
        /// <param name="y">The row at which it begins (below), or with another <paramref name="align"/> has its middle or end.</param>
        /// <param name="color">The colour.</param>
        /// <param name="align">0 to begin at y, 0.5 to be centred on it, 1 to end there.</param>
        public PixelRect TextUpwards(BitmapFont font, string text, int x, int y, Rgba color, float align = 0f)
        {
            int width = font.Measure(text);
            y += (int)Math.Round(width * align);
            int pen = y - 1;
            foreach (char character in text)
            {
                BitmapFont.Glyph glyph = font.GlyphOf(character);
                for (int row = 0; row < glyph.Height; row++)
                {
                    for (int column = 0; column < glyph.Width; column++)
                        BlendAt(x + glyph.Top + row, pen - glyph.Left - column, color, glyph.Coverage[row * glyph.Width + column]);
                }
                pen -= glyph.Advance;
            }
            return Log(text, new PixelRect(x, y - width, font.CapHeight + font.Descent, width));
        }

        private PixelRect Log(string text, PixelRect area)
        {
            if (text.Length > 0) TextLog?.Add((text, area));
            return area;
        }

        /// <summary>Copies part of another canvas, pixel by pixel without blending, so that its top left corner comes to (x, y).</summary>
        public void Blit(StateCanvas source, PixelRect part, int x, int y)
        {
            PixelRect inside = part.Intersect(source.Bounds);
            PixelRect target = new PixelRect(x + inside.X - part.X, y + inside.Y - part.Y, inside.Width, inside.Height).Intersect(_clip);
            int dx = part.X - x, dy = part.Y - y;
            for (int row = target.Y; row < target.Bottom; row++)
                source.Pixels.AsSpan((row + dy) * source.Width + target.X + dx, target.Width).CopyTo(Pixels.AsSpan(row * Width + target.X, target.Width));
        }

        /// <summary>Moves what an area shows to the left; the columns that come free at its right keep what they showed.</summary>
        internal void Scroll(PixelRect area, int columns)
        {
            area = area.Intersect(Bounds);
            if (columns <= 0 || columns >= area.Width) return;
            for (int y = area.Y; y < area.Bottom; y++)
            {
                Span<uint> row = Pixels.AsSpan(y * Width + area.X, area.Width);
                row.Slice(columns).CopyTo(row);
            }
        }

        private void CoverDashes(float x0, float y0, float x1, float y1, float half, ReadOnlySpan<float> dashes, ref int piece, ref float left)
        {
            float dx = x1 - x0, dy = y1 - y0, length = (float)Math.Sqrt(dx * dx + dy * dy);
            if (length > 1e5f) return;    // far outside any canvas: nothing that could be counted in dashes
            float at = 0f;
            while (at < length)
            {
                float step = Math.Min(left, length - at);
                if ((piece & 1) == 0) CoverSegment(x0 + dx * at / length, y0 + dy * at / length, x0 + dx * (at + step) / length, y0 + dy * (at + step) / length, half);
                at += step;
                left -= step;
                if (left > 1e-4f) continue;
                piece = (piece + 1) % (dashes.Length % 2 == 0 ? dashes.Length : 2 * dashes.Length);
                left = dashes[piece % dashes.Length];
            }
        }

        // Raises the coverage of every pixel within half a width of the segment; half a pixel more fades out.
        private void CoverSegment(float x0, float y0, float x1, float y1, float half)
        {
            float reach = half + 0.5f;
            int top = Math.Max(_clip.Y, ToPixel(Math.Min(y0, y1) - reach, Height)), bottom = Math.Min(_clip.Bottom, ToPixel(Math.Max(y0, y1) + reach, Height) + 1);
            int leftmost = Math.Max(_clip.X, ToPixel(Math.Min(x0, x1) - reach, Width)), rightmost = Math.Min(_clip.Right, ToPixel(Math.Max(x0, x1) + reach, Width) + 1);
            if (top >= bottom || leftmost >= rightmost) return;
            if (_cover == null)
            {
                _cover = new byte[Pixels.Length];
                ForgetCover();
            }
            _coverLeft = Math.Min(_coverLeft, leftmost);
            _coverRight = Math.Max(_coverRight, rightmost);
            _coverTop = Math.Min(_coverTop, top);
            _coverBottom = Math.Max(_coverBottom, bottom);

            float dx = x1 - x0, dy = y1 - y0, squared = dx * dx + dy * dy, perLength = squared == 0f ? 0f : 1f / squared;
            float outer = reach * reach, inner = Math.Max(0f, half - 0.5f) * Math.Max(0f, half - 0.5f);
            for (int y = top; y < bottom; y++)
            {
                int from = leftmost, to = rightmost;
                float py = y + 0.5f - y0;
                if (Math.Abs(dy) > 1e-3f)
                {
                    // Only the part of the segment whose rows are within reach can colour this row.
                    float a = (py - reach) / dy, b = (py + reach) / dy;
                    float near = Math.Min(1f, Math.Max(0f, Math.Min(a, b))), far = Math.Min(1f, Math.Max(0f, Math.Max(a, b)));
                    float xa = x0 + dx * near, xb = x0 + dx * far;
                    from = Math.Max(from, ToPixel(Math.Min(xa, xb) - reach, Width));
                    to = Math.Min(to, ToPixel(Math.Max(xa, xb) + reach, Width) + 1);
                }
                Span<byte> row = _cover.AsSpan(y * Width + from, Math.Max(0, to - from));
                for (int i = 0; i < row.Length; i++)
                {
                    if (row[i] == 255) continue;
                    float px = from + i + 0.5f - x0, along = (px * dx + py * dy) * perLength;
                    if (!(along > 0f)) along = 0f;
                    else if (along > 1f) along = 1f;
                    float ex = px - along * dx, ey = py - along * dy, distance = ex * ex + ey * ey;
                    if (distance >= outer) continue;
                    byte cover = distance <= inner ? (byte)255 : (byte)((reach - (float)Math.Sqrt(distance)) * 255f + 0.5f);
                    if (cover > row[i]) row[i] = cover;
                }
            }
        }

        private void BlendCover(Rgba color)
        {
            if (_cover == null) return;
            for (int y = _coverTop; y < _coverBottom; y++)
            {
                Span<byte> row = _cover.AsSpan(y * Width + _coverLeft, _coverRight - _coverLeft);
                Span<uint> pixels = Pixels.AsSpan(y * Width + _coverLeft, row.Length);
                for (int i = 0; i < row.Length; i++)
                {
                    if (row[i] != 0) pixels[i] = Blend(pixels[i], color, row[i]);
                }
                row.Clear();
            }
            ForgetCover();
        }

        private void ForgetCover()
        {
            _coverLeft = Width;
            _coverTop = Height;
            _coverRight = _coverBottom = 0;
        }

        private void BlendAt(int x, int y, Rgba color, int cover)
        {
            if (cover == 0 || !_clip.Contains(x, y)) return;
            ref uint pixel = ref Pixels[y * Width + x];
            pixel = Blend(pixel, color, cover);
        }

        // Porter and Duff's "over", the source's opacity times the coverage; the result's alpha is right on transparent ground too.
        private static uint Blend(uint below, Rgba color, int cover)
        {
            int alpha = (color.A * cover + 127) / 255;
            if (alpha == 255) return color.Packed;
            if (alpha == 0) return below;
            int kept = ((int)(below >> 24) * (255 - alpha) + 127) / 255, sum = alpha + kept;
            if (sum == 255)    // the usual case, and the faster one: a division by a constant
            {
                uint r = ((color.Packed & 255) * (uint)alpha + (below & 255) * (uint)kept + 127) / 255;
                uint g = ((color.Packed >> 8 & 255) * (uint)alpha + (below >> 8 & 255) * (uint)kept + 127) / 255;
                uint b = ((color.Packed >> 16 & 255) * (uint)alpha + (below >> 16 & 255) * (uint)kept + 127) / 255;
                return r | g << 8 | b << 16 | 0xFF000000;
            }
            uint Channel(int shift) => ((color.Packed >> shift & 255) * (uint)alpha + (below >> shift & 255) * (uint)kept + (uint)sum / 2) / (uint)sum << shift;
            return Channel(0) | Channel(8) | Channel(16) | (uint)sum << 24;
        }

        // Rounds down, and brings what lies outside the canvas to just outside: a huge number must not overflow an int.
        private static int ToPixel(float coordinate, int side) => (int)Math.Floor(Math.Min(side + 1f, Math.Max(-2f, coordinate)));
    }
}
