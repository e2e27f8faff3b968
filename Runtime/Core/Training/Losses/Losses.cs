using System;

namespace Recurrent
{
    /// <summary>The losses a model trains on. Formulas, defaults and means are those of PyTorch's loss of the same name.</summary>
    public static class Losses
    {
        /// <summary>The mean of (p − t)² over all elements.</summary>
        public static Loss MeanSquaredError { get; } = new MeanSquaredErrorLoss();

        /// <summary>The mean of |p − t| over all elements (PyTorch's <c>L1Loss</c>).</summary>
        public static Loss MeanAbsoluteError { get; } = new MeanAbsoluteErrorLoss();

        /// <summary>
        /// The mean over all elements of ½(p − t)² where |p − t| ≤ <paramref name="delta"/>, and of delta (|p − t| − ½ delta) elsewhere:
        /// as smooth as the squared error, as forgiving towards outliers as the absolute one (Huber, 1964).
        /// </summary>
        /// <exception cref="ArgumentException"><paramref name="delta"/> is not a finite value above 0.</exception>
        public static Loss Huber(float delta = 1f) => new HuberLoss(delta);

        /// <summary>
        /// For one of several classes: −w(t) log softmax(p)(t), divided by the sum of the weights w(t).
        /// A prediction is one logit per class; a target is one class index 0 … classes − 1, stored as a float.
        /// </summary>
        /// <param name="ignoreIndex">The target of rows that count for nothing, such as padding.</param>
        /// <param name="classWeights">w, one weight per class; all 1 when null.</param>
        /// <exception cref="ArgumentException">A weight is negative or not finite.</exception>
        public static Loss CrossEntropy(int ignoreIndex = -100, float[]? classWeights = null) =>
            new CrossEntropyLoss(ignoreIndex, classWeights ?? Array.Empty<float>());

        /// <summary>
        /// For independent yes-or-no outputs: the mean over all elements of −w t log σ(p) − (1 − t) log(1 − σ(p)).
        /// A prediction is one logit per output; targets lie in [0, 1].
        /// </summary>
        /// <param name="posWeight">w, the weight of positive targets: one for all outputs or one per output; 1 when none is given.</param>
        /// <exception cref="ArgumentException">A weight is negative or not finite.</exception>
        public static Loss BinaryCrossEntropyWithLogits(params float[] posWeight) =>
            new BinaryCrossEntropyWithLogitsLoss(posWeight ?? Array.Empty<float>());

        /// <summary>
        /// For D continuous outputs with an uncertainty each: the mean of ½ (s + (t − μ)² e^−s) over all targets, without the constant ½ log 2π.
        /// A prediction is D means μ, then D log-variances s (PyTorch's <c>GaussianNLLLoss</c> with var = eˢ); a target is D values.
        /// A variance below 10⁻⁶ (PyTorch's eps) counts as 10⁻⁶; the gradient of its log-variance is then never positive,
        /// so that a step down its gradient can raise it again but not lower it further.
        /// </summary>
        public static Loss GaussianNegativeLogLikelihood { get; } = new GaussianNegativeLogLikelihoodLoss();
    }
}
