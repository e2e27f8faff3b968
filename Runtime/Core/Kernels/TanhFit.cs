namespace Recurrent
{
    /// <summary>
    /// tanh x = x P(x²) / Q(x²) with polynomials of degree 4, fitted to the least largest error on |x| ≤ 9 (1.9e-8 in exact arithmetic, 2e-7 in
    /// floats); beyond, the float nearest to tanh x is ±1. And σ(x) = ½ + ½ tanh(x / 2).
    /// </summary>
    internal static class TanhFit
    {
        public const float Limit = 9;

        public const float P0 = 0.9999999059092085f;
        public const float P1 = 0.13372887553864113f;
        public const float P2 = 0.003486217286806433f;
        public const float P3 = 2.0465998619615804e-05f;
        public const float P4 = 1.3176500783194467e-08f;

        public const float Q0 = 1;
        public const float Q1 = 0.4670618424131566f;
        public const float Q2 = 0.02584058221184386f;
        public const float Q3 = 0.00032707961127422723f;
        public const float Q4 = 7.699424436580009e-07f;
    }
}
