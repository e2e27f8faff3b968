using System;
using System.Linq;
using NUnit.Framework;
using Recurrent.Diagnostics;
using Recurrent.Onnx;
using Recurrent.OnnxRuntime;

namespace Recurrent.Tests.OnnxRuntime
{
    public sealed class SessionFeedTests
    {
        [Test]
        public void ItShowsTheStatesThatTheModelGivesOut([Values] bool byName, [Values(0, 2)] int row)
        {
            var model = new SequenceModel(("lstm", new LSTM(3, 4, numLayers: 2, seed: 2)), ("head", new Linear(4, 2, seed: 3)));
            byte[] bytes = OnnxExporter.Export(model, new OnnxExportOptions { Graph = OnnxGraphKind.Step }).ToBytes();
            using OnnxRuntimeStream stream = new OnnxRuntimeStream(bytes, new OnnxSessionOptions { BatchSize = 3 });
            using OnnxRuntimeSequence sequence = new OnnxRuntimeSequence(bytes, new OnnxSessionOptions { BatchSize = 3 });
            using SequenceStream managed = model.OpenStream(3);
            StateFeed feed = StateFeed.Find(byName ? (object)sequence : stream, row)!, truth = StateFeed.Of(managed, row);
            var recorder = new AgentRecorder("NPC", feed.Describe());
            var expected = new AgentRecorder("NPC", truth.Describe());
            feed.Attach(recorder);
            truth.Attach(expected);
            float[] input = new float[9], output = new float[6];
            var random = new RandomSource(4);
            for (int t = 0; t < 4; t++)
            {
                for (int i = 0; i < 9; i++) input[i] = random.NextGaussian();
                managed.Step(input, output);
                if (byName)
                {
                    input.AsSpan().CopyTo(sequence.Input(sequence.Inputs[0]));
                    sequence.Step();
                }
                else stream.Step(input, output);
            }
            RecordingLayout layout = recorder.Layout;
            Assert.That(layout.Cells.All(cell => cell.Gates.Count == 0 && cell.GatesUnseenBecause.Contains("ONNX Runtime gives out the states alone")));
            Assert.That(feed.Network, Is.Null);
            Recording got = recorder.Snapshot(), wanted = expected.Snapshot();
            Assert.That(got.Steps, Is.EqualTo(4));
            foreach (string track in new[] { "input", "output" })
                Assert.That(got.Values(layout.Find(track)!), Is.EqualTo(wanted.Values(expected.Layout.Find(track)!)).Within(1e-5f), track);
            // The exporter keeps all levels of h in one state, and of c in another: one cell with both.
            Assert.That(layout.Cells.Count, Is.EqualTo(1), string.Join(", ", layout.Tracks.Select(t => t.Name)));
            for (int t = 0; t < 4; t++)
                foreach (string symbol in new[] { "h", "c" })
                {
                    float[] levels = new[] { "l0", "l1" }.SelectMany(level => wanted.At(expected.Layout.Find($"lstm.{level}.{symbol}")!, t).ToArray()).ToArray();
                    Assert.That(got.At(layout.Find(layout.Cells[0], symbol)!, t).ToArray(), Is.EqualTo(levels).Within(1e-5f), $"{symbol} of step {t}");
                }
        }

        [Test]
        public void WatchingItChangesNothingAndAllocatesNothing()
        {
            byte[] bytes = OnnxExporter.Export(new SequenceModel(new GRU(3, 4, seed: 1), new Linear(4, 2, seed: 2)), new OnnxExportOptions { Graph = OnnxGraphKind.Step }).ToBytes();
            using OnnxRuntimeStream plain = new OnnxRuntimeStream(bytes), watched = new OnnxRuntimeStream(bytes);
            var recorder = new AgentRecorder("NPC", watched.Watch(0).Describe(), 4);
            using IDisposable connection = watched.Watch(0).Attach(recorder);
            float[] input = { 1f, -0.5f, 0.25f }, a = new float[2], b = new float[2];
            for (int t = 0; t < 5; t++)
            {
                plain.Step(input, a);
                watched.Step(input, b);
            }
            // ONNX Runtime's own interface allocates now and then; watching must not do it in every step.
            long least = long.MaxValue;
            for (int run = 0; run < 3; run++)
            {
                long before = GC.GetAllocatedBytesForCurrentThread();
                for (int t = 0; t < 20; t++) watched.Step(input, b);
                least = Math.Min(least, GC.GetAllocatedBytesForCurrentThread() - before);
            }
            Assert.That(least, Is.Zero);
            for (int t = 0; t < 60; t++) plain.Step(input, a);
            Assert.That(b, Is.EqualTo(a));
            Assert.That(recorder.StepCount, Is.EqualTo(65));
            connection.Dispose();
            watched.Step(input, b);
            Assert.That(recorder.StepCount, Is.EqualTo(65));
            Assert.That(() => watched.Watch(1), Throws.ArgumentException.With.Message.Contains("below 1, got 1"));
        }
    }
}
