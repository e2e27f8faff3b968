using UnityEngine;

namespace Recurrent.Samples.NpcPatrol
{
    /// <summary>The player's way: an eight, by the distance walked along it.</summary>
    public sealed class Route
    {
        private const int Points = 720;

        private readonly Vector2[] _points = new Vector2[Points + 1];
        private readonly float[] _walked = new float[Points + 1];

        /// <summary>Measures it.</summary>
        public Route()
        {
            for (int i = 0; i <= Points; i++)
            {
                float angle = 2f * Mathf.PI * i / Points;
                _points[i] = new Vector2(10f * Mathf.Sin(angle + 0.9f), 4.2f * Mathf.Sin(2f * (angle + 0.9f)));
                if (i > 0) _walked[i] = _walked[i - 1] + (_points[i] - _points[i - 1]).magnitude;
            }
        }

        /// <summary>How long it is.</summary>
        public float Length => _walked[Points];

        /// <summary>Where one is after some distance, and which way it goes on.</summary>
        public Vector2 At(float walked, out Vector2 ahead)
        {
            walked = Mathf.Repeat(walked, Length);
            int low = 0, high = Points;
            while (high - low > 1)
            {
                int middle = (low + high) / 2;
                if (_walked[middle] <= walked) low = middle;
                else high = middle;
            }

            Vector2 way = _points[high] - _points[low];
            ahead = way.normalized;
            return _points[low] + way * ((walked - _walked[low]) / (_walked[high] - _walked[low]));
        }

        /// <summary>How far a place is from the nearest point of it.</summary>
        public float Distance(Vector2 place)
        {
            float least = float.MaxValue;
            for (int i = 0; i < Points; i++) least = Mathf.Min(least, (_points[i] - place).sqrMagnitude);
            return Mathf.Sqrt(least);
        }

        /// <summary>The distance along it that is nearest to a place, among those close to a distance known before.</summary>
        public float Follow(Vector2 place, float before)
        {
            float best = before, least = float.MaxValue;
            for (float walked = before - 1f; walked <= before + 2f; walked += 0.05f)
            {
                float distance = (At(walked, out _) - place).sqrMagnitude;
                if (distance >= least) continue;
                (best, least) = (walked, distance);
            }

            return best;
        }
    }
}
