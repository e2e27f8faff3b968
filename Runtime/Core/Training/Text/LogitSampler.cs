using System;

namespace Recurrent
{
    /// <summary>
    /// Draws one of several classes from the logits of a model: i with the probability exp(x_i / temperature) / Σ exp(x_j / temperature) over the classes
    /// that are left in. Drawing allocates nothing after the first time.
    /// </summary>
    public sealed class LogitSampler
    {
        private float _temperature = 1;
        private int _topK;
        private float[] _weights = Array.Empty<float>();

        /// <summary>Below 1 the likely becomes likelier, above 1 the unlikely; 0 always takes the likeliest. 1 is what the model learned.</summary>
        /// <exception cref="ArgumentOutOfRangeException">The value is negative or not finite.</exception>
        public float Temperature
        {
            get => _temperature;
            set => _temperature = value >= 0 && !float.IsPositiveInfinity(value) ? value
                : throw new ArgumentOutOfRangeException(nameof(value), FormattableString.Invariant($"LogitSampler: expected a finite temperature of at least 0, got {value}."));
        }

        /// <summary>How many classes are left in, the likeliest (and those as likely as the last of them); 0 for all.</summary>
        /// <exception cref="ArgumentOutOfRangeException">The value is negative.</exception>
        public int TopK
        {
            get => _topK;
            set => _topK = value >= 0 ? value : throw new ArgumentOutOfRangeException(nameof(value), $"LogitSampler: expected a top-k of at least 0, got {value}.");
        }

        /// <summary>Draws a class.</summary>
        /// <param name="logits">One number a class; negative infinity for a class that is not to be drawn.</param>
        /// <param name="random">What is drawn from: one number, and none where the likeliest is taken.</param>
        /// <returns>Its number, from 0.</returns>
        /// <exception cref="ArgumentException">There is no class to draw, or a logit is NaN or positive infinity.</exception>
        public int Sample(ReadOnlySpan<float> logits, RandomSource random)
        {
            int best = 0;
            for (int i = 0; i < logits.Length; i++)
            {
                if (float.IsNaN(logits[i]) || float.IsPositiveInfinity(logits[i]))
                    throw new ArgumentException(FormattableString.Invariant($"LogitSampler: logit {i} is {logits[i]}, expected a number below infinity."), nameof(logits));
                if (logits[i] > logits[best]) best = i;
            }
            if (logits.Length == 0 || float.IsNegativeInfinity(logits[best])) throw new ArgumentException("LogitSampler: expected at least one class that may be drawn, got none.", nameof(logits));
            if (Temperature == 0) return best;

            if (_weights.Length < logits.Length) _weights = new float[logits.Length];
            float least = Least(logits);
            double sum = 0;
            for (int i = 0; i < logits.Length; i++) sum += _weights[i] = logits[i] >= least ? MathF.Exp((logits[i] - logits[best]) / Temperature) : 0;
            double left = random.NextDouble() * sum;
            for (int i = 0; i < logits.Length; i++)
            {
                left -= _weights[i];
                if (left < 0) return i;
            }
            return best;
        }

        /// <summary>The smallest logit that is left in.</summary>
        private float Least(ReadOnlySpan<float> logits)
        {
            if (TopK == 0 || TopK >= logits.Length) return float.NegativeInfinity;
            logits.CopyTo(_weights);
            Array.Sort(_weights, 0, logits.Length);
            return _weights[logits.Length - TopK];
        }
    }
}
