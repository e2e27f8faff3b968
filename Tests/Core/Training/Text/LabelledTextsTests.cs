using System;
using System.IO;
using System.Linq;
using NUnit.Framework;

namespace Recurrent.Tests
{
    [TestFixture]
    public sealed class LabelledTextsTests
    {
        private static readonly Vocabulary Classes = new Vocabulary(new[] { "no", "yes", "perhaps" });

        private string _folder = "";

        [SetUp]
        public void MakeFolder() => _folder = Directory.CreateDirectory(Path.Combine(Path.GetTempPath(), "recurrent-" + Guid.NewGuid().ToString("N"))).FullName;

        [TearDown]
        public void DeleteFolder() => Directory.Delete(_folder, recursive: true);

        [Test]
        public void ReadsAFileForEachClass()
        {
            Write("yes.txt", "\uFEFFoui\n\n  sì \r\n");
            Write("no.txt", "non");
            Write("readme.md", "not a class");
            LabelledTexts texts = LabelledTexts.FromFolder(_folder);
            Assert.That(texts.Classes.Symbols, Is.EqualTo(new[] { "no", "yes" }));
            Assert.That(texts.Texts, Is.EqualTo(new[] { "non", "oui", "sì" }));
            Assert.That(texts.Labels, Is.EqualTo(new[] { 0, 1, 1 }));
        }

        [Test]
        public void RefusesFoldersThatAreNoClasses()
        {
            Write("yes.txt", "oui");
            Assert.That(() => LabelledTexts.FromFolder(_folder), Throws.InstanceOf<DataFileException>().With.Message.Contains("a file *.txt for each of at least two classes, found 1"));
            Write("no.txt", " \n\n");
            Assert.That(() => LabelledTexts.FromFolder(_folder), Throws.InstanceOf<DataFileException>().With.Message.Contains("no.txt").And.Message.Contains("the class has no text"));
            File.WriteAllBytes(Path.Combine(_folder, "no.txt"), new byte[] { (byte)'n', (byte)'\n', 0xC3, (byte)'\n' });
            Assert.That(() => LabelledTexts.FromFolder(_folder), Throws.InstanceOf<DataFileException>().With.Message.Contains("not UTF-8"));
            Assert.That(() => LabelledTexts.FromFolder(Path.Combine(_folder, "absent")), Throws.InstanceOf<IOException>());
        }

        [Test]
        public void RefusesLabelsThatDoNotFit()
        {
            Assert.That(() => Make("abc", 0, 1, 3), Throws.ArgumentException.With.Message.Contains("text 2 has the label 3, expected 0 to 2"));
            Assert.That(() => Make("abc", 0, -1, 2), Throws.ArgumentException.With.Message.Contains("text 1 has the label -1"));
            Assert.That(() => Make("abc", 0, 2, 2), Throws.ArgumentException.With.Message.Contains("the class 'yes' has no text"));
            Assert.That(() => Make("abcd", 0, 1, 2), Throws.ArgumentException.With.Message.Contains("a label for each of 4 texts, got 3"));
            Assert.That(() => new LabelledTexts(new Vocabulary(new[] { "one" }), new[] { "a" }, new[] { 0 }), Throws.ArgumentException.With.Message.Contains("at least two classes"));
        }

        [Test]
        public void SplitsEveryClassAlike()
        {
            // 20 of class 0, 10 of class 1, 1 of class 2.
            LabelledTexts all = new LabelledTexts(Classes, Enumerable.Range(0, 31).Select(i => $"text {i}"), Enumerable.Range(0, 31).Select(i => i < 20 ? 0 : i < 30 ? 1 : 2));
            (LabelledTexts first, LabelledTexts second) = all.Split(0.2, new RandomSource(5));
            Assert.That(Enumerable.Range(0, 3).Select(second.CountOf), Is.EqualTo(new[] { 4, 2, 0 }));
            Assert.That(first.Texts.Concat(second.Texts), Is.EquivalentTo(all.Texts));
            foreach (LabelledTexts part in new[] { first, second })
                for (int i = 0; i < part.Count; i++) Assert.That(part.Labels[i], Is.EqualTo(all.Labels[all.Texts.ToList().IndexOf(part.Texts[i])]));
            Assert.That(all.Split(0.2, new RandomSource(5)).Second.Texts, Is.EqualTo(second.Texts));
            Assert.That(all.Split(0.2, new RandomSource(6)).Second.Texts, Is.Not.EqualTo(second.Texts));
            Assert.That(all.Split(0.9, new RandomSource(5)).First.CountOf(2), Is.EqualTo(1), "the only text of a class is never taken away");
            Assert.That(() => all.Split(1, new RandomSource(5)), Throws.InstanceOf<ArgumentOutOfRangeException>());
        }

        [Test]
        public void KeepsTheTextsForWhichSomethingHolds()
        {
            LabelledTexts chosen = Make("abcd", 0, 1, 2, 1).Where(text => text != "c" && text != "b");
            Assert.That(chosen.Texts, Is.EqualTo(new[] { "a", "d" }));
            Assert.That(chosen.Labels, Is.EqualTo(new[] { 0, 1 }));
        }

        [Test]
        public void BalancedWeightsMakeEveryClassCountAlike()
        {
            LabelledTexts texts = Make("abcdef", 0, 1, 1, 0, 0, 2);
            Assert.That(texts.BalancedWeights(), Is.EqualTo(new[] { 6f / 3 / 3, 6f / 3 / 2, 6f / 3 / 1 }));
            Assert.That(() => texts.Where(text => text != "f").BalancedWeights(), Throws.InvalidOperationException.With.Message.Contains("'perhaps' has no text"));
        }

        private static LabelledTexts Make(string texts, params int[] labels) => new LabelledTexts(Classes, texts.Select(c => c.ToString()), labels);

        private void Write(string file, string text) => File.WriteAllText(Path.Combine(_folder, file), text);
    }
}
