using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text;
using NUnit.Framework;

namespace Recurrent.Tests
{
    public class SafeTensorsFileTests
    {
        private static byte[] File(string header, int dataBytes)
        {
            byte[] text = Encoding.UTF8.GetBytes(header);
            return BitConverter.GetBytes((long)text.Length).Concat(text).Concat(Enumerable.Range(1, dataBytes).Select(i => (byte)i)).ToArray();
        }

        private static SafeTensorsFile Load(string header, int dataBytes) => SafeTensorsFile.Load(File(header, dataBytes), "m");

        /// <summary>The reason that all three ways of loading agree on.</summary>
        private static string Refusal(byte[] bytes)
        {
            var fromBytes = Assert.Throws<ModelFileException>(() => SafeTensorsFile.Load(bytes, "m"))!;
            var fromStream = Assert.Throws<ModelFileException>(() => SafeTensorsFile.Load(new MemoryStream(bytes), "m"))!;
            var fromPipe = Assert.Throws<ModelFileException>(() => SafeTensorsFile.Load(new Pipe(bytes), "m"))!;
            Assert.That(fromBytes.Path, Is.EqualTo("m"));
            Assert.That(fromPipe.Reason, Is.EqualTo(fromStream.Reason));
            if (!fromBytes.Reason.Contains("bytes follow")) Assert.That(fromStream.Reason, Is.EqualTo(fromBytes.Reason));
            return fromBytes.Reason;
        }

        private static string Refusal(string header, int dataBytes) => Refusal(File(header, dataBytes));

        private static void CheckReference(SafeTensorsFile file)
        {
            Assert.That(file.Metadata, Is.EqualTo(new[] { new KeyValuePair<string, string>("a\"\\\u0001\b\u007F\n/é", "{\"x\":1}") }));
            Assert.That(file.TryGetMetadata("a\"\\\u0001\b\u007F\n/é", out string? value), Is.True);
            Assert.That(value, Is.EqualTo("{\"x\":1}"));
            Assert.That(file.TryGetMetadata("a", out _), Is.False);
            Assert.That(file.Tensors.Select(t => t.Name), Is.EqualTo(new[] { "steps", "scalar", "empty", "weight_ih_l0", "\uFFEE", "😀", "brain", "half", "mask" }));
            Assert.That(file["weight_ih_l0"].Shape.ToArray(), Is.EqualTo(new[] { 2, 3 }));
            Assert.That(file["weight_ih_l0"].ReadSingle(), Is.EqualTo(new[] { 0.5f, -1.25f, 3.0e-40f, 65504f, -0f, 1.0e30f }));
            Assert.That(file["half"].ReadSingle(), Is.EqualTo(new[] { 1f, 5.9604645e-08f, -65504f }));
            Assert.That(file["brain"].ReadSingle(), Is.EqualTo(new[] { 1f, -123.5f }));
            Assert.That(file["scalar"].Shape.Length, Is.EqualTo(0));
            Assert.That(file["scalar"].ReadDouble(), Is.EqualTo(new[] { 0.1 }));
            Assert.That(file["steps"].ReadInt64(), Is.EqualTo(new[] { -2L, long.MaxValue }));
            Assert.That(file["mask"].ReadInt64(), Is.EqualTo(new[] { 1L, 0L, 1L }));
            Assert.That(file["empty"].Shape.ToArray(), Is.EqualTo(new[] { 0, 4 }));
            Assert.That(file["empty"].ReadSingle(), Is.Empty);
            Assert.That(file.TryGetTensor("w", out _), Is.False);
            Assert.That(() => file["w"], Throws.TypeOf<ModelFileException>().With.Message.EqualTo("m: expected a tensor 'w', which is not among the 9 of the file."));
        }

        [Test]
        public void ReadsTheReferenceImplementationsFile()
        {
            byte[] bytes = SafeTensorsWriterTests.ReferenceFile();
            CheckReference(SafeTensorsFile.Load(bytes, "m"));
            CheckReference(SafeTensorsFile.Load(new MemoryStream(bytes), "m"));
            CheckReference(SafeTensorsFile.Load(new Pipe(bytes), "m"));
        }

        [Test]
        public void ReadsAStreamFromWhereItStands()
        {
            var stream = new MemoryStream(new byte[] { 1, 2, 3 }.Concat(SafeTensorsWriterTests.ReferenceFile()).ToArray()) { Position = 3 };
            CheckReference(SafeTensorsFile.Load(stream, "m"));
        }

        [Test]
        public void ReadsAPipeLongerThanItsFirstBuffer()
        {
            var values = new float[700_000];
            for (int i = 0; i < values.Length; i++) values[i] = i;
            var writer = new SafeTensorsWriter();
            writer.Add("x", new[] { 700_000 }, values);
            Assert.That(SafeTensorsFile.Load(new Pipe(writer.ToArray()), "m")["x"].ReadSingle().SequenceEqual(values), Is.True);
        }

        [Test]
        public void ReadsAnyOrderUnalignedDataAndWhiteSpace()
        {
            SafeTensorsFile file = Load("{ \"b\" : {\"data_offsets\":[1, 5],\"dtype\":\"I32\",\"shape\":[1]},\n\"a\":{\"dtype\":\"U8\",\"shape\":[],\"data_offsets\":[0,1],\"comment\":null}}\t ", 5);
            Assert.That(file.Tensors.Select(t => t.Name), Is.EqualTo(new[] { "a", "b" }));
            Assert.That(file["a"].ReadInt64(), Is.EqualTo(new[] { 1L }));
            Assert.That(file["b"].ReadInt64(), Is.EqualTo(new[] { 0x05040302L }));
        }

        [Test]
        public void EmptyTensorsMayShareAnOffset()
        {
            SafeTensorsFile file = Load(
                "{\"x\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0,4]},\"p\":{\"dtype\":\"F32\",\"shape\":[0],\"data_offsets\":[4,4]},"
                + "\"q\":{\"dtype\":\"I64\",\"shape\":[3,0],\"data_offsets\":[4,4]},\"r\":{\"dtype\":\"I64\",\"shape\":[0],\"data_offsets\":[0,0]},"
                + "\"y\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[4,8]},\"s\":{\"dtype\":\"I64\",\"shape\":[0],\"data_offsets\":[8,8]}}", 8);
            Assert.That(file.Tensors.Select(t => t.Name), Is.EqualTo(new[] { "r", "x", "p", "q", "y", "s" }));
            Assert.That(file["q"].Shape.ToArray(), Is.EqualTo(new[] { 3, 0 }));
            Assert.That(file["y"].Bytes.ToArray(), Is.EqualTo(new byte[] { 5, 6, 7, 8 }));
        }

        [Test]
        public void EmptyTensorsMustLieAtABorder()
        {
            Assert.That(Refusal("{\"x\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0,4]},\"p\":{\"dtype\":\"F32\",\"shape\":[0],\"data_offsets\":[2,2]}}", 4),
                Is.EqualTo("tensor 'p' begins at byte 2, inside 'x', which ends at 4."));
            Assert.That(Refusal("{\"x\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0,4]},\"p\":{\"dtype\":\"F32\",\"shape\":[0],\"data_offsets\":[5,5]}}", 4),
                Is.EqualTo("tensor 'p' begins at byte 5 and leaves a gap after byte 4."));
        }

        private const string One = "{\"x\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,8]}}";

        // Each of the format's rules, broken once; the header of "x" above is sound with 8 bytes of data.
        [TestCase(One, 7, "the file is truncated: the tensors should have 8 bytes, 7 are left.")]
        [TestCase(One, 0, "the file is truncated: the tensors should have 8 bytes, 0 are left.")]
        [TestCase(One, 9, "1 bytes follow the last tensor, which ends at byte 8 of the data.")]
        [TestCase("{}", 1, "1 bytes follow the last tensor, which ends at byte 0 of the data.")]
        [TestCase("", 0, "header, byte 0: expected an object that begins with '{'.")]
        [TestCase(" {}", 0, "header, byte 0: expected an object that begins with '{'.")]
        [TestCase("[]", 0, "header, byte 0: expected an object that begins with '{'.")]
        [TestCase("{\"x\":", 0, "header, byte 5: expected a value, got the end of the text.")]
        [TestCase("{\"x\":1}", 0, "header, byte 5: expected an object with 'dtype', got 1.")]
        [TestCase("{\"x\":{\"shape\":[2],\"data_offsets\":[0,8]}}", 8, "header, byte 5: expected an object with 'dtype', got an object of 2 members.")]
        [TestCase("{\"x\":{\"dtype\":\"F32\",\"data_offsets\":[0,8]}}", 8, "header, byte 5: expected an object with 'shape', got an object of 2 members.")]
        [TestCase("{\"x\":{\"dtype\":\"F32\",\"shape\":[2]}}", 8, "header, byte 5: expected an object with 'data_offsets', got an object of 2 members.")]
        [TestCase("{\"x\":{\"dtype\":1,\"shape\":[2],\"data_offsets\":[0,8]}}", 8, "header, byte 14: expected a string, got 1.")]
        [TestCase("{\"x\":{\"dtype\":\"F33\",\"shape\":[2],\"data_offsets\":[0,8]}}", 8, "tensor 'x': the type 'F33' is unknown or not supported.")]
        [TestCase("{\"x\":{\"dtype\":\"f32\",\"shape\":[2],\"data_offsets\":[0,8]}}", 8, "tensor 'x': the type 'f32' is unknown or not supported.")]
        [TestCase("{\"x\":{\"dtype\":\"F8_E4M3\",\"shape\":[8],\"data_offsets\":[0,8]}}", 8, "tensor 'x': the type 'F8_E4M3' is unknown or not supported.")]
        [TestCase("{\"x\":{\"dtype\":\"F32\",\"shape\":2,\"data_offsets\":[0,8]}}", 8, "header, byte 28: expected an array.")]
        [TestCase("{\"x\":{\"dtype\":\"F32\",\"shape\":[2.0],\"data_offsets\":[0,8]}}", 8, "header, byte 29: expected a whole number of 32 bits, got 2.")]
        [TestCase("{\"x\":{\"dtype\":\"F32\",\"shape\":[-2],\"data_offsets\":[0,8]}}", 8, "tensor 'x': dimension 0 is -2, expected at least 0.")]
        [TestCase("{\"x\":{\"dtype\":\"F32\",\"shape\":[3],\"data_offsets\":[0,8]}}", 8, "tensor 'x': the shape (3) of F32 needs 12 bytes, the data_offsets [0, 8] hold 8.")]
        [TestCase("{\"x\":{\"dtype\":\"F64\",\"shape\":[2],\"data_offsets\":[0,8]}}", 8, "tensor 'x': the shape (2) of F64 needs 16 bytes, the data_offsets [0, 8] hold 8.")]
        [TestCase("{\"x\":{\"dtype\":\"F32\",\"shape\":[2,0],\"data_offsets\":[0,8]}}", 8, "tensor 'x': the shape (2, 0) of F32 needs 0 bytes, the data_offsets [0, 8] hold 8.")]
        [TestCase("{\"x\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[8,0]}}", 8, "tensor 'x': the data_offsets [8, 0] are no range.")]
        [TestCase("{\"x\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[-8,0]}}", 8, "tensor 'x': the data_offsets [-8, 0] are no range.")]
        [TestCase("{\"x\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,8,8]}}", 8, "tensor 'x': expected 2 data_offsets, got 3.")]
        [TestCase("{\"x\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[4,12]}}", 12, "tensor 'x' begins at byte 4 and leaves a gap after byte 0.")]
        [TestCase("{\"x\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,99999999999999999999]}}", 8, "header, byte 50: expected a whole number of 64 bits, got 1E+20.")]
        [TestCase("{\"x\":{\"dtype\":\"F32\",\"shape\":[2147483647,2147483647,1024],\"data_offsets\":[0,8]}}", 8, "tensor 'x': the product of the shape (2147483647, 2147483647, 1024) overflows.")]
        [TestCase("{\"x\":{\"dtype\":\"F32\",\"shape\":[2,18446744073709551614],\"data_offsets\":[0,8]}}", 8, "header, byte 31: expected a whole number of 32 bits, got 1.8446744073709552E+19.")]
        [TestCase("{\"x\":{\"dtype\":\"U8\",\"shape\":[2147483647,4],\"data_offsets\":[0,8589934588]}}", 8, "the tensors have 8589934588 bytes, more than the 2 GB that are read.")]
        [TestCase("{\"x\":{\"dtype\":\"U8\",\"shape\":[2147400000],\"data_offsets\":[0,2147400000]}}", 8, "the file is truncated: the tensors should have 2147400000 bytes, 8 are left.")]
        [TestCase("{\"x\":{\"dtype\":\"U8\",\"shape\":[2],\"data_offsets\":[0,2]},\"y\":{\"dtype\":\"U8\",\"shape\":[2],\"data_offsets\":[1,3]}}", 3, "tensor 'y' begins at byte 1, inside 'x', which ends at 2.")]
        [TestCase("{\"x\":{\"dtype\":\"U8\",\"shape\":[2],\"data_offsets\":[0,2]},\"y\":{\"dtype\":\"U8\",\"shape\":[2],\"data_offsets\":[0,2]}}", 2, "tensor 'y' begins at byte 0, inside 'x', which ends at 2.")]
        [TestCase("{\"x\":{\"dtype\":\"U8\",\"shape\":[2],\"data_offsets\":[0,2]},\"y\":{\"dtype\":\"U8\",\"shape\":[2],\"data_offsets\":[3,5]}}", 5, "tensor 'y' begins at byte 3 and leaves a gap after byte 2.")]
        [TestCase("{\"x\":{\"dtype\":\"U8\",\"shape\":[1],\"data_offsets\":[0,1]},\"x\":{\"dtype\":\"U8\",\"shape\":[1],\"data_offsets\":[1,2]}}", 2, "header, byte 57: the object has the name 'x' twice.")]
        [TestCase("{\"x\":{\"dtype\":\"U8\",\"dtype\":\"U8\",\"shape\":[1],\"data_offsets\":[0,1]}}", 1, "header, byte 27: the object has the name 'dtype' twice.")]
        [TestCase("{\"__metadata__\":{\"a\":1}}", 0, "header, byte 21: expected a string, got 1.")]
        [TestCase("{\"__metadata__\":[]}", 0, "header, byte 16: expected __metadata__ to be an object of strings.")]
        [TestCase("{\"__metadata__\":{\"a\":\"b\",\"a\":\"c\"}}", 0, "header, byte 29: the object has the name 'a' twice.")]
        public void RefusesABrokenRule(string header, int dataBytes, string reason) => Assert.That(Refusal(header, dataBytes), Is.EqualTo(reason));

        [Test]
        public void RefusesAHeaderThatIsNotUtf8()
        {
            byte[] bytes = File("{\"x\":{}}", 0);
            bytes[10] = 0xFF;
            Assert.That(Refusal(bytes), Is.EqualTo("header, byte 2: the text is not valid UTF-8."));
        }

        [Test]
        public void RefusesAHeaderLongerThanTheFileOrTheLimit()
        {
            Assert.That(Refusal(new byte[0]), Is.EqualTo("the file is truncated: the length of the header should have 8 bytes, 0 are left."));
            Assert.That(Refusal(new byte[7]), Is.EqualTo("the file is truncated: the length of the header should have 8 bytes, 7 are left."));
            Assert.That(Refusal(BitConverter.GetBytes(3L).Concat(new[] { (byte)'{', (byte)'}' }).ToArray()), Is.EqualTo("the file is truncated: the header should have 3 bytes, 2 are left."));
            Assert.That(Refusal(BitConverter.GetBytes(100_000_000L).Concat(new byte[9]).ToArray()), Is.EqualTo("the file is truncated: the header should have 100000000 bytes, 9 are left."));
            Assert.That(Refusal(BitConverter.GetBytes(100_000_001L).Concat(new byte[9]).ToArray()), Is.EqualTo("the header claims 100000001 bytes, more than the 100000000 allowed."));
            Assert.That(Refusal(BitConverter.GetBytes(-1L).Concat(new byte[9]).ToArray()), Is.EqualTo("the header claims 18446744073709551615 bytes, more than the 100000000 allowed."));
        }

        [Test]
        public void MemoryFollowsTheBytesThatArriveNotThoseClaimed()
        {
            byte[] longHeader = BitConverter.GetBytes(99_000_000L).Concat(new byte[9]).ToArray();
            byte[] longData = File("{\"x\":{\"dtype\":\"U8\",\"shape\":[2000000000],\"data_offsets\":[0,2000000000]}}", 8);
            Refusal(longHeader); // the code is compiled before it is measured
            long before = GC.GetAllocatedBytesForCurrentThread();
            Assert.Throws<ModelFileException>(() => SafeTensorsFile.Load(new Pipe(longHeader), "m"));
            Assert.Throws<ModelFileException>(() => SafeTensorsFile.Load(new Pipe(longData), "m"));
            Assert.That(GC.GetAllocatedBytesForCurrentThread() - before, Is.LessThan(4_000_000));
        }

        [Test]
        public void RefusesAHundredThousandTensors()
        {
            var header = new StringBuilder("{");
            for (int i = 0; i < 100_000; i++) header.Append(i == 0 ? "\"" : ",\"").Append(i).Append("\":{\"dtype\":\"U8\",\"shape\":[1],\"data_offsets\":[").Append(i).Append(',').Append(i + 1).Append("]}");
            Assert.That(Refusal(header.Append('}').ToString(), 100_000), Does.EndWith("the text has more than 500000 entries."));
        }

        [TestCase("0", 2)]
        [TestCase("{\"\":0}", 7)]
        [TestCase("[]", 3)]
        public void AHeaderOfManyValuesStaysWithinBoundedMemory(string value, int length)
        {
            string header = "{\"x\":[" + string.Join(",", Enumerable.Repeat(value, 4_000_000 / length)) + "]}";
            byte[] bytes = File(header, 0);
            long before = GC.GetAllocatedBytesForCurrentThread();
            Assert.Throws<ModelFileException>(() => SafeTensorsFile.Load(bytes, "m"));
            Assert.That(GC.GetAllocatedBytesForCurrentThread() - before, Is.LessThan(150_000_000)); // with all that is dropped on the way
        }

        [Test]
        public void ReadsFiftyThousandTensors()
        {
            var header = new StringBuilder("{");
            for (int i = 0; i < 50_000; i++) header.Append(i == 0 ? "\"" : ",\"").Append(i).Append("\":{\"dtype\":\"U8\",\"shape\":[1],\"data_offsets\":[").Append(i).Append(',').Append(i + 1).Append("]}");
            SafeTensorsFile file = Load(header.Append('}').ToString(), 50_000);
            Assert.That(file.Tensors.Count, Is.EqualTo(50_000));
            Assert.That(file["49152"].ReadInt64(), Is.EqualTo(new[] { 1L })); // byte 49152 of the data counts 49153 modulo 256
        }

        [Test]
        public void RefusesDeepNesting()
        {
            Assert.That(Refusal("{\"x\":" + new string('[', 1_000_000), 0), Is.EqualTo("header, byte 12: arrays and objects are nested deeper than 8."));
            var objects = new StringBuilder();
            for (int i = 0; i < 10_000; i++) objects.Append("{\"a\":");
            Assert.That(Refusal(objects.ToString(), 0), Is.EqualTo("header, byte 40: arrays and objects are nested deeper than 8."));
        }

        [Test]
        public void AMissingFileIsNoModelFile()
        {
            Assert.That(() => SafeTensorsFile.Load(Path.Combine(Path.GetTempPath(), "recurrent-none.safetensors")), Throws.TypeOf<FileNotFoundException>());
            Assert.That(() => SafeTensorsFile.Load(Path.GetTempPath()), Throws.TypeOf<ModelFileException>().With.Message.Contains("is a folder"));
        }

        [Test]
        public void AFileCutAnywhereIsRefused()
        {
            byte[] whole = SmallModel();
            for (int length = 0; length < whole.Length; length++) Refusal(whole.Take(length).ToArray());
        }

        [Test]
        public void AFlippedByteIsRefusedOrLeavesEveryShape()
        {
            byte[] whole = SmallModel();
            int[][] shapes = { new[] { 3, 2 }, new[] { 4 }, new int[0], new[] { 5 } };
            var destination = new float[4];
            var random = new RandomSource(20240607);
            int refused = 0;
            // Every bit of every byte once, then bytes of any value at random places.
            for (int round = 0; round < whole.Length * 8 + 20_000; round++)
            {
                byte[] bytes = (byte[])whole.Clone();
                if (round < whole.Length * 8) bytes[round / 8] ^= (byte)(1 << (round % 8));
                else bytes[random.Next(bytes.Length)] = (byte)random.Next(256);
                try
                {
                    SafeTensorsFile file = SafeTensorsFile.Load(bytes, "m");
                    Assert.That(file.Tensors.Select(t => t.Shape.ToArray()), Is.EqualTo(shapes));
                    file.ReadWeights("weight_ih_l0", new[] { 4 }, destination);
                    file["scale"].ReadDouble();
                    file["steps"].ReadInt64();
                }
                catch (ModelFileException exception)
                {
                    Assert.That(exception.Path, Is.EqualTo("m"));
                    Assert.That(exception.Reason, Is.Not.Empty);
                    refused++;
                }
            }
            Assert.That(refused, Is.GreaterThan(5_000));
        }

        [Test]
        public void ManyChangedBytesAreRefusedOrRead()
        {
            byte[] whole = SmallModel();
            var random = new RandomSource(7);
            for (int round = 0; round < 10_000; round++)
            {
                byte[] bytes = (byte[])whole.Clone();
                int changes = 2 + random.Next(8);
                for (int i = 0; i < changes; i++)
                {
                    // Among the header's own marks and digits, so that many files get past the JSON.
                    int at = random.Next(4) == 0 ? random.Next(bytes.Length) : 8 + random.Next(bytes.Length - 60);
                    bytes[at] = whole[8 + random.Next(whole.Length - 60)];
                }
                try
                {
                    SafeTensorsFile.Load(bytes, "m");
                }
                catch (ModelFileException)
                {
                }
            }
        }

        /// <summary>Tensors of every width, and metadata; shapes from which no changed digit leads to another sound one.</summary>
        private static byte[] SmallModel()
        {
            var writer = new SafeTensorsWriter();
            writer.AddMetadata("architecture", "{\"cell\":\"LSTM\"}");
            writer.AddWeights("weight_ih_l0", new[] { 4 }, new[] { 0.1f, -0.2f, 0.3f, -0.4f });
            writer.Add("scale", new int[0], new[] { 0.25f }, SafeTensorType.F16);
            writer.Add("steps", new[] { 3, 2 }, new[] { 1L, 2L, 3L, 4L, 5L, 6L });
            writer.Add("mask", SafeTensorType.BOOL, new[] { 5 }, new byte[] { 1, 0, 1, 1, 0 });
            return writer.ToArray();
        }

        /// <summary>A stream that cannot seek and gives less than it is asked for, as an asset or a socket may.</summary>
        private sealed class Pipe : Stream
        {
            private readonly MemoryStream _inner;

            public Pipe(byte[] bytes) => _inner = new MemoryStream(bytes);

            public override bool CanRead => true;

            public override bool CanSeek => false;

            public override bool CanWrite => false;

            public override long Length => throw new NotSupportedException();

            public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

            public override void Flush() { }

            public override int Read(byte[] buffer, int offset, int count) => _inner.Read(buffer, offset, 1 + count / 3);

            public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

            public override void SetLength(long value) => throw new NotSupportedException();

            public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
        }
    }
}
