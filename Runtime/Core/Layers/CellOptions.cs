using System;
using System.Collections.Generic;

namespace Recurrent
{
    /// <summary>
    /// What ONNX's recurrent operators allow beyond PyTorch's layers: peepholes, a limit on what goes into the gates' functions, coupled gates,
    /// other functions. Such cells train like the others, in plain loops.
    /// </summary>
    public sealed class CellOptions
    {
        /// <summary>PyTorch's cells.</summary>
        public static CellOptions Default { get; } = new CellOptions();

        /// <summary>
        /// The functions, or empty for the standard ones. RNN: one; GRU: the gates' and the candidate's; LSTM: the gates', the candidate's and that
        /// of the cell state.
        /// </summary>
        public IReadOnlyList<ActivationFunction> Activations { get; set; } = Array.Empty<ActivationFunction>();

        /// <summary>The functions of the backward direction; empty for the same.</summary>
        public IReadOnlyList<ActivationFunction> ReverseActivations { get; set; } = Array.Empty<ActivationFunction>();

        /// <summary>What goes into the gates' and the candidate's functions is limited to ±this; infinity for no limit.</summary>
        public float Clip { get; set; } = float.PositiveInfinity;

        /// <summary>LSTM: the forget gate is one minus the input gate.</summary>
        public bool InputForget { get; set; }

        /// <summary>LSTM: the gates also see the cell state, through one weight a unit (Gers and Schmidhuber, 2000).</summary>
        public bool Peepholes { get; set; }

        /// <summary>Whether nothing differs from PyTorch's cells.</summary>
        public bool IsDefault => Activations.Count == 0 && ReverseActivations.Count == 0 && float.IsPositiveInfinity(Clip) && !InputForget && !Peepholes;

        /// <summary>How one direction's gates differ; null when they do not.</summary>
        /// <param name="owner">What an error names.</param>
        /// <param name="standard">The functions where none are given.</param>
        /// <param name="reverse">Whether it is the backward direction.</param>
        internal GateVariant? Variant(string owner, ActivationFunction[] standard, bool reverse)
        {
            if (owner != "LSTM" && (InputForget || Peepholes)) throw new ArgumentException($"{owner}: has no cell state, and so neither peepholes nor an input gate to couple.");
            if (!(Clip > 0)) throw new ArgumentException(FormattableString.Invariant($"{owner}: Clip must be above 0, got {Clip}."));
            IReadOnlyList<ActivationFunction> given = reverse && ReverseActivations.Count > 0 ? ReverseActivations : Activations;
            if (given.Count != 0 && given.Count != standard.Length) throw new ArgumentException($"{owner}: got {given.Count} activation functions, expected {standard.Length}.");
            ActivationFunction At(int i) => i >= standard.Length ? default : given.Count == 0 ? standard[i] : given[i];
            bool same = true;
            for (int i = 0; i < standard.Length; i++) same &= At(i).Equals(standard[i]);
            if (same && float.IsPositiveInfinity(Clip) && !InputForget && !Peepholes) return null;
            return new GateVariant { F = At(0), G = At(1), H = At(2), Clip = Clip, InputForget = InputForget };
        }
    }
}
