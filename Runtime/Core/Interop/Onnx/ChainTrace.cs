using System;
using System.Collections.Generic;
using System.Globalization;

namespace Recurrent.Onnx
{
    /// <summary>
    /// Runs a graph once with labels in place of numbers. What the input or a layer gives at a position (of batch and time) and a feature carries
    /// one label; operators that move elements move labels, whatever they are and however often. At each operator that computes, the labels
    /// it reads say from which layer they come and whether they are all of it, its last step, or each direction's last; shapes are real ones, so that
    /// arithmetic on them folds. Nothing here knows a particular exporter.
    /// </summary>
    internal sealed class ChainTrace
    {
        private const long MaxLabels = 1 << 21;
        // What constants and labels may take: some room for small files, and a multiple of what a file holds for large ones.
        private const long FreeBytes = 1 << 23, BytesPerByte = 16;

        /// <summary>Operators that move elements and compute nothing, whose first input may be labels.</summary>
        private static readonly HashSet<string> Movers = new HashSet<string>
        {
            "Identity", "Concat", "Expand", "Flatten", "Gather", "GatherElements", "Reshape", "Shape", "Slice", "Squeeze", "Tile", "Transpose", "Unsqueeze",
        };

        private readonly OnnxModel _model;
        private readonly Dictionary<OnnxNode, RecurrentNode> _recurrent = new Dictionary<OnnxNode, RecurrentNode>();
        private readonly Dictionary<string, Traced> _values = new Dictionary<string, Traced>();
        private readonly Dictionary<string, string> _failures = new Dictionary<string, string>();
        private readonly List<Stage> _stages = new List<Stage>();
        private readonly ConstantFolding _folding;
        private readonly Dictionary<string, int> _sizes = new Dictionary<string, int>();
        private readonly int[] _pool;
        private long _labels;
        private bool _openIsOne;
        private int _timeAxis = -1;
        private Stage? _end;
        private Picked _endPicked;

        /// <param name="model">The model.</param>
        /// <param name="nodes">Its recurrent nodes.</param>
        /// <param name="sizes">What the axes that the model leaves open are given, in the order in which they appear.</param>
        public ChainTrace(OnnxModel model, IReadOnlyList<RecurrentNode> nodes, int[] sizes)
        {
            _model = model;
            _pool = sizes;
            foreach (RecurrentNode node in nodes) _recurrent[node.Node] = node;
            long bytes = 0;
            foreach (OnnxTensor tensor in model.Graph.Initializers)
            {
                bytes += tensor.Data.Length;
                _values[tensor.Name] = new Traced(tensor, false);
            }
            _folding = new ConstantFolding(FreeBytes + BytesPerByte * bytes);
            HashSet<string> lengths = Lengths(model.Graph);
            IReadOnlyList<OnnxValueInfo> inputs = model.Graph.RequiredInputs();
            foreach (OnnxValueInfo input in inputs)
                if (!lengths.Contains(input.Name)) AddInput(input);
            foreach (OnnxValueInfo input in inputs)
                if (lengths.Contains(input.Name)) AddLengths(input, inputs);
            foreach (OnnxNode node in Ordered(model.Graph)) Run(node);
            FindOutput();
            // With one step in place of many, what takes a part of the steps would not be seen.
            Stage start = _end!;
            while (start.From != null) start = start.From;
            if (_openIsOne && _timeAxis >= 0 && StepsOf(start) == 1) throw new ModelFileException(model.Path, "no chain of layers: it could be followed for a single step only.");
        }

        private enum Picked
        {
            All,
            LastStep,
            FinalStates,
        }

        public List<string> Warnings { get; } = new List<string>();

        public string Input { get; private set; } = string.Empty;

        public string Output { get; private set; } = string.Empty;

        public bool BatchFirst => _timeAxis != 0;

        public SequenceModel ToModel()
        {
            try
            {
                return new SequenceModel(Layers().ToArray());
            }
            catch (ArgumentException e)
            {
                throw new ModelFileException(_model.Path, e.Message);
            }
        }

        private List<Layer> Layers()
        {
            var chain = new List<Stage>();
            for (Stage stage = _end!; stage.From != null; stage = stage.From)
                chain.Insert(0, stage);
            var layers = new List<Layer>();
            for (int i = 0; i < chain.Count; i++)
            {
                Stage stage = chain[i];
                if (stage.Picked == Picked.LastStep) layers.Add(new LastStep());
                if (stage.Picked == Picked.FinalStates) layers.Add(new FinalStates());
                if (stage.Create != null)
                {
                    layers.Add(stage.Create());
                    continue;
                }
                bool reversed = stage.Parts!.Length == 1 && stage.Lower > 0;
                if (reversed != stage.TurnedInput) Turn(layers, stage.Parts[0].Node.InputSize);
                var levels = new List<RecurrentPart[]> { stage.Parts };
                while (!reversed && i + 1 < chain.Count && chain[i + 1] is Stage next && next.Parts != null && next.Picked == Picked.All && !next.TurnedInput && Stacks(stage, next))
                {
                    levels.Add(next.Parts);
                    i++;
                }
                layers.Add(RecurrentPart.ToLayer(levels));
                if (reversed) Turn(layers, stage.Width);
            }
            if (_endPicked == Picked.LastStep) layers.Add(new LastStep());
            if (_endPicked == Picked.FinalStates) layers.Add(new FinalStates());
            return layers;
        }

        /// <summary>Adds a reversal, or takes one away: two in a row do nothing.</summary>
        private static void Turn(List<Layer> layers, int size)
        {
            if (layers.Count > 0 && layers[layers.Count - 1] is Reverse) layers.RemoveAt(layers.Count - 1);
            else layers.Add(new Reverse(size));
        }

        private static bool Stacks(Stage a, Stage b)
        {
            bool same = a.Parts!.Length == b.Parts!.Length && (b.Parts.Length == 2 || b.Lower == 0);
            for (int d = 0; same && d < a.Parts.Length; d++) same = a.Parts[d].Matches(b.Parts[d], functions: true);
            return same;
        }

        /// <summary>The nodes that outputs need, producers first.</summary>
        private static IEnumerable<OnnxNode> Ordered(OnnxGraph graph)
        {
            var makers = new Dictionary<string, OnnxNode>();
            foreach (OnnxNode node in graph.Nodes)
                foreach (string output in node.Outputs)
                    if (output.Length > 0) makers[output] = node;
            var needed = new HashSet<OnnxNode>();
            var open = new Stack<string>();
            foreach (OnnxValueInfo output in graph.Outputs) open.Push(output.Name);
            while (open.Count > 0)
                if (makers.TryGetValue(open.Pop(), out OnnxNode? maker) && needed.Add(maker))
                    foreach (string input in maker.Inputs) open.Push(input);

            var waiting = new Dictionary<OnnxNode, int>();
            var readers = new Dictionary<OnnxNode, List<OnnxNode>>();
            var ready = new Queue<OnnxNode>();
            foreach (OnnxNode node in graph.Nodes)
            {
                if (!needed.Contains(node)) continue;
                int count = 0;
                foreach (string input in node.Inputs)
                {
                    if (!makers.TryGetValue(input, out OnnxNode? maker)) continue;
                    if (!readers.TryGetValue(maker, out List<OnnxNode>? list)) readers[maker] = list = new List<OnnxNode>();
                    list.Add(node);
                    count++;
                }
                waiting[node] = count;
                if (count == 0) ready.Enqueue(node);
            }
            while (ready.Count > 0)
            {
                OnnxNode node = ready.Dequeue();
                yield return node;
                if (!readers.TryGetValue(node, out List<OnnxNode>? next)) continue;
                foreach (OnnxNode reader in next)
                    if (--waiting[reader] == 0) ready.Enqueue(reader);
            }
        }

        private void AddInput(OnnxValueInfo input)
        {
            if (input.Shape == null)
            {
                _failures[input.Name] = $"input {input}: its axes are not known";
                return;
            }
            var shape = new long[input.Shape.Count];
            for (int i = 0; i < shape.Length; i++)
            {
                OnnxDimension axis = input.Shape[i];
                string symbol = axis.Symbol.Length > 0 ? axis.Symbol : "?" + i.ToString(CultureInfo.InvariantCulture);
                if (!axis.IsFixed && !_sizes.ContainsKey(symbol)) _sizes[symbol] = _pool[Math.Min(_sizes.Count, _pool.Length - 1)];
                shape[i] = axis.IsFixed ? axis.Value : _sizes[symbol];
                _openIsOne |= !axis.IsFixed && shape[i] == 1;
            }
            // Symbols are whole numbers without an axis of features.
            bool symbols = OnnxElements.IsInteger(input.ElementType);
            int axes = symbols ? shape.Length : shape.Length - 1;
            var leading = new List<int>();
            for (int i = 0; i < axes; i++)
                if (shape[i] != 1) leading.Add((int)Math.Min(shape[i], int.MaxValue));
            long features = symbols ? 1 : shape.Length > 0 ? shape[shape.Length - 1] : 0;
            if (!OnnxTensor.TryCount(shape, out int count) || count == 0 || leading.Count > 2)
            {
                _failures[input.Name] = $"input {input}: expected batch, time and features";
                return;
            }
            bool second = leading.Count == 2 || (axes >= 2 && shape[0] == 1);
            int n0 = leading.Count == 2 ? leading[0] : leading.Count == 1 && !second ? leading[0] : 1;
            int n1 = leading.Count == 2 ? leading[1] : leading.Count == 1 && second ? leading[0] : 1;
            Stage stage = AddStage(null, Picked.All, n0, n1, (int)features, (int)features, $"input '{input.Name}'");
            stage.Input = input.Name;
            var labels = new long[count];
            for (int i = 0; i < count; i++) labels[i] = stage.Base + i;
            _values[input.Name] = new Traced(OnnxTensor.FromInt64s(input.Name, shape, labels), true);
        }

        /// <summary>Inputs that recurrent nodes take their rows' lengths from.</summary>
        private HashSet<string> Lengths(OnnxGraph graph)
        {
            var makers = new Dictionary<string, OnnxNode>();
            foreach (OnnxNode node in graph.Nodes)
                if (node.OpType == "Cast" || node.OpType == "Identity") makers[node.Output(0)] = node;
            var found = new HashSet<string>();
            foreach (OnnxNode node in _recurrent.Keys)
            {
                string name = node.Input(4);
                for (int i = 0; i < 8 && makers.TryGetValue(name, out OnnxNode? maker); i++) name = maker.Input(0);
                if (name.Length > 0) found.Add(name);
            }
            return found;
        }

        /// <summary>Here all rows are as long as the longest: as many steps as another input's axis that is not the rows'.</summary>
        private void AddLengths(OnnxValueInfo input, IReadOnlyList<OnnxValueInfo> inputs)
        {
            if (input.Shape == null || input.Shape.Count != 1 || !OnnxElements.IsInteger(input.ElementType)) return;
            long Size(OnnxDimension axis) => axis.IsFixed ? axis.Value : _sizes.TryGetValue(axis.Symbol, out int size) ? size : -1;
            long rows = Size(input.Shape[0]), steps = 1;
            foreach (OnnxValueInfo other in inputs)
                for (int i = 0; other != input && other.Shape != null && i < Math.Min(2, other.Shape.Count) && steps == 1; i++)
                    if (!other.Shape[i].IsFixed && Size(other.Shape[i]) != rows) steps = Size(other.Shape[i]);
            if (rows < 1 || rows > MaxLabels || steps < 1) return;
            var values = new long[rows];
            Array.Fill(values, steps);
            OnnxTensor tensor = OnnxTensor.FromInt64s(input.Name, new[] { rows }, values);
            var cast = new OnnxNode("Cast", new[] { input.Name }, new[] { input.Name }, new OnnxAttribute("to", (long)input.ElementType));
            _values[input.Name] = new Traced(_folding.Evaluate(cast, new OnnxTensor?[] { tensor }) ?? tensor, false);
            Warnings.Add($"The lengths of the rows come from the input '{input.Name}'; the managed model takes them with each call.");
        }

        private void Run(OnnxNode node)
        {
            try
            {
                string? failure = null;
                foreach (string input in node.Inputs)
                    if (input.Length > 0 && !_values.ContainsKey(input))
                        failure ??= _failures.TryGetValue(input, out string? reason) ? reason : $"{node}: '{input}' is not known";
                // What an LSTM starts from may fail without harm to others only where nobody needs it; here everybody does.
                if (failure != null) throw new Untraceable(failure);
                Evaluate(node);
            }
            catch (Exception e) when (e is Untraceable || e is InvalidOperationException)
            {
                // The latter where a tensor has not the numbers that its operator wants.
                string reason = e is Untraceable ? e.Message : $"{node}: {e.Message}";
                foreach (string output in node.Outputs)
                    if (output.Length > 0) _failures[output] = reason;
            }
        }

        private Traced Value(OnnxNode node, int position) =>
            _values.TryGetValue(node.Input(position), out Traced value) ? value : throw new Untraceable($"{node}: input {position} is missing");

        private void Evaluate(OnnxNode node)
        {
            if (!node.IsStandard) throw new Untraceable($"{node}: an operator of domain '{node.Domain}' has no layer");
            if (_recurrent.TryGetValue(node, out RecurrentNode? recurrent))
            {
                RunRecurrent(node, recurrent);
                return;
            }
            var inputs = new OnnxTensor?[node.Inputs.Count];
            bool traced = false;
            for (int i = 0; i < inputs.Length; i++)
            {
                if (node.Inputs[i].Length == 0) continue;
                inputs[i] = _values[node.Inputs[i]].Tensor;
                traced |= _values[node.Inputs[i]].IsTraced;
            }
            if (!traced)
            {
                OnnxTensor? constant = node.OpType == "Constant" ? ConstantScope.ConstantValue(node) : node.OpType == "Split" ? null : _folding.Evaluate(node, inputs);
                if (constant == null && node.OpType == "Split") Split(node, inputs, false);
                else Set(node, constant ?? throw new Untraceable($"{node}: computes constants in a way that is not folded"), false);
                return;
            }
            bool firstTraced = Value(node, 0).IsTraced;
            switch (node.OpType)
            {
                case "Cast" when firstTraced:
                    Set(node, inputs[0]!, true);
                    return;
                case "Split" when firstTraced:
                    Split(node, inputs, true);
                    return;
                case "ReverseSequence" when firstTraced:
                    Turn(node, inputs[0]!);
                    return;
                case "Gather" when !firstTraced:
                    Embed(node, inputs[0]!, Value(node, 1).Tensor);
                    return;
                case "MatMul":
                    Multiply(node, inputs[0]!, Constant(node, 1), null, 1, false);
                    return;
                case "Gemm":
                    if (node.Attribute("transA")?.Int == 1) throw new Untraceable($"{node}: transA has no layer");
                    float alpha = node.Attribute("alpha")?.Float ?? 1, beta = node.Attribute("beta")?.Float ?? 1;
                    OnnxTensor? bias = node.Input(2).Length > 0 && beta != 0 ? Constant(node, 2) : null;
                    if (bias != null && beta != 1) throw new Untraceable($"{node}: beta {beta} has no layer");
                    Multiply(node, inputs[0]!, Constant(node, 1), bias, alpha, node.Attribute("transB")?.Int == 1);
                    return;
                case "Add":
                    AddBias(node, Value(node, firstTraced ? 0 : 1).Tensor, Constant(node, firstTraced ? 1 : 0));
                    return;
                case "Relu":
                    Elementwise(node, inputs[0]!, () => new Activation(Nonlinearity.ReLU));
                    return;
                case "Tanh":
                    Elementwise(node, inputs[0]!, () => new Activation(Nonlinearity.Tanh));
                    return;
                case "Sigmoid":
                    Elementwise(node, inputs[0]!, () => new Activation(Nonlinearity.Sigmoid));
                    return;
                case "Softmax":
                case "LogSoftmax":
                    bool logarithm = node.OpType == "LogSoftmax";
                    long rank = inputs[0]!.Shape.Count, axis = node.Attribute("axis")?.Int ?? (_model.OpsetVersion >= 13 ? -1 : 1);
                    if (axis != -1 && axis != rank - 1) throw new Untraceable($"{node}: acts on axis {axis}, expected the features");
                    RequireRows(node, inputs[0]!, Cover(node, inputs[0]!, out _));
                    Elementwise(node, inputs[0]!, () => new Softmax(logarithm));
                    return;
                case "Dropout":
                    RunDropout(node, inputs);
                    return;
            }
            if (!Movers.Contains(node.OpType) || !firstTraced) throw new Untraceable($"{node}: has no layer");
            for (int i = 1; i < inputs.Length; i++)
                if (inputs[i] != null && _values[node.Inputs[i]].IsTraced != (node.OpType == "Concat")) throw new Untraceable($"{node}: mixes computed values and constants");
            OnnxTensor? moved = _folding.Evaluate(node, inputs);
            Set(node, moved ?? throw new Untraceable($"{node}: does not fit its operator's definition"), node.OpType != "Shape");
        }

        private OnnxTensor Constant(OnnxNode node, int position)
        {
            Traced value = Value(node, position);
            return value.IsTraced ? throw new Untraceable($"{node}: joins two computed values, and a chain has no branches") : value.Tensor;
        }

        private void Set(OnnxNode node, OnnxTensor value, bool traced)
        {
            if (node.Output(0).Length > 0) _values[node.Output(0)] = new Traced(value, traced);
        }

        private void Split(OnnxNode node, OnnxTensor?[] inputs, bool traced)
        {
            OnnxTensor x = inputs[0]!;
            long axis = node.Attribute("axis")?.Int ?? 0;
            if (axis < 0) axis += x.Shape.Count;
            if (axis < 0 || axis >= x.Shape.Count) throw new Untraceable($"{node}: does not fit its operator's definition");
            IReadOnlyList<long>? sizes = node.Attribute("split")?.Ints ?? (inputs.Length > 1 && inputs[1] != null ? inputs[1]!.ToInt64s() : null);
            long from = 0, even = (x.Shape[(int)axis] + node.Outputs.Count - 1) / node.Outputs.Count;
            for (int i = 0; i < node.Outputs.Count; i++)
            {
                long to = sizes != null && i < sizes.Count ? from + sizes[i] : Math.Min(from + even, x.Shape[(int)axis]);
                var slice = new OnnxNode("Slice", new[] { "x" }, new[] { node.Outputs[i] },
                    new OnnxAttribute("starts", new[] { from }), new OnnxAttribute("ends", new[] { to }), new OnnxAttribute("axes", new[] { axis }));
                OnnxTensor? part = _folding.Evaluate(slice, new OnnxTensor?[] { x });
                if (part == null) throw new Untraceable($"{node}: does not fit its operator's definition");
                if (node.Outputs[i].Length > 0) _values[node.Outputs[i]] = new Traced(part, traced);
                from = to;
            }
        }

        private void Turn(OnnxNode node, OnnxTensor x)
        {
            long axis = node.Attribute("time_axis")?.Int ?? 0;
            var slice = new OnnxNode("Slice", new[] { "x", "starts", "ends", "axes", "steps" }, new[] { node.Output(0) });
            OnnxTensor One(long value) => OnnxTensor.FromInt64s("", new long[] { 1 }, new[] { value });
            OnnxTensor? turned = _folding.Evaluate(slice, new OnnxTensor?[] { x, One(-1), One(long.MinValue), One(axis), One(-1) });
            Set(node, turned ?? throw new Untraceable($"{node}: does not fit its operator's definition"), true);
        }

        private void Embed(OnnxNode node, OnnxTensor table, OnnxTensor symbols)
        {
            if (table.Shape.Count != 2 || (node.Attribute("axis")?.Int ?? 0) != 0) throw new Untraceable($"{node}: expected a table of two axes, got {table}");
            long[] labels = symbols.ToInt64s();
            Stage from = Cover(node, symbols, out Picked picked);
            if (from.Width != 1) throw new Untraceable($"{node}: expected one symbol a step, got {from.Width} features");
            int count = (int)table.Shape[0], features = (int)table.Shape[1];
            float[] weights = table.ToSingles();
            Stage stage = Follow(node, from, picked, features, features);
            stage.Create = () =>
            {
                var embedding = new Embedding(count, features);
                embedding.Parameters[0].Set(weights);
                return embedding;
            };
            var shape = new long[symbols.Shape.Count + 1];
            for (int i = 0; i < symbols.Shape.Count; i++) shape[i] = symbols.Shape[i];
            shape[shape.Length - 1] = features;
            SetRows(node, shape, Array.ConvertAll(labels, label => Position(from, picked, label)), stage);
        }

        private void Multiply(OnnxNode node, OnnxTensor x, OnnxTensor matrix, OnnxTensor? bias, float scale, bool transposed)
        {
            if (!Value(node, 0).IsTraced || matrix.Shape.Count != 2) throw new Untraceable($"{node}: expected values times a matrix of two axes, got {matrix}");
            Stage from = Cover(node, x, out Picked picked);
            RequireRows(node, x, from);
            int inputs = (int)matrix.Shape[transposed ? 1 : 0], outputs = (int)matrix.Shape[transposed ? 0 : 1];
            if (inputs != from.Width || outputs == 0) throw new Untraceable($"{node}: the matrix is {matrix}, and {from} has {from.Width} features");
            float[] weights = matrix.ToSingles();
            if (!transposed) weights = ExportRun.Transposed(weights, inputs);
            for (int i = 0; i < weights.Length; i++) weights[i] *= scale;
            Stage stage = Follow(node, from, picked, outputs, outputs);
            stage.IsLinear = true;
            stage.Create = () =>
            {
                var linear = new Linear(inputs, outputs, stage.Bias != null);
                linear.Parameters[0].Set(weights);
                if (stage.Bias != null) linear.Parameters[1].Set(stage.Bias);
                return linear;
            };
            long[] labels = x.ToInt64s();
            var rows = new int[labels.Length / inputs];
            for (int row = 0; row < rows.Length; row++) rows[row] = Position(from, picked, labels[row * inputs]);
            var shape = new long[x.Shape.Count];
            for (int i = 0; i < shape.Length; i++) shape[i] = i < shape.Length - 1 ? x.Shape[i] : outputs;
            SetRows(node, shape, rows, stage);
            if (bias != null) stage.Bias = Stretched(node, bias, outputs);
        }

        private void AddBias(OnnxNode node, OnnxTensor x, OnnxTensor bias)
        {
            Stage stage = Cover(node, x, out Picked picked);
            if (!stage.IsLinear || stage.Bias != null || stage.Next != null || picked != Picked.All) throw new Untraceable($"{node}: adds a constant to {stage}, which is no linear layer without a bias");
            RequireRows(node, x, stage);
            stage.Bias = Stretched(node, bias, stage.Width);
            Set(node, x, true);
        }

        private static float[] Stretched(OnnxNode node, OnnxTensor bias, int width)
        {
            float[] values = bias.ToSingles();
            if (values.Length == 1 && width > 1)
            {
                float value = values[0];
                values = new float[width];
                Array.Fill(values, value);
            }
            bool fits = values.Length == width && (bias.Shape.Count == 0 || width == 1 || bias.Shape[bias.Shape.Count - 1] == width || bias.Count == 1);
            return fits ? values : throw new Untraceable($"{node}: the bias is {bias}, expected {width} numbers");
        }

        private void Elementwise(OnnxNode node, OnnxTensor x, Func<Layer> create)
        {
            long[] labels = x.ToInt64s();
            Stage from = Cover(node, x, out Picked picked);
            Stage stage = Follow(node, from, picked, from.Width, from.Width);
            stage.Create = create;
            for (int i = 0; i < labels.Length; i++) labels[i] = stage.Label(Position(from, picked, labels[i]), Feature(from, labels[i]));
            Set(node, OnnxTensor.FromInt64s(node.Output(0), Sizes(x), labels), true);
        }

        private void RunDropout(OnnxNode node, OnnxTensor?[] inputs)
        {
            float probability = node.Attribute("ratio")?.Float ?? 0.5f;
            if (inputs.Length > 1 && inputs[1] is OnnxTensor ratio && !_values[node.Inputs[1]].IsTraced && ratio.Count == 1) probability = ratio.ToSingles()[0];
            if (probability == 0)
                Set(node, inputs[0]!, true);
            else if (!(probability > 0 && probability < 1))
                throw new Untraceable(FormattableString.Invariant($"{node}: the probability is {probability}, expected below 1"));
            else
                Elementwise(node, inputs[0]!, () => new Dropout(probability));
        }

        private void RunRecurrent(OnnxNode node, RecurrentNode recurrent)
        {
            bool batchFirst = recurrent.Layout == 1;
            Traced x = Value(node, 0);
            if (!x.IsTraced || x.Tensor.Shape.Count != 3) throw new Untraceable($"{node}: X is {x.Tensor}, expected computed values of three axes");
            int steps = (int)x.Tensor.Shape[batchFirst ? 1 : 0], rows = (int)x.Tensor.Shape[batchFirst ? 0 : 1], inputs = (int)x.Tensor.Shape[2];
            CheckLengths(node, steps);
            CheckState(node, 5);
            if (recurrent.Operator == RecurrentOperator.LSTM) CheckState(node, 6);
            Stage from = Cover(node, x.Tensor, out Picked picked);
            if (inputs != from.Width || inputs != recurrent.InputSize) throw new Untraceable($"{node}: reads {inputs} features of {from}, which has {from.Width}; expected {recurrent.InputSize}");

            long[] labels = x.Tensor.ToInt64s();
            bool turned = false;
            if (!Arranged(labels, from, picked, steps, rows, inputs, batchFirst, ref turned))
                throw new Untraceable($"{node}: takes the steps of {from} in an order that no layer has");

            int hidden = recurrent.HiddenSize, directions = recurrent.Directions;
            var parts = new RecurrentPart[directions];
            for (int d = 0; d < directions; d++) parts[d] = new RecurrentPart(recurrent, d);
            bool backward = recurrent.Direction == RecurrentDirection.Reverse;
            Stage stage;
            bool turnedOutput = false;
            if (directions == 1 && from.Next is Stage twin && picked == Picked.All && twin.Picked == Picked.All && twin.Next == null && twin.Parts?.Length == 1 && !twin.TurnedInput
                && (twin.Lower > 0) != (backward != turned) && (!turned || backward == false) && twin.Parts[0].Matches(parts[0], functions: false))
            {
                // The other half of a bidirectional layer, written as a node of its own.
                stage = twin;
                stage.Parts = twin.Lower > 0 ? new[] { parts[0], twin.Parts[0] } : new[] { twin.Parts[0], parts[0] };
                stage.Lower = 0;
                stage.Width = 2 * hidden;
                // Beside the other half its steps count from the sequence's beginning, though it writes them as it reads them.
                turnedOutput = turned;
                backward = backward != turned;
            }
            else
            {
                stage = Follow(node, from, picked, 2 * hidden, directions * hidden);
                stage.Parts = parts;
                stage.TurnedInput = turned && !backward;
                if (turned && backward) throw new Untraceable($"{node}: turns its input round twice");
                stage.Lower = backward ? hidden : 0;
            }

            int At(int t, int row) => PositionOf(stage, turnedOutput ? steps - 1 - t : t, row);
            var y = new long[steps * directions * rows * hidden];
            var h = new long[directions * rows * hidden];
            var c = new long[h.Length];
            long cells = TakeLabels(h.Length);
            for (int d = 0; d < directions; d++)
                for (int row = 0; row < rows; row++)
                    for (int u = 0; u < hidden; u++)
                    {
                        int feature = (directions == 2 ? d * hidden : backward ? hidden : 0) + u - stage.Lower;
                        int state = (batchFirst ? row * directions + d : d * rows + row) * hidden + u;
                        bool fromEnd = directions == 2 ? d == 1 : recurrent.Direction == RecurrentDirection.Reverse;
                        h[state] = stage.Label(At(fromEnd ? 0 : steps - 1, row), feature);
                        c[state] = cells + state;
                        for (int t = 0; t < steps; t++)
                            y[(batchFirst ? (row * steps + t) * directions + d : (t * directions + d) * rows + row) * hidden + u] = stage.Label(At(t, row), feature);
                    }
            long[] stateShape = batchFirst ? new long[] { rows, directions, hidden } : new long[] { directions, rows, hidden };
            long[] shape = batchFirst ? new long[] { rows, steps, directions, hidden } : new long[] { steps, directions, rows, hidden };
            var results = new[] { (shape, y), (stateShape, h), (stateShape, c) };
            for (int i = 0; i < node.Outputs.Count && i < 3; i++)
                if (node.Outputs[i].Length > 0) _values[node.Outputs[i]] = new Traced(OnnxTensor.FromInt64s(node.Outputs[i], results[i].Item1, results[i].Item2), true);
        }

        /// <summary>Whether labels stand as (steps, rows, features), forward or turned round; finds out which axis of the input is time.</summary>
        private bool Arranged(long[] labels, Stage from, Picked picked, int steps, int rows, int inputs, bool batchFirst, ref bool turned)
        {
            foreach (int axis in _timeAxis >= 0 ? new[] { _timeAxis } : new[] { 1, 0 })
                foreach (bool back in new[] { false, true })
                {
                    int before = _timeAxis;
                    _timeAxis = axis;
                    if ((picked == Picked.All ? StepsOf(from) : 1) == steps)
                    {
                        bool fits = true;
                        for (int t = 0; fits && t < steps; t++)
                            for (int row = 0; fits && row < rows; row++)
                                for (int i = 0; fits && i < inputs; i++)
                                {
                                    long label = labels[((batchFirst ? row * steps + t : t * rows + row) * inputs) + i];
                                    fits = Feature(from, label) == i && Position(from, picked, label) == (picked == Picked.All ? PositionOf(from, back ? steps - 1 - t : t, row) : row);
                                }
                        if (fits)
                        {
                            turned = back && steps > 1;
                            return true;
                        }
                    }
                    _timeAxis = before;
                }
            return false;
        }

        private void CheckLengths(OnnxNode node, int steps)
        {
            if (node.Input(4).Length == 0) return;
            Traced lengths = _values[node.Input(4)];
            if (lengths.IsTraced) throw new Untraceable($"{node}: computes the lengths of its rows");
            foreach (long length in lengths.Tensor.ToInt64s())
                if (length != steps) throw new Untraceable($"{node}: has lengths built in that are shorter than its {steps} steps");
        }

        private void CheckState(OnnxNode node, int position)
        {
            if (node.Input(position).Length == 0) return;
            string name = position == 5 ? "initial_h" : "initial_c";
            Traced state = _values[node.Input(position)];
            if (state.IsTraced)
            {
                Stage from = StageOf(state.Tensor.Count == 0 ? -1 : state.Tensor.ToInt64s()[0]) ?? throw new Untraceable($"{node}: {name} comes from another layer");
                if (from.Input == null) throw new Untraceable($"{node}: {name} comes from another layer");
                return;
            }
            foreach (float value in state.Tensor.ToSingles())
                if (value != 0) throw new Untraceable($"{node}: {name} is a constant other than zero");
        }

        private void FindOutput()
        {
            string? failure = null;
            foreach (OnnxValueInfo output in _model.Graph.Outputs)
            {
                if (!_values.TryGetValue(output.Name, out Traced value))
                {
                    failure ??= _failures.TryGetValue(output.Name, out string? reason) ? reason : $"output '{output.Name}' is not known";
                    continue;
                }
                if (!value.IsTraced || value.Tensor.Count == 0 || !(StageOf(value.Tensor.ToInt64s()[0]) is Stage stage) || stage.From == null || stage.Next != null) continue;
                try
                {
                    _end = Cover(null, value.Tensor, out _endPicked);
                }
                catch (Untraceable e)
                {
                    failure ??= $"output '{output.Name}' " + e.Message;
                    continue;
                }
                Output = output.Name;
                for (Stage? each = _end; each != null; each = each.From) Input = each.Input ?? Input;
                return;
            }
            throw new ModelFileException(_model.Path, $"no chain of layers: {failure ?? "no output comes from a layer"}.");
        }

        /// <summary>From which stage labels come, and whether they are all of it, or what part.</summary>
        private Stage Cover(OnnxNode? node, OnnxTensor x, out Picked picked)
        {
            long[] labels = x.ToInt64s();
            string who = node == null ? string.Empty : node + ": ";
            Stage? stage = labels.Length == 0 ? null : StageOf(labels[0]);
            if (stage == null) throw new Untraceable($"{who}reads a cell state, which no layer gives out");
            var seen = new HashSet<long>();
            bool last = _timeAxis >= 0, final = last && stage.Width % 2 == 0;
            int steps = _timeAxis >= 0 ? StepsOf(stage) : 0;
            foreach (long label in labels)
            {
                if (label < stage.Base || label >= stage.Base + stage.Labels) throw new Untraceable($"{who}joins {stage} and {(StageOf(label)?.ToString() ?? "a cell state")}, and a chain has no branches");
                int feature = Feature(stage, label);
                if (feature < 0 || feature >= stage.Width || !seen.Add(label)) throw new Untraceable($"{who}takes numbers of {stage} more than once");
                if (_timeAxis < 0) continue;
                int step = StepOf(stage, (int)((label - stage.Base) / stage.Capacity));
                last &= step == steps - 1;
                final &= step == (feature < stage.Width / 2 ? steps - 1 : 0);
            }
            long all = (long)stage.N0 * stage.N1 * stage.Width;
            if (seen.Count == all) picked = Picked.All;
            else if (last && seen.Count == all / steps) picked = Picked.LastStep;
            else if (final && seen.Count == all / steps) picked = Picked.FinalStates;
            else throw new Untraceable($"{who}takes a part of {stage}; expected all of it, the last step, or what each direction ends with");
            return stage;
        }

        /// <summary>Whether the last axis of labels is a stage's features, in order.</summary>
        private static void RequireRows(OnnxNode node, OnnxTensor x, Stage stage)
        {
            long[] labels = x.ToInt64s();
            bool rows = x.Shape.Count > 0 && x.Shape[x.Shape.Count - 1] == stage.Width;
            for (int i = 0; rows && i < labels.Length; i++) rows = Feature(stage, labels[i]) == i % stage.Width;
            if (!rows) throw new Untraceable($"{node}: its last axis is not what {stage} gives, in order");
        }

        private void SetRows(OnnxNode node, long[] shape, int[] positions, Stage stage)
        {
            var labels = new long[positions.Length * stage.Width];
            for (int row = 0; row < positions.Length; row++)
                for (int i = 0; i < stage.Width; i++) labels[row * stage.Width + i] = stage.Label(positions[row], i);
            Set(node, OnnxTensor.FromInt64s(node.Output(0), shape, labels), true);
        }

        private Stage Follow(OnnxNode node, Stage from, Picked picked, int capacity, int width)
        {
            if (from.Next != null) throw new Untraceable($"{node}: reads {from}, which {from.Next} reads already, and a chain has no branches");
            int rows = _timeAxis < 0 ? 0 : _timeAxis == 0 ? from.N1 : from.N0;
            int n0 = picked == Picked.All ? from.N0 : _timeAxis == 0 ? 1 : rows, n1 = picked == Picked.All ? from.N1 : _timeAxis == 0 ? rows : 1;
            Stage stage = AddStage(from, picked, n0, n1, capacity, width, node.ToString());
            from.Next = stage;
            return stage;
        }

        private Stage AddStage(Stage? from, Picked picked, int n0, int n1, int capacity, int width, string name)
        {
            var stage = new Stage { From = from, Picked = picked, N0 = n0, N1 = n1, Capacity = capacity, Width = width, Name = name };
            stage.Base = TakeLabels(stage.Labels);
            _stages.Add(stage);
            return stage;
        }

        private long TakeLabels(long count)
        {
            long first = _labels;
            _labels += count;
            if (_labels > MaxLabels) throw new ModelFileException(_model.Path, $"no chain of layers: its values have more than {MaxLabels} elements.");
            return first;
        }

        private Stage? StageOf(long label) => _stages.Find(stage => label >= stage.Base && label < stage.Base + stage.Labels);

        private static int Feature(Stage stage, long label) => (int)((label - stage.Base) % stage.Capacity) - stage.Lower;

        /// <summary>Where, in the stage that follows, what stands at a label's position goes.</summary>
        private int Position(Stage stage, Picked picked, long label)
        {
            int position = (int)((label - stage.Base) / stage.Capacity);
            return picked == Picked.All ? position : _timeAxis == 0 ? position % stage.N1 : position / stage.N1;
        }

        private int StepsOf(Stage stage) => _timeAxis == 0 ? stage.N0 : stage.N1;

        private int StepOf(Stage stage, int position) => _timeAxis == 0 ? position / stage.N1 : position % stage.N1;

        private int PositionOf(Stage stage, int step, int row) => _timeAxis == 0 ? step * stage.N1 + row : row * stage.N1 + step;

        private static long[] Sizes(OnnxTensor tensor)
        {
            var sizes = new long[tensor.Shape.Count];
            for (int i = 0; i < sizes.Length; i++) sizes[i] = tensor.Shape[i];
            return sizes;
        }

        private readonly struct Traced
        {
            public Traced(OnnxTensor tensor, bool isTraced)
            {
                Tensor = tensor;
                IsTraced = isTraced;
            }

            /// <summary>Numbers, or labels.</summary>
            public OnnxTensor Tensor { get; }

            public bool IsTraced { get; }
        }

        /// <summary>The input or a layer: what it gives at N0 × N1 positions, in the order of the input's axes.</summary>
        private sealed class Stage
        {
            public Stage? From, Next;
            public Picked Picked;
            public int N0, N1;

            /// <summary>Labels kept for a position; the features begin at Lower. A recurrent layer keeps room for a second direction.</summary>
            public int Capacity, Lower, Width;

            public long Base;
            public string Name = string.Empty;
            public string? Input;
            public Func<Layer>? Create;
            public RecurrentPart[]? Parts;
            public bool TurnedInput, IsLinear;
            public float[]? Bias;

            public long Labels => (long)N0 * N1 * Capacity;

            public long Label(int position, int feature) => Base + (long)position * Capacity + Lower + feature;

            public override string ToString() => Name;
        }

        /// <summary>Why a value is no layer's.</summary>
        private sealed class Untraceable : Exception
        {
            public Untraceable(string reason)
                : base(reason)
            {
            }
        }
    }
}
