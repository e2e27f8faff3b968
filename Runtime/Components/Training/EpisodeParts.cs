using System;
using System.Collections.Generic;

namespace Recurrent.Components
{
    /// <summary>Episodes in two parts: one to learn from, one to judge by.</summary>
    internal static class EpisodeParts
    {
        /// <summary>Sets whole episodes aside, chosen by the seed, where that makes at least one; otherwise the end of each.</summary>
        /// <param name="episodes">At least one.</param>
        /// <param name="share">Of the second part, 0 … 0.9; 0 for none.</param>
        /// <param name="seed">Which episodes.</param>
        public static (List<Episode> Train, List<Episode> Validation) Split(IReadOnlyList<Episode> episodes, double share, ulong seed)
        {
            var train = new List<Episode>(episodes);
            var validation = new List<Episode>();
            int aside = (int)(share * episodes.Count);
            var random = new RandomSource(seed);
            for (; aside > 0; aside--)
            {
                int chosen = random.Next(train.Count);
                validation.Add(train[chosen]);
                train.RemoveAt(chosen);
            }
            if (validation.Count > 0) return (train, validation);
            for (int i = 0; i < train.Count; i++)
            {
                Episode episode = train[i];
                int rest = (int)(share * episode.Steps);
                if (rest == 0) continue;
                train[i] = Cut(episode, 0, episode.Steps - rest);
                validation.Add(Cut(episode, episode.Steps - rest, rest));
            }
            return (train, validation);
        }

        private static Episode Cut(Episode episode, int first, int steps)
        {
            EpisodeLayout layout = episode.Layout;
            var discrete = new int[steps * layout.BranchCount];
            var continuous = new float[steps * layout.ContinuousSize];
            var masks = new bool[layout.HasMasks ? steps * layout.MaskSize : 0];
            for (int t = 0; t < steps; t++)
            {
                episode.Discrete(first + t).CopyTo(discrete.AsSpan(t * layout.BranchCount));
                episode.Continuous(first + t).CopyTo(continuous.AsSpan(t * layout.ContinuousSize));
                episode.Mask(first + t).CopyTo(masks.AsSpan(t * layout.MaskSize * (layout.HasMasks ? 1 : 0)));
            }
            return new Episode(layout, episode.Observations.Slice(first * layout.ObservationSize, steps * layout.ObservationSize).ToArray(), discrete, continuous, masks,
                episode.IsWhole && first + steps == episode.Steps);
        }
    }
}
