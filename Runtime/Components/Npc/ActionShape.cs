using System;
using UnityEngine;

namespace Recurrent.Components
{
    /// <summary>What an action consists of, as a field of a component: discrete branches, such as "walk, stop, run", and continuous actions.</summary>
    [Serializable]
    public sealed class ActionShape
    {
        [SerializeField, Tooltip("How many actions each discrete branch has, of which one is chosen in a decision.")]
        private int[] _branches = Array.Empty<int>();

        [SerializeField, Min(0), Tooltip("How many continuous actions there are.")]
        private int _continuous;

        [SerializeField, Tooltip("Whether recordings say which discrete actions were allowed.")]
        private bool _masks;

        /// <summary>No action: as the model says.</summary>
        public ActionShape()
        {
        }

        /// <summary>Some actions.</summary>
        /// <param name="continuous">How many continuous actions.</param>
        /// <param name="branches">How many actions each discrete branch has.</param>
        /// <param name="masks">Whether recordings say which discrete actions were allowed.</param>
        public ActionShape(int continuous, int[]? branches = null, bool masks = false)
        {
            _continuous = continuous;
            _branches = branches ?? Array.Empty<int>();
            _masks = masks;
        }

        /// <summary>Whether there is no action.</summary>
        public bool IsEmpty => _branches.Length == 0 && _continuous == 0;

        /// <summary>The layout of a step.</summary>
        /// <param name="observations">How many numbers are observed.</param>
        /// <returns>Null where there is no action.</returns>
        /// <exception cref="ArgumentException">A size is out of range.</exception>
        public EpisodeLayout? ToLayout(int observations) => IsEmpty ? null : new EpisodeLayout(observations, _branches, _continuous, _masks);

        /// <summary>How sizes differ, in a sentence; null where they do not.</summary>
        internal static string? Difference(EpisodeLayout model, EpisodeLayout own)
        {
            if (model.ObservationSize != own.ObservationSize) return $"the model expects {model.ObservationSize} observations, the sources give {own.ObservationSize}.";
            if (!model.BranchSizes.SequenceEqual(own.BranchSizes) || model.ContinuousSize != own.ContinuousSize) return $"the model gives actions of {model}, expected {own}.";
            return null;
        }
    }
}
