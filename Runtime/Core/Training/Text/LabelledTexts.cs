using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text;

namespace Recurrent
{
    /// <summary>Texts, and the class of each. Never changes.</summary>
    public sealed class LabelledTexts
    {
        private readonly string[] _texts;
        private readonly int[] _labels;

        /// <summary>Takes texts and their classes.</summary>
        /// <param name="classes">The names of the classes, at least two.</param>
        /// <param name="texts">The texts.</param>
        /// <param name="labels">As many numbers of classes, from 0.</param>
        /// <exception cref="ArgumentException">The counts differ, a label is no class, a class has no text, or there are fewer than two classes.</exception>
        public LabelledTexts(Vocabulary classes, IEnumerable<string> texts, IEnumerable<int> labels)
            : this(classes ?? throw new ArgumentNullException(nameof(classes)), (texts ?? throw new ArgumentNullException(nameof(texts))).ToArray(),
                (labels ?? throw new ArgumentNullException(nameof(labels))).ToArray())
        {
            if (classes.Count < 2) throw new ArgumentException($"LabelledTexts: expected at least two classes, got only '{classes[0]}'.", nameof(classes));
            if (_texts.Length != _labels.Length) throw new ArgumentException($"LabelledTexts: expected a label for each of {_texts.Length} texts, got {_labels.Length}.", nameof(labels));
            for (int i = 0; i < _texts.Length; i++)
            {
                if (_texts[i] == null) throw new ArgumentException($"LabelledTexts: text {i} is null.", nameof(texts));
                if ((uint)_labels[i] >= (uint)classes.Count)
                    throw new ArgumentException($"LabelledTexts: text {i} has the label {_labels[i]}, expected 0 to {classes.Count - 1} for {classes.Count} classes.", nameof(labels));
            }
            for (int c = 0; c < classes.Count; c++)
                if (CountOf(c) == 0) throw new ArgumentException($"LabelledTexts: the class '{classes[c]}' has no text, expected at least one.", nameof(labels));
        }

        private LabelledTexts(Vocabulary classes, string[] texts, int[] labels)
        {
            Classes = classes;
            _texts = texts;
            _labels = labels;
        }

        /// <summary>The names of the classes.</summary>
        public Vocabulary Classes { get; }

        /// <summary>How many texts there are.</summary>
        public int Count => _texts.Length;

        /// <summary>The texts.</summary>
        public IReadOnlyList<string> Texts => _texts;

        /// <summary>The class of each text.</summary>
        public IReadOnlyList<int> Labels => _labels;

        /// <summary>The texts of a class.</summary>
        public int CountOf(int label)
        {
            int count = 0;
            foreach (int other in _labels)
                if (other == label) count++;
            return count;
        }

        /// <summary>
        /// Reads a folder with a file for each class, called after it, and in it a text a line. White space around a text and empty lines count for nothing.
        /// Classes stand in the ordinal order of their names.
        /// </summary>
        /// <param name="folder">The folder.</param>
        /// <param name="pattern">Which of its files are meant.</param>
        /// <exception cref="DataFileException">There are fewer than two such files; or one has no text, or is not UTF-8.</exception>
        /// <exception cref="IOException">The folder or a file cannot be read.</exception>
        public static LabelledTexts FromFolder(string folder, string pattern = "*.txt")
        {
            string[] files = Directory.GetFiles(folder ?? throw new ArgumentNullException(nameof(folder)), pattern);
            if (files.Length < 2) throw new DataFileException(folder, 0, "", $"expected a file {pattern} for each of at least two classes, found {files.Length}");
            Array.Sort(files, StringComparer.Ordinal);
            var texts = new List<string>();
            var labels = new List<int>();
            for (int label = 0; label < files.Length; label++)
            {
                int before = texts.Count;
                foreach (string line in ReadLines(files[label]))
                {
                    if (line.Length == 0) continue;
                    texts.Add(line);
                    labels.Add(label);
                }
                if (texts.Count == before) throw new DataFileException(files[label], 0, "", "the class has no text, expected at least one line");
            }
            return new LabelledTexts(new Vocabulary(files.Select(Path.GetFileNameWithoutExtension)!), texts, labels);
        }

        /// <summary>
        /// Splits every class alike, at random: the second part gets a share of each class's texts, rounded, but never all of them. Both parts have an order that
        /// depends on nothing but the random source.
        /// </summary>
        /// <param name="share">The second part's share, in [0, 1).</param>
        /// <param name="random">Where the choice comes from.</param>
        /// <exception cref="ArgumentOutOfRangeException">The share is out of range.</exception>
        public (LabelledTexts First, LabelledTexts Second) Split(double share, RandomSource random)
        {
            if (!(share >= 0 && share < 1)) throw new ArgumentOutOfRangeException(nameof(share), FormattableString.Invariant($"LabelledTexts: expected a share in [0, 1), got {share}."));
            if (random == null) throw new ArgumentNullException(nameof(random));
            var order = new int[Count];
            for (int i = 0; i < order.Length; i++) order[i] = i;
            random.Shuffle(order);
            var left = new int[Classes.Count];
            for (int c = 0; c < left.Length; c++)
            {
                int all = CountOf(c);
                left[c] = Math.Min((int)Math.Round(all * share), Math.Max(0, all - 1));
            }
            List<int> first = new List<int>(), second = new List<int>();
            foreach (int i in order) (left[_labels[i]]-- > 0 ? second : first).Add(i);
            return (Select(first), Select(second));
        }

        /// <summary>The texts for which something holds; a class may be left without any.</summary>
        public LabelledTexts Where(Func<string, bool> holds) => Select(Enumerable.Range(0, Count).Where(i => holds(_texts[i])).ToList());

        /// <summary>
        /// Weights for <see cref="Losses.CrossEntropy"/> that let every class count alike, however many texts it has: texts / (classes · texts of the class).
        /// </summary>
        /// <exception cref="InvalidOperationException">A class has no text.</exception>
        public float[] BalancedWeights()
        {
            var weights = new float[Classes.Count];
            for (int c = 0; c < weights.Length; c++)
            {
                int count = CountOf(c);
                if (count == 0) throw new InvalidOperationException($"LabelledTexts: the class '{Classes[c]}' has no text, and so no weight.");
                weights[c] = (float)((double)Count / weights.Length / count);
            }
            return weights;
        }

        private LabelledTexts Select(List<int> chosen) => new LabelledTexts(Classes, chosen.Select(i => _texts[i]).ToArray(), chosen.Select(i => _labels[i]).ToArray());

        private static IEnumerable<string> ReadLines(string file)
        {
            using var reader = new StreamReader(file, new UTF8Encoding(false, throwOnInvalidBytes: true));
            for (int number = 1; ; number++)
            {
                string? line;
                try
                {
                    line = reader.ReadLine();
                }
                catch (DecoderFallbackException)
                {
                    throw new DataFileException(file, number, "", "the text is not UTF-8");
                }
                if (line == null) yield break;
                yield return line.Trim();
            }
        }
    }
}
