using System.Runtime.CompilerServices;

namespace Recurrent
{
    /// <summary>
    /// The inner loops of a matrix product: tiles of 1 to 8 rows by two vectors, all accumulators in registers. Each is a leaf, since a call in a
    /// method with live vectors would spill every register of the loop; and each height is spelt out, since a loop over rows would.
    /// </summary>
    internal static unsafe class SimdTile<V> where V : struct, ISimd<V>
    {
        /// <summary>A <see cref="Segment"/> as a tile reads it: for its rows, and its two vectors of B.</summary>
        public struct Stretch
        {
            public float* A, B0, B1;
            public nint ARow, AInner, AOuter, BRow, BOuter;
            public int Inner, Outer;
        }

        /// <summary>
        /// Row r, for r &lt; <paramref name="rows"/>: (c0, c1) = (s0, s1) + Σ_k A[r, k] (B0, B1)[k], over all stretches.
        /// </summary>
        public static void Run(int rows, Stretch* stretches, int count, float* c0, float* c1, nint cRow, float* s0, float* s1, nint sRow)
        {
            Stretch* end = stretches + count;
            switch (rows)
            {
                case 1:
                    Rows1(stretches, end, c0, c1, cRow, s0, s1, sRow);
                    break;
                case 2:
                    Rows2(stretches, end, c0, c1, cRow, s0, s1, sRow);
                    break;
                case 3:
                    Rows3(stretches, end, c0, c1, cRow, s0, s1, sRow);
                    break;
                case 4:
                    Rows4(stretches, end, c0, c1, cRow, s0, s1, sRow);
                    break;
                case 5:
                    Rows5(stretches, end, c0, c1, cRow, s0, s1, sRow);
                    break;
                case 6:
                    Rows6(stretches, end, c0, c1, cRow, s0, s1, sRow);
                    break;
                case 7:
                    Rows7(stretches, end, c0, c1, cRow, s0, s1, sRow);
                    break;
                case 8:
                    Rows8(stretches, end, c0, c1, cRow, s0, s1, sRow);
                    break;
            }
        }

        // One row would leave two accumulators waiting for each other: four steps of k at a time have eight.
        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        private static void Rows1(Stretch* stretch, Stretch* end, float* c0, float* c1, nint cRow, float* s0, float* s1, nint sRow)
        {
            V x0 = V.Load(s0), y0 = V.Load(s1);
            V zero = V.Create(0);
            V x1 = zero, y1 = zero, x2 = zero, y2 = zero, x3 = zero, y3 = zero;
            for (; stretch < end; stretch++)
            {
                float* aOuter = stretch->A, b0Outer = stretch->B0, b1Outer = stretch->B1;
                nint aInner = stretch->AInner, bRow = stretch->BRow, aInner3 = 3 * aInner, bRow3 = 3 * bRow;
                for (int o = stretch->Outer; o > 0; o--)
                {
                    float* a = aOuter, b0 = b0Outer, b1 = b1Outer;
                    int i = stretch->Inner;
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
                    aOuter += stretch->AOuter;
                    b0Outer += stretch->BOuter;
                    b1Outer += stretch->BOuter;
                }
            }
            V.Store(x0 + x1 + (x2 + x3), c0);
            V.Store(y0 + y1 + (y2 + y3), c1);
        }

        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        private static void Rows2(Stretch* stretch, Stretch* end, float* c0, float* c1, nint cRow, float* s0, float* s1, nint sRow)
        {
            V x0 = V.Load(s0), y0 = V.Load(s1);
            s0 += sRow;
            s1 += sRow;
            V x1 = V.Load(s0), y1 = V.Load(s1);
            for (; stretch < end; stretch++)
            {
                nint aRow = stretch->ARow;
                float* aOuter = stretch->A, b0Outer = stretch->B0, b1Outer = stretch->B1;
                nint aInner = stretch->AInner, bRow = stretch->BRow;
                for (int o = stretch->Outer; o > 0; o--)
                {
                    float* a = aOuter, b0 = b0Outer, b1 = b1Outer;
                    for (int i = stretch->Inner; i > 0; i--)
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
                    aOuter += stretch->AOuter;
                    b0Outer += stretch->BOuter;
                    b1Outer += stretch->BOuter;
                }
            }
            V.Store(x0, c0);
            V.Store(y0, c1);
            c0 += cRow;
            c1 += cRow;
            V.Store(x1, c0);
            V.Store(y1, c1);
        }

        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        private static void Rows3(Stretch* stretch, Stretch* end, float* c0, float* c1, nint cRow, float* s0, float* s1, nint sRow)
        {
            V x0 = V.Load(s0), y0 = V.Load(s1);
            s0 += sRow;
            s1 += sRow;
            V x1 = V.Load(s0), y1 = V.Load(s1);
            s0 += sRow;
            s1 += sRow;
            V x2 = V.Load(s0), y2 = V.Load(s1);
            for (; stretch < end; stretch++)
            {
                nint aRow = stretch->ARow;
                nint aRow2 = 2 * aRow;
                float* aOuter = stretch->A, b0Outer = stretch->B0, b1Outer = stretch->B1;
                nint aInner = stretch->AInner, bRow = stretch->BRow;
                for (int o = stretch->Outer; o > 0; o--)
                {
                    float* a = aOuter, b0 = b0Outer, b1 = b1Outer;
                    for (int i = stretch->Inner; i > 0; i--)
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
                    aOuter += stretch->AOuter;
                    b0Outer += stretch->BOuter;
                    b1Outer += stretch->BOuter;
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
        }

        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        private static void Rows4(Stretch* stretch, Stretch* end, float* c0, float* c1, nint cRow, float* s0, float* s1, nint sRow)
        {
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
            for (; stretch < end; stretch++)
            {
                nint aRow = stretch->ARow;
                nint aRow2 = 2 * aRow;
                nint aRow3 = 3 * aRow;
                float* aOuter = stretch->A, b0Outer = stretch->B0, b1Outer = stretch->B1;
                nint aInner = stretch->AInner, bRow = stretch->BRow;
                for (int o = stretch->Outer; o > 0; o--)
                {
                    float* a = aOuter, b0 = b0Outer, b1 = b1Outer;
                    for (int i = stretch->Inner; i > 0; i--)
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
                    aOuter += stretch->AOuter;
                    b0Outer += stretch->BOuter;
                    b1Outer += stretch->BOuter;
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
        }

        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        private static void Rows5(Stretch* stretch, Stretch* end, float* c0, float* c1, nint cRow, float* s0, float* s1, nint sRow)
        {
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
            for (; stretch < end; stretch++)
            {
                nint aRow = stretch->ARow;
                nint aRow2 = 2 * aRow;
                nint aRow3 = 3 * aRow;
                float* aOuter = stretch->A, b0Outer = stretch->B0, b1Outer = stretch->B1;
                nint aInner = stretch->AInner, bRow = stretch->BRow;
                for (int o = stretch->Outer; o > 0; o--)
                {
                    float* a = aOuter, b0 = b0Outer, b1 = b1Outer;
                    float* a4 = a + 4 * aRow;
                    for (int i = stretch->Inner; i > 0; i--)
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
                    aOuter += stretch->AOuter;
                    b0Outer += stretch->BOuter;
                    b1Outer += stretch->BOuter;
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
        }

        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        private static void Rows6(Stretch* stretch, Stretch* end, float* c0, float* c1, nint cRow, float* s0, float* s1, nint sRow)
        {
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
            for (; stretch < end; stretch++)
            {
                nint aRow = stretch->ARow;
                nint aRow2 = 2 * aRow;
                nint aRow3 = 3 * aRow;
                float* aOuter = stretch->A, b0Outer = stretch->B0, b1Outer = stretch->B1;
                nint aInner = stretch->AInner, bRow = stretch->BRow;
                for (int o = stretch->Outer; o > 0; o--)
                {
                    float* a = aOuter, b0 = b0Outer, b1 = b1Outer;
                    float* a4 = a + 4 * aRow;
                    for (int i = stretch->Inner; i > 0; i--)
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
                    aOuter += stretch->AOuter;
                    b0Outer += stretch->BOuter;
                    b1Outer += stretch->BOuter;
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
        }

        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        private static void Rows7(Stretch* stretch, Stretch* end, float* c0, float* c1, nint cRow, float* s0, float* s1, nint sRow)
        {
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
            for (; stretch < end; stretch++)
            {
                nint aRow = stretch->ARow;
                nint aRow2 = 2 * aRow;
                nint aRow3 = 3 * aRow;
                float* aOuter = stretch->A, b0Outer = stretch->B0, b1Outer = stretch->B1;
                nint aInner = stretch->AInner, bRow = stretch->BRow;
                for (int o = stretch->Outer; o > 0; o--)
                {
                    float* a = aOuter, b0 = b0Outer, b1 = b1Outer;
                    float* a4 = a + 4 * aRow;
                    for (int i = stretch->Inner; i > 0; i--)
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
                    aOuter += stretch->AOuter;
                    b0Outer += stretch->BOuter;
                    b1Outer += stretch->BOuter;
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
        }

        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        private static void Rows8(Stretch* stretch, Stretch* end, float* c0, float* c1, nint cRow, float* s0, float* s1, nint sRow)
        {
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
            for (; stretch < end; stretch++)
            {
                nint aRow = stretch->ARow;
                nint aRow2 = 2 * aRow;
                nint aRow3 = 3 * aRow;
                float* aOuter = stretch->A, b0Outer = stretch->B0, b1Outer = stretch->B1;
                nint aInner = stretch->AInner, bRow = stretch->BRow;
                for (int o = stretch->Outer; o > 0; o--)
                {
                    float* a = aOuter, b0 = b0Outer, b1 = b1Outer;
                    float* a4 = a + 4 * aRow;
                    for (int i = stretch->Inner; i > 0; i--)
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
                    aOuter += stretch->AOuter;
                    b0Outer += stretch->BOuter;
                    b1Outer += stretch->BOuter;
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
        }
    }
}
