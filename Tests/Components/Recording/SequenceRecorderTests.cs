using System;
using System.Collections;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.RegularExpressions;
using NUnit.Framework;
using UnityEngine;
using UnityEngine.TestTools;
using Object = UnityEngine.Object;

namespace Recurrent.Components.Tests
{
    [TestFixture]
    public sealed class SequenceRecorderTests
    {
        private const string Folder = "RecorderTests";

        private readonly List<GameObject> _made = new List<GameObject>();

        [SetUp]
        public void Begin() => Erase();

        [TearDown]
        public void CleanUp()
        {
            foreach (GameObject made in _made) Object.DestroyImmediate(made);
            _made.Clear();
            Erase();
        }

        [Test]
        public void AScriptRecords()
        {
            SequenceRecorder recorder = Make();
            recorder.Observations = 2;
            recorder.Actions = new ActionShape(1, new[] { 3 }, masks: true);
            Assert.That(recorder.RecordStep(new[] { 1f, 2f }, new[] { 1 }, new[] { -0.5f }, new[] { true, true, false }), Is.True);
            recorder.RecordStep(new[] { 3f, 4f }, new[] { 2 }, new[] { 0.5f });
            recorder.EndEpisode();
            recorder.RecordStep(new[] { 5f, 6f }, new[] { 0 }, new[] { 1.5f });

            // While it is open, as after a crash.
            EpisodeFile file = recorder.Load();
            Assert.That(file.Episodes.Count, Is.EqualTo(2));
            Episode episode = file.Episodes[0];
            Assert.That(episode.Observations.ToArray(), Is.EqualTo(new[] { 1f, 2f, 3f, 4f }));
            Assert.That(episode.Discrete(1)[0], Is.EqualTo(2));
            Assert.That(episode.Continuous(0)[0], Is.EqualTo(-0.5f));
            Assert.That(episode.Mask(0).ToArray(), Is.EqualTo(new[] { true, true, false }));
            Assert.That((episode.IsWhole, file.Episodes[1].IsWhole), Is.EqualTo((true, false)));
            Assert.That((recorder.StepCount, recorder.EpisodeCount), Is.EqualTo((3L, 1)));
            Assert.That(recorder.Path, Does.StartWith(Application.persistentDataPath).And.EndsWith(".episodes"));
        }

        [Test]
        public void ItFollowsAnNpc()
        {
            RecurrentNpc npc = Puppets.Npc(SequenceModelAsset.Create(Puppets.Model()));
            _made.Add(npc.gameObject);
            npc.DecisionPeriod = 2;
            SequenceRecorder recorder = Make();
            recorder.Npc = npc;
            Puppets.Walk(npc, 0, 6);
            npc.BeginEpisode();
            Puppets.Walk(npc, 6, 7);
            recorder.Record = false;
            Puppets.Walk(npc, 7, 9);
            recorder.Record = true;
            npc.BeginEpisode(endedWhole: false);

            IReadOnlyList<Episode> episodes = recorder.Load().Episodes;
            Assert.That(episodes.Select(episode => (episode.Steps, episode.IsWhole)), Is.EqualTo(new[] { (3, true), (1, false) }));
            Assert.That(episodes[0].Observation(1).ToArray(), Is.EqualTo(Puppets.Perceive(2)));
            Assert.That(FormattableString.Invariant($"{episodes[0].Discrete(2)[0]} {episodes[0].Continuous(2)[0]:0.0000}"), Is.EqualTo(npc.Body().Acts[4]));
        }

        [Test]
        public void DisabledItRecordsNothingAndEnabledItGoesOn()
        {
            SequenceRecorder recorder = Make();
            recorder.Layout = Puppets.Layout;
            Step(recorder, 1f);
            recorder.enabled = false;
            Assert.That(Step(recorder, 2f), Is.False);
            recorder.enabled = true;
            Step(recorder, 3f);
            EpisodeFile file = recorder.Load();
            Assert.That(file.Episodes.Select(episode => episode.Observation(0)[0]), Is.EqualTo(new[] { 1f, 3f }));
            Assert.That(file.Sessions, Is.EqualTo(new[] { 0, 1 }));
        }

        [Test]
        public void DestroyedInTheMidstOfAnEpisodeItLosesNothing()
        {
            SequenceRecorder recorder = Make();
            recorder.Layout = Puppets.Layout;
            Step(recorder, 1f);
            Step(recorder, 2f);
            string path = recorder.Path;
            Object.DestroyImmediate(recorder.gameObject);
            Episode episode = EpisodeFile.Load(path).Episodes.Single();
            Assert.That((episode.Steps, episode.IsWhole), Is.EqualTo((2, false)));
        }

        [Test]
        public void AFullFileIsToldOnce()
        {
            SequenceRecorder recorder = Make();
            recorder.name = "Camera";
            recorder.MaxMegabytes = 1;
            recorder.Layout = new EpisodeLayout(4096, null, 1);
            LogAssert.Expect(LogType.Warning, new Regex("SequenceRecorder 'Camera': .* has reached its 1 MiB; nothing more is recorded"));
            int recorded = 0;
            for (int i = 0; i < 70; i++)
                if (recorder.RecordStep(new float[4096], ReadOnlySpan<int>.Empty, new[] { 1f })) recorded++;
            Assert.That(recorded, Is.InRange(60, 63), "1 MiB of 16 KiB a step, less the layout's names");
            Assert.That(recorder.IsFull, Is.True);
            Assert.That(recorder.Load().Episodes.Single().Steps, Is.EqualTo(recorded));
        }

        [Test]
        public void ABadStepIsToldOnceAndNotRecorded()
        {
            SequenceRecorder recorder = Make();
            recorder.Layout = Puppets.Layout;
            LogAssert.Expect(LogType.Error, new Regex("SequenceRecorder 'Recorder': .*step 0 of agent 0, 'o0': expected a finite number, got NaN"));
            Step(recorder, float.NaN);
            Step(recorder, float.NaN);
            Step(recorder, 1f);
            LogAssert.Expect(LogType.Error, new Regex("3 observations, expected 2"));
            recorder.RecordStep(new float[3], new int[1], new float[1]);
            Assert.That(recorder.Load().Episodes.Single().Steps, Is.EqualTo(1));
        }

        [Test]
        public void ADamagedFileIsLeftAsItIs()
        {
            SequenceRecorder recorder = Make();
            recorder.Layout = Puppets.Layout;
            Directory.CreateDirectory(Path.GetDirectoryName(recorder.Path)!);
            File.WriteAllText(recorder.Path, "a shopping list, which is not to be lost");
            LogAssert.Expect(LogType.Error, new Regex("SequenceRecorder 'Recorder': .*play.episodes"));
            Assert.That(Step(recorder, 1f), Is.False);
            Assert.That(Step(recorder, 1f), Is.False);
            Assert.That(File.ReadAllText(recorder.Path), Does.StartWith("a shopping list"));
            recorder.RecordingName = "other";
            Assert.That(Step(recorder, 1f), Is.True);
        }

        [Test]
        public void WithoutALayoutItSaysSoOnce()
        {
            SequenceRecorder recorder = Make();
            LogAssert.Expect(LogType.Error, "SequenceRecorder 'Recorder': nothing says what a step consists of; expected an NPC, sizes, or a layout.");
            Step(recorder, 1f);
            Step(recorder, 1f);
        }

        [Test]
        public void ItExportsCsv()
        {
            SequenceRecorder recorder = Make();
            recorder.Layout = Puppets.Layout;
            recorder.Clear();
            Assert.That(() => recorder.ExportCsv(), Throws.InstanceOf<IOException>());
            Step(recorder, 0.1f);
            Step(recorder, -7f);
            recorder.EndEpisode();
            Episode episode = EpisodeCsv.Load(recorder.ExportCsv()).Single();
            Assert.That(episode.Observations.ToArray(), Is.EqualTo(new[] { 0.1f, 0.2f, -7f, -14f }));
            Assert.That(episode.IsWhole, Is.True);
            recorder.Clear();
            Assert.That(File.Exists(recorder.Path), Is.False);
        }

        [Test]
        public void RecordingAllocatesNothing()
        {
            SequenceRecorder recorder = Make();
            recorder.Layout = Puppets.Layout;
            float[] observation = { 1f, 2f }, continuous = { 3f };
            int[] discrete = { 1 };
            for (int i = 0; i < 5; i++) recorder.RecordStep(observation, discrete, continuous);
            long before = GC.GetAllocatedBytesForCurrentThread();
            for (int i = 0; i < 100; i++) recorder.RecordStep(observation, discrete, continuous);
            Assert.That(GC.GetAllocatedBytesForCurrentThread() - before, Is.Zero);
        }

        [UnityTest]
        public IEnumerator DestroyedNpcsEndNothing()
        {
            RecurrentNpc npc = Puppets.Npc(SequenceModelAsset.Create(Puppets.Model()));
            SequenceRecorder recorder = Make();
            recorder.Npc = npc;
            Puppets.Walk(npc, 0, 3);
            Object.Destroy(npc.gameObject);
            yield return null;
            recorder.enabled = false;
            recorder.enabled = true;
            Assert.That(recorder.Load().Episodes.Single().Steps, Is.EqualTo(3));
        }

        private static bool Step(SequenceRecorder recorder, float value) => recorder.RecordStep(new[] { value, 2f * value }, new[] { 1 }, new[] { 0f });

        private static void Erase()
        {
            string folder = Path.Combine(Application.persistentDataPath, Folder);
            if (Directory.Exists(folder)) Directory.Delete(folder, true);
        }

        private SequenceRecorder Make()
        {
            var owner = new GameObject("Recorder");
            _made.Add(owner);
            var recorder = owner.AddComponent<SequenceRecorder>();
            recorder.Directory = Folder;
            return recorder;
        }
    }
}
