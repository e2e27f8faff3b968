using UnityEngine;

namespace Recurrent.Samples.NpcPatrol
{
    /// <summary>A crate on the route. Whoever has passed it finds it somewhere else next time.</summary>
    [AddComponentMenu("Recurrent/Samples/Crate")]
    public sealed class Crate : MonoBehaviour
    {
        /// <summary>How far from its middle it reaches.</summary>
        public const float Radius = 0.7f;

        // So near to where the route crosses itself it would stand on both ways.
        private const float FromCrossing = 3f;

        /// <summary>Where it is.</summary>
        public Vector2 Position => transform.position;

        /// <summary>How far along the route it is.</summary>
        public float Walked { get; private set; }

        /// <summary>How often it was put somewhere.</summary>
        public int Moves { get; private set; }

        /// <summary>Puts it onto the route, 8 to 18 units further on.</summary>
        /// <param name="route">The route.</param>
        /// <param name="from">From where on.</param>
        /// <param name="random">What the place is drawn from.</param>
        public void Move(Route route, float from, RandomSource random)
        {
            Vector2 place, ahead;
            do
            {
                Walked = from + 8f + 10f * random.NextSingle();
                place = route.At(Walked, out ahead);
            }
            while (place.magnitude < FromCrossing);
            transform.position = place + (0.4f * random.NextSingle() - 0.2f) * new Vector2(-ahead.y, ahead.x);
            Moves++;
        }
    }
}
