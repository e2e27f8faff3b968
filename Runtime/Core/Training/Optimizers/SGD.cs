using System;

namespace Recurrent
{
    /// <summary>
    /// Stochastic gradient descent with momentum, as PyTorch computes it. With g the gradient, p the parameter, μ the momentum, τ the dampening and λ the weight decay:
    /// <code>
    /// g = g + λ p
    /// b = g in the first step, μ b + (1 − τ) g afterwards     (momentum_buffer)
    /// p = p − lr b, with Nesterov's momentum p − lr (g + μ b)
    /// </code>
    /// Without momentum there is no b, and p = p − lr g.
    /// </summary>
    public sealed class SGD : Optimizer
    {
        private readonly double _momentum, _dampening, _weightDecay;
        private readonly bool _nesterov;

        /// <summary>A stochastic gradient descent.</summary>
        /// <param name="learningRate">The initial learning rate.</param>
        /// <param name="momentum">How much of the last step is kept.</param>
        /// <param name="dampening">What share of the gradient does not enter the momentum.</param>
        /// <param name="weightDecay">λ, added to the gradient as an L2 penalty.</param>
        /// <param name="nesterov">Whether the momentum looks one step ahead; needs a momentum and no dampening.</param>
        /// <exception cref="ArgumentException">A value is negative or not finite, or Nesterov's conditions are not met.</exception>
        public SGD(float learningRate = 1e-3f, double momentum = 0.0, double dampening = 0.0, double weightDecay = 0.0, bool nesterov = false)
            : base(learningRate, momentum == 0.0 ? Array.Empty<string>() : new[] { "momentum_buffer" })
        {
            _momentum = NotNegative(momentum, nameof(momentum));
            _dampening = NotNegative(dampening, nameof(dampening));
            _weightDecay = NotNegative(weightDecay, nameof(weightDecay));
            _nesterov = nesterov;
            if (nesterov && (momentum == 0.0 || dampening != 0.0))
                throw new ArgumentException($"SGD: nesterov expects a momentum above 0 and a dampening of 0, got {Text(momentum)} and {Text(dampening)}.", nameof(nesterov));
        }

        /// <inheritdoc/>
        public override string Name => "SGD";

        /// <inheritdoc/>
        public override string ToString() =>
            $"{Name}(momentum={Text(_momentum)}, dampening={Text(_dampening)}, weightDecay={Text(_weightDecay)}, nesterov={_nesterov})";

        /// <inheritdoc/>
        protected override void Update(Span<float> parameters, ReadOnlySpan<float> gradients, float[][] state, int start)
        {
            if (state.Length == 0)
            {
                Sweep(parameters, gradients, LearningRate, (float)_weightDecay);
                return;
            }
            bool first = StepCount == 1;
            SweepWithMomentum(
                parameters, gradients, state[0].AsSpan(start), LearningRate, (float)_weightDecay,
                momentum: first ? 0f : (float)_momentum,
                blend: first ? 1f : (float)(1.0 - _dampening),
                ahead: _nesterov ? (float)_momentum : 1f,
                direct: _nesterov ? 1f : 0f);
        }

        private static void Sweep(Span<float> parameters, ReadOnlySpan<float> gradients, float rate, float penalty)
        {
            for (int i = 0; i < parameters.Length; i++)
            {
                float p = parameters[i];
                parameters[i] = p - rate * (gradients[i] + penalty * p);
            }
        }

        private static void SweepWithMomentum(
            Span<float> parameters, ReadOnlySpan<float> gradients, Span<float> buffer,
            float rate, float penalty, float momentum, float blend, float ahead, float direct)
        {
            for (int i = 0; i < parameters.Length; i++)
            {
                float p = parameters[i];
                float g = gradients[i] + penalty * p;
                float b = buffer[i] = momentum * buffer[i] + blend * g;
                parameters[i] = p - rate * (direct * g + ahead * b);
            }
        }
    }
}
