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
            if (product.Rows >= 2 * V.TileRows && IsTransposed(product)) MultiplyTransposed(product);
            else MultiplyTiles(product, 0);
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
        /// All tiles, those of one height after those of another. Where <paramref name="aTile"/> is not 0, a tile's A lies as many floats after that of the tile before.
        /// </summary>
        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        private static void MultiplyTiles(in Product product, int aTile)
        {
            float* zeros = stackalloc float[Lanes];
            SimdTile<V>.Grid grid = default;
            Begin(product.First, ref grid.Stretch0);
            if (product.Segments == 2) Begin(product.Second, ref grid.Stretch1);
            int pieces = (product.Columns + V.Count - 1) / V.Count, whole = product.Columns / (2 * V.Count) * 2;
            grid.Segments = product.Segments;
            grid.Other = 1;
            grid.C = product.C;
            grid.Accumulate = product.Accumulate;
            grid.Start = product.Bias;
            grid.StartPiece = V.Count;
            if (product.Bias == null)
            {
                for (int i = 0; i < Lanes; i++) zeros[i] = 0;
                grid.Start = zeros;
                grid.StartPiece = 0;
            }
            grid.Fetches = Sse.IsSupported && Depth(product.First) + (product.Segments == 2 ? Depth(product.Second) : 0) >= FetchDepth;
            for (int row = 0, tile = 0, tiles = Tiles(product.Rows); tile < tiles; tile += grid.Tiles)
            {
                // Of nearly equal height, so that none is slow: the higher ones first.
                int left = product.Rows - row, rows = (left + tiles - tile - 1) / (tiles - tile);
                grid.Tiles = left - (tiles - tile) * (rows - 1);
                grid.End = whole;
                grid.C.Data = product.C.Data + (nint)row * product.C.Row;
                grid.Stretch0.A = product.First.A + (aTile > 0 ? (nint)tile * aTile : (nint)row * product.First.ARow);
                grid.Stretch0.ATile = aTile > 0 ? aTile : (nint)rows * product.First.ARow;
                grid.Stretch1.A = product.Second.A + (nint)row * product.Second.ARow;
                grid.Stretch1.ATile = (nint)rows * product.Second.ARow;
                if (whole > 0) SimdTile<V>.Run(rows, grid);
                if (whole < pieces) MultiplyStaged(product, grid, rows, whole, pieces);
                row += grid.Tiles * rows;
            }
        }

        /// <summary>
        /// Where the rows of A lie beside each other and its columns apart, as those of an input transposed: some tiles of A at a time are copied to where a tile reads
        /// its A in one go. Read from its place, every column costs a line of the cache of which a tile needs a part.
        /// </summary>
        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        private static void MultiplyTransposed(in Product product)
        {
            float* packed = stackalloc float[PackedLength];
            int aTile = Depth(product.First) * V.TileRows, tiles = Tiles(product.Rows);
            for (int tile = 0, row = 0; tile < tiles;)
            {
                int from = row;
                float* to = packed;
                for (; tile < tiles && to + aTile <= packed + PackedLength; tile++, to += aTile)
                {
                    int rows = (product.Rows - row + tiles - tile - 1) / (tiles - tile);
                    Pack(product.First, row, rows, to);
                    row += rows;
                }
                Product part = product.Part(from, row - from, 0, product.Columns);
                part.First.A = packed;
                part.First.AInner = V.TileRows;
                part.First.AOuter = V.TileRows * part.First.Inner;
                MultiplyTiles(part, aTile);
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

        private static bool IsTransposed(in Product product)
        {
            ref readonly Segment a = ref product.First;
            return product.Segments == 1 && a.ARow == 1 && a.AInner >= PackedRow && Depth(a) * V.TileRows <= PackedLength;
        }

        private static int Depth(in Segment segment) => segment.Inner * segment.Outer;

        private static int Tiles(int rows) => (rows + V.TileRows - 1) / V.TileRows;

        /// <summary>The last columns, which fill no two pieces, computed beside their place.</summary>
        private static void MultiplyStaged(in Product product, in SimdTile<V>.Grid grid, int rows, int first, int pieces)
        {
            float* scratch = stackalloc float[2 * 8 * Lanes];
            SimdTile<V>.Grid staged = grid;
            staged.First = first;
            staged.End = pieces;
            staged.Other = pieces - first - 1;
            staged.Tiles = 1;
            staged.Fetches = false;
            staged.C = new Panels(scratch - first * V.Count, 2 * V.Count, int.MaxValue, 0);
            int count = product.Columns - first * V.Count, count0 = Math.Min(V.Count, count);
            for (int tile = 0; tile < grid.Tiles; tile++)
            {
                float* c0 = SimdTile<V>.Piece(grid.C, first) + (nint)tile * rows * grid.C.Row, c1 = SimdTile<V>.Piece(grid.C, first + staged.Other) + (nint)tile * rows * grid.C.Row;
                for (int row = 0; row < rows && product.Accumulate; row++)
                {
                    Copy(c0 + (nint)row * grid.C.Row, scratch + row * 2 * V.Count, count0);
                    Copy(c1 + (nint)row * grid.C.Row, scratch + (row * 2 + staged.Other) * V.Count, count - count0);
                }
                SimdTile<V>.Run(rows, staged);
                for (int row = 0; row < rows; row++)
                {
                    Copy(scratch + row * 2 * V.Count, c0 + (nint)row * grid.C.Row, count0);
                    Copy(scratch + (row * 2 + staged.Other) * V.Count, c1 + (nint)row * grid.C.Row, count - count0);
                }
                staged.Stretch0.A += staged.Stretch0.ATile;
                staged.Stretch1.A += staged.Stretch1.ATile;
            }
        }

        // Field by field: a whole stretch would be put together elsewhere and copied, in loads that wait for the stores.
        private static void Begin(in Segment segment, ref SimdTile<V>.Stretch stretch)
        {
            stretch.ARow = segment.ARow;
            stretch.AInner = segment.AInner;
            stretch.AOuter = segment.AOuter;
            stretch.BOuter = segment.BOuter;
            stretch.B = segment.B;
            stretch.Inner = segment.Inner;
            stretch.Outer = segment.Outer;
        }
    }
}
