using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using NUnit.Framework;

namespace Recurrent.Tests
{
    public sealed class TranslatorTests
    {
        /// <summary>Every text of two or three of the letters a to d, with what stands for it in capitals and turned round.</summary>
        private static IReadOnlyList<TextPair> Pairs()
        {
            string[] letters = { "a", "b", "c", "d" };
            IEnumerable<string> two = letters.SelectMany(x => letters.Select(y => x + y)), three = two.SelectMany(x => letters.Select(y => x + y));
            return two.Concat(three).Select(text => new TextPair(text, new string(text.ToUpperInvariant().Reverse().ToArray()))).ToArray();
        }

        private static TranslatorOptions Small(AttentionScore attention = AttentionScore.None) =>
            new TranslatorOptions { Cell = RecurrentKind.GRU, HiddenSize = 24, EmbeddingDim = 8, Attention = attention };

        private static TrainingResult Train(Translator translator, int epochs, TrainingOptions options)
        {
            using var trainer = new Trainer(translator.Model, Losses.CrossEntropy(), new Adam(1e-2f), options);
            return trainer.Fit(translator.Dataset(Pairs()), null, epochs);
        }

        [Test]
        public void LearnsAndIsTheSameFromItsFile([Values] bool attention)
        {
            using Translator translator = Translator.Create(Pairs(), Small(attention ? AttentionScore.General : AttentionScore.None), seed: 1);
            TrainingResult result = Train(translator, 40, new TrainingOptions { BatchSize = 16, Threads = 1, TeacherForcing = TeacherForcingSchedule.Linear(1, 0.5f, 20) });
            Assert.That(result.Outcome, Is.EqualTo(TrainingOutcome.Completed));
            Assert.That(Pairs().Count(pair => translator.Translate(pair.Source) == pair.Target), Is.GreaterThan(76));

            string path = Path.GetTempFileName();
            try
            {
                translator.Save(path);
                using Translator loaded = Translator.Load(path);
                Assert.That((loaded.MaxSourceLength, loaded.MaxTargetLength), Is.EqualTo((3, 3)));
                Assert.That(loaded.Source.Symbols, Is.EqualTo(translator.Source.Symbols));
                Assert.That(loaded.Target.Symbols, Is.EqualTo(translator.Target.Symbols));
                translator.BeamWidth = loaded.BeamWidth = 3;
                foreach (string text in new[] { "ab", "dcb", "aaa" })
                {
                    IReadOnlyList<Translation> before = translator.Candidates(text), after = loaded.Candidates(text);
                    Assert.That(after.Select(found => (found.Text, found.LogProbability)), Is.EqualTo(before.Select(found => (found.Text, found.LogProbability))));
                    Assert.That(after[0].Attention, Is.EqualTo(before[0].Attention));
                    Assert.That(after[0].Attention.Length, Is.EqualTo(attention ? after[0].Symbols.Count * text.Length : 0));
                    Assert.That(after[0].SourceSymbols, Is.EqualTo(text.Select(c => c.ToString())));
                }
            }
            finally
            {
                File.Delete(path);
            }
        }

        [Test]
        public void TheSameSeedGivesTheSameBitsOnAnyNumberOfThreads([Values(1f, 0.5f)] float ratio)
        {
            float[] Weights(int threads, float last = -1)
            {
                using Translator translator = Translator.Create(Pairs(), Small(AttentionScore.Dot), seed: 1);
                Train(translator, 2, new TrainingOptions { BatchSize = 40, Threads = threads, TeacherForcing = TeacherForcingSchedule.Linear(ratio, last < 0 ? ratio : last, 3, ScheduleUnit.Step) });
                return translator.Model.Store.Values.ToArray();
            }
            float[] one = Weights(1);
            Assert.That(Weights(2), Is.EqualTo(one));
            Assert.That(Weights(3), Is.EqualTo(one));
            Assert.That(Weights(1, 0.25f), Is.Not.EqualTo(one));
        }

        [Test]
        public void ARunThatWasStoppedGoesOnWithTheSameBits()
        {
            TrainingOptions Options(float last) => new TrainingOptions { BatchSize = 20, Threads = 1, TeacherForcing = TeacherForcingSchedule.Linear(1, last, 3) };
            using Translator whole = Translator.Create(Pairs(), Small(), seed: 1), half = Translator.Create(Pairs(), Small(), seed: 1);
            Train(whole, 4, Options(0.2f));
            string path = Path.GetTempFileName();
            try
            {
                using (var trainer = new Trainer(half.Model, Losses.CrossEntropy(), new Adam(1e-2f), Options(0.2f)))
                {
                    trainer.Begin(half.Dataset(Pairs()), null, 4);
                    for (int i = 0; i < 6; i++) trainer.Advance(TimeSpan.Zero);
                    trainer.SaveCheckpoint(path);
                }
                using Translator rest = Translator.Create(Pairs(), Small(), seed: 2);
                using (var trainer = new Trainer(rest.Model, Losses.CrossEntropy(), new Adam(1e-2f), Options(0.3f)))
                    Assert.That(() => trainer.Resume(path, rest.Dataset(Pairs()), null), Throws.InstanceOf<ModelFileException>().With.Message.Contains("teacherForcing=Linear(1 to 0.2 in 3 epochs)"));
                using (var trainer = new Trainer(rest.Model, Losses.CrossEntropy(), new Adam(1e-2f), Options(0.2f)))
                {
                    trainer.Resume(path, rest.Dataset(Pairs()), null);
                    trainer.Run();
                }
                Assert.That(rest.Model.Store.Values, Is.EqualTo(whole.Model.Store.Values));
            }
            finally
            {
                File.Delete(path);
            }
        }

        [Test]
        public void DataHoldsWhatIsReadAndWhatComesNext()
        {
            var pairs = new[] { new TextPair("ab", "xyx"), new TextPair("bba", "y") };
            using Translator translator = Translator.Create(pairs, new TranslatorOptions { HiddenSize = 4 });
            Assert.That(translator.Source.Symbols, Is.EqualTo(new[] { "<pad>", "b", "a" }));
            Assert.That(translator.Target.Symbols, Is.EqualTo(new[] { "<pad>", "<s>", "</s>", "x", "y" }));
            Assert.That(Rows(translator, pairs, 0), Is.EqualTo(new[] { "2 1 3", "1 3 4", "-1 4 3", "-1 3 2" }));
            Assert.That(Rows(translator, pairs, 1), Is.EqualTo(new[] { "1 1 4", "1 4 2", "2 -1 -100" }));

            using Translator turned = Translator.Create(pairs, new TranslatorOptions { HiddenSize = 4, ReverseSource = true });
            Assert.That(Rows(turned, pairs, 1), Is.EqualTo(new[] { "2 1 4", "1 4 2", "1 -1 -100" }));
        }

        [Test]
        public void WithAFixedLengthPaddingIsASymbol()
        {
            var pairs = new[] { new TextPair("1+2", "3"), new TextPair("9+12", "21") };
            using Translator translator = Translator.Create(pairs, new TranslatorOptions { HiddenSize = 4, FixedLength = true, ReverseSource = true, FeedsSymbols = false, RepeatsEncoder = true, CarriesState = false });
            Assert.That(translator.Source.Symbols, Is.EqualTo(new[] { "<pad>", "+", "1", "2", "9" }));
            Assert.That(translator.Target.Symbols, Is.EqualTo(new[] { "<pad>", "1", "2", "3" }));
            Assert.That(Rows(translator, pairs, 0), Is.EqualTo(new[] { "0 0 3", "3 3 0", "1 -1 -100", "2 -1 -100" }));
            Assert.That(Rows(translator, pairs, 1), Is.EqualTo(new[] { "3 0 2", "2 2 1", "1 -1 -100", "4 -1 -100" }));
            translator.Model.Store["translator.head.bias"].Set(new float[] { 9, 0, 0, 0 });
            Translation found = translator.Candidates("1+2")[0];
            Assert.That((found.Text, found.Symbols.Count, found.SourceSymbols[0]), Is.EqualTo(("", 2, "1")));
        }

        [Test]
        public void WordsAndRareOnes()
        {
            var pairs = new[] { new TextPair("the cat  sat", "le chat"), new TextPair("the dog sat", "le chien") };
            using Translator translator = Translator.Create(pairs, new TranslatorOptions { HiddenSize = 4, Words = true, MaxSourceSymbols = 4 });
            Assert.That(translator.Source.Symbols, Is.EqualTo(new[] { "<pad>", "<unk>", "sat", "the" }));
            Assert.That(Rows(translator, pairs, 0).Select(row => row.Split(' ')[0]), Is.EqualTo(new[] { "3", "1", "2" }));
            Assert.That(() => translator.Translate("the mouse sat"), Throws.Nothing);
            Assert.That(() => translator.Translate("the cat sat down"), Throws.ArgumentException.With.Message.Contains("has 4 words, expected 1 to 3."));
        }

        [Test]
        public void RefusesTextsThatItCannotRead()
        {
            using Translator translator = Translator.Create(Pairs(), Small());
            Assert.That(() => translator.Translate(""), Throws.ArgumentException.With.Message.Contains("the text \"\" has 0 characters, expected 1 to 3."));
            Assert.That(() => translator.Translate("abcd"), Throws.ArgumentException.With.Message.Contains("the text \"abcd\" has 4 characters, expected 1 to 3."));
            Assert.That(() => translator.Translate("aé"), Throws.ArgumentException.With.Message.Contains("'é' at place 1 of the text \"aé\" is none of the 5 symbols of the vocabulary."));
            Assert.That(() => translator.Dataset(new[] { new TextPair("ab", "BA"), new TextPair("ab", "BX") }), Throws.ArgumentException.With.Message.Contains("'X' at place 1 of the translation \"BX\" is none of the 7 symbols of the vocabulary. It stands in pair 1."));
            Assert.That(() => Translator.Create(new[] { new TextPair("a", "b"), new TextPair("", "b") }), Throws.ArgumentException.With.Message.Contains("the source of pair 1 has 0 symbols, expected 1 to 4096."));
            Assert.That(() => Translator.Create(new TextPair[0]), Throws.ArgumentException.With.Message.Contains("expected at least one pair, got none."));
            Assert.That(() => Translator.Create(new[] { new TextPair("the <pad>", "x") }, new TranslatorOptions { Words = true, HiddenSize = 4 }).Translate("the <pad>"),
                Throws.ArgumentException.With.Message.Contains("'<pad>' at place 1 of the text \"the <pad>\" is a symbol of the translator's own."));
        }

        [Test]
        public void RefusesModelsThatAreNoTranslators()
        {
            SequenceModel Model(Action<IDictionary<string, string>> change)
            {
                SequenceModel model = Translator.Create(Pairs(), Small()).Model;
                change(model.Metadata);
                return model;
            }
            Assert.That(() => new Translator(new SequenceModel(new Linear(1, 1))), Throws.InstanceOf<FormatException>().With.Message.Contains("its layer is no EncoderDecoder"));
            Assert.That(() => new Translator(Model(metadata => metadata.Remove("translator"))), Throws.InstanceOf<FormatException>().With.Message.Contains("it has no 'translator' in its metadata"));
            Assert.That(() => new Translator(Model(metadata => metadata["source_vocabulary"] = "[\"<pad>\",\"a\"]")), Throws.InstanceOf<FormatException>().With.Message.Contains("its source vocabulary has 2 symbols, expected 5"));
            Assert.That(() => new Translator(Model(metadata => metadata["target_vocabulary"] = "[\"<pad>\",\"<s>\",\"x\",\"a\",\"b\",\"c\",\"d\"]")), Throws.InstanceOf<FormatException>().With.Message.Contains("its target vocabulary has no '</s>'"));
            Assert.That(() => new Translator(Model(metadata => metadata["source_vocabulary"] = "[\"a\",\"<pad>\",\"b\",\"c\",\"d\"]")), Throws.InstanceOf<FormatException>().With.Message.Contains("differ in the padding symbol"));
            Assert.That(() => new Translator(Model(metadata => metadata["translator"] = metadata["translator"].Replace("\"maxSourceLength\":3", "\"maxSourceLength\":99999"))), Throws.InstanceOf<FormatException>().With.Message.Contains("maxSourceLength is 99999, expected 1 to 4096."));
            string path = Path.GetTempFileName();
            try
            {
                new SequenceModel(new Linear(1, 1)).Save(path);
                Assert.That(() => Translator.Load(path), Throws.InstanceOf<ModelFileException>().With.Message.Contains("is no translator's file"));
            }
            finally
            {
                File.Delete(path);
            }
        }

        /// <summary>A sequence as text: source, fed and next symbol of every step.</summary>
        private static string[] Rows(Translator translator, IReadOnlyList<TextPair> pairs, int index)
        {
            SequenceDataset data = translator.Dataset(pairs);
            int steps = data.Steps(index);
            float[] input = new float[2 * steps], target = new float[steps];
            data.Read(index, input, target);
            return Enumerable.Range(0, steps).Select(t => FormattableString.Invariant($"{input[2 * t]} {input[2 * t + 1]} {target[t]}")).ToArray();
        }
    }
}
