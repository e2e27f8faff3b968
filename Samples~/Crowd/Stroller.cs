using System;
using Recurrent.Components;
using UnityEngine;

namespace Recurrent.Samples.Crowd
{
    /// <summary>One of the crowd: no GameObject, only a place, a direction and a pace. It perceives four numbers and decides on two.</summary>
    public sealed class Stroller : IObservationSource, IActionSink
    {
        /// <summary>What it perceives: where the bell is (ahead, to the left), how far it is outside of its own circle, what it hears.</summary>
        public const int Observations = 4;

        private const float MaxTurn = 5f, MaxPace = 2.4f, Inertia = 0.08f;

        private readonly Plaza _plaza;
        private readonly float _circle;

        /// <summary>Puts one into the place, standing.</summary>
        /// <param name="plaza">The place.</param>
        /// <param name="random">What its circle, its place and its direction are drawn from.</param>
        public Stroller(Plaza plaza, RandomSource random)
        {
            _plaza = plaza;
            // As many to a unit of area everywhere.
            _circle = Mathf.Sqrt(Mathf.Lerp(2.25f, 68f, random.NextSingle()));
            float place = 2f * Mathf.PI * random.NextSingle(), heading = 2f * Mathf.PI * random.NextSingle(), distance = _circle + 0.4f * random.NextGaussian();
            Position = distance * new Vector2(Mathf.Cos(place), Mathf.Sin(place));
            Heading = new Vector2(Mathf.Cos(heading), Mathf.Sin(heading));
        }

        /// <summary>Where it is; the bell is at the origin.</summary>
        public Vector2 Position { get; private set; }

        /// <summary>Where it looks; of length 1.</summary>
        public Vector2 Heading { get; private set; }

        /// <summary>Units a second.</summary>
        public float Pace { get; private set; }

        /// <summary>How far it is from the circle that it likes.</summary>
        public float Offset => Position.magnitude - _circle;

        /// <summary>Radians a second about the bell; above 0 against the clock.</summary>
        public float Turning => Pace * (Position.x * Heading.y - Position.y * Heading.x) / Mathf.Max(Position.sqrMagnitude, 1e-3f);

        /// <inheritdoc/>
        public int ObservationSize => Observations;

        /// <inheritdoc/>
        public void Observe(Span<float> observation)
        {
            Vector2 place = Position, heading = Heading;
            float distance = Mathf.Max(place.magnitude, 1e-3f);
            observation[0] = -(place.x * heading.x + place.y * heading.y) / distance;
            observation[1] = -(place.y * heading.x - place.x * heading.y) / distance;
            observation[2] = Mathf.Clamp(distance - _circle, -2f, 2f);
            observation[3] = _plaza.Heard(distance);
        }

        /// <inheritdoc/>
        public void Act(ReadOnlySpan<int> discrete, ReadOnlySpan<float> continuous)
        {
            float turn = MaxTurn * Plaza.StepSeconds * Mathf.Clamp(continuous[0], -1f, 1f);
            Pace += Inertia * (MaxPace * Mathf.Clamp01(continuous[1]) - Pace);
            float cosine = Mathf.Cos(turn), sine = Mathf.Sin(turn);
            Vector2 heading = Heading;
            Heading = new Vector2(cosine * heading.x - sine * heading.y, sine * heading.x + cosine * heading.y);
            Position += Pace * Plaza.StepSeconds * Heading;
        }
    }
}
