using System.Collections.Generic;
using System.Linq;
using BenchmarkDotNet.Attributes;

namespace Recurrent.Benchmarks;

/// <summary>Kernels on memory of their own, for every kernel set of this machine.</summary>
public abstract unsafe class KernelSuite
{
    private readonly List<AlignedBuffer> _buffers = [];

    public static IEnumerable<string> Names => KernelSet.Available.Select(kernels => kernels.Name);

    [ParamsSource(nameof(Names))]
    public string Kernels { get; set; } = "";

    protected KernelSet Set => KernelSet.Available.First(kernels => kernels.Name == Kernels);

    [GlobalCleanup]
    public void Close() => _buffers.ForEach(buffer => buffer.Dispose());

    /// <summary>Small random numbers, far from where a float becomes subnormal.</summary>
    protected AlignedBuffer Take(int length)
    {
        var random = new RandomSource((ulong)_buffers.Count);
        var buffer = new AlignedBuffer(length);
        foreach (ref float value in buffer.Span) value = 0.1f * random.NextGaussian();
        _buffers.Add(buffer);
        return buffer;
    }
}
