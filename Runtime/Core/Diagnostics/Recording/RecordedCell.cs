using System;
using System.Collections.Generic;

namespace Recurrent.Diagnostics
{
    /// <summary>One recurrent cell of a recording: a level of a stack in a direction, or a pair of states of a model made elsewhere.</summary>
    public sealed class RecordedCell
    {
        /// <summary>Describes a cell.</summary>
        /// <param name="name">Where it stands: <c>0.l1</c>; no blanks.</param>
        /// <param name="kind">LSTM, GRU, RNN, or what its maker calls it.</param>
        /// <param name="outputSize">Features of h.</param>
        /// <param name="hiddenSize">Units of c and of each gate.</param>
        /// <param name="hasCellState">Whether there is a c that can be seen.</param>
        /// <param name="gates">The gates that can be seen: i f g o, r z n; null for none.</param>
        /// <param name="gatesUnseenBecause">Why the gates cannot be seen, if there are some that cannot; empty otherwise.</param>
        /// <exception cref="ArgumentException">A name is empty or has a blank, or a size is out of range.</exception>
        public RecordedCell(string name, string kind, int outputSize, int hiddenSize, bool hasCellState, IReadOnlyList<string>? gates = null, string gatesUnseenBecause = "")
        {
            if (name.Length == 0 || name.IndexOf(' ') >= 0) throw new ArgumentException($"RecordedCell: '{name}' cannot name a cell; expected letters without a blank.", nameof(name));
            if (outputSize < 1) throw new ArgumentException($"RecordedCell({name}): expected at least one feature of h, got {outputSize}.", nameof(outputSize));
            if (hiddenSize < 1) throw new ArgumentException($"RecordedCell({name}): expected at least one hidden unit, got {hiddenSize}.", nameof(hiddenSize));
            Name = name;
            Kind = kind;
            OutputSize = outputSize;
            HiddenSize = hiddenSize;
            HasCellState = hasCellState;
            Gates = gates ?? Array.Empty<string>();
            GatesUnseenBecause = gatesUnseenBecause;
        }

        /// <summary>Where it stands: <c>0.l1</c>.</summary>
        public string Name { get; }

        /// <summary>LSTM, GRU, RNN, or what its maker calls it.</summary>
        public string Kind { get; }

        /// <summary>Features of h: the hidden units, or those of a projection.</summary>
        public int OutputSize { get; }

        /// <summary>Units of c and of each gate.</summary>
        public int HiddenSize { get; }

        /// <summary>Whether there is a c.</summary>
        public bool HasCellState { get; }

        /// <summary>The gates.</summary>
        public IReadOnlyList<string> Gates { get; }

        /// <summary>Why gates cannot be seen; empty where they can, or where the cell has none.</summary>
        public string GatesUnseenBecause { get; }

        /// <summary>The cells of a network of this package.</summary>
        internal static RecordedCell[] Of(IReadOnlyList<CellTap> taps)
        {
            var cells = new RecordedCell[taps.Count];
            for (int i = 0; i < cells.Length; i++) cells[i] = Of(taps[i]);
            return cells;
        }

        /// <summary>The cell of a network of this package.</summary>
        public static RecordedCell Of(CellTap tap)
        {
            string kind = tap.Cell switch { LSTMCell _ => "LSTM", GRUCell _ => "GRU", _ => "RNN" };
            return new RecordedCell(tap.Name, kind, tap.Cell.OutputSize, tap.Cell.HiddenSize, tap.Cell is LSTMCell, tap.Gates);
        }
    }
}
