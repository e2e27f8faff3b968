using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics.X86;

namespace Recurrent
{
    /// <summary>
    /// The inner loops of a matrix product: tiles of 1 to 8 rows by two vectors, all accumulators in registers, and the loops over tiles. No call is in them, since
    /// one in a method with live vectors would spill every register of the loop; each height is spelt out, since a loop over rows would.
    /// </summary>
    internal static unsafe class SimdTile<V> where V : struct, ISimd<V>
    {
        /// <summary>A <see cref="Segment"/> as tiles read it.</summary>
        public struct Stretch
        {
            public float* A;
            public nint ARow, AInner, AOuter, BOuter;

            /// <summary>Floats of A from one tile of rows to the next.</summary>
            public nint ATile;
            public Panels B;
            public int Inner, Outer;
        }

        /// <summary>Tiles of one height: pieces of columns, two at a time, by tiles of rows. A piece is one vector.</summary>
        public struct Grid
        {
            public Stretch Stretch0, Stretch1;
            public int Segments;

            /// <summary>Pieces from First to End, and how many of rows' tiles.</summary>
            public int First, End, Tiles;

            /// <summary>Where the second piece of a tile is from the first: 1, or 0 where there is none.</summary>
            public int Other;

            /// <summary>The result, at the first tile's first row.</summary>
            public Panels C;

            /// <summary>Whether C starts from what it holds; otherwise every row starts from Start, a piece every StartPiece floats.</summary>
            public bool Accumulate;
            public float* Start;
            public int StartPiece;

            /// <summary>Whether C lies far from the core, and so is asked for when a tile begins.</summary>
            public bool Fetches;
        }

        /// <summary>Row r of a tile, for r &lt; <paramref name="rows"/>: C = start + Σ_k A[r, k] B[k, ·], over all stretches.</summary>
        public static void Run(int rows, in Grid grid)
        {
            switch (rows)
            {
                case 1:
                    Rows1(grid);
                    break;
                case 2:
                    Rows2(grid);
                    break;
                case 3:
                    Rows3(grid);
                    break;
                case 4:
                    Rows4(grid);
                    break;
                case 5:
                    Rows5(grid);
                    break;
                case 6:
                    Rows6(grid);
                    break;
                case 7:
                    Rows7(grid);
                    break;
                case 8:
                    Rows8(grid);
                    break;
            }
        }

        /// <summary>The first lane of a piece in row 0.</summary>
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static float* Piece(in Panels panels, int piece) => panels.Vector(piece * V.Count / Panels.Lanes) + piece * V.Count % Panels.Lanes;

        // What the tile will write; where it also reads that, it is the next tile's turn.
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        private static void Fetch(in Grid grid, float* c0, float* c1)
        {
            nint row = grid.C.Row;
            if (grid.Accumulate)
            {
                c0 += V.TileRows * row;
                c1 += V.TileRows * row;
            }
            for (int i = 0; i < V.TileRows; i++, c0 += row, c1 += row)
            {
                Sse.Prefetch0(c0);
                Sse.Prefetch0(c1);
            }
        }

        // One row would leave two accumulators waiting for each other: four steps of k at a time have eight.
        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        private static void Rows1(in Grid grid)
        {
            nint cRow = grid.C.Row, sRow = grid.Accumulate ? cRow : 0;
            for (int first = grid.First; first < grid.End; first += 2)
            {
                int second = first + grid.Other;
                float* c0 = Piece(grid.C, first), c1 = Piece(grid.C, second);
                for (int tile = 0; tile < grid.Tiles; tile++)
                {
                    if (grid.Fetches) Fetch(grid, c0, c1);
                    float* s0 = grid.Accumulate ? c0 : grid.Start + first * grid.StartPiece, s1 = grid.Accumulate ? c1 : grid.Start + second * grid.StartPiece;
                    V x0 = V.Load(s0), y0 = V.Load(s1), zero = V.Create(0);
                    V x1 = zero, y1 = zero, x2 = zero, y2 = zero, x3 = zero, y3 = zero;
                    for (int s = 0; s < grid.Segments; s++)
                    {
                        ref readonly Stretch stretch = ref s == 0 ? ref grid.Stretch0 : ref grid.Stretch1;
                        float* aOuter = stretch.A + tile * stretch.ATile, b0Outer = Piece(stretch.B, first), b1Outer = Piece(stretch.B, second);
                        nint aInner = stretch.AInner, bRow = stretch.B.Row, aInner3 = 3 * aInner, bRow3 = 3 * bRow;
                        for (int o = stretch.Outer; o > 0; o--)
                        {
                            float* a = aOuter, b0 = b0Outer, b1 = b1Outer;
                            int i = stretch.Inner;
                            for (; i >= 4; i -= 4)
                            {
                                V v0 = V.Create(*a), v1 = V.Create(a[aInner]), v2 = V.Create(a[2 * aInner]), v3 = V.Create(a[aInner3]);
                                x0 = V.MultiplyAdd(v0, V.Load(b0), x0);
                                y0 = V.MultiplyAdd(v0, V.Load(b1), y0);
                                x1 = V.MultiplyAdd(v1, V.Load(b0 + bRow), x1);
                                y1 = V.MultiplyAdd(v1, V.Load(b1 + bRow), y1);
                                x2 = V.MultiplyAdd(v2, V.Load(b0 + 2 * bRow), x2);
                                y2 = V.MultiplyAdd(v2, V.Load(b1 + 2 * bRow), y2);
                                x3 = V.MultiplyAdd(v3, V.Load(b0 + bRow3), x3);
                                y3 = V.MultiplyAdd(v3, V.Load(b1 + bRow3), y3);
                                a += 4 * aInner;
                                b0 += 4 * bRow;
                                b1 += 4 * bRow;
                            }
                            for (; i > 0; i--)
                            {
                                V v = V.Create(*a);
                                x0 = V.MultiplyAdd(v, V.Load(b0), x0);
                                y0 = V.MultiplyAdd(v, V.Load(b1), y0);
                                a += aInner;
                                b0 += bRow;
                                b1 += bRow;
                            }
                            aOuter += stretch.AOuter;
                            b0Outer += stretch.BOuter;
                            b1Outer += stretch.BOuter;
                        }
                    }
                    V.Store(x0 + x1 + (x2 + x3), c0);
                    V.Store(y0 + y1 + (y2 + y3), c1);
                    c0 += cRow;
                    c1 += cRow;
                }
            }
        }

        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        private static void Rows2(in Grid grid)
        {
            nint cRow = grid.C.Row, sRow = grid.Accumulate ? cRow : 0;
            for (int first = grid.First; first < grid.End; first += 2)
            {
                int second = first + grid.Other;
                float* c0 = Piece(grid.C, first), c1 = Piece(grid.C, second);
                for (int tile = 0; tile < grid.Tiles; tile++)
                {
                    if (grid.Fetches) Fetch(grid, c0, c1);
                    float* s0 = grid.Accumulate ? c0 : grid.Start + first * grid.StartPiece, s1 = grid.Accumulate ? c1 : grid.Start + second * grid.StartPiece;
                    V x0 = V.Load(s0), y0 = V.Load(s1);
                    s0 += sRow;
                    s1 += sRow;
                    V x1 = V.Load(s0), y1 = V.Load(s1);
                    for (int s = 0; s < grid.Segments; s++)
                    {
                        ref readonly Stretch stretch = ref s == 0 ? ref grid.Stretch0 : ref grid.Stretch1;
                        float* aOuter = stretch.A + tile * stretch.ATile, b0Outer = Piece(stretch.B, first), b1Outer = Piece(stretch.B, second);
                        nint aRow = stretch.ARow, aInner = stretch.AInner, bRow = stretch.B.Row;
                        for (int o = stretch.Outer; o > 0; o--)
                        {
                            float* a = aOuter, b0 = b0Outer, b1 = b1Outer;
                            for (int i = stretch.Inner; i > 0; i--)
                            {
                                V b = V.Load(b0), d = V.Load(b1);
                                V v0 = V.Create(a[0]);
                                x0 = V.MultiplyAdd(v0, b, x0);
                                y0 = V.MultiplyAdd(v0, d, y0);
                                V v1 = V.Create(a[aRow]);
                                x1 = V.MultiplyAdd(v1, b, x1);
                                y1 = V.MultiplyAdd(v1, d, y1);
                                a += aInner;
                                b0 += bRow;
                                b1 += bRow;
                            }
                            aOuter += stretch.AOuter;
                            b0Outer += stretch.BOuter;
                            b1Outer += stretch.BOuter;
                        }
                    }
                    V.Store(x0, c0);
                    V.Store(y0, c1);
                    c0 += cRow;
                    c1 += cRow;
                    V.Store(x1, c0);
                    V.Store(y1, c1);
                    c0 += cRow;
                    c1 += cRow;
                }
            }
        }

        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        private static void Rows3(in Grid grid)
        {
            nint cRow = grid.C.Row, sRow = grid.Accumulate ? cRow : 0;
            for (int first = grid.First; first < grid.End; first += 2)
            {
                int second = first + grid.Other;
                float* c0 = Piece(grid.C, first), c1 = Piece(grid.C, second);
                for (int tile = 0; tile < grid.Tiles; tile++)
                {
                    if (grid.Fetches) Fetch(grid, c0, c1);
                    float* s0 = grid.Accumulate ? c0 : grid.Start + first * grid.StartPiece, s1 = grid.Accumulate ? c1 : grid.Start + second * grid.StartPiece;
                    V x0 = V.Load(s0), y0 = V.Load(s1);
                    s0 += sRow;
                    s1 += sRow;
                    V x1 = V.Load(s0), y1 = V.Load(s1);
                    s0 += sRow;
                    s1 += sRow;
                    V x2 = V.Load(s0), y2 = V.Load(s1);
                    for (int s = 0; s < grid.Segments; s++)
                    {
                        ref readonly Stretch stretch = ref s == 0 ? ref grid.Stretch0 : ref grid.Stretch1;
                        float* aOuter = stretch.A + tile * stretch.ATile, b0Outer = Piece(stretch.B, first), b1Outer = Piece(stretch.B, second);
                        nint aRow = stretch.ARow, aRow2 = 2 * aRow, aInner = stretch.AInner, bRow = stretch.B.Row;
                        for (int o = stretch.Outer; o > 0; o--)
                        {
                            float* a = aOuter, b0 = b0Outer, b1 = b1Outer;
                            for (int i = stretch.Inner; i > 0; i--)
                            {
                                V b = V.Load(b0), d = V.Load(b1);
                                V v0 = V.Create(a[0]);
                                x0 = V.MultiplyAdd(v0, b, x0);
                                y0 = V.MultiplyAdd(v0, d, y0);
                                V v1 = V.Create(a[aRow]);
                                x1 = V.MultiplyAdd(v1, b, x1);
                                y1 = V.MultiplyAdd(v1, d, y1);
                                V v2 = V.Create(a[aRow2]);
                                x2 = V.MultiplyAdd(v2, b, x2);
                                y2 = V.MultiplyAdd(v2, d, y2);
                                a += aInner;
                                b0 += bRow;
                                b1 += bRow;
                            }
                            aOuter += stretch.AOuter;
                            b0Outer += stretch.BOuter;
                            b1Outer += stretch.BOuter;
                        }
                    }
                    V.Store(x0, c0);
                    V.Store(y0, c1);
                    c0 += cRow;
                    c1 += cRow;
                    V.Store(x1, c0);
                    V.Store(y1, c1);
                    c0 += cRow;
                    c1 += cRow;
                    V.Store(x2, c0);
                    V.Store(y2, c1);
                    c0 += cRow;
                    c1 += cRow;
                }
            }
        }

        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        private static void Rows4(in Grid grid)
        {
            nint cRow = grid.C.Row, sRow = grid.Accumulate ? cRow : 0;
            for (int first = grid.First; first < grid.End; first += 2)
            {
                int second = first + grid.Other;
                float* c0 = Piece(grid.C, first), c1 = Piece(grid.C, second);
                for (int tile = 0; tile < grid.Tiles; tile++)
                {
                    if (grid.Fetches) Fetch(grid, c0, c1);
                    float* s0 = grid.Accumulate ? c0 : grid.Start + first * grid.StartPiece, s1 = grid.Accumulate ? c1 : grid.Start + second * grid.StartPiece;
                    V x0 = V.Load(s0), y0 = V.Load(s1);
                    s0 += sRow;
                    s1 += sRow;
                    V x1 = V.Load(s0), y1 = V.Load(s1);
                    s0 += sRow;
                    s1 += sRow;
                    V x2 = V.Load(s0), y2 = V.Load(s1);
                    s0 += sRow;
                    s1 += sRow;
                    V x3 = V.Load(s0), y3 = V.Load(s1);
                    for (int s = 0; s < grid.Segments; s++)
                    {
                        ref readonly Stretch stretch = ref s == 0 ? ref grid.Stretch0 : ref grid.Stretch1;
                        float* aOuter = stretch.A + tile * stretch.ATile, b0Outer = Piece(stretch.B, first), b1Outer = Piece(stretch.B, second);
                        nint aRow = stretch.ARow, aRow2 = 2 * aRow, aRow3 = 3 * aRow, aInner = stretch.AInner, bRow = stretch.B.Row;
                        for (int o = stretch.Outer; o > 0; o--)
                        {
                            float* a = aOuter, b0 = b0Outer, b1 = b1Outer;
                            for (int i = stretch.Inner; i > 0; i--)
                            {
                                V b = V.Load(b0), d = V.Load(b1);
                                V v0 = V.Create(a[0]);
                                x0 = V.MultiplyAdd(v0, b, x0);
                                y0 = V.MultiplyAdd(v0, d, y0);
                                V v1 = V.Create(a[aRow]);
                                x1 = V.MultiplyAdd(v1, b, x1);
                                y1 = V.MultiplyAdd(v1, d, y1);
                                V v2 = V.Create(a[aRow2]);
                                x2 = V.MultiplyAdd(v2, b, x2);
                                y2 = V.MultiplyAdd(v2, d, y2);
                                V v3 = V.Create(a[aRow3]);
                                x3 = V.MultiplyAdd(v3, b, x3);
                                y3 = V.MultiplyAdd(v3, d, y3);
                                a += aInner;
                                b0 += bRow;
                                b1 += bRow;
                            }
                            aOuter += stretch.AOuter;
                            b0Outer += stretch.BOuter;
                            b1Outer += stretch.BOuter;
                        }
                    }
                    V.Store(x0, c0);
                    V.Store(y0, c1);
                    c0 += cRow;
                    c1 += cRow;
                    V.Store(x1, c0);
                    V.Store(y1, c1);
                    c0 += cRow;
                    c1 += cRow;
                    V.Store(x2, c0);
                    V.Store(y2, c1);
                    c0 += cRow;
                    c1 += cRow;
                    V.Store(x3, c0);
                    V.Store(y3, c1);
                    c0 += cRow;
                    c1 += cRow;
                }
            }
        }

        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        private static void Rows5(in Grid grid)
        {
            nint cRow = grid.C.Row, sRow = grid.Accumulate ? cRow : 0;
            for (int first = grid.First; first < grid.End; first += 2)
            {
                int second = first + grid.Other;
                float* c0 = Piece(grid.C, first), c1 = Piece(grid.C, second);
                for (int tile = 0; tile < grid.Tiles; tile++)
                {
                    if (grid.Fetches) Fetch(grid, c0, c1);
                    float* s0 = grid.Accumulate ? c0 : grid.Start + first * grid.StartPiece, s1 = grid.Accumulate ? c1 : grid.Start + second * grid.StartPiece;
                    V x0 = V.Load(s0), y0 = V.Load(s1);
                    s0 += sRow;
                    s1 += sRow;
                    V x1 = V.Load(s0), y1 = V.Load(s1);
                    s0 += sRow;
                    s1 += sRow;
                    V x2 = V.Load(s0), y2 = V.Load(s1);
                    s0 += sRow;
                    s1 += sRow;
                    V x3 = V.Load(s0), y3 = V.Load(s1);
                    s0 += sRow;
                    s1 += sRow;
                    V x4 = V.Load(s0), y4 = V.Load(s1);
                    for (int s = 0; s < grid.Segments; s++)
                    {
                        ref readonly Stretch stretch = ref s == 0 ? ref grid.Stretch0 : ref grid.Stretch1;
                        float* aOuter = stretch.A + tile * stretch.ATile, b0Outer = Piece(stretch.B, first), b1Outer = Piece(stretch.B, second);
                        nint aRow = stretch.ARow, aRow2 = 2 * aRow, aRow3 = 3 * aRow, aInner = stretch.AInner, bRow = stretch.B.Row;
                        for (int o = stretch.Outer; o > 0; o--)
                        {
                            float* a = aOuter, b0 = b0Outer, b1 = b1Outer;
                            float* a4 = a + 4 * aRow;
                            for (int i = stretch.Inner; i > 0; i--)
                            {
                                V b = V.Load(b0), d = V.Load(b1);
                                V v0 = V.Create(a[0]);
                                x0 = V.MultiplyAdd(v0, b, x0);
                                y0 = V.MultiplyAdd(v0, d, y0);
                                V v1 = V.Create(a[aRow]);
                                x1 = V.MultiplyAdd(v1, b, x1);
                                y1 = V.MultiplyAdd(v1, d, y1);
                                V v2 = V.Create(a[aRow2]);
                                x2 = V.MultiplyAdd(v2, b, x2);
                                y2 = V.MultiplyAdd(v2, d, y2);
                                V v3 = V.Create(a[aRow3]);
                                x3 = V.MultiplyAdd(v3, b, x3);
                                y3 = V.MultiplyAdd(v3, d, y3);
                                V v4 = V.Create(a4[0]);
                                x4 = V.MultiplyAdd(v4, b, x4);
                                y4 = V.MultiplyAdd(v4, d, y4);
                                a += aInner;
                                a4 += aInner;
                                b0 += bRow;
                                b1 += bRow;
                            }
                            aOuter += stretch.AOuter;
                            b0Outer += stretch.BOuter;
                            b1Outer += stretch.BOuter;
                        }
                    }
                    V.Store(x0, c0);
                    V.Store(y0, c1);
                    c0 += cRow;
                    c1 += cRow;
                    V.Store(x1, c0);
                    V.Store(y1, c1);
                    c0 += cRow;
                    c1 += cRow;
                    V.Store(x2, c0);
                    V.Store(y2, c1);
                    c0 += cRow;
                    c1 += cRow;
                    V.Store(x3, c0);
                    V.Store(y3, c1);
                    c0 += cRow;
                    c1 += cRow;
                    V.Store(x4, c0);
                    V.Store(y4, c1);
                    c0 += cRow;
                    c1 += cRow;
                }
            }
        }

        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        private static void Rows6(in Grid grid)
        {
            nint cRow = grid.C.Row, sRow = grid.Accumulate ? cRow : 0;
            for (int first = grid.First; first < grid.End; first += 2)
            {
                int second = first + grid.Other;
                float* c0 = Piece(grid.C, first), c1 = Piece(grid.C, second);
                for (int tile = 0; tile < grid.Tiles; tile++)
                {
                    if (grid.Fetches) Fetch(grid, c0, c1);
                    float* s0 = grid.Accumulate ? c0 : grid.Start + first * grid.StartPiece, s1 = grid.Accumulate ? c1 : grid.Start + second * grid.StartPiece;
                    V x0 = V.Load(s0), y0 = V.Load(s1);
                    s0 += sRow;
                    s1 += sRow;
                    V x1 = V.Load(s0), y1 = V.Load(s1);
                    s0 += sRow;
                    s1 += sRow;
                    V x2 = V.Load(s0), y2 = V.Load(s1);
                    s0 += sRow;
                    s1 += sRow;
                    V x3 = V.Load(s0), y3 = V.Load(s1);
                    s0 += sRow;
                    s1 += sRow;
                    V x4 = V.Load(s0), y4 = V.Load(s1);
                    s0 += sRow;
                    s1 += sRow;
                    V x5 = V.Load(s0), y5 = V.Load(s1);
                    for (int s = 0; s < grid.Segments; s++)
                    {
                        ref readonly Stretch stretch = ref s == 0 ? ref grid.Stretch0 : ref grid.Stretch1;
                        float* aOuter = stretch.A + tile * stretch.ATile, b0Outer = Piece(stretch.B, first), b1Outer = Piece(stretch.B, second);
                        nint aRow = stretch.ARow, aRow2 = 2 * aRow, aRow3 = 3 * aRow, aInner = stretch.AInner, bRow = stretch.B.Row;
                        for (int o = stretch.Outer; o > 0; o--)
                        {
                            float* a = aOuter, b0 = b0Outer, b1 = b1Outer;
                            float* a4 = a + 4 * aRow;
                            for (int i = stretch.Inner; i > 0; i--)
                            {
                                V b = V.Load(b0), d = V.Load(b1);
                                V v0 = V.Create(a[0]);
                                x0 = V.MultiplyAdd(v0, b, x0);
                                y0 = V.MultiplyAdd(v0, d, y0);
                                V v1 = V.Create(a[aRow]);
                                x1 = V.MultiplyAdd(v1, b, x1);
                                y1 = V.MultiplyAdd(v1, d, y1);
                                V v2 = V.Create(a[aRow2]);
                                x2 = V.MultiplyAdd(v2, b, x2);
                                y2 = V.MultiplyAdd(v2, d, y2);
                                V v3 = V.Create(a[aRow3]);
                                x3 = V.MultiplyAdd(v3, b, x3);
                                y3 = V.MultiplyAdd(v3, d, y3);
                                V v4 = V.Create(a4[0]);
                                x4 = V.MultiplyAdd(v4, b, x4);
                                y4 = V.MultiplyAdd(v4, d, y4);
                                V v5 = V.Create(a4[aRow]);
                                x5 = V.MultiplyAdd(v5, b, x5);
                                y5 = V.MultiplyAdd(v5, d, y5);
                                a += aInner;
                                a4 += aInner;
                                b0 += bRow;
                                b1 += bRow;
                            }
                            aOuter += stretch.AOuter;
                            b0Outer += stretch.BOuter;
                            b1Outer += stretch.BOuter;
                        }
                    }
                    V.Store(x0, c0);
                    V.Store(y0, c1);
                    c0 += cRow;
                    c1 += cRow;
                    V.Store(x1, c0);
                    V.Store(y1, c1);
                    c0 += cRow;
                    c1 += cRow;
                    V.Store(x2, c0);
                    V.Store(y2, c1);
                    c0 += cRow;
                    c1 += cRow;
                    V.Store(x3, c0);
                    V.Store(y3, c1);
                    c0 += cRow;
                    c1 += cRow;
                    V.Store(x4, c0);
                    V.Store(y4, c1);
                    c0 += cRow;
                    c1 += cRow;
                    V.Store(x5, c0);
                    V.Store(y5, c1);
                    c0 += cRow;
                    c1 += cRow;
                }
            }
        }

        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        private static void Rows7(in Grid grid)
        {
            nint cRow = grid.C.Row, sRow = grid.Accumulate ? cRow : 0;
            for (int first = grid.First; first < grid.End; first += 2)
            {
                int second = first + grid.Other;
                float* c0 = Piece(grid.C, first), c1 = Piece(grid.C, second);
                for (int tile = 0; tile < grid.Tiles; tile++)
                {
                    if (grid.Fetches) Fetch(grid, c0, c1);
                    float* s0 = grid.Accumulate ? c0 : grid.Start + first * grid.StartPiece, s1 = grid.Accumulate ? c1 : grid.Start + second * grid.StartPiece;
                    V x0 = V.Load(s0), y0 = V.Load(s1);
                    s0 += sRow;
                    s1 += sRow;
                    V x1 = V.Load(s0), y1 = V.Load(s1);
                    s0 += sRow;
                    s1 += sRow;
                    V x2 = V.Load(s0), y2 = V.Load(s1);
                    s0 += sRow;
                    s1 += sRow;
                    V x3 = V.Load(s0), y3 = V.Load(s1);
                    s0 += sRow;
                    s1 += sRow;
                    V x4 = V.Load(s0), y4 = V.Load(s1);
                    s0 += sRow;
                    s1 += sRow;
                    V x5 = V.Load(s0), y5 = V.Load(s1);
                    s0 += sRow;
                    s1 += sRow;
                    V x6 = V.Load(s0), y6 = V.Load(s1);
                    for (int s = 0; s < grid.Segments; s++)
                    {
                        ref readonly Stretch stretch = ref s == 0 ? ref grid.Stretch0 : ref grid.Stretch1;
                        float* aOuter = stretch.A + tile * stretch.ATile, b0Outer = Piece(stretch.B, first), b1Outer = Piece(stretch.B, second);
                        nint aRow = stretch.ARow, aRow2 = 2 * aRow, aRow3 = 3 * aRow, aInner = stretch.AInner, bRow = stretch.B.Row;
                        for (int o = stretch.Outer; o > 0; o--)
                        {
                            float* a = aOuter, b0 = b0Outer, b1 = b1Outer;
                            float* a4 = a + 4 * aRow;
                            for (int i = stretch.Inner; i > 0; i--)
                            {
                                V b = V.Load(b0), d = V.Load(b1);
                                V v0 = V.Create(a[0]);
                                x0 = V.MultiplyAdd(v0, b, x0);
                                y0 = V.MultiplyAdd(v0, d, y0);
                                V v1 = V.Create(a[aRow]);
                                x1 = V.MultiplyAdd(v1, b, x1);
                                y1 = V.MultiplyAdd(v1, d, y1);
                                V v2 = V.Create(a[aRow2]);
                                x2 = V.MultiplyAdd(v2, b, x2);
                                y2 = V.MultiplyAdd(v2, d, y2);
                                V v3 = V.Create(a[aRow3]);
                                x3 = V.MultiplyAdd(v3, b, x3);
                                y3 = V.MultiplyAdd(v3, d, y3);
                                V v4 = V.Create(a4[0]);
                                x4 = V.MultiplyAdd(v4, b, x4);
                                y4 = V.MultiplyAdd(v4, d, y4);
                                V v5 = V.Create(a4[aRow]);
                                x5 = V.MultiplyAdd(v5, b, x5);
                                y5 = V.MultiplyAdd(v5, d, y5);
                                V v6 = V.Create(a4[aRow2]);
                                x6 = V.MultiplyAdd(v6, b, x6);
                                y6 = V.MultiplyAdd(v6, d, y6);
                                a += aInner;
                                a4 += aInner;
                                b0 += bRow;
                                b1 += bRow;
                            }
                            aOuter += stretch.AOuter;
                            b0Outer += stretch.BOuter;
                            b1Outer += stretch.BOuter;
                        }
                    }
                    V.Store(x0, c0);
                    V.Store(y0, c1);
                    c0 += cRow;
                    c1 += cRow;
                    V.Store(x1, c0);
                    V.Store(y1, c1);
                    c0 += cRow;
                    c1 += cRow;
                    V.Store(x2, c0);
                    V.Store(y2, c1);
                    c0 += cRow;
                    c1 += cRow;
                    V.Store(x3, c0);
                    V.Store(y3, c1);
                    c0 += cRow;
                    c1 += cRow;
                    V.Store(x4, c0);
                    V.Store(y4, c1);
                    c0 += cRow;
                    c1 += cRow;
                    V.Store(x5, c0);
                    V.Store(y5, c1);
                    c0 += cRow;
                    c1 += cRow;
                    V.Store(x6, c0);
                    V.Store(y6, c1);
                    c0 += cRow;
                    c1 += cRow;
                }
            }
        }

        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        private static void Rows8(in Grid grid)
        {
            nint cRow = grid.C.Row, sRow = grid.Accumulate ? cRow : 0;
            for (int first = grid.First; first < grid.End; first += 2)
            {
                int second = first + grid.Other;
                float* c0 = Piece(grid.C, first), c1 = Piece(grid.C, second);
                for (int tile = 0; tile < grid.Tiles; tile++)
                {
                    if (grid.Fetches) Fetch(grid, c0, c1);
                    float* s0 = grid.Accumulate ? c0 : grid.Start + first * grid.StartPiece, s1 = grid.Accumulate ? c1 : grid.Start + second * grid.StartPiece;
                    V x0 = V.Load(s0), y0 = V.Load(s1);
                    s0 += sRow;
                    s1 += sRow;
                    V x1 = V.Load(s0), y1 = V.Load(s1);
                    s0 += sRow;
                    s1 += sRow;
                    V x2 = V.Load(s0), y2 = V.Load(s1);
                    s0 += sRow;
                    s1 += sRow;
                    V x3 = V.Load(s0), y3 = V.Load(s1);
                    s0 += sRow;
                    s1 += sRow;
                    V x4 = V.Load(s0), y4 = V.Load(s1);
                    s0 += sRow;
                    s1 += sRow;
                    V x5 = V.Load(s0), y5 = V.Load(s1);
                    s0 += sRow;
                    s1 += sRow;
                    V x6 = V.Load(s0), y6 = V.Load(s1);
                    s0 += sRow;
                    s1 += sRow;
                    V x7 = V.Load(s0), y7 = V.Load(s1);
                    for (int s = 0; s < grid.Segments; s++)
                    {
                        ref readonly Stretch stretch = ref s == 0 ? ref grid.Stretch0 : ref grid.Stretch1;
                        float* aOuter = stretch.A + tile * stretch.ATile, b0Outer = Piece(stretch.B, first), b1Outer = Piece(stretch.B, second);
                        nint aRow = stretch.ARow, aRow2 = 2 * aRow, aRow3 = 3 * aRow, aInner = stretch.AInner, bRow = stretch.B.Row;
                        for (int o = stretch.Outer; o > 0; o--)
                        {
                            float* a = aOuter, b0 = b0Outer, b1 = b1Outer;
                            float* a4 = a + 4 * aRow;
                            for (int i = stretch.Inner; i > 0; i--)
                            {
                                V b = V.Load(b0), d = V.Load(b1);
                                V v0 = V.Create(a[0]);
                                x0 = V.MultiplyAdd(v0, b, x0);
                                y0 = V.MultiplyAdd(v0, d, y0);
                                V v1 = V.Create(a[aRow]);
                                x1 = V.MultiplyAdd(v1, b, x1);
                                y1 = V.MultiplyAdd(v1, d, y1);
                                V v2 = V.Create(a[aRow2]);
                                x2 = V.MultiplyAdd(v2, b, x2);
                                y2 = V.MultiplyAdd(v2, d, y2);
                                V v3 = V.Create(a[aRow3]);
                                x3 = V.MultiplyAdd(v3, b, x3);
                                y3 = V.MultiplyAdd(v3, d, y3);
                                V v4 = V.Create(a4[0]);
                                x4 = V.MultiplyAdd(v4, b, x4);
                                y4 = V.MultiplyAdd(v4, d, y4);
                                V v5 = V.Create(a4[aRow]);
                                x5 = V.MultiplyAdd(v5, b, x5);
                                y5 = V.MultiplyAdd(v5, d, y5);
                                V v6 = V.Create(a4[aRow2]);
                                x6 = V.MultiplyAdd(v6, b, x6);
                                y6 = V.MultiplyAdd(v6, d, y6);
                                V v7 = V.Create(a4[aRow3]);
                                x7 = V.MultiplyAdd(v7, b, x7);
                                y7 = V.MultiplyAdd(v7, d, y7);
                                a += aInner;
                                a4 += aInner;
                                b0 += bRow;
                                b1 += bRow;
                            }
                            aOuter += stretch.AOuter;
                            b0Outer += stretch.BOuter;
                            b1Outer += stretch.BOuter;
                        }
                    }
                    V.Store(x0, c0);
                    V.Store(y0, c1);
                    c0 += cRow;
                    c1 += cRow;
                    V.Store(x1, c0);
                    V.Store(y1, c1);
                    c0 += cRow;
                    c1 += cRow;
                    V.Store(x2, c0);
                    V.Store(y2, c1);
                    c0 += cRow;
                    c1 += cRow;
                    V.Store(x3, c0);
                    V.Store(y3, c1);
                    c0 += cRow;
                    c1 += cRow;
                    V.Store(x4, c0);
                    V.Store(y4, c1);
                    c0 += cRow;
                    c1 += cRow;
                    V.Store(x5, c0);
                    V.Store(y5, c1);
                    c0 += cRow;
                    c1 += cRow;
                    V.Store(x6, c0);
                    V.Store(y6, c1);
                    c0 += cRow;
                    c1 += cRow;
                    V.Store(x7, c0);
                    V.Store(y7, c1);
                    c0 += cRow;
                    c1 += cRow;
                }
            }
        }
    }
}
