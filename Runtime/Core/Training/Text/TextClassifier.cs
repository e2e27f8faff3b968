using System;
using System.Collections.Generic;
using System.IO;

namespace Recurrent
{
    /// <summary>
    /// Says which class a text is of: its symbols' vectors go through recurrent layers, and the states that these end with, in both directions where they read
    /// both, to one score for each class. The model is trained by a <see cref="Trainer"/> with <see cref="Losses.CrossEntropy"/> on what <see cref="Encode"/> gives;
    /// tokenizer, vocabulary and class names stand in its metadata, and so in its file. Not thread-safe.
    /// </summary>
    public sealed class TextClassifier : IDisposable
    {
        private const string TokenizerKey = "tokenizer", VocabularyKey = "vocabulary", ClassesKey = "classes";
        private const int EvaluationRows = 64;

        private SequencePass? _pass;
        private float[] _symbols = Array.Empty<float>();

        /// <summary>
        /// Makes the model: Embedding → recurrent layers → FinalStates (LastStep where they read in one direction) → Dropout → Linear.
        /// </summary>
        /// <param name="tokenizer">What cuts a text.</param>
        /// <param name="vocabulary">The symbols; where it has <see cref="Vocabulary.PaddingSymbol"/>, the vector of that stays zero.</param>
        /// <param name="classes">The names of the classes.</param>
        /// <param name="recurrent">The recurrent layers; their input size is that of a symbol's vector.</param>
        /// <param name="dropout">The share of the final states that is dropped while training, in [0, 1).</param>
        /// <param name="seed">What the initial vectors and the last layer's weights are drawn from.</param>
        /// <exception cref="ArgumentException">There are fewer than two classes, or the recurrent layer belongs to a model already.</exception>
        public TextClassifier(Tokenizer tokenizer, Vocabulary vocabulary, Vocabulary classes, RecurrentLayer recurrent, float dropout = 0, ulong seed = 0)
            : this(tokenizer ?? throw new ArgumentNullException(nameof(tokenizer)), vocabulary ?? throw new ArgumentNullException(nameof(vocabulary)),
                classes ?? throw new ArgumentNullException(nameof(classes)), Build(vocabulary, classes, recurrent ?? throw new ArgumentNullException(nameof(recurrent)), dropout, seed))
        {
            Model.Metadata[TokenizerKey] = tokenizer.Name;
            Model.Metadata[VocabularyKey] = vocabulary.ToMetadata();
            Model.Metadata[ClassesKey] = classes.ToMetadata();
        }

        private TextClassifier(Tokenizer tokenizer, Vocabulary vocabulary, Vocabulary classes, SequenceModel model)
        {
            if (classes.Count < 2) throw new ArgumentException($"TextClassifier: expected at least two classes, got only '{classes[0]}'.", nameof(classes));
            if (!(model.Layers[0] is Embedding embedding) || embedding.NumEmbeddings != vocabulary.Count)
                throw new ArgumentException($"TextClassifier: expected a model that begins with an Embedding of the vocabulary's {vocabulary.Count} symbols, got {model}.", nameof(model));
            if (model.OutputSize != classes.Count || model.OutputSteps(2) != 1)
                throw new ArgumentException($"TextClassifier: expected a model that gives a score for each of {classes.Count} classes once a text, got {model}.", nameof(model));
            Tokenizer = tokenizer;
            Vocabulary = vocabulary;
            Classes = classes;
            Model = model;
        }

        /// <summary>What cuts a text.</summary>
        public Tokenizer Tokenizer { get; }

        /// <summary>The symbols.</summary>
        public Vocabulary Vocabulary { get; }

        /// <summary>The names of the classes.</summary>
        public Vocabulary Classes { get; }

        /// <summary>What learns: from the numbers of symbols to a score for each class.</summary>
        public SequenceModel Model { get; }

        /// <summary>Reads a classifier that <see cref="Save"/> wrote.</summary>
        /// <exception cref="ModelFileException">The file is no such classifier; path and reason are in the message.</exception>
        /// <exception cref="IOException">There is no such file, or it cannot be read.</exception>
        public static TextClassifier Load(string path)
        {
            SequenceModel model = ModelFile.Load(path);
            try
            {
                return FromModel(model);
            }
            catch (FormatException e)
            {
                throw new ModelFileException(path, e.Message, e);
            }
        }

        /// <summary>Takes a model with a classifier's metadata, such as one that was loaded from bytes.</summary>
        /// <exception cref="FormatException">The metadata is missing or does not fit the model; the message says how.</exception>
        public static TextClassifier FromModel(SequenceModel model)
        {
            if (model == null) throw new ArgumentNullException(nameof(model));
            try
            {
                return new TextClassifier(Tokenizer.Named(Text(model, TokenizerKey)), Vocabulary.FromMetadata(Text(model, VocabularyKey)),
                    Vocabulary.FromMetadata(Text(model, ClassesKey)), model);
            }
            catch (ArgumentException e)
            {
                throw new FormatException(e.Message, e);
            }
        }

        /// <summary>Writes the model with all that is needed to use it; see <see cref="ModelFile"/>.</summary>
        /// <exception cref="IOException">The file cannot be written; what was there before stays.</exception>
        public void Save(string path) => Model.Save(path);

        /// <summary>Texts as the model learns them.</summary>
        /// <exception cref="ArgumentException">The classes are others, or a text has no symbols or an unknown one; the message says which.</exception>
        public TextDataset Encode(LabelledTexts texts)
        {
            CheckClasses(texts);
            return new TextDataset(texts, Tokenizer, Vocabulary);
        }

        /// <summary>
        /// How likely a text is of each class. Allocates nothing, unless the text is longer than all before it, or has a word of over 128 characters.
        /// </summary>
        /// <param name="text">At least one symbol.</param>
        /// <param name="probabilities">Receives one for each class; their sum is 1.</param>
        /// <returns>The number of the most likely class.</returns>
        /// <exception cref="ArgumentException">The text has no symbols, or an unknown one; or there is room for another number of classes.</exception>
        public int Classify(ReadOnlySpan<char> text, Span<float> probabilities)
        {
            if (probabilities.Length != Classes.Count)
                throw new ArgumentException($"TextClassifier: expected room for {Classes.Count} probabilities, got {probabilities.Length}.", nameof(probabilities));
            int steps = Tokenizer.Count(text);
            if (steps == 0) throw new ArgumentException($"TextClassifier: the text '{text.ToString()}' has no {Tokenizer}: a sequence of length 0.", nameof(text));
            if (_pass == null || steps > _pass.MaxSteps)
            {
                _pass?.Dispose();
                _pass = new SequencePass(Model, 1, Math.Max(32, steps + steps / 2));
                _symbols = new float[_pass.MaxSteps];
            }
            Tokenizer.Encode(text, Vocabulary, _symbols.AsSpan(0, steps));
            _pass.Forward(_symbols.AsSpan(0, steps), 1, steps);
            _pass.CopyOutput(probabilities);
            int best = Largest(probabilities);
            float largest = probabilities[best], sum = 0;
            for (int c = 0; c < probabilities.Length; c++) sum += probabilities[c] = MathF.Exp(probabilities[c] - largest);
            for (int c = 0; c < probabilities.Length; c++) probabilities[c] /= sum;
            return best;
        }

        /// <summary>What the model takes texts for, counted.</summary>
        /// <exception cref="ArgumentException">The classes are others, or a text has no symbols or an unknown one; the message says which.</exception>
        public ConfusionCounts Evaluate(LabelledTexts texts)
        {
            TextDataset data = Encode(texts);
            var counts = new ConfusionCounts(Classes);
            if (data.Count == 0) return counts;
            using var pass = new SequencePass(Model, Math.Min(EvaluationRows, data.Count), data.MaxSteps);
            var input = new float[pass.MaxBatch * data.MaxSteps]; // (B, T)
            var scores = new float[pass.MaxBatch * Classes.Count]; // (B, classes)
            var lengths = new int[pass.MaxBatch];
            var target = new float[1];
            for (int first = 0; first < data.Count; first += pass.MaxBatch)
            {
                int rows = Math.Min(pass.MaxBatch, data.Count - first), steps = 0;
                for (int row = 0; row < rows; row++) steps = Math.Max(steps, lengths[row] = data.Steps(first + row));
                for (int row = 0; row < rows; row++) data.Read(first + row, input.AsSpan(row * steps, lengths[row]), target);
                pass.Forward(input.AsSpan(0, rows * steps), rows, steps, lengths: lengths.AsSpan(0, rows));
                pass.CopyOutput(scores.AsSpan(0, rows * Classes.Count));
                for (int row = 0; row < rows; row++) counts.Add(texts.Labels[first + row], Largest(scores.AsSpan(row * Classes.Count, Classes.Count)));
            }
            return counts;
        }

        /// <summary>Frees the memory that <see cref="Classify"/> works in; the model stays.</summary>
        public void Dispose() => _pass?.Dispose();

        private static SequenceModel Build(Vocabulary vocabulary, Vocabulary classes, RecurrentLayer recurrent, float dropout, ulong seed) => new SequenceModel(
            ("embedding", new Embedding(vocabulary.Count, recurrent.InputSize, vocabulary.Padding, RandomSource.Combine(seed, 1))),
            ("recurrent", recurrent),
            ("final", recurrent.Bidirectional ? new FinalStates() : (Layer)new LastStep()),
            ("dropout", new Dropout(dropout)),
            ("head", new Linear(recurrent.OutputSize, classes.Count, seed: RandomSource.Combine(seed, 2))));

        private static string Text(SequenceModel model, string key) => model.Metadata.TryGetValue(key, out string? text) ? text
            : throw new FormatException($"the model has no '{key}' in its metadata, expected that of a text classifier.");

        private static int Largest(ReadOnlySpan<float> scores)
        {
            int best = 0;
            for (int c = 1; c < scores.Length; c++)
                if (scores[c] > scores[best]) best = c;
            return best;
        }

        private void CheckClasses(LabelledTexts texts)
        {
            if (texts == null) throw new ArgumentNullException(nameof(texts));
            bool alike = texts.Classes.Count == Classes.Count;
            for (int c = 0; alike && c < Classes.Count; c++) alike = texts.Classes[c] == Classes[c];
            if (!alike)
                throw new ArgumentException($"TextClassifier: expected the classes {string.Join(", ", (IEnumerable<string>)Classes.Symbols)}, got {string.Join(", ", (IEnumerable<string>)texts.Classes.Symbols)}.", nameof(texts));
        }
    }
}
