using System;
using Recurrent.Components;
using UnityEngine;

namespace Recurrent.Samples.NpcPatrol
{
    /// <summary>What the NPC does before it has learned anything: it stands at its post and looks about.</summary>
    [AddComponentMenu("Recurrent/Samples/Post Duty")]
    public sealed class PostDuty : MonoBehaviour, IHeuristic
    {
        private int _decisions;

        /// <inheritdoc/>
        public void Decide(ReadOnlySpan<float> observation, Span<int> discrete, Span<float> continuous) => continuous[0] = 0.15f * Mathf.Cos(0.06f * _decisions++);
    }
}
