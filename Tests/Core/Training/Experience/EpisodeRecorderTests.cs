using System;
using System.IO;
using System.Linq;
using NUnit.Framework;
using Recurrent.Tests.Diagnostics;

namespace Recurrent.Tests
{
    public sealed class EpisodeRecorderTests
    {
        private TemporaryFolder _folder = null!;

        [SetUp]
        public void MakeFolder() => _folder = new TemporaryFolder();

        [TearDown]
        public void DeleteFolder() => _folder.Dispose();

        private static void Record(EpisodeRecorder recorder, Episode episode, int agent = 0, bool end = true)
        {
            for (int t = 0; t < episode.Steps; t++) Assert.That(recorder.Record(episode.Observation(t), episode.Discrete(t), episode.Continuous(t), episode.Mask(t), agent));
            if (end) recorder.EndEpisode(agent: agent);
        }

        [Test]
        public void SessionsFollowOneAnother()
        {
            Episode a = EpisodeExamples.Draw(EpisodeExamples.Everything, 4, 1), b = EpisodeExamples.Draw(EpisodeExamples.Everything, 2, 2), c = EpisodeExamples.Draw(EpisodeExamples.Everything, 3, 3);
            using (EpisodeRecorder recorder = EpisodeRecorder.Open(_folder["a"], EpisodeExamples.Everything))
            {
                Record(recorder, a);
                Record(recorder, b, end: false);
                Assert.That((recorder.StepCount, recorder.EpisodeCount), Is.EqualTo((6L, 1)));
                Assert.That(new FileInfo(_folder["a"]).Length, Is.EqualTo(recorder.Bytes), "nothing waits in this process");
            }
            using (EpisodeRecorder recorder = EpisodeRecorder.Open(_folder["a"], EpisodeExamples.Everything)) Record(recorder, c);
            EpisodeFile file = EpisodeFile.Load(_folder["a"]);
            Assert.That(file.Sessions, Is.EqualTo(new[] { 0, 0, 1 }));
            Assert.That(file.Episodes.Select(episode => episode.IsWhole), Is.EqualTo(new[] { true, false, true }), "the second never ended");
            Assert.That(EpisodeExamples.Text(file.Episodes[0]), Is.EqualTo(EpisodeExamples.Text(a)));
            Assert.That(EpisodeExamples.Text(file.Episodes[2]), Is.EqualTo(EpisodeExamples.Text(c)));
        }

        [Test]
        public void AfterAKillAtAnyByteItGoesOnBehindTheLastWholeRecord()
        {
            Episode before = EpisodeExamples.Draw(EpisodeExamples.Simple, 2, 4), after = EpisodeExamples.Draw(EpisodeExamples.Simple, 3, 5);
            using (EpisodeRecorder recorder = EpisodeRecorder.Open(_folder["a"], EpisodeExamples.Simple)) Record(recorder, before);
            byte[] bytes = File.ReadAllBytes(_folder["a"]);
            int stepBytes = 8 + 4 + 2 * 4 + 4 + 4, endBytes = 8 + 5 + 4, begun = bytes.Length - 2 * stepBytes - endBytes;
            for (int length = 0; length <= bytes.Length; length++)
            {
                File.WriteAllBytes(_folder["b"], bytes.AsSpan(0, length).ToArray());
                using (EpisodeRecorder recorder = EpisodeRecorder.Open(_folder["b"], EpisodeExamples.Simple)) Record(recorder, after);
                EpisodeFile file = EpisodeFile.Load(_folder["b"]);
                int kept = length == bytes.Length ? 2 : Math.Max(0, Math.Min(2, (length - begun) / stepBytes));
                Assert.That(file.Cut, Is.Null, $"{length} bytes");
                Assert.That(file.Episodes.Count, Is.EqualTo(kept > 0 ? 2 : 1), $"{length} bytes");
                Assert.That(EpisodeExamples.Text(file.Episodes[file.Episodes.Count - 1]), Is.EqualTo(EpisodeExamples.Text(after)), $"{length} bytes");
                if (kept == 0) continue;
                Assert.That((file.Episodes[0].Steps, file.Episodes[0].IsWhole), Is.EqualTo((kept, length == bytes.Length)), $"{length} bytes");
                Assert.That(file.Episodes[0].Observation(kept - 1).ToArray(), Is.EqualTo(before.Observation(kept - 1).ToArray()), $"{length} bytes");
            }
        }

        [Test]
        public void SeveralAgentsRecordSideBySide()
        {
            Episode a = EpisodeExamples.Draw(EpisodeExamples.Simple, 5, 6), b = EpisodeExamples.Draw(EpisodeExamples.Simple, 3, 7), c = EpisodeExamples.Draw(EpisodeExamples.Simple, 2, 8);
            using (EpisodeRecorder recorder = EpisodeRecorder.Open(_folder["a"], EpisodeExamples.Simple, agents: 2))
            {
                for (int t = 0; t < 5; t++)
                {
                    recorder.Record(a.Observation(t), a.Discrete(t), agent: 1);
                    Episode other = t < 3 ? b : c;
                    recorder.Record(other.Observation(t % 3), other.Discrete(t % 3));
                    if (t == 2) recorder.EndEpisode();
                }
                recorder.EndEpisode(isWhole: false);
                recorder.EndEpisode(agent: 1);
                recorder.EndEpisode(agent: 1);
                Assert.That(recorder.EpisodeCount, Is.EqualTo(3), "an end without steps is none");
                Assert.That(() => recorder.EndEpisode(agent: 2), Throws.InstanceOf<ArgumentException>().With.Message.Contains("expected an agent 0 to 1, got 2"));
            }
            EpisodeFile file = EpisodeFile.Load(_folder["a"]);
            Assert.That(file.Episodes.Select(episode => string.Join(" ", episode.Observations.ToArray())), Is.EqualTo(new[] { a, b, c }.Select(episode => string.Join(" ", episode.Observations.ToArray()))));
            Assert.That(file.Episodes.Select(episode => episode.IsWhole), Is.EqualTo(new[] { true, true, false }));
        }

        [Test]
        public void AStepAllocatesNothing()
        {
            Episode episode = EpisodeExamples.Draw(EpisodeExamples.Everything, 4, 9);
            using EpisodeRecorder recorder = EpisodeRecorder.Open(_folder["a"], EpisodeExamples.Everything);
            void Play()
            {
                for (int t = 0; t < episode.Steps; t++) recorder.Record(episode.Observation(t), episode.Discrete(t), episode.Continuous(t), episode.Mask(t));
                recorder.EndEpisode();
            }
            Play();
            Assert.That(Allocated.By(Play), Is.EqualTo(0));
        }

        [Test]
        public void AFullFileSaysSoAndStaysReadable()
        {
            Episode episode = EpisodeExamples.Draw(EpisodeExamples.Simple, 3, 10);
            long begun;
            using (EpisodeRecorder recorder = EpisodeRecorder.Open(_folder["x"], EpisodeExamples.Simple)) begun = recorder.Bytes;
            long room = begun + 2 * 28 + 17; // two steps and an end
            using (EpisodeRecorder recorder = EpisodeRecorder.Open(_folder["a"], EpisodeExamples.Simple, maxBytes: room))
            {
                for (int t = 0; t < 3; t++) Assert.That(recorder.Record(episode.Observation(t), episode.Discrete(t)), Is.EqualTo(t < 2));
                Assert.That(recorder.IsFull);
                recorder.EndEpisode();
                Assert.That(recorder.Bytes, Is.EqualTo(room));
            }
            Assert.That(new FileInfo(_folder["a"]).Length, Is.EqualTo(room));
            EpisodeFile file = EpisodeFile.Load(_folder["a"]);
            Assert.That((file.Episodes.Single().Steps, file.Episodes.Single().IsWhole, file.Cut), Is.EqualTo((2, false, (string?)null)), "what is missing makes it cut off");
        }

        [Test]
        public void ABadStepIsRefusedAndTheFileStaysAsItWas()
        {
            using EpisodeRecorder recorder = EpisodeRecorder.Open(_folder["a"], EpisodeExamples.Everything);
            long bytes = recorder.Bytes;
            float[] seen = { 1, 2, 3 }, done = { 0, 0 };
            Assert.That(() => recorder.Record(seen.AsSpan(1), new[] { 0, 0 }, done), Throws.ArgumentException.With.Message.Contains("step 0 of agent 0: 2 observations, expected 3"));
            Assert.That(() => recorder.Record(new[] { 1, float.NaN, 3 }, new[] { 0, 0 }, done), Throws.ArgumentException.With.Message.Contains("'angle': expected a finite number, got NaN"));
            Assert.That(() => recorder.Record(seen, new[] { 0, 2 }, done), Throws.ArgumentException.With.Message.Contains("'fire': expected an action 0 to 1, got 2"));
            Assert.That(() => recorder.Record(seen, new[] { 0, 0 }), Throws.ArgumentException.With.Message.Contains("0 continuous actions, expected 2"));
            Assert.That(() => recorder.Record(seen, new[] { 1, 0 }, done, new[] { true, false, true, true, true }), Throws.ArgumentException.With.Message.Contains("'move': the mask forbids action 1"));
            Assert.That(() => recorder.Record(seen, new[] { 1, 0 }, done, new[] { true, true, true, false, false }), Throws.ArgumentException.With.Message.Contains("'fire': the mask forbids all 2 actions"));
            Assert.That(() => recorder.Record(seen, new[] { 1, 0 }, done, new[] { true }), Throws.ArgumentException.With.Message.Contains("a mask of 1, expected 5"));
            Assert.That(recorder.Bytes, Is.EqualTo(bytes));
            Assert.That(recorder.Record(seen, new[] { 1, 0 }, done), "without a mask all is allowed");
            recorder.Dispose();
            Assert.That(EpisodeFile.Load(_folder["a"]).Episodes[0].Mask(0).ToArray(), Has.All.True);
        }

        [Test]
        public void AFileOfSomethingElseIsLeftAsItIs()
        {
            File.WriteAllText(_folder["other"], "something else, which nobody may lose");
            Assert.That(() => EpisodeRecorder.Open(_folder["other"], EpisodeExamples.Simple), Throws.TypeOf<ModelFileException>().With.Message.Contains("no episodes"));
            Assert.That(File.ReadAllText(_folder["other"]), Is.EqualTo("something else, which nobody may lose"));
            File.WriteAllText(_folder["short"], "RNN?");
            Assert.That(() => EpisodeRecorder.Open(_folder["short"], EpisodeExamples.Simple), Throws.TypeOf<ModelFileException>());
            using (EpisodeRecorder recorder = EpisodeRecorder.Open(_folder["a"], EpisodeExamples.Simple)) Record(recorder, EpisodeExamples.Draw(EpisodeExamples.Simple, 2, 1));
            byte[] bytes = File.ReadAllBytes(_folder["a"]);
            Assert.That(() => EpisodeRecorder.Open(_folder["a"], new EpisodeLayout(2, new[] { 5 })), Throws.TypeOf<ModelFileException>().With.Message.Contains("branches of 4 actions, expected 2 observations, branches of 5"));
            bytes[bytes.Length - 50] ^= 4; // in a step, with a whole record behind it
            File.WriteAllBytes(_folder["a"], bytes);
            Assert.That(() => EpisodeRecorder.Open(_folder["a"], EpisodeExamples.Simple), Throws.TypeOf<ModelFileException>().With.Message.Contains("damaged"));
            Assert.That(File.ReadAllBytes(_folder["a"]), Is.EqualTo(bytes));
        }
    }
}
