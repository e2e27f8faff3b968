using System.Runtime.CompilerServices;

namespace Recurrent
{
    /// <summary>The functions of gates, on vectors.</summary>
    internal static class SimdMath<V> where V : struct, ISimd<V>
    {
        /// <summary>See <see cref="TanhFit"/>.</summary>
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static V Tanh(V x)
        {
            x = V.Max(V.Create(-TanhFit.Limit), V.Min(V.Create(TanhFit.Limit), x));
            V u = x * x;
            V p = V.MultiplyAdd(u, V.Create(TanhFit.P4), V.Create(TanhFit.P3));
            V q = V.MultiplyAdd(u, V.Create(TanhFit.Q4), V.Create(TanhFit.Q3));
            p = V.MultiplyAdd(u, p, V.Create(TanhFit.P2));
            q = V.MultiplyAdd(u, q, V.Create(TanhFit.Q2));
            p = V.MultiplyAdd(u, p, V.Create(TanhFit.P1));
            q = V.MultiplyAdd(u, q, V.Create(TanhFit.Q1));
            p = V.MultiplyAdd(u, p, V.Create(TanhFit.P0));
            q = V.MultiplyAdd(u, q, V.Create(TanhFit.Q0));
            return x * p / q;
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static V Sigmoid(V x)
        {
            V half = V.Create(0.5f);
            return V.MultiplyAdd(half, Tanh(x * half), half);
        }
    }
}
