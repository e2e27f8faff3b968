using System;
using System.Collections.Generic;
using System.Globalization;

namespace Recurrent.Onnx
{
    /// <summary>Adds nodes to a graph and names what they compute; knows how operators changed from one set to the next.</summary>
    internal sealed class GraphBuilder
    {
        private readonly GraphBuilder? _outer;
        private readonly Dictionary<string, int> _used = new Dictionary<string, int>();

        /// <summary>A model's own graph.</summary>
        public GraphBuilder(OnnxGraph graph, int opset)
        {
            Graph = graph;
            Opset = opset;
        }

        /// <summary>A graph inside another, whose names it shares and whose constants it uses.</summary>
        public GraphBuilder(OnnxGraph graph, GraphBuilder outer)
            : this(graph, outer.Opset) => _outer = outer;

        public OnnxGraph Graph { get; }

        public int Opset { get; }

        /// <summary>What the names of the next values begin with: the layer that they belong to.</summary>
        public string Scope { get; set; } = string.Empty;

        public string Floats(string name, long[] shape, ReadOnlySpan<float> values)
        {
            if (_outer != null) return _outer.Floats(name, shape, values);
            name = Unique(name);
            Graph.Initializers.Add(OnnxTensor.FromSingles(name, shape, values));
            return name;
        }

        public string Scalar(string name, float value) => Floats(name, Array.Empty<long>(), new[] { value });

        public string Integers(string name, params long[] values)
        {
            if (_outer != null) return _outer.Integers(name, values);
            name = Unique(name);
            Graph.Initializers.Add(OnnxTensor.FromInt64s(name, new long[] { values.Length }, values));
            return name;
        }

        /// <summary>A node of one output, whose name is returned.</summary>
        public string Add(string operation, string[] inputs, params OnnxAttribute[] attributes) => Add(operation, inputs, 1, attributes)[0];

        public string[] Add(string operation, string[] inputs, int outputs, params OnnxAttribute[] attributes)
        {
            var names = new string[outputs];
            for (int i = 0; i < outputs; i++) names[i] = Unique(operation.ToLowerInvariant());
            Graph.Nodes.Add(new OnnxNode(operation, inputs, names, attributes) { Name = names[0] });
            return names;
        }

        public void Rename(string from, string to) => Graph.Nodes.Add(new OnnxNode("Identity", new[] { from }, new[] { to }) { Name = Unique("identity") });

        public string Transpose(string x, params long[] order) => Add("Transpose", new[] { x }, new OnnxAttribute("perm", order));

        public string Squeeze(string x, int axis) => Opset >= 13
            ? Add("Squeeze", new[] { x, Integers("axes", axis) })
            : Add("Squeeze", new[] { x }, new OnnxAttribute("axes", new long[] { axis }));

        public string Unsqueeze(string x, int axis) => Opset >= 13
            ? Add("Unsqueeze", new[] { x, Integers("axes", axis) })
            : Add("Unsqueeze", new[] { x }, new OnnxAttribute("axes", new long[] { axis }));

        public string Reshape(string x, params long[] shape) => Add("Reshape", new[] { x, Integers("shape", shape) });

        public string Concat(int axis, params string[] inputs) => inputs.Length == 1 ? inputs[0] : Add("Concat", inputs, new OnnxAttribute("axis", (long)axis));

        /// <summary>Elements <paramref name="from"/> to before <paramref name="to"/> of an axis.</summary>
        public string Slice(string x, int axis, long from, long to) => Opset >= 10
            ? Add("Slice", new[] { x, Integers("starts", from), Integers("ends", to), Integers("axes", axis) })
            : Add("Slice", new[] { x }, new OnnxAttribute("starts", new[] { from }), new OnnxAttribute("ends", new[] { to }), new OnnxAttribute("axes", new long[] { axis }));

        public string Clip(string x, float limit) => Opset >= 11
            ? Add("Clip", new[] { x, Scalar("low", -limit), Scalar("high", limit) })
            : Add("Clip", new[] { x }, new OnnxAttribute("min", -limit), new OnnxAttribute("max", limit));

        public string Product(string a, string b) => Add("Mul", new[] { a, b });

        public string Sum(string a, string b) => Add("Add", new[] { a, b });

        public string Difference(string a, string b) => Add("Sub", new[] { a, b });

        /// <summary>Zeros of (first, …, rows of a batch, …, last), with the batch's size taken from an axis of a value.</summary>
        public string ZerosLike(string value, int batchAxis, long features)
        {
            string rows = Slice(Add("Shape", new[] { value }), 0, batchAxis, batchAxis + 1);
            return Add("ConstantOfShape", new[] { Concat(0, rows, Integers("features", features)) });
        }

        public string Unique(string name)
        {
            if (_outer != null) return _outer.Unique(name);
            if (Scope.Length > 0) name = Scope + "/" + name;
            _used.TryGetValue(name, out int count);
            _used[name] = count + 1;
            return count == 0 ? name : name + "_" + count.ToString(CultureInfo.InvariantCulture);
        }
    }
}
