using System.Collections.Generic;

namespace Recurrent.Diagnostics
{
    /// <summary>A curve that grows as long as it likes in bounded memory: when it is full every second point goes, and from then on only every second is taken.</summary>
    internal sealed class SampledCurve
    {
        private const int MaxPoints = 2048;

        private readonly List<float> _x = new List<float>(), _y = new List<float>();
        private long _stride = 1, _next = long.MinValue;

        public float[] X => _x.ToArray();

        public float[] Y => _y.ToArray();

        public int Count => _x.Count;

        /// <summary>Takes a point to the right of those before; one that is too near is left out.</summary>
        public void Add(long x, double y)
        {
            if (x < _next) return;
            _next = x + _stride;
            _x.Add(x);
            _y.Add((float)y);
            if (_x.Count < MaxPoints) return;
            for (int i = 0; i < MaxPoints / 2; i++) (_x[i], _y[i]) = (_x[2 * i], _y[2 * i]);
            _x.RemoveRange(MaxPoints / 2, MaxPoints / 2);
            _y.RemoveRange(MaxPoints / 2, MaxPoints / 2);
            _stride = (long)(_x[1] - _x[0]);
        }
    }
}
