using System;

namespace Recurrent
{
    /// <summary>
    /// −w t log σ(p) − (1 − t) log(1 − σ(p)), with w the weight of positive targets. Written with softplus(x) = log(1 + eˣ) = max(x, 0) + log(1 + e^−|x|):
    /// w t softplus(−p) + (1 − t) softplus(p), which overflows nowhere.
    /// </summary>
    internal sealed class BinaryCrossEntropyWithLogitsLoss : ElementLoss
    {
        private readonly float[] _posWeight;

        internal BinaryCrossEntropyWithLogitsLoss(float[] posWeight)
        {
            foreach (float weight in posWeight)
                if (!(weight >= 0f) || float.IsInfinity(weight))
                    throw new ArgumentException($"BinaryCrossEntropyWithLogits: a positive weight is {Text(weight)}, expected a finite value of at least 0.", nameof(posWeight));
            _posWeight = (float[])posWeight.Clone();
        }

        public override string Name => "BinaryCrossEntropyWithLogits";

        public override int TargetSize(int outputSize)
        {
            if (_posWeight.Length > 1 && _posWeight.Length != outputSize)
                throw new ArgumentException($"{Name}: {_posWeight.Length} positive weights do not fit predictions of {outputSize} values.", nameof(outputSize));
            return outputSize;
        }

        protected override double Element(float p, float t, int i, out float dp)
        {
            float weight = _posWeight.Length == 0 ? 1f : _posWeight.Length == 1 ? _posWeight[0] : _posWeight[i];
            double e = Math.Exp(-Math.Abs((double)p));
            double log = LogOnePlus(e);
            double positive = weight * (double)t;
            double negative = 1.0 - t;
            double sigmoid = (p >= 0f ? 1.0 : e) / (1.0 + e);
            double sigmoidOfMinus = (p >= 0f ? e : 1.0) / (1.0 + e);
            dp = (float)(negative * sigmoid - positive * sigmoidOfMinus);
            return positive * (Math.Max(-p, 0f) + log) + negative * (Math.Max(p, 0f) + log);
        }

        protected override string? FindFault(int outputSize, ReadOnlySpan<float> target)
        {
            foreach (float value in target)
                if (!(value >= 0f && value <= 1f)) return "expected values in [0, 1], got " + Text(value);
            return null;
        }

        public override string ToString() => _posWeight.Length == 0 ? Name : $"{Name}(posWeight={Text(_posWeight)})";

        /// <summary>log(1 + x) for x in [0, 1], without losing a small x (Kahan).</summary>
        private static double LogOnePlus(double x)
        {
            double y = 1.0 + x;
            return y == 1.0 ? x : Math.Log(y) * (x / (y - 1.0));
        }
    }
}
