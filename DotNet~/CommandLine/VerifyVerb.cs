using System;
using System.Collections.Generic;
using System.CommandLine;
using System.IO;
using System.Linq;
using System.Threading;
using Microsoft.ML.OnnxRuntime;
using Recurrent.Onnx;
using Spectre.Console;

namespace Recurrent.CommandLine;

/// <summary>
/// <c>recurrent verify</c>: cases in the layout of ONNX's conformance tests (model.onnx, test_data_set_0/input_0.pb, output_0.pb, …), run in managed
/// layers and in ONNX Runtime against the outputs that the case expects.
/// </summary>
internal sealed class VerifyVerb : Verb
{
    private const double Bound = 1e-4;

    private readonly Argument<string> _folder = new("FOLDER") { Description = "A case, or a folder of cases." };

    /// <summary>The verb, for the root command.</summary>
    public VerifyVerb()
        : base("verify", "Runs ONNX conformance cases in managed layers and in ONNX Runtime; succeeds if what can run agrees to 1e-4.")
    {
        Add(_folder);
        AddSharedOptions();
    }

    /// <inheritdoc/>
    protected override int Run(ParseResult parsed, Report report, CancellationToken cancellation)
    {
        string root = parsed.GetValue(_folder)!;
        if (!Directory.Exists(root)) throw new ArgumentException($"there is no folder '{root}'");
        string[] cases = File.Exists(Path.Combine(root, "model.onnx"))
            ? [root]
            : Directory.GetDirectories(root).Where(folder => File.Exists(Path.Combine(folder, "model.onnx"))).Order(StringComparer.Ordinal).ToArray();
        if (cases.Length == 0) throw new ArgumentException($"'{root}' holds no case: expected model.onnx in it, or in the folders in it");

        var table = new Table { Border = TableBorder.Horizontal };
        foreach (string heading in new[] { "case", "managed", "ONNX Runtime" }) table.AddColumn(heading);
        int managedRan = 0, nativeRan = 0;
        bool passed = true;
        report.Json.Member("verb", "verify").Member("bound", Bound).Name("cases").BeginArray();
        foreach (string folder in cases)
        {
            string name = Path.GetFileName(Path.GetFullPath(folder).TrimEnd(Path.DirectorySeparatorChar));
            string[] sets = Directory.GetDirectories(folder, "test_data_set_*").Order(StringComparer.Ordinal).ToArray();
            if (sets.Length == 0) throw new ArgumentException($"'{folder}' has no test_data_set_0");
            foreach (string set in sets)
            {
                cancellation.ThrowIfCancellationRequested();
                var example = new Example(Path.Combine(folder, "model.onnx"), set);
                (double? managed, string? whyNotManaged) = Try(example.RunManaged);
                (double? native, string? whyNotNative) = Try(example.RunNative);
                managedRan += managed.HasValue ? 1 : 0;
                nativeRan += native.HasValue ? 1 : 0;
                // What did not run has no number; what ran to NaN fails.
                passed &= !(managed is double m && !(m <= Bound)) && !(native is double n && !(n <= Bound)) && (managed.HasValue || native.HasValue);
                string title = sets.Length > 1 ? $"{name}/{Path.GetFileName(set)}" : name;
                table.AddRow(Markup.Escape(title), Markup.Escape(Text(managed, whyNotManaged)), Markup.Escape(Text(native, whyNotNative)));
                report.Json.BeginObject().Member("case", title);
                Write(report.Json, "managed", managed, whyNotManaged);
                Write(report.Json, "onnxRuntime", native, whyNotNative);
                report.Json.EndObject();
            }
        }
        report.Json.EndArray().Member("managedRan", managedRan).Member("onnxRuntimeRan", nativeRan).Member("passed", passed);
        report.Console.Write(table);
        report.Line($"{(passed ? "Passed" : "FAILED")}: managed ran {managedRan} of {table.Rows.Count}, ONNX Runtime {nativeRan}; every error that there is must be at most {Bound}");
        return passed ? ExitCode.Success : ExitCode.Failure;
    }

    private static string Text(double? error, string? whyNot) => error is double e ? FormattableString.Invariant($"{e:0.0e+0}") : "cannot: " + whyNot;

    private static void Write(JsonWriter json, string name, double? error, string? whyNot)
    {
        json.Name(name).BeginObject();
        if (error is double e && double.IsFinite(e)) json.Member("error", e);
        else json.Member("error", (string?)null).Member("whyNot", whyNot ?? "not a number");
        json.EndObject();
    }

    private static (double? Error, string? WhyNot) Try(Func<double> run)
    {
        try
        {
            return (run(), null);
        }
        catch (Exception e) when (e is ModelFileException or ArgumentException or OnnxRuntimeException)
        {
            string line = (e as ModelFileException)?.Reason ?? e.Message.Split('\n')[0];
            // What ONNX Runtime says of a condition in its sources stands behind the condition.
            int condition = line.IndexOf(" was false. ", StringComparison.Ordinal);
            if (condition >= 0) line = line[(condition + " was false. ".Length)..];
            return (null, line.Length <= 160 ? line : line[..160] + "…");
        }
    }

    /// <summary>One data set of a case.</summary>
    private sealed class Example
    {
        private readonly string _path;
        private readonly OnnxModel _model;
        private readonly Dictionary<string, OnnxTensor> _inputs = new();
        private readonly OnnxTensor[] _expected;

        public Example(string path, string set)
        {
            _path = path;
            _model = OnnxModel.Read(path);
            IReadOnlyList<OnnxValueInfo> inputs = _model.Graph.RequiredInputs();
            for (int i = 0; i < inputs.Count; i++) _inputs[inputs[i].Name] = OnnxTensor.Read(Path.Combine(set, $"input_{i}.pb"));
            _expected = _model.Graph.Outputs.Select((_, i) => OnnxTensor.Read(Path.Combine(set, $"output_{i}.pb"))).ToArray();
        }

        public double RunManaged()
        {
            OnnxNode? only = _model.Graph.Nodes.Count == 1 ? _model.Graph.Nodes[0] : null;
            RecurrentNode? node = only == null ? null : RecurrentNode.FindAll(_model, _inputs).FirstOrDefault(each => each.Node == only);
            if (node != null)
            {
                IReadOnlyList<OnnxTensor> results = new RecurrentRunner(node).Run(_inputs[only!.Input(0)]);
                return Error(_model.Graph.Outputs.Select(output => results[only.Outputs.IndexOf(output.Name)].ToSingles()).ToArray());
            }

            OnnxImport import = OnnxImport.From(_model);
            int axes = import.Model.Layers[0] is Embedding ? 2 : 3;
            OnnxTensor input = _inputs[import.Input];
            if (!import.BatchFirst || input.Shape.Count != axes || _inputs.Count > 1 || _expected.Length > 1)
                throw new ArgumentException("a model of several nodes is run here with one input (batch, time, features) and one output");
            int batch = (int)input.Shape[0], steps = (int)input.Shape[1];
            using var pass = new SequencePass(import.Model, batch, steps);
            pass.Forward(input.ToSingles(), batch, steps);
            var output = new float[batch * pass.OutputSteps * import.Model.OutputSize];
            pass.CopyOutput(output);
            return Error([output]);
        }

        public double RunNative()
        {
            using var options = new SessionOptions { LogSeverityLevel = OrtLoggingLevel.ORT_LOGGING_LEVEL_FATAL };
            using var session = new InferenceSession(_path, options);
            using var run = new RunOptions();
            var values = new Dictionary<string, OrtValue>();
            try
            {
                foreach ((string name, OnnxTensor tensor) in _inputs) values[name] = Value(tensor);
                using IDisposableReadOnlyCollection<OrtValue> results = session.Run(run, values, _model.Graph.Outputs.Select(output => output.Name).ToArray());
                return Error(results.Select(result => result.GetTensorDataAsSpan<float>().ToArray()).ToArray());
            }
            finally
            {
                foreach (OrtValue value in values.Values) value.Dispose();
            }
        }

        private static OrtValue Value(OnnxTensor tensor)
        {
            long[] shape = tensor.Shape.ToArray();
            return tensor.ElementType switch
            {
                OnnxDataType.Float => OrtValue.CreateTensorValueFromMemory(tensor.ToSingles(), shape),
                OnnxDataType.Int32 => OrtValue.CreateTensorValueFromMemory(Array.ConvertAll(tensor.ToInt64s(), value => (int)value), shape),
                OnnxDataType.Int64 => OrtValue.CreateTensorValueFromMemory(tensor.ToInt64s(), shape),
                _ => throw new ArgumentException($"input {tensor} is neither of floats nor of whole numbers"),
            };
        }

        private double Error(float[][] actual)
        {
            double largest = 0;
            for (int o = 0; o < actual.Length; o++)
            {
                double[] expected = _expected[o].ToDoubles();
                if (expected.Length != actual[o].Length) throw new ArgumentException($"output {o} has {actual[o].Length} numbers, expected {expected.Length}");
                for (int i = 0; i < expected.Length; i++)
                {
                    double error = Math.Abs(actual[o][i] - expected[i]);
                    largest = error <= largest ? largest : error;
                }
            }
            return largest;
        }
    }
}
