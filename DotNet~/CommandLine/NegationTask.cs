using System.Collections.Generic;
using System.Linq;

namespace Recurrent.CommandLine;

/// <summary>
/// Sentences whose class a negation decides: "the karelu was not good and the timoba was really awful" is negative, "the karelu was good and the timoba was
/// not really awful" positive. Every sentence has one word of praise, one of blame and one negation, before either of them. So both classes have the same words
/// equally often, and nothing that counts words can do better than guess. The things that are judged have made names, most of the vocabulary.
/// </summary>
internal static class NegationTask
{
    /// <summary>The symbols of the vocabulary, the padding (number 0) and the unknown symbol among them.</summary>
    public const int VocabularySize = 10_000;

    private static readonly string[] Praise =
    {
        "good", "great", "fine", "lovely", "excellent", "brilliant", "pleasant", "charming", "superb", "delightful", "perfect", "clever", "beautiful", "amazing", "tasty", "funny", "bright", "friendly", "useful", "solid",
    };

    private static readonly string[] Blame =
    {
        "bad", "awful", "poor", "ugly", "terrible", "boring", "nasty", "dreadful", "horrid", "dismal", "useless", "stupid", "broken", "bitter", "bland", "gloomy", "dull", "rude", "sloppy", "weak",
    };

    private static readonly string[] Negations = { "not", "never", "hardly" }, Adverbs = { "very", "really", "quite", "so", "truly" };
    private static readonly string[] Verbs = { "was", "seemed", "looked", "felt", "became" }, Joints = { "and", "but", "while" };
    private static readonly string[] Onsets = { "b", "d", "f", "g", "k", "l", "m", "n", "p", "r", "s", "t", "v", "z" }, Vowels = { "a", "e", "i", "o", "u" };

    /// <summary>The classes.</summary>
    public static Vocabulary Classes { get; } = new(["negative", "positive"]);

    /// <summary>All words there are.</summary>
    public static Vocabulary Vocabulary { get; } = MakeVocabulary();

    /// <summary>Makes sentences, half of them of either class.</summary>
    public static LabelledTexts Make(int count, RandomSource random)
    {
        int named = 2 + Common().Count();
        var texts = new string[count];
        var labels = new int[count];
        for (int i = 0; i < count; i++)
        {
            labels[i] = i % 2;
            bool praiseFirst = random.Next(2) == 0;
            // What is not negated says how the sentence is meant; the negated word says the same once more.
            bool firstNegated = praiseFirst != (labels[i] == 1);
            texts[i] = $"{Clause(praiseFirst, firstNegated)} {Pick(Joints)} {Clause(!praiseFirst, !firstNegated)}";
        }
        return new LabelledTexts(Classes, texts, labels);

        string Pick(string[] words) => words[random.Next(words.Length)];

        string Clause(bool praise, bool negated)
        {
            string thing = Vocabulary[named + random.Next(VocabularySize - named)];
            string adverb = random.Next(2) == 0 ? Pick(Adverbs) + " " : "";
            return $"the {thing} {Pick(Verbs)} {(negated ? Pick(Negations) + " " : "")}{adverb}{Pick(praise ? Praise : Blame)}";
        }
    }

    private static IEnumerable<string> Common() => Praise.Concat(Blame).Concat(Negations).Concat(Adverbs).Concat(Verbs).Concat(Joints).Append("the");

    private static Vocabulary MakeVocabulary()
    {
        string[] syllables = Onsets.SelectMany(_ => Vowels, (onset, vowel) => onset + vowel).ToArray();
        var words = new List<string> { Recurrent.Vocabulary.PaddingSymbol, Recurrent.Vocabulary.UnknownSymbol };
        words.AddRange(Common());
        // Three syllables: 70³ names, taken at even distances; a prime number of them, so that none comes twice.
        for (long i = 1; words.Count < VocabularySize; i++)
        {
            long name = i * 7919 % (70L * 70 * 70);
            words.Add(syllables[name / 4900] + syllables[name / 70 % 70] + syllables[name % 70]);
        }
        return new Vocabulary(words);
    }
}
