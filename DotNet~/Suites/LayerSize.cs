namespace Recurrent.Benchmarks;

/// <summary>A layer without a head, as inference is measured on.</summary>
public readonly record struct LayerSize(int Input, int Hidden)
{
    public static LayerSize[] All { get; } = [new(8, 32), new(16, 64), new(64, 128), new(128, 256)];

    public override string ToString() => $"{Input}→{Hidden}";
}
