using UnityEngine;

namespace Recurrent.Samples.NpcPatrol
{
    /// <summary>How well a patrol goes: how far off the route it is, and whether it enters the crate; beside it, one that would only go straight on.</summary>
    public sealed class PatrolScore
    {
        private readonly Route _route = new Route();
        private readonly Vector2 _start, _velocity;
        private float _walked, _begin;
        private double _distance, _straightDistance;

        /// <summary>Begins to count.</summary>
        /// <param name="position">Where the NPC is.</param>
        /// <param name="walked">How far along the route that is.</param>
        /// <param name="velocity">What the other keeps.</param>
        public PatrolScore(Vector2 position, float walked, Vector2 velocity)
        {
            (_start, _velocity) = (position, velocity);
            _walked = _begin = walked;
        }

        /// <summary>Seconds counted.</summary>
        public float Seconds { get; private set; }

        /// <summary>How far along the route it has come.</summary>
        public float Walked => _walked;

        /// <summary>How often it has gone round.</summary>
        public float Laps => (_walked - _begin) / _route.Length;

        /// <summary>Its mean distance to the route, as a share of the route's length.</summary>
        public double Distance => Seconds > 0f ? _distance / Seconds / _route.Length : 0.0;

        /// <summary>The same of one that keeps its first velocity.</summary>
        public double StraightDistance => Seconds > 0f ? _straightDistance / Seconds / _route.Length : 0.0;

        /// <summary>The least room there was between it and a crate; below 0 where it has entered one.</summary>
        public float LeastRoom { get; private set; } = float.MaxValue;

        /// <summary>Some time has gone by.</summary>
        public void Add(Vector2 position, Vector2 crate, float seconds)
        {
            Seconds += seconds;
            _walked = _route.Follow(position, _walked);
            _distance += seconds * _route.Distance(position);
            _straightDistance += seconds * _route.Distance(_start + Seconds * _velocity);
            LeastRoom = Mathf.Min(LeastRoom, (position - crate).magnitude - Crate.Radius - Guard.Radius);
        }
    }
}
