using System;
using NUnit.Framework;
using Recurrent.Onnx;

namespace Recurrent.Tests.Onnx
{
    public class OnnxStreamTests
    {
        [Test]
        public void AManagedStreamCarriesTheStateOfAnOnnxModel()
        {
            var model = new SequenceModel(new LSTM(2, 3, seed: 1), new Linear(3, 1, seed: 2));
            byte[] bytes = OnnxExporter.Export(model, new OnnxExportOptions { Graph = OnnxGraphKind.Step }).ToBytes();
            using ISequenceStream imported = OnnxStream.Open(bytes, SequenceBackend.Managed, batch: 2);
            using ISequenceStream original = model.OpenStream(2);
            Assert.That(imported.InputSize, Is.EqualTo(2));
            Assert.That(imported.OutputSize, Is.EqualTo(1));
            Assert.That(imported.Batch, Is.EqualTo(2));
            var a = new float[2];
            var b = new float[2];
            for (int t = 0; t < 4; t++)
            {
                float[] input = SmallModels.Numbers((ulong)t, 4);
                imported.Step(input, a);
                original.Step(input, b);
                Assert.That(a, Is.EqualTo(b), $"step {t}");
                if (t == 1) imported.Reset(1);
                if (t == 1) original.Reset(1);
            }
            Assert.That(imported.Snapshot(), Is.EqualTo(original.Snapshot()));
        }

        [Test]
        public void ABackendThatIsNotThereIsNamed() =>
            Assert.That(() => OnnxStream.Open(new byte[0], (SequenceBackend)17), Throws.TypeOf<NotSupportedException>().With.Message.Contains("17 is not there"));
    }
}
