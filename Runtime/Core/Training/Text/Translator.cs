using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;

namespace Recurrent
{
    /// <summary>
    /// Text in, text out: an <see cref="EncoderDecoder"/> with its vocabularies, which stand in the model's file. Make one from pairs, train its model on
    /// <see cref="Dataset"/> with a <see cref="Trainer"/> and <see cref="Losses.CrossEntropy"/>, save it, and call <see cref="Translate"/>. Not thread-safe.
    /// </summary>
    public sealed class Translator : IDisposable
    {
        private const string SettingsKey = "translator", SourceKey = "source_vocabulary", TargetKey = "target_vocabulary", LayerName = "translator";

        // What a file may ask for, and more than a recurrent network remembers.
        private const int MaxLength = 4096;

        private readonly EncoderDecoder _layer;
        private readonly bool _words, _reversed, _fixed;
        private SequenceDecoder? _decoder;
        private int _beamWidth = 1;

        /// <summary>Takes a model with what <see cref="Create"/> puts into its metadata, as it is read from a file.</summary>
        /// <exception cref="FormatException">The model is no translator; the message says why.</exception>
        public Translator(SequenceModel model)
        {
            Model = model ?? throw new ArgumentNullException(nameof(model));
            _layer = model.Layers.Count == 1 ? model.Layers[0] as EncoderDecoder ?? throw Unfit("its layer is no EncoderDecoder") : throw Unfit($"it has {model.Layers.Count} layers, expected 1");
            JsonValue settings = JsonValue.Parse(Metadata(SettingsKey));
            _words = settings["words"].AsBoolean();
            _reversed = settings["reverseSource"].AsBoolean();
            _fixed = settings["fixedLength"].AsBoolean();
            MaxSourceLength = Length(settings, "maxSourceLength");
            MaxTargetLength = Length(settings, "maxTargetLength");
            Source = Vocabulary.FromMetadata(Metadata(SourceKey));
            Target = Vocabulary.FromMetadata(Metadata(TargetKey));
            EncoderDecoderOptions options = _layer.Options;
            if (Source.Count != _layer.SourceSymbols) throw Unfit($"its source vocabulary has {Source.Count} symbols, expected {_layer.SourceSymbols}");
            if (Target.Count != _layer.TargetSymbols) throw Unfit($"its target vocabulary has {Target.Count} symbols, expected {_layer.TargetSymbols}");
            if (options.FeedsSymbols && Target.Start < 0) throw Unfit($"its target vocabulary has no '{Vocabulary.StartSymbol}'");
            if (!_fixed && Target.End < 0) throw Unfit($"its target vocabulary has no '{Vocabulary.EndSymbol}'");
            if (_fixed && (Source.Padding < 0 || Target.Padding < 0)) throw Unfit($"a vocabulary has no '{Vocabulary.PaddingSymbol}', expected one for texts of fixed length");
            if (options.SourcePadding != (_fixed ? -1 : Source.Padding) || options.TargetPadding != (_fixed ? -1 : Target.Padding)) throw Unfit("its layer and its vocabularies differ in the padding symbol");
        }

        /// <summary>The model: what a <see cref="Trainer"/> trains.</summary>
        public SequenceModel Model { get; }

        /// <summary>The symbols of texts to translate.</summary>
        public Vocabulary Source { get; }

        /// <summary>The symbols of translations.</summary>
        public Vocabulary Target { get; }

        /// <summary>The most symbols of a text to translate.</summary>
        public int MaxSourceLength { get; }

        /// <summary>The most symbols of a translation.</summary>
        public int MaxTargetLength { get; }

        /// <summary>How many beginnings of a translation are kept at every step; 1 for greedy decoding, which is the fastest.</summary>
        /// <exception cref="ArgumentOutOfRangeException">The value is below 1.</exception>
        public int BeamWidth
        {
            get => _beamWidth;
            set
            {
                if (value < 1) throw new ArgumentOutOfRangeException(nameof(value), $"Translator: expected a beam of at least 1, got {value}.");
                if (value != _beamWidth) Forget();
                _beamWidth = value;
            }
        }

        /// <summary>Makes a translator for pairs like these, with initial weights: its vocabularies and greatest lengths are theirs.</summary>
        /// <param name="pairs">All that it should be able to read and write.</param>
        /// <param name="options">The defaults if null.</param>
        /// <param name="seed">What the initial weights are drawn from.</param>
        /// <exception cref="ArgumentException">There is no pair, a text is empty or longer than 4,096 symbols, or options do not fit each other.</exception>
        public static Translator Create(IReadOnlyList<TextPair> pairs, TranslatorOptions? options = null, ulong seed = 0)
        {
            options ??= new TranslatorOptions();
            if (pairs.Count == 0) throw new ArgumentException("Translator: expected at least one pair, got none.", nameof(pairs));
            var sources = new List<string>();
            var targets = new List<string>();
            int maxSource = 0, maxTarget = 0;
            for (int i = 0; i < pairs.Count; i++)
            {
                maxSource = Math.Max(maxSource, Add(sources, pairs[i].Source, "source", i, options.Words));
                maxTarget = Math.Max(maxTarget, Add(targets, pairs[i].Target, "target", i, options.Words));
            }
            int different = sources.Distinct().Count(), room = options.MaxSourceSymbols - 1;
            Vocabulary source = different <= room
                ? Vocabulary.Build(sources, int.MaxValue, Vocabulary.PaddingSymbol)
                : Vocabulary.Build(sources, options.MaxSourceSymbols, Vocabulary.PaddingSymbol, Vocabulary.UnknownSymbol);
            var special = new List<string> { Vocabulary.PaddingSymbol };
            if (options.FeedsSymbols) special.Add(Vocabulary.StartSymbol);
            if (!options.FixedLength) special.Add(Vocabulary.EndSymbol);
            Vocabulary target = Vocabulary.Build(targets, int.MaxValue, special.ToArray());

            var model = new SequenceModel((LayerName, MakeLayer(source, target, options, seed)));
            model.Metadata[SourceKey] = source.ToMetadata();
            model.Metadata[TargetKey] = target.ToMetadata();
            model.Metadata[SettingsKey] = new JsonWriter().BeginObject().Member("words", options.Words).Member("reverseSource", options.ReverseSource)
                .Member("fixedLength", options.FixedLength).Member("maxSourceLength", maxSource).Member("maxTargetLength", maxTarget).EndObject().ToString();
            return new Translator(model);
        }

        /// <summary>Reads a translator from a file.</summary>
        /// <exception cref="ModelFileException">The file is no translator's; the message says why.</exception>
        /// <exception cref="IOException">There is no such file, or it cannot be read.</exception>
        public static Translator Load(string path)
        {
            SequenceModel model = ModelFile.Load(path);
            try
            {
                return new Translator(model);
            }
            catch (FormatException e)
            {
                throw new ModelFileException(path, $"is no translator's file: {e.Message}", e);
            }
        }

        /// <summary>Writes the model with its vocabularies to a file, replaced as a whole if it is there.</summary>
        /// <exception cref="IOException">The file cannot be written; what was there before stays.</exception>
        public void Save(string path) => Model.Save(path);

        /// <summary>Pairs for a <see cref="Trainer"/> of <see cref="Model"/>.</summary>
        /// <exception cref="ArgumentException">A text is empty or too long, or has a symbol that is not in the vocabulary; the message says in which pair.</exception>
        public SequenceDataset Dataset(IReadOnlyList<TextPair> pairs)
        {
            int[][] sources = new int[pairs.Count][], fed = new int[pairs.Count][], targets = new int[pairs.Count][];
            for (int i = 0; i < pairs.Count; i++)
            {
                try
                {
                    sources[i] = EncodeSource(pairs[i].Source);
                    (fed[i], targets[i]) = EncodeTarget(pairs[i].Target);
                }
                catch (ArgumentException e)
                {
                    throw new ArgumentException($"{e.Message} It stands in pair {i}.", e);
                }
            }
            return new TextPairDataset(sources, fed, targets);
        }

        /// <summary>Translates a text.</summary>
        /// <exception cref="ArgumentException">The text is empty or too long, or has a symbol that is not in the vocabulary; the message says which.</exception>
        public string Translate(string text) => Candidates(text)[0].Text;

        /// <summary>Translations of a text, the likeliest first: one with greedy decoding, or all that the beam came to.</summary>
        /// <exception cref="ArgumentException">The text is empty or too long, or has a symbol that is not in the vocabulary; the message says which.</exception>
        public IReadOnlyList<Translation> Candidates(string text)
        {
            int[] source = EncodeSource(text ?? throw new ArgumentNullException(nameof(text)));
            if (_decoder == null || _decoder.MaxSourceSteps < source.Length)
            {
                Forget();
                // Memory for texts as long as they come, and not for the longest that may.
                int room = Math.Min(MaxSourceLength, Math.Max(32, 2 * source.Length));
                _decoder = new SequenceDecoder(_layer, Target.Start, _fixed ? -1 : Target.End, room, _fixed ? MaxTargetLength : MaxTargetLength + 1, BeamWidth);
            }
            return _decoder.Decode(source).Select(found => Describe(found, source)).ToArray();
        }

        /// <summary>Frees the memory of decoding; the model stays as it is.</summary>
        public void Dispose() => Forget();

        private static EncoderDecoder MakeLayer(Vocabulary source, Vocabulary target, TranslatorOptions options, ulong seed)
        {
            if (options.Bidirectional && options.HiddenSize % 2 != 0) throw new ArgumentException($"Translator: HiddenSize is {options.HiddenSize}, expected an even number for two directions.", nameof(options));
            int encoded = options.HiddenSize, embedding = options.EmbeddingDim;
            int decoderInputs = (options.FeedsSymbols ? embedding > 0 ? embedding : target.Count : 0) + (options.RepeatsEncoder ? encoded : 0);
            RecurrentLayer Make(int inputs, int hidden, bool bidirectional, ulong part) => options.Cell switch
            {
                RecurrentKind.LSTM => new LSTM(inputs, hidden, options.NumLayers, dropout: options.Dropout, bidirectional: bidirectional, seed: RandomSource.Combine(seed, part)),
                RecurrentKind.GRU => new GRU(inputs, hidden, options.NumLayers, dropout: options.Dropout, bidirectional: bidirectional, seed: RandomSource.Combine(seed, part)),
                _ => new RNN(inputs, hidden, options.NumLayers, dropout: options.Dropout, bidirectional: bidirectional, seed: RandomSource.Combine(seed, part)),
            };
            return new EncoderDecoder(source.Count, target.Count,
                Make(embedding > 0 ? embedding : source.Count, options.Bidirectional ? encoded / 2 : encoded, options.Bidirectional, 1),
                Make(Math.Max(1, decoderInputs), options.HiddenSize, false, 2),
                new EncoderDecoderOptions
                {
                    SourceEmbedding = embedding,
                    TargetEmbedding = options.FeedsSymbols ? embedding : 0,
                    FeedsSymbols = options.FeedsSymbols,
                    RepeatsEncoder = options.RepeatsEncoder,
                    CarriesState = options.CarriesState,
                    Attention = options.Attention,
                    SourcePadding = options.FixedLength ? -1 : source.Padding,
                    TargetPadding = options.FixedLength ? -1 : target.Padding,
                }, RandomSource.Combine(seed, 3));
        }

        private static int Add(List<string> symbols, string text, string what, int pair, bool words)
        {
            int before = symbols.Count;
            symbols.AddRange(Split(text, words));
            int length = symbols.Count - before;
            if (length < 1 || length > MaxLength) throw new ArgumentException($"Translator: the {what} of pair {pair} has {length} symbols, expected 1 to {MaxLength}.", "pairs");
            return length;
        }

        /// <summary>Characters, or words between white space: what a translation is put together from must give back its text.</summary>
        private static IEnumerable<string> Split(string text, bool words) =>
            words ? text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries) : Tokenizer.Characters.Split(text);

        private int[] EncodeSource(string text)
        {
            int[] symbols = Encode(text, Source, "text", MaxSourceLength);
            if (_fixed) symbols = Pad(symbols, MaxSourceLength, Source.Padding);
            if (_reversed) Array.Reverse(symbols);
            return symbols;
        }

        private (int[] Fed, int[] Next) EncodeTarget(string text)
        {
            int[] next = Encode(text, Target, "translation", MaxTargetLength);
            next = _fixed ? Pad(next, MaxTargetLength, Target.Padding) : next.Append(Target.End).ToArray();
            var fed = new int[next.Length];
            fed[0] = Math.Max(0, Target.Start);
            Array.Copy(next, 0, fed, 1, next.Length - 1);
            return (fed, next);
        }

        private int[] Encode(string text, Vocabulary vocabulary, string what, int maxLength)
        {
            string[] symbols = Split(text, _words).ToArray();
            if (symbols.Length < 1 || symbols.Length > maxLength) throw new ArgumentException($"Translator: the {what} \"{text}\" has {symbols.Length} {(_words ? "words" : "characters")}, expected 1 to {maxLength}.");
            var indices = new int[symbols.Length];
            for (int i = 0; i < symbols.Length; i++)
            {
                int index = indices[i] = vocabulary.Contains(symbols[i]) ? vocabulary.IndexOf(symbols[i]) : vocabulary.Unknown;
                if (index < 0) throw new ArgumentException($"Translator: '{symbols[i]}' at place {i} of the {what} \"{text}\" is none of the {vocabulary.Count} symbols of the vocabulary.");
                if (index == vocabulary.Padding || index == vocabulary.Start || index == vocabulary.End)
                    throw new ArgumentException($"Translator: '{symbols[i]}' at place {i} of the {what} \"{text}\" is a symbol of the translator's own.");
            }
            return indices;
        }

        private static int[] Pad(int[] symbols, int length, int padding)
        {
            int before = symbols.Length;
            Array.Resize(ref symbols, length);
            for (int i = before; i < length; i++) symbols[i] = padding;
            return symbols;
        }

        private Translation Describe(DecodedSequence found, int[] source)
        {
            int count = found.Symbols.Count;
            string[] symbols = found.Symbols.Select(symbol => Target[symbol]).ToArray(), read = source.Select(symbol => Source[symbol]).ToArray();
            float[] attention = found.Attention;
            if (_reversed)
            {
                Array.Reverse(read);
                for (int i = 0; attention.Length > 0 && i < count; i++) Array.Reverse(attention, i * source.Length, source.Length);
            }
            string text = string.Join(_words ? " " : "", symbols.Select(symbol => symbol == Vocabulary.PaddingSymbol ? " " : symbol)).TrimEnd(' ');
            return new Translation(text, symbols, read, found.LogProbability, found.Ended || _fixed, attention);
        }

        private void Forget()
        {
            _decoder?.Dispose();
            _decoder = null;
        }

        private string Metadata(string name) => Model.Metadata.TryGetValue(name, out string? text) ? text : throw Unfit($"it has no '{name}' in its metadata");

        private static int Length(JsonValue settings, string name)
        {
            int length = settings[name].AsInt32();
            return length >= 1 && length <= MaxLength ? length : throw new FormatException($"Translator: {name} is {length}, expected 1 to {MaxLength}.");
        }

        private FormatException Unfit(string reason) => new FormatException($"Translator: {Model} is no translator: {reason}.");
    }
}
