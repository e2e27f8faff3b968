using System;

namespace Recurrent
{
    /// <summary>
    /// How an action is drawn from what a policy puts out. Of n logits l and a temperature τ, action i has the probability e^(l_i / τ) / Σ e^(l_j / τ) over the allowed actions,
    /// or over the k most likely of them (top-k). A continuous action is drawn from a normal distribution with the policy's mean and τ times its standard deviation.
    /// At temperature 0 the most likely action is taken, and the mean. Allocates nothing.
    /// </summary>
    public sealed class ActionSampler
    {
        private const float LowestLogVariance = -13.815511f; // log 10⁻⁶, as in the loss

        private readonly RandomSource? _random;

        /// <summary>Draws at random.</summary>
        /// <param name="random">What it draws from. Its state belongs to a saved game that is to go on exactly.</param>
        /// <param name="temperature">τ, at least 0: below 1 the likely becomes likelier, above 1 less likely.</param>
        /// <param name="topK">How many of the most likely actions are drawn from; 0 for all.</param>
        /// <exception cref="ArgumentOutOfRangeException">A number is below 0, or the temperature is not finite.</exception>
        public ActionSampler(RandomSource random, float temperature = 1, int topK = 0)
        {
            if (!(temperature >= 0) || float.IsInfinity(temperature)) throw new ArgumentOutOfRangeException(nameof(temperature), FormattableString.Invariant($"ActionSampler: expected a temperature of at least 0, got {temperature}."));
            if (topK < 0) throw new ArgumentOutOfRangeException(nameof(topK), $"ActionSampler: expected at least 1 action to draw from, or 0 for all, got {topK}.");
            _random = random ?? throw new ArgumentNullException(nameof(random));
            Temperature = temperature;
            TopK = topK;
        }

        private ActionSampler()
        {
        }

        /// <summary>Takes the most likely action, and the mean of a continuous one.</summary>
        public static ActionSampler Greedy { get; } = new ActionSampler();

        /// <summary>τ.</summary>
        public float Temperature { get; }

        /// <summary>How many of the most likely actions are drawn from; 0 for all.</summary>
        public int TopK { get; }

        /// <summary>Draws one of several actions.</summary>
        /// <param name="logits">(n).</param>
        /// <param name="allowed">(n), true for an action that may be drawn; empty for all.</param>
        /// <returns>0 … n − 1.</returns>
        /// <exception cref="ArgumentException">The mask forbids all actions or has another length, or an allowed logit is NaN or plus infinity.</exception>
        public int Draw(ReadOnlySpan<float> logits, ReadOnlySpan<bool> allowed = default)
        {
            if (!allowed.IsEmpty && allowed.Length != logits.Length) throw new ArgumentException($"ActionSampler: the mask has {allowed.Length} entries, expected {logits.Length}.", nameof(allowed));
            int best = Next(logits, allowed, -1);
            if (best < 0) throw new ArgumentException($"ActionSampler: the mask forbids all {logits.Length} actions.", nameof(allowed));
            if (_random == null || Temperature == 0 || TopK == 1) return best;

            // The k-th most likely is the last that may be drawn.
            int last = -1;
            for (int k = 0, next = best; TopK > 0 && k < TopK && next >= 0; k++, next = Next(logits, allowed, next)) last = next;
            double sum = 0;
            for (int i = 0; i < logits.Length; i++)
                if (IsDrawn(logits, allowed, i, last)) sum += Share(logits, i, best);
            double rest = _random.NextDouble() * sum;
            int drawn = best;
            for (int i = 0; i < logits.Length; i++)
            {
                if (!IsDrawn(logits, allowed, i, last)) continue;
                double share = Share(logits, i, best);
                if (share == 0) continue;
                drawn = i;
                rest -= share;
                if (rest < 0) break;
            }
            return drawn;
        }

        /// <summary>Draws a continuous action.</summary>
        /// <param name="mean">μ.</param>
        /// <param name="logVariance">log σ²; below log 10⁻⁶ it counts as that, as in training.</param>
        public float Draw(float mean, float logVariance) =>
            _random == null || Temperature == 0 ? mean : mean + Temperature * MathF.Exp(0.5f * Math.Max(logVariance, LowestLogVariance)) * _random.NextGaussian();

        /// <summary>Draws all actions of a step.</summary>
        /// <param name="layout">What an action consists of.</param>
        /// <param name="output">(M + 2C): logits, means, log-variances.</param>
        /// <param name="mask">(M), or empty for all allowed.</param>
        /// <param name="discrete">(B).</param>
        /// <param name="continuous">(C).</param>
        internal void Draw(EpisodeLayout layout, ReadOnlySpan<float> output, ReadOnlySpan<bool> mask, Span<int> discrete, Span<float> continuous)
        {
            for (int i = 0; i < discrete.Length; i++)
            {
                int first = layout.BranchOffsets[i], count = layout.BranchSizes[i];
                discrete[i] = Draw(output.Slice(first, count), mask.IsEmpty ? default : mask.Slice(first, count));
            }
            ReadOnlySpan<float> means = output.Slice(layout.MaskSize, continuous.Length), logVariances = output.Slice(layout.MaskSize + continuous.Length);
            for (int i = 0; i < continuous.Length; i++) continuous[i] = Draw(means[i], logVariances[i]);
        }

        private double Share(ReadOnlySpan<float> logits, int i, int best) => Math.Exp(((double)logits[i] - logits[best]) / Temperature);

        private static bool IsDrawn(ReadOnlySpan<float> logits, ReadOnlySpan<bool> allowed, int i, int last) =>
            (allowed.IsEmpty || allowed[i]) && (last < 0 || logits[i] > logits[last] || (logits[i] == logits[last] && i <= last));

        /// <summary>The most likely allowed action after another one, equally likely ones in order; -1 for none. After -1 comes the most likely of all.</summary>
        private static int Next(ReadOnlySpan<float> logits, ReadOnlySpan<bool> allowed, int after)
        {
            int best = -1;
            for (int i = 0; i < logits.Length; i++)
            {
                if (!allowed.IsEmpty && !allowed[i]) continue;
                float logit = logits[i];
                if (float.IsNaN(logit) || float.IsPositiveInfinity(logit)) throw new ArgumentException(FormattableString.Invariant($"ActionSampler: logit {i} is {logit}, expected a number."), nameof(logits));
                if (after >= 0 && (logit > logits[after] || (logit == logits[after] && i <= after))) continue;
                if (best < 0 || logit > logits[best]) best = i;
            }
            return best;
        }
    }
}
