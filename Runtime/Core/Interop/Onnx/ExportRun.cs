using System;
using System.Collections.Generic;

namespace Recurrent.Onnx
{
    /// <summary>One export. Values inside are time-major, (time, batch, features), or (batch, features) in a single step and behind a layer that picks one.</summary>
    internal sealed class ExportRun
    {
        private readonly OnnxExportOptions _options;
        private readonly GraphBuilder _build;
        private readonly OnnxGraph _graph;
        private readonly List<(Layer Layer, string Name)> _layers = new List<(Layer, string)>();
        private readonly List<StatePair> _pairs = new List<StatePair>();
        private readonly List<string> _packedOut = new List<string>();
        private readonly bool _step;
        private readonly int _statefulLayers;
        private string _value = "input";
        private int _stateOffset;
        private bool _hasTime;
        private bool _isSymbol;

        public ExportRun(Layer model, OnnxExportOptions options)
        {
            _options = options;
            _step = options.Graph == OnnxGraphKind.Step;
            _graph = Model.Graph;
            _build = new GraphBuilder(_graph, options.Opset);
            Flatten(model, string.Empty);
            foreach ((Layer layer, _) in _layers)
                if (layer.StateSize > 0) _statefulLayers++;
            Describe(model);
            Begin(model);
            foreach ((Layer layer, string name) in _layers)
            {
                _build.Scope = name;
                Write(layer, name);
            }
            _build.Scope = string.Empty;
            End(model);
        }

        public OnnxModel Model { get; } = new OnnxModel();

        private bool Carried => _step || _options.States;

        private void Flatten(Layer layer, string name)
        {
            if (!(layer is SequenceModel model))
            {
                _layers.Add((layer, name));
                return;
            }
            for (int i = 0; i < model.Layers.Count; i++)
                Flatten(model.Layers[i], name.Length > 0 ? name + "." + model.LayerNames[i] : model.LayerNames[i]);
        }

        private void Describe(Layer model)
        {
            Model.ProducerName = "recurrent";
            Model.ProducerVersion = typeof(OnnxExporter).Assembly.GetName().Version?.ToString(3) ?? string.Empty;
            Model.IrVersion = _options.Opset < 10 ? 4 : _options.Opset < 11 ? 5 : _options.Opset < 12 ? 6 : _options.Opset < 15 ? 7 : _options.Opset < 19 ? 8 : _options.Opset < 21 ? 9 : 10;
            Model.OpsetImports[string.Empty] = _options.Opset;
            Model.Documentation = model.ToString();
            _graph.Name = "recurrent";
            if (model is SequenceModel sequence)
            {
                if (sequence.InputScaler != null) Model.Metadata["input_scaler"] = sequence.InputScaler.ToMetadata();
                if (sequence.TargetScaler != null) Model.Metadata["target_scaler"] = sequence.TargetScaler.ToMetadata();
            }
            if (_options.Vocabulary == null) return;
            JsonWriter json = new JsonWriter().BeginArray();
            foreach (string word in _options.Vocabulary) json.Value(word);
            Model.Metadata["vocabulary"] = json.EndArray().ToString();
        }

        private void Begin(Layer model)
        {
            if (_options.MLAgentsNames) _value = "obs_0";
            _isSymbol = _layers[0].Layer is Embedding;
            var shape = new List<OnnxDimension> { "batch" };
            if (!_step) shape.Add("time");
            if (!_isSymbol) shape.Add(model.InputSize);
            _graph.Inputs.Add(new OnnxValueInfo(_value, _isSymbol ? OnnxDataType.Int64 : OnnxDataType.Float, shape.ToArray()));
            if (_options.Lengths) _graph.Inputs.Add(new OnnxValueInfo("lengths", OnnxDataType.Int32, "batch"));
            if (_options.MLAgentsNames && model.StateSize > 0) _graph.Inputs.Add(new OnnxValueInfo("recurrent_in", OnnxDataType.Float, "batch", 1, model.StateSize));
            _hasTime = !_step;
            if (_hasTime) _value = _isSymbol ? _build.Transpose(_value, 1, 0) : _build.Transpose(_value, 1, 0, 2);
        }

        private void End(Layer model)
        {
            string output = _options.MLAgentsNames ? "continuous_actions" : "output";
            _build.Rename(_hasTime ? _build.Transpose(_value, 1, 0, 2) : _value, output);
            var shape = new List<OnnxDimension> { "batch" };
            if (_hasTime) shape.Add("time");
            shape.Add(model.OutputSize);
            _graph.Outputs.Insert(0, new OnnxValueInfo(output, OnnxDataType.Float, shape.ToArray()));
            if (_options.MLAgentsNames) AddMLAgentsConstants(model);
            if (_pairs.Count == 0) return;
            JsonWriter json = new JsonWriter().BeginObject();
            foreach (StatePair pair in _pairs) json.Member(pair.Input, pair.Output);
            Model.Metadata[StatePairs.MetadataKey] = json.EndObject().ToString();
        }

        private void AddMLAgentsConstants(Layer model)
        {
            if (model.StateSize > 0)
            {
                _build.Rename(_build.Unsqueeze(_build.Concat(1, _packedOut.ToArray()), 1), "recurrent_out");
                _graph.Outputs.Add(new OnnxValueInfo("recurrent_out", OnnxDataType.Float, "batch", 1, model.StateSize));
                _pairs.Add(new StatePair("recurrent_in", "recurrent_out"));
            }
            // Version 3 of ML-Agents' model format is that of its releases with continuous and discrete actions side by side.
            foreach ((string name, float value) in new[] { ("version_number", 3f), ("memory_size", model.StateSize), ("continuous_action_output_shape", model.OutputSize) })
            {
                string constant = _build.Floats(name + "_value", new long[] { 1 }, new[] { value });
                _build.Rename(constant, name);
                _graph.Outputs.Add(new OnnxValueInfo(name, OnnxDataType.Float, 1));
            }
        }

        private void Write(Layer layer, string name)
        {
            switch (layer)
            {
                case RecurrentLayer recurrent:
                    var levels = new List<RecurrentCell[]>();
                    for (int k = 0; k < recurrent.NumLayers; k++)
                    {
                        var cells = new RecurrentCell[recurrent.Directions];
                        for (int d = 0; d < cells.Length; d++) cells[d] = recurrent.Cell(k, d);
                        levels.Add(cells);
                    }
                    WriteRecurrent(levels, name);
                    break;
                case RecurrentCell cell:
                    WriteRecurrent(new List<RecurrentCell[]> { new[] { cell } }, name);
                    break;
                case Linear linear:
                    Parameter weight = linear.Parameters[0];
                    _value = _build.Add("MatMul", new[] { _value, _build.Floats("weight", new long[] { linear.InputSize, linear.OutputSize }, Transposed(weight.Value, linear.OutputSize)) });
                    if (linear.HasBias) _value = _build.Sum(_value, _build.Floats("bias", new long[] { linear.OutputSize }, linear.Parameters[1].Value));
                    break;
                case Embedding embedding:
                    if (!_isSymbol) _value = _build.Squeeze(_build.Add("Cast", new[] { _value }, new OnnxAttribute("to", (long)OnnxDataType.Int64)), _hasTime ? 2 : 1);
                    string table = _build.Floats("weight", new long[] { embedding.NumEmbeddings, embedding.OutputSize }, embedding.Parameters[0].Value);
                    _value = _build.Add("Gather", new[] { table, _value });
                    _isSymbol = false;
                    break;
                case Activation activation:
                    _value = _build.Add(activation.Nonlinearity == Nonlinearity.ReLU ? "Relu" : activation.Nonlinearity == Nonlinearity.Tanh ? "Tanh" : "Sigmoid", new[] { _value });
                    break;
                case Softmax softmax:
                    _value = _build.Add(softmax.Logarithm ? "LogSoftmax" : "Softmax", new[] { _value }, new OnnxAttribute("axis", _hasTime ? 2L : 1L));
                    break;
                case Dropout _:
                    break;
                case Reverse _:
                    if (_hasTime) _value = Turned(layer);
                    break;
                case StepSelection selection:
                    if (_hasTime) _value = Selected(selection);
                    _hasTime = false;
                    break;
                default:
                    throw OnnxExporter.Refuse($"{layer}: a layer of this kind has no ONNX form");
            }
        }

        private string Turned(Layer layer)
        {
            if (_options.Lengths)
                return _build.Add("ReverseSequence", new[] { _value, _build.Add("Cast", new[] { "lengths" }, new OnnxAttribute("to", (long)OnnxDataType.Int64)) }, new OnnxAttribute("time_axis", 0L), new OnnxAttribute("batch_axis", 1L));
            if (_options.Opset < 10) throw OnnxExporter.Refuse($"{layer}: needs operator set 10, got {_options.Opset}");
            return _build.Add("Slice", new[] { _value, _build.Integers("starts", -1), _build.Integers("ends", long.MinValue), _build.Integers("axes", 0), _build.Integers("steps", -1) });
        }

        private string Selected(StepSelection selection)
        {
            string last;
            if (_options.Lengths)
            {
                // (1, batch, 1), stretched over the features.
                string at = _build.Difference(_build.Add("Cast", new[] { "lengths" }, new OnnxAttribute("to", (long)OnnxDataType.Int64)), _build.Integers("one", 1));
                at = _build.Reshape(at, 1, -1, 1);
                at = _build.Add("Expand", new[] { at, _build.Integers("features", 1, 1, selection.InputSize) });
                last = _build.Squeeze(_build.Add("GatherElements", new[] { _value, at }, new OnnxAttribute("axis", 0L)), 0);
            }
            else
                last = _build.Squeeze(_build.Slice(_value, 0, -1, long.MaxValue), 0);
            if (!(selection is FinalStates)) return last;
            int half = selection.InputSize / 2;
            string first = _build.Squeeze(_build.Slice(_value, 0, 0, 1), 0);
            return _build.Concat(1, _build.Slice(last, 1, 0, half), _build.Slice(first, 1, half, selection.InputSize));
        }

        /// <summary>A stack: states go in and out as (levels · directions, batch, features), one for each cell where operators are elementary.</summary>
        private void WriteRecurrent(List<RecurrentCell[]> levels, string name)
        {
            RecurrentCell cell = levels[0][0];
            int directions = levels[0].Length, blocks = levels.Count * directions;
            int states = cell.HasCellState ? 2 : 1;
            string prefix = _statefulLayers > 1 ? name + "_" : string.Empty;
            bool single = _options.Elementary;
            var before = new string?[states][];
            for (int s = 0; s < states; s++)
            {
                before[s] = new string?[blocks];
                if (Carried) ReadStates(before[s], prefix + (s == 0 ? "h" : "c"), s == 0 ? cell.OutputSize : cell.HiddenSize, single);
            }
            var after = new string[states][];
            for (int s = 0; s < states; s++) after[s] = new string[blocks];

            bool hadTime = _hasTime;
            if (!hadTime && !single) _value = _build.Unsqueeze(_value, 0);
            for (int k = 0; k < levels.Count; k++)
            {
                RecurrentCell[] cells = levels[k];
                if (single)
                {
                    string[] step = new ElementaryCell(_build, cells[0]).Step(_value, before[0][k]!, states > 1 ? before[1][k] : null);
                    for (int s = 0; s < states; s++) after[s][k] = step[s];
                    _value = step[0];
                }
                else if (cell is LSTMCell lstm && lstm.ProjectionSize > 0)
                    WriteScan(cells, before, after, k);
                else
                    WriteOperator(cells, before, after, k);
            }
            if (!hadTime && !single) _value = _build.Squeeze(_value, 0);
            if (!Carried) return;
            for (int s = 0; s < states; s++)
                WriteStates(after[s], prefix + (s == 0 ? "h" : "c"), s == 0 ? cell.OutputSize : cell.HiddenSize, single);
        }

        /// <summary>Names of (1, batch, features) for every block; (batch, features) where operators are elementary.</summary>
        private void ReadStates(string?[] blocks, string name, int features, bool single)
        {
            for (int i = 0; i < blocks.Length; i++)
            {
                if (_options.MLAgentsNames)
                {
                    string packed = _build.Slice("recurrent_in", 2, _stateOffset, _stateOffset + features);
                    blocks[i] = single ? _build.Squeeze(packed, 1) : _build.Transpose(packed, 1, 0, 2);
                    _stateOffset += features;
                }
                else if (single)
                {
                    blocks[i] = FormattableString.Invariant($"{name}_l{i}_in");
                    _graph.Inputs.Add(new OnnxValueInfo(blocks[i]!, OnnxDataType.Float, "batch", features));
                }
                else
                    blocks[i] = blocks.Length == 1 ? name + "0" : _build.Slice(name + "0", 0, i, i + 1);
            }
            if (!single && !_options.MLAgentsNames) _graph.Inputs.Add(new OnnxValueInfo(name + "0", OnnxDataType.Float, blocks.Length, "batch", features));
        }

        private void WriteStates(string[] blocks, string name, int features, bool single)
        {
            if (_options.MLAgentsNames)
            {
                foreach (string block in blocks) _packedOut.Add(single ? block : _build.Squeeze(block, 0));
                return;
            }
            if (!single)
            {
                _build.Rename(_build.Concat(0, blocks), name + "n");
                _graph.Outputs.Add(new OnnxValueInfo(name + "n", OnnxDataType.Float, blocks.Length, "batch", features));
                _pairs.Add(new StatePair(name + "0", name + "n"));
                return;
            }
            for (int i = 0; i < blocks.Length; i++)
            {
                string output = FormattableString.Invariant($"{name}_l{i}_out");
                _build.Rename(blocks[i], output);
                _graph.Outputs.Add(new OnnxValueInfo(output, OnnxDataType.Float, "batch", features));
                _pairs.Add(new StatePair(FormattableString.Invariant($"{name}_l{i}_in"), output));
            }
        }

        private void WriteOperator(RecurrentCell[] cells, string?[][] before, string[][] after, int level)
        {
            RecurrentCell cell = cells[0];
            RecurrentOperator kind = cell is LSTMCell ? RecurrentOperator.LSTM : cell is GRUCell ? RecurrentOperator.GRU : RecurrentOperator.RNN;
            int gates = kind == RecurrentOperator.LSTM ? 4 : kind == RecurrentOperator.GRU ? 3 : 1, hidden = cell.HiddenSize, directions = cells.Length;
            var w = new List<float>();
            var r = new List<float>();
            var b = new List<float>();
            var p = new List<float>();
            foreach (RecurrentCell each in cells)
            {
                w.AddRange(GateOrder.ToOnnx(kind, Gates(each, 0)));
                r.AddRange(GateOrder.ToOnnx(kind, Gates(each, 1)));
                if (each.HasBias)
                {
                    b.AddRange(GateOrder.ToOnnx(kind, Gates(each, 2)));
                    b.AddRange(GateOrder.ToOnnx(kind, Gates(each, 3)));
                }
                if (each.Options.Peepholes) p.AddRange(each.Parameters[each.Parameters.Count - 1].Value.ToArray());
            }
            string Constant(string name, List<float> values, params long[] shape) => values.Count == 0 ? string.Empty : _build.Floats(FormattableString.Invariant($"{name}_l{level}"), shape, values.ToArray());
            var inputs = new List<string>
            {
                _value,
                Constant("W", w, directions, gates * hidden, cell.InputSize),
                Constant("R", r, directions, gates * hidden, hidden),
                Constant("B", b, directions, 2 * gates * hidden),
                _options.Lengths && _hasTime ? "lengths" : string.Empty,
            };
            foreach (string?[] state in before)
            {
                var blocks = new List<string>();
                for (int d = 0; d < directions; d++)
                    if (state[level * directions + d] is string block) blocks.Add(block);
                inputs.Add(blocks.Count == 0 ? string.Empty : _build.Concat(0, blocks.ToArray()));
            }
            if (p.Count > 0) inputs.Add(Constant("P", p, directions, 3 * hidden));
            while (inputs[inputs.Count - 1].Length == 0) inputs.RemoveAt(inputs.Count - 1);

            string[] outputs = _build.Add(kind.ToString(), inputs.ToArray(), 1 + before.Length, Attributes(cells, kind).ToArray());
            // (time, directions, batch, hidden) → (time, batch, directions · hidden)
            _value = directions == 1 ? _build.Squeeze(outputs[0], 1) : _build.Reshape(_build.Transpose(outputs[0], 0, 2, 1, 3), 0, 0, directions * hidden);
            for (int s = 0; s < before.Length; s++)
                for (int d = 0; d < directions; d++)
                    after[s][level * directions + d] = !Carried || directions == 1 ? outputs[1 + s] : _build.Slice(outputs[1 + s], 0, d, d + 1);
        }

        private static List<OnnxAttribute> Attributes(RecurrentCell[] cells, RecurrentOperator kind)
        {
            RecurrentCell cell = cells[0];
            CellOptions options = cell.Options;
            var attributes = new List<OnnxAttribute> { new OnnxAttribute("hidden_size", (long)cell.HiddenSize) };
            if (cells.Length == 2) attributes.Add(new OnnxAttribute("direction", "bidirectional"));
            if (cell is GRUCell gru && gru.ResetAfter) attributes.Add(new OnnxAttribute("linear_before_reset", 1L));
            if (options.InputForget) attributes.Add(new OnnxAttribute("input_forget", 1L));
            if (!float.IsPositiveInfinity(options.Clip)) attributes.Add(new OnnxAttribute("clip", options.Clip));
            var names = new List<string>();
            var alpha = new List<float>();
            var beta = new List<float>();
            bool standard = true;
            for (int d = 0; d < cells.Length; d++)
                foreach (ActivationFunction function in ElementaryCell.Functions(cells[d], d == 1))
                {
                    names.Add(function.Kind.ToString());
                    if (function.HasAlpha) alpha.Add(function.Alpha);
                    if (function.HasBeta) beta.Add(function.Beta);
                }
            for (int i = 0; i < names.Count; i++)
                standard &= names[i] == (i % (names.Count / cells.Length) == 0 && kind != RecurrentOperator.RNN ? "Sigmoid" : "Tanh");
            if (standard) return attributes;
            attributes.Add(new OnnxAttribute("activations", names.ToArray()));
            if (alpha.Count > 0) attributes.Add(new OnnxAttribute("activation_alpha", alpha.ToArray()));
            if (beta.Count > 0) attributes.Add(new OnnxAttribute("activation_beta", beta.ToArray()));
            return attributes;
        }

        /// <summary>One level with a projection: the step in elementary operators, under a Scan for each direction.</summary>
        private void WriteScan(RecurrentCell[] cells, string?[][] before, string[][] after, int level)
        {
            RecurrentCell cell = cells[0];
            if (_options.Lengths && _hasTime) throw OnnxExporter.Refuse($"{cell}: a projection and lengths together have no ONNX form");
            var sides = new string[cells.Length];
            for (int d = 0; d < cells.Length; d++)
            {
                int block = level * cells.Length + d;
                string h = before[0][block] is string h0 ? _build.Squeeze(h0, 0) : _build.ZerosLike(_value, 1, cell.OutputSize);
                string c = before[1][block] is string c0 ? _build.Squeeze(c0, 0) : _build.ZerosLike(_value, 1, cell.HiddenSize);
                var body = new OnnxGraph { Name = _build.Unique("step") };
                var inside = new GraphBuilder(body, _build);
                string x = _build.Unique("x"), hIn = _build.Unique("h"), cIn = _build.Unique("c");
                body.Inputs.Add(new OnnxValueInfo(hIn, OnnxDataType.Float, "batch", cell.OutputSize));
                body.Inputs.Add(new OnnxValueInfo(cIn, OnnxDataType.Float, "batch", cell.HiddenSize));
                body.Inputs.Add(new OnnxValueInfo(x, OnnxDataType.Float, "batch", cell.InputSize));
                string[] step = new ElementaryCell(inside, cells[d], d == 1).Step(x, hIn, cIn);
                string y = inside.Add("Identity", new[] { step[0] });
                body.Outputs.Add(new OnnxValueInfo(step[0], OnnxDataType.Float, "batch", cell.OutputSize));
                body.Outputs.Add(new OnnxValueInfo(step[1], OnnxDataType.Float, "batch", cell.HiddenSize));
                body.Outputs.Add(new OnnxValueInfo(y, OnnxDataType.Float, "batch", cell.OutputSize));
                string[] outputs = _build.Add("Scan", new[] { h, c, _value }, 3, new OnnxAttribute("body", body), new OnnxAttribute("num_scan_inputs", 1L),
                    new OnnxAttribute("scan_input_directions", new long[] { d }), new OnnxAttribute("scan_output_directions", new long[] { d }));
                sides[d] = outputs[2];
                for (int s = 0; s < 2; s++) after[s][block] = Carried ? _build.Unsqueeze(outputs[s], 0) : outputs[s];
            }
            _value = _build.Concat(2, sides);
        }

        /// <summary>A parameter's blocks, with the update gate's turned round where a GRU's z replaces the state: 1 − σ(a) = σ(−a).</summary>
        internal static float[] Gates(RecurrentCell cell, int parameter)
        {
            float[] values = cell.Parameters[parameter].Value.ToArray();
            if (cell is GRUCell gru && !gru.UpdateKeepsState)
                for (int i = values.Length / 3; i < 2 * values.Length / 3; i++) values[i] = -values[i];
            return values;
        }

        internal static float[] Transposed(ReadOnlySpan<float> matrix, int rows)
        {
            int columns = matrix.Length / rows;
            var transposed = new float[matrix.Length];
            for (int i = 0; i < rows; i++)
                for (int j = 0; j < columns; j++) transposed[j * rows + i] = matrix[i * columns + j];
            return transposed;
        }
    }
}
