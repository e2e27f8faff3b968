using System;
using Recurrent.Components;
using UnityEngine;

namespace Recurrent.Samples.Crowd
{
    /// <summary>
    /// Whom the model has learned from. It waits for a bell; a high one sends it around its circle against the clock, a low one with the clock; and for the first second
    /// after either it hurries. The bell is heard for three steps only: whether it has rung, and how long ago, is in no observation and must be remembered.
    /// </summary>
    public sealed class StrollTeacher : IHeuristic
    {
        private const int HurrySteps = 50;

        private int _side, _hurry;

        /// <inheritdoc/>
        public void Decide(ReadOnlySpan<float> observation, Span<int> discrete, Span<float> continuous)
        {
            if (observation[3] != 0f) (_side, _hurry) = (Math.Sign(observation[3]), HurrySteps);
            else _hurry--;
            float ahead = observation[0], left = observation[1], inwards = Mathf.Clamp(observation[2], -1f, 1f);
            // Along the circle, and back to it.
            var way = new Vector2(_side * left + inwards * ahead, -_side * ahead + inwards * left);
            continuous[0] = _side == 0 ? 0f : Mathf.Clamp(1.5f * Mathf.Atan2(way.y, way.x), -1f, 1f);
            continuous[1] = _side == 0 ? 0f : _hurry > 0 ? 1f : 0.4f;
        }
    }
}
