using System;

namespace Recurrent
{
    /// <summary>
    /// Keeps a step from being thrown far by one steep batch (Pascanu, Mikolov and Bengio, 2013).
    /// Gradients are the flat array of the whole model.
    /// </summary>
    public static class GradientClipping
    {
        /// <summary>How many gradients are summed on their own, before the sums are.</summary>
        internal const int Stretch = 1 << 11;

        /// <summary>The Euclidean norm, summed in double precision: finite exactly when every gradient is.</summary>
        public static double Norm(ReadOnlySpan<float> gradients)
        {
            double sum = 0;
            for (int i = 0; i < gradients.Length; i += Stretch) sum += SumOfSquares(gradients, i);
            return Math.Sqrt(sum);
        }

        /// <summary>The squares of the stretch that begins at <paramref name="start"/>.</summary>
        internal static unsafe double SumOfSquares(ReadOnlySpan<float> gradients, int start)
        {
            fixed (float* g = gradients) return KernelSet.Default.SumOfSquares(g + start, Math.Min(Stretch, gradients.Length - start));
        }

        /// <summary>What <see cref="ByNorm"/> multiplies by.</summary>
        internal static float Factor(double norm, double maxNorm)
        {
            double coefficient = maxNorm / (norm + 1e-6);
            return coefficient < 1.0 && !double.IsInfinity(norm) ? (float)coefficient : 1f;
        }

        internal static void Scale(Span<float> gradients, float factor)
        {
            for (int i = 0; i < gradients.Length; i++) gradients[i] *= factor;
        }

        /// <summary>
        /// Multiplies the gradients by min(1, <paramref name="maxNorm"/> / (norm + 10⁻⁶)), as PyTorch's <c>clip_grad_norm_</c>.
        /// Gradients whose norm is not finite stay as they are: the model has diverged, and no factor brings it back.
        /// </summary>
        /// <param name="gradients">Scaled in place.</param>
        /// <param name="maxNorm">The norm that is not to be exceeded.</param>
        /// <returns>The norm before clipping; NaN or infinite when a gradient is.</returns>
        /// <exception cref="ArgumentException"><paramref name="maxNorm"/> is negative or NaN.</exception>
        public static double ByNorm(Span<float> gradients, double maxNorm)
        {
            if (!(maxNorm >= 0.0)) throw new ArgumentException(FormattableString.Invariant($"GradientClipping: maxNorm is {maxNorm}, expected at least 0."), nameof(maxNorm));
            double norm = Norm(gradients);
            float factor = Factor(norm, maxNorm);
            if (factor != 1) Scale(gradients, factor);
            return norm;
        }

        /// <summary>Limits every gradient to [−<paramref name="limit"/>, <paramref name="limit"/>], as PyTorch's <c>clip_grad_value_</c>; NaN stays NaN.</summary>
        /// <param name="gradients">Limited in place.</param>
        /// <param name="limit">The largest absolute value that is left.</param>
        /// <exception cref="ArgumentException"><paramref name="limit"/> is negative or NaN.</exception>
        public static void ByValue(Span<float> gradients, float limit)
        {
            if (!(limit >= 0f)) throw new ArgumentException(FormattableString.Invariant($"GradientClipping: limit is {limit}, expected at least 0."), nameof(limit));
            for (int i = 0; i < gradients.Length; i++)
            {
                float g = gradients[i];
                if (g > limit) gradients[i] = limit;
                else if (g < -limit) gradients[i] = -limit;
            }
        }
    }
}
