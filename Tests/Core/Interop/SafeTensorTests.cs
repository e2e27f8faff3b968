using System.Linq;
using NUnit.Framework;

namespace Recurrent.Tests
{
    public class SafeTensorTests
    {
        private static SafeTensor Tensor(SafeTensorType type, int[] shape, params byte[] bytes)
        {
            var writer = new SafeTensorsWriter();
            writer.Add("t", type, shape, bytes);
            return SafeTensorsFile.Load(writer.ToArray(), "m.safetensors")["t"];
        }

        // Little-endian bytes written out by hand.
        [TestCase(SafeTensorType.BOOL, new byte[] { 0, 1, 2 }, new[] { 0L, 1L, 1L })]
        [TestCase(SafeTensorType.U8, new byte[] { 0, 255 }, new[] { 0L, 255L })]
        [TestCase(SafeTensorType.I8, new byte[] { 127, 128 }, new[] { 127L, -128L })]
        [TestCase(SafeTensorType.I16, new byte[] { 0x34, 0x12, 0x00, 0x80 }, new[] { 0x1234L, -32768L })]
        [TestCase(SafeTensorType.U16, new byte[] { 0x34, 0x12, 0x00, 0x80 }, new[] { 0x1234L, 32768L })]
        [TestCase(SafeTensorType.I32, new byte[] { 0x78, 0x56, 0x34, 0x12, 0xFE, 0xFF, 0xFF, 0xFF }, new[] { 0x12345678L, -2L })]
        [TestCase(SafeTensorType.U32, new byte[] { 0x78, 0x56, 0x34, 0x12, 0xFE, 0xFF, 0xFF, 0xFF }, new[] { 0x12345678L, 0xFFFFFFFEL })]
        [TestCase(SafeTensorType.I64, new byte[] { 0xFE, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF }, new[] { -2L })]
        [TestCase(SafeTensorType.U64, new byte[] { 0xFE, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0x7F }, new[] { long.MaxValue - 1 })]
        public void ReadsWholeNumbers(SafeTensorType type, byte[] bytes, long[] expected)
        {
            SafeTensor tensor = Tensor(type, new[] { expected.Length }, bytes);
            Assert.That(tensor.Count, Is.EqualTo(expected.Length));
            Assert.That(tensor.ReadInt64(), Is.EqualTo(expected));
            Assert.That(() => tensor.ReadSingle(), Throws.TypeOf<ModelFileException>().With.Message.EqualTo($"m.safetensors: tensor 't': expected floats (F32, F64, F16 or BF16), got {type}."));
            Assert.That(() => tensor.ReadDouble(), Throws.TypeOf<ModelFileException>());
        }

        [TestCase(SafeTensorType.F32, new byte[] { 0, 0, 0x20, 0xC0, 0, 0, 0x80, 0x7F }, new[] { -2.5, double.PositiveInfinity })]
        [TestCase(SafeTensorType.F64, new byte[] { 0x9A, 0x99, 0x99, 0x99, 0x99, 0x99, 0xB9, 0x3F }, new[] { 0.1 })]
        [TestCase(SafeTensorType.F16, new byte[] { 0x00, 0xC1, 0x01, 0x00 }, new[] { -2.5, 5.9604644775390625e-08 })]
        [TestCase(SafeTensorType.BF16, new byte[] { 0x20, 0xC0, 0x80, 0x7F }, new[] { -2.5, double.PositiveInfinity })]
        public void ReadsFloats(SafeTensorType type, byte[] bytes, double[] expected)
        {
            SafeTensor tensor = Tensor(type, new[] { expected.Length }, bytes);
            Assert.That(tensor.ReadDouble(), Is.EqualTo(expected));
            Assert.That(tensor.ReadSingle(), Is.EqualTo(expected.Select(v => (float)v)));
            Assert.That(() => tensor.ReadInt64(), Throws.TypeOf<ModelFileException>().With.Message.EqualTo($"m.safetensors: tensor 't': expected whole numbers, got {type}."));
        }

        [Test]
        public void RefusesWholeNumbersBeyond63Bits() => Assert.That(
            () => Tensor(SafeTensorType.U64, new[] { 1 }, 0, 0, 0, 0, 0, 0, 0, 0x80).ReadInt64(),
            Throws.TypeOf<ModelFileException>().With.Message.EqualTo("m.safetensors: tensor 't': expected numbers below 2^63, got 9223372036854775808 at [0]."));

        [Test]
        public void RefusesADestinationOfAnotherLength()
        {
            SafeTensor tensor = Tensor(SafeTensorType.F32, new[] { 1 }, 0, 0, 0, 0);
            Assert.That(() => tensor.ReadSingle(new float[2]), Throws.ArgumentException.With.Message.Contains("SafeTensor 't': the destination has 2 elements, expected 1."));
            Assert.That(() => tensor.ReadDouble(new double[0]), Throws.ArgumentException);
            Assert.That(() => Tensor(SafeTensorType.U8, new[] { 1 }, 0).ReadInt64(new long[2]), Throws.ArgumentException);
        }

        [Test]
        public void NamesTheWeightThatIsNotFinite()
        {
            var writer = new SafeTensorsWriter();
            writer.Add("nan", new[] { 2, 3 }, new[] { 0f, 1f, 2f, 3f, 4f, float.NaN });
            writer.Add("inf", new[] { 2, 2 }, new[] { 0f, 1f, float.NegativeInfinity, 3f });
            writer.Add("big", new[] { 2 }, new[] { 1.0, 1e39 });
            writer.Add("scalar", new int[0], new[] { float.NaN });
            writer.Add("fine", new[] { 2 }, new[] { 1.0, -1e38 });
            SafeTensorsFile file = SafeTensorsFile.Load(writer.ToArray(), "m");
            Assert.That(() => file.ReadWeights("nan", new[] { 2, 3 }, new float[6]), Throws.TypeOf<ModelFileException>().With.Message.EqualTo("m: tensor 'nan': expected finite weights, got NaN at [1, 2]."));
            Assert.That(() => file.ReadWeights("inf", new[] { 2, 2 }, new float[4]), Throws.TypeOf<ModelFileException>().With.Message.EqualTo("m: tensor 'inf': expected finite weights, got -Infinity at [1, 0]."));
            Assert.That(() => file.ReadWeights("big", new[] { 2 }, new float[2]), Throws.TypeOf<ModelFileException>().With.Message.EqualTo("m: tensor 'big': expected finite weights, got Infinity at [1]."));
            Assert.That(() => file.ReadWeights("scalar", new int[0], new float[1]), Throws.TypeOf<ModelFileException>().With.Message.EqualTo("m: tensor 'scalar': expected finite weights, got NaN at []."));
            var fine = new float[2];
            file.ReadWeights("fine", new[] { 2 }, fine);
            Assert.That(fine, Is.EqualTo(new[] { 1f, -1e38f }));
        }

        [Test]
        public void NamesTheShapeThatDiffers()
        {
            SafeTensor tensor = Tensor(SafeTensorType.F32, new[] { 2, 1 }, new byte[8]);
            Assert.That(() => tensor.ReadWeights(new[] { 1, 2 }, new float[2]), Throws.TypeOf<ModelFileException>().With.Message.EqualTo("m.safetensors: tensor 't': expected the shape (1, 2), got (2, 1)."));
            Assert.That(() => Tensor(SafeTensorType.I32, new[] { 1 }, 0, 0, 0, 0).ReadWeights(new[] { 1 }, new float[1]), Throws.TypeOf<ModelFileException>());
        }
    }
}
