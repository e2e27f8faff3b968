using NUnit.Framework;
using Recurrent.Onnx;

namespace Recurrent.Tests.Onnx
{
    public class WireReaderTests
    {
        [Test]
        public void ReadsTheEncodingSpecificationsOwnExamples()
        {
            // protobuf.dev, "Encoding": field 1 = 150 is 08 96 01; field 2 = "testing" is 12 07 74 65 73 74 69 6e 67.
            var reader = new WireReader(new byte[] { 0x08, 0x96, 0x01, 0x12, 0x07, 0x74, 0x65, 0x73, 0x74, 0x69, 0x6E, 0x67 }, "example");
            Assert.That(reader.Next(), Is.True);
            Assert.That(reader.Field, Is.EqualTo(1));
            Assert.That(reader.ReadInt64(), Is.EqualTo(150));
            Assert.That(reader.Next(), Is.True);
            Assert.That(reader.Field, Is.EqualTo(2));
            Assert.That(reader.ReadString(), Is.EqualTo("testing"));
            Assert.That(reader.Next(), Is.False);
        }

        [Test]
        public void ANegativeNumberTakesTenBytes()
        {
            var reader = new WireReader(new byte[] { 0x08, 0xFE, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0x01 }, "example");
            reader.Next();
            Assert.That(reader.ReadInt64(), Is.EqualTo(-2));
        }

        [Test]
        public void AFloatIsLittleEndian()
        {
            var reader = new WireReader(new byte[] { 0x15, 0x00, 0x00, 0x20, 0xC0 }, "example");
            reader.Next();
            Assert.That(reader.ReadSingle(), Is.EqualTo(-2.5f));
        }

        [Test]
        public void AMessageEndsWhereItsLengthSays()
        {
            // Field 3 is the message { field 1 = 150 }, field 4 = 1 follows it.
            var reader = new WireReader(new byte[] { 0x1A, 0x03, 0x08, 0x96, 0x01, 0x20, 0x01 }, "example");
            reader.Next();
            WireReader inner = reader.ReadMessage();
            Assert.That(inner.Next(), Is.True);
            Assert.That(inner.ReadInt64(), Is.EqualTo(150));
            Assert.That(inner.Next(), Is.False);
            Assert.That(reader.Next(), Is.True);
            Assert.That(reader.Field, Is.EqualTo(4));
            Assert.That(reader.ReadInt64(), Is.EqualTo(1));
        }

        [Test]
        public void AnUnknownFieldIsReturnedWithItsTag()
        {
            var reader = new WireReader(new byte[] { 0x1A, 0x02, 0x08, 0x05, 0x08, 0x07 }, "example");
            reader.Next();
            Assert.That(reader.ReadUnknown().ToArray(), Is.EqualTo(new byte[] { 0x1A, 0x02, 0x08, 0x05 }));
            reader.Next();
            Assert.That(reader.ReadInt64(), Is.EqualTo(7));
        }

        [TestCase(new byte[] { 0x08 }, "a number is cut")]
        [TestCase(new byte[] { 0x08, 0x96 }, "a number is cut")]
        [TestCase(new byte[] { 0x08, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0x02 }, "longer than 64 bits")]
        [TestCase(new byte[] { 0x08, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x01 }, "longer than 64 bits")]
        [TestCase(new byte[] { 0x0D, 0x00, 0x00, 0x00 }, "needs 4 bytes, 3 are left")]
        [TestCase(new byte[] { 0x09, 0x00 }, "needs 8 bytes, 1 are left")]
        [TestCase(new byte[] { 0x0A, 0xFF, 0xFF, 0xFF, 0xFF, 0x07 }, "claims 2147483647 bytes, 0 are left")]
        [TestCase(new byte[] { 0x0A, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0x01 }, "claims 18446744073709551615 bytes")]
        [TestCase(new byte[] { 0x0B, 0x0C }, "wire type 3")]
        [TestCase(new byte[] { 0x00, 0x00 }, "invalid field number 0")]
        [TestCase(new byte[] { 0xF8, 0xFF, 0xFF, 0xFF, 0xFF, 0x01, 0x00 }, "invalid field number")]
        public void MalformedBytesNameTheFileAndTheReason(byte[] bytes, string reason)
        {
            ModelFileException error = Assert.Throws<ModelFileException>(() =>
            {
                var reader = new WireReader(bytes, "bad.onnx");
                while (reader.Next())
                    reader.ReadUnknown();
            })!;
            Assert.That(error.Path, Is.EqualTo("bad.onnx"));
            Assert.That(error.Reason, Does.Contain(reason));
        }

        [Test]
        public void ANumberWhereATextIsExpectedIsRefused()
        {
            ModelFileException error = Assert.Throws<ModelFileException>(() =>
            {
                var reader = new WireReader(new byte[] { 0x08, 0x01 }, "bad.onnx");
                reader.Next();
                reader.ReadString();
            })!;
            Assert.That(error.Reason, Does.Contain("field 1 has wire type Varint, expected LengthDelimited"));
        }

        [Test]
        public void TextThatIsNotUtf8IsRefused()
        {
            ModelFileException error = Assert.Throws<ModelFileException>(() =>
            {
                var reader = new WireReader(new byte[] { 0x0A, 0x02, 0xC3, 0x28 }, "bad.onnx");
                reader.Next();
                reader.ReadString();
            })!;
            Assert.That(error.Reason, Does.Contain("not UTF-8"));
        }
    }
}
