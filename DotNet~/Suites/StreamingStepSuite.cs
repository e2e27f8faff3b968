using System.Collections.Generic;
using BenchmarkDotNet.Attributes;

namespace Recurrent.Benchmarks;

/// <summary>One frame of one layer with its state carried, for a single character and for a crowd.</summary>
[MemoryDiagnoser]
public class StreamingStepSuite
{
    private SequenceStream _stream = null!;
    private float[] _input = [], _output = [];

    public static IEnumerable<LayerSize> Layers => LayerSize.All;

    [ParamsSource(nameof(Layers))]
    public LayerSize Sizes { get; set; }

    [ParamsAllValues]
    public CellKind Cell { get; set; }

    [Params(1, 256)]
    public int Batch { get; set; }

    [GlobalSetup]
    public void Open()
    {
        var random = new RandomSource(3);
        _stream = new SequenceStream(Cell.Create(Sizes.Input, Sizes.Hidden), Batch);
        _input = new float[Batch * Sizes.Input];
        _output = new float[Batch * Sizes.Hidden];
        for (int i = 0; i < _input.Length; i++) _input[i] = random.NextGaussian();
    }

    [GlobalCleanup]
    public void Close() => _stream.Dispose();

    [Benchmark]
    public void Step() => _stream.Step(_input, _output);
}
