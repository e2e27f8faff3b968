using System;
using NUnit.Framework;
using Recurrent.Onnx;

namespace Recurrent.Tests.Onnx
{
    public class OnnxTensorTests
    {
        private const double NaN = double.NaN;

        // Values by hand from the formats' definitions: sign, exponent, mantissa.
        [TestCase(OnnxDataType.UInt8, new byte[] { 0, 200 }, new double[] { 0, 200 })]
        [TestCase(OnnxDataType.Int8, new byte[] { 5, 0x80 }, new double[] { 5, -128 })]
        [TestCase(OnnxDataType.UInt16, new byte[] { 0x34, 0x12, 0xFF, 0xFF }, new double[] { 0x1234, 65535 })]
        [TestCase(OnnxDataType.Int16, new byte[] { 0x34, 0x12, 0xFE, 0xFF }, new double[] { 0x1234, -2 })]
        [TestCase(OnnxDataType.Int32, new byte[] { 1, 0, 0, 0, 0xFD, 0xFF, 0xFF, 0xFF }, new double[] { 1, -3 })]
        [TestCase(OnnxDataType.UInt32, new byte[] { 1, 0, 0, 0, 0xFF, 0xFF, 0xFF, 0xFF }, new double[] { 1, 4294967295 })]
        [TestCase(OnnxDataType.Int64, new byte[] { 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF }, new double[] { -1 })]
        [TestCase(OnnxDataType.UInt64, new byte[] { 0, 0, 0, 0, 0, 0, 0, 0x80 }, new double[] { 9223372036854775808 })]
        [TestCase(OnnxDataType.Bool, new byte[] { 0, 1 }, new double[] { 0, 1 })]
        [TestCase(OnnxDataType.Float, new byte[] { 0, 0, 0x20, 0xC0 }, new double[] { -2.5 })]
        [TestCase(OnnxDataType.Double, new byte[] { 0, 0, 0, 0, 0, 0, 0x04, 0xC0 }, new double[] { -2.5 })]
        [TestCase(OnnxDataType.Float16, new byte[] { 0x00, 0xC1, 0x01, 0x00 }, new double[] { -2.5, 5.9604644775390625e-08 })]
        [TestCase(OnnxDataType.BFloat16, new byte[] { 0x20, 0xC0 }, new double[] { -2.5 })]
        [TestCase(OnnxDataType.Complex64, new byte[] { 0, 0, 0x80, 0x3F, 0, 0, 0x20, 0xC0 }, new double[] { 1, -2.5 })]
        [TestCase(OnnxDataType.Complex128, new byte[] { 0, 0, 0, 0, 0, 0, 0xF0, 0x3F, 0, 0, 0, 0, 0, 0, 0x04, 0xC0 }, new double[] { 1, -2.5 })]
        [TestCase(OnnxDataType.Float8E4M3FN, new byte[] { 0x00, 0x01, 0x08, 0x38, 0xB8, 0x7E, 0x7F }, new[] { 0, 0.001953125, 0.015625, 1, -1, 448, NaN })]
        [TestCase(OnnxDataType.Float8E4M3FNUZ, new byte[] { 0x01, 0x40, 0xC0, 0x7F, 0x80 }, new[] { 0.0009765625, 1, -1, 240, NaN })]
        [TestCase(OnnxDataType.Float8E5M2, new byte[] { 0x01, 0x3C, 0x7B, 0x7C, 0xFC, 0x7D }, new[] { 1.52587890625e-05, 1, 57344, double.PositiveInfinity, double.NegativeInfinity, NaN })]
        [TestCase(OnnxDataType.Float8E5M2FNUZ, new byte[] { 0x01, 0x40, 0x7F, 0x80 }, new[] { 7.62939453125e-06, 1, 57344, NaN })]
        [TestCase(OnnxDataType.Float8E8M0, new byte[] { 127, 130, 126, 255 }, new[] { 1, 8, 0.5, NaN })]
        [TestCase(OnnxDataType.UInt4, new byte[] { 0xF1, 0x02 }, new double[] { 1, 15, 2 })]
        [TestCase(OnnxDataType.Int4, new byte[] { 0xF1, 0x08 }, new double[] { 1, -1, -8 })]
        [TestCase(OnnxDataType.Float4E2M1, new byte[] { 0x10, 0x32, 0x54, 0x76, 0xF9 }, new[] { 0, 0.5, 1, 1.5, 2, 3, 4, 6, -0.5, -6 })]
        [TestCase(OnnxDataType.UInt2, new byte[] { 0xE4, 0x03 }, new double[] { 0, 1, 2, 3, 3 })]
        [TestCase(OnnxDataType.Int2, new byte[] { 0xE4, 0x03 }, new double[] { 0, 1, -2, -1, -1 })]
        public void EveryNumericTypeIsReadFromRawData(OnnxDataType type, byte[] raw, double[] expected)
        {
            bool complex = type == OnnxDataType.Complex64 || type == OnnxDataType.Complex128;
            long count = complex ? expected.Length / 2 : expected.Length;
            OnnxTensor tensor = Parse(writer =>
            {
                writer.Int64(1, count);
                writer.Int64(2, (long)type);
                writer.Bytes(9, raw);
            });
            Assert.That(tensor.ToDoubles(), Is.EqualTo(expected));
            Assert.That(tensor.ToSingles(), Is.EqualTo(Array.ConvertAll(expected, value => (float)value)));
        }

        // The field in which the format puts each type, and what stands in it there.
        [TestCase(OnnxDataType.UInt8, 5, new long[] { 0, 200 }, new double[] { 0, 200 })]
        [TestCase(OnnxDataType.Int8, 5, new long[] { 5, -128 }, new double[] { 5, -128 })]
        [TestCase(OnnxDataType.UInt16, 5, new long[] { 65535 }, new double[] { 65535 })]
        [TestCase(OnnxDataType.Int16, 5, new long[] { -2, 3 }, new double[] { -2, 3 })]
        [TestCase(OnnxDataType.Int32, 5, new long[] { -3, 300 }, new double[] { -3, 300 })]
        [TestCase(OnnxDataType.Bool, 5, new long[] { 1, 0, 1 }, new double[] { 1, 0, 1 })]
        [TestCase(OnnxDataType.Float16, 5, new long[] { 0xC100 }, new double[] { -2.5 })]
        [TestCase(OnnxDataType.BFloat16, 5, new long[] { 0xC020 }, new double[] { -2.5 })]
        [TestCase(OnnxDataType.Float8E4M3FN, 5, new long[] { 0x7E, 0xB8 }, new double[] { 448, -1 })]
        [TestCase(OnnxDataType.Int4, 5, new long[] { 0xF1, 0x08 }, new double[] { 1, -1, -8 })]
        [TestCase(OnnxDataType.Int2, 5, new long[] { 0xE4, 0x03 }, new double[] { 0, 1, -2, -1, -1 })]
        [TestCase(OnnxDataType.Int64, 7, new long[] { -1, long.MaxValue }, new double[] { -1, long.MaxValue })]
        [TestCase(OnnxDataType.UInt32, 11, new long[] { 4294967295 }, new double[] { 4294967295 })]
        [TestCase(OnnxDataType.UInt64, 11, new long[] { -1 }, new double[] { 18446744073709551615 })]
        public void TypedIntegersAreReadPackedAndOneByOne(OnnxDataType type, int field, long[] values, double[] expected)
        {
            foreach (bool packed in new[] { true, false })
            {
                OnnxTensor tensor = Parse(writer =>
                {
                    writer.Int64(1, expected.Length);
                    writer.Int64(2, (long)type);
                    if (packed)
                        writer.Bytes(field, Varints(values));
                    else
                        foreach (long value in values)
                            writer.Int64(field, value);
                });
                Assert.That(tensor.ToDoubles(), Is.EqualTo(expected), packed ? "packed" : "one by one");
            }
        }

        [Test]
        public void TypedFloatsAreReadPackedAndOneByOne()
        {
            var values = new[] { 1.5f, -0.1f, 3e-40f };
            foreach (bool packed in new[] { true, false })
            {
                OnnxTensor tensor = Parse(writer =>
                {
                    writer.Int64(1, 3);
                    writer.Int64(2, (long)OnnxDataType.Float);
                    if (packed)
                        writer.Bytes(4, OnnxTensor.FromSingles("", new long[] { 3 }, values).Data.Span);
                    else
                        foreach (float value in values)
                            writer.Single(4, value);
                });
                Assert.That(tensor.ToSingles(), Is.EqualTo(values), packed ? "packed" : "one by one");
            }
        }

        [Test]
        public void TypedDoublesAndComplexNumbersAreRead()
        {
            byte[] bytes = { 0, 0, 0, 0, 0, 0, 0xF0, 0x3F, 0, 0, 0, 0, 0, 0, 0x04, 0xC0 };
            OnnxTensor doubles = Parse(writer =>
            {
                writer.Int64(1, 2);
                writer.Int64(2, (long)OnnxDataType.Double);
                writer.Bytes(10, bytes);
            });
            Assert.That(doubles.ToDoubles(), Is.EqualTo(new[] { 1, -2.5 }));
            OnnxTensor complex = Parse(writer =>
            {
                writer.Int64(2, (long)OnnxDataType.Complex128);
                writer.Bytes(10, bytes);
            });
            Assert.That(complex.Shape, Is.Empty);
            Assert.That(complex.ToDoubles(), Is.EqualTo(new[] { 1, -2.5 }));
        }

        [Test]
        public void TextsAreRead()
        {
            OnnxTensor tensor = Parse(writer =>
            {
                writer.Int64(1, 2);
                writer.Int64(2, (long)OnnxDataType.String);
                writer.String(6, "größe");
                writer.String(6, "");
                writer.String(8, "vocabulary");
            });
            Assert.That(tensor.Name, Is.EqualTo("vocabulary"));
            Assert.That(tensor.Strings, Is.EqualTo(new[] { "größe", "" }));
            Assert.That(() => tensor.ToSingles(), Throws.InvalidOperationException.With.Message.Contains("'vocabulary': elements are texts"));
        }

        [Test]
        public void IntegersKeepTheirLastDigits()
        {
            OnnxTensor tensor = OnnxTensor.FromInt64s("n", new long[] { 2 }, new[] { long.MaxValue, long.MinValue });
            Assert.That(tensor.ToInt64s(), Is.EqualTo(new[] { long.MaxValue, long.MinValue }));
            Assert.That(() => OnnxTensor.FromSingles("x", default, new[] { 1f }).ToInt64s(), Throws.InvalidOperationException);
            Assert.That(() => new OnnxTensor("u", OnnxDataType.UInt64, default, new byte[] { 0, 0, 0, 0, 0, 0, 0, 0x80 }).ToInt64s(), Throws.InvalidOperationException);
        }

        [Test]
        public void AShapeWithAZeroHasNoElements()
        {
            OnnxTensor tensor = Parse(writer =>
            {
                writer.Int64(1, 3);
                writer.Int64(1, 0);
                writer.Int64(2, (long)OnnxDataType.Float);
            });
            Assert.That(tensor.Count, Is.EqualTo(0));
            Assert.That(tensor.ToSingles(), Is.Empty);
        }

        [Test]
        public void ShapeAndDataThatDisagreeAreRefused()
        {
            Refuses("(2, 3) has 24 bytes, its data 20", new long[] { 2, 3 }, OnnxDataType.Float, w => w.Bytes(9, new byte[20]));
            Refuses("(2) has 8 bytes, its data 0", new long[] { 2 }, OnnxDataType.Float, w => { });
            Refuses("has 3 numbers by its shape, 2 by its data", new long[] { 3 }, OnnxDataType.Int64, w => w.Bytes(7, Varints(1, 300)));
            Refuses("has 2 numbers by its shape, 1 by its data", new long[] { 2 }, OnnxDataType.Int64, w => w.Bytes(7, new byte[] { 1, 0x80 }));
            Refuses("cut or longer", new long[] { 1 }, OnnxDataType.Int64, w => w.Bytes(7, new byte[] { 1, 0x80 }));
            Refuses("data stands in field 4 instead of 10", new long[] { 1 }, OnnxDataType.Double, w => w.Single(4, 1f));
            Refuses("more than one place", new long[] { 1 }, OnnxDataType.Float, w => { w.Single(4, 1f); w.Bytes(9, new byte[4]); });
            Refuses("has 2 elements, its data 1", new long[] { 2 }, OnnxDataType.String, w => w.String(6, "a"));
            Refuses("holds texts", new long[] { 1 }, OnnxDataType.String, w => w.Bytes(9, new byte[1]));
            Refuses("unknown element type 99", new long[] { 1 }, (OnnxDataType)99, w => w.Bytes(9, new byte[1]));
            Refuses("no shape that fits", new long[] { -1 }, OnnxDataType.Float, w => { });
            Refuses("no shape that fits", new long[] { 1L << 32, 1L << 32, 0 }, OnnxDataType.Float, w => { });
            Refuses("no shape that fits", new long[] { 65536, 65536 }, OnnxDataType.Float, w => { });
            Refuses("its data is not", new long[] { 2000000000 }, OnnxDataType.Double, w => { });
        }

        [Test]
        public void ConstructorsCheckTheirArguments()
        {
            Assert.That(() => new OnnxTensor("w", OnnxDataType.Float, new long[] { 2 }, new byte[7]),
                Throws.ArgumentException.With.Message.Contains("OnnxTensor 'w': Float(2) has 8 bytes, got 7."));
            Assert.That(() => new OnnxTensor("w", new long[] { 2 }, new[] { "a" }), Throws.ArgumentException);
            Assert.That(() => new OnnxTensor("w", OnnxDataType.String, new long[] { 0 }, default(ReadOnlyMemory<byte>)), Throws.ArgumentException);
        }

        private static void Refuses(string reason, long[] shape, OnnxDataType type, Action<WireWriter> data)
        {
            ModelFileException error = Assert.Throws<ModelFileException>(() => Parse(writer =>
            {
                foreach (long size in shape)
                    writer.Int64(1, size);
                writer.Int64(2, (long)type);
                writer.String(8, "w");
                data(writer);
            }))!;
            Assert.That(error.Reason, Does.Contain("tensor 'w'").And.Contain(reason));
        }

        private static OnnxTensor Parse(Action<WireWriter> write)
        {
            var writer = new WireWriter();
            write(writer);
            return new OnnxReader("test.pb", null).ReadTensorFile(writer.ToArray());
        }

        private static byte[] Varints(params long[] values)
        {
            var writer = new WireWriter();
            foreach (long value in values)
                writer.Int64(1, value);
            // Without the one-byte tags.
            byte[] tagged = writer.ToArray();
            var bytes = new System.Collections.Generic.List<byte>();
            for (int position = 0; position < tagged.Length;)
            {
                int start = ++position;
                WireReader.TryReadVarint(tagged, ref position, out ulong _);
                for (int i = start; i < position; i++)
                    bytes.Add(tagged[i]);
            }
            return bytes.ToArray();
        }
    }
}
