using System;
using System.Collections.Generic;
using System.Linq;

namespace Recurrent
{
    /// <summary>
    /// Symbols and their numbers: characters, words, or the names of classes. A symbol's number is its place, from 0. Four symbols have a meaning where
    /// a vocabulary has them: <see cref="PaddingSymbol"/>, <see cref="UnknownSymbol"/>, <see cref="StartSymbol"/> and <see cref="EndSymbol"/>. Never changes.
    /// </summary>
    public sealed class Vocabulary
    {
        /// <summary>Stands where a shorter sequence has nothing: <c>&lt;pad&gt;</c>.</summary>
        public const string PaddingSymbol = "<pad>";

        /// <summary>Stands for every symbol that is not in the vocabulary: <c>&lt;unk&gt;</c>.</summary>
        public const string UnknownSymbol = "<unk>";

        /// <summary>Begins a sequence: <c>&lt;s&gt;</c>.</summary>
        public const string StartSymbol = "<s>";

        /// <summary>Ends a sequence: <c>&lt;/s&gt;</c>.</summary>
        public const string EndSymbol = "</s>";

        private readonly string[] _symbols;
        private readonly int[] _first; // by hash: the last symbol that was put there, or −1
        private readonly int[] _next;  // by symbol: the one before it with the same place, or −1

        /// <summary>Makes a vocabulary of symbols in their order.</summary>
        /// <exception cref="ArgumentException">There is no symbol, or one is empty or stands twice.</exception>
        public Vocabulary(IEnumerable<string> symbols)
        {
            _symbols = (symbols ?? throw new ArgumentNullException(nameof(symbols))).ToArray();
            if (_symbols.Length == 0) throw new ArgumentException("Vocabulary: expected at least one symbol, got none.", nameof(symbols));
            int places = 16;
            while (places < _symbols.Length) places *= 2;
            _first = new int[places];
            _next = new int[_symbols.Length];
            Array.Fill(_first, -1);
            for (int i = 0; i < _symbols.Length; i++)
            {
                if (string.IsNullOrEmpty(_symbols[i])) throw new ArgumentException($"Vocabulary: symbol {i} is empty.", nameof(symbols));
                if (Find(_symbols[i]) is int before && before >= 0) throw new ArgumentException($"Vocabulary: '{_symbols[i]}' stands at places {before} and {i}.", nameof(symbols));
                ref int first = ref _first[PlaceOf(_symbols[i])];
                _next[i] = first;
                first = i;
            }
            Padding = Find(PaddingSymbol);
            Unknown = Find(UnknownSymbol);
            Start = Find(StartSymbol);
            End = Find(EndSymbol);
        }

        /// <summary>How many symbols there are.</summary>
        public int Count => _symbols.Length;

        /// <summary>The symbols, in the order of their numbers.</summary>
        public IReadOnlyList<string> Symbols => _symbols;

        /// <summary>The number of <see cref="PaddingSymbol"/>, or -1.</summary>
        public int Padding { get; }

        /// <summary>The number of <see cref="UnknownSymbol"/>, or -1.</summary>
        public int Unknown { get; }

        /// <summary>The number of <see cref="StartSymbol"/>, or -1.</summary>
        public int Start { get; }

        /// <summary>The number of <see cref="EndSymbol"/>, or -1.</summary>
        public int End { get; }

        /// <summary>A symbol by its number.</summary>
        /// <exception cref="ArgumentOutOfRangeException">There is no such number.</exception>
        public string this[int index] => (uint)index < (uint)_symbols.Length ? _symbols[index]
            : throw new ArgumentOutOfRangeException(nameof(index), $"Vocabulary: there is no symbol {index}, expected 0 to {_symbols.Length - 1}.");

        /// <summary>Whether a symbol is there.</summary>
        public bool Contains(string symbol) => Find(symbol ?? throw new ArgumentNullException(nameof(symbol))) >= 0;

        /// <summary>The number of a symbol; that of <see cref="UnknownSymbol"/> for one that is not there.</summary>
        /// <exception cref="ArgumentException">The symbol is not there, and the vocabulary has none for unknown ones.</exception>
        public int IndexOf(string symbol) => IndexOf((symbol ?? throw new ArgumentNullException(nameof(symbol))).AsSpan());

        /// <summary>The number of a symbol that is part of a text; as of one that stands alone. Allocates nothing.</summary>
        /// <exception cref="ArgumentException">The symbol is not there, and the vocabulary has none for unknown ones.</exception>
        public int IndexOf(ReadOnlySpan<char> symbol)
        {
            int index = Find(symbol);
            if (index >= 0) return index;
            return Unknown >= 0 ? Unknown : throw new ArgumentException($"Vocabulary: '{symbol.ToString()}' is none of the {Count} symbols, and there is no '{UnknownSymbol}'.", nameof(symbol));
        }

        /// <summary>
        /// The most frequent symbols of some material, after those with a meaning: frequent ones first, equally frequent ones in ordinal order.
        /// </summary>
        /// <param name="material">Symbols, as often as they occur.</param>
        /// <param name="maxCount">The most symbols of the vocabulary, those with a meaning counted.</param>
        /// <param name="special">What comes first, such as <see cref="PaddingSymbol"/>; it is not looked for in the material.</param>
        /// <exception cref="ArgumentException">Nothing is left to choose from, or <paramref name="maxCount"/> leaves no room.</exception>
        public static Vocabulary Build(IEnumerable<string> material, int maxCount = int.MaxValue, params string[] special)
        {
            if (material == null) throw new ArgumentNullException(nameof(material));
            if (maxCount <= special.Length) throw new ArgumentOutOfRangeException(nameof(maxCount), $"Vocabulary: expected room for more than the {special.Length} special symbols, got {maxCount}.");
            var counts = new Dictionary<string, int>(StringComparer.Ordinal);
            foreach (string symbol in material)
            {
                counts.TryGetValue(symbol, out int count);
                counts[symbol] = count + 1;
            }
            foreach (string symbol in special) counts.Remove(symbol);
            if (counts.Count == 0) throw new ArgumentException("Vocabulary: the material has no symbols.", nameof(material));
            IEnumerable<string> chosen = counts.OrderByDescending(pair => pair.Value).ThenBy(pair => pair.Key, StringComparer.Ordinal).Select(pair => pair.Key);
            return new Vocabulary(special.Concat(chosen.Take(maxCount - special.Length)));
        }

        /// <summary>The symbols as text for the metadata of a model: a JSON array.</summary>
        public string ToMetadata()
        {
            var json = new JsonWriter();
            json.BeginArray();
            foreach (string symbol in _symbols) json.Value(symbol);
            return json.EndArray().ToString();
        }

        /// <summary>Reads what <see cref="ToMetadata"/> gave.</summary>
        /// <exception cref="FormatException">The text is no such array; the message says where.</exception>
        public static Vocabulary FromMetadata(string text)
        {
            JsonValue json = JsonValue.Parse(text);
            if (json.Kind != JsonKind.Array) throw new FormatException($"Vocabulary: expected an array of symbols, got {json.Kind}.");
            try
            {
                return new Vocabulary(json.Items.Select(symbol => symbol.AsString()));
            }
            catch (ArgumentException e)
            {
                throw new FormatException(e.Message, e);
            }
        }

        private int Find(ReadOnlySpan<char> symbol)
        {
            int index = _first[PlaceOf(symbol)];
            while (index >= 0 && !symbol.SequenceEqual(_symbols[index].AsSpan())) index = _next[index];
            return index;
        }

        /// <summary>By the hash of Fowler, Noll and Vo (FNV-1a), a character at a time; it is the same everywhere.</summary>
        private int PlaceOf(ReadOnlySpan<char> symbol)
        {
            uint hash = 2166136261;
            foreach (char c in symbol) hash = (hash ^ c) * 16777619;
            return (int)((hash ^ hash >> 16) & (uint)(_first.Length - 1));
        }
    }
}
