using System;
using System.Linq;
using NUnit.Framework;

namespace Recurrent.Tests
{
    [TestFixture]
    public sealed class VocabularyTests
    {
        [Test]
        public void SymbolsAreNumberedByPlace()
        {
            var vocabulary = new Vocabulary(new[] { "<pad>", "b", "<s>", "a", "</s>" });
            Assert.That(vocabulary.Count, Is.EqualTo(5));
            Assert.That(vocabulary.IndexOf("a"), Is.EqualTo(3));
            Assert.That(vocabulary[1], Is.EqualTo("b"));
            Assert.That(new[] { vocabulary.Padding, vocabulary.Start, vocabulary.End, vocabulary.Unknown }, Is.EqualTo(new[] { 0, 2, 4, -1 }));
            Assert.That(vocabulary.Contains("A"), Is.False);
        }

        [Test]
        public void APartOfATextIsFoundAsASymbol()
        {
            // Enough symbols that several share a place of the table.
            string[] symbols = Enumerable.Range(0, 1000).Select(i => "s" + i).ToArray();
            var vocabulary = new Vocabulary(symbols);
            for (int i = 0; i < symbols.Length; i++) Assert.That(vocabulary.IndexOf(("x" + symbols[i] + "x").AsSpan(1, symbols[i].Length)), Is.EqualTo(i));
            Assert.That(() => vocabulary.IndexOf("s1000".AsSpan()), Throws.ArgumentException);
            Assert.That(vocabulary.Contains("s99"), Is.True);
        }

        [Test]
        public void AnUnknownSymbolHasTheNumberOfUnknown()
        {
            Assert.That(new Vocabulary(new[] { "a", "<unk>" }).IndexOf("z"), Is.EqualTo(1));
            Assert.That(() => new Vocabulary(new[] { "a", "b" }).IndexOf("z"), Throws.ArgumentException.With.Message.StartsWith("Vocabulary: 'z' is none of the 2 symbols"));
        }

        [Test]
        public void TheMostFrequentSymbolsAreKept()
        {
            Vocabulary vocabulary = Vocabulary.Build("mississippi".Select(c => c.ToString()), 5, Vocabulary.PaddingSymbol, Vocabulary.UnknownSymbol);
            Assert.That(vocabulary.Symbols, Is.EqualTo(new[] { "<pad>", "<unk>", "i", "s", "p" }));
            Assert.That(vocabulary.IndexOf("m"), Is.EqualTo(1));
            Assert.That(Vocabulary.Build(new[] { "<pad>", "b", "a" }, special: "<pad>").Symbols, Is.EqualTo(new[] { "<pad>", "a", "b" }));
        }

        [Test]
        public void GoesThroughMetadata()
        {
            var vocabulary = new Vocabulary(new[] { "<unk>", "\"", "\n", "é", "\\", "日本" });
            Assert.That(Vocabulary.FromMetadata(vocabulary.ToMetadata()).Symbols, Is.EqualTo(vocabulary.Symbols));
        }

        [Test]
        public void RefusesWhatIsNoVocabulary()
        {
            Assert.That(() => new Vocabulary(Array.Empty<string>()), Throws.ArgumentException.With.Message.Contains("at least one symbol, got none"));
            Assert.That(() => new Vocabulary(new[] { "a", "b", "a" }), Throws.ArgumentException.With.Message.Contains("'a' stands at places 0 and 2"));
            Assert.That(() => new Vocabulary(new[] { "a", "" }), Throws.ArgumentException.With.Message.Contains("symbol 1 is empty"));
            Assert.That(() => new Vocabulary(new[] { "a" })[1], Throws.InstanceOf<ArgumentOutOfRangeException>());
            Assert.That(() => Vocabulary.Build(new[] { "a" }, 1, "<pad>"), Throws.InstanceOf<ArgumentOutOfRangeException>());
            Assert.That(() => Vocabulary.Build(new[] { "<pad>" }, 9, "<pad>"), Throws.ArgumentException.With.Message.Contains("no symbols"));
            Assert.That(() => Vocabulary.FromMetadata("{}"), Throws.InstanceOf<FormatException>().With.Message.Contains("expected an array of symbols, got Object"));
            Assert.That(() => Vocabulary.FromMetadata("[\"a\",\"a\"]"), Throws.InstanceOf<FormatException>().With.Message.Contains("'a' stands at places 0 and 1"));
            Assert.That(() => Vocabulary.FromMetadata("[1]"), Throws.InstanceOf<FormatException>());
        }
    }
}
