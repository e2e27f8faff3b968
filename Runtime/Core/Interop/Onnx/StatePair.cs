using System;

namespace Recurrent.Onnx
{
    /// <summary>An input of a model and the output whose value belongs there in the next step.</summary>
    public readonly struct StatePair : IEquatable<StatePair>
    {
        /// <summary>Pairs an input with an output.</summary>
        public StatePair(string input, string output, string reason = "given")
        {
            Input = input;
            Output = output;
            Reason = reason;
        }

        /// <summary>The model's input.</summary>
        public string Input { get; }

        /// <summary>The model's output.</summary>
        public string Output { get; }

        /// <summary>Why the two were taken for a pair: <c>name</c>, <c>shape</c>, or <c>given</c> by the caller.</summary>
        public string Reason { get; }

        /// <summary>Whether the same input and output are paired, for whatever reason.</summary>
        public bool Equals(StatePair other) => Input == other.Input && Output == other.Output;

        /// <inheritdoc/>
        public override bool Equals(object? obj) => obj is StatePair other && Equals(other);

        /// <inheritdoc/>
        public override int GetHashCode() => HashCode.Combine(Input, Output);

        /// <summary>For example <c>h0 ← hn (name)</c>.</summary>
        public override string ToString() => $"{Input} ← {Output} ({Reason})";
    }
}
