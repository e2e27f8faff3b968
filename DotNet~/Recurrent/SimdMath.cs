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

        /// <summary>
        /// σ(x) = ½ + ½ tanh(x / 2), with the halves in the coefficients: powers of two, which change no bit of the rest.
        /// </summary>
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static V Sigmoid(V x)
        {
            const float quarter = 0.25f, sixteenth = quarter * quarter;
            x = V.Max(V.Create(-2 * TanhFit.Limit), V.Min(V.Create(2 * TanhFit.Limit), x));
            V u = x * x;
            V p = V.MultiplyAdd(u, V.Create(TanhFit.P4 * sixteenth * sixteenth * quarter), V.Create(TanhFit.P3 * sixteenth * sixteenth));
            V q = V.MultiplyAdd(u, V.Create(TanhFit.Q4 * sixteenth * sixteenth), V.Create(TanhFit.Q3 * sixteenth * quarter));
            p = V.MultiplyAdd(u, p, V.Create(TanhFit.P2 * sixteenth * quarter));
            q = V.MultiplyAdd(u, q, V.Create(TanhFit.Q2 * sixteenth));
            p = V.MultiplyAdd(u, p, V.Create(TanhFit.P1 * sixteenth));
            q = V.MultiplyAdd(u, q, V.Create(TanhFit.Q1 * quarter));
            p = V.MultiplyAdd(u, p, V.Create(TanhFit.P0 * quarter));
            q = V.MultiplyAdd(u, q, V.Create(TanhFit.Q0));
            return x * p / q + V.Create(0.5f);
        }
    }
}
