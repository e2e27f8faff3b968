using System;
using System.Globalization;
using System.Threading;
using NUnit.Framework;

namespace Recurrent.Tests
{
    public class JsonWriterTests
    {
        private static JsonWriter Sample(bool indented)
        {
            var json = new JsonWriter(indented);
            json.BeginObject().Member("cell", "LSTM").Member("bias", true).Name("shape").BeginArray().Value(2).Value(3L).EndArray();
            json.Name("none").Value((string?)null).Name("empty").BeginObject().EndObject().Name("nothing").BeginArray().EndArray();
            return json.Member("rate", 0.001f).Member("loss", 0.1).EndObject();
        }

        [Test]
        public void WritesOnOneLine() => Assert.That(Sample(false).ToString(), Is.EqualTo(
            "{\"cell\":\"LSTM\",\"bias\":true,\"shape\":[2,3],\"none\":null,\"empty\":{},\"nothing\":[],\"rate\":0.001,\"loss\":0.1}"));

        [Test]
        public void Indents() => Assert.That(Sample(true).ToString(), Is.EqualTo(
            "{\n  \"cell\": \"LSTM\",\n  \"bias\": true,\n  \"shape\": [\n    2,\n    3\n  ],\n  \"none\": null,\n  \"empty\": {},\n  \"nothing\": [],\n  \"rate\": 0.001,\n  \"loss\": 0.1\n}"));

        [Test]
        public void EscapesWhatItMustAndNothingElse()
        {
            string text = "\"\\/\b\f\n\r\t\0\u001F\u007F\u2028é😀";
            string json = new JsonWriter().Value(text).ToString();
            Assert.That(json, Is.EqualTo("\"\\\"\\\\/\\b\\f\\n\\r\\t\\u0000\\u001f\u007F\u2028é😀\""));
            Assert.That(JsonValue.Parse(json).AsString(), Is.EqualTo(text));
            Assert.That(() => new JsonWriter().Value("\uDC00"), Throws.ArgumentException);
            Assert.That(() => new JsonWriter().Value("x\uD800"), Throws.ArgumentException);
        }

        [Test]
        public void NumbersReadBackAsTheSameBits()
        {
            var random = new RandomSource(5);
            for (int i = 0; i < 20_000; i++)
            {
                double d = BitConverter.Int64BitsToDouble((long)random.NextUInt64());
                if (double.IsFinite(d)) Assert.That(BitConverter.DoubleToInt64Bits(Read(new JsonWriter().Value(d)).AsDouble()), Is.EqualTo(BitConverter.DoubleToInt64Bits(d)));
                float f = BitConverter.Int32BitsToSingle((int)random.NextUInt64());
                if (float.IsFinite(f)) Assert.That(BitConverter.SingleToInt32Bits(Read(new JsonWriter().Value(f)).AsSingle()), Is.EqualTo(BitConverter.SingleToInt32Bits(f)));
            }
            foreach (float f in new[] { 0f, -0f, float.Epsilon, float.MaxValue, float.MinValue, 7.038531e-26f })
                Assert.That(BitConverter.SingleToInt32Bits(Read(new JsonWriter().Value(f)).AsSingle()), Is.EqualTo(BitConverter.SingleToInt32Bits(f)));
            Assert.That(Read(new JsonWriter().Value(long.MinValue)).AsInt64(), Is.EqualTo(long.MinValue));
        }

        [Test]
        public void DoesNotListenToTheCulture()
        {
            CultureInfo before = Thread.CurrentThread.CurrentCulture;
            var comma = (CultureInfo)CultureInfo.InvariantCulture.Clone();
            comma.NumberFormat.NumberDecimalSeparator = ",";
            comma.NumberFormat.NegativeSign = "~";
            try
            {
                Thread.CurrentThread.CurrentCulture = comma;
                Assert.That(new JsonWriter().BeginArray().Value(-1.5).Value(-0.25f).Value(-3).EndArray().ToString(), Is.EqualTo("[-1.5,-0.25,-3]"));
                Assert.That(JsonValue.Parse("-1.5").AsDouble(), Is.EqualTo(-1.5));
            }
            finally
            {
                Thread.CurrentThread.CurrentCulture = before;
            }
        }

        [Test]
        public void RefusesWhatJsonCannotSay()
        {
            Assert.That(() => new JsonWriter().Value(double.NaN), Throws.ArgumentException);
            Assert.That(() => new JsonWriter().Value(float.NegativeInfinity), Throws.ArgumentException);
        }

        [Test]
        public void RefusesCallsOutOfOrder()
        {
            Assert.That(() => new JsonWriter().Name("a"), Throws.InvalidOperationException);
            Assert.That(() => new JsonWriter().BeginArray().Name("a"), Throws.InvalidOperationException);
            Assert.That(() => new JsonWriter().BeginObject().Value(1), Throws.InvalidOperationException);
            Assert.That(() => new JsonWriter().BeginObject().Name("a").Name("b"), Throws.InvalidOperationException);
            Assert.That(() => new JsonWriter().BeginObject().Name("a").EndObject(), Throws.InvalidOperationException);
            Assert.That(() => new JsonWriter().BeginObject().EndArray(), Throws.InvalidOperationException);
            Assert.That(() => new JsonWriter().Value(1).Value(2), Throws.InvalidOperationException);
            Assert.That(() => new JsonWriter().BeginArray().ToString(), Throws.InvalidOperationException);
            Assert.That(() => new JsonWriter().ToString(), Throws.InvalidOperationException);
        }

        private static JsonValue Read(JsonWriter json) => JsonValue.Parse(json.ToUtf8());
    }
}
