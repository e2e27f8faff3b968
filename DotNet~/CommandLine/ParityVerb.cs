using System;
using System.CommandLine;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Threading;
using Recurrent.Onnx;
using Recurrent.OnnxRuntime;

namespace Recurrent.CommandLine;

/// <summary><c>recurrent parity</c>: the same steps through managed layers and through ONNX Runtime: the largest difference, and the time of each.</summary>
internal sealed class ParityVerb : Verb
{
    private const int DefaultSteps = 2000;
    private const double Bound = 1e-4;

    private readonly Argument<string> _file = new("FILE") { Description = "An .onnx file of a single step with its states, or a .safetensors model, which is exported as one." };
    private readonly Option<int?> _steps = OptionOf.Whole("--steps", $"Steps of random input. [default: {DefaultSteps}]", 1);
    private readonly Option<int?> _batch = OptionOf.Whole("--batch", "Rows that are stepped together. [default: 1]", 1);

    /// <summary>The verb, for the root command.</summary>
    public ParityVerb()
        : base("parity", "Feeds the same sequence to managed layers and to ONNX Runtime; succeeds if they agree to 1e-4.")
    {
        Add(_file);
        Add(_steps);
        Add(_batch);
        AddSharedOptions();
    }

    /// <inheritdoc/>
    protected override int Run(ParseResult parsed, Report report, CancellationToken cancellation)
    {
        string path = parsed.GetValue(_file)!;
        int steps = parsed.GetValue(_steps) ?? DefaultSteps, batch = parsed.GetValue(_batch) ?? 1;
        OnnxRuntimeStream.Register();
        byte[] model = path.EndsWith(".safetensors", StringComparison.OrdinalIgnoreCase)
            ? OnnxExporter.Export(ModelFile.Load(path), new OnnxExportOptions { Graph = OnnxGraphKind.Step }).ToBytes()
            : File.ReadAllBytes(path);
        OnnxImport import = OnnxImport.From(OnnxModel.Read(model, path));
        int symbols = import.Model.Layers[0] is Embedding embedding ? embedding.NumEmbeddings : 0;

        using ISequenceStream managed = OnnxStream.Open(model, SequenceBackend.Managed, batch), native = OnnxStream.Open(model, SequenceBackend.OnnxRuntime, batch);
        var random = new RandomSource(Seed(parsed));
        float[] input = new float[batch * managed.InputSize], first = new float[batch * managed.OutputSize], second = new float[first.Length];
        double largest = 0, largestOutput = 0;
        var managedTicks = new long[steps];
        var nativeTicks = new long[steps];
        for (int t = 0; t < steps; t++)
        {
            cancellation.ThrowIfCancellationRequested();
            for (int i = 0; i < input.Length; i++) input[i] = symbols > 0 ? random.Next(symbols) : random.NextSingle(-1, 1);
            long start = Stopwatch.GetTimestamp();
            managed.Step(input, first);
            long between = Stopwatch.GetTimestamp();
            native.Step(input, second);
            nativeTicks[t] = Stopwatch.GetTimestamp() - between;
            managedTicks[t] = between - start;
            for (int i = 0; i < first.Length; i++)
            {
                double difference = Math.Abs(first[i] - second[i]);
                largest = difference <= largest ? largest : difference;
                largestOutput = Math.Max(largestOutput, Math.Abs(first[i]));
            }
        }

        bool passed = largest <= Bound;
        double here = Median(managedTicks), there = Median(nativeTicks);
        report.Line($"{import.Model}; {steps} steps of {batch} {(batch == 1 ? "row" : "rows")}");
        report.Line(FormattableString.Invariant($"largest difference {largest:0.0e+0}, of outputs up to {largestOutput:0.###}"));
        report.Line(FormattableString.Invariant($"a step, median: managed {here:0.0} µs ({KernelSet.Default.Name} kernels), ONNX Runtime {there:0.0} µs ({((OnnxRuntimeStream)native).Provider}, one thread)"));
        report.Line(passed ? "Passed" : $"FAILED: expected a difference of at most {Bound}");
        report.Json.Member("verb", "parity").Member("model", import.Model.ToString()).Member("steps", steps).Member("batch", batch).Member("largestDifference", largest)
            .Member("managedMicroseconds", here).Member("onnxRuntimeMicroseconds", there).Member("passed", passed);
        return passed ? ExitCode.Success : ExitCode.Failure;
    }

    private static double Median(long[] ticks) => ticks.Order().ElementAt(ticks.Length / 2) * 1e6 / Stopwatch.Frequency;
}
