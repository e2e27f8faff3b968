using System;
using NUnit.Framework;
using Recurrent.Diagnostics;

namespace Recurrent.Tests.Diagnostics
{
    public sealed class DatasetRecorderTests
    {
        private static readonly float[][] Inputs = { GradientCheck.Draw(new RandomSource(1), 2 * 5), GradientCheck.Draw(new RandomSource(2), 2 * 3), GradientCheck.Draw(new RandomSource(3), 2 * 4) };

        [Test]
        public void ASequenceIsRecordedAsAStreamWouldBe()
        {
            var model = new SequenceModel(new LSTM(2, 6, seed: 1), new Linear(6, 1, seed: 2));
            var data = new ArrayDataset(Inputs, new[] { new float[] { 1, 2, 3, 4, 5 }, new float[] { 6, 7, 8 }, new float[] { 9, 10, 11, 12 } }, 2, 1);
            Recording whole = DatasetRecorder.Sequence(model, data, 2, "NPC", 40);
            using var stream = new SequenceStream(model);
            using var recorder = new StateRecorder();
            AgentRecorder agent = recorder.Watch("NPC", stream);
            for (int t = 0; t < 4; t++)
            {
                agent.SetTarget(new[] { 9f + t });
                stream.Step(Inputs[2].AsSpan(2 * t, 2), new float[1]);
            }
            Assert.That(whole.FirstStep, Is.EqualTo(40));
            Assert.That(whole.Frames, Is.EqualTo(agent.Snapshot().Frames).Within(1e-6));
        }

        [Test]
        public void LastStepsAreThoseOfEachSequencesOwnEnd()
        {
            var model = new SequenceModel(new GRU(2, 6, bidirectional: true, seed: 1), new LastStep(), new Linear(12, 1, seed: 2));
            var data = new ArrayDataset(Inputs, new[] { new[] { 1f }, new[] { 2f }, new[] { 3f } }, 2, 1);
            Recording ends = DatasetRecorder.LastSteps(model, data, "NPC");
            Assert.That(ends.Values(ends.Layout.Find("target")!), Is.EqualTo(new[] { 1f, 2f, 3f }));
            for (int i = 0; i < 3; i++)
            {
                Recording one = DatasetRecorder.Sequence(model, data, i, "NPC");
                Assert.That(ends.Frame(i).ToArray(), Is.EqualTo(one.Frame(one.Steps - 1).ToArray()).Within(1e-6), $"sequence {i}");
            }
        }

        [Test]
        public void AReplayShowsTheGatesOfAModelThatGaveOnlyItsStateOut()
        {
            var layer = new LSTM(2, 6, seed: 1);
            var layout = new RecordingLayout(RecordChannels.All, 2, 6, 0, new[] { new RecordedCell("hn", "LSTM", 6, 6, false, null, "ONNX Runtime gives no gates out.") });
            var elsewhere = new AgentRecorder("NPC", layout, 8);
            using (var stream = new SequenceStream(layer))
                for (int t = 0; t < 5; t++)
                {
                    var frame = new float[layout.Width];
                    Inputs[0].AsSpan(2 * t, 2).CopyTo(frame);
                    stream.Step(Inputs[0].AsSpan(2 * t, 2), frame.AsSpan(2, 6));
                    frame.AsSpan(2, 6).CopyTo(frame.AsSpan(8));
                    elsewhere.Record(frame);
                }
            Recording seen = elsewhere.Snapshot(), replayed = DatasetRecorder.Replay(layer, seen);
            Assert.That(replayed.Values(replayed.Layout.Find("h")!), Is.EqualTo(seen.Values(layout.Find("h")!)));
            Assert.That(replayed.Layout.Find("f"), Is.Not.Null);
        }
    }
}
