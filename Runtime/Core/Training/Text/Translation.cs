using System.Collections.Generic;

namespace Recurrent
{
    /// <summary>What a <see cref="Translator"/> made of a text.</summary>
    public sealed class Translation
    {
        internal Translation(string text, IReadOnlyList<string> symbols, IReadOnlyList<string> sourceSymbols, double logProbability, bool ended, float[] attention)
        {
            Text = text;
            Symbols = symbols;
            SourceSymbols = sourceSymbols;
            LogProbability = logProbability;
            Ended = ended;
            Attention = attention;
        }

        /// <summary>The text.</summary>
        public string Text { get; }

        /// <summary>Its symbols, with the padding of a translator of fixed length.</summary>
        public IReadOnlyList<string> Symbols { get; }

        /// <summary>The source's symbols, in the order of the text.</summary>
        public IReadOnlyList<string> SourceSymbols { get; }

        /// <summary>The natural logarithm of its probability, as the model sees it.</summary>
        public double LogProbability { get; }

        /// <summary>Whether the model ended it; false where it was cut at the greatest length.</summary>
        public bool Ended { get; }

        /// <summary>(symbols, source symbols): how the source was weighed for each symbol, each row summing to 1; empty without attention.</summary>
        public float[] Attention { get; }
    }
}
