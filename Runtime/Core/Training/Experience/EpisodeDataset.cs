using System;
using System.Collections.Generic;

namespace Recurrent
{
    /// <summary>
    /// Episodes of different length to learn from: at every step the observation, scaled, and as target the action that was taken on it, with its mask; see <see cref="PolicyLoss"/>
    /// for how a target is laid out. Long episodes may be cut into pieces, each of which begins with states of zero. The episodes are neither copied nor changed.
    /// </summary>
    public sealed class EpisodeDataset : SequenceDataset
    {
        private readonly List<(Episode Episode, int First, int Steps)> _pieces = new List<(Episode, int, int)>();
        private readonly Scaler? _scaler;

        /// <summary>Takes episodes.</summary>
        /// <param name="episodes">All of one layout.</param>
        /// <param name="inputScaler">How observations are scaled, fitted on the training part (<see cref="Fit"/>); not at all if null.</param>
        /// <param name="maxSteps">T: the most steps of a sequence; longer episodes are cut. 0 for whole episodes.</param>
        /// <exception cref="ArgumentException">There is no episode, their layouts differ, or the scaler has other columns.</exception>
        public EpisodeDataset(IReadOnlyList<Episode> episodes, Scaler? inputScaler = null, int maxSteps = 0)
        {
            Layout = EpisodeFile.LayoutOf(nameof(EpisodeDataset), episodes);
            if (maxSteps < 0) throw new ArgumentOutOfRangeException(nameof(maxSteps), $"EpisodeDataset: expected at least 1 step, or 0 for whole episodes, got {maxSteps}.");
            if (inputScaler != null && inputScaler.Columns != Layout.ObservationSize)
                throw new ArgumentException($"EpisodeDataset: the scaler has {inputScaler.Columns} columns, expected {Layout.ObservationSize}.", nameof(inputScaler));
            _scaler = inputScaler;
            foreach (Episode episode in episodes)
            {
                int most = maxSteps == 0 ? episode.Steps : maxSteps;
                for (int first = 0; first < episode.Steps; first += most)
                {
                    int steps = Math.Min(most, episode.Steps - first);
                    _pieces.Add((episode, first, steps));
                    MaxSteps = Math.Max(MaxSteps, steps);
                }
            }
        }

        /// <summary>What a step of the episodes consists of.</summary>
        public EpisodeLayout Layout { get; }

        /// <inheritdoc/>
        public override int Count => _pieces.Count;

        /// <summary>O.</summary>
        public override int InputSize => Layout.ObservationSize;

        /// <summary>B + C, and M where there are masks.</summary>
        public override int TargetSize => PolicyLoss.TargetSizeOf(Layout);

        /// <inheritdoc/>
        public override int MaxSteps { get; }

        /// <summary>As <see cref="MaxSteps"/>: every step has a target.</summary>
        public override int MaxTargetSteps => MaxSteps;

        /// <summary>Fits a scaler to the observations of some episodes.</summary>
        /// <param name="scaler">Such as a <see cref="StandardScaler"/>.</param>
        /// <param name="episodes">The training part, and nothing else.</param>
        /// <returns>The scaler.</returns>
        /// <exception cref="ArgumentException">There is no episode, or their layouts differ.</exception>
        public static Scaler Fit(Scaler scaler, IReadOnlyList<Episode> episodes)
        {
            EpisodeLayout layout = EpisodeFile.LayoutOf(nameof(EpisodeDataset), episodes);
            int length = 0, at = 0;
            foreach (Episode episode in episodes) length = checked(length + episode.Observations.Length);
            var all = new float[length];
            foreach (Episode episode in episodes)
            {
                episode.Observations.Span.CopyTo(all.AsSpan(at));
                at += episode.Observations.Length;
            }
            scaler.Fit(all, layout.ObservationSize);
            return scaler;
        }

        /// <inheritdoc/>
        protected override int StepsOf(int index) => _pieces[index].Steps;

        /// <inheritdoc/>
        protected override int TargetStepsOf(int index) => _pieces[index].Steps;

        /// <inheritdoc/>
        protected override void Copy(int index, Span<float> input, Span<float> target)
        {
            (Episode episode, int first, int steps) = _pieces[index];
            int size = Layout.ObservationSize;
            ReadOnlySpan<float> observations = episode.Observations.Span.Slice(first * size, steps * size);
            if (_scaler == null) observations.CopyTo(input);
            else _scaler.Transform(observations, input);
            for (int t = 0; t < steps; t++)
            {
                Span<float> row = target.Slice(t * TargetSize, TargetSize);
                foreach (int action in episode.Discrete(first + t))
                {
                    row[0] = action;
                    row = row.Slice(1);
                }
                episode.Continuous(first + t).CopyTo(row);
                row = row.Slice(Layout.ContinuousSize);
                ReadOnlySpan<bool> mask = episode.Mask(first + t);
                for (int i = 0; i < mask.Length; i++) row[i] = mask[i] ? 1 : 0;
            }
        }
    }
}
