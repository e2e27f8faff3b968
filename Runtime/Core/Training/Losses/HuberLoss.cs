using System;

namespace Recurrent
{
    /// <summary>½(p − t)² up to an error of δ, δ(|p − t| − ½δ) beyond it.</summary>
    internal sealed class HuberLoss : ElementLoss
    {
        private readonly float _delta;

        internal HuberLoss(float delta)
        {
            if (!(delta > 0f) || float.IsInfinity(delta))
                throw new ArgumentException($"Huber: delta is {Text(delta)}, expected a finite value above 0.", nameof(delta));
            _delta = delta;
        }

        public override string Name => "Huber";

        protected override double Element(float p, float t, int i, out float dp)
        {
            float error = p - t;
            float size = Math.Abs(error);
            if (size > _delta)
            {
                dp = error > 0f ? _delta : -_delta;
                return _delta * (size - 0.5 * _delta);
            }
            dp = error;
            return 0.5 * error * error;
        }

        public override string ToString() => $"{Name}(delta={Text(_delta)})";
    }
}
