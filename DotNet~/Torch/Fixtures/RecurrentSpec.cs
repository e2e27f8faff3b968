using System;
using System.Collections.Generic;

namespace Recurrent.Fixtures
{
    /// <summary>What a recurrent layer is, and the batch it sees. The names of the options are those of the fixture's metadata.</summary>
    internal sealed record RecurrentSpec
    {
        /// <summary>RNN, LSTM or GRU.</summary>
        public required string Cell { get; init; }
        public string Nonlinearity { get; init; } = "tanh";
        public int InputSize { get; init; }
        public int HiddenSize { get; init; }
        public int NumLayers { get; init; } = 1;
        public bool Bidirectional { get; init; }
        public bool Bias { get; init; } = true;
        public int ProjSize { get; init; }
        /// <summary>GRU: whether the reset gate acts after the hidden product, r*(W_hn h + b_hn), or before it, W_hn (r*h) + b_hn.</summary>
        public bool ResetAfter { get; init; } = true;
        /// <summary>GRU: whether z keeps the old state, (1-z)*n + z*h, or brings in the new, (1-z)*h + z*n.</summary>
        public bool UpdateKeeps { get; init; } = true;
        public int Steps { get; init; }
        public int Batch { get; init; }
        /// <summary>Each sequence's length, in no order; empty where all take every step.</summary>
        public int[] Lengths { get; init; } = [];
        public bool HasInitialState { get; init; }

        public int Directions => Bidirectional ? 2 : 1;
        public int Gates => Cell switch { "LSTM" => 4, "GRU" => 3, _ => 1 };
        public bool HasCellState => Cell == "LSTM";
        /// <summary>How many features h has.</summary>
        public int OutputSize => ProjSize > 0 ? ProjSize : HiddenSize;
        /// <summary>Whether libtorch has this recurrence itself.</summary>
        public bool InLibTorch => ResetAfter && UpdateKeeps;

        /// <summary>What PyTorch appends to the names of a layer's parameters.</summary>
        public static string Suffix(int layer, int direction) => $"_l{layer}{(direction == 1 ? "_reverse" : "")}";

        /// <summary>The parameters of the stack under PyTorch's names, in PyTorch's order.</summary>
        public IEnumerable<(string Name, long[] Shape)> Parameters()
        {
            for (int layer = 0; layer < NumLayers; layer++)
                for (int direction = 0; direction < Directions; direction++)
                    foreach (var parameter in CellParameters(layer == 0 ? InputSize : OutputSize * Directions, Suffix(layer, direction)))
                        yield return parameter;
        }

        /// <summary>The parameters of one cell that reads <paramref name="features"/>.</summary>
        public IEnumerable<(string Name, long[] Shape)> CellParameters(int features, string suffix)
        {
            yield return ("weight_ih" + suffix, [Gates * HiddenSize, features]);
            yield return ("weight_hh" + suffix, [Gates * HiddenSize, OutputSize]);
            if (Bias) yield return ("bias_ih" + suffix, [Gates * HiddenSize]);
            if (Bias) yield return ("bias_hh" + suffix, [Gates * HiddenSize]);
            if (ProjSize > 0) yield return ("weight_hr" + suffix, [ProjSize, HiddenSize]);
        }

        /// <summary>Bounds of the uniform numbers that the weights are: wide enough that the gates open and close.</summary>
        public float WeightScale => 2f / MathF.Sqrt(HiddenSize);
    }
}
