using System;
using System.Collections.Generic;
using System.Linq;

namespace Recurrent.Benchmarks;

/// <summary>A layer that carries its state forward, against ONNX Runtime with bound memory; a crowd against TorchSharp too, through its layer and its cell.</summary>
internal sealed class InferenceSection(string name, PeerRun run, int steps, int batch, WeightPrecision weights = WeightPrecision.Single) : Section(name, run)
{
    private int Steps { get; } = steps;

    private int Batch { get; } = batch;

    private WeightPrecision Weights { get; } = weights;

    // Rounded weights agree only so far as their 8 bits.
    public override double Tolerance => Weights == WeightPrecision.BFloat16 ? 2e-2 : base.Tolerance;

    private bool IsCrowd => Batch > 1;

    public override (int Count, double Worst) Check()
    {
        int count = 0;
        double worst = 0;
        foreach (int threads in Run.Selection.Threads)
            foreach (LayerSize size in Sizes)
                foreach (CellKind cell in Cells)
                {
                    using var contest = new Sides(this, size, cell, threads);
                    float[][] expected = contest.Ours.Check();
                    foreach (IContender theirs in contest.Theirs)
                    {
                        worst = Math.Max(worst, Agreement.Require($"{Name} {size}, {cell}, {Text.Threads(threads)}", expected, theirs.Check(), Tolerance));
                        count++;
                    }
                }
        return (count, worst);
    }

    public override void Measure()
    {
        if (!Sizes.Any()) return;
        string what = IsCrowd ? $"A crowd: one step, batch {Batch}" : Steps > 1 ? $"A sequence of {Steps} steps, batch {Batch}" : $"Streaming: one step, batch {Batch}{(Weights == WeightPrecision.BFloat16 ? ", our weights as bfloat16" : "")}";
        foreach (int threads in Run.Selection.Threads)
        {
            string[] columns = IsCrowd ? ["TorchSharp's layer (min–max)", "TorchSharp's cell (min–max)"] : [];
            var table = new Markdown($"{what}, {Text.Threads(threads)}{(threads > 1 && !IsCrowd ? "; ours shares layers of 128 KiB and more" : "")}", ["layer", "cell", "ours (min–max)", "ONNX Runtime (min–max)", .. columns, "ratio", "required"]);
            foreach (LayerSize size in Sizes)
                foreach (CellKind cell in Cells) Measure(table, size, cell, threads);
        }
    }

    private void Measure(Markdown table, LayerSize size, CellKind cell, int threads)
    {
        using var contest = new Sides(this, size, cell, threads);
        Sample[] samples = Contest.Measure(Run.Pace.Blocks, Run.Pace.InferenceBlock, Run.Pace.WarmUp, threads, [contest.Ours, .. contest.Theirs]);
        string[] peers = ["ONNX Runtime", "TorchSharp's layer", "TorchSharp's cell"];
        (Sample best, string peer) = samples.Skip(1).Zip(peers).MinBy(pair => pair.First.Median);
        ResultRow row = ResultRow.Of($"{Name} {size}", cell, threads, samples[0], best, peer, Run.Required(Required(size)));
        Run.Report.Add(row);
        table.Row([$"{size}", $"{cell}", .. samples.Select(sample => $"{sample}"), Text.Ratio(row), Text.Required(row)]);
    }

    private double? Required(LayerSize size) => Weights == WeightPrecision.BFloat16 ? Requirements.BFloat16(size) : IsCrowd ? Requirements.Crowd(size) : Steps > 1 ? Requirements.Sequence : Requirements.Stream(size);

    private sealed class Sides : IDisposable
    {
        public Sides(InferenceSection section, LayerSize size, CellKind cell, int threads)
        {
            RecurrentLayer layer = cell.Create(size.Input, size.Hidden);
            var frames = new Frames(size.Input, section.Steps, section.Batch);
            Ours = section.IsCrowd ? new OurCrowd(layer, frames, threads) : frames.Steps == 1 ? new OurStream(layer, frames, section.Weights, threads) : new OurSequence(layer, frames, threads);
            Theirs.Add(new OnnxRuntimeContender(layer, cell, frames, threads));
            if (!section.IsCrowd) return;
            TorchProcess torch = section.Run.Torch(threads, keepsMemory: false);
            Theirs.Add(torch.OpenStep(layer, cell, frames, asCell: false));
            Theirs.Add(torch.OpenStep(layer, cell, frames, asCell: true));
        }

        public IContender Ours { get; }

        public List<IContender> Theirs { get; } = [];

        public void Dispose()
        {
            Ours.Dispose();
            Theirs.ForEach(theirs => theirs.Dispose());
        }
    }
}
