using System;
using System.Collections.Generic;
using System.Linq;
using Recurrent.Onnx;

namespace Recurrent.Tests.Onnx
{
    /// <summary>
    /// Graphs in the shapes that exporters give them, made here by hand after what those exporters are documented to write (PyTorch's TorchScript and
    /// dynamo exporters, tf2onnx on Keras models), each beside the layers whose weights it holds. Gates are permuted here by themselves, not by the package.
    /// </summary>
    public static class ExporterShapes
    {
        public static IReadOnlyList<string> Names => Makers.Keys.ToArray();

        private static Dictionary<string, Func<Shape>> Makers => new Dictionary<string, Func<Shape>>
        {
            ["torchscript-lstm-last-step"] = () => TorchLstm(levels: 1, both: false, head: "last", states: "none"),
            ["torchscript-lstm-two-levels-zero-states"] = () => TorchLstm(levels: 2, both: false, head: "sequence", states: "zeros"),
            ["torchscript-lstm-bidirectional-classifier"] = () => TorchLstm(levels: 2, both: true, head: "hidden", states: "zeros"),
            ["torchscript-lstm-states-in-and-out"] = () => TorchLstm(levels: 2, both: false, head: "last", states: "inputs"),
            ["torchscript-lstm-time-first-unsqueezed"] = TorchUnbatched,
            ["dynamo-gru"] = () => DynamoGru(linearBeforeReset: true),
            ["dynamo-gru-missing-attribute"] = () => DynamoGru(linearBeforeReset: false),
            ["dynamo-rnn-relu"] = DynamoRnn,
            ["keras-lstm-dense"] = () => Keras("LSTM", sequences: false, bidirectional: "no"),
            ["keras-gru-time-distributed"] = () => Keras("GRU", sequences: true, bidirectional: "no"),
            ["keras-bidirectional-one-node"] = () => Keras("LSTM", sequences: true, bidirectional: "one"),
            ["keras-bidirectional-two-nodes"] = () => Keras("LSTM", sequences: true, bidirectional: "two"),
            ["keras-bidirectional-two-nodes-last"] = () => Keras("GRU", sequences: false, bidirectional: "two"),
            ["keras-go-backwards"] = () => Keras("LSTM", sequences: true, bidirectional: "backwards"),
        };

        public static Shape Make(string name) => Makers[name]();

        private static Shape TorchLstm(int levels, bool both, string head, string states)
        {
            int directions = both ? 2 : 1;
            var embedding = new Embedding(9, 3, seed: 1);
            var lstm = new LSTM(3, 4, levels, bidirectional: both, seed: 2);
            var linear = new Linear(4 * directions, 2, seed: 3);
            var g = new Writer("pytorch", "2.4.0");
            g.Graph.Inputs.Add(new OnnxValueInfo("input", OnnxDataType.Int64, "batch", "time"));
            g.Floats("embedding.weight", embedding.Parameters[0].Value, 9, 3);
            g.Node("Gather", "/embedding/Gather_output_0", "embedding.weight", "input");
            g.Node("Transpose", "/lstm/Transpose_output_0", new OnnxAttribute("perm", new long[] { 1, 0, 2 }), "/embedding/Gather_output_0");
            if (states == "zeros")
            {
                g.Node("Shape", "/lstm/Shape_output_0", "/embedding/Gather_output_0");
                g.Constant("/lstm/Constant_output_0", OnnxTensor.FromInt64s("", default, new long[] { 0 }));
                g.Node("Gather", "/lstm/Gather_output_0", new OnnxAttribute("axis", 0L), "/lstm/Shape_output_0", "/lstm/Constant_output_0");
                g.Integers("onnx::Unsqueeze_1", 0);
                g.Node("Unsqueeze", "/lstm/Unsqueeze_output_0", "/lstm/Gather_output_0", "onnx::Unsqueeze_1");
                g.Integers("/lstm/Constant_1_output_0", levels * directions);
                g.Integers("/lstm/Constant_2_output_0", 4);
                g.Node("Concat", "/lstm/Concat_output_0", new OnnxAttribute("axis", 0L), "/lstm/Constant_1_output_0", "/lstm/Unsqueeze_output_0", "/lstm/Constant_2_output_0");
                g.Node("ConstantOfShape", "/lstm/ConstantOfShape_output_0", new OnnxAttribute("value", OnnxTensor.FromSingles("", new long[] { 1 }, new float[1])), "/lstm/Concat_output_0");
            }
            if (states == "inputs")
                foreach (string name in new[] { "h0", "c0" }) g.Graph.Inputs.Add(new OnnxValueInfo(name, OnnxDataType.Float, levels * directions, "batch", 4));

            string x = "/lstm/Transpose_output_0";
            var hs = new List<string>();
            var cs = new List<string>();
            for (int k = 0; k < levels; k++)
            {
                string h = "", c = "";
                if (states != "none")
                {
                    g.Integers($"starts{k}", k * directions);
                    g.Integers($"ends{k}", (k + 1) * directions);
                    g.Integers($"axes{k}", 0);
                    h = g.Node("Slice", $"/lstm/Slice_{k}_output_0", states == "zeros" ? "/lstm/ConstantOfShape_output_0" : "h0", $"starts{k}", $"ends{k}", $"axes{k}");
                    c = g.Node("Slice", $"/lstm/Slice_c{k}_output_0", states == "zeros" ? "/lstm/ConstantOfShape_output_0" : "c0", $"starts{k}", $"ends{k}", $"axes{k}");
                }
                g.Weights(lstm, k, 0, directions, $"onnx::LSTM_{k}");
                string y = $"/lstm/LSTM_{k}_output_0";
                hs.Add($"/lstm/LSTM_{k}_output_1");
                cs.Add($"/lstm/LSTM_{k}_output_2");
                var attributes = new List<OnnxAttribute> { new OnnxAttribute("hidden_size", 4L) };
                if (both) attributes.Add(new OnnxAttribute("direction", "bidirectional"));
                g.Graph.Nodes.Add(new OnnxNode("LSTM", new[] { x, $"onnx::LSTM_{k}_W", $"onnx::LSTM_{k}_R", $"onnx::LSTM_{k}_B", "", h, c }, new[] { y, hs[k], cs[k] }, attributes.ToArray()) { Name = $"/lstm/LSTM_{k}" });
                if (both)
                {
                    g.Node("Transpose", $"/lstm/Transpose_{k + 1}_output_0", new OnnxAttribute("perm", new long[] { 0, 2, 1, 3 }), y);
                    g.Constant($"/lstm/Shape_{k}", OnnxTensor.FromInt64s("", new long[] { 3 }, new long[] { 0, 0, -1 }));
                    x = g.Node("Reshape", $"/lstm/Reshape_{k}_output_0", $"/lstm/Transpose_{k + 1}_output_0", $"/lstm/Shape_{k}");
                }
                else
                {
                    g.Integers($"squeeze{k}", 1);
                    x = g.Node("Squeeze", $"/lstm/Squeeze_{k}_output_0", y, $"squeeze{k}");
                }
            }
            string sequence = g.Node("Transpose", "/lstm/Transpose_out_output_0", new OnnxAttribute("perm", new long[] { 1, 0, 2 }), x);
            string hidden = hs.Count == 1 ? hs[0] : g.Node("Concat", "hn", new OnnxAttribute("axis", 0L), hs.ToArray());
            if (states == "inputs")
            {
                g.Node("Concat", "cn", new OnnxAttribute("axis", 0L), cs.ToArray());
                foreach (string name in new[] { "hn", "cn" }) g.Graph.Outputs.Add(new OnnxValueInfo(name, OnnxDataType.Float, levels * directions, "batch", 4));
            }
            g.Floats("fc.weight", linear.Parameters[0].Value, 2, 4 * directions);
            g.Floats("fc.bias", linear.Parameters[1].Value, 2);
            switch (head)
            {
                case "sequence":
                    // A layer on every step is MatMul with a transposed copy of the weight, the bias first in the sum.
                    g.Graph.Initializers.Add(OnnxTensor.FromSingles("onnx::MatMul_9", new long[] { 4 * directions, 2 }, Transposed(linear.Parameters[0].Value, 2)));
                    g.Graph.Initializers.RemoveAll(tensor => tensor.Name == "fc.weight");
                    g.Node("MatMul", "/fc/MatMul_output_0", sequence, "onnx::MatMul_9");
                    g.Node("Add", "output", "fc.bias", "/fc/MatMul_output_0");
                    g.Graph.Outputs.Insert(0, new OnnxValueInfo("output", OnnxDataType.Float, "batch", "time", 2));
                    return g.End(new SequenceModel(embedding, lstm, linear));
                case "last":
                    g.Constant("/Constant_output_0", OnnxTensor.FromInt64s("", default, new long[] { -1 }));
                    g.Node("Gather", "/Gather_output_0", new OnnxAttribute("axis", 1L), sequence, "/Constant_output_0");
                    break;
                default:
                    g.Constant("/Constant_output_0", OnnxTensor.FromInt64s("", default, new long[] { -2 }));
                    g.Constant("/Constant_1_output_0", OnnxTensor.FromInt64s("", default, new long[] { -1 }));
                    g.Node("Gather", "/Gather_1_output_0", new OnnxAttribute("axis", 0L), hidden, "/Constant_output_0");
                    g.Node("Gather", "/Gather_2_output_0", new OnnxAttribute("axis", 0L), hidden, "/Constant_1_output_0");
                    g.Node("Concat", "/Gather_output_0", new OnnxAttribute("axis", 1L), "/Gather_1_output_0", "/Gather_2_output_0");
                    break;
            }
            g.Graph.Nodes.Add(new OnnxNode("Gemm", new[] { "/Gather_output_0", "fc.weight", "fc.bias" }, new[] { head == "hidden" ? "logits" : "output" }, new OnnxAttribute("alpha", 1f), new OnnxAttribute("beta", 1f), new OnnxAttribute("transB", 1L)));
            if (head == "hidden") g.Node("LogSoftmax", "output", new OnnxAttribute("axis", -1L), "logits");
            g.Graph.Outputs.Insert(0, new OnnxValueInfo("output", OnnxDataType.Float, "batch", 2));
            return g.End(head == "hidden"
                ? new SequenceModel(embedding, lstm, new FinalStates(), linear, new Softmax(logarithm: true))
                : new SequenceModel(embedding, lstm, new LastStep(), linear));
        }

        /// <summary>An unbatched (time, features) input; the file was made with one row and keeps that.</summary>
        private static Shape TorchUnbatched()
        {
            var lstm = new LSTM(3, 4, seed: 5);
            var g = new Writer("pytorch", "1.13.1");
            g.Graph.Inputs.Add(new OnnxValueInfo("input", OnnxDataType.Float, "time", 3));
            g.Integers("one", 1);
            g.Node("Unsqueeze", "batched", "input", "one");
            g.Weights(lstm, 0, 0, 1, "lstm");
            g.Graph.Nodes.Add(new OnnxNode("LSTM", new[] { "batched", "lstm_W", "lstm_R", "lstm_B" }, new[] { "Y" }, new OnnxAttribute("hidden_size", 4L)));
            g.Node("Squeeze", "squeezed", "Y", "one");
            g.Node("Relu", "relu", "squeezed");
            g.Node("Squeeze", "output", "relu", "one");
            g.Graph.Outputs.Add(new OnnxValueInfo("output", OnnxDataType.Float, "time", 4));
            return g.End(new SequenceModel(lstm, new Activation(Nonlinearity.ReLU)), rank: 2);
        }

        /// <summary>Weights in PyTorch's order, cut and joined in the graph; states from Expand.</summary>
        private static Shape DynamoGru(bool linearBeforeReset)
        {
            var gru = new GRU(3, 4, seed: 6);
            var g = new Writer("pytorch", "2.9.0");
            g.Graph.Inputs.Add(new OnnxValueInfo("x", OnnxDataType.Float, "s0", "s1", 3));
            g.Node("Transpose", "transpose", new OnnxAttribute("perm", new long[] { 1, 0, 2 }), "x");
            g.Floats("gru.weight_ih_l0", gru.Parameters[0].Value, 12, 3);
            g.Floats("gru.weight_hh_l0", gru.Parameters[1].Value, 12, 4);
            g.Floats("gru.bias_ih_l0", gru.Parameters[2].Value, 12);
            g.Floats("gru.bias_hh_l0", gru.Parameters[3].Value, 12);
            g.Integers("zero", 0);
            foreach (string name in new[] { "weight_ih_l0", "weight_hh_l0", "bias_ih_l0", "bias_hh_l0" })
            {
                for (int gate = 0; gate < 3; gate++)
                {
                    g.Integers($"{name}_from{gate}", 4 * gate);
                    g.Integers($"{name}_to{gate}", 4 * gate + 4);
                    g.Node("Slice", $"{name}_{gate}", "gru." + name, $"{name}_from{gate}", $"{name}_to{gate}", "zero");
                }
                g.Node("Concat", name + "_zrh", new OnnxAttribute("axis", 0L), name + "_1", name + "_0", name + "_2");
            }
            g.Node("Unsqueeze", "W", "weight_ih_l0_zrh", "zero");
            g.Node("Unsqueeze", "R", "weight_hh_l0_zrh", "zero");
            g.Node("Concat", "biases", new OnnxAttribute("axis", 0L), "bias_ih_l0_zrh", "bias_hh_l0_zrh");
            g.Node("Unsqueeze", "B", "biases", "zero");
            g.Node("Shape", "rows", new[] { new OnnxAttribute("start", 0L), new OnnxAttribute("end", 1L) }, "x");
            g.Integers("first", 1);
            g.Integers("last", 4);
            g.Node("Concat", "state_shape", new OnnxAttribute("axis", 0L), "first", "rows", "last");
            g.Graph.Initializers.Add(OnnxTensor.FromSingles("scalar_zero", default, new float[1]));
            g.Node("Expand", "h0_expanded", "scalar_zero", "state_shape");
            var attributes = new List<OnnxAttribute> { new OnnxAttribute("hidden_size", 4L), new OnnxAttribute("direction", "forward") };
            if (linearBeforeReset) attributes.Add(new OnnxAttribute("linear_before_reset", 1L));
            g.Graph.Nodes.Add(new OnnxNode("GRU", new[] { "transpose", "W", "R", "B", "", "h0_expanded" }, new[] { "Y", "Y_h" }, attributes.ToArray()) { Name = "node_GRU_1" });
            g.Integers("axis1", 1);
            g.Node("Squeeze", "squeezed", "Y", "axis1");
            g.Node("Transpose", "output", new OnnxAttribute("perm", new long[] { 1, 0, 2 }), "squeezed");
            g.Graph.Outputs.Add(new OnnxValueInfo("output", OnnxDataType.Float, "s0", "s1", 4));
            g.Graph.Outputs.Add(new OnnxValueInfo("Y_h", OnnxDataType.Float, 1, "s0", 4));
            if (linearBeforeReset) return g.End(new SequenceModel(gru));
            var before = new GRU(3, 4, resetAfter: false);
            for (int i = 0; i < 4; i++) before.Parameters[i].Set(gru.Parameters[i].Value);
            return g.End(new SequenceModel(before));
        }

        private static Shape DynamoRnn()
        {
            var rnn = new RNN(3, 4, nonlinearity: Nonlinearity.ReLU, seed: 7);
            var linear = new Linear(4, 2, seed: 8);
            var g = new Writer("pytorch", "2.9.0");
            g.Graph.Inputs.Add(new OnnxValueInfo("x", OnnxDataType.Float, "batch", "time", 3));
            g.Node("Transpose", "t", new OnnxAttribute("perm", new long[] { 1, 0, 2 }), "x");
            g.Weights(rnn, 0, 0, 1, "rnn");
            g.Graph.Nodes.Add(new OnnxNode("RNN", new[] { "t", "rnn_W", "rnn_R", "rnn_B" }, new[] { "Y", "Y_h" }, new OnnxAttribute("hidden_size", 4L), new OnnxAttribute("activations", new[] { "Relu" })));
            g.Integers("axis1", 1);
            g.Node("Squeeze", "s", "Y", "axis1");
            g.Node("Transpose", "back", new OnnxAttribute("perm", new long[] { 1, 0, 2 }), "s");
            // x[:, -1, :] as two slices and a reshape.
            g.Integers("minus1", -1);
            g.Integers("huge", long.MaxValue);
            g.Node("Slice", "tail", "back", "minus1", "huge", "axis1");
            g.Integers("flat", -1, 4);
            g.Node("Reshape", "last", "tail", "flat");
            g.Floats("linear.weight", linear.Parameters[0].Value, 2, 4);
            g.Floats("linear.bias", linear.Parameters[1].Value, 2);
            g.Graph.Nodes.Add(new OnnxNode("Gemm", new[] { "last", "linear.weight", "linear.bias" }, new[] { "output" }, new OnnxAttribute("transB", 1L)));
            g.Graph.Outputs.Add(new OnnxValueInfo("output", OnnxDataType.Float, "batch", 2));
            return g.End(new SequenceModel(rnn, new LastStep(), linear));
        }

        private static Shape Keras(string kind, bool sequences, string bidirectional)
        {
            bool both = bidirectional == "one" || bidirectional == "two", backwards = bidirectional == "backwards";
            RecurrentLayer layer = kind == "LSTM" ? new LSTM(3, 4, bidirectional: both, seed: 9) : (RecurrentLayer)new GRU(3, 4, bidirectional: both, seed: 9);
            var dense = new Linear(both ? 8 : 4, 2, seed: 10);
            var g = new Writer("tf2onnx", "1.16.1");
            g.Graph.Inputs.Add(new OnnxValueInfo("lstm_input", OnnxDataType.Float, "unk__1", "unk__2", 3));
            g.Node("Transpose", "x_t", new OnnxAttribute("perm", new long[] { 1, 0, 2 }), "lstm_input");
            g.Integers("one", 1);
            g.Integers("zero", 0);
            g.Integers("units", 4);
            // Zeros of (batch, units) from the shape of the input, stretched by Fill and given an axis of directions.
            g.Node("Shape", "shape", "lstm_input");
            g.Node("Cast", "shape32", new OnnxAttribute("to", (long)OnnxDataType.Int32), "shape");
            g.Node("Slice", "rows32", "shape32", "zero", "one", "zero");
            g.Node("Cast", "rows", new OnnxAttribute("to", (long)OnnxDataType.Int64), "rows32");
            g.Node("Concat", "zeros_shape", new OnnxAttribute("axis", 0L), "rows", "units");
            g.Node("ConstantOfShape", "zeros", "zeros_shape");
            g.Node("Unsqueeze", "state", "zeros", "zero");
            bool gru = kind == "GRU";
            OnnxAttribute[] Attributes(string direction)
            {
                var attributes = new List<OnnxAttribute> { new OnnxAttribute("hidden_size", 4L), new OnnxAttribute("direction", direction) };
                if (gru) attributes.Add(new OnnxAttribute("linear_before_reset", 1L));
                return attributes.ToArray();
            }
            string result;
            if (bidirectional == "one")
            {
                g.Weights(layer, 0, 0, 2, "bi");
                g.Node("Concat", "state2", new OnnxAttribute("axis", 0L), "state", "state");
                g.Graph.Nodes.Add(new OnnxNode(kind, new[] { "x_t", "bi_W", "bi_R", "bi_B", "", "state2" }, new[] { "Y" }, Attributes("bidirectional")));
                g.Graph.Nodes.Add(new OnnxNode("Split", new[] { "Y" }, new[] { "Y_fw", "Y_bw" }, new OnnxAttribute("axis", 1L)));
                g.Node("Squeeze", "fw", "Y_fw", "one");
                g.Node("Squeeze", "bw", "Y_bw", "one");
                g.Node("Concat", "joined", new OnnxAttribute("axis", 2L), "fw", "bw");
                result = g.Node("Transpose", "sequence", new OnnxAttribute("perm", new long[] { 1, 0, 2 }), "joined");
            }
            else
            {
                g.Weights(layer, 0, 0, 1, "fw");
                if (both) g.Weights(layer, 0, 1, 1, "bw");
                string x = "x_t";
                if (backwards)
                {
                    g.Integers("minus1", -1);
                    g.Integers("lowest", long.MinValue);
                    x = g.Node("Slice", "x_turned", "x_t", "minus1", "lowest", "zero", "minus1");
                }
                g.Graph.Nodes.Add(new OnnxNode(kind, new[] { x, "fw_W", "fw_R", "fw_B", "", "state" }, new[] { "Yf", "Yf_h" }, Attributes("forward")));
                g.Node("Squeeze", "fw_s", "Yf", "one");
                g.Node("Transpose", "fw_b", new OnnxAttribute("perm", new long[] { 1, 0, 2 }), "fw_s");
                g.Node("Squeeze", "fw_h", "Yf_h", "zero");
                if (both)
                {
                    g.Graph.Nodes.Add(new OnnxNode(kind, new[] { "x_t", "bw_W", "bw_R", "bw_B", "", "state" }, new[] { "Yb", "Yb_h" }, Attributes("reverse")));
                    g.Node("Squeeze", "bw_s", "Yb", "one");
                    g.Node("Transpose", "bw_b", new OnnxAttribute("perm", new long[] { 1, 0, 2 }), "bw_s");
                    g.Node("Squeeze", "bw_h", "Yb_h", "zero");
                }
                string end = sequences ? "_b" : "_h";
                result = both ? g.Node("Concat", "merged", new OnnxAttribute("axis", -1L + (sequences ? 3 : 2)), "fw" + end, "bw" + end) : "fw" + end;
            }
            g.Graph.Initializers.Add(OnnxTensor.FromSingles("dense/kernel", new long[] { dense.InputSize, 2 }, Transposed(dense.Parameters[0].Value, 2)));
            g.Floats("dense/bias", dense.Parameters[1].Value, 2);
            if (sequences)
            {
                // TimeDistributed: all steps of all rows in one matrix, and back by the input's own shape.
                g.Integers("flat", -1, dense.InputSize);
                g.Node("Reshape", "rows_of_steps", result, "flat");
                g.Node("MatMul", "dense/MatMul", "rows_of_steps", "dense/kernel");
                g.Node("Add", "dense/BiasAdd", "dense/MatMul", "dense/bias");
                g.Integers("two", 2);
                g.Node("Slice", "lead", "shape", "zero", "two", "zero");
                g.Node("Concat", "full", new OnnxAttribute("axis", 0L), "lead", "two");
                g.Node("Reshape", "dense/Reshape", "dense/BiasAdd", "full");
                g.Node("Softmax", "output", new OnnxAttribute("axis", 2L), "dense/Reshape");
                g.Graph.Outputs.Add(new OnnxValueInfo("output", OnnxDataType.Float, "unk__1", "unk__2", 2));
                return g.End(backwards
                    ? new SequenceModel(new Reverse(3), layer, dense, new Softmax())
                    : new SequenceModel(layer, dense, new Softmax()));
            }
            g.Node("MatMul", "dense/MatMul", result, "dense/kernel");
            g.Node("Add", "dense/BiasAdd", "dense/MatMul", "dense/bias");
            g.Node("Sigmoid", "output", "dense/BiasAdd");
            g.Graph.Outputs.Add(new OnnxValueInfo("output", OnnxDataType.Float, "unk__1", 2));
            return g.End(new SequenceModel(layer, both ? new FinalStates() : (Layer)new LastStep(), dense, new Activation(Nonlinearity.Sigmoid)));
        }

        private static float[] Transposed(ReadOnlySpan<float> matrix, int rows)
        {
            var result = new float[matrix.Length];
            int columns = matrix.Length / rows;
            for (int i = 0; i < rows; i++)
                for (int j = 0; j < columns; j++) result[j * rows + i] = matrix[i * columns + j];
            return result;
        }

        /// <summary>A graph and the layers that it says.</summary>
        public sealed class Shape
        {
            public Shape(OnnxModel model, SequenceModel layers, int rank)
            {
                Model = model;
                Layers = layers;
                Rank = rank;
            }

            public OnnxModel Model { get; }

            public SequenceModel Layers { get; }

            /// <summary>Axes of the input with its features: 2 where there is no batch.</summary>
            public int Rank { get; }
        }

        private sealed class Writer
        {
            private readonly OnnxModel _model = new OnnxModel();

            public Writer(string producer, string version)
            {
                _model.ProducerName = producer;
                _model.ProducerVersion = version;
                _model.OpsetImports[""] = 17;
                _model.Graph.Name = "main_graph";
            }

            public OnnxGraph Graph => _model.Graph;

            public Shape End(SequenceModel layers, int rank = 3) => new Shape(_model, layers, rank);

            public void Floats(string name, ReadOnlySpan<float> values, params long[] shape) => Graph.Initializers.Add(OnnxTensor.FromSingles(name, shape, values));

            public void Integers(string name, params long[] values) => Graph.Initializers.Add(OnnxTensor.FromInt64s(name, new long[] { values.Length }, values));

            public void Constant(string name, OnnxTensor value) => Graph.Nodes.Add(new OnnxNode("Constant", new string[0], new[] { name }, new OnnxAttribute("value", value)));

            public string Node(string operation, string output, params string[] inputs) => Node(operation, output, new OnnxAttribute[0], inputs);

            public string Node(string operation, string output, OnnxAttribute attribute, params string[] inputs) => Node(operation, output, new[] { attribute }, inputs);

            public string Node(string operation, string output, OnnxAttribute[] attributes, params string[] inputs)
            {
                Graph.Nodes.Add(new OnnxNode(operation, inputs, new[] { output }, attributes) { Name = output.Replace("_output_0", "") });
                return output;
            }

            /// <summary>W, R and B of some directions of a level in ONNX's order: i f g o → i o f g, r z n → z r n.</summary>
            public void Weights(RecurrentLayer layer, int level, int first, int directions, string name)
            {
                int[] order = layer is LSTM ? new[] { 0, 3, 1, 2 } : layer is GRU ? new[] { 1, 0, 2 } : new[] { 0 };
                var parts = new List<float>[] { new List<float>(), new List<float>(), new List<float>() };
                for (int d = first; d < first + directions; d++)
                    for (int p = 0; p < 4; p++)
                    {
                        float[] values = layer.Cell(level, d).Parameters[p].Value.ToArray();
                        int length = values.Length / order.Length;
                        foreach (int block in order) parts[Math.Min(p, 2)].AddRange(values.Skip(block * length).Take(length));
                    }
                long rows = order.Length * layer.HiddenSize;
                Floats(name + "_W", parts[0].ToArray(), directions, rows, layer.Cell(level).InputSize);
                Floats(name + "_R", parts[1].ToArray(), directions, rows, layer.HiddenSize);
                Floats(name + "_B", parts[2].ToArray(), directions, 2 * rows);
            }
        }
    }
}
