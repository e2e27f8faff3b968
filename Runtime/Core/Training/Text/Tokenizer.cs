using System;
using System.Collections.Generic;
using System.Linq;

namespace Recurrent
{
    /// <summary>Cuts text into symbols: characters or words. Text is taken as it is; composed and decomposed accents are different symbols. Never changes.</summary>
    public sealed class Tokenizer
    {
        // Longer words than this are looked up in a string of their own.
        private const int LongWord = 128;

        private readonly bool _words;

        private Tokenizer(string name, bool words)
        {
            Name = name;
            _words = words;
        }

        /// <summary>Every Unicode character is a symbol, white space and case included.</summary>
        public static Tokenizer Characters { get; } = new Tokenizer("characters", words: false);

        /// <summary>
        /// Every run of letters and digits is a symbol, in lower case and with the apostrophes inside it (<c>don't</c>). Every other character but white space is
        /// one of its own.
        /// </summary>
        public static Tokenizer Words { get; } = new Tokenizer("words", words: true);

        /// <summary>What it cuts into, as it is kept with a model: <c>characters</c> or <c>words</c>.</summary>
        public string Name { get; }

        /// <summary>A tokenizer by its <see cref="Name"/>.</summary>
        /// <exception cref="ArgumentException">There is none of that name.</exception>
        public static Tokenizer Named(string name) => name == Characters.Name ? Characters : name == Words.Name ? Words
            : throw new ArgumentException($"Tokenizer: expected {Characters.Name} or {Words.Name}, got '{name}'.", nameof(name));

        /// <summary>The symbols of a text, in order.</summary>
        public IEnumerable<string> Split(string text)
        {
            if (text == null) throw new ArgumentNullException(nameof(text));
            int end = 0;
            while (Next(text, ref end, out int start))
            {
                string symbol = text.Substring(start, end - start);
                yield return _words ? symbol.ToLowerInvariant() : symbol;
            }
        }

        /// <summary>How many symbols a text has. Allocates nothing.</summary>
        public int Count(ReadOnlySpan<char> text)
        {
            int count = 0, end = 0;
            while (Next(text, ref end, out _)) count++;
            return count;
        }

        /// <summary>Writes the numbers of a text's symbols, as a model's <see cref="Embedding"/> reads them. Allocates nothing, unless a word has over 128 characters.</summary>
        /// <param name="text">The text.</param>
        /// <param name="vocabulary">Which symbol has which number.</param>
        /// <param name="numbers">As many as <see cref="Count"/> says.</param>
        /// <exception cref="ArgumentException">A symbol is not in the vocabulary, which has none for unknown ones; or there is another count of symbols.</exception>
        public void Encode(ReadOnlySpan<char> text, Vocabulary vocabulary, Span<float> numbers)
        {
            if (vocabulary == null) throw new ArgumentNullException(nameof(vocabulary));
            int count = 0, end = 0;
            while (Next(text, ref end, out int start))
            {
                ReadOnlySpan<char> symbol = text.Slice(start, end - start);
                if (count < numbers.Length) numbers[count] = _words ? IndexOfWord(symbol, vocabulary) : vocabulary.IndexOf(symbol);
                count++;
            }
            if (count != numbers.Length) throw new ArgumentException($"Tokenizer: the text has {count} {Name}, got room for {numbers.Length}.", nameof(numbers));
        }

        /// <summary>The symbols of some texts with their numbers: <see cref="Vocabulary.PaddingSymbol"/> is 0, <see cref="Vocabulary.UnknownSymbol"/> 1, then the most frequent ones.</summary>
        /// <param name="texts">What is learned from; what only a test has is unknown.</param>
        /// <param name="maxCount">The most symbols, those two counted.</param>
        /// <exception cref="ArgumentException">The texts have no symbols, or <paramref name="maxCount"/> leaves no room.</exception>
        public Vocabulary BuildVocabulary(IEnumerable<string> texts, int maxCount = int.MaxValue) =>
            Vocabulary.Build((texts ?? throw new ArgumentNullException(nameof(texts))).SelectMany(Split), maxCount, Vocabulary.PaddingSymbol, Vocabulary.UnknownSymbol);

        /// <inheritdoc/>
        public override string ToString() => Name;

        private static int IndexOfWord(ReadOnlySpan<char> word, Vocabulary vocabulary)
        {
            Span<char> lower = word.Length <= LongWord ? stackalloc char[word.Length] : new char[word.Length];
            word.ToLowerInvariant(lower);
            return vocabulary.IndexOf(lower);
        }

        /// <summary>Finds the symbol after <paramref name="end"/> and moves that to the symbol's own end.</summary>
        private bool Next(ReadOnlySpan<char> text, ref int end, out int start)
        {
            start = end;
            if (!_words)
            {
                if (start == text.Length) return false;
                end = start + CharacterAt(text, start);
                return true;
            }
            while (start < text.Length && char.IsWhiteSpace(text[start])) start++;
            end = start;
            if (start == text.Length) return false;
            while (end < text.Length && (IsOfWord(text[end]) || (end > start && IsApostrophe(text[end]) && end + 1 < text.Length && IsOfWord(text[end + 1])))) end++;
            if (end == start) end += CharacterAt(text, start);
            return true;
        }

        private static int CharacterAt(ReadOnlySpan<char> text, int place) =>
            place + 1 < text.Length && char.IsSurrogatePair(text[place], text[place + 1]) ? 2 : 1;

        private static bool IsOfWord(char c) => char.IsLetterOrDigit(c);

        private static bool IsApostrophe(char c) => c == '\'' || c == '’';
    }
}
