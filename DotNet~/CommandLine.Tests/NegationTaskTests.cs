using System.Collections.Generic;
using System.Linq;
using NUnit.Framework;

namespace Recurrent.CommandLine.Tests;

public sealed class NegationTaskTests
{
    [Test]
    public void BothClassesHaveTheSameWordsEquallyOften()
    {
        LabelledTexts texts = NegationTask.Make(4000, new RandomSource(3));
        Assert.That(new[] { texts.CountOf(0), texts.CountOf(1) }, Is.EqualTo(new[] { 2000, 2000 }));
        foreach (string word in new[] { "not", "never", "good", "awful", "and", "very" })
        {
            int[] counts = Enumerable.Range(0, 2).Select(label => Enumerable.Range(0, texts.Count).Count(i => texts.Labels[i] == label && texts.Texts[i].Split(' ').Contains(word))).ToArray();
            // Binomial, within five standard deviations of the difference.
            Assert.That(counts[0] - counts[1], Is.InRange(-5 * System.Math.Sqrt(counts.Sum()), 5 * System.Math.Sqrt(counts.Sum())), word);
        }
    }

    [Test]
    public void TheClassIsThatOfThePraiseOrBlameThatIsNotNegated()
    {
        var praise = new HashSet<string> { "good", "great", "lovely", "tasty" };
        var blame = new HashSet<string> { "bad", "awful", "ugly", "weak" };
        var negations = new HashSet<string> { "not", "never", "hardly" };
        LabelledTexts texts = NegationTask.Make(3000, new RandomSource(4));
        int judged = 0;
        for (int i = 0; i < texts.Count; i++)
            foreach (string clause in texts.Texts[i].Split(new[] { " and ", " but ", " while " }, System.StringSplitOptions.None))
            {
                string[] words = clause.Split(' ');
                bool praised = praise.Contains(words[^1]), blamed = blame.Contains(words[^1]);
                if (!praised && !blamed) continue;
                judged++;
                Assert.That(texts.Labels[i], Is.EqualTo(praised != words.Any(negations.Contains) ? 1 : 0), texts.Texts[i]);
            }
        Assert.That(judged, Is.GreaterThan(500));
    }

    [Test]
    public void TheVocabularyHoldsEveryWord()
    {
        Assert.That(NegationTask.Vocabulary.Count, Is.EqualTo(10_000));
        Assert.That(NegationTask.Vocabulary.Padding, Is.EqualTo(0));
        Assert.That(NegationTask.Make(200, new RandomSource(5)).Texts.SelectMany(Tokenizer.Words.Split).All(NegationTask.Vocabulary.Contains));
        Assert.That(NegationTask.Make(5, new RandomSource(6)).Texts, Is.EqualTo(NegationTask.Make(5, new RandomSource(6)).Texts));
        Assert.That(NegationTask.Make(5, new RandomSource(6)).Texts, Is.Not.EqualTo(NegationTask.Make(5, new RandomSource(7)).Texts));
    }
}
