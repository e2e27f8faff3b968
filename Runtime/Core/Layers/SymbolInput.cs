using System;

namespace Recurrent
{
    /// <summary>How the symbols of one side of an <see cref="EncoderDecoder"/> become features: by a row of an embedding, or one-hot.</summary>
    internal sealed unsafe class SymbolInput
    {
        private readonly string _owner;
        private readonly int _symbols, _padding;

        /// <param name="owner">What an error begins with: the layer, and which symbols.</param>
        /// <param name="symbols">How many there are.</param>
        /// <param name="padding">The one that stands for none, or −1.</param>
        /// <param name="table">The embedding, or null.</param>
        public SymbolInput(string owner, int symbols, int padding, Embedding? table)
        {
            _owner = owner;
            _symbols = symbols;
            _padding = padding;
            Table = table;
        }

        /// <summary>The embedding; null for one-hot symbols.</summary>
        public Embedding? Table { get; }

        /// <summary>Features of a symbol.</summary>
        public int Features => Table?.OutputSize ?? _symbols;

        /// <summary>Whether a number stands for no symbol.</summary>
        public bool IsNone(float symbol) => symbol < 0 || symbol == _padding;

        /// <summary>How many symbols a column of the input begins with, none after the first gap.</summary>
        public int Count(in Activations input, int column, int row, int steps)
        {
            int count = 0;
            while (count < steps && !IsNone(input.At(count, row)[column])) count++;
            if (count == 0) throw new ArgumentException($"{_owner} symbols: row {row} has none, expected at least 1.");
            for (int t = count; t < steps; t++)
                if (!IsNone(input.At(t, row)[column])) throw new ArgumentException($"{_owner} symbols: row {row} has one at step {t} and none at step {count}, expected none after the first gap.");
            return count;
        }

        /// <summary>Writes a symbol's features: zeros for none.</summary>
        public void Write(float symbol, float* features)
        {
            var to = new Span<float>(features, Features);
            if (Table == null || IsNone(symbol)) to.Clear();
            if (IsNone(symbol)) return;
            int index = Index(symbol);
            if (Table == null) to[index] = 1;
            else Table.Parameters[0].Value.Slice(index * to.Length, to.Length).CopyTo(to);
        }

        /// <summary>Adds the gradient of a symbol's features to that of the embedding.</summary>
        public void AddGradient(float symbol, float* features, float* gradients)
        {
            if (Table == null || IsNone(symbol)) return;
            float* into = gradients + (long)Index(symbol) * Table.OutputSize;
            for (int i = 0; i < Table.OutputSize; i++) into[i] += features[i];
        }

        private int Index(float symbol)
        {
            int index = symbol < _symbols ? (int)symbol : -1;
            return index == symbol ? index : throw new ArgumentException(FormattableString.Invariant($"{_owner} symbols: expected 0 … {_symbols - 1}, got {symbol}."));
        }
    }
}
