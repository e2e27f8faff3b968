using System;
using NUnit.Framework;
using Recurrent.Onnx;

namespace Recurrent.Tests.Onnx
{
    public class WireWriterTests
    {
        [Test]
        public void WritesTheEncodingSpecificationsOwnExamples()
        {
            var writer = new WireWriter();
            writer.Int64(1, 150);
            writer.String(2, "testing");
            Assert.That(writer.ToArray(), Is.EqualTo(new byte[] { 0x08, 0x96, 0x01, 0x12, 0x07, 0x74, 0x65, 0x73, 0x74, 0x69, 0x6E, 0x67 }));
        }

        [TestCase(0)]
        [TestCase(127)]
        [TestCase(128)]
        [TestCase(16383)]
        [TestCase(16384)]
        [TestCase(2097152)]
        public void NestedLengthsOfEveryWidthAreReadBack(int size)
        {
            var payload = new byte[size];
            for (int i = 0; i < size; i++)
                payload[i] = (byte)(i * 31);
            var writer = new WireWriter();
            writer.Int64(1, -3);
            int outer = writer.Begin(2);
            writer.Int64(1, 7);
            int inner = writer.Begin(3);
            writer.Bytes(4, payload);
            writer.End(inner);
            writer.Single(5, 0.1f);
            writer.End(outer);
            writer.Int64(6, long.MaxValue);

            var reader = new WireReader(writer.ToArray(), "test");
            reader.Next();
            Assert.That(reader.ReadInt64(), Is.EqualTo(-3));
            reader.Next();
            WireReader message = reader.ReadMessage();
            message.Next();
            Assert.That(message.ReadInt64(), Is.EqualTo(7));
            message.Next();
            WireReader nested = message.ReadMessage();
            nested.Next();
            Assert.That(nested.ReadBytes().Span.SequenceEqual(payload), Is.True);
            Assert.That(nested.Next(), Is.False);
            message.Next();
            Assert.That(message.ReadSingle(), Is.EqualTo(0.1f));
            Assert.That(message.Next(), Is.False);
            reader.Next();
            Assert.That(reader.Field, Is.EqualTo(6));
            Assert.That(reader.ReadInt64(), Is.EqualTo(long.MaxValue));
            Assert.That(reader.Next(), Is.False);
        }
    }
}
