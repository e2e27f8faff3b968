using System;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Recurrent
{
    /// <summary>The kernels of .NET, in vectors of any width: Vector512 with AVX-512, Vector256 with AVX2, Vector128 on arm64.</summary>
    internal sealed unsafe partial class SimdKernels<V> : PanelKernels where V : struct, ISimd<V>
    {
        // Floats of A that are copied at once: 64 KiB, which stay in the second cache. And from which distance of its columns on it is worth it.
        private const int PackedLength = 1 << 14, PackedRow = 256;

        // From which depth on a tile takes so long that memory asked for at its start has come at its end.
        private const int FetchDepth = 128;

        public SimdKernels(string name) => Name = name;

        public override string Name { get; }

        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        public override void Multiply(in Product product)
        {
            SimdTile<V>.Stretch* stretches = stackalloc SimdTile<V>.Stretch[2];
            float* zeros = stackalloc float[Lanes], scratch = stackalloc float[2 * 8 * Lanes];
            for (int i = 0; i < Lanes; i++) zeros[i] = 0;
            if (product.Rows >= 2 * V.TileRows && IsTransposed(product)) MultiplyTransposed(product, stretches, zeros, scratch);
            else MultiplyTiles(product, 0, stretches, zeros, scratch);
        }

        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        public override void Add(float* x, float* y, int length)
        {
            int i = 0;
            for (; i + V.Count <= length; i += V.Count) V.Store(V.Load(y + i) + V.Load(x + i), y + i);
            base.Add(x + i, y + i, length - i);
        }

        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        public override void Transpose(float* from, int fromRow, float* to, int toRow, int rows, int columns, float scale, bool accumulate)
        {
            int r = 0, wholeColumns = Sse.IsSupported ? columns & ~3 : 0;
            Vector128<float> factor = Vector128.Create(scale);
            for (; r + 4 <= rows && wholeColumns > 0; r += 4)
            {
                float* a = from + (nint)r * fromRow, b = a + fromRow, c = b + fromRow, d = c + fromRow;
                float* at = to + r;
                for (int column = 0; column < wholeColumns; column += 4, at += 4 * (nint)toRow)
                {
                    Vector128<float> x = Vector128.Load(a + column), y = Vector128.Load(b + column), z = Vector128.Load(c + column), w = Vector128.Load(d + column);
                    Vector128<float> xyLow = Sse.UnpackLow(x, y), xyHigh = Sse.UnpackHigh(x, y), zwLow = Sse.UnpackLow(z, w), zwHigh = Sse.UnpackHigh(z, w);
                    Put(at, Sse.MoveLowToHigh(xyLow, zwLow) * factor, accumulate);
                    Put(at + toRow, Sse.MoveHighToLow(zwLow, xyLow) * factor, accumulate);
                    Put(at + 2 * (nint)toRow, Sse.MoveLowToHigh(xyHigh, zwHigh) * factor, accumulate);
                    Put(at + 3 * (nint)toRow, Sse.MoveHighToLow(zwHigh, xyHigh) * factor, accumulate);
                }
                base.Transpose(a + wholeColumns, fromRow, to + (nint)wholeColumns * toRow + r, toRow, 4, columns - wholeColumns, scale, accumulate);
            }
            if (r < rows) base.Transpose(from + (nint)r * fromRow, fromRow, to + r, toRow, rows - r, columns, scale, accumulate);
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        private static void Put(float* at, Vector128<float> x, bool accumulate) => (accumulate ? Vector128.Load(at) + x : x).Store(at);

        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        public override double SumOfSquares(float* x, int length)
        {
            Vector256<double> a = default, b = default, c = default, d = default;
            int i = 0;
            for (; i + 16 <= length; i += 16)
            {
                Vector256<float> u = Vector256.Load(x + i), v = Vector256.Load(x + i + 8);
                Vector256<double> u0 = Vector256.WidenLower(u), u1 = Vector256.WidenUpper(u), v0 = Vector256.WidenLower(v), v1 = Vector256.WidenUpper(v);
                a += u0 * u0;
                b += u1 * u1;
                c += v0 * v0;
                d += v1 * v1;
            }
            return Vector256.Sum(a + b + (c + d)) + base.SumOfSquares(x + i, length - i);
        }

        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        public override void Adam(in AdamSweep sweep, float* parameters, float* gradients, float* mean, float* square, float* largest, int length)
        {
            V keep = V.Create(sweep.Keep), penalty = V.Create(sweep.Penalty), blend1 = V.Create(sweep.Blend1), beta2 = V.Create(sweep.Beta2);
            V blend2 = V.Create(sweep.Blend2), stepSize = V.Create(sweep.StepSize), correction2 = V.Create(sweep.Correction2), epsilon = V.Create(sweep.Epsilon);
            int i = 0;
            for (; i + V.Count <= length; i += V.Count)
            {
                V p = V.Load(parameters + i), m = V.Load(mean + i);
                V g = V.MultiplyAdd(penalty, p, V.Load(gradients + i));
                m = V.MultiplyAdd(blend1, g - m, m);
                V v = V.MultiplyAdd(beta2, V.Load(square + i), blend2 * g * g);
                V.Store(m, mean + i);
                V.Store(v, square + i);
                if (largest != null)
                {
                    v = V.Max(V.Load(largest + i), v);
                    V.Store(v, largest + i);
                }
                V.Store(keep * p - stepSize * (m / V.MultiplyAdd(V.SquareRoot(v), correction2, epsilon)), parameters + i);
            }
            base.Adam(sweep, parameters + i, gradients + i, mean + i, square + i, largest == null ? null : largest + i, length - i);
        }

        /// <summary>
        /// Two pieces of columns at a time, in tiles; a piece is one vector. Where <paramref name="aTile"/> is not 0, a tile's A lies as many floats after that of the tile before.
        /// </summary>
        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        private static void MultiplyTiles(in Product product, int aTile, SimdTile<V>.Stretch* stretches, float* zeros, float* scratch)
        {
            int pieces = (product.Columns + V.Count - 1) / V.Count, whole = product.Columns / V.Count, tiles = Tiles(product.Rows);
            bool fetches = Sse.IsSupported && Depth(product.First) + (product.Segments == 2 ? Depth(product.Second) : 0) >= FetchDepth;
            for (int first = 0; first < pieces; first += 2)
            {
                int second = first + 1 < pieces ? first + 1 : first;
                Begin(product.First, first, second, stretches);
                if (product.Segments == 2) Begin(product.Second, first, second, stretches + 1);
                float* c0 = Piece(product.C, first), c1 = Piece(product.C, second);
                bool staged = second >= whole || second == first;
                for (int tile = 0, row = 0; tile < tiles; tile++)
                {
                    int rows = RowsOfTile(product.Rows - row, tiles - tile);
                    float* d0 = c0 + (nint)row * product.C.Row, d1 = c1 + (nint)row * product.C.Row;
                    if (fetches)
                    {
                        // What the tile will write; where it also reads that, it is the next tile's turn.
                        nint ahead = product.Accumulate ? (nint)rows * product.C.Row : 0;
                        Fetch(d0 + ahead, d1 + ahead, product.C.Row);
                    }
                    if (staged) MultiplyStaged(product, rows, first, second, stretches, d0, d1, zeros, scratch);
                    else if (product.Accumulate) SimdTile<V>.Run(rows, stretches, product.Segments, d0, d1, product.C.Row, d0, d1, product.C.Row);
                    else if (product.Bias == null) SimdTile<V>.Run(rows, stretches, product.Segments, d0, d1, product.C.Row, zeros, zeros, 0);
                    else SimdTile<V>.Run(rows, stretches, product.Segments, d0, d1, product.C.Row, product.Bias + first * V.Count, product.Bias + second * V.Count, 0);
                    row += rows;
                    if (aTile > 0) stretches[0].A += aTile;
                    else
                        for (int s = 0; s < product.Segments; s++) stretches[s].A += rows * stretches[s].ARow;
                }
            }
        }

        /// <summary>
        /// Where the rows of A lie beside each other and its columns apart, as those of an input transposed: some tiles of A at a time are copied to where a tile reads
        /// its A in one go. Read from its place, every column costs a line of the cache of which a tile needs a part.
        /// </summary>
        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        private static void MultiplyTransposed(in Product product, SimdTile<V>.Stretch* stretches, float* zeros, float* scratch)
        {
            float* packed = stackalloc float[PackedLength];
            int aTile = Depth(product.First) * V.TileRows, tiles = Tiles(product.Rows);
            for (int tile = 0, row = 0; tile < tiles;)
            {
                int from = row;
                float* to = packed;
                for (; tile < tiles && to + aTile <= packed + PackedLength; tile++, to += aTile)
                {
                    int rows = RowsOfTile(product.Rows - row, tiles - tile);
                    Pack(product.First, row, rows, to);
                    row += rows;
                }
                Product part = product.Part(from, row - from, 0, product.Columns);
                part.First.A = packed;
                part.First.AInner = V.TileRows;
                part.First.AOuter = V.TileRows * part.First.Inner;
                MultiplyTiles(part, aTile, stretches, zeros, scratch);
            }
        }

        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        private static void Pack(in Segment segment, int row, int rows, float* packed)
        {
            for (int o = 0; o < segment.Outer; o++)
            {
                float* a = segment.A + row + (nint)o * segment.AOuter;
                for (int i = 0; i < segment.Inner; i++, a += segment.AInner, packed += V.TileRows)
                {
                    if (rows == 8) Vector256.Load(a).Store(packed);
                    else
                        for (int r = 0; r < rows; r++) packed[r] = a[r];
                }
            }
        }

        /// <summary>Asks for a tile of C, which may lie far from the core: the tape of a large layer, the gradients of its weights.</summary>
        private static void Fetch(float* c0, float* c1, nint cRow)
        {
            for (int row = 0; row < V.TileRows; row++, c0 += cRow, c1 += cRow)
            {
                Sse.Prefetch0(c0);
                Sse.Prefetch0(c1);
            }
        }

        private static bool IsTransposed(in Product product)
        {
            ref readonly Segment a = ref product.First;
            return product.Segments == 1 && a.ARow == 1 && a.AInner >= PackedRow && Depth(a) * V.TileRows <= PackedLength;
        }

        private static int Depth(in Segment segment) => segment.Inner * segment.Outer;

        private static int Tiles(int rows) => (rows + V.TileRows - 1) / V.TileRows;

        /// <summary>Tiles of nearly equal height, so that none is slow.</summary>
        private static int RowsOfTile(int rowsLeft, int tilesLeft) => (rowsLeft + tilesLeft - 1) / tilesLeft;

        /// <summary>A tile whose last columns are none, computed beside its place.</summary>
        private static void MultiplyStaged(in Product product, int rows, int first, int second, SimdTile<V>.Stretch* stretches, float* c0, float* c1, float* zeros, float* scratch)
        {
            int count0 = Math.Min(V.Count, product.Columns - first * V.Count), count1 = second == first ? 0 : Math.Min(V.Count, product.Columns - second * V.Count);
            float* s0 = zeros, s1 = zeros, t0 = scratch, t1 = scratch + 8 * Lanes;
            int sRow = 0;
            if (product.Accumulate)
            {
                for (int row = 0; row < rows; row++)
                {
                    Copy(c0 + (nint)row * product.C.Row, t0 + row * Lanes, count0);
                    Copy(c1 + (nint)row * product.C.Row, t1 + row * Lanes, count1);
                }
                s0 = t0;
                s1 = t1;
                sRow = Lanes;
            }
            else if (product.Bias != null)
            {
                s0 = product.Bias + first * V.Count;
                s1 = product.Bias + second * V.Count;
            }
            SimdTile<V>.Run(rows, stretches, product.Segments, t0, t1, Lanes, s0, s1, sRow);
            for (int row = 0; row < rows; row++)
            {
                Copy(t0 + row * Lanes, c0 + (nint)row * product.C.Row, count0);
                Copy(t1 + row * Lanes, c1 + (nint)row * product.C.Row, count1);
            }
        }

        // Field by field: a whole stretch would be put together elsewhere and copied, in loads that wait for the stores.
        private static void Begin(in Segment segment, int first, int second, SimdTile<V>.Stretch* stretch)
        {
            stretch->A = segment.A;
            stretch->B0 = Piece(segment.B, first);
            stretch->B1 = Piece(segment.B, second);
            stretch->ARow = segment.ARow;
            stretch->AInner = segment.AInner;
            stretch->AOuter = segment.AOuter;
            stretch->BRow = segment.B.Row;
            stretch->BOuter = segment.BOuter;
            stretch->Inner = segment.Inner;
            stretch->Outer = segment.Outer;
        }

        /// <summary>The first lane of a piece in row 0.</summary>
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        private static float* Piece(in Panels panels, int piece) => panels.Vector(piece * V.Count / Lanes) + piece * V.Count % Lanes;
    }
}
