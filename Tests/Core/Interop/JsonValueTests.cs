using System;
using System.Linq;
using System.Text;
using NUnit.Framework;

namespace Recurrent.Tests
{
    public class JsonValueTests
    {
        [Test]
        public void ReadsEveryKindWithItsPlace()
        {
            JsonValue root = JsonValue.Parse(" {\"b\":[1,-2.5e3,true,false,null],\r\n\t\"a\":{\"x\":\"y\"},\"\":{},\"e\":[]} ");

            Assert.That(root.Kind, Is.EqualTo(JsonKind.Object));
            Assert.That(root.Names, Is.EqualTo(new[] { "b", "a", "", "e" }));
            Assert.That(root["b"].Items.Select(v => v.Kind), Is.EqualTo(new[] { JsonKind.Number, JsonKind.Number, JsonKind.Boolean, JsonKind.Boolean, JsonKind.Null }));
            Assert.That(root["b"][0].AsInt32(), Is.EqualTo(1));
            Assert.That(root["b"][1].AsDouble(), Is.EqualTo(-2500.0));
            Assert.That(root["b"][2].AsBoolean(), Is.True);
            Assert.That(root["b"][3].AsBoolean(), Is.False);
            Assert.That(root["a"]["x"].AsString(), Is.EqualTo("y"));
            Assert.That(root[""].Count, Is.EqualTo(0));
            Assert.That(root["e"].Count, Is.EqualTo(0));
            Assert.That(root["b"].Offset, Is.EqualTo(6));
            Assert.That(root["b"][1].Offset, Is.EqualTo(9));
            Assert.That(root.TryGet("c", out JsonValue? none), Is.False);
            Assert.That(none, Is.Null);
        }

        [TestCase("0", 0L)]
        [TestCase("-1", -1L)]
        [TestCase("9007199254740993", 9007199254740993L)]
        [TestCase("9223372036854775807", long.MaxValue)]
        [TestCase("-9223372036854775808", long.MinValue)]
        public void ReadsWholeNumbersExactly(string text, long expected) => Assert.That(JsonValue.Parse(text).AsInt64(), Is.EqualTo(expected));

        [TestCase("0.1", 0.1)]
        [TestCase("1E+2", 100.0)]
        [TestCase("123456789012345678901234567890", 1.2345678901234568e29)]
        [TestCase("5e-324", double.Epsilon)]
        [TestCase("2.4e-324", 0.0)]
        [TestCase("1.7976931348623157e308", double.MaxValue)]
        [TestCase("9007199254740993", 9007199254740992.0)]
        [TestCase("0.500000000000000166533453693773481063544750213623046875", 0.5000000000000002)]
        public void ReadsTheNearestDouble(string text, double expected) =>
            Assert.That(BitConverter.DoubleToInt64Bits(JsonValue.Parse(text).AsDouble()), Is.EqualTo(BitConverter.DoubleToInt64Bits(expected)));

        [Test]
        public void KeepsTheSignOfZero()
        {
            Assert.That(BitConverter.DoubleToInt64Bits(JsonValue.Parse("-0").AsDouble()), Is.EqualTo(long.MinValue));
            Assert.That(BitConverter.DoubleToInt64Bits(JsonValue.Parse("-0.0").AsDouble()), Is.EqualTo(long.MinValue));
            Assert.That(() => JsonValue.Parse("-0").AsInt64(), Throws.TypeOf<JsonFormatException>());
        }

        [Test]
        public void UnescapesStrings()
        {
            string text = JsonValue.Parse("\"\\\"\\\\\\/\\b\\f\\n\\r\\t\\u0041\\u00e9\\uD83d\\uDE00é😀\\u0000.\"").AsString();
            Assert.That(text, Is.EqualTo("\"\\/\b\f\n\r\tAé😀é😀\0."));
        }

        [TestCase("", 0, "expected a value, got the end of the text.")]
        [TestCase("  ", 2, "expected a value, got the end of the text.")]
        [TestCase("{} x", 3, "expected the end of the text, got 'x'.")]
        [TestCase("[1,]", 3, "expected a value, got ']'.")]
        [TestCase("[1 2]", 3, "expected ',' or ']', got '2'.")]
        [TestCase("[", 1, "expected a value, got the end of the text.")]
        [TestCase("{\"a\":1,}", 7, "expected a name in quotes, got '}'.")]
        [TestCase("{a:1}", 1, "expected a name in quotes, got 'a'.")]
        [TestCase("{\"a\" 1}", 5, "expected ':', got '1'.")]
        [TestCase("{\"a\":1 \"b\":2}", 7, "expected ',' or '}', got '\"'.")]
        [TestCase("'a'", 0, "expected a value, got '''.")]
        [TestCase("tru", 3, "expected true, got the end of the text.")]
        [TestCase("True", 0, "expected a value, got 'T'.")]
        [TestCase("NaN", 0, "expected a value, got 'N'.")]
        [TestCase("nul!", 3, "expected null, got '!'.")]
        [TestCase("-Infinity", 1, "expected a digit, got 'I'.")]
        [TestCase("01", 1, "expected the end of the text, got '1'.")]
        [TestCase("+1", 0, "expected a value, got '+'.")]
        [TestCase(".5", 0, "expected a value, got '.'.")]
        [TestCase("1.", 2, "expected a digit, got the end of the text.")]
        [TestCase("1e", 2, "expected a digit, got the end of the text.")]
        [TestCase("0x1", 1, "expected the end of the text, got 'x'.")]
        [TestCase("1e400", 0, "the number is beyond the range of a double.")]
        [TestCase("/*c*/1", 0, "expected a value, got '/'.")]
        [TestCase("\"a", 2, "expected a character or the closing quote, got the end of the text.")]
        [TestCase("\"\t\"", 1, "expected a character or the closing quote, got the byte 0x09.")]
        [TestCase("\"\\x\"", 2, "expected one of \"\\/bfnrtu after a backslash, got 'x'.")]
        [TestCase("\"\\u00g0\"", 5, "expected a hexadecimal digit, got 'g'.")]
        [TestCase("\"\\u12", 5, "expected a hexadecimal digit, got the end of the text.")]
        [TestCase("\"\\ud800\"", 1, "the escape is half of a surrogate pair.")]
        [TestCase("\"\\udc00\"", 1, "the escape is half of a surrogate pair.")]
        [TestCase("\"\\ud800\\u0041\"", 1, "the escape is half of a surrogate pair.")]
        [TestCase("{\"a\":1,\"b\":2,\"a\":3}", 17, "the object has the name 'a' twice.")]
        [TestCase("{\"a\":1,\"\\u0061\":3}", 16, "the object has the name 'a' twice.")]
        [TestCase("\uFEFF1", 0, "expected a value, got the byte 0xEF.")]
        public void RefusesWhatIsNotJson(string text, int offset, string reason)
        {
            var exception = Assert.Throws<JsonFormatException>(() => JsonValue.Parse(text))!;
            Assert.That(exception.Reason, Is.EqualTo(reason));
            Assert.That(exception.Offset, Is.EqualTo(offset));
            Assert.That(exception.Message, Is.EqualTo($"byte {offset}: {reason}"));
        }

        [TestCase("22 FF 22", 1)] // no byte of UTF-8
        [TestCase("22 61 C0 AF 22", 2)] // overlong
        [TestCase("22 ED A0 80 22", 1)] // a surrogate
        [TestCase("22 F4 90 80 80 22", 1)] // beyond U+10FFFF
        [TestCase("22 61 E2 82 22", 2)] // cut
        public void RefusesWhatIsNotUtf8(string hexadecimal, int offset)
        {
            byte[] text = hexadecimal.Split(' ').Select(h => Convert.ToByte(h, 16)).ToArray();
            var exception = Assert.Throws<JsonFormatException>(() => JsonValue.Parse(text))!;
            Assert.That(exception.Reason, Is.EqualTo("the text is not valid UTF-8."));
            Assert.That(exception.Offset, Is.EqualTo(offset));
        }

        [Test]
        public void RefusesHalfASurrogatePairInAString() =>
            Assert.That(() => JsonValue.Parse("\"a\uD800\""), Throws.TypeOf<JsonFormatException>());

        [Test]
        public void LimitsDepthBytesAndEntries()
        {
            var limits = new JsonLimits(maxDepth: 3, maxBytes: 20, maxEntries: 4);
            Assert.That(JsonValue.Parse("[[[1]],2]", limits).Count, Is.EqualTo(2));
            Assert.That(() => JsonValue.Parse("[[{\"a\":[]}]]", limits), Throws.TypeOf<JsonFormatException>().With.Message.EqualTo("byte 7: arrays and objects are nested deeper than 3."));
            Assert.That(JsonValue.Parse("[1,{\"a\":2,\"b\":3}]", limits)[1]["b"].AsInt32(), Is.EqualTo(3));
            Assert.That(() => JsonValue.Parse("[1,[2,3,4]]", limits), Throws.TypeOf<JsonFormatException>().With.Message.EqualTo("byte 8: the text has more than 4 entries."));
            Assert.That(JsonValue.Parse("\"" + new string('x', 18) + "\"", limits).AsString().Length, Is.EqualTo(18));
            Assert.That(() => JsonValue.Parse(Encoding.UTF8.GetBytes(new string(' ', 21)), limits), Throws.TypeOf<JsonFormatException>().With.Message.EqualTo("byte 0: the text has 21 bytes, more than 20."));
            Assert.That(() => JsonValue.Parse(new string(' ', 21), limits), Throws.TypeOf<JsonFormatException>());
            Assert.That(() => JsonValue.Parse(new string('1', 1025)), Throws.TypeOf<JsonFormatException>().With.Message.Contains("1024 characters"));
            Assert.That(() => new JsonLimits(maxDepth: 257), Throws.TypeOf<ArgumentOutOfRangeException>());
        }

        [Test]
        public void SurvivesAMillionBrackets() =>
            Assert.That(() => JsonValue.Parse(new string('[', 1_000_000)), Throws.TypeOf<JsonFormatException>().With.Message.EqualTo("byte 64: arrays and objects are nested deeper than 64."));

        [Test]
        public void SaysWhatItIsWhenAskedForSomethingElse()
        {
            JsonValue root = JsonValue.Parse("{\"a\":[1.5,\"x\",null,3000000000,1e39,true]}");
            JsonValue a = root["a"];
            Assert.That(() => root["b"], Throws.TypeOf<JsonFormatException>().With.Message.EqualTo("byte 0: expected an object with 'b', got an object of 1 members."));
            Assert.That(() => a["b"], Throws.TypeOf<JsonFormatException>().With.Message.EqualTo("byte 5: expected an object with 'b', got an array of 6."));
            Assert.That(() => a[6], Throws.TypeOf<JsonFormatException>().With.Message.EqualTo("byte 5: expected at least 7 entries, got an array of 6."));
            Assert.That(() => a[0].AsInt64(), Throws.TypeOf<JsonFormatException>().With.Message.EqualTo("byte 6: expected a whole number of 64 bits, got 1.5."));
            Assert.That(() => a[1].AsDouble(), Throws.TypeOf<JsonFormatException>().With.Message.EqualTo("byte 10: expected a number, got a string."));
            Assert.That(() => a[2].AsString(), Throws.TypeOf<JsonFormatException>().With.Message.EqualTo("byte 14: expected a string, got null."));
            Assert.That(() => a[3].AsInt32(), Throws.TypeOf<JsonFormatException>().With.Message.EqualTo("byte 19: expected a whole number of 32 bits, got 3000000000."));
            Assert.That(() => a[4].AsSingle(), Throws.TypeOf<JsonFormatException>().With.Message.EqualTo("byte 30: expected a number in the range of a float, got 1E+39."));
            Assert.That(() => a[5].AsString(), Throws.TypeOf<JsonFormatException>().With.Message.EqualTo("byte 35: expected a string, got true."));
            Assert.That(() => a[3].AsBoolean(), Throws.TypeOf<JsonFormatException>().With.Message.EqualTo("byte 19: expected true or false, got 3000000000."));
        }
    }
}
