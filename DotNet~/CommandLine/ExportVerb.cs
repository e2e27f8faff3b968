using System.CommandLine;
using System.IO;
using System.Threading;
using Recurrent.Onnx;

namespace Recurrent.CommandLine;

/// <summary><c>recurrent export</c>: a saved model as ONNX.</summary>
internal sealed class ExportVerb : Verb
{
    private readonly Argument<string> _file = new("FILE") { Description = "A .safetensors model that was saved here." };
    private readonly Option<string?> _for = OptionOf.Choice("--for", "What will run it: a sequence at once, one step at a time, Unity's Sentis, or ML-Agents. [default: sequence]", "sequence", "step", "sentis", "ml-agents");
    private readonly Option<bool> _states = new("--states") { Description = "A sequence begins with states that are inputs and ends with states that are outputs." };
    private readonly Option<bool> _lengths = new("--lengths") { Description = "A sequence has an input for the rows' lengths." };
    private readonly Option<int?> _opset = OptionOf.Whole("--opset", "The operator set. [default: 17; 15 for Sentis and ML-Agents]", 1);

    /// <summary>The verb, for the root command.</summary>
    public ExportVerb()
        : base("export", "Writes a saved model as ONNX, into the folder of --out.")
    {
        Add(_file);
        Add(_for);
        Add(_states);
        Add(_lengths);
        Add(_opset);
        AddSharedOptions();
    }

    /// <inheritdoc/>
    protected override int Run(ParseResult parsed, Report report, CancellationToken cancellation)
    {
        string path = parsed.GetValue(_file)!;
        SequenceModel model = ModelFile.Load(path);
        OnnxExportOptions options = parsed.GetValue(_for) switch
        {
            "step" => new OnnxExportOptions { Graph = OnnxGraphKind.Step },
            "sentis" => OnnxExportOptions.Sentis,
            "ml-agents" => OnnxExportOptions.MLAgents,
            _ => new OnnxExportOptions { States = parsed.GetValue(_states), Lengths = parsed.GetValue(_lengths) },
        };
        if (parsed.GetValue(_opset) is int opset) options.Opset = opset;
        OnnxModel exported = OnnxExporter.Export(model, options);
        report.MakeFolders();
        string file = report.File(Path.GetFileNameWithoutExtension(path) + ".onnx", "the model");
        exported.Save(file);
        report.Line($"{model}");
        foreach (OnnxValueInfo input in exported.Graph.Inputs) report.Line($"reads     {input}");
        foreach (OnnxValueInfo output in exported.Graph.Outputs) report.Line($"computes  {output}");
        report.Json.Member("verb", "export").Member("file", file).Member("model", model.ToString()).Member("opset", exported.OpsetVersion).Member("nodes", exported.Graph.Nodes.Count);
        return ExitCode.Success;
    }
}
