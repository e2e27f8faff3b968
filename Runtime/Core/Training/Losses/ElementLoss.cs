using System;

namespace Recurrent
{
    /// <summary>A loss that compares each prediction with the target at the same place; the mean runs over all elements.</summary>
    internal abstract class ElementLoss : Loss
    {
        public override int TargetSize(int outputSize) => outputSize;

        /// <summary>The loss of one element.</summary>
        /// <param name="p">Its prediction.</param>
        /// <param name="t">Its target.</param>
        /// <param name="i">Its place in the row.</param>
        /// <param name="dp">Receives ∂loss/∂p.</param>
        protected abstract double Element(float p, float t, int i, out float dp);

        protected override double EvaluateRow(ReadOnlySpan<float> prediction, ReadOnlySpan<float> target, float scale, Span<float> gradient)
        {
            double sum = 0.0;
            for (int i = 0; i < prediction.Length; i++)
            {
                sum += Element(prediction[i], target[i], i, out float dp);
                if (!gradient.IsEmpty) gradient[i] = dp * scale;
            }
            return sum;
        }
    }
}
