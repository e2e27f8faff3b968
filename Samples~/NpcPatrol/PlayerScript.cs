using System;
using Recurrent.Components;
using UnityEngine;

namespace Recurrent.Samples.NpcPatrol
{
    /// <summary>
    /// In a player's place: it walks the route, and around the crate, which it always leaves on its right. Only it knows the route.
    /// </summary>
    [AddComponentMenu("Recurrent/Samples/Player Script")]
    public sealed class PlayerScript : MonoBehaviour, IHeuristic
    {
        private const float LookAhead = 1.2f, Detour = 1.9f, DetourLength = 4f;

        [SerializeField, Tooltip("The body that it walks.")]
        private Guard _guard = null!;

        [SerializeField, Tooltip("What it walks around.")]
        private Crate _crate = null!;

        private readonly Route _route = new Route();

        /// <summary>How far it has come along the route.</summary>
        public float Walked { get; private set; }

        /// <summary>Goes on from somewhere else.</summary>
        /// <param name="walked">How far along the route that is.</param>
        public void Begin(float walked) => Walked = walked;

        /// <inheritdoc/>
        public void Decide(ReadOnlySpan<float> observation, Span<int> discrete, Span<float> continuous)
        {
            Walked = _route.Follow(_guard.Position, Walked);
            float goal = Walked + LookAhead, toCrate = Mathf.Repeat(_crate.Walked - goal + _route.Length / 2f, _route.Length) - _route.Length / 2f;
            Vector2 place = _route.At(goal, out Vector2 ahead);
            if (Mathf.Abs(toCrate) < DetourLength)
            {
                // Wide beside the crate, and smoothly there and back.
                float share = Mathf.Cos(0.5f * Mathf.PI * toCrate / DetourLength);
                place += Detour * Mathf.Min(1f, 1.5f * share * share) * new Vector2(-ahead.y, ahead.x);
            }

            Vector2 way = place - _guard.Position;
            float error = Mathf.DeltaAngle(_guard.Angle * Mathf.Rad2Deg, Mathf.Atan2(way.y, way.x) * Mathf.Rad2Deg) * Mathf.Deg2Rad;
            continuous[0] = Mathf.Clamp(1.1f * error, -1f, 1f);
            continuous[1] = Mathf.Clamp(1f - 0.5f * Mathf.Abs(error), 0.4f, 1f);
        }
    }
}
