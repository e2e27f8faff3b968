using System;

namespace Recurrent.Benchmarks;

/// <summary>What a kind of cell stands for.</summary>
public static class CellKinds
{
    public static CellKind[] All { get; } = Enum.GetValues<CellKind>();

    /// <summary>Gates, each with a row of weights a hidden unit.</summary>
    public static int Gates(this CellKind cell) => cell switch
    {
        CellKind.LSTM => 4,
        CellKind.GRU => 3,
        _ => 1,
    };

    /// <summary>A layer with PyTorch's default initialisation.</summary>
    public static RecurrentLayer Create(this CellKind cell, int input, int hidden, int layers = 1, bool bidirectional = false) => cell switch
    {
        CellKind.LSTM => new LSTM(input, hidden, layers, bidirectional: bidirectional, seed: 1),
        CellKind.GRU => new GRU(input, hidden, layers, bidirectional: bidirectional, seed: 1),
        _ => new RNN(input, hidden, layers, bidirectional: bidirectional, seed: 1),
    };
}
