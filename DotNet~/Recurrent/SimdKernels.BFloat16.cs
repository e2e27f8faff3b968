using System.Runtime.CompilerServices;

namespace Recurrent
{
    internal sealed unsafe partial class SimdKernels<V>
    {
        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        public override void Multiply(in BFloat16Product product)
        {
            float* zeros = stackalloc float[Lanes], nowhere = stackalloc float[Lanes];
            for (int i = 0; i < Lanes; i++) zeros[i] = 0;
            int pairs = (product.Vectors + 1) / 2;
            for (int i = 0; i < pairs; i++)
            {
                int pair = product.LastColumnsFirst ? pairs - 1 - i : i;
                bool whole = 2 * pair + 1 < product.Vectors;
                float* c0 = product.C.Vector(2 * pair), c1 = whole ? product.C.Vector(2 * pair + 1) : nowhere;
                float* s0 = product.Accumulate ? c0 : product.Bias == null ? zeros : product.Bias + 2 * pair * Lanes;
                float* s1 = !whole ? zeros : product.Accumulate ? c1 : product.Bias == null ? zeros : s0 + Lanes;
                for (int part = 0; part < Lanes; part += V.Count)
                    MultiplyPair(product, product.B + (nint)pair * product.Pair + part, s0 + part, s1 + part, c0 + part, c1 + part);
            }
        }

        // Four steps of k at a time: fewer accumulators would wait for each other.
        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        private static void MultiplyPair(in BFloat16Product product, uint* b, float* s0, float* s1, float* c0, float* c1)
        {
            V x0 = V.Load(s0), y0 = V.Load(s1), x1 = V.Create(0), y1 = x1, x2 = x1, y2 = x1, x3 = x1, y3 = x1;
            float* a = product.First;
            int length = product.FirstLength;
            for (int stretch = 0; stretch < 2; stretch++)
            {
                int k = 0;
                for (; k + 4 <= length; k += 4, b += 4 * Lanes)
                {
                    V v0 = V.Create(a[k]), v1 = V.Create(a[k + 1]), v2 = V.Create(a[k + 2]), v3 = V.Create(a[k + 3]);
                    x0 = V.MultiplyAdd(v0, V.LoadLower(b), x0);
                    y0 = V.MultiplyAdd(v0, V.LoadUpper(b), y0);
                    x1 = V.MultiplyAdd(v1, V.LoadLower(b + Lanes), x1);
                    y1 = V.MultiplyAdd(v1, V.LoadUpper(b + Lanes), y1);
                    x2 = V.MultiplyAdd(v2, V.LoadLower(b + 2 * Lanes), x2);
                    y2 = V.MultiplyAdd(v2, V.LoadUpper(b + 2 * Lanes), y2);
                    x3 = V.MultiplyAdd(v3, V.LoadLower(b + 3 * Lanes), x3);
                    y3 = V.MultiplyAdd(v3, V.LoadUpper(b + 3 * Lanes), y3);
                }
                for (; k < length; k++, b += Lanes)
                {
                    V v0 = V.Create(a[k]);
                    x0 = V.MultiplyAdd(v0, V.LoadLower(b), x0);
                    y0 = V.MultiplyAdd(v0, V.LoadUpper(b), y0);
                }
                a = product.Second;
                length = product.SecondLength;
            }
            V.Store(x0 + x1 + (x2 + x3), c0);
            V.Store(y0 + y1 + (y2 + y3), c1);
        }
    }
}
