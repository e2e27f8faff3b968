using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using NUnit.Framework;

namespace Recurrent.Tests
{
    [TestFixture]
    public sealed class TextClassifierTests
    {
        private static readonly Vocabulary Classes = new Vocabulary(new[] { "apart", "together" });
        private static readonly Vocabulary Letters = new Vocabulary(new[] { "<pad>", "a", "b", "x", "y" });

        [Test]
        public void HasTheTutorialsConfiguration()
        {
            var words = new Vocabulary(Enumerable.Range(0, 10000).Select(i => i == 0 ? "<pad>" : $"w{i}"));
            using var classifier = new TextClassifier(Tokenizer.Words, words, Classes, new LSTM(128, 256, numLayers: 2, dropout: 0.5f, bidirectional: true), dropout: 0.5f, seed: 1);
            Assert.That(classifier.Model.ToString(), Is.EqualTo("Embedding(10000→128) → LSTM(128→256, 2 layers, bidirectional) → FinalStates → Dropout(0.5) → Linear(512→2)"));
            // Level 0: 2 directions · 1024 gates · (128 + 256 + 2 biases); level 1: 2 · 1024 · (512 + 256 + 2).
            Assert.That(classifier.Model.Store.Length, Is.EqualTo(10000 * 128 + 2 * 1024 * (128 + 256 + 2) + 2 * 1024 * (512 + 256 + 2) + 512 * 2 + 2));
            Assert.That(((Embedding)classifier.Model.Layers[0]).PaddingIndex, Is.EqualTo(0));
            Assert.That(classifier.Model.Store["embedding.weight"].Value.Slice(0, 128).ToArray(), Is.All.Zero);
        }

        [Test]
        public void ProbabilitiesAreTheSoftmaxOfWhatTheLayersGive()
        {
            using TextClassifier classifier = Small(bidirectional: true);
            var probabilities = new float[2];
            int best = classifier.Classify("byxa", probabilities);

            // The same by hand: the layer over the symbols' vectors, forward half at the end, backward half at the beginning, and the head.
            var recurrent = (LSTM)classifier.Model.Layers[1];
            float[] table = classifier.Model.Store["embedding.weight"].Value.ToArray(), head = classifier.Model.Store["head.weight"].Value.ToArray(), bias = classifier.Model.Store["head.bias"].Value.ToArray();
            float[] input = "byxa".SelectMany(c => table.Skip(Letters.IndexOf(c.ToString()) * 3).Take(3)).ToArray();
            float[] output = recurrent.Run(input, 1, 4).Output; // (T, 8)
            float[] final = output.Skip(3 * 8).Take(4).Concat(output.Skip(4).Take(4)).ToArray();
            double[] scores = Enumerable.Range(0, 2).Select(c => bias[c] + Enumerable.Range(0, 8).Sum(k => (double)head[c * 8 + k] * final[k])).ToArray();
            double first = 1 / (1 + Math.Exp(scores[1] - scores[0]));
            Assert.That(probabilities[0], Is.EqualTo(first).Within(1e-6));
            Assert.That(probabilities.Sum(), Is.EqualTo(1).Within(1e-6));
            Assert.That(best, Is.EqualTo(first > 0.5 ? 0 : 1));
        }

        [Test]
        public void OneDirectionEndsWithItsLastStep()
        {
            using TextClassifier classifier = Small(bidirectional: false);
            Assert.That(classifier.Model.Layers[2], Is.InstanceOf<LastStep>());
            Assert.That(classifier.Model.OutputSize, Is.EqualTo(2));
        }

        [Test]
        public void RaggedTextsAreClassifiedTogetherAsAlone()
        {
            using TextClassifier classifier = Small(bidirectional: true);
            LabelledTexts texts = Order(70, 3);
            var alone = new ConfusionCounts(Classes);
            for (int i = 0; i < texts.Count; i++) alone.Add(texts.Labels[i], classifier.Classify(texts.Texts[i], new float[2]));
            Assert.That(classifier.Evaluate(texts).ToArray(), Is.EqualTo(alone.ToArray()));
            Assert.That(classifier.Evaluate(texts.Where(_ => false)).Count, Is.EqualTo(0));
        }

        [Test]
        public void LearnsWhatOnlyTheOrderTells()
        {
            LabelledTexts texts = Order(120, 1);
            using TextClassifier classifier = Small(bidirectional: true);
            using var trainer = new Trainer(classifier.Model, Losses.CrossEntropy(classWeights: texts.BalancedWeights()), new Adam(0.02f), new TrainingOptions { BatchSize = 16, Threads = 1 });
            TrainingResult result = trainer.Fit(classifier.Encode(texts), null, epochs: 40);
            Assert.That(result.Outcome, Is.EqualTo(TrainingOutcome.Completed), result.Message);
            Assert.That(classifier.Evaluate(Order(200, 2)).Accuracy, Is.GreaterThan(0.97));
            Assert.That(classifier.Model.Store["embedding.weight"].Value.Slice(0, 3).ToArray(), Is.All.Zero, "the padding's vector stays");
        }

        [Test]
        public void GoesThroughItsFile()
        {
            string path = Path.Combine(Path.GetTempPath(), "recurrent-" + Guid.NewGuid().ToString("N") + ".safetensors");
            try
            {
                using TextClassifier classifier = Small(bidirectional: true);
                classifier.Save(path);
                using TextClassifier loaded = TextClassifier.Load(path);
                float[] expected = new float[2], actual = new float[2];
                classifier.Classify("axyb", expected);
                loaded.Classify("axyb", actual);
                Assert.That(TrainingExamples.Bits(actual), Is.EqualTo(TrainingExamples.Bits(expected)));
                Assert.That(loaded.Tokenizer, Is.SameAs(Tokenizer.Characters));
                Assert.That(loaded.Vocabulary.Symbols, Is.EqualTo(Letters.Symbols));
                Assert.That(loaded.Classes.Symbols, Is.EqualTo(Classes.Symbols));
            }
            finally
            {
                File.Delete(path);
            }
        }

        [TestCase("tokenizer", null, "has no 'tokenizer'")]
        [TestCase("tokenizer", "bytes", "got 'bytes'")]
        [TestCase("vocabulary", "[\"a\"]", "an Embedding of the vocabulary's 1 symbols")]
        [TestCase("vocabulary", "[", "")]
        [TestCase("classes", "[\"a\",\"b\",\"c\"]", "a score for each of 3 classes")]
        [TestCase("classes", "[\"a\"]", "at least two classes")]
        public void RefusesFilesOfOtherModels(string key, string? value, string reason)
        {
            string path = Path.Combine(Path.GetTempPath(), "recurrent-" + Guid.NewGuid().ToString("N") + ".safetensors");
            try
            {
                using TextClassifier classifier = Small(bidirectional: true);
                IDictionary<string, string> metadata = classifier.Model.Metadata;
                if (value == null) metadata.Remove(key);
                else metadata[key] = value;
                classifier.Save(path);
                Assert.That(() => TextClassifier.Load(path), Throws.InstanceOf<ModelFileException>().With.Message.Contains(path).And.Message.Contains(reason));
            }
            finally
            {
                File.Delete(path);
            }
        }

        [Test]
        public void RefusesWhatItCannotClassify()
        {
            using TextClassifier classifier = Small(bidirectional: true);
            Assert.That(() => classifier.Classify("", new float[2]), Throws.ArgumentException.With.Message.Contains("has no characters: a sequence of length 0"));
            Assert.That(() => classifier.Classify("az", new float[2]), Throws.ArgumentException.With.Message.Contains("'z' is none of the 5 symbols"));
            Assert.That(() => classifier.Classify("a", new float[3]), Throws.ArgumentException.With.Message.Contains("room for 2 probabilities, got 3"));
            var others = new LabelledTexts(new Vocabulary(new[] { "together", "apart" }), new[] { "a", "b" }, new[] { 0, 1 });
            Assert.That(() => classifier.Encode(others), Throws.ArgumentException.With.Message.Contains("expected the classes apart, together, got together, apart"));
        }

        [Test]
        public void ClassifyingAllocatesNothingAfterTheLongestText()
        {
            using TextClassifier classifier = Small(bidirectional: true);
            var probabilities = new float[2];
            string longest = new string('a', 40);
            classifier.Classify(longest, probabilities);
            long before = GC.GetAllocatedBytesForCurrentThread();
            for (int i = 0; i < 50; i++) classifier.Classify("abxy", probabilities);
            classifier.Classify(longest, probabilities);
            Assert.That(GC.GetAllocatedBytesForCurrentThread() - before, Is.Zero);
        }

        /// <summary>Words of 4 to 8 letters with one a and one b each; the class is whether a comes before b.</summary>
        private static LabelledTexts Order(int count, ulong seed)
        {
            var random = new RandomSource(seed);
            var texts = new string[count];
            for (int i = 0; i < count; i++)
            {
                char[] letters = Enumerable.Range(0, 4 + random.Next(5)).Select(_ => random.Next(2) == 0 ? 'x' : 'y').ToArray();
                int a = random.Next(letters.Length - 1), b = a + 1 + random.Next(letters.Length - 1 - a);
                letters[a] = i % 2 == 0 ? 'a' : 'b';
                letters[b] = i % 2 == 0 ? 'b' : 'a';
                texts[i] = new string(letters);
            }
            return new LabelledTexts(Classes, texts, Enumerable.Range(0, count).Select(i => i % 2));
        }

        private static TextClassifier Small(bool bidirectional) =>
            new TextClassifier(Tokenizer.Characters, Letters, Classes, new LSTM(3, 4, bidirectional: bidirectional, seed: 5), dropout: 0.1f, seed: 6);
    }
}
