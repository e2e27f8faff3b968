using System;
using System.Collections.Generic;
using NUnit.Framework;
using Recurrent.Diagnostics;

namespace Recurrent.Tests.Diagnostics
{
    public sealed class StateRecorderTests
    {
        [TestCase(3)]
        [TestCase(4)]
        [TestCase(9)]
        [TestCase(5 * 4 + 1)]
        public void TheRingHoldsWhatANaiveListWouldHold(int steps)
        {
            var layer = new GRU(2, 5, seed: 2);
            using var stream = new SequenceStream(layer, 2);
            using var recorder = new StateRecorder(capacity: 4);
            AgentRecorder agent = recorder.Watch("NPC", stream, row: 1, targetSize: 1);
            var list = new List<float[]>();
            var random = new RandomSource(6);
            float[] output = new float[10], target = new float[1];
            for (int t = 0; t < steps; t++)
            {
                float[] input = GradientCheck.Draw(random, 4);
                bool known = t % 3 != 1;
                target[0] = t;
                if (known) agent.SetTarget(target);
                stream.Step(input, output);
                var frame = new List<float> { input[2], input[3] };
                for (int u = 5; u < 10; u++) frame.Add(output[u]);
                frame.Add(known ? t : float.NaN);
                for (int u = 5; u < 10; u++) frame.Add(output[u]);
                var gate = new float[5];
                for (int g = 0; g < 3; g++)
                {
                    stream.Watch()[0].CopyGate(g, 0, 1, gate);
                    frame.AddRange(gate);
                }
                list.Add(frame.ToArray());
            }

            Assert.That(agent.StepCount, Is.EqualTo(steps));
            Assert.That(agent.FirstStep, Is.EqualTo(Math.Max(0, steps - 4)));
            Recording snapshot = agent.Snapshot();
            Assert.That(snapshot.Steps, Is.EqualTo(Math.Min(steps, 4)));
            for (int i = 0; i < snapshot.Steps; i++)
            {
                int step = (int)snapshot.FirstStep + i;
                Assert.That(snapshot.Frame(i).ToArray(), Is.EqualTo(list[step]), $"step {step}");
                Assert.That(agent.Frame(step).ToArray(), Is.EqualTo(list[step]), $"step {step}");
            }
            Assert.That(() => agent.Frame(steps).Length, Throws.InstanceOf<ArgumentOutOfRangeException>());
        }

        [Test]
        public void TracksStandInOrder()
        {
            var model = new SequenceModel(("body", new LSTM(2, 4, numLayers: 2, projSize: 3)), ("head", new Linear(3, 1)));
            using var stream = new SequenceStream(model);
            using var recorder = new StateRecorder();
            RecordingLayout layout = recorder.Watch("NPC", stream).Layout;
            string[] names = new List<RecordedTrack>(layout.Tracks).ConvertAll(track => $"{track.Name}:{track.Offset}+{track.Length}").ToArray();
            Assert.That(names, Is.EqualTo(new[]
            {
                "input:0+2", "output:2+1", "target:3+1", "body.l0.h:4+3", "body.l0.c:7+4", "body.l0.i:11+4", "body.l0.f:15+4", "body.l0.g:19+4", "body.l0.o:23+4",
                "body.l1.h:27+3", "body.l1.c:30+4", "body.l1.i:34+4", "body.l1.f:38+4", "body.l1.g:42+4", "body.l1.o:46+4",
            }));
            Assert.That(layout.Width, Is.EqualTo(50));
            Assert.That(layout.Find("h")!.Name, Is.EqualTo("body.l0.h"));
            Assert.That(layout.Find("l1.f")!.Name, Is.EqualTo("body.l1.f"));
            Assert.That(layout.Find("l2.f"), Is.Null);
        }

        [Test]
        public void AMaskLeavesChannelsOut()
        {
            using var stream = new SequenceStream(new LSTM(1, 3));
            using var recorder = new StateRecorder(16, RecordChannels.Input | RecordChannels.Cell);
            AgentRecorder agent = recorder.Watch("NPC", stream);
            Assert.That(agent.Layout.Width, Is.EqualTo(4));
            stream.Step(new[] { 0.5f }, new float[3]);
            var c = new float[3];
            stream.Watch()[0].CopyCell(0, 0, c);
            Assert.That(agent.Frame(0).ToArray(), Is.EqualTo(new[] { 0.5f, c[0], c[1], c[2] }));
        }

        [Test]
        public void WatchedOrNotTheOutputsAreTheSameBitsAndNothingIsAllocated()
        {
            var layer = new LSTM(3, 20, numLayers: 2, seed: 4);
            float[] inputs = GradientCheck.Draw(new RandomSource(1), 60);
            float[] Run(bool watched)
            {
                using var stream = new SequenceStream(layer);
                using var recorder = new StateRecorder(capacity: 8);
                AgentRecorder? agent = watched ? recorder.Watch("NPC", stream) : null;
                agent?.Add(Breakpoint.Parse("norm(h) > 1000"));
                agent?.Add(Breakpoint.Parse("delta(c) > 1000"));
                agent?.Add(Breakpoint.Parse("nan"));
                var outputs = new float[20 * 20];
                float[] target = new float[20];
                void Step(int t)
                {
                    agent?.SetTarget(target);
                    stream.Step(inputs.AsSpan(3 * t, 3), outputs.AsSpan(20 * t, 20));
                }
                Step(0);
                Step(1);
                Assert.That(Allocated.By(() => { for (int t = 2; t < 20; t++) Step(t); }), Is.LessThanOrEqualTo(128), "only this closure's own delegate");
                return outputs;
            }
            Assert.That(Run(watched: true), Is.EqualTo(Run(watched: false)));
        }

        [Test]
        public void APausedRecorderKeepsItsSteps()
        {
            using var stream = new SequenceStream(new RNN(1, 2));
            using var recorder = new StateRecorder();
            AgentRecorder agent = recorder.Watch("NPC", stream);
            stream.Step(new float[1], new float[2]);
            recorder.IsRecording = false;
            stream.Step(new float[1], new float[2]);
            recorder.IsRecording = true;
            stream.Step(new float[1], new float[2]);
            Assert.That(agent.StepCount, Is.EqualTo(2));
            recorder.Unwatch(agent);
            stream.Step(new float[1], new float[2]);
            Assert.That(agent.StepCount, Is.EqualTo(2));
            agent.Clear();
            Assert.That(agent.StepCount, Is.EqualTo(0));
            Assert.That(agent.Snapshot().Steps, Is.EqualTo(0));
        }

        [Test]
        public void EightAgentsAreTheMost()
        {
            using var stream = new SequenceStream(new RNN(1, 2), 9);
            using var recorder = new StateRecorder(4);
            for (int i = 0; i < 8; i++) recorder.Watch("NPC " + i, stream, i);
            Assert.That(() => recorder.Watch("NPC 8", stream, 8), Throws.InvalidOperationException.With.Message.Contains("8 agents are watched already; let one go before NPC 8"));
            Assert.That(() => recorder.Watch("x", stream, 9), Throws.ArgumentException.With.Message.Contains("must be below 9, got 9"));
            recorder.Unwatch(recorder.Agents[3]);
            Assert.That(() => recorder.Watch("NPC 2", stream, 8), Throws.ArgumentException.With.Message.Contains("'NPC 2' is watched already"));
            recorder.Watch("NPC 8", stream, 8);
            stream.Step(new float[9], new float[18]);
            foreach (AgentRecorder agent in recorder.Agents) Assert.That(agent.StepCount, Is.EqualTo(1));
        }

        [Test]
        public void ANetworkFromElsewhereGivesItsOwnFrames()
        {
            var layout = new RecordingLayout(RecordChannels.All, 1, 1, 0, new[] { new RecordedCell("state", "ONNX", 2, 2, hasCellState: false, null, "ONNX Runtime gives no gates out.") });
            var agent = new AgentRecorder("NPC", layout, 4);
            agent.Record(new[] { 1f, 2f, 3f, 4f });
            Assert.That(agent.Snapshot().Values(layout.Find("h")!), Is.EqualTo(new[] { 3f, 4f }));
            Assert.That(() => agent.Record(new float[5]), Throws.ArgumentException.With.Message.Contains("a step has 5 numbers, expected 4"));
        }
    }
}
