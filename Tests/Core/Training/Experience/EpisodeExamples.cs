using System.IO;
using System.Linq;
using NUnit.Framework;

namespace Recurrent.Tests
{
    /// <summary>Small episodes of every kind of action. Numbers are random and unequal, but the same in every run.</summary>
    internal static class EpisodeExamples
    {
        /// <summary>Three observations, branches of 3 and 2 actions, two continuous actions, masks.</summary>
        public static EpisodeLayout Everything { get; } = new EpisodeLayout(new[] { "distance, m", "angle", "\"seen\"" }, new[] { "move", "fire" }, new[] { 3, 2 }, new[] { "steer", "gas" }, hasMasks: true);

        /// <summary>Two observations and one branch of 4 actions.</summary>
        public static EpisodeLayout Simple { get; } = new EpisodeLayout(2, new[] { 4 });

        public static Episode Draw(EpisodeLayout layout, int steps, ulong seed, bool isWhole = true)
        {
            var random = new RandomSource(seed);
            float[] observations = GradientCheck.Draw(random, steps * layout.ObservationSize), continuous = GradientCheck.Draw(random, steps * layout.ContinuousSize);
            observations[0] = -0f;
            var discrete = new int[steps * layout.BranchCount];
            bool[]? masks = layout.HasMasks ? new bool[steps * layout.MaskSize] : null;
            for (int t = 0; t < steps; t++)
            {
                for (int m = 0; masks != null && m < layout.MaskSize; m++) masks[t * layout.MaskSize + m] = random.Next(2) == 0;
                for (int b = 0; b < layout.BranchCount; b++)
                {
                    int action = random.Next(layout.BranchSizes[b]);
                    discrete[t * layout.BranchCount + b] = action;
                    if (masks != null) masks[t * layout.MaskSize + layout.BranchOffsets[b] + action] = true;
                }
            }
            return new Episode(layout, observations, discrete, continuous, masks, isWhole);
        }

        /// <summary>Everything that an episode holds, as text of exact numbers.</summary>
        public static string Text(Episode episode)
        {
            string steps = string.Join("; ", Enumerable.Range(0, episode.Steps).Select(t => string.Join(" ", TrainingExamples.Bits(episode.Observation(t).ToArray())) + " | " + string.Join(" ", episode.Discrete(t).ToArray())
                + " | " + string.Join(" ", TrainingExamples.Bits(episode.Continuous(t).ToArray())) + " | " + string.Join("", episode.Mask(t).ToArray().Select(allowed => allowed ? "1" : "0"))));
            return $"{(episode.IsWhole ? "whole" : "cut")} {episode.Layout.ToMetadata()} {steps}";
        }

        public static string[] Texts(System.Collections.Generic.IEnumerable<Episode> episodes) => episodes.Select(Text).ToArray();

        /// <summary>A recording of ML-Agents that may lie beside the repository; the test is ignored where it does not.</summary>
        public static string Shared(string name)
        {
            for (var folder = new DirectoryInfo(Fixture.Folder); folder != null; folder = folder.Parent)
            {
                string path = Path.Combine(folder.FullName, "shared", "data", "mlagents", name);
                if (File.Exists(path)) return path;
            }
            Assert.Ignore($"Not here: shared/data/mlagents/{name} beside the repository.");
            return "";
        }
    }
}
