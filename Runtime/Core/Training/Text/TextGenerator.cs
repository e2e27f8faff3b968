using System;
using System.Collections.Generic;
using System.IO;
using System.Text;

namespace Recurrent
{
    /// <summary>
    /// A model that reads text character by character and says which may come next: it continues what it was given. The model takes one symbol's number a
    /// step and gives a logit for each symbol; its vocabulary travels in its metadata, so that a file is all that a game needs.
    /// </summary>
    /// <example><code>
    /// using var generator = TextGenerator.Load("tavern.safetensors");
    /// generator.Sampler.Temperature = 0.8f;
    /// generator.Read("Traveller, ");
    /// string said = generator.Generate(200, new RandomSource(7));
    /// </code></example>
    public sealed class TextGenerator : IDisposable
    {
        /// <summary>The name of the vocabulary in the model's metadata.</summary>
        public const string VocabularyKey = "vocabulary";

        private readonly SequenceStream _stream;
        private readonly float[] _input = new float[1];
        private readonly float[] _logits, _choice;
        private bool _begun;

        /// <summary>Begins with nothing read.</summary>
        /// <param name="model">A model with a vocabulary in its metadata, such as <see cref="CreateModel"/> makes.</param>
        /// <param name="kernels">What computes; <see cref="KernelSet.Default"/> if null.</param>
        /// <exception cref="ArgumentException">The model has no vocabulary, does not fit it, or cannot be fed step by step.</exception>
        public TextGenerator(SequenceModel model, KernelSet? kernels = null)
        {
            Model = model ?? throw new ArgumentNullException(nameof(model));
            if (!model.Metadata.TryGetValue(VocabularyKey, out string? text))
                throw new ArgumentException($"TextGenerator: {model} has no '{VocabularyKey}' in its metadata.", nameof(model));
            try
            {
                Vocabulary = Vocabulary.FromMetadata(text);
            }
            catch (FormatException e)
            {
                throw new ArgumentException($"TextGenerator: the '{VocabularyKey}' of {model}, {e.Message}", nameof(model), e);
            }
            if (model.InputSize != 1 || model.OutputSize != Vocabulary.Count)
                throw new ArgumentException($"TextGenerator: {model} takes {model.InputSize} and gives {model.OutputSize} numbers a step, expected 1 and one for each of {Vocabulary.Count} symbols.", nameof(model));
            _stream = new SequenceStream(model, kernels: kernels);
            _logits = new float[Vocabulary.Count];
            _choice = new float[Vocabulary.Count];
        }

        /// <summary>Reads a model from its file.</summary>
        /// <exception cref="ModelFileException">The file is no model, or one that does not generate text.</exception>
        /// <exception cref="IOException">There is no such file, or it cannot be read.</exception>
        public static TextGenerator Load(string path)
        {
            SequenceModel model = ModelFile.Load(path);
            try
            {
                return new TextGenerator(model);
            }
            catch (ArgumentException e)
            {
                throw new ModelFileException(path, e.Message, e);
            }
        }

        /// <summary>The model.</summary>
        public SequenceModel Model { get; }

        /// <summary>The symbols that it knows.</summary>
        public Vocabulary Vocabulary { get; }

        /// <summary>How the next symbol is chosen: temperature and top-k.</summary>
        public LogitSampler Sampler { get; } = new LogitSampler();

        /// <summary>The characters of a text, the most frequent first, after <see cref="Vocabulary.UnknownSymbol"/>.</summary>
        /// <exception cref="ArgumentException">The text is empty.</exception>
        public static Vocabulary VocabularyOf(string text) => Vocabulary.Build(Characters(text), int.MaxValue, Vocabulary.UnknownSymbol);

        /// <summary>
        /// A model for a vocabulary: <see cref="Embedding"/> → recurrent layer → <see cref="Dropout"/> → <see cref="Linear"/>, with the vocabulary in its metadata.
        /// The initial weights are ones with which text is learned in fewer steps than with PyTorch's: input weights uniform in ±4/√features at the first level and ±1/√features above,
        /// recurrent ones orthogonal (Saxe et al., 2014), biases zero but 1 at the forget gates of an LSTM.
        /// </summary>
        /// <param name="vocabulary">The symbols.</param>
        /// <param name="recurrent">What remembers, reading from beginning to end; its weights are drawn anew.</param>
        /// <param name="dropout">The share of its outputs that is dropped while training, in [0, 1).</param>
        /// <param name="seed">What the initial weights are drawn from.</param>
        /// <exception cref="ArgumentException">The layer reads the text from its end too, already belongs to a model, or the dropout is out of range.</exception>
        public static SequenceModel CreateModel(Vocabulary vocabulary, RecurrentLayer recurrent, float dropout = 0, ulong seed = 0)
        {
            if (recurrent.NeedsWholeSequence) throw new ArgumentException($"TextGenerator: {recurrent} reads the text from its end too, and so cannot continue it.", nameof(recurrent));
            Initialize(recurrent, new RandomSource(RandomSource.Combine(seed, 3)));
            var model = new SequenceModel(
                ("embedding", new Embedding(vocabulary.Count, recurrent.InputSize, seed: RandomSource.Combine(seed, 1))),
                ("rnn", recurrent),
                ("dropout", new Dropout(dropout)),
                ("head", new Linear(recurrent.OutputSize, vocabulary.Count, seed: RandomSource.Combine(seed, 2))));
            model.Metadata[VocabularyKey] = vocabulary.ToMetadata();
            return model;
        }

        /// <summary>
        /// A text as training data for <see cref="Losses.CrossEntropy"/>: each character's target is the next one. The text is cut into tracks for truncated
        /// back-propagation with the state carried, see <see cref="StreamDataset"/>.
        /// </summary>
        /// <param name="text">The text.</param>
        /// <param name="vocabulary">The symbols; a character that is none of them counts as <see cref="Vocabulary.UnknownSymbol"/>.</param>
        /// <param name="tracks">In how many places the text is read at once, at least 1.</param>
        /// <param name="steps">Through how many characters a gradient goes back, at least 1.</param>
        /// <exception cref="ArgumentException">The text is shorter than one character with a next one for each track, or has a character for which the vocabulary has no symbol.</exception>
        public static StreamDataset Dataset(string text, Vocabulary vocabulary, int tracks, int steps)
        {
            var symbols = new List<float>(text.Length);
            foreach (string symbol in Characters(text)) symbols.Add(vocabulary.IndexOf(symbol));
            return new StreamDataset(symbols.ToArray(), 1, tracks, steps);
        }

        /// <summary>Forgets what was read.</summary>
        public void Reset()
        {
            _stream.Reset();
            _begun = false;
        }

        /// <summary>Reads on.</summary>
        /// <exception cref="ArgumentException">A character is not in the vocabulary, and that has no symbol for unknown ones.</exception>
        public void Read(string text)
        {
            foreach (string symbol in Characters(text)) Read(Vocabulary.IndexOf(symbol));
        }

        /// <summary>
        /// Chooses the next symbol and reads it: a character a frame, for text that appears as it is thought of. Allocates nothing. Where nothing was read before, a line break
        /// is, or the first symbol where the vocabulary has none.
        /// </summary>
        /// <param name="random">What the choice is drawn from.</param>
        /// <returns>The symbol; never one of those with a meaning but <see cref="Vocabulary.EndSymbol"/>.</returns>
        public string Next(RandomSource random)
        {
            if (!_begun) Read(Vocabulary.Contains("\n") ? Vocabulary.IndexOf("\n") : Math.Min(Vocabulary.Unknown + 1, Vocabulary.Count - 1));
            _logits.CopyTo(_choice, 0);
            foreach (int never in stackalloc[] { Vocabulary.Unknown, Vocabulary.Padding, Vocabulary.Start })
                if (never >= 0) _choice[never] = float.NegativeInfinity;
            int symbol = Sampler.Sample(_choice, random);
            Read(symbol);
            return Vocabulary[symbol];
        }

        /// <summary>Continues the text, up to the end symbol where the vocabulary has one.</summary>
        /// <param name="length">The most symbols.</param>
        /// <param name="random">What the choices are drawn from.</param>
        /// <exception cref="ArgumentOutOfRangeException">The length is negative.</exception>
        public string Generate(int length, RandomSource random)
        {
            if (length < 0) throw new ArgumentOutOfRangeException(nameof(length), $"TextGenerator: expected a length of at least 0, got {length}.");
            var text = new StringBuilder(length);
            for (int i = 0; i < length; i++)
            {
                string symbol = Next(random);
                if (symbol == Vocabulary.EndSymbol) break;
                text.Append(symbol);
            }
            return text.ToString();
        }

        /// <summary>Frees the memory.</summary>
        public void Dispose() => _stream.Dispose();

        private static void Initialize(RecurrentLayer recurrent, RandomSource random)
        {
            foreach (Parameter parameter in recurrent.Parameters)
            {
                if (parameter.Shape.Count == 1)
                {
                    parameter.Fill(0);
                }
                else if (parameter.Name.StartsWith("weight_ih", StringComparison.Ordinal))
                {
                    float bound = (parameter.Name == "weight_ih_l0" ? 4 : 1) / MathF.Sqrt(parameter.Shape[1]);
                    Initializer.Uniform(-bound, bound).Apply(parameter, random);
                }
                else
                {
                    Initializer.Orthogonal.Apply(parameter, random);
                }
            }
            if (recurrent is LSTM lstm && lstm.Cell(0).HasBias) lstm.SetForgetBias(1);
        }

        private void Read(int symbol)
        {
            _input[0] = symbol;
            _stream.Step(_input, _logits);
            _begun = true;
        }

        /// <summary>The characters of a text, two UTF-16 units together where they are one.</summary>
        private static IEnumerable<string> Characters(string text)
        {
            for (int i = 0; i < text.Length; i++)
            {
                int length = char.IsSurrogatePair(text, i) ? 2 : 1;
                yield return length == 1 && char.IsSurrogate(text[i]) ? "\uFFFD" : text.Substring(i, length);
                i += length - 1;
            }
        }
    }
}
