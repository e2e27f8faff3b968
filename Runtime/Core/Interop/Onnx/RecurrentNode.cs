using System;
using System.Collections.Generic;

namespace Recurrent.Onnx
{
    /// <summary>
    /// An RNN, LSTM or GRU node of a model, read into plain numbers in ONNX's own layout. D directions, G gates (RNN 1, LSTM 4, GRU 3), H hidden, I input.
    /// An array is null where the operator's input is left out or is not a constant of the model; <see cref="Dynamic"/> tells which.
    /// </summary>
    public sealed class RecurrentNode
    {
        private const int MaxSize = 1 << 20;

        private readonly OnnxModel _model;
        private readonly List<string> _dynamic = new List<string>();

        private RecurrentNode(OnnxModel model, OnnxGraph graph, OnnxNode node, string location, ConstantScope constants)
        {
            _model = model;
            Graph = graph;
            Node = node;
            Location = location;
            Operator = node.OpType == "LSTM" ? RecurrentOperator.LSTM : node.OpType == "GRU" ? RecurrentOperator.GRU : RecurrentOperator.RNN;
            if (model.OpsetVersion < 7)
                throw Fail(FormattableString.Invariant($"operator set {model.OpsetVersion}; recurrent operators are read from 7 on"));

            string direction = ReadText("direction", "forward");
            Direction =
                direction == "forward" ? RecurrentDirection.Forward :
                direction == "reverse" ? RecurrentDirection.Reverse :
                direction == "bidirectional" ? RecurrentDirection.Bidirectional : throw Fail($"unknown direction '{direction}'");
            InputForget = ReadFlag("input_forget");
            LinearBeforeReset = ReadFlag("linear_before_reset");
            Layout = ReadFlag("layout") ? 1 : 0;
            if (Typed("clip", OnnxAttributeType.Float) is OnnxAttribute clip)
                Clip = clip.Float > 0 ? clip.Float : throw Fail(FormattableString.Invariant($"clip is {clip.Float}, expected more than 0"));
            Activations = ReadActivations();

            OnnxTensor? w = Constant(constants, 1, "W"), r = Constant(constants, 2, "R"), b = Constant(constants, 3, "B");
            OnnxTensor? lengths = Constant(constants, 4, "sequence_lens"), h = Constant(constants, 5, "initial_h");
            OnnxTensor? c = Operator == RecurrentOperator.LSTM ? Constant(constants, 6, "initial_c") : null;
            OnnxTensor? p = Operator == RecurrentOperator.LSTM ? Constant(constants, 7, "P") : null;

            HiddenSize = Size("hidden_size", Typed("hidden_size", OnnxAttributeType.Int)?.Int ?? Axis(r, 2) ?? 0);
            InputSize = w == null ? 0 : Size("input_size", Axis(w, 2) ?? 0);
            W = Read(w, "W", Directions, GateCount * HiddenSize, InputSize);
            R = Read(r, "R", Directions, GateCount * HiddenSize, HiddenSize);
            B = Read(b, "B", Directions, 2 * GateCount * HiddenSize);
            P = Read(p, "P", Directions, 3 * HiddenSize);
            InitialH = ReadState(h, "initial_h");
            InitialC = ReadState(c, "initial_c");
            SequenceLengths = ReadLengths(lengths);
        }

        /// <summary>The node itself: its name, the names of its inputs and outputs.</summary>
        public OnnxNode Node { get; }

        /// <summary>The graph in which the node stands.</summary>
        public OnnxGraph Graph { get; }

        /// <summary>Where that graph is: empty for the model's own, else for example <c>If 'If_0'.then_branch</c>.</summary>
        public string Location { get; }

        /// <summary>RNN, LSTM or GRU.</summary>
        public RecurrentOperator Operator { get; }

        /// <summary>Forward, reverse or both.</summary>
        public RecurrentDirection Direction { get; }

        /// <summary>D: 2 for bidirectional, else 1.</summary>
        public int Directions => Direction == RecurrentDirection.Bidirectional ? 2 : 1;

        /// <summary>G: 1 for RNN, 4 for LSTM, 3 for GRU.</summary>
        public int GateCount => Operator == RecurrentOperator.LSTM ? 4 : Operator == RecurrentOperator.GRU ? 3 : 1;

        /// <summary>I: features of a step; 0 where W is not a constant.</summary>
        public int InputSize { get; }

        /// <summary>H: features of the state.</summary>
        public int HiddenSize { get; }

        /// <summary>What the sums before the activations are limited to, or null.</summary>
        public float? Clip { get; }

        /// <summary>Per direction: RNN f; LSTM f, g, h; GRU f, g.</summary>
        public IReadOnlyList<RecurrentActivation> Activations { get; }

        /// <summary>LSTM: the input gate is 1 - the forget gate.</summary>
        public bool InputForget { get; }

        /// <summary>GRU: the reset gate multiplies after the recurrent product, as in PyTorch.</summary>
        public bool LinearBeforeReset { get; }

        /// <summary>0: X (T, B, I), Y (T, D, B, H), states (D, B, H). 1: X (B, T, I), Y (B, T, D, H), states (B, D, H).</summary>
        public int Layout { get; }

        /// <summary>(D, G·H, I), gates LSTM i o f c, GRU z r h.</summary>
        public float[]? W { get; }

        /// <summary>(D, G·H, H).</summary>
        public float[]? R { get; }

        /// <summary>(D, 2·G·H): the bias of W, then that of R.</summary>
        public float[]? B { get; }

        /// <summary>LSTM peepholes (D, 3·H), order i, o, f.</summary>
        public float[]? P { get; }

        /// <summary>(D, B, H), with layout 1 (B, D, H).</summary>
        public float[]? InitialH { get; }

        /// <summary>As <see cref="InitialH"/>.</summary>
        public float[]? InitialC { get; }

        /// <summary>(B), steps of each sequence.</summary>
        public int[]? SequenceLengths { get; }

        /// <summary>The operator's inputs that are given but are no constants: <c>W</c>, <c>initial_h</c>, … X is not among them.</summary>
        public IReadOnlyList<string> Dynamic => _dynamic;

        /// <summary>Every RNN, LSTM and GRU node of a model in the order of the file, those of subgraphs where they stand.</summary>
        /// <param name="model">The model to search.</param>
        /// <param name="values">Values of the model's inputs, where weights come from there and the caller knows them.</param>
        /// <exception cref="ModelFileException">A node contradicts the operator's definition: names the node and what was expected.</exception>
        public static IReadOnlyList<RecurrentNode> FindAll(OnnxModel model, IReadOnlyDictionary<string, OnnxTensor>? values = null)
        {
            var found = new List<RecurrentNode>();
            Search(model, model.Graph, string.Empty, new ConstantScope(model.Graph, values), found, 1);
            return found;
        }

        /// <summary>
        /// A trainable layer with this node's weights and everything its attributes say. It reads forward, or in both directions; that of a reverse node
        /// computes the same between two <see cref="Reverse"/> layers.
        /// </summary>
        /// <exception cref="ModelFileException">The weights are no constants, or an activation function is unknown or cannot be trained: names it.</exception>
        public RecurrentLayer ToLayer()
        {
            var level = new RecurrentPart[Directions];
            for (int d = 0; d < level.Length; d++)
                level[d] = new RecurrentPart(this, d);
            return RecurrentPart.ToLayer(new[] { level });
        }

        /// <summary>
        /// Whether this is a GRU of PyTorch's that says linear_before_reset = 0. PyTorch has no such GRU: its dynamo exporter has left the attribute out, and
        /// the model computes something else than was trained. <see cref="OnnxModel.RepairGruReset()"/> sets it right.
        /// </summary>
        public bool HasSuspectReset => IsSuspectReset(_model, Node);

        internal static bool IsSuspectReset(OnnxModel model, OnnxNode node) =>
            node.IsStandard && node.OpType == "GRU" && (node.Attribute("linear_before_reset")?.Int ?? 0) == 0
            && model.ProducerName.StartsWith("pytorch", StringComparison.OrdinalIgnoreCase);

        /// <summary>For example <c>LSTM 'rnn' 105→128 bidirectional</c>.</summary>
        public override string ToString() =>
            FormattableString.Invariant($"{Node} {InputSize}→{HiddenSize} {Direction.ToString().ToLowerInvariant()}");

        private static void Search(OnnxModel model, OnnxGraph graph, string location, ConstantScope constants, List<RecurrentNode> found, int depth)
        {
            if (depth > OnnxGraph.MaxDepth)
                throw new ModelFileException(model.Path, $"graphs stand inside each other more than {OnnxGraph.MaxDepth} deep.");
            foreach (OnnxNode node in graph.Nodes)
            {
                if (node.IsStandard && (node.OpType == "RNN" || node.OpType == "LSTM" || node.OpType == "GRU"))
                    found.Add(new RecurrentNode(model, graph, node, location, constants));
                foreach (OnnxAttribute attribute in node.Attributes)
                {
                    string inside = (location.Length > 0 ? location + " / " : "") + node + "." + attribute.Name;
                    if (attribute.Graph != null)
                        Search(model, attribute.Graph, inside, new ConstantScope(attribute.Graph, constants), found, depth + 1);
                    foreach (OnnxGraph each in attribute.Graphs)
                        Search(model, each, inside, new ConstantScope(each, constants), found, depth + 1);
                }
            }
        }

        private RecurrentActivation[] ReadActivations()
        {
            string[] defaults =
                Operator == RecurrentOperator.LSTM ? new[] { "Sigmoid", "Tanh", "Tanh" } :
                Operator == RecurrentOperator.GRU ? new[] { "Sigmoid", "Tanh" } : new[] { "Tanh" };
            IReadOnlyList<string>? names = Typed("activations", OnnxAttributeType.Strings)?.Strings;
            if (names == null || names.Count == 0)
            {
                var all = new List<string>();
                for (int d = 0; d < Directions; d++)
                    all.AddRange(defaults);
                names = all;
            }
            if (names.Count != Directions * defaults.Length)
                throw Fail(FormattableString.Invariant($"activations has {names.Count} names, expected {Directions * defaults.Length}"));
            return RecurrentActivation.Resolve(names,
                Typed("activation_alpha", OnnxAttributeType.Floats)?.Floats ?? Array.Empty<float>(),
                Typed("activation_beta", OnnxAttributeType.Floats)?.Floats ?? Array.Empty<float>());
        }

        private OnnxTensor? Constant(ConstantScope constants, int position, string input)
        {
            string name = Node.Input(position);
            if (name.Length == 0)
                return null;
            OnnxTensor? value = constants.Find(name);
            if (value == null)
                _dynamic.Add(input);
            return value;
        }

        private static long? Axis(OnnxTensor? tensor, int axis) =>
            tensor != null && axis < tensor.Shape.Count ? tensor.Shape[axis] : (long?)null;

        private int Size(string what, long size) =>
            size >= 1 && size <= MaxSize ? (int)size : throw Fail(FormattableString.Invariant($"{what} is {size}, expected 1 to {MaxSize}"));

        private float[]? Read(OnnxTensor? tensor, string input, params long[] shape)
        {
            if (tensor == null)
                return null;
            bool same = tensor.Shape.Count == shape.Length;
            for (int i = 0; same && i < shape.Length; i++)
                same = tensor.Shape[i] == shape[i];
            if (!same)
                throw Fail($"{input} is {tensor}, expected the shape {OnnxTensor.Describe(shape)}");
            return Singles(tensor, input);
        }

        private float[]? ReadState(OnnxTensor? tensor, string input)
        {
            if (tensor == null)
                return null;
            if (tensor.Shape.Count != 3 || tensor.Shape[Layout] != Directions || tensor.Shape[2] != HiddenSize)
                throw Fail(FormattableString.Invariant($"{input} is {tensor}, expected {Directions} directions and {HiddenSize} features"));
            return Singles(tensor, input);
        }

        private float[] Singles(OnnxTensor tensor, string input) =>
            tensor.ElementType == OnnxDataType.Float || tensor.ElementType == OnnxDataType.Double ||
            tensor.ElementType == OnnxDataType.Float16 || tensor.ElementType == OnnxDataType.BFloat16
                ? tensor.ToSingles()
                : throw Fail($"{input} is {tensor}, expected floating point");

        private int[]? ReadLengths(OnnxTensor? tensor)
        {
            if (tensor == null)
                return null;
            if (tensor.Shape.Count != 1 || tensor.ElementType != OnnxDataType.Int32)
                throw Fail($"sequence_lens is {tensor}, expected Int32 of one axis");
            return Array.ConvertAll(tensor.ToInt64s(), length => (int)length);
        }

        private string ReadText(string name, string otherwise) => Typed(name, OnnxAttributeType.String)?.Text ?? otherwise;

        private bool ReadFlag(string name)
        {
            long value = Typed(name, OnnxAttributeType.Int)?.Int ?? 0;
            return value == 0 || value == 1 ? value == 1 : throw Fail(FormattableString.Invariant($"{name} is {value}, expected 0 or 1"));
        }

        private OnnxAttribute? Typed(string name, OnnxAttributeType type)
        {
            OnnxAttribute? attribute = Node.Attribute(name);
            if (attribute != null && attribute.Type != type)
                throw Fail($"{name} is {attribute.Type}, expected {type}");
            return attribute;
        }

        internal ModelFileException Fail(string reason) =>
            new ModelFileException(_model.Path, $"{Node}{(Location.Length > 0 ? " in " + Location : "")}: {reason}.");
    }
}
