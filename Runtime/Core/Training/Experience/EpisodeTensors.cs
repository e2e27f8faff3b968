using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;

namespace Recurrent
{
    /// <summary>
    /// Episodes as tensors in a safetensors file, which PyTorch reads without this package. With N steps of all E episodes one after the other:
    /// <c>observations</c> (N, O) float32, <c>actions</c> (N, B) int64, <c>continuous</c> (N, C) float32, <c>masks</c> (N, M) bool with true for allowed; <c>episode_starts</c>,
    /// <c>episode_lengths</c> (E) int64 and <c>episode_whole</c> (E) bool. Row n holds an observation and the action that was taken on it. What a layout has not is left out.
    /// As metadata: <c>format</c> "pt", <c>recurrent_episodes</c> "1", and <c>layout</c> as <see cref="EpisodeLayout.ToMetadata"/> gives it.
    /// </summary>
    /// <example>In Python:<code>
    /// from safetensors import safe_open
    /// with safe_open("play.safetensors", "pt") as f:
    ///     layout = json.loads(f.metadata()["layout"])
    ///     first, length = f.get_tensor("episode_starts")[0], f.get_tensor("episode_lengths")[0]
    ///     x, y = f.get_tensor("observations")[first:first + length], f.get_tensor("actions")[first:first + length]
    /// </code></example>
    public static class EpisodeTensors
    {
        /// <summary>Writes a file, whole or not at all.</summary>
        /// <exception cref="ArgumentException">There is no episode, their layouts differ, or they are too large for one tensor.</exception>
        /// <exception cref="IOException">The file cannot be written; what was there before stays.</exception>
        public static void Save(string path, IReadOnlyList<Episode> episodes)
        {
            EpisodeLayout layout = EpisodeFile.LayoutOf(nameof(EpisodeTensors), episodes);
            long all = 0;
            foreach (Episode episode in episodes) all += episode.Steps;
            int masked = layout.HasMasks ? layout.MaskSize : 0;
            if (all * Math.Max(Math.Max(layout.ObservationSize, layout.ContinuousSize), Math.Max(layout.BranchCount, masked)) > int.MaxValue / 8)
                throw new ArgumentException($"EpisodeTensors: {all} steps of {layout} are too many for one tensor; split the episodes.", nameof(episodes));

            int steps = (int)all, at = 0;
            var observations = new float[steps * layout.ObservationSize];
            var continuous = new float[steps * layout.ContinuousSize];
            var actions = new long[steps * layout.BranchCount];
            var masks = new byte[steps * masked];
            var starts = new long[episodes.Count];
            var lengths = new long[episodes.Count];
            var whole = new byte[episodes.Count];
            for (int i = 0; i < episodes.Count; i++)
            {
                Episode episode = episodes[i];
                starts[i] = at;
                lengths[i] = episode.Steps;
                whole[i] = episode.IsWhole ? (byte)1 : (byte)0;
                for (int t = 0; t < episode.Steps; t++, at++)
                {
                    episode.Observation(t).CopyTo(observations.AsSpan(at * layout.ObservationSize));
                    episode.Continuous(t).CopyTo(continuous.AsSpan(at * layout.ContinuousSize));
                    for (int b = 0; b < layout.BranchCount; b++) actions[at * layout.BranchCount + b] = episode.Discrete(t)[b];
                    for (int m = 0; m < masked; m++) masks[at * masked + m] = episode.Mask(t)[m] ? (byte)1 : (byte)0;
                }
            }

            var writer = new SafeTensorsWriter();
            writer.AddMetadata("format", "pt");
            writer.AddMetadata("recurrent_episodes", 1.ToString(CultureInfo.InvariantCulture));
            writer.AddMetadata("layout", layout.ToMetadata());
            writer.Add("observations", new[] { steps, layout.ObservationSize }, observations);
            if (actions.Length > 0) writer.Add("actions", new[] { steps, layout.BranchCount }, actions);
            if (continuous.Length > 0) writer.Add("continuous", new[] { steps, layout.ContinuousSize }, continuous);
            if (masks.Length > 0) writer.Add("masks", SafeTensorType.BOOL, new[] { steps, masked }, masks);
            writer.Add("episode_starts", new[] { starts.Length }, starts);
            writer.Add("episode_lengths", new[] { lengths.Length }, lengths);
            writer.Add("episode_whole", SafeTensorType.BOOL, new[] { whole.Length }, whole);
            writer.Save(path);
        }
    }
}
