using System;
using System.Linq;
using NUnit.Framework;

namespace Recurrent.Tests
{
    [TestFixture]
    public sealed class TokenizerTests
    {
        [Test]
        public void CharactersAreWholeUnicodeCharacters()
        {
            Assert.That(Tokenizer.Characters.Split("Aé b😀"), Is.EqualTo(new[] { "A", "é", " ", "b", "😀" }));
            Assert.That(Tokenizer.Characters.Count("Aé b😀"), Is.EqualTo(5));
            Assert.That(Tokenizer.Characters.Split(""), Is.Empty);
            Assert.That(Tokenizer.Characters.Split("\uD83D").Count(), Is.EqualTo(1), "half of a pair stands alone");
        }

        [TestCase("It wasn't GOOD, was it?", "it wasn't good , was it ?")]
        [TestCase("  two\twords\n", "two words")]
        [TestCase("'tis rock'n'roll's end'", "' tis rock'n'roll's end '")]
        [TestCase("3 times: no…", "3 times : no …")]
        [TestCase("Ärger 😀!", "ärger 😀 !")]
        public void WordsAreLowerCaseAndMarksStandAlone(string text, string expected)
        {
            Assert.That(Tokenizer.Words.Split(text), Is.EqualTo(expected.Split(' ')));
            Assert.That(Tokenizer.Words.Count(text), Is.EqualTo(expected.Split(' ').Length));
        }

        [Test]
        public void WhiteSpaceHasNoWords() => Assert.That(Tokenizer.Words.Count(" \t\n"), Is.EqualTo(0));

        [Test]
        public void EncodesToTheNumbersOfAVocabulary()
        {
            var vocabulary = new Vocabulary(new[] { "<pad>", "<unk>", "not", "good", "😀" });
            var numbers = new float[4];
            Tokenizer.Words.Encode("Good: NOT 😀", vocabulary, numbers);
            Assert.That(numbers, Is.EqualTo(new float[] { 3, 1, 2, 4 }));
            string wordOf200 = new string('X', 200);
            Tokenizer.Words.Encode(wordOf200, new Vocabulary(new[] { "a", wordOf200.ToLowerInvariant() }), numbers.AsSpan(0, 1));
            Assert.That(numbers[0], Is.EqualTo(1));
        }

        [Test]
        public void RefusesWhatItCannotEncode()
        {
            var vocabulary = new Vocabulary(new[] { "a", "b" });
            Assert.That(() => Tokenizer.Characters.Encode("abz", vocabulary, new float[3]), Throws.ArgumentException.With.Message.StartsWith("Vocabulary: 'z' is none of the 2 symbols, and there is no '<unk>'"));
            Assert.That(() => Tokenizer.Characters.Encode("ab", vocabulary, new float[3]), Throws.ArgumentException.With.Message.Contains("the text has 2 characters, got room for 3"));
            Assert.That(() => Tokenizer.Characters.Encode("abab", vocabulary, new float[3]), Throws.ArgumentException.With.Message.Contains("the text has 4 characters, got room for 3"));
        }

        [Test]
        public void BuildsTheVocabularyOfTexts()
        {
            Vocabulary vocabulary = Tokenizer.Words.BuildVocabulary(new[] { "b A", "a c", "A b" }, 4);
            Assert.That(vocabulary.Symbols, Is.EqualTo(new[] { "<pad>", "<unk>", "a", "b" }));
        }

        [Test]
        public void IsFoundByItsName()
        {
            foreach (Tokenizer tokenizer in new[] { Tokenizer.Characters, Tokenizer.Words }) Assert.That(Tokenizer.Named(tokenizer.Name), Is.SameAs(tokenizer));
            Assert.That(() => Tokenizer.Named("bytes"), Throws.ArgumentException.With.Message.Contains("expected characters or words, got 'bytes'"));
        }

        [Test]
        public void EncodingAllocatesNothing()
        {
            var vocabulary = new Vocabulary(new[] { "<unk>", "the", "end" });
            var numbers = new float[6];
            Encode();
            long before = GC.GetAllocatedBytesForCurrentThread();
            for (int i = 0; i < 100; i++) Encode();
            Assert.That(GC.GetAllocatedBytesForCurrentThread() - before, Is.Zero);

            void Encode()
            {
                Tokenizer.Words.Count("The very END isn't near!");
                Tokenizer.Words.Encode("The very END isn't near!", vocabulary, numbers);
                Tokenizer.Characters.Encode("T end.", vocabulary, numbers);
            }
        }
    }
}
