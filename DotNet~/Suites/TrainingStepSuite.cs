using System.Collections.Generic;
using BenchmarkDotNet.Attributes;

namespace Recurrent.Benchmarks;

/// <summary>Forward, loss, backward and Adam of one batch.</summary>
[MemoryDiagnoser]
public class TrainingStepSuite
{
    private TrainingStep _step = null!;

    public static IEnumerable<Workload> Workloads => Workload.All;

    [ParamsSource(nameof(Workloads))]
    public Workload Sizes { get; set; } = null!;

    [ParamsAllValues]
    public CellKind Cell { get; set; }

    [Params(1, 2)]
    public int Threads { get; set; }

    [GlobalSetup]
    public void Open() => _step = new TrainingStep(Sizes, Cell, Threads, TrainingData.Noise(Sizes));

    [GlobalCleanup]
    public void Close() => _step.Dispose();

    [Benchmark]
    public void Step() => _step.Run();
}
