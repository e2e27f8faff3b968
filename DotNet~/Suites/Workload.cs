namespace Recurrent.Benchmarks;

/// <summary>What a training step is measured on: a recurrent stack over <see cref="Steps"/> steps of <see cref="Batch"/> rows, then a Linear on the last step.</summary>
public sealed record Workload(string Id, int Input, int Hidden, int Layers, bool Bidirectional, int Steps, int Batch)
{
    public static Workload[] All { get; } =
    [
        new("a", 1, 64, 2, false, 20, 784),
        new("b", 8, 32, 1, false, 16, 16),
        new("c", 16, 64, 1, false, 32, 32),
        new("d", 64, 128, 2, false, 50, 32),
        new("e", 128, 256, 2, true, 50, 32),
        new("f", 256, 512, 1, false, 64, 64),
    ];

    public int Directions => Bidirectional ? 2 : 1;

    /// <summary>
    /// Floating-point operations of the matrix products that a training step cannot do without: forward, the weights' gradients, and the gradients
    /// of h and of what a layer below puts out. Nobody needs the gradient of the data.
    /// </summary>
    public double Flops(CellKind cell)
    {
        double flops = 0;
        for (int layer = 0; layer < Layers; layer++)
        {
            int input = InputOf(layer);
            double column = 2.0 * Batch * Steps * cell.Gates() * Hidden * Directions;
            flops += column * (2 * (input + Hidden) + Hidden + (layer == 0 ? 0 : input));
        }
        return flops;
    }

    /// <summary>
    /// Bytes of working memory that a training step may take: 1.3 times those of its input, gates and states, 4·T·B·(I + 6H) a layer and direction for
    /// the LSTM, (I + 5H) for the GRU, (I + 2H) for the RNN, and the weights.
    /// </summary>
    public double MemoryBound(CellKind cell, int weights)
    {
        int states = cell switch { CellKind.LSTM => 6, CellKind.GRU => 5, _ => 2 };
        double bytes = 0;
        for (int layer = 0; layer < Layers; layer++) bytes += 4.0 * Steps * Batch * (InputOf(layer) + states * Hidden) * Directions;
        return 1.3 * bytes + 4.0 * weights;
    }

    public override string ToString() =>
        $"({Id}) {Input}→{Hidden}{(Layers > 1 ? $", {Layers} layers" : "")}{(Bidirectional ? ", both directions" : "")}, T={Steps}, B={Batch}";

    private int InputOf(int layer) => layer == 0 ? Input : Hidden * Directions;
}
