namespace Recurrent.Benchmarks;

/// <summary>C (<see cref="Rows"/>, <see cref="Columns"/>) = A (rows, <see cref="K"/>) · B (k, columns).</summary>
public readonly record struct ProductSize(int Rows, int K, int Columns)
{
    public override string ToString() => $"{Rows}×{K}·{K}×{Columns}";
}
