using System;
using System.Globalization;

namespace Recurrent
{
    /// <summary>−w(t) log softmax(p)(t) = w(t) (log Σ e^p − p(t)), for the class index t with the weight w(t); nothing for the ignored index.</summary>
    internal sealed class CrossEntropyLoss : Loss
    {
        private readonly int _ignoreIndex;
        private readonly float[] _classWeights;

        internal CrossEntropyLoss(int ignoreIndex, float[] classWeights)
        {
            foreach (float weight in classWeights)
                if (!(weight >= 0f) || float.IsInfinity(weight))
                    throw new ArgumentException($"CrossEntropy: a class weight is {Text(weight)}, expected a finite value of at least 0.", nameof(classWeights));
            _ignoreIndex = ignoreIndex;
            _classWeights = (float[])classWeights.Clone();
        }

        public override string Name => "CrossEntropy";

        public override int TargetSize(int outputSize)
        {
            if (_classWeights.Length != 0 && _classWeights.Length != outputSize)
                throw new ArgumentException($"{Name}: {_classWeights.Length} class weights do not fit predictions of {outputSize} classes.", nameof(outputSize));
            return 1;
        }

        public override double Weight(int outputSize, ReadOnlySpan<float> target)
        {
            int label = Label(outputSize, target[0]);
            return label < 0 ? 0.0 : WeightOf(label);
        }

        protected override double EvaluateRow(ReadOnlySpan<float> prediction, ReadOnlySpan<float> target, float scale, Span<float> gradient)
        {
            int label = Label(prediction.Length, target[0]);
            if (label < 0)
            {
                gradient.Clear();
                return 0.0;
            }

            // The largest is taken out first, so that no exponential overflows and the sum is at least 1.
            float largest = prediction[0];
            for (int i = 1; i < prediction.Length; i++)
                if (prediction[i] > largest) largest = prediction[i];

            double sum = 0.0;
            float weight = WeightOf(label);
            if (gradient.IsEmpty)
            {
                for (int i = 0; i < prediction.Length; i++) sum += MathF.Exp(prediction[i] - largest);
            }
            else
            {
                for (int i = 0; i < prediction.Length; i++) sum += gradient[i] = MathF.Exp(prediction[i] - largest);
                float factor = (float)(weight * scale / sum);
                // softmax − 1, from the exponentials of the others: as the label's own share nears 1, the subtraction would lose all digits.
                double others = 0.0;
                for (int i = 0; i < gradient.Length; i++)
                {
                    if (i != label) others += gradient[i];
                    gradient[i] *= factor;
                }
                gradient[label] = (float)(-others * factor);
            }
            return weight * (Math.Log(sum) + largest - prediction[label]);
        }

        protected override string? FindFault(int outputSize, ReadOnlySpan<float> target) =>
            TryLabel(outputSize, target[0], out _) ? null : Fault(outputSize, target[0]);

        public override string ToString() =>
            $"{Name}(ignoreIndex={_ignoreIndex.ToString(CultureInfo.InvariantCulture)}{(_classWeights.Length == 0 ? "" : $", classWeights={Text(_classWeights)}")})";

        private float WeightOf(int label) => _classWeights.Length == 0 ? 1f : _classWeights[label];

        /// <summary>The class index, or −1 for the ignored one.</summary>
        private int Label(int classes, float value)
        {
            if (TryLabel(classes, value, out int label)) return label;
            throw new ArgumentException($"{this}: {Fault(classes, value)}.", "target");
        }

        private bool TryLabel(int classes, float value, out int label)
        {
            label = -1;
            if (value == _ignoreIndex) return true;
            if (!(value >= 0f && value < classes)) return false;
            label = (int)value;
            return label == value;
        }

        private string Fault(int classes, float value) =>
            $"expected a class index 0 … {classes - 1} or the ignored {_ignoreIndex.ToString(CultureInfo.InvariantCulture)}, got {Text(value)}";
    }
}
