using System;
using System.Collections;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.RegularExpressions;
using NUnit.Framework;
using Recurrent.Diagnostics;
using Recurrent.Onnx;
using UnityEngine;
using UnityEngine.TestTools;
using Object = UnityEngine.Object;

namespace Recurrent.Components.Tests
{
    [TestFixture]
    public sealed class StateProbeTests
    {
        private readonly List<GameObject> _made = new List<GameObject>();

        [TearDown]
        public void CleanUp()
        {
            foreach (GameObject made in _made)
                if (made != null) Object.DestroyImmediate(made);
            _made.Clear();
            Assert.That(StateProbe.Enabled, Is.Empty, "a probe that is gone is listed");
        }

        [Test]
        public void ItRecordsWhatTheNetworkComputes()
        {
            SequenceModel model = Puppets.Model();
            RecurrentNpc npc = Npc(SequenceModelAsset.Create(model));
            StateProbe probe = Probe(npc);
            Assert.That(probe.Recorder, Is.Null);
            Assert.That(probe.Status, Does.StartWith("Waits"));
            Puppets.Walk(npc, 0, 9);
            AgentRecorder expected = Alone(model, 0, 9);
            Assert.That(probe.Recorder!.StepCount, Is.EqualTo(9), "the first step counts too");
            Assert.That(probe.Recorder.Name, Is.EqualTo("Guard"));
            for (int t = 0; t < 9; t++) Assert.That(probe.Recorder.Frame(t).ToArray(), Is.EqualTo(expected.Frame(t).ToArray()));
            Assert.That(probe.Status, Is.EqualTo("Records; 9 steps so far."));
            Assert.That(probe.Network, Is.SameAs(npc.Model!.Model));
            Assert.That(StateProbe.Enabled, Is.EqualTo(new[] { probe }));
        }

        [Test]
        public void OffItCostsNothingAndOnItChangesNothing()
        {
            SequenceModel model = Puppets.Model();
            RecurrentNpc plain = Npc(SequenceModelAsset.Create(model)), probed = Npc(SequenceModelAsset.Create(model));
            StateProbe probe = Probe(probed);
            probe.Breakpoints = new[] { "norm(h) > 1000" };
            probe.IsRecording = false;
            Puppets.Walk(plain, 0, 10);
            Puppets.Walk(probed, 0, 10);
            Assert.That(probe.Recorder, Is.Null, "memory was taken for nothing");
            foreach (bool isOn in new[] { false, true, false, true })
            {
                probe.IsRecording = isOn;
                foreach (RecurrentNpc npc in new[] { plain, probed }) npc.Body().IsSilent = true;
                Puppets.Walk(probed, 10, 20);
                Puppets.Walk(plain, 10, 20);
                float[] perceived = Puppets.Perceive(3);
                probed.Body().Perceived = plain.Body().Perceived = perceived;
                long before = GC.GetAllocatedBytesForCurrentThread();
                for (int i = 0; i < 50; i++) probed.Step();
                Assert.That(GC.GetAllocatedBytesForCurrentThread() - before, Is.Zero);
                for (int i = 0; i < 50; i++) plain.Step();
                Assert.That(probed.Snapshot().State, Is.EqualTo(plain.Snapshot().State));
                Assert.That(probed.Body().LastContinuous, Is.EqualTo(plain.Body().LastContinuous));
            }
            Assert.That(probe.Recorder!.StepCount, Is.EqualTo(120));
            Assert.That(Marks(probe), Is.EqualTo(new[] { new StateMark(60, StateMarkKind.Missed) }));
        }

        [Test]
        public void ItFollowsAModelThatIsSwapped()
        {
            SequenceModel first = Puppets.Model(1), second = Puppets.Model(9);
            RecurrentNpc npc = Npc(SequenceModelAsset.Create(first));
            StateProbe probe = Probe(npc);
            Puppets.Walk(npc, 0, 4);
            AgentRecorder recorder = probe.Recorder!;
            npc.Model = SequenceModelAsset.Create(second);
            Puppets.Walk(npc, 4, 7);
            Assert.That(probe.Recorder, Is.SameAs(recorder), "a network of the same shape goes on in the same recording");
            AgentRecorder expected = Alone(second, 4, 7);
            for (int t = 0; t < 3; t++) Assert.That(recorder.Frame(4 + t).ToArray(), Is.EqualTo(expected.Frame(t).ToArray()));
            npc.Model!.SetModel(Puppets.Model(4));
            Puppets.Walk(npc, 7, 8);
            npc.Model = null;
            npc.Step();
            Assert.That(probe.IsConnected, Is.False);
            Assert.That(Marks(probe), Is.EqualTo(new[] { new StateMark(4, StateMarkKind.Reopened), new StateMark(7, StateMarkKind.Reopened) }));

            // Of another shape.
            var layout = new EpisodeLayout(2, new[] { 3 }, 1);
            npc.Model = SequenceModelAsset.Create(Policy.Describe(new SequenceModel(new LSTM(2, 7), new Linear(7, PolicyLoss.OutputSizeOf(layout))), layout));
            int told = 0;
            void Count() => told++;
            StateProbe.ListChanged += Count;
            npc.Step();
            StateProbe.ListChanged -= Count;
            Assert.That(told, Is.GreaterThan(0));
            Assert.That(probe.Recorder, Is.Not.SameAs(recorder));
            Assert.That((probe.Recorder!.StepCount, probe.Recorder.Layout.Cells[0].Kind), Is.EqualTo((1L, "LSTM")));
            Assert.That(recorder.StepCount, Is.EqualTo(8), "what was recorded stays readable");
        }

        [Test]
        public void ItFollowsItsAgentThroughCrowds()
        {
            SequenceModel model = Puppets.Model();
            SequenceModelAsset asset = SequenceModelAsset.Create(model);
            NpcCrowd crowd = Crowd(asset);
            RecurrentNpc[] npcs = Enumerable.Range(0, 5).Select(_ => Npc(null)).ToArray();
            foreach (RecurrentNpc npc in npcs) npc.Crowd = crowd;
            StateProbe probe = Probe(npcs[3]);
            AgentRecorder expected = Alone(model, 0, 12, 3);
            int t = 0;
            void Step(int count)
            {
                for (; count > 0; count--, t++)
                {
                    for (int who = 0; who < npcs.Length; who++)
                        if (npcs[who] != null) npcs[who].Body().Perceived = Puppets.Perceive(t, who);
                    crowd.Step();
                }
            }
            Step(3);
            npcs[0].Crowd = null;              // the last one moves into its row
            Step(2);
            Object.DestroyImmediate(npcs[1].gameObject);
            npcs[2].enabled = false;
            Step(3);
            for (int s = 0; s < 8; s++) Assert.That(probe.Recorder!.Frame(s).ToArray(), Is.EqualTo(expected.Frame(s).ToArray()).Within(1e-6f), $"step {s}");
            Assert.That(Marks(probe), Is.Empty);

            npcs[3].enabled = false;
            Step(1);
            Assert.That((probe.IsConnected, probe.Recorder!.StepCount), Is.EqualTo((false, 8L)));
            t--;
            npcs[3].enabled = true;            // and remembers
            Step(4);
            for (int s = 8; s < 12; s++) Assert.That(probe.Recorder.Frame(s).ToArray(), Is.EqualTo(expected.Frame(s).ToArray()).Within(1e-6f), $"step {s}");
            Assert.That(Marks(probe), Is.EqualTo(new[] { new StateMark(8, StateMarkKind.Reopened) }));

            npcs[3].BeginEpisode();
            Step(1);
            Assert.That(Marks(probe).Last(), Is.EqualTo(new StateMark(12, StateMarkKind.Reset)));
            npcs[3].Crowd = null;              // goes on alone, with a model of its own
            npcs[3].Model = asset;
            Puppets.Walk(npcs[3], 0, 2, 3);
            AgentRecorder anew = Alone(model, 0, 2, 3);
            Assert.That(probe.Recorder.Frame(14).ToArray(), Is.EqualTo(anew.Frame(1).ToArray()));
            Object.DestroyImmediate(crowd.gameObject);
            Assert.That(probe.IsConnected, Is.True, "it has left that crowd");
        }

        [Test]
        public void AStepThatTheCrowdTakesBackIsNotRecorded()
        {
            SequenceModel model = Puppets.Model();
            NpcCrowd crowd = Crowd(SequenceModelAsset.Create(model));
            RecurrentNpc npc = Npc(null), other = Npc(null);
            npc.Crowd = other.Crowd = crowd;
            StateProbe probe = Probe(npc);
            LogAssert.Expect(LogType.Error, new Regex("observation 'o0' is NaN"));
            for (int t = 0; t < 6; t++)
            {
                npc.Body().Perceived = t == 3 ? new[] { float.NaN, 0f } : Puppets.Perceive(t < 3 ? t : t - 1);
                crowd.Step();
            }
            AgentRecorder expected = Alone(model, 0, 5);
            Assert.That(probe.Recorder!.StepCount, Is.EqualTo(5));
            for (int s = 0; s < 5; s++) Assert.That(probe.Recorder.Frame(s).ToArray(), Is.EqualTo(expected.Frame(s).ToArray()).Within(1e-6f), $"step {s}");
        }

        [Test]
        public void AnAgentWithoutAnObjectCanBeProbed()
        {
            NpcCrowd crowd = Crowd(SequenceModelAsset.Create(Puppets.Model()));
            var agent = new NpcAgent(new IObservationSource[] { Npc(null).Body() }, Array.Empty<IActionSink>(), name: "Sheep 3");
            LogAssert.Expect(LogType.Error, new Regex("StateProbe 'Watcher': nothing beside it has hidden states"));
            StateProbe probe = Make("Watcher").AddComponent<StateProbe>();
            Assert.That(probe.Status, Is.EqualTo("There is nothing beside it that has hidden states."));
            probe.Source = agent;
            probe.AgentName = agent.Name;
            crowd.Join(agent);
            crowd.Step();
            crowd.Step();
            Assert.That((probe.Recorder!.Name, probe.Recorder.StepCount), Is.EqualTo(("Sheep 3", 2L)));
            Object.DestroyImmediate(crowd.gameObject);
            Assert.That(probe.IsConnected, Is.False);
            Assert.That(() => agent.Watch(1), Throws.ArgumentException.With.Message.Contains("row 0, got row 1"));
        }

        [Test]
        public void EpisodesAndSavedGamesLeaveMarks()
        {
            RecurrentNpc npc = Npc(SequenceModelAsset.Create(Puppets.Model()));
            StateProbe probe = Probe(npc);
            Puppets.Walk(npc, 0, 2);
            NpcSnapshot saved = npc.Snapshot();
            Puppets.Walk(npc, 2, 5);
            npc.BeginEpisode();
            Puppets.Walk(npc, 5, 7);
            npc.Restore(saved);
            Puppets.Walk(npc, 2, 3);
            Assert.That(Marks(probe), Is.EqualTo(new[] { new StateMark(5, StateMarkKind.Reset), new StateMark(7, StateMarkKind.Restored) }));
            Assert.That(probe.Recorder!.Frame(7).ToArray(), Is.EqualTo(probe.Recorder.Frame(2).ToArray()), "it goes on where it was saved");
            probe.Clear();
            Puppets.Walk(npc, 3, 4);
            Assert.That((probe.Recorder.StepCount, probe.Recorder.MarkCount), Is.EqualTo((1L, 0)));
        }

        [Test]
        public void DisabledItIsSilentAndEnabledItGoesOn()
        {
            RecurrentNpc npc = Npc(SequenceModelAsset.Create(Puppets.Model()));
            StateProbe probe = Probe(npc);
            Puppets.Walk(npc, 0, 3);
            probe.enabled = false;
            Assert.That(StateProbe.Enabled, Is.Empty);
            Assert.That(probe.Status, Is.EqualTo("Disabled."));
            Puppets.Walk(npc, 3, 6);
            npc.BeginEpisode();
            probe.enabled = true;
            Puppets.Walk(npc, 6, 8);
            Assert.That(probe.Recorder!.StepCount, Is.EqualTo(5));
            Assert.That(Marks(probe), Is.EqualTo(new[] { new StateMark(3, StateMarkKind.Missed) }));
            Object.DestroyImmediate(npc);
            Assert.That((probe.IsConnected, probe.Recorder.StepCount), Is.EqualTo((false, 5L)));
            AgentRecorder recorder = probe.Recorder;
            Object.DestroyImmediate(probe);
            Assert.That(recorder.Snapshot().Steps, Is.EqualTo(5));
        }

        [Test]
        public void AWrongSourceIsToldOnce()
        {
            GameObject stone = Make("Stone");
            RecurrentNpc npc = Npc(SequenceModelAsset.Create(Puppets.Model()));
            GameObject owner = Make("Watcher");
            owner.SetActive(false);
            var probe = owner.AddComponent<StateProbe>();
            SetField(probe, "_source", stone.transform);
            LogAssert.Expect(LogType.Error, "StateProbe 'Watcher': Transform 'Stone' has no hidden states; expected a RecurrentNpc, a SequenceForecaster, an OnnxSequence or another IStateSource.");
            owner.SetActive(true);
            Assert.That(() => probe.Save(), Throws.InvalidOperationException.With.Message.Contains("nothing is recorded"));

            // Another component of an object that has a network means that network.
            owner.SetActive(false);
            SetField(probe, "_source", npc.transform);
            owner.SetActive(true);
            Assert.That(probe.Source, Is.SameAs(npc));
            LogAssert.Expect(LogType.Error, new Regex("StateProbe 'Watcher': RecurrentNpc 'Guard': is one agent, of which there is row 0, got row 2"));
            probe.Row = 2;
            npc.Step();
            npc.Model = SequenceModelAsset.Create(Puppets.Model(2));
            npc.Step();
            Assert.That(probe.Status, Does.StartWith("What is to be recorded cannot be"));
            probe.Row = 0;
            npc.Step();
            Assert.That(probe.Recorder!.StepCount, Is.EqualTo(1));
        }

        [Test]
        public void ChannelsThatTheNetworkLacksAreAnError()
        {
            RecurrentNpc npc = Npc(SequenceModelAsset.Create(Puppets.Model()));
            StateProbe probe = Probe(npc);
            probe.Channels = RecordChannels.Cell;
            LogAssert.Expect(LogType.Error, new Regex("StateProbe 'Guard': RecordingLayout: expected something to record"));
            Puppets.Walk(npc, 0, 3);
            Assert.That(probe.Recorder, Is.Null);
            Assert.That(npc.Body().Count, Is.EqualTo(3), "the NPC does not suffer from it");
            probe.Channels = RecordChannels.Hidden;
            probe.Capacity = 2;
            Puppets.Walk(npc, 3, 7);
            Assert.That((probe.Recorder!.Layout.Width, probe.Recorder.Capacity, probe.Recorder.StepCount), Is.EqualTo((5, 2, 4L)));
        }

        [Test]
        public void ABreakpointIsToldInItsStep()
        {
            SequenceModel model = Puppets.Model();
            RecurrentNpc npc = Npc(SequenceModelAsset.Create(model));
            AgentRecorder alone = Alone(model, 0, 20);
            float threshold = (alone.Frame(11)[alone.Layout.Find("h")!.Offset + 2] + alone.Frame(12)[alone.Layout.Find("h")!.Offset + 2]) / 2;
            bool rises = alone.Frame(12)[alone.Layout.Find("h")!.Offset + 2] > threshold;
            string condition = FormattableString.Invariant($"h[2] {(rises ? '>' : '<')} {threshold}");
            StateProbe probe = Probe(npc);
            probe.PausesGame = false;
            LogAssert.Expect(LogType.Error, new Regex("StateProbe 'Guard': Breakpoint 'h\\[2\\] !': expected >"));
            probe.Breakpoints = new[] { "h[2] !", condition, "c[0] > 1" };
            var hits = new List<string>();
            probe.BreakpointHit += (who, hit) => hits.Add($"{who.AgentName} {hit.Step}");
            string line = "";
            probe.OnBreakpoint.AddListener(text => line = text);
            probe.BreakpointHit += (_, hit) =>
            {
                if (hit.Step == 12) throw new InvalidOperationException("by a listener");
            };
            LogAssert.Expect(LogType.Error, new Regex("there is no 'c' in what is recorded"));
            LogAssert.Expect(LogType.Exception, new Regex("by a listener"));
            Puppets.Walk(npc, 0, 20);
            Assert.That(hits, Does.Contain("Guard 12"));
            Assert.That(hits.Count, Is.LessThan(8));
            Assert.That(npc.Body().Count, Is.EqualTo(20), "a listener's fault ends the NPC's step");
            Assert.That(line, Does.StartWith("Guard, step ").And.Contains(condition));
            int before = hits.Count;
            probe.Breakpoints = Array.Empty<string>();
            npc.BeginEpisode();
            Puppets.Walk(npc, 0, 20);
            Assert.That(hits.Count, Is.EqualTo(before));
        }

        [Test]
        public void WhatIsRecordedIsSaved()
        {
            string folder = Path.Combine(Application.temporaryCachePath, Guid.NewGuid().ToString("N")), path = Path.Combine(folder, "deep", "a.rnnstate");
            RecurrentNpc npc = Npc(SequenceModelAsset.Create(Puppets.Model()));
            StateProbe probe = Probe(npc);
            probe.SaveAs = "probe " + Guid.NewGuid().ToString("N");
            string own = probe.SavePath;
            Assert.That(own, Does.StartWith(Application.persistentDataPath).And.EndsWith(".rnnstate"));
            try
            {
                Puppets.Walk(npc, 0, 5);
                Assert.That(probe.Save(path), Is.EqualTo(path));
                Assert.That(RecordingFile.Load(path).Recordings[0].Frames, Is.EqualTo(probe.Recorder!.Snapshot().Frames));
                Assert.That(File.Exists(own), Is.False);
                npc.BeginEpisode();
                Puppets.Walk(npc, 5, 6);
                probe.enabled = false;
                Recording saved = RecordingFile.Load(own).Recordings[0];
                Assert.That((saved.Agent, saved.Steps), Is.EqualTo(("Guard", 6)));
                Assert.That(saved.Marks, Is.EqualTo(new[] { new StateMark(5, StateMarkKind.Reset) }));
                File.Delete(own);
                probe.enabled = true;
                probe.enabled = false;
                Assert.That(File.Exists(own), Is.False, "it saves again what is saved");

                // A network of another shape is another recording, in a file of its own.
                probe.enabled = true;
                Puppets.Walk(npc, 6, 7);
                EpisodeLayout layout = Puppets.Layout;
                npc.Model = SequenceModelAsset.Create(Policy.Describe(new SequenceModel(new GRU(2, 8), new Linear(8, PolicyLoss.OutputSizeOf(layout))), layout));
                npc.Step();
                Assert.That(RecordingFile.Load(own).Recordings[0].Steps, Is.EqualTo(7));
                Object.DestroyImmediate(npc.gameObject);
                Assert.That(RecordingFile.Load(own.Replace(".rnnstate", " 2.rnnstate")).Recordings[0].Steps, Is.EqualTo(1));
            }
            finally
            {
                File.Delete(own);
                File.Delete(own.Replace(".rnnstate", " 2.rnnstate"));
                if (Directory.Exists(folder)) Directory.Delete(folder, true);
            }
        }

        [Test]
        public void WhatCannotBeSavedIsAnErrorAndNoMore()
        {
            RecurrentNpc npc = Npc(SequenceModelAsset.Create(Puppets.Model()));
            StateProbe probe = Probe(npc);
            string blocked = "blocked " + Guid.NewGuid().ToString("N");
            probe.SaveAs = blocked;
            Directory.CreateDirectory(probe.SavePath);
            try
            {
                Puppets.Walk(npc, 0, 2);
                LogAssert.Expect(LogType.Error, new Regex("StateProbe 'Guard': what was recorded cannot be saved"));
                probe.enabled = false;
            }
            finally
            {
                Directory.Delete(probe.SavePath);
                probe.SaveAs = "";
            }
        }

        [Test]
        public void AForecasterIsFollowed()
        {
            GameObject owner = Make("Price");
            var tide = owner.AddComponent<Tide>();
            var forecaster = owner.AddComponent<SequenceForecaster>();
            (forecaster.LookBack, forecaster.Horizon, forecaster.HiddenSize, forecaster.History, forecaster.StepsPerFrame) = (6, 2, 4, 60, 2);
            StateProbe probe = owner.AddComponent<StateProbe>();
            for (int t = 0; t < 80; t++) forecaster.Advance(1f / 30f);
            Assert.That(forecaster.Learner!.Rounds, Is.GreaterThan(0));
            RecordingLayout layout = probe.Recorder!.Layout;
            Assert.That(layout.Tracks.Select(track => $"{track.Name} {track.Length}").Take(4), Is.EqualTo(new[] { "input 1", "output 2", "target 2", "gru.l0.h 4" }));
            long last = probe.Recorder.StepCount - 1;
            Assert.That(probe.Recorder.Frame(last).Slice(1, 2).ToArray(), Is.EqualTo(forecaster.Forecaster!.Forecast.ToArray()));
            Assert.That(probe.Recorder.Frame(last - 2).Slice(3, 2).ToArray(), Is.EqualTo(new[] { tide.Value(tide.Reads - 2), tide.Value(tide.Reads - 1) }).Within(1e-6f));
            AgentRecorder before = probe.Recorder;
            forecaster.Horizon = 3;
            forecaster.Reopen();
            for (int t = 0; t < 10; t++) forecaster.Advance(1f / 30f);
            Assert.That(probe.Recorder, Is.Not.SameAs(before));
            Assert.That(probe.Recorder!.Layout.OutputSize, Is.EqualTo(3));
            Object.DestroyImmediate(forecaster);
            Assert.That(probe.IsConnected, Is.False);
        }

        [Test]
        public void AnOnnxModelIsFollowedRowByRow()
        {
            var model = new SequenceModel(("gru", new GRU(2, 5, seed: 1)), ("head", new Linear(5, 1, seed: 2)));
            GameObject owner = Make("Arm");
            var sequence = owner.AddComponent<OnnxSequence>();
            sequence.StepTime = StepTime.Manual;
            sequence.Model = SequenceModelAsset.Create(OnnxExporter.Export(model, new OnnxExportOptions { Graph = OnnxGraphKind.Step }).ToBytes(), ModelFormat.Onnx);
            sequence.Batch = 2;
            var probe = owner.AddComponent<StateProbe>();
            probe.Row = 1;
            for (int t = 0; t < 3; t++)
            {
                sequence.Set(sequence.Inputs[0], new[] { 9f, 9f, 0.3f * t, 1f });
                sequence.Step();
            }
            float[] saved = sequence.Snapshot();
            sequence.ResetState();
            sequence.Step();
            sequence.Restore(saved);
            sequence.Step();
            using SequenceStream alone = model.OpenStream();
            var expected = new AgentRecorder("Arm", StateFeed.Of(alone).Describe());
            StateFeed.Of(alone).Attach(expected);
            for (int t = 0; t < 3; t++) alone.Step(new[] { 0.3f * t, 1f }, new float[1]);
            for (int t = 0; t < 3; t++) Assert.That(probe.Recorder!.Frame(t).ToArray(), Is.EqualTo(expected.Frame(t).ToArray()).Within(1e-6f));
            Assert.That(Marks(probe), Is.EqualTo(new[] { new StateMark(3, StateMarkKind.Reset), new StateMark(4, StateMarkKind.Restored) }));
            sequence.Batch = 1;
            LogAssert.Expect(LogType.Error, new Regex("StateProbe 'Arm': StateFeed: expected a row below 1, got 1"));
            sequence.Step();
            Assert.That(probe.Recorder!.StepCount, Is.EqualTo(5));
        }

        [UnityTest]
        public IEnumerator ItLivesAsTheGameDoes()
        {
            RecurrentNpc npc = Npc(SequenceModelAsset.Create(Puppets.Model()));
            npc.StepTime = StepTime.Update;
            StateProbe probe = Probe(npc);
            yield return null;
            yield return null;
            long steps = probe.Recorder!.StepCount;
            Assert.That(steps, Is.GreaterThan(0));
            npc.gameObject.SetActive(false);
            yield return null;
            Assert.That(probe.Recorder.StepCount, Is.EqualTo(steps));
            Assert.That(StateProbe.Enabled, Is.Empty);
            npc.gameObject.SetActive(true);
            yield return null;
            Assert.That(probe.Recorder.StepCount, Is.GreaterThan(steps));
            Object.Destroy(npc.gameObject);
            yield return null;
            Assert.That(StateProbe.Enabled, Is.Empty);
        }

        private static AgentRecorder Alone(SequenceModel model, int from, int to, int who = 0)
        {
            using SequenceStream stream = model.OpenStream();
            StateFeed feed = StateFeed.Of(stream);
            var recorder = new AgentRecorder("alone", feed.Describe());
            feed.Attach(recorder);
            var output = new float[model.OutputSize];
            for (int t = from; t < to; t++) stream.Step(Puppets.Perceive(t, who), output);
            return recorder;
        }

        private static StateMark[] Marks(StateProbe probe) => Enumerable.Range(0, probe.Recorder!.MarkCount).Select(probe.Recorder.GetMark).ToArray();

        private static void SetField(object owner, string field, object value) =>
            owner.GetType().GetField(field, System.Reflection.BindingFlags.NonPublic | System.Reflection.BindingFlags.Instance)!.SetValue(owner, value);

        private static StateProbe Probe(RecurrentNpc npc) => npc.gameObject.AddComponent<StateProbe>();

        private RecurrentNpc Npc(SequenceModelAsset? model)
        {
            RecurrentNpc npc = Puppets.Npc(model);
            _made.Add(npc.gameObject);
            return npc;
        }

        private NpcCrowd Crowd(SequenceModelAsset asset)
        {
            var crowd = Make("Crowd").AddComponent<NpcCrowd>();
            (crowd.Model, crowd.DecisionPeriod, crowd.StepTime) = (asset, 1, StepTime.Manual);
            return crowd;
        }

        private GameObject Make(string name)
        {
            var owner = new GameObject(name);
            _made.Add(owner);
            return owner;
        }
    }
}
