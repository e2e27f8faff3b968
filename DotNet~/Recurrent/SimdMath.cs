using System.Runtime.CompilerServices;

namespace Recurrent
{
    /// <summary>The functions of gates, on vectors.</summary>
    internal static class SimdMath<V> where V : struct, ISimd<V>
    {
        /// <summary>
        /// tanh x = x P(x²) / Q(x²) with polynomials of degree 4, fitted to the least largest error on |x| ≤ 9 (1.9e-8 in exact arithmetic, 2e-7
        /// in floats); beyond, the float nearest to tanh x is ±1.
        /// </summary>
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static V Tanh(V x)
        {
            x = V.Max(V.Create(-9f), V.Min(V.Create(9f), x));
            V u = x * x;
            V p = V.MultiplyAdd(u, V.Create(1.3176500783194467e-08f), V.Create(2.0465998619615804e-05f));
            V q = V.MultiplyAdd(u, V.Create(7.699424436580009e-07f), V.Create(0.00032707961127422723f));
            p = V.MultiplyAdd(u, p, V.Create(0.003486217286806433f));
            q = V.MultiplyAdd(u, q, V.Create(0.02584058221184386f));
            p = V.MultiplyAdd(u, p, V.Create(0.13372887553864113f));
            q = V.MultiplyAdd(u, q, V.Create(0.4670618424131566f));
            p = V.MultiplyAdd(u, p, V.Create(0.9999999059092085f));
            q = V.MultiplyAdd(u, q, V.Create(1f));
            return x * p / q;
        }

        /// <summary>σ(x) = ½ + ½ tanh(x / 2).</summary>
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static V Sigmoid(V x)
        {
            V half = V.Create(0.5f);
            return V.MultiplyAdd(half, Tanh(x * half), half);
        }
    }
}
