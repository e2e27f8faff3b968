using System.IO;
using System.Linq;
using NUnit.Framework;

namespace Recurrent.Tests
{
    public sealed class TextPairTests
    {
        [Test]
        public void ReadsTwoColumns()
        {
            Assert.That(TextPair.Parse("\uFEFFeins\tone \r\n\"zwei\" drei\t two three\r\n\r\n\n").Select(pair => pair.Source + "|" + pair.Target), Is.EqualTo(new[] { "eins|one", "\"zwei\" drei|two three" }));
        }

        [TestCase("a\tb\nc\n", 2, "", "expected two columns separated by a tab, got 1")]
        [TestCase("a\tb\tc\n", 1, "", "expected two columns separated by a tab, got 3")]
        [TestCase("a\tb\n\nc\td\n", 2, "", "expected two columns separated by a tab, got 1")]
        [TestCase("a\tb\n \td\n", 2, "source", "it is empty")]
        [TestCase("a\tb\nc\t \n", 2, "target", "it is empty")]
        [TestCase("\n \n", 0, "", "it has no line, expected a source and a target separated by a tab on every line")]
        public void RefusesBadLines(string text, int line, string column, string reason)
        {
            var e = Assert.Throws<DataFileException>(() => TextPair.Parse(text, "pairs.tsv"));
            Assert.That((e!.Path, e.Line, e.Column, e.Reason), Is.EqualTo(("pairs.tsv", line, column, reason)));
        }

        [Test]
        public void ReadsFilesOfUtf8Alone()
        {
            string path = Path.GetTempFileName();
            try
            {
                File.WriteAllText(path, "größer\tbigger\n");
                Assert.That(TextPair.Load(path).Single().Source, Is.EqualTo("größer"));
                File.WriteAllBytes(path, new byte[] { 0x67, 0xF6, 9, 0x62, 10 });
                Assert.That(() => TextPair.Load(path), Throws.InstanceOf<DataFileException>().With.Message.Contains("it is no UTF-8 text"));
            }
            finally
            {
                File.Delete(path);
            }
        }
    }
}
