using System;
using System.IO;
using System.Linq;
using NUnit.Framework;

namespace Recurrent.Components.Tests
{
    [TestFixture]
    public sealed class EpisodesAssetTests
    {
        private static byte[] Bytes(params float[][] observations)
        {
            var layout = new EpisodeLayout(1, new[] { 2 });
            string path = Path.GetTempFileName();
            EpisodeFile.Save(path, observations.Select(values => new Episode(layout, values, values.Select(value => value > 0 ? 1 : 0).ToArray(), Array.Empty<float>())).ToArray());
            byte[] bytes = File.ReadAllBytes(path);
            File.Delete(path);
            return bytes;
        }

        [Test]
        public void TheEpisodesAreThoseOfTheBytesOfNow()
        {
            EpisodesAsset asset = EpisodesAsset.Create(Bytes(new[] { 0.5f, -1.5f, 2f }, new[] { -0.25f }));
            Assert.That(asset.File.Episodes.Select(episode => episode.Steps), Is.EqualTo(new[] { 3, 1 }));
            Assert.That(asset.File.Episodes[0].Observation(1)[0], Is.EqualTo(-1.5f));
            Assert.That(asset.File.Episodes[0].Discrete(2)[0], Is.EqualTo(1));
            Assert.That(asset.File, Is.SameAs(asset.File));
            asset.SetBytes(Bytes(new[] { 7f }));
            Assert.That(asset.File.Episodes.Single().Observation(0)[0], Is.EqualTo(7f));
        }

        [Test]
        public void BadBytesAndNoneAreNamed()
        {
            EpisodesAsset asset = EpisodesAsset.Create(new byte[] { 1, 2, 3 });
            asset.name = "Broken";
            Assert.That(() => asset.File, Throws.InstanceOf<ModelFileException>().With.Message.StartsWith("Broken: "));
            asset.SetBytes(Array.Empty<byte>());
            Assert.That(asset.IsEmpty, Is.True);
            Assert.That(() => asset.File, Throws.InstanceOf<ModelFileException>().With.Message.EqualTo("Broken: the asset is empty: it was given no recording."));
            Assert.That(() => asset.SetBytes(null!), Throws.ArgumentNullException);
        }
    }
}
