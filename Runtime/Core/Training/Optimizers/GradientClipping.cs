using System;

namespace Recurrent
{
    /// <summary>
    /// Keeps a step from being thrown far by one steep batch (Pascanu, Mikolov and Bengio, 2013).
    /// Gradients are the flat array of the whole model.
    /// </summary>
    public static class GradientClipping
    {
        /// <summary>The Euclidean norm, summed in double precision: finite exactly when every gradient is.</summary>
        public static unsafe double Norm(ReadOnlySpan<float> gradients)
        {
            fixed (float* g = gradients) return Math.Sqrt(KernelSet.Default.SumOfSquares(g, gradients.Length));
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
            double coefficient = maxNorm / (norm + 1e-6);
            if (coefficient < 1.0 && !double.IsInfinity(norm))
            {
                float factor = (float)coefficient;
                for (int i = 0; i < gradients.Length; i++) gradients[i] *= factor;
            }
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
