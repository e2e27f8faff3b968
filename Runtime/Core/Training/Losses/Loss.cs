using System;
using System.Globalization;

namespace Recurrent
{
    /// <summary>
    /// How far predictions are from their targets, one row (one prediction vector) at a time.
    /// The loss of a batch is a weighted mean, Σ <see cref="Evaluate(ReadOnlySpan{float}, ReadOnlySpan{float})"/> / Σ <see cref="Weight"/>
    /// over its rows, which is PyTorch's <c>reduction="mean"</c> for every loss of <see cref="Losses"/>.
    /// A loss holds no state: any number of threads may use one. <see cref="ToString"/> names it with its parameters.
    /// </summary>
    public abstract class Loss
    {
        /// <summary>The name without parameters, for example <c>CrossEntropy</c>.</summary>
        public abstract string Name { get; }

        /// <summary>How many values stand in the target of one row whose prediction has <paramref name="outputSize"/> values.</summary>
        /// <exception cref="ArgumentException">The loss cannot judge predictions of that size.</exception>
        public abstract int TargetSize(int outputSize);

        /// <summary>What one row adds to the denominator of the mean.</summary>
        /// <param name="outputSize">How many values a prediction has.</param>
        /// <param name="target">The row's target, <see cref="TargetSize"/> values.</param>
        public virtual double Weight(int outputSize, ReadOnlySpan<float> target) => outputSize;

        /// <summary>The weighted sum of the row's losses, not divided by <see cref="Weight"/>. Allocates nothing.</summary>
        /// <param name="prediction">What the model put out.</param>
        /// <param name="target">What was right, <see cref="TargetSize"/> values.</param>
        /// <exception cref="ArgumentException">A length is wrong, or a target is no class index.</exception>
        public double Evaluate(ReadOnlySpan<float> prediction, ReadOnlySpan<float> target) => Evaluate(prediction, target, 0f, default);

        /// <summary>The weighted sum of the row's losses, not divided by <see cref="Weight"/>, and its gradient. Allocates nothing.</summary>
        /// <param name="prediction">What the model put out.</param>
        /// <param name="target">What was right, <see cref="TargetSize"/> values.</param>
        /// <param name="scale">What the gradient is multiplied by: 1 / the sum of the weights of all rows of the batch gives the gradient of its mean.</param>
        /// <param name="gradient">Receives ∂(returned sum)/∂prediction · <paramref name="scale"/> (written, not added); as long as the prediction, or empty when it is not wanted.</param>
        /// <exception cref="ArgumentException">A length is wrong, or a target is no class index.</exception>
        public double Evaluate(ReadOnlySpan<float> prediction, ReadOnlySpan<float> target, float scale, Span<float> gradient)
        {
            int targetSize = TargetSize(prediction.Length);
            if (target.Length != targetSize)
                throw new ArgumentException($"{this}: target of a prediction of {prediction.Length} has {target.Length} values, expected {targetSize}.", nameof(target));
            if (gradient.Length != prediction.Length && !gradient.IsEmpty)
                throw new ArgumentException($"{this}: gradient has {gradient.Length} values, expected {prediction.Length}, or none.", nameof(gradient));
            return EvaluateRow(prediction, target, scale, gradient);
        }

        /// <summary>
        /// Refuses targets that cannot be learned: values that are not finite, labels that name no class. Meant for a whole data set, once, before training.
        /// </summary>
        /// <param name="outputSize">How many values a prediction has.</param>
        /// <param name="targets">One row or several, one after the other, <see cref="TargetSize"/> values each.</param>
        /// <param name="firstRow">The number by which an error names the first of these rows.</param>
        /// <exception cref="ArgumentException">A row is bad; the message says which and why.</exception>
        public void CheckTargets(int outputSize, ReadOnlySpan<float> targets, int firstRow = 0)
        {
            int size = TargetSize(outputSize);
            if (targets.Length % size != 0)
                throw new ArgumentException($"{this}: {targets.Length} target values are not a multiple of the {size} of a row.", nameof(targets));
            for (int start = 0; start < targets.Length; start += size)
            {
                string? fault = FindFault(outputSize, targets.Slice(start, size));
                if (fault != null) throw new ArgumentException($"{this}: target of row {firstRow + start / size}: {fault}.", nameof(targets));
            }
        }

        /// <summary>The name with the parameters, in the invariant culture: two losses that compute the same give the same text.</summary>
        public override string ToString() => Name;

        /// <summary>The body of <see cref="Evaluate(ReadOnlySpan{float}, ReadOnlySpan{float}, float, Span{float})"/>; lengths have been checked.</summary>
        /// <param name="prediction">What the model put out.</param>
        /// <param name="target">What was right.</param>
        /// <param name="scale">What the gradient is multiplied by.</param>
        /// <param name="gradient">Receives the gradient; empty when it is not wanted.</param>
        protected abstract double EvaluateRow(ReadOnlySpan<float> prediction, ReadOnlySpan<float> target, float scale, Span<float> gradient);

        /// <summary>What is wrong with one row's target (what was expected, what came), or null.</summary>
        /// <param name="outputSize">How many values a prediction has.</param>
        /// <param name="target">The row's target; its length has been checked.</param>
        protected virtual string? FindFault(int outputSize, ReadOnlySpan<float> target)
        {
            foreach (float value in target)
                if (float.IsNaN(value) || float.IsInfinity(value)) return "expected finite values, got " + Text(value);
            return null;
        }

        private protected static string Text(float value) => value.ToString("R", CultureInfo.InvariantCulture);

        private protected static string Text(float[] values) => "[" + string.Join(", ", Array.ConvertAll(values, Text)) + "]";
    }
}
