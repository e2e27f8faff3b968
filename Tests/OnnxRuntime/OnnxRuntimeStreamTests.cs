using System;
using System.Linq;
using NUnit.Framework;
using Recurrent.Onnx;
using Recurrent.OnnxRuntime;
using Recurrent.Tests.Onnx;

namespace Recurrent.Tests.OnnxRuntime
{
    public class OnnxRuntimeStreamTests
    {
        [TestCase(false)]
        [TestCase(true)]
        public void BothBackendsAreOneInterface(bool symbols)
        {
            OnnxRuntimeStream.Register();
            var model = symbols
                ? new SequenceModel(new Embedding(7, 3, seed: 1), new GRU(3, 4, numLayers: 2, seed: 2), new Linear(4, 2, seed: 3))
                : new SequenceModel(new LSTM(3, 4, numLayers: 2, seed: 2), new Linear(4, 2, seed: 3));
            byte[] bytes = OnnxExporter.Export(model, new OnnxExportOptions { Graph = OnnxGraphKind.Step }).ToBytes();
            using ISequenceStream managed = OnnxStream.Open(bytes, SequenceBackend.Managed, 2), native = OnnxStream.Open(bytes, SequenceBackend.OnnxRuntime, 2), automatic = OnnxStream.Open(bytes, batch: 2);
            Assert.That(automatic, Is.InstanceOf<OnnxRuntimeStream>());
            Assert.That(native.InputSize, Is.EqualTo(managed.InputSize));
            Assert.That(native.OutputSize, Is.EqualTo(managed.OutputSize));
            Assert.That(native.Batch, Is.EqualTo(2));
            var random = new RandomSource(4);
            float[] a = new float[4], b = new float[4];
            float[][] kept = new float[2][];
            float[] held = new float[0];
            for (int t = 0; t < 6; t++)
            {
                float[] input = RandomModels.Input(random, model, 2, 1);
                if (t == 3)
                {
                    kept = new[] { managed.Snapshot(), native.Snapshot() };
                    held = input;
                }
                managed.Step(input, a);
                native.Step(input, b);
                Assert.That(b.Zip(a, (x, y) => Math.Abs(x - y)).Max(), Is.LessThan(1e-6), $"step {t}");
                if (t != 1) continue;
                managed.Reset(0);
                native.Reset(0);
            }
            managed.Restore(kept[0]);
            native.Restore(kept[1]);
            managed.Step(held, a);
            native.Step(held, b);
            Assert.That(b.Zip(a, (x, y) => Math.Abs(x - y)).Max(), Is.LessThan(1e-6));
            managed.Reset();
            native.Reset();
            Assert.That(native.Snapshot().All(value => value == 0), Is.True);
        }

        [Test]
        public void AStepAllocatesNothing()
        {
            byte[] bytes = OnnxExporter.Export(new SequenceModel(new LSTM(3, 4), new Linear(4, 2)), new OnnxExportOptions { Graph = OnnxGraphKind.Step }).ToBytes();
            using var stream = new OnnxRuntimeStream(bytes);
            float[] input = { 1, 2, 3 }, output = new float[2];
            long allocated = 0;
            for (int block = 0; block < 6; block++)
            {
                // The first blocks make the buffers and let the runtime compile what it compiles late.
                long before = GC.GetAllocatedBytesForCurrentThread();
                for (int i = 0; i < 50; i++) stream.Step(input, output);
                allocated = GC.GetAllocatedBytesForCurrentThread() - before;
            }
            Assert.That(allocated, Is.EqualTo(0));
        }

        [Test]
        public void AModelThatKeepsItsStatesToItselfIsRefused()
        {
            byte[] sequence = OnnxExporter.Export(new SequenceModel(new LSTM(3, 4), new Linear(4, 2))).ToBytes();
            Assert.That(() => new OnnxRuntimeStream(sequence), Throws.TypeOf<ModelFileException>().With.Message.Contains("its states are neither inputs nor outputs"));
        }
    }
}
