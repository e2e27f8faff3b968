using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using NUnit.Framework;

namespace Recurrent.Tests
{
    public sealed class EpisodeFileTests
    {
        private TemporaryFolder _folder = null!;

        [SetUp]
        public void MakeFolder() => _folder = new TemporaryFolder();

        [TearDown]
        public void DeleteFolder() => _folder.Dispose();

        [Test]
        public void EpisodesComeBackBitForBit()
        {
            Episode[] episodes = { EpisodeExamples.Draw(EpisodeExamples.Everything, 7, 1), EpisodeExamples.Draw(EpisodeExamples.Everything, 1, 2, isWhole: false), EpisodeExamples.Draw(EpisodeExamples.Everything, 20, 3) };
            EpisodeFile.Save(_folder["a"], episodes);
            EpisodeFile file = EpisodeFile.Load(_folder["a"]);
            Assert.That(EpisodeExamples.Texts(file.Episodes), Is.EqualTo(EpisodeExamples.Texts(episodes)));
            Assert.That(file.Cut, Is.Null);
            Assert.That(file.Sessions, Is.EqualTo(new[] { 0, 0, 0 }));
            Assert.That(EpisodeExamples.Texts(EpisodeFile.Load(File.ReadAllBytes(_folder["a"])).Episodes), Is.EqualTo(EpisodeExamples.Texts(episodes)));
            Assert.That(() => EpisodeFile.Save(_folder["a"], new Episode[0]), Throws.ArgumentException.With.Message.Contains("at least one episode"));
            Assert.That(() => EpisodeFile.Save(_folder["a"], new[] { episodes[0], EpisodeExamples.Draw(EpisodeExamples.Simple, 2, 1) }), Throws.ArgumentException.With.Message.Contains("episode 1 has 2 observations"));
        }

        [Test]
        public void CutAtAnyByteItIsReadableUpToTheLastWholeRecord()
        {
            Episode first = EpisodeExamples.Draw(EpisodeExamples.Everything, 3, 4), second = EpisodeExamples.Draw(EpisodeExamples.Everything, 2, 5);
            var ends = new List<long>(); // of each whole record behind the session's
            long begun;
            using (EpisodeRecorder recorder = EpisodeRecorder.Open(_folder["a"], EpisodeExamples.Everything))
            {
                begun = recorder.Bytes;
                foreach (Episode episode in new[] { first, second })
                {
                    for (int t = 0; t < episode.Steps; t++)
                    {
                        recorder.Record(episode.Observation(t), episode.Discrete(t), episode.Continuous(t), episode.Mask(t));
                        ends.Add(recorder.Bytes);
                    }
                    recorder.EndEpisode();
                    ends.Add(recorder.Bytes);
                }
            }
            byte[] bytes = File.ReadAllBytes(_folder["a"]);
            Assert.That(ends[ends.Count - 1], Is.EqualTo(bytes.Length));
            int beginning = EpisodeEncoder.Beginning(EpisodeExamples.Everything).Length;
            // What is there after so many whole records: steps, and which episodes are whole.
            var expected = new[] { "", "1c", "2c", "3c", "3w", "3w1c", "3w2c", "3w2w" };
            for (int length = 0; length <= bytes.Length; length++)
            {
                byte[] cut = bytes.AsSpan(0, length).ToArray();
                if (length < beginning)
                {
                    Assert.That(() => EpisodeFile.Load(cut), Throws.TypeOf<ModelFileException>().With.Message.Contains("cut"), $"{length} bytes");
                    continue;
                }
                int whole = ends.FindLastIndex(end => end <= length) + 1;
                EpisodeFile file = EpisodeFile.Load(cut);
                Assert.That(string.Concat(file.Episodes.Select(episode => $"{episode.Steps}{(episode.IsWhole ? "w" : "c")}")), Is.EqualTo(expected[whole]), $"{length} bytes");
                bool isWhole = length == bytes.Length || length == beginning || length == begun || ends.Contains(length);
                Assert.That(file.Cut == null, Is.EqualTo(isWhole), $"{length} bytes: {file.Cut}");
                if (file.Episodes.Count > 0)
                {
                    Episode last = file.Episodes[file.Episodes.Count - 1], source = file.Episodes.Count == 1 ? first : second;
                    Assert.That(last.Observation(last.Steps - 1).ToArray(), Is.EqualTo(source.Observation(last.Steps - 1).ToArray()), $"{length} bytes");
                }
            }
        }

        [Test]
        public void ADamagedByteIsRefusedOrEndsTheFile()
        {
            EpisodeFile.Save(_folder["a"], new[] { EpisodeExamples.Draw(EpisodeExamples.Everything, 3, 6), EpisodeExamples.Draw(EpisodeExamples.Everything, 2, 7) });
            byte[] bytes = File.ReadAllBytes(_folder["a"]);
            var random = new RandomSource(8);
            int last = bytes.Length - 17; // where the last record begins
            for (int at = 0; at < bytes.Length; at++)
            {
                var damaged = (byte[])bytes.Clone();
                damaged[at] ^= (byte)(1 << random.Next(8));
                if (at >= last + 8) Assert.That(EpisodeFile.Load(damaged).Cut, Does.Contain($"at byte {last}; the 17 bytes from there on were passed over"), "torn at its end");
                else Assert.That(() => EpisodeFile.Load(damaged), Throws.TypeOf<ModelFileException>(), $"byte {at}");
            }
        }

        [Test]
        public void ZerosThatAPowerFailureLeavesArePassedOver()
        {
            Episode episode = EpisodeExamples.Draw(EpisodeExamples.Simple, 3, 9);
            EpisodeFile.Save(_folder["a"], new[] { episode });
            byte[] bytes = File.ReadAllBytes(_folder["a"]);
            var longer = new byte[bytes.Length + 100];
            bytes.CopyTo(longer, 0);
            EpisodeFile file = EpisodeFile.Load(longer);
            Assert.That(file.Cut, Does.Contain("filled with zeros at byte").And.Contain("100 bytes"));
            Assert.That(EpisodeExamples.Text(file.Episodes[0]), Is.EqualTo(EpisodeExamples.Text(episode)));
            // A record of which only the beginning reached the disk, and zeros behind it.
            longer.AsSpan(bytes.Length - 5).Clear();
            file = EpisodeFile.Load(longer);
            Assert.That(file.Episodes[0].IsWhole, Is.False);
            Assert.That(file.Episodes[0].Steps, Is.EqualTo(3));
            longer[longer.Length - 1] = 1;
            Assert.That(() => EpisodeFile.Load(longer), Throws.TypeOf<ModelFileException>().With.Message.Contains("damaged"));
        }

        [Test]
        public void WhatIsNoRecordingOrTooLargeIsRefused()
        {
            Assert.That(() => EpisodeFile.Load(new byte[40], "x"), Throws.TypeOf<ModelFileException>().With.Message.Contains("x: these are no episodes"));
            Assert.That(() => EpisodeFile.Load(_folder["missing"]), Throws.InstanceOf<IOException>());
            EpisodeFile.Save(_folder["a"], new[] { EpisodeExamples.Draw(EpisodeExamples.Everything, 50, 10) });
            byte[] bytes = File.ReadAllBytes(_folder["a"]);
            Assert.That(() => EpisodeFile.Load(bytes, "x", maxBytes: 1000), Throws.TypeOf<ModelFileException>().With.Message.Contains("more than 1000 bytes"));
            bytes[8] = 2;
            Assert.That(() => EpisodeFile.Load(bytes, "x"), Throws.TypeOf<ModelFileException>().With.Message.Contains("version 2; expected 1"));
        }
    }
}
