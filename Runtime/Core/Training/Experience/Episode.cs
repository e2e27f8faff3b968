using System;

namespace Recurrent
{
    /// <summary>
    /// Recorded play from a start to an end: at every step what was observed and, of the same step, the action that was then taken on it.
    /// T steps, O observations, B discrete branches, C continuous actions, M discrete actions of all branches (see <see cref="EpisodeLayout"/>).
    /// The arrays are used as they are, not copied.
    /// </summary>
    public sealed class Episode
    {
        private readonly float[] _observations; // (T, O)
        private readonly int[] _discrete;       // (T, B)
        private readonly float[] _continuous;   // (T, C)
        private readonly bool[] _masks;         // (T, M), or empty

        /// <summary>Takes an episode, row by row.</summary>
        /// <param name="layout">What a step consists of.</param>
        /// <param name="observations">(T, O), with T at least 1.</param>
        /// <param name="discrete">(T, B): for each branch 0 … its size − 1; null where there are no branches.</param>
        /// <param name="continuous">(T, C); null where there are none.</param>
        /// <param name="masks">(T, M): true for an action that was allowed; null where the layout has no masks.</param>
        /// <param name="isWhole">Whether it went on to its own end; false where the recording was cut off.</param>
        /// <exception cref="ArgumentException">
        /// A length does not fit, a number is NaN or infinite, an action is out of its range, or a mask forbids the action that was taken, or all; the message names step and column.
        /// </exception>
        public Episode(EpisodeLayout layout, float[] observations, int[]? discrete = null, float[]? continuous = null, bool[]? masks = null, bool isWhole = true)
        {
            Layout = layout ?? throw new ArgumentNullException(nameof(layout));
            _observations = observations ?? throw new ArgumentNullException(nameof(observations));
            _discrete = discrete ?? Array.Empty<int>();
            _continuous = continuous ?? Array.Empty<float>();
            _masks = masks ?? Array.Empty<bool>();
            IsWhole = isWhole;
            if (observations.Length == 0 || observations.Length % layout.ObservationSize != 0)
                throw new ArgumentException($"Episode: got {observations.Length} observations, expected one step of {layout.ObservationSize} or more.", nameof(observations));
            Steps = observations.Length / layout.ObservationSize;
            CheckLength(_discrete.Length, layout.BranchCount, "discrete actions", nameof(discrete));
            CheckLength(_continuous.Length, layout.ContinuousSize, "continuous actions", nameof(continuous));
            CheckLength(_masks.Length, layout.HasMasks ? layout.MaskSize : 0, "entries of masks", nameof(masks));
            for (int t = 0; t < Steps; t++)
            {
                if (layout.FindFault(Observation(t), Discrete(t), Continuous(t), Mask(t)) is var (column, reason)) throw new ArgumentException($"Episode: step {t}, '{column}': {reason}.");
            }
        }

        /// <summary>What a step consists of.</summary>
        public EpisodeLayout Layout { get; }

        /// <summary>T: how many steps there are, at least 1.</summary>
        public int Steps { get; }

        /// <summary>Whether it went on to its own end; false where the recording was cut off.</summary>
        public bool IsWhole { get; }

        /// <summary>(T, O): all observations.</summary>
        public ReadOnlyMemory<float> Observations => _observations;

        /// <summary>(O): what was observed in a step.</summary>
        public ReadOnlySpan<float> Observation(int step) => _observations.AsSpan(step * Layout.ObservationSize, Layout.ObservationSize);

        /// <summary>(B): which action of each branch was taken on it.</summary>
        public ReadOnlySpan<int> Discrete(int step) => _discrete.AsSpan(step * Layout.BranchCount, Layout.BranchCount);

        /// <summary>(C): which continuous actions were taken on it.</summary>
        public ReadOnlySpan<float> Continuous(int step) => _continuous.AsSpan(step * Layout.ContinuousSize, Layout.ContinuousSize);

        /// <summary>(M): which discrete actions were allowed; empty where the layout has no masks.</summary>
        public ReadOnlySpan<bool> Mask(int step) => Layout.HasMasks ? _masks.AsSpan(step * Layout.MaskSize, Layout.MaskSize) : default;

        /// <summary>
        /// An episode out of rows that hold the action that came <i>before</i> their observation, as ML-Agents records them: step t gets the observation and the mask of row t
        /// and the action of row t + 1. The last row has no action after it and only ends the episode, so there is one step less than there are rows.
        /// </summary>
        /// <param name="layout">What a row consists of.</param>
        /// <param name="observations">(rows, O), at least two rows.</param>
        /// <param name="discrete">(rows, B).</param>
        /// <param name="continuous">(rows, C).</param>
        /// <param name="masks">(rows, M), or null.</param>
        /// <param name="isWhole">Whether the last row is the episode's own end.</param>
        /// <exception cref="ArgumentException">There are fewer than two rows, a length does not fit, or a value is bad.</exception>
        public static Episode FromPreviousActions(EpisodeLayout layout, ReadOnlySpan<float> observations, ReadOnlySpan<int> discrete, ReadOnlySpan<float> continuous, ReadOnlySpan<bool> masks, bool isWhole)
        {
            int rows = observations.Length / layout.ObservationSize;
            if (rows < 2) throw new ArgumentException($"Episode: got {rows} rows with the action before, expected at least 2.", nameof(observations));
            if (discrete.Length < layout.BranchCount || continuous.Length < layout.ContinuousSize) throw new ArgumentException("Episode: expected an action in every row.", nameof(discrete));
            return new Episode(layout, observations.Slice(0, observations.Length - layout.ObservationSize).ToArray(), discrete.Slice(layout.BranchCount).ToArray(),
                continuous.Slice(layout.ContinuousSize).ToArray(), layout.HasMasks ? masks.Slice(0, masks.Length - layout.MaskSize).ToArray() : null, isWhole);
        }

        private void CheckLength(int length, int size, string what, string name)
        {
            if (length != (long)Steps * size) throw new ArgumentException($"Episode: got {length} {what}, expected {Steps} × {size}.", name);
        }
    }
}
