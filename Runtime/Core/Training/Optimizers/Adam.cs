using System;

namespace Recurrent
{
    /// <summary>
    /// Adam (Kingma and Ba, 2015), as PyTorch computes it. With g the gradient, p the parameter, t the number of the step and λ the weight decay:
    /// <code>
    /// g  = g + λ p
    /// m  = β₁ m + (1 − β₁) g             (exp_avg)
    /// v  = β₂ v + (1 − β₂) g²            (exp_avg_sq)
    /// v̂  = v, or with amsgrad the largest v so far (max_exp_avg_sq)
    /// p  = p − lr / (1 − β₁ᵗ) · m / (√v̂ / √(1 − β₂ᵗ) + ε)
    /// </code>
    /// </summary>
    public class Adam : Optimizer
    {
        private readonly double _beta1, _beta2, _epsilon, _weightDecay;
        private readonly bool _amsgrad, _decoupled;

        /// <summary>An Adam optimizer with PyTorch's defaults.</summary>
        /// <param name="learningRate">The initial learning rate.</param>
        /// <param name="beta1">How much of the mean gradient is kept from step to step.</param>
        /// <param name="beta2">How much of the mean squared gradient is kept from step to step.</param>
        /// <param name="epsilon">Added to the denominator.</param>
        /// <param name="weightDecay">λ, added to the gradient as an L2 penalty.</param>
        /// <param name="amsgrad">Whether to divide by the largest mean square so far (Reddi, Kale and Kumar, 2018).</param>
        /// <exception cref="ArgumentException">A beta is not in [0, 1), or another value is negative or not finite.</exception>
        public Adam(float learningRate = 1e-3f, double beta1 = 0.9, double beta2 = 0.999, double epsilon = 1e-8, double weightDecay = 0.0, bool amsgrad = false)
            : this(learningRate, beta1, beta2, epsilon, weightDecay, amsgrad, decoupled: false)
        {
        }

        private protected Adam(float learningRate, double beta1, double beta2, double epsilon, double weightDecay, bool amsgrad, bool decoupled)
            : base(learningRate, amsgrad ? new[] { "exp_avg", "exp_avg_sq", "max_exp_avg_sq" } : new[] { "exp_avg", "exp_avg_sq" })
        {
            _beta1 = Fraction(beta1, nameof(beta1));
            _beta2 = Fraction(beta2, nameof(beta2));
            _epsilon = NotNegative(epsilon, nameof(epsilon));
            _weightDecay = NotNegative(weightDecay, nameof(weightDecay));
            _amsgrad = amsgrad;
            _decoupled = decoupled;
        }

        /// <inheritdoc/>
        public override string Name => "Adam";

        /// <inheritdoc/>
        public override string ToString() =>
            $"{Name}(beta1={Text(_beta1)}, beta2={Text(_beta2)}, epsilon={Text(_epsilon)}, weightDecay={Text(_weightDecay)}, amsgrad={_amsgrad})";

        /// <inheritdoc/>
        protected override unsafe void Update(Span<float> parameters, ReadOnlySpan<float> gradients, float[][] state, int start)
        {
            double rate = LearningRate;
            var sweep = new AdamSweep
            {
                Keep = _decoupled ? (float)(1.0 - rate * _weightDecay) : 1f,
                Penalty = _decoupled ? 0f : (float)_weightDecay,
                Blend1 = (float)(1.0 - _beta1),
                Beta2 = (float)_beta2,
                Blend2 = (float)(1.0 - _beta2),
                StepSize = (float)(rate / (1.0 - Math.Pow(_beta1, StepCount))),
                Correction2 = (float)(1.0 / Math.Sqrt(1.0 - Math.Pow(_beta2, StepCount))),
                Epsilon = (float)_epsilon,
            };
            fixed (float* p = parameters, d = gradients, m = state[0], v = state[1], largest = _amsgrad ? state[2] : null)
                Kernels.Adam(sweep, p, d, m + start, v + start, largest == null ? null : largest + start, parameters.Length);
        }
    }
}
