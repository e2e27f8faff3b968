using System;
using System.Collections.Generic;
using System.Linq;

namespace Recurrent.Benchmarks;

/// <summary>A table or a few, and the contests in them.</summary>
internal abstract class Section(string name, PeerRun run)
{
    /// <summary>What a selection can name.</summary>
    public static string[] Names { get; } = ["training", "job", "stream", "bfloat16", "sequence", "crowd", "memory"];

    public string Name { get; } = name;

    /// <summary>The largest difference, relative to the largest number, that counts as agreement.</summary>
    public virtual double Tolerance => Agreement.Tolerance;

    protected PeerRun Run { get; } = run;

    protected IEnumerable<Workload> Workloads => Workload.All.Where(Run.Selection.Wants);

    protected IEnumerable<LayerSize> Sizes => LayerSize.All.Where(Run.Selection.Wants);

    protected IEnumerable<CellKind> Cells => CellKinds.All.Where(Run.Selection.Wants);

    /// <summary>All that the selection leaves.</summary>
    public static IEnumerable<Section> Of(PeerRun run) => Names.Where(run.Selection.Wants).Select<string, Section>(name => name switch
    {
        "training" => new TrainingSection(run),
        "job" => new JobSection(run),
        "stream" => new InferenceSection(name, run, steps: 1, batch: 1),
        "bfloat16" => new InferenceSection(name, run, steps: 1, batch: 1, WeightPrecision.BFloat16),
        "sequence" => new InferenceSection(name, run, steps: 50, batch: 1),
        "crowd" => new InferenceSection(name, run, steps: 1, batch: 256),
        "memory" => new MemorySection(run),
        _ => throw new InvalidOperationException($"There is no section {name}."),
    });

    /// <summary>Compares what both runners of every row compute.</summary>
    /// <returns>How many comparisons there were, and the largest relative difference.</returns>
    /// <exception cref="DisagreementException">They do not compute the same.</exception>
    public abstract (int Count, double Worst) Check();

    /// <summary>Measures and prints.</summary>
    public abstract void Measure();
}
