using NUnit.Framework;

namespace Recurrent.Tests
{
    [TestFixture]
    public sealed class TextDatasetTests
    {
        private static readonly Vocabulary Classes = new Vocabulary(new[] { "no", "yes" });
        private static readonly Vocabulary Letters = new Vocabulary(new[] { "<pad>", "a", "b", "c" });

        [Test]
        public void ATextIsTheNumbersOfItsSymbolsAndItsClass()
        {
            var data = new TextDataset(Texts("ab", "cab"), Tokenizer.Characters, Letters);
            Assert.That(new[] { data.Count, data.InputSize, data.TargetSize, data.MaxSteps, data.MaxTargetSteps, data.Steps(0), data.Steps(1) }, Is.EqualTo(new[] { 2, 1, 1, 3, 1, 2, 3 }));
            var target = new float[1];
            var input = new float[3];
            data.Read(1, input, target);
            Assert.That(input, Is.EqualTo(new float[] { 3, 1, 2 }));
            Assert.That(target[0], Is.EqualTo(1));
        }

        [Test]
        public void ALongTextLosesItsEnd()
        {
            var data = new TextDataset(Texts("abc", "b"), Tokenizer.Characters, Letters, maxSteps: 2);
            var input = new float[2];
            data.Read(0, input, new float[1]);
            Assert.That(input, Is.EqualTo(new float[] { 1, 2 }));
            Assert.That(data.MaxSteps, Is.EqualTo(2));
        }

        [Test]
        public void RefusesTextsThatAreNoSequences()
        {
            Assert.That(() => new TextDataset(Texts("a", ""), Tokenizer.Characters, Letters), Throws.ArgumentException.With.Message.Contains("text 1, '', of class 'yes' has no characters: a sequence of length 0"));
            Assert.That(() => new TextDataset(Texts("a", " "), Tokenizer.Words, Letters), Throws.ArgumentException.With.Message.Contains("has no words"));
            Assert.That(() => new TextDataset(Texts("a", "az"), Tokenizer.Characters, Letters), Throws.ArgumentException.With.Message.Contains("text 1, 'az': Vocabulary: 'z' is none of the 4 symbols"));
        }

        private static LabelledTexts Texts(string no, string yes) => new LabelledTexts(Classes, new[] { no, yes }, new[] { 0, 1 });
    }
}
