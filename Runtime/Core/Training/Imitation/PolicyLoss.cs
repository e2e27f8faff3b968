using System;
using System.Buffers;

namespace Recurrent
{
    /// <summary>
    /// How unlikely the recorded action is to a policy: the negative log-likelihood of all its parts, summed, and its mean over the steps.
    /// A prediction is, one behind the other, a logit for each of the M discrete actions, the C means μ and the C log-variances s of the continuous ones. A target is the B numbers of
    /// the actions, the C continuous actions, and, where the layout has masks, M entries that are 1 for allowed.
    /// A branch gives −log softmax over its allowed actions (<see cref="Losses.CrossEntropy"/>): a forbidden action has the probability 0, and its logit no gradient.
    /// A continuous action gives ½ (s + (t − μ)² e^−s) (<see cref="Losses.GaussianNegativeLogLikelihood"/>), or, with a deviation σ that is given, ½ (t − μ)² / σ² + ½ (s − log σ²)²:
    /// then rare moments, such as turning round, count as much as others, where a likelihood would let the network take them for uncertain and learn them last.
    /// </summary>
    public sealed class PolicyLoss : Loss
    {
        private const int MaxOnStack = 1024;

        private readonly EpisodeLayout _layout;
        private readonly float _deviation;
        private readonly Loss _discrete = Losses.CrossEntropy(), _continuous = Losses.GaussianNegativeLogLikelihood;

        /// <summary>A loss for the actions of a layout.</summary>
        /// <param name="layout">What an action consists of.</param>
        /// <param name="deviation">σ: how far continuous actions scatter about their means; 0 to learn that too.</param>
        public PolicyLoss(EpisodeLayout layout, float deviation = 0)
        {
            _layout = layout ?? throw new ArgumentNullException(nameof(layout));
            if (!(deviation >= 0) || float.IsInfinity(deviation)) throw new ArgumentOutOfRangeException(nameof(deviation), FormattableString.Invariant($"PolicyLoss: expected a deviation of at least 0, got {deviation}."));
            _deviation = deviation;
        }

        /// <inheritdoc/>
        public override string Name => "Policy";

        /// <summary>How many numbers a policy puts out for a layout: M + 2 C.</summary>
        public static int OutputSizeOf(EpisodeLayout layout) => layout.MaskSize + 2 * layout.ContinuousSize;

        /// <inheritdoc/>
        public override int TargetSize(int outputSize)
        {
            if (outputSize != OutputSizeOf(_layout))
                throw new ArgumentException($"{this}: predictions have {outputSize} values, expected {OutputSizeOf(_layout)} ({_layout.MaskSize} logits, {_layout.ContinuousSize} means and as many log-variances).", nameof(outputSize));
            return TargetSizeOf(_layout);
        }

        /// <summary>1: the mean runs over steps, not over the parts of an action.</summary>
        public override double Weight(int outputSize, ReadOnlySpan<float> target) => 1;

        /// <inheritdoc/>
        public override string ToString() => $"{Name}({_layout})";

        internal static int TargetSizeOf(EpisodeLayout layout) => layout.BranchCount + layout.ContinuousSize + (layout.HasMasks ? layout.MaskSize : 0);

        /// <inheritdoc/>
        protected override double EvaluateRow(ReadOnlySpan<float> prediction, ReadOnlySpan<float> target, float scale, Span<float> gradient)
        {
            double sum = 0;
            ReadOnlySpan<float> masks = target.Slice(_layout.BranchCount + _layout.ContinuousSize);
            for (int i = 0; i < _layout.BranchCount; i++)
            {
                int first = _layout.BranchOffsets[i], count = _layout.BranchSizes[i];
                Span<float> part = gradient.IsEmpty ? default : gradient.Slice(first, count);
                ReadOnlySpan<float> logits = prediction.Slice(first, count), label = target.Slice(i, 1);
                sum += masks.IsEmpty ? _discrete.Evaluate(logits, label, scale, part) : EvaluateAllowed(logits, masks.Slice(first, count), label, scale, part);
            }
            if (_layout.ContinuousSize == 0) return sum;
            Span<float> rest = gradient.IsEmpty ? default : gradient.Slice(_layout.MaskSize);
            if (_deviation > 0) return sum + EvaluateSteady(prediction.Slice(_layout.MaskSize), target.Slice(_layout.BranchCount, _layout.ContinuousSize), scale, rest);
            return sum + _continuous.Evaluate(prediction.Slice(_layout.MaskSize), target.Slice(_layout.BranchCount, _layout.ContinuousSize), scale, rest);
        }

        /// <inheritdoc/>
        protected override string? FindFault(int outputSize, ReadOnlySpan<float> target)
        {
            if (base.FindFault(outputSize, target) is string notFinite) return notFinite;
            ReadOnlySpan<float> masks = target.Slice(_layout.BranchCount + _layout.ContinuousSize);
            for (int i = 0; i < _layout.BranchCount; i++)
            {
                float action = target[i];
                int count = _layout.BranchSizes[i];
                if (!(action >= 0 && action < count && action == (int)action)) return $"expected an action 0 to {count - 1} of branch '{_layout.BranchNames[i]}', got {Text(action)}";
                if (masks.IsEmpty) continue;
                ReadOnlySpan<float> allowed = masks.Slice(_layout.BranchOffsets[i], count);
                foreach (float flag in allowed)
                    if (flag != 0 && flag != 1) return $"expected 0 or 1 in the mask of branch '{_layout.BranchNames[i]}', got {Text(flag)}";
                if (allowed.IndexOf(1f) < 0) return $"the mask forbids all {count} actions of branch '{_layout.BranchNames[i]}'";
                if (allowed[(int)action] == 0) return $"the mask forbids action {Text(action)} of branch '{_layout.BranchNames[i]}', which was taken";
            }
            return null;
        }

        private double EvaluateSteady(ReadOnlySpan<float> prediction, ReadOnlySpan<float> target, float scale, Span<float> gradient)
        {
            double sum = 0;
            float precision = 1f / (_deviation * _deviation), logVariance = -MathF.Log(precision);
            for (int i = 0; i < target.Length; i++)
            {
                float error = prediction[i] - target[i], apart = prediction[target.Length + i] - logVariance;
                sum += 0.5 * (precision * error * error + apart * apart);
                if (gradient.IsEmpty) continue;
                gradient[i] = scale * precision * error;
                gradient[target.Length + i] = scale * apart;
            }
            return sum;
        }

        private double EvaluateAllowed(ReadOnlySpan<float> logits, ReadOnlySpan<float> allowed, ReadOnlySpan<float> label, float scale, Span<float> gradient)
        {
            if (logits.Length <= MaxOnStack) return EvaluateAllowed(logits, allowed, label, scale, gradient, stackalloc float[logits.Length]);
            float[] rented = ArrayPool<float>.Shared.Rent(logits.Length);
            double loss = EvaluateAllowed(logits, allowed, label, scale, gradient, rented.AsSpan(0, logits.Length));
            ArrayPool<float>.Shared.Return(rented);
            return loss;
        }

        // With a logit of minus infinity the softmax gives 0 exactly, and so does its gradient.
        private double EvaluateAllowed(ReadOnlySpan<float> logits, ReadOnlySpan<float> allowed, ReadOnlySpan<float> label, float scale, Span<float> gradient, Span<float> masked)
        {
            int first = allowed.IndexOf(1f);
            if (first < 0) throw new ArgumentException($"{this}: the mask forbids all {allowed.Length} actions.", nameof(allowed));
            for (int i = 0; i < logits.Length; i++) masked[i] = allowed[i] != 0 ? logits[i] : float.NegativeInfinity;
            return _discrete.Evaluate(masked, label, scale, gradient);
        }
    }
}
