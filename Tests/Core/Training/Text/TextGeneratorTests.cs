using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using NUnit.Framework;

namespace Recurrent.Tests
{
    public sealed class TextGeneratorTests
    {
        private const string Rhyme = "one, two, buckle my shoe\nthree, four, knock at the door\n";

        private static SequenceModel Trained()
        {
            Vocabulary vocabulary = TextGenerator.VocabularyOf(Rhyme);
            SequenceModel model = TextGenerator.CreateModel(vocabulary, new GRU(8, 24, seed: 1), seed: 2);
            StreamDataset data = TextGenerator.Dataset(string.Concat(Enumerable.Repeat(Rhyme, 12)), vocabulary, tracks: 3, steps: 28);
            using (var trainer = new Trainer(model, Losses.CrossEntropy(), new Adam(2e-2f), new TrainingOptions { Threads = 1, ClipNorm = 1 })) trainer.Fit(data, null, epochs: 30);
            return model;
        }

        [Test]
        public void WritesOnWhatItLearnedByHeart()
        {
            using (var generator = new TextGenerator(Trained()))
            {
                generator.Sampler.Temperature = 0;
                generator.Read("\none, tw");
                Assert.That(generator.Generate(Rhyme.Length, new RandomSource(1)), Is.EqualTo(Rhyme.Substring(7) + Rhyme.Substring(0, 7)));
                // The state is carried from call to call, and forgotten on request.
                Assert.That(generator.Generate(5, new RandomSource(1)), Is.EqualTo(Rhyme.Substring(7, 5)));
                generator.Reset();
                Assert.That(generator.Generate(8, new RandomSource(1)), Is.EqualTo("one, two").Or.EqualTo("three, f"), "after a line break");
            }
        }

        [Test]
        public void AFileIsAllThatItNeeds()
        {
            SequenceModel model = TextGenerator.CreateModel(TextGenerator.VocabularyOf("aä😀\n😀"), new LSTM(4, 6, seed: 1), dropout: 0.5f, seed: 2);
            string path = Path.GetTempFileName();
            try
            {
                model.Save(path);
                using (TextGenerator one = new TextGenerator(model), other = TextGenerator.Load(path))
                {
                    Assert.That(other.Vocabulary.Symbols, Is.EqualTo(new[] { "<unk>", "😀", "\n", "a", "ä" }));
                    one.Read("ä😀");
                    other.Read("ä😀");
                    string text = one.Generate(40, new RandomSource(3));
                    Assert.That(other.Generate(40, new RandomSource(3)), Is.EqualTo(text));
                    Assert.That(text, Does.Not.Contain("<unk>"));
                    Assert.That(Symbols(text).Distinct(), Is.EquivalentTo(new[] { "😀", "\n", "a", "ä" }), "an untrained model writes all it knows");
                }
            }
            finally
            {
                File.Delete(path);
            }
        }

        [Test]
        public void EachCharactersTargetIsTheNext()
        {
            Vocabulary vocabulary = new Vocabulary(new[] { "<unk>", "a", "b", "😀" });
            StreamDataset data = TextGenerator.Dataset("ab😀?ba😀", vocabulary, tracks: 2, steps: 2);
            var input = new float[2];
            var target = new float[2];
            data.Read(0, input, target);
            Assert.That(input, Is.EqualTo(new[] { 1, 2 }));
            Assert.That(target, Is.EqualTo(new[] { 2, 3 }));
            data.Read(1, input, target);
            Assert.That(input, Is.EqualTo(new[] { 0, 2 }), "the second track begins after three of six steps; ? is unknown");
            Assert.That(target, Is.EqualTo(new[] { 2, 1 }));
        }

        [Test]
        public void BeginsWithWeightsThatLearnTextQuickly()
        {
            var recurrent = new LSTM(16, 8, numLayers: 2);
            TextGenerator.CreateModel(TextGenerator.VocabularyOf("ab"), recurrent, seed: 5);
            float[] Values(string name) => recurrent.Parameters.First(parameter => parameter.Name == "rnn." + name).Value.ToArray();
            Assert.That(Values("weight_ih_l0").Max(Math.Abs), Is.InRange(0.95f, 1f));
            Assert.That(Values("weight_ih_l1").Max(Math.Abs), Is.InRange(0.33f, 0.3536f));
            float[] forget = Values("weight_hh_l1").Skip(64).Take(64).ToArray();
            for (int a = 0; a < 8; a++)
                for (int b = 0; b < 8; b++)
                    Assert.That(Enumerable.Range(0, 8).Sum(k => forget[a * 8 + k] * forget[b * 8 + k]), Is.EqualTo(a == b ? 1 : 0).Within(1e-5), $"rows {a} and {b} of the forget gate's block");
            Assert.That(Values("bias_ih_l0").Zip(Values("bias_hh_l0"), (x, y) => x + y), Is.EqualTo(Enumerable.Range(0, 32).Select(k => k / 8 == 1 ? 1f : 0f)));
            Assert.That(() => TextGenerator.CreateModel(TextGenerator.VocabularyOf("ab"), new LSTM(2, 2, bias: false)), Throws.Nothing);
        }

        [Test]
        public void EndsAtTheEndSymbol()
        {
            // Whatever is read, </s> is the likeliest by far.
            SequenceModel model = TextGenerator.CreateModel(new Vocabulary(new[] { "a", Vocabulary.EndSymbol }), new RNN(2, 2));
            model.Store["head.bias"].Set(new[] { 0f, 100f });
            using (var generator = new TextGenerator(model)) Assert.That(generator.Generate(9, new RandomSource(1)), Is.Empty);
        }

        [Test]
        public void RefusesWhatDoesNotFit()
        {
            SequenceModel model = TextGenerator.CreateModel(TextGenerator.VocabularyOf("ab"), new RNN(2, 2));
            using (var generator = new TextGenerator(model)) Assert.That(() => generator.Generate(-1, new RandomSource(1)), Throws.TypeOf<ArgumentOutOfRangeException>());
            model.Metadata[TextGenerator.VocabularyKey] = "[\"a\", \"b\"]";
            Assert.That(() => new TextGenerator(model), Throws.ArgumentException.With.Message.Contains("one for each of 2 symbols"));
            model.Metadata[TextGenerator.VocabularyKey] = "[";
            Assert.That(() => new TextGenerator(model), Throws.ArgumentException.With.Message.Contains("'vocabulary' of"));
            model.Metadata.Clear();
            Assert.That(() => new TextGenerator(model), Throws.ArgumentException.With.Message.Contains("no 'vocabulary' in its metadata"));
            Assert.That(() => TextGenerator.CreateModel(TextGenerator.VocabularyOf("ab"), new GRU(2, 2, bidirectional: true)), Throws.ArgumentException.With.Message.Contains("from its end too"));
            Assert.That(() => TextGenerator.VocabularyOf(""), Throws.ArgumentException);

            string path = Path.GetTempFileName();
            try
            {
                model.Save(path);
                Assert.That(() => TextGenerator.Load(path), Throws.TypeOf<ModelFileException>().With.Message.Contains("no 'vocabulary'"));
            }
            finally
            {
                File.Delete(path);
            }
        }

        private static IEnumerable<string> Symbols(string text)
        {
            for (int i = 0, length; i < text.Length; i += length)
            {
                length = char.IsSurrogatePair(text, i) ? 2 : 1;
                yield return text.Substring(i, length);
            }
        }
    }
}
