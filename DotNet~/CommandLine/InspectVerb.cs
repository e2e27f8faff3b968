using System;
using System.Collections.Generic;
using System.CommandLine;
using System.IO;
using System.Linq;
using System.Threading;
using Recurrent.Onnx;
using Spectre.Console;

namespace Recurrent.CommandLine;

/// <summary><c>recurrent inspect</c>: what is in a model file, without running it.</summary>
internal sealed class InspectVerb : Verb
{
    private readonly Argument<string> _file = new("FILE") { Description = "An .onnx or .safetensors file." };
    private readonly Option<bool> _repair = new("--repair") { Description = "Write a copy in which PyTorch's GRUs have the linear_before_reset = 1 that its exporter left out." };

    /// <summary>The verb, for the root command.</summary>
    public InspectVerb()
        : base("inspect", "Shows what a model file holds: layers, inputs, outputs, states, weights, scalers, vocabularies.")
    {
        Add(_file);
        Add(_repair);
        AddSharedOptions();
    }

    /// <inheritdoc/>
    protected override int Run(ParseResult parsed, Report report, CancellationToken cancellation)
    {
        string path = parsed.GetValue(_file)!;
        report.Json.Member("verb", "inspect").Member("file", path);
        if (path.EndsWith(".safetensors", StringComparison.OrdinalIgnoreCase)) InspectSafeTensors(SafeTensorsFile.Load(path), report);
        else InspectOnnx(OnnxModel.Read(path), path, parsed.GetValue(_repair), report);
        return ExitCode.Success;
    }

    private static void InspectOnnx(OnnxModel model, string path, bool repair, Report report)
    {
        ModelCard card = ModelCard.Of(model);
        report.Line($"{path}: IR version {model.IrVersion}, {model.Graph.Nodes.Count} nodes");
        report.Json.Member("format", "onnx").Member("opset", card.Opset).Member("irVersion", model.IrVersion).Member("producer", card.Producer).Member("nodes", model.Graph.Nodes.Count);
        Values(report, "inputs", model.Graph.RequiredInputs());
        Values(report, "outputs", model.Graph.Outputs);

        report.Json.Name("states").BeginArray();
        foreach (StatePair pair in card.States) report.Json.BeginObject().Member("input", pair.Input).Member("output", pair.Output).Member("found", pair.Reason).EndObject();
        report.Json.EndArray();

        IReadOnlyList<RecurrentNode> nodes = NodesOf(model);
        report.Json.Name("recurrent").BeginArray();
        if (nodes.Count > 0)
        {
            Table table = NewTable("recurrent node", "where", "input", "hidden", "direction", "parameters", "particulars");
            foreach (RecurrentNode node in nodes)
            {
                long parameters = (node.W?.LongLength ?? 0) + (node.R?.LongLength ?? 0) + (node.B?.LongLength ?? 0) + (node.P?.LongLength ?? 0);
                string particulars = Particulars(node);
                AddRow(table, node.Node.ToString(), node.Location.Length > 0 ? node.Location : "graph", node.InputSize > 0 ? $"{node.InputSize}" : "?", $"{node.HiddenSize}", node.Direction.ToString().ToLowerInvariant(), $"{parameters}", particulars);
                report.Json.BeginObject().Member("node", node.Node.ToString()).Member("location", node.Location).Member("operator", node.Operator.ToString()).Member("inputSize", node.InputSize)
                    .Member("hiddenSize", node.HiddenSize).Member("direction", node.Direction.ToString().ToLowerInvariant()).Member("parameters", parameters).Member("particulars", particulars).EndObject();
            }
            report.Line();
            report.Console.Write(table);
        }
        report.Json.EndArray();

        Show(card, report);
        if (!repair) return;
        int repaired = model.RepairGruReset();
        report.Line($"repaired: {repaired} GRU nodes");
        report.MakeFolders();
        model.Save(report.File(Path.GetFileNameWithoutExtension(path) + "-repaired.onnx", "the repaired model"));
    }

    private static IReadOnlyList<RecurrentNode> NodesOf(OnnxModel model)
    {
        try
        {
            return RecurrentNode.FindAll(model);
        }
        catch (ModelFileException)
        {
            return []; // The card says why.
        }
    }

    private static void InspectSafeTensors(SafeTensorsFile file, Report report)
    {
        long numbers = file.Tensors.Sum(tensor => (long)tensor.Count);
        report.Line($"{file.Path}: {file.Tensors.Count} tensors, {numbers} numbers");
        report.Json.Member("format", "safetensors").Member("numbers", numbers);
        Table table = NewTable("tensor", "type", "shape", "numbers");
        report.Json.Name("tensors").BeginArray();
        foreach (SafeTensor tensor in file.Tensors)
        {
            string shape = string.Join(" × ", tensor.Shape.ToArray());
            AddRow(table, tensor.Name, tensor.Type.ToString(), shape.Length > 0 ? shape : "scalar", $"{tensor.Count}");
            report.Json.BeginObject().Member("name", tensor.Name).Member("type", tensor.Type.ToString());
            report.Json.Name("shape").BeginArray();
            foreach (int size in tensor.Shape.ToArray()) report.Json.Value(size);
            report.Json.EndArray().EndObject();
        }
        report.Json.EndArray();
        report.Line();
        report.Console.Write(table);
        Show(ModelCard.Of(file), report);
    }

    private static void Show(ModelCard card, Report report)
    {
        report.Json.Name("parts").BeginArray();
        if (card.Parts.Count > 0 && (card.Layers != null || card.Opset == 0))
        {
            Table table = NewTable(card.Layers != null ? "layer" : "part", "what", "input", "hidden", "output", "parameters");
            string Size(int size) => size > 0 ? $"{size}" : "";
            foreach (ModelCardPart part in card.Parts)
            {
                AddRow(table, part.Name, part.Text, Size(part.InputSize), Size(part.HiddenSize), Size(part.OutputSize), part.ParameterCount > 0 ? $"{part.ParameterCount}" : "");
                report.Json.BeginObject().Member("name", part.Name).Member("what", part.Text).Member("cell", part.Cell).Member("inputSize", part.InputSize).Member("hiddenSize", part.HiddenSize)
                    .Member("outputSize", part.OutputSize).Member("numLayers", part.NumLayers).Member("direction", part.Direction).Member("parameters", part.ParameterCount).EndObject();
            }
            report.Line();
            report.Console.Write(table);
        }
        report.Json.EndArray();
        report.Line();
        foreach ((string heading, string text) in card.ToRows()) report.Line($"{char.ToLowerInvariant(heading[0])}{heading[1..]}: {text}");
        report.Json.Member("layers", card.Layers).Member("parameters", card.ParameterCount);
        if (card.WhyNotLayers != null) report.Json.Member("whyNot", card.WhyNotLayers);
        report.Json.Name("warnings").BeginArray();
        foreach (string warning in card.Warnings) report.Json.Value(warning);
        report.Json.EndArray();
    }

    private static void Values(Report report, string what, IReadOnlyList<OnnxValueInfo> values)
    {
        Table table = NewTable(what, "type", "shape");
        report.Json.Name(what).BeginArray();
        foreach (OnnxValueInfo value in values)
        {
            string shape = value.Shape == null ? "?" : string.Join(" × ", value.Shape);
            AddRow(table, value.Name, value.ElementType.ToString(), shape.Length > 0 ? shape : "scalar");
            report.Json.BeginObject().Member("name", value.Name).Member("type", value.ElementType.ToString()).Member("shape", shape).EndObject();
        }
        report.Json.EndArray();
        report.Line();
        report.Console.Write(table);
    }

    private static string Particulars(RecurrentNode node)
    {
        var said = new List<string>();
        if (node.Layout == 1) said.Add("batch first");
        if (node.LinearBeforeReset) said.Add("reset after the product");
        if (node.Clip is float clip) said.Add(FormattableString.Invariant($"clip {clip}"));
        if (node.InputForget) said.Add("coupled gates");
        if (node.P != null) said.Add("peepholes");
        if (node.B == null && !node.Dynamic.Contains("B")) said.Add("no bias");
        string[] standard = node.Operator switch { RecurrentOperator.LSTM => ["Sigmoid", "Tanh", "Tanh"], RecurrentOperator.GRU => ["Sigmoid", "Tanh"], _ => ["Tanh"] };
        if (node.Activations.Where((function, i) => function.Name != standard[i % standard.Length]).Any()) said.Add(string.Join(" ", node.Activations));
        if (node.Dynamic.Count > 0) said.Add("computed: " + string.Join(" ", node.Dynamic));
        return string.Join(", ", said);
    }

    private static Table NewTable(params string[] headings)
    {
        var table = new Table { Border = TableBorder.Horizontal };
        foreach (string heading in headings) table.AddColumn(heading);
        return table;
    }

    // What stands in a file is text, never markup.
    private static void AddRow(Table table, params string[] cells) => table.AddRow(cells.Select(Markup.Escape).ToArray());
}
