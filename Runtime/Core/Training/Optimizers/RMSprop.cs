using System;

namespace Recurrent
{
    /// <summary>
    /// RMSprop (Tieleman and Hinton, 2012; centered: Graves, 2013), as PyTorch computes it. With g the gradient, p the parameter, μ the momentum and λ the weight decay:
    /// <code>
    /// g = g + λ p
    /// v = α v + (1 − α) g²               (square_avg)
    /// a = α a + (1 − α) g, if centered   (grad_avg)
    /// d = g / (√v + ε), centered g / (√(v − a²) + ε)
    /// b = μ b + d, with momentum         (momentum_buffer)
    /// p = p − lr b, without momentum p − lr d
    /// </code>
    /// Where rounding makes v − a² negative it counts as 0 (PyTorch's result is NaN there).
    /// </summary>
    public sealed class RMSprop : Optimizer
    {
        private readonly double _alpha, _epsilon, _momentum, _weightDecay;
        private readonly bool _centered;

        /// <summary>An RMSprop optimizer with PyTorch's defaults.</summary>
        /// <param name="learningRate">The initial learning rate.</param>
        /// <param name="alpha">How much of the mean squared gradient is kept from step to step.</param>
        /// <param name="epsilon">Added to the denominator.</param>
        /// <param name="momentum">How much of the last step is kept.</param>
        /// <param name="centered">Whether to divide by the gradient's standard deviation instead of its root mean square.</param>
        /// <param name="weightDecay">λ, added to the gradient as an L2 penalty.</param>
        /// <exception cref="ArgumentException">Alpha is not in [0, 1), or another value is negative or not finite.</exception>
        public RMSprop(float learningRate = 1e-2f, double alpha = 0.99, double epsilon = 1e-8, double momentum = 0.0, bool centered = false, double weightDecay = 0.0)
            : base(learningRate, StateNames(momentum != 0.0, centered))
        {
            _alpha = Fraction(alpha, nameof(alpha));
            _epsilon = NotNegative(epsilon, nameof(epsilon));
            _momentum = NotNegative(momentum, nameof(momentum));
            _weightDecay = NotNegative(weightDecay, nameof(weightDecay));
            _centered = centered;
        }

        /// <inheritdoc/>
        public override string Name => "RMSprop";

        /// <inheritdoc/>
        public override string ToString() =>
            $"{Name}(alpha={Text(_alpha)}, epsilon={Text(_epsilon)}, momentum={Text(_momentum)}, centered={_centered}, weightDecay={Text(_weightDecay)})";

        /// <inheritdoc/>
        protected override void Update(Span<float> parameters, ReadOnlySpan<float> gradients, float[][] state, int start) =>
            Sweep(
                parameters, gradients, state[0].AsSpan(start),
                average: _centered ? state[1].AsSpan(start) : default,
                buffer: _momentum != 0.0 ? state[state.Length - 1].AsSpan(start) : default,
                LearningRate, (float)_weightDecay, (float)_alpha, (float)(1.0 - _alpha), (float)_epsilon, (float)_momentum);

        private static void Sweep(
            Span<float> parameters, ReadOnlySpan<float> gradients, Span<float> square, Span<float> average, Span<float> buffer,
            float rate, float penalty, float alpha, float blend, float epsilon, float momentum)
        {
            for (int i = 0; i < parameters.Length; i++)
            {
                float p = parameters[i];
                float g = gradients[i] + penalty * p;
                float v = square[i] = alpha * square[i] + blend * g * g;
                if (!average.IsEmpty)
                {
                    float a = average[i] += blend * (g - average[i]);
                    v = MathF.Max(v - a * a, 0f);
                }
                float d = g / (MathF.Sqrt(v) + epsilon);
                if (!buffer.IsEmpty) d = buffer[i] = momentum * buffer[i] + d;
                parameters[i] = p - rate * d;
            }
        }

        private static string[] StateNames(bool momentum, bool centered) =>
            centered
                ? momentum ? new[] { "square_avg", "grad_avg", "momentum_buffer" } : new[] { "square_avg", "grad_avg" }
                : momentum ? new[] { "square_avg", "momentum_buffer" } : new[] { "square_avg" };
    }
}
