using System;
using System.Runtime.CompilerServices;

namespace Recurrent
{
    // Lone rows: a panel's product, then its gates, while the processor already fetches the next panel's weights.
    internal sealed unsafe partial class SimdKernels<V>
    {
        /// <summary>How the weights of a pair of vectors lie: the two vectors at a k.</summary>
        private interface IPair
        {
            /// <summary>Floats or words of a k.</summary>
            public abstract static int Width { get; }

            public abstract static V First(float* b);

            public abstract static V Second(float* b);
        }

        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        public override void Multiply(in RowProduct product)
        {
            float* scratch = stackalloc float[2 * Lanes];
            int pairs = (product.Vectors + 1) / 2;
            for (int i = 0; i < pairs; i++)
            {
                int pair = product.LastColumnsFirst ? pairs - 1 - i : i;
                MultiplyPair(product, pair, product.C.Vector(2 * pair), 2 * pair + 1 < product.Vectors ? product.C.Vector(2 * pair + 1) : scratch, scratch + Lanes);
            }
        }

        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        public override void RnnRow(in RowProduct product, in GateStep gates, Nonlinearity nonlinearity)
        {
            float* scratch = stackalloc float[2 * Lanes];
            int panels = Panels.Vectors(gates.Hidden), pairs = (panels + 1) / 2;
            GateStep part = gates;
            for (int i = 0; i < pairs; i++)
            {
                int pair = product.LastColumnsFirst ? pairs - 1 - i : i;
                Part(gates, 2 * pair, 2, ref part);
                MultiplyPair(product, pair, part.Gates, 2 * pair + 1 < panels ? part.Gates + gates.PanelStride : scratch, scratch + Lanes);
                RnnForward(part, nonlinearity);
            }
        }

        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        public override void LstmRow(in RowProduct product, in GateStep gates)
        {
            float* scratch = stackalloc float[Lanes];
            int panels = Panels.Vectors(gates.Hidden);
            GateStep part = gates;
            for (int i = 0; i < panels; i++)
            {
                int panel = product.LastColumnsFirst ? panels - 1 - i : i;
                Part(gates, panel, 1, ref part);
                for (int j = 0; j < 2; j++)
                {
                    int pair = product.LastColumnsFirst ? 1 - j : j;
                    float* c = part.Gates + pair * 2 * Lanes;
                    MultiplyPair(product, 2 * panel + pair, c, c + Lanes, scratch);
                }
                LstmForward(part);
            }
        }

        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        public override void GruRow(in RowProduct resetUpdate, in RowProduct candidate, in RowProduct recurrentCandidate, in GateStep gates)
        {
            float* scratch = stackalloc float[5 * Lanes];
            float* zeros = scratch + 4 * Lanes;
            int panels = Panels.Vectors(gates.Hidden), pairs = (panels + 1) / 2;
            GateStep part = gates;
            for (int i = 0; i < pairs; i++)
            {
                int pair = resetUpdate.LastColumnsFirst ? pairs - 1 - i : i;
                bool whole = 2 * pair + 1 < panels;
                Part(gates, 2 * pair, 2, ref part);
                float* a = part.Gates, b = whole ? a + gates.PanelStride : scratch;
                MultiplyPair(resetUpdate, 2 * pair, a, a + Lanes, zeros);
                if (whole) MultiplyPair(resetUpdate, 2 * pair + 1, b, b + Lanes, zeros);
                MultiplyPair(candidate, pair, a + 2 * Lanes, b + 2 * Lanes, zeros);
                MultiplyPair(recurrentCandidate, pair, a + 3 * Lanes, b + 3 * Lanes, zeros);
                GruForward(part);
            }
        }

        /// <summary>Some panels of a lone row's gates.</summary>
        private static void Part(in GateStep gates, int panel, int panels, ref GateStep part)
        {
            int unit = panel * Lanes;
            part.Hidden = Math.Min(panels * Lanes, gates.Hidden - unit);
            part.Gates = gates.Gates + (nint)panel * gates.PanelStride;
            part.HPrevious = gates.HPrevious + unit;
            part.H = gates.H + unit;
            if (gates.C == null) return;
            part.CPrevious = gates.CPrevious + unit;
            part.C = gates.C + unit;
        }

        private static void MultiplyPair(in RowProduct product, int pair, float* c0, float* c1, float* zeros)
        {
            float* s0 = c0, s1 = c1;
            if (!product.Accumulate)
            {
                s0 = product.Bias == null ? zeros : product.Bias + 2 * pair * Lanes;
                s1 = product.Bias == null ? zeros : s0 + Lanes;
                if (product.Bias == null) new Span<float>(zeros, Lanes).Clear();
            }
            bool words = product.Precision == WeightPrecision.BFloat16;
            for (int l = 0; l < Lanes; l += V.Count)
                if (words) MultiplyPair<Words>(product, pair, l, s0, s1, c0, c1);
                else MultiplyPair<Floats>(product, pair, l, s0, s1, c0, c1);
        }

        // Four steps of k at a time: fewer accumulators would wait for each other.
        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        private static void MultiplyPair<TPair>(in RowProduct product, int pair, int lane, float* s0, float* s1, float* c0, float* c1) where TPair : struct, IPair
        {
            float* b = product.B + (nint)pair * product.Pair + lane;
            V x0 = V.Load(s0 + lane), y0 = V.Load(s1 + lane), x1 = V.Create(0), y1 = x1, x2 = x1, y2 = x1, x3 = x1, y3 = x1;
            float* a = product.First;
            int length = product.FirstLength;
            for (int stretch = 0; stretch < 2; stretch++)
            {
                int k = 0;
                for (; k + 4 <= length; k += 4, b += 4 * TPair.Width)
                {
                    V v0 = V.Create(a[k]), v1 = V.Create(a[k + 1]), v2 = V.Create(a[k + 2]), v3 = V.Create(a[k + 3]);
                    x0 = V.MultiplyAdd(v0, TPair.First(b), x0);
                    y0 = V.MultiplyAdd(v0, TPair.Second(b), y0);
                    x1 = V.MultiplyAdd(v1, TPair.First(b + TPair.Width), x1);
                    y1 = V.MultiplyAdd(v1, TPair.Second(b + TPair.Width), y1);
                    x2 = V.MultiplyAdd(v2, TPair.First(b + 2 * TPair.Width), x2);
                    y2 = V.MultiplyAdd(v2, TPair.Second(b + 2 * TPair.Width), y2);
                    x3 = V.MultiplyAdd(v3, TPair.First(b + 3 * TPair.Width), x3);
                    y3 = V.MultiplyAdd(v3, TPair.Second(b + 3 * TPair.Width), y3);
                }
                for (; k < length; k++, b += TPair.Width)
                {
                    V v0 = V.Create(a[k]);
                    x0 = V.MultiplyAdd(v0, TPair.First(b), x0);
                    y0 = V.MultiplyAdd(v0, TPair.Second(b), y0);
                }
                a = product.Second;
                length = product.SecondLength;
            }
            V.Store(x0 + x1 + (x2 + x3), c0 + lane);
            V.Store(y0 + y1 + (y2 + y3), c1 + lane);
        }

        private readonly struct Floats : IPair
        {
            public static int Width
            {
                [MethodImpl(MethodImplOptions.AggressiveInlining)]
                get => 2 * Lanes;
            }

            [MethodImpl(MethodImplOptions.AggressiveInlining)]
            public static V First(float* b) => V.Load(b);

            [MethodImpl(MethodImplOptions.AggressiveInlining)]
            public static V Second(float* b) => V.Load(b + Lanes);
        }

        private readonly struct Words : IPair
        {
            public static int Width
            {
                [MethodImpl(MethodImplOptions.AggressiveInlining)]
                get => Lanes;
            }

            [MethodImpl(MethodImplOptions.AggressiveInlining)]
            public static V First(float* b) => V.LoadLower((uint*)b);

            [MethodImpl(MethodImplOptions.AggressiveInlining)]
            public static V Second(float* b) => V.LoadUpper((uint*)b);
        }
    }
}
