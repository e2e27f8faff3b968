using System;
using System.IO;
using System.Linq;
using System.Text;
using NUnit.Framework;

namespace Recurrent.Tests
{
    public class SafeTensorsWriterTests
    {
        // Written by safetensors::serialize of the reference implementation (huggingface/safetensors 0.8.0-dev, Rust), given the tensors and the
        // metadata of Reference() below in the order: weight_ih_l0, half, brain, scalar, steps, mask, empty, U+FFEE, U+1F600.
        private const string ReferenceBytes =
            "UAIAAAAAAAB7Il9fbWV0YWRhdGFfXyI6eyJhXCJcXFx1MDAwMVxif1xuL8OpIjoie1wieFwiOjF9In0sInN0ZXBzIjp7ImR0eXBlIjoiSTY0Iiwic2hhcGUiOlsyXSwiZGF0YV9vZmZz" +
            "ZXRzIjpbMCwxNl19LCJzY2FsYXIiOnsiZHR5cGUiOiJGNjQiLCJzaGFwZSI6W10sImRhdGFfb2Zmc2V0cyI6WzE2LDI0XX0sImVtcHR5Ijp7ImR0eXBlIjoiRjMyIiwic2hhcGUiOlsw" +
            "LDRdLCJkYXRhX29mZnNldHMiOlsyNCwyNF19LCJ3ZWlnaHRfaWhfbDAiOnsiZHR5cGUiOiJGMzIiLCJzaGFwZSI6WzIsM10sImRhdGFfb2Zmc2V0cyI6WzI0LDQ4XX0sIu+/riI6eyJk" +
            "dHlwZSI6IkYzMiIsInNoYXBlIjpbMF0sImRhdGFfb2Zmc2V0cyI6WzQ4LDQ4XX0sIvCfmIAiOnsiZHR5cGUiOiJGMzIiLCJzaGFwZSI6WzBdLCJkYXRhX29mZnNldHMiOls0OCw0OF19" +
            "LCJicmFpbiI6eyJkdHlwZSI6IkJGMTYiLCJzaGFwZSI6WzEsMl0sImRhdGFfb2Zmc2V0cyI6WzQ4LDUyXX0sImhhbGYiOnsiZHR5cGUiOiJGMTYiLCJzaGFwZSI6WzNdLCJkYXRhX29m" +
            "ZnNldHMiOls1Miw1OF19LCJtYXNrIjp7ImR0eXBlIjoiQk9PTCIsInNoYXBlIjpbM10sImRhdGFfb2Zmc2V0cyI6WzU4LDYxXX19/v//////////////////f5qZmZmZmbk/AAAAPwAA" +
            "oL9HRAMAAOB/RwAAAIDK8klxgD/3wgA8AQD/+wEAAQ==";

        internal static byte[] ReferenceFile() => Convert.FromBase64String(ReferenceBytes);

        private static SafeTensorsWriter Reference()
        {
            var writer = new SafeTensorsWriter();
            writer.AddMetadata("a\"\\\u0001\b\u007F\n/é", "{\"x\":1}");
            writer.Add("half", new[] { 3 }, new[] { 1f, 5.9604645e-08f, -65504f }, SafeTensorType.F16);
            writer.Add("😀", new[] { 0 }, new float[0]);
            writer.Add("steps", new[] { 2 }, new[] { -2L, long.MaxValue });
            writer.Add("mask", SafeTensorType.BOOL, new[] { 3 }, new byte[] { 1, 0, 1 });
            writer.Add("scalar", new int[0], new[] { 0.1 });
            writer.Add("weight_ih_l0", new[] { 2, 3 }, new[] { 0.5f, -1.25f, 3.0e-40f, 65504f, -0f, 1.0e30f });
            writer.Add("\uFFEE", new[] { 0 }, new float[0]);
            writer.Add("brain", new[] { 1, 2 }, new[] { 1f, -123.5f }, SafeTensorType.BF16);
            writer.Add("empty", new[] { 0, 4 }, new float[0]);
            return writer;
        }

        [Test]
        public void WritesTheReferenceImplementationsBytes()
        {
            byte[] bytes = Reference().ToArray();
            Assert.That(Encoding.UTF8.GetString(bytes, 8, 592), Is.EqualTo(Encoding.UTF8.GetString(ReferenceFile(), 8, 592)));
            Assert.That(bytes, Is.EqualTo(ReferenceFile()));
            Assert.That(Reference().ToArray(), Is.EqualTo(bytes));
        }

        [Test]
        public void PadsTheHeaderToEightBytes()
        {
            for (int length = 0; length < 9; length++)
            {
                var writer = new SafeTensorsWriter();
                writer.Add(new string('n', length), new[] { 1 }, new[] { 2.5f });
                byte[] bytes = writer.ToArray();
                int header = bytes.Length - 8 - 4;
                Assert.That(header % 8, Is.EqualTo(0));
                Assert.That(BitConverter.ToInt64(bytes, 0), Is.EqualTo(header));
                Assert.That(Encoding.ASCII.GetString(bytes, 8, header).TrimEnd(' '), Does.EndWith("}}"));
                Assert.That(BitConverter.ToSingle(bytes, 8 + header), Is.EqualTo(2.5f));
            }
        }

        [Test]
        public void WithNothingAddedIsAnEmptyHeader() =>
            Assert.That(new SafeTensorsWriter().ToArray(), Is.EqualTo(new byte[] { 8, 0, 0, 0, 0, 0, 0, 0 }.Concat(Encoding.ASCII.GetBytes("{}      "))));

        [Test]
        public void TakesSlicesOfOneFlatArray()
        {
            var parameters = new[] { 9f, 1f, 2f, 3f, 4f, 5f, 9f };
            var writer = new SafeTensorsWriter();
            writer.AddWeights("b", new[] { 2 }, parameters.AsMemory(1, 2));
            writer.AddWeights("a", new[] { 3, 1 }, parameters.AsMemory(3, 3));
            parameters[1] = 7f; // not copied until written
            SafeTensorsFile file = SafeTensorsFile.Load(writer.ToArray(), "memory");

            var read = new float[7];
            file.ReadWeights("b", new[] { 2 }, read.AsSpan(1, 2));
            file.ReadWeights("a", new[] { 3, 1 }, read.AsSpan(3, 3));
            Assert.That(read, Is.EqualTo(new[] { 0f, 7f, 2f, 3f, 4f, 5f, 0f }));
        }

        [TestCase(SafeTensorType.F32)]
        [TestCase(SafeTensorType.F64)]
        [TestCase(SafeTensorType.F16)]
        [TestCase(SafeTensorType.BF16)]
        public void WritesManyChunksInEveryFloatType(SafeTensorType type)
        {
            var values = new float[50_001];
            for (int i = 0; i < values.Length; i++) values[i] = (i % 251 - 125) * 0.5f; // exact in 8 bits of significand
            var writer = new SafeTensorsWriter();
            writer.Add("x", new[] { 3, 16667 }, values, type);
            SafeTensor tensor = SafeTensorsFile.Load(writer.ToArray(), "memory")["x"];
            Assert.That(tensor.Type, Is.EqualTo(type));
            Assert.That(tensor.ReadSingle(), Is.EqualTo(values));
            Assert.That(tensor.ReadDouble(), Is.EqualTo(values.Select(v => (double)v)));
        }

        [Test]
        public void WritesManyChunksOfDoublesWholeNumbersAndBytes()
        {
            double[] doubles = Enumerable.Range(0, 20_000).Select(i => Math.Sqrt(i)).ToArray();
            long[] longs = Enumerable.Range(0, 20_000).Select(i => (long)i * i * i * 1_000_003).ToArray();
            byte[] shorts = Enumerable.Range(0, 100_000).Select(i => (byte)(i * 7)).ToArray();
            var writer = new SafeTensorsWriter();
            writer.Add("d", new[] { 20_000 }, doubles);
            writer.Add("l", new[] { 20_000 }, longs);
            writer.Add("s", SafeTensorType.U16, new[] { 50_000 }, shorts);
            SafeTensorsFile file = SafeTensorsFile.Load(writer.ToArray(), "memory");
            Assert.That(file["d"].ReadDouble(), Is.EqualTo(doubles));
            Assert.That(file["l"].ReadInt64(), Is.EqualTo(longs));
            Assert.That(file["s"].Bytes.ToArray(), Is.EqualTo(shorts));
            Assert.That(file["s"].ReadInt64()[1], Is.EqualTo(14 + 256 * 21));
        }

        [Test]
        public void KeepsNaNWhereWeightsAreNotMeant()
        {
            var writer = new SafeTensorsWriter();
            writer.Add("state", new[] { 2 }, new[] { float.NaN, float.PositiveInfinity });
            Assert.That(SafeTensorsFile.Load(writer.ToArray(), "memory")["state"].ReadSingle(), Is.EqualTo(new[] { float.NaN, float.PositiveInfinity }));
        }

        [Test]
        public void RefusesWeightsThatAreNotFiniteInTheStoredType()
        {
            var writer = new SafeTensorsWriter();
            Assert.That(() => writer.AddWeights("w", new[] { 3 }, new[] { 1f, 2f, float.NaN }), Throws.ArgumentException.With.Message.Contains("'w' expected weights that are finite in F32, got NaN at 2."));
            Assert.That(() => writer.AddWeights("w", new[] { 2 }, new[] { 1f, 70000f }, SafeTensorType.F16), Throws.ArgumentException.With.Message.Contains("finite in F16, got 70000 at 1."));
            Assert.That(() => writer.AddWeights("w", new[] { 1 }, new[] { float.MaxValue }, SafeTensorType.BF16), Throws.ArgumentException);
            writer.AddWeights("w", new[] { 1 }, new[] { float.MaxValue }, SafeTensorType.F64);
        }

        [Test]
        public void RefusesWhatWouldNotComeBack()
        {
            var writer = new SafeTensorsWriter();
            writer.Add("a", new[] { 1 }, new[] { 1f });
            Assert.That(() => writer.Add("a", new[] { 1 }, new[] { 1L }), Throws.ArgumentException.With.Message.Contains("the name 'a' is taken"));
            Assert.That(() => writer.Add("__metadata__", new[] { 1 }, new[] { 1f }), Throws.ArgumentException);
            Assert.That(() => writer.Add("b", new[] { 2, 2 }, new[] { 1f, 2f, 3f }), Throws.ArgumentException.With.Message.Contains("'b' has 3 values, which do not fill the shape (2, 2)"));
            Assert.That(() => writer.Add("b", new[] { -1, -1 }, new[] { 1f }), Throws.ArgumentException);
            Assert.That(() => writer.Add("b", new[] { 65536, 65536, 65536, 65536 }, new float[0]), Throws.ArgumentException);
            Assert.That(() => writer.Add("b", new[] { 1 }, new[] { 1f }, SafeTensorType.I32), Throws.ArgumentException);
            Assert.That(() => writer.Add("b", SafeTensorType.F32, new[] { 1 }, new byte[5]), Throws.ArgumentException.With.Message.Contains("5 bytes, expected a multiple of 4"));
            writer.AddMetadata("k", "v");
            Assert.That(() => writer.AddMetadata("k", "w"), Throws.ArgumentException);
            Assert.That(() => writer.AddMetadata("l", null!), Throws.ArgumentNullException);
            writer.Add("b", new[] { 2 }, new[] { 1f, 2f });
            Assert.That(SafeTensorsFile.Load(writer.ToArray(), "memory").Tensors.Count, Is.EqualTo(2));
        }

        [Test]
        public void SavesToAPath()
        {
            string path = Path.Combine(Path.GetTempPath(), "recurrent-" + Guid.NewGuid().ToString("N") + ".safetensors");
            try
            {
                Reference().Save(path);
                Assert.That(File.ReadAllBytes(path), Is.EqualTo(ReferenceFile()));
                Assert.That(SafeTensorsFile.Load(path).Path, Is.EqualTo(path));
            }
            finally
            {
                File.Delete(path);
            }
        }
    }
}
