using System;
using System.Globalization;

namespace Recurrent.Onnx
{
    /// <summary>One axis of a declared shape: a fixed size, a symbol such as <c>batch</c>, or neither.</summary>
    public readonly struct OnnxDimension : IEquatable<OnnxDimension>
    {
        private readonly long _valuePlusOne;
        private readonly string? _symbol;

        /// <summary>An axis of fixed size.</summary>
        /// <exception cref="ArgumentOutOfRangeException">The size is negative.</exception>
        public OnnxDimension(long value)
        {
            if (value < 0 || value == long.MaxValue)
                throw new ArgumentOutOfRangeException(nameof(value), value, "OnnxDimension: a size is not negative.");
            _valuePlusOne = value + 1;
            _symbol = null;
        }

        /// <summary>An axis whose size is known when the model runs, under a name; an empty name is an axis of which nothing is known.</summary>
        public OnnxDimension(string symbol)
        {
            _valuePlusOne = 0;
            _symbol = symbol;
        }

        /// <summary>The size, or -1 where it is not fixed.</summary>
        public long Value => _valuePlusOne - 1;

        /// <summary>The name of an axis that is not fixed; empty where it has none.</summary>
        public string Symbol => _symbol ?? string.Empty;

        /// <summary>Whether the size is fixed in the model.</summary>
        public bool IsFixed => _valuePlusOne > 0;

        /// <summary>A fixed size.</summary>
        public static implicit operator OnnxDimension(long value) => new OnnxDimension(value);

        /// <summary>A named axis.</summary>
        public static implicit operator OnnxDimension(string symbol) => new OnnxDimension(symbol);

        /// <inheritdoc/>
        public bool Equals(OnnxDimension other) => Value == other.Value && Symbol == other.Symbol;

        /// <inheritdoc/>
        public override bool Equals(object? obj) => obj is OnnxDimension other && Equals(other);

        /// <inheritdoc/>
        public override int GetHashCode() => HashCode.Combine(Value, Symbol);

        /// <summary>The size, the symbol, or <c>?</c>.</summary>
        public override string ToString() =>
            IsFixed ? Value.ToString(CultureInfo.InvariantCulture) : Symbol.Length > 0 ? Symbol : "?";
    }
}
