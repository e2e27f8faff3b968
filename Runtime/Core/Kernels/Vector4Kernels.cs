using System;
using System.Numerics;
using System.Runtime.CompilerServices;

namespace Recurrent
{
    /// <summary>
    /// The portable kernels, and the default where neither .NET's vectors nor Burst are at hand: <see cref="Vector4"/> through pointers, which
    /// Unity's Mono computes in vector registers too.
    /// </summary>
    public sealed unsafe partial class Vector4Kernels : PanelKernels
    {
        private const int TileRows = 4, TileColumns = 8;

        // MethodImplOptions.AggressiveOptimization, which netstandard2.1 does not name: .NET compiles a loop well the first time.
        private const MethodImplOptions Optimized = (MethodImplOptions)512;

        /// <inheritdoc/>
        public override string Name => "Vector4";

        /// <inheritdoc/>
        public override void Multiply(in Product product)
        {
            float* zeros = stackalloc float[Lanes], scratch = stackalloc float[Lanes];
            new Span<float>(zeros, Lanes).Clear();
            for (int v = 0; v < Panels.Vectors(product.Columns); v++)
            {
                int lanes = Math.Min(Lanes, product.Columns - v * Lanes), row = 0;
                float* start = product.Bias == null ? zeros : product.Bias + v * Lanes, c = product.C.Vector(v);
                if (lanes == Lanes)
                {
                    for (; row + TileRows <= product.Rows; row += TileRows, c += (long)TileRows * product.C.Row)
                        for (int half = 0; half < Lanes; half += TileColumns)
                        {
                            float* d = c + half;
                            if (product.Accumulate) Tile(product.First, row, v, half, d, product.C.Row, d, product.C.Row);
                            else Tile(product.First, row, v, half, start + half, 0, d, product.C.Row);
                            if (product.Segments == 2) Tile(product.Second, row, v, half, d, product.C.Row, d, product.C.Row);
                        }
                }
                // What is left over: rows too few for a tile, and a vector of columns that is not full, beside its place.
                for (; row < product.Rows; row++, c += product.C.Row)
                {
                    float* d = lanes == Lanes ? c : scratch;
                    if (product.Accumulate && d == scratch) Copy(c, d, lanes);
                    Row(product.First, row, v, product.Accumulate ? d : start, d);
                    if (product.Segments == 2) Row(product.Second, row, v, d, d);
                    if (d == scratch) Copy(d, c, lanes);
                }
            }
        }

        /// <summary>
        /// Four rows by eight columns: c = start + Σ_k A[·, k] B[k, ·]. Two k in a turn, since Mono keeps no vector in a register from one turn to
        /// the next.
        /// </summary>
        [MethodImpl(Optimized)]
        private static void Tile(in Segment segment, int row, int vector, int lane, float* start, long startRow, float* c, long cRow)
        {
            Vector4 x0 = Load(start), y0 = Load(start + 4);
            start += startRow;
            Vector4 x1 = Load(start), y1 = Load(start + 4);
            start += startRow;
            Vector4 x2 = Load(start), y2 = Load(start + 4);
            start += startRow;
            Vector4 x3 = Load(start), y3 = Load(start + 4);
            long aRow = segment.ARow, aInner = segment.AInner, bRow = segment.B.Row;
            float* aOuter = segment.A + row * aRow, bOuter = segment.B.Vector(vector) + lane;
            for (int o = segment.Outer; o > 0; o--, aOuter += segment.AOuter, bOuter += segment.BOuter)
            {
                float* a0 = aOuter, a1 = a0 + aRow, a2 = a1 + aRow, a3 = a2 + aRow, b = bOuter;
                int k = segment.Inner;
                for (; k >= 2; k -= 2)
                {
                    float* next = b + bRow;
                    Vector4 p = Load(b), q = Load(b + 4), r = Load(next), s = Load(next + 4);
                    Vector4 v = new Vector4(a0[0]), w = new Vector4(a0[aInner]);
                    x0 = x0 + v * p + w * r;
                    y0 = y0 + v * q + w * s;
                    v = new Vector4(a1[0]);
                    w = new Vector4(a1[aInner]);
                    x1 = x1 + v * p + w * r;
                    y1 = y1 + v * q + w * s;
                    v = new Vector4(a2[0]);
                    w = new Vector4(a2[aInner]);
                    x2 = x2 + v * p + w * r;
                    y2 = y2 + v * q + w * s;
                    v = new Vector4(a3[0]);
                    w = new Vector4(a3[aInner]);
                    x3 = x3 + v * p + w * r;
                    y3 = y3 + v * q + w * s;
                    a0 += 2 * aInner;
                    a1 += 2 * aInner;
                    a2 += 2 * aInner;
                    a3 += 2 * aInner;
                    b = next + bRow;
                }
                if (k > 0)
                {
                    Vector4 p = Load(b), q = Load(b + 4);
                    x0 += new Vector4(*a0) * p;
                    y0 += new Vector4(*a0) * q;
                    x1 += new Vector4(*a1) * p;
                    y1 += new Vector4(*a1) * q;
                    x2 += new Vector4(*a2) * p;
                    y2 += new Vector4(*a2) * q;
                    x3 += new Vector4(*a3) * p;
                    y3 += new Vector4(*a3) * q;
                }
            }
            Store(x0, c);
            Store(y0, c + 4);
            c += cRow;
            Store(x1, c);
            Store(y1, c + 4);
            c += cRow;
            Store(x2, c);
            Store(y2, c + 4);
            c += cRow;
            Store(x3, c);
            Store(y3, c + 4);
        }

        /// <summary>One row by sixteen columns, for a batch of one.</summary>
        [MethodImpl(Optimized)]
        private static void Row(in Segment segment, int row, int vector, float* start, float* c)
        {
            Vector4 x0 = Load(start), x1 = Load(start + 4), x2 = Load(start + 8), x3 = Load(start + 12);
            long aInner = segment.AInner, bRow = segment.B.Row;
            float* aOuter = segment.A + (long)row * segment.ARow, bOuter = segment.B.Vector(vector);
            for (int o = segment.Outer; o > 0; o--, aOuter += segment.AOuter, bOuter += segment.BOuter)
            {
                float* a = aOuter, b = bOuter;
                int k = segment.Inner;
                for (; k >= 2; k -= 2)
                {
                    float* next = b + bRow;
                    Vector4 v = new Vector4(a[0]), w = new Vector4(a[aInner]);
                    x0 = x0 + v * Load(b) + w * Load(next);
                    x1 = x1 + v * Load(b + 4) + w * Load(next + 4);
                    x2 = x2 + v * Load(b + 8) + w * Load(next + 8);
                    x3 = x3 + v * Load(b + 12) + w * Load(next + 12);
                    a += 2 * aInner;
                    b = next + bRow;
                }
                if (k > 0)
                {
                    var v = new Vector4(*a);
                    x0 += v * Load(b);
                    x1 += v * Load(b + 4);
                    x2 += v * Load(b + 8);
                    x3 += v * Load(b + 12);
                }
            }
            Store(x0, c);
            Store(x1, c + 4);
            Store(x2, c + 8);
            Store(x3, c + 12);
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        private static Vector4 Load(float* from) => *(Vector4*)from;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        private static void Store(Vector4 x, float* to) => *(Vector4*)to = x;
    }
}
