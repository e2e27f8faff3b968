using System;

namespace Recurrent
{
    /// <summary>An episode that grows step by step.</summary>
    internal sealed class EpisodeBuilder
    {
        private readonly EpisodeLayout _layout;
        private readonly int _maskSize;
        private float[] _observations, _continuous;
        private int[] _discrete;
        private bool[] _masks;

        public EpisodeBuilder(EpisodeLayout layout)
        {
            _layout = layout;
            _maskSize = layout.HasMasks ? layout.MaskSize : 0;
            _observations = Array.Empty<float>();
            _continuous = Array.Empty<float>();
            _discrete = Array.Empty<int>();
            _masks = Array.Empty<bool>();
        }

        public int Steps { get; private set; }

        /// <summary>Bytes that a step takes.</summary>
        public static long StepBytes(EpisodeLayout layout) => 4L * (layout.ObservationSize + layout.BranchCount + layout.ContinuousSize) + (layout.HasMasks ? layout.MaskSize : 0);

        /// <summary>Adds a step; lengths have been checked. An empty mask allows all.</summary>
        public void Add(ReadOnlySpan<float> observation, ReadOnlySpan<int> discrete, ReadOnlySpan<float> continuous, ReadOnlySpan<bool> mask)
        {
            observation.CopyTo(Row(ref _observations, _layout.ObservationSize));
            discrete.CopyTo(Row(ref _discrete, _layout.BranchCount));
            continuous.CopyTo(Row(ref _continuous, _layout.ContinuousSize));
            Span<bool> masks = Row(ref _masks, _maskSize);
            if (mask.IsEmpty) masks.Fill(true);
            else mask.CopyTo(masks);
            Steps++;
        }

        /// <summary>The steps so far, with the action that each row holds.</summary>
        public Episode ToEpisode(bool isWhole) => new Episode(_layout, Rows(_observations, _layout.ObservationSize).ToArray(), Rows(_discrete, _layout.BranchCount).ToArray(),
            Rows(_continuous, _layout.ContinuousSize).ToArray(), _layout.HasMasks ? Rows(_masks, _maskSize).ToArray() : null, isWhole);

        /// <summary>The steps so far, with the action of the row after; see <see cref="Episode.FromPreviousActions"/>.</summary>
        public Episode ToEpisodeOfPreviousActions(bool isWhole) => Episode.FromPreviousActions(_layout, Rows(_observations, _layout.ObservationSize), Rows(_discrete, _layout.BranchCount),
            Rows(_continuous, _layout.ContinuousSize), Rows(_masks, _maskSize), isWhole);

        public void Clear() => Steps = 0;

        private Span<T> Row<T>(ref T[] values, int size)
        {
            long needed = (Steps + 1L) * size;
            if (needed > values.Length) Array.Resize(ref values, (int)Math.Min(int.MaxValue - 64, Math.Max(needed, 2L * values.Length)));
            return values.AsSpan(Steps * size, size);
        }

        private ReadOnlySpan<T> Rows<T>(T[] values, int size) => values.AsSpan(0, Steps * size);
    }
}
