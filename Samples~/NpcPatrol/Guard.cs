using System;
using Recurrent.Components;
using UnityEngine;

namespace Recurrent.Samples.NpcPatrol
{
    /// <summary>
    /// A body that walks, of the player as of the NPC: it perceives where it is, where it looks, and a crate that is near, and it decides how to turn and how fast to walk.
    /// </summary>
    [AddComponentMenu("Recurrent/Samples/Guard")]
    public sealed class Guard : MonoBehaviour, IObservationSource, IActionSink
    {
        /// <summary>How far from its middle the body reaches.</summary>
        public const float Radius = 0.3f;

        // Lanterns that it can see from everywhere.
        private static readonly Vector2[] s_lanterns = { new Vector2(-6f, 0f), new Vector2(6f, 0f), new Vector2(0f, 6f), new Vector2(0f, -6f) };

        private const float MaxTurn = 4f, MaxPace = 4f, Sight = 5f;

        [SerializeField, Tooltip("What it may see in its way.")]
        private Crate _crate = null!;

        [SerializeField, Min(0f), Tooltip("How much the wind pushes it about, so that a recording shows how to come back.")]
        private float _wind = 1f;

        [SerializeField, Tooltip("What the wind is drawn from.")]
        private int _seed = 1;

        private RandomSource? _random;
        private Vector3 _gust;

        /// <summary>Where it is.</summary>
        public Vector2 Position
        {
            get => transform.position;
            set => transform.position = value;
        }

        /// <summary>Where it looks, in radians from the x axis against the clock.</summary>
        public float Angle { get; set; }

        /// <summary>Units a second.</summary>
        public float Pace { get; private set; }

        /// <inheritdoc/>
        public int ObservationSize => 13;

        /// <inheritdoc/>
        public void Observe(Span<float> observation)
        {
            Vector2 place = Position, crate = _crate.Position - place;
            float cosine = Mathf.Cos(Angle), sine = Mathf.Sin(Angle), distance = Mathf.Max(crate.magnitude, 1e-3f);
            float nearness = Mathf.Clamp01(1f - (distance - Crate.Radius) / Sight);
            observation[0] = cosine;
            observation[1] = sine;
            observation[2] = nearness;
            observation[3] = nearness * (crate.x * cosine + crate.y * sine) / distance;
            observation[4] = nearness * (crate.y * cosine - crate.x * sine) / distance;
            for (int i = 0; i < s_lanterns.Length; i++)
            {
                Vector2 lantern = 0.1f * (s_lanterns[i] - place);
                observation[5 + 2 * i] = lantern.x * cosine + lantern.y * sine;
                observation[6 + 2 * i] = lantern.y * cosine - lantern.x * sine;
            }
        }

        /// <inheritdoc/>
        public void Act(ReadOnlySpan<int> discrete, ReadOnlySpan<float> continuous)
        {
            float seconds = Time.fixedDeltaTime;
            Pace = MaxPace * Mathf.Clamp01(continuous[1]);
            Angle += MaxTurn * Mathf.Clamp(continuous[0], -1f, 1f) * seconds;
            Vector2 push = Vector2.zero;
            if (_wind > 0f)
            {
                // Gusts of about half a second, sideways and about its axis.
                _random ??= new RandomSource((ulong)_seed);
                _gust = 0.96f * _gust + 0.28f * _wind * new Vector3(_random.NextGaussian(), _random.NextGaussian(), _random.NextGaussian());
                push = _gust;
                Angle += _gust.z * seconds;
            }

            Position += (Pace * new Vector2(Mathf.Cos(Angle), Mathf.Sin(Angle)) + push) * seconds;
        }

        private void LateUpdate() => transform.rotation = Quaternion.Euler(0f, 0f, Angle * Mathf.Rad2Deg);
    }
}
