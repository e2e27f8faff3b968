using System;

namespace Recurrent
{
    /// <summary>
    /// <see cref="Adam"/> with decoupled weight decay (Loshchilov and Hutter, 2019), as PyTorch computes it:
    /// p is first multiplied by 1 − lr λ, and the gradient is left as it is.
    /// </summary>
    public sealed class AdamW : Adam
    {
        /// <summary>An AdamW optimizer with PyTorch's defaults.</summary>
        /// <param name="learningRate">The initial learning rate.</param>
        /// <param name="beta1">How much of the mean gradient is kept from step to step.</param>
        /// <param name="beta2">How much of the mean squared gradient is kept from step to step.</param>
        /// <param name="epsilon">Added to the denominator.</param>
        /// <param name="weightDecay">λ, the share of a parameter that a step takes away, divided by the learning rate.</param>
        /// <param name="amsgrad">Whether to divide by the largest mean square so far (Reddi, Kale and Kumar, 2018).</param>
        /// <exception cref="ArgumentException">A beta is not in [0, 1), or another value is negative or not finite.</exception>
        public AdamW(float learningRate = 1e-3f, double beta1 = 0.9, double beta2 = 0.999, double epsilon = 1e-8, double weightDecay = 0.01, bool amsgrad = false)
            : base(learningRate, beta1, beta2, epsilon, weightDecay, amsgrad, decoupled: true)
        {
        }

        /// <inheritdoc/>
        public override string Name => "AdamW";
    }
}
