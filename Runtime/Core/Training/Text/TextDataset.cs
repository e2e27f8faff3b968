using System;

namespace Recurrent
{
    /// <summary>
    /// Texts as a classifier learns them: each a sequence of the numbers of its symbols, as long as the text, and its class as the target. A batch is filled up
    /// with steps that count for nothing. The numbers are made once.
    /// </summary>
    public sealed class TextDataset : SequenceDataset
    {
        private readonly LabelledTexts _texts;
        private readonly float[][] _symbols;

        /// <summary>Encodes texts.</summary>
        /// <param name="texts">The texts with their classes.</param>
        /// <param name="tokenizer">What cuts them.</param>
        /// <param name="vocabulary">Which symbol has which number.</param>
        /// <param name="maxSteps">Longer texts lose what is behind this many symbols.</param>
        /// <exception cref="ArgumentException">A text has no symbols, or one that is not in a vocabulary without <see cref="Vocabulary.UnknownSymbol"/>; the message says which text.</exception>
        public TextDataset(LabelledTexts texts, Tokenizer tokenizer, Vocabulary vocabulary, int maxSteps = int.MaxValue)
        {
            _texts = texts ?? throw new ArgumentNullException(nameof(texts));
            if (tokenizer == null) throw new ArgumentNullException(nameof(tokenizer));
            if (vocabulary == null) throw new ArgumentNullException(nameof(vocabulary));
            if (maxSteps < 1) throw new ArgumentOutOfRangeException(nameof(maxSteps), $"TextDataset: expected at least 1 step, got {maxSteps}.");
            _symbols = new float[texts.Count][];
            MaxSteps = 1;
            for (int i = 0; i < _symbols.Length; i++)
            {
                string text = texts.Texts[i];
                var symbols = new float[tokenizer.Count(text)];
                if (symbols.Length == 0) throw new ArgumentException($"TextDataset: text {i}, '{text}', of class '{texts.Classes[texts.Labels[i]]}' has no {tokenizer}: a sequence of length 0.", nameof(texts));
                try
                {
                    tokenizer.Encode(text, vocabulary, symbols);
                }
                catch (ArgumentException e)
                {
                    throw new ArgumentException($"TextDataset: text {i}, '{text}': {e.Message}", e);
                }
                if (symbols.Length > maxSteps) Array.Resize(ref symbols, maxSteps);
                _symbols[i] = symbols;
                MaxSteps = Math.Max(MaxSteps, symbols.Length);
            }
        }

        /// <inheritdoc/>
        public override int Count => _symbols.Length;

        /// <summary>1: the number of a symbol.</summary>
        public override int InputSize => 1;

        /// <summary>1: the number of a class.</summary>
        public override int TargetSize => 1;

        /// <inheritdoc/>
        public override int MaxSteps { get; }

        /// <summary>1.</summary>
        public override int MaxTargetSteps => 1;

        /// <inheritdoc/>
        protected override int StepsOf(int index) => _symbols[index].Length;

        /// <inheritdoc/>
        protected override void Copy(int index, Span<float> input, Span<float> target)
        {
            _symbols[index].AsSpan().CopyTo(input);
            target[0] = _texts.Labels[index];
        }
    }
}
