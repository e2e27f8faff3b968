using System;

namespace Recurrent
{
    /// <summary>
    /// ½ (s + (t − μ)² e^−s) for each of D targets, s the log-variance; the prediction is D means, then D log-variances.
    /// A log-variance below log 10⁻⁶ counts as log 10⁻⁶ and is only ever moved up.
    /// </summary>
    internal sealed class GaussianNegativeLogLikelihoodLoss : Loss
    {
        private static readonly float s_lowest = MathF.Log(1e-6f);

        public override string Name => "GaussianNegativeLogLikelihood";

        public override int TargetSize(int outputSize)
        {
            if ((outputSize & 1) != 0)
                throw new ArgumentException($"{Name}: predictions have {outputSize} values, expected an even number (means, then log-variances).", nameof(outputSize));
            return outputSize / 2;
        }

        public override double Weight(int outputSize, ReadOnlySpan<float> target) => target.Length;

        protected override double EvaluateRow(ReadOnlySpan<float> prediction, ReadOnlySpan<float> target, float scale, Span<float> gradient)
        {
            int d = target.Length;
            double sum = 0.0;
            for (int i = 0; i < d; i++)
            {
                float logVariance = prediction[d + i];
                bool clamped = logVariance < s_lowest;
                if (clamped) logVariance = s_lowest;
                double error = (double)prediction[i] - target[i];
                double precision = Math.Exp(-logVariance);
                double squared = error * error * precision;
                sum += 0.5 * (logVariance + squared);
                if (gradient.IsEmpty) continue;
                gradient[i] = (float)(error * precision * scale);
                double dLogVariance = 0.5 * (1.0 - squared);
                gradient[d + i] = clamped && dLogVariance > 0.0 ? 0f : (float)(dLogVariance * scale);
            }
            return sum;
        }
    }
}
