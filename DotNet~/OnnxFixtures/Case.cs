using System;
using System.Collections.Generic;
using System.Linq;
using Recurrent.Onnx;

namespace Recurrent.OnnxFixtures;

/// <summary>One recurrent operator and its inputs, drawn from a seed that the name determines. T steps, B batch, I input, H hidden, D directions, G gates.</summary>
internal sealed record Case(string Name, string Operator)
{
    public int Steps { get; init; } = 4;
    public int Batch { get; init; } = 2;
    public int Input { get; init; } = 3;
    public int Hidden { get; init; } = 5;
    public long Opset { get; init; } = 17;
    public string Direction { get; init; } = "forward";
    public bool Bias { get; init; }
    public bool InitialStates { get; init; }
    public bool Peepholes { get; init; }
    public int[]? Lengths { get; init; }
    public float? Clip { get; init; }
    public bool InputForget { get; init; }
    public bool LinearBeforeReset { get; init; }
    public int Layout { get; init; }
    public string[]? Activations { get; init; }
    public float[]? Alpha { get; init; }
    public float[]? Beta { get; init; }

    public int Directions => Direction == "bidirectional" ? 2 : 1;
    public int Gates => Operator switch { "LSTM" => 4, "GRU" => 3, _ => 1 };

    /// <summary>What the node reads, by the operator's names; all but X become constants.</summary>
    public Dictionary<string, float[]> Draw()
    {
        ulong seed = 14695981039346656037UL; // FNV-1a, so that a new case changes no other
        foreach (char letter in Name) seed = (seed ^ letter) * 1099511628211UL;
        var random = new RandomSource(seed);
        float[] Numbers(int count, float scale) => Enumerable.Range(0, count).Select(_ => random.NextSingle(-scale, scale)).ToArray();
        var drawn = new Dictionary<string, float[]>
        {
            ["X"] = Numbers(Steps * Batch * Input, 1.5f),
            ["W"] = Numbers(Directions * Gates * Hidden * Input, 0.8f),
            ["R"] = Numbers(Directions * Gates * Hidden * Hidden, 0.6f),
        };
        if (Bias) drawn["B"] = Numbers(Directions * 2 * Gates * Hidden, 0.5f);
        if (InitialStates) drawn["initial_h"] = Numbers(Directions * Batch * Hidden, 0.9f);
        if (InitialStates && Operator == "LSTM") drawn["initial_c"] = Numbers(Directions * Batch * Hidden, 0.9f);
        if (Peepholes) drawn["P"] = Numbers(Directions * 3 * Hidden, 0.7f);
        return drawn;
    }

    /// <summary>The model: one node; X is an input that has its value in the file, and beside the constants stand the expected outputs.</summary>
    public OnnxModel ToModel(Dictionary<string, float[]> drawn, IReadOnlyDictionary<string, double[]> expected)
    {
        long Second(long batchFirst, long timeFirst) => Layout == 1 ? batchFirst : timeFirst;
        var shapes = new Dictionary<string, long[]>
        {
            ["X"] = [Second(Batch, Steps), Second(Steps, Batch), Input],
            ["W"] = [Directions, Gates * Hidden, Input],
            ["R"] = [Directions, Gates * Hidden, Hidden],
            ["B"] = [Directions, 2 * Gates * Hidden],
            ["initial_h"] = [Second(Batch, Directions), Second(Directions, Batch), Hidden],
            ["initial_c"] = [Second(Batch, Directions), Second(Directions, Batch), Hidden],
            ["P"] = [Directions, 3 * Hidden],
            ["Y"] = Layout == 1 ? [Batch, Steps, Directions, Hidden] : [Steps, Directions, Batch, Hidden],
            ["Y_h"] = [Second(Batch, Directions), Second(Directions, Batch), Hidden],
            ["Y_c"] = [Second(Batch, Directions), Second(Directions, Batch), Hidden],
        };
        var model = new OnnxModel
        {
            ProducerName = "recurrent-fixtures",
            Documentation = $"Expected values from a float64 program: {Program.Command}",
            IrVersion = Opset < 10 ? 4 : Opset < 15 ? 7 : Opset < 19 ? 8 : 10,
        };
        model.OpsetImports[""] = Opset;
        model.Graph.Name = Name;
        model.Graph.Inputs.Add(new OnnxValueInfo("X", OnnxDataType.Float, Array.ConvertAll(shapes["X"], size => (OnnxDimension)size)));
        foreach ((string name, float[] values) in drawn)
            model.Graph.Initializers.Add(OnnxTensor.FromSingles(name, shapes[name], values));
        if (Lengths != null)
            model.Graph.Initializers.Add(new OnnxTensor("sequence_lens", OnnxDataType.Int32, [Lengths.Length], Lengths.SelectMany(BitConverter.GetBytes).ToArray()));
        foreach ((string name, double[] values) in expected)
        {
            model.Graph.Outputs.Add(new OnnxValueInfo(name, OnnxDataType.Float, Array.ConvertAll(shapes[name], size => (OnnxDimension)size)));
            model.Graph.Initializers.Add(new OnnxTensor("expected_" + name, OnnxDataType.Double, shapes[name], values.SelectMany(BitConverter.GetBytes).ToArray()));
        }
        string Given(string name) => drawn.ContainsKey(name) ? name : "";
        var inputs = new List<string> { "X", "W", "R", Given("B"), Lengths == null ? "" : "sequence_lens", Given("initial_h") };
        if (Operator == "LSTM") inputs.AddRange([Given("initial_c"), Given("P")]);
        while (inputs[^1].Length == 0) inputs.RemoveAt(inputs.Count - 1);
        var node = new OnnxNode(Operator, inputs, expected.Keys, new OnnxAttribute("hidden_size", (long)Hidden)) { Name = Name };
        if (Direction != "forward") node.Attributes.Add(new OnnxAttribute("direction", Direction));
        if (Clip is float clip) node.Attributes.Add(new OnnxAttribute("clip", clip));
        if (InputForget) node.Attributes.Add(new OnnxAttribute("input_forget", 1L));
        if (LinearBeforeReset) node.Attributes.Add(new OnnxAttribute("linear_before_reset", 1L));
        if (Layout == 1) node.Attributes.Add(new OnnxAttribute("layout", 1L));
        if (Activations != null) node.Attributes.Add(new OnnxAttribute("activations", Activations));
        if (Alpha != null) node.Attributes.Add(new OnnxAttribute("activation_alpha", Alpha));
        if (Beta != null) node.Attributes.Add(new OnnxAttribute("activation_beta", Beta));
        model.Graph.Nodes.Add(node);
        return model;
    }
}
