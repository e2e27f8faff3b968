using System.Linq;
using NUnit.Framework;

namespace Recurrent.Tests
{
    public sealed class EpisodeTensorsTests
    {
        [Test]
        public void EpisodesLieOneBehindTheOther()
        {
            using var folder = new TemporaryFolder();
            Episode[] episodes = { EpisodeExamples.Draw(EpisodeExamples.Everything, 4, 1), EpisodeExamples.Draw(EpisodeExamples.Everything, 1, 2, isWhole: false), EpisodeExamples.Draw(EpisodeExamples.Everything, 3, 3) };
            EpisodeTensors.Save(folder["a.safetensors"], episodes);
            SafeTensorsFile file = SafeTensorsFile.Load(folder["a.safetensors"]);
            Assert.That(file["observations"].Shape.ToArray(), Is.EqualTo(new[] { 8, 3 }));
            Assert.That(file["observations"].ReadSingle(), Is.EqualTo(episodes.SelectMany(episode => episode.Observations.ToArray())));
            Assert.That(file["actions"].Shape.ToArray(), Is.EqualTo(new[] { 8, 2 }));
            Assert.That(file["actions"].Type, Is.EqualTo(SafeTensorType.I64));
            Assert.That(file["actions"].ReadInt64().Skip(2 * 5).Take(2), Is.EqualTo(episodes[2].Discrete(0).ToArray().Select(action => (long)action)), "row 5 is the first of the third");
            Assert.That(file["continuous"].ReadSingle().Skip(2 * 7), Is.EqualTo(episodes[2].Continuous(2).ToArray()));
            Assert.That(file["masks"].Type, Is.EqualTo(SafeTensorType.BOOL));
            Assert.That(file["masks"].ReadInt64().Skip(5 * 4).Take(5).Select(flag => flag == 1), Is.EqualTo(episodes[1].Mask(0).ToArray()));
            Assert.That(file["episode_starts"].ReadInt64(), Is.EqualTo(new long[] { 0, 4, 5 }));
            Assert.That(file["episode_lengths"].ReadInt64(), Is.EqualTo(new long[] { 4, 1, 3 }));
            Assert.That(file["episode_whole"].ReadInt64(), Is.EqualTo(new long[] { 1, 0, 1 }));
            Assert.That(file.TryGetMetadata("layout", out string? layout) && EpisodeLayout.FromMetadata(layout).Matches(EpisodeExamples.Everything));
            Assert.That(file.TryGetMetadata("recurrent_episodes", out string? version) && version == "1");
        }

        [Test]
        public void WhatALayoutHasNotIsLeftOut()
        {
            using var folder = new TemporaryFolder();
            EpisodeTensors.Save(folder["a.safetensors"], new[] { EpisodeExamples.Draw(EpisodeExamples.Simple, 2, 1) });
            Assert.That(SafeTensorsFile.Load(folder["a.safetensors"]).Tensors.Select(tensor => tensor.Name), Is.EquivalentTo(new[] { "observations", "actions", "episode_starts", "episode_lengths", "episode_whole" }));
            Assert.That(() => EpisodeTensors.Save(folder["b.safetensors"], new Episode[0]), Throws.ArgumentException);
        }
    }
}
