using System;
using Recurrent.Onnx;
using Recurrent.Tests.Onnx;

namespace Recurrent.Tests.OnnxRuntime
{
    /// <summary>Single-step models with their states as inputs and outputs, and the same step in double precision.</summary>
    internal static class StepModels
    {
        public const int InputSize = 3, HiddenSize = 4;

        /// <summary>x (1, batch, 3), h0, c0 → y (1, batch, 4), hn, cn.</summary>
        public static OnnxModel Lstm(string batch = "batch")
        {
            OnnxModel model = SmallModels.Empty();
            OnnxGraph graph = model.Graph;
            graph.Inputs.Add(new OnnxValueInfo("x", OnnxDataType.Float, 1, batch, InputSize));
            graph.Inputs.Add(new OnnxValueInfo("h0", OnnxDataType.Float, 1, batch, HiddenSize));
            graph.Inputs.Add(new OnnxValueInfo("c0", OnnxDataType.Float, 1, batch, HiddenSize));
            // cn before hn: the order must not matter.
            graph.Outputs.Add(new OnnxValueInfo("y", OnnxDataType.Float, 1, batch, HiddenSize));
            graph.Outputs.Add(new OnnxValueInfo("cn", OnnxDataType.Float, 1, batch, HiddenSize));
            graph.Outputs.Add(new OnnxValueInfo("hn", OnnxDataType.Float, 1, batch, HiddenSize));
            graph.Initializers.Add(SmallModels.Random("W", 1, 1, 4 * HiddenSize, InputSize));
            graph.Initializers.Add(SmallModels.Random("R", 2, 1, 4 * HiddenSize, HiddenSize));
            graph.Initializers.Add(SmallModels.Random("B", 3, 1, 8 * HiddenSize));
            graph.Initializers.Add(OnnxTensor.FromInt64s("axes", new long[] { 1 }, new long[] { 1 }));
            graph.Nodes.Add(new OnnxNode("LSTM", new[] { "x", "W", "R", "B", "", "h0", "c0" }, new[] { "Y", "hn", "cn" }, new OnnxAttribute("hidden_size", (long)HiddenSize)));
            graph.Nodes.Add(new OnnxNode("Squeeze", new[] { "Y", "axes" }, new[] { "y" }));
            return model;
        }

        /// <summary>One step of <see cref="Lstm"/> for one sequence: gates i, o, f, c (ONNX operator LSTM).</summary>
        public static void LstmStep(ReadOnlySpan<float> x, double[] h, double[] c)
        {
            float[] w = SmallModels.Numbers(1, 4 * HiddenSize * InputSize), r = SmallModels.Numbers(2, 4 * HiddenSize * HiddenSize), b = SmallModels.Numbers(3, 8 * HiddenSize);
            var sums = new double[4 * HiddenSize];
            for (int g = 0; g < sums.Length; g++)
            {
                sums[g] = (double)b[g] + b[4 * HiddenSize + g];
                for (int i = 0; i < InputSize; i++)
                    sums[g] += (double)w[g * InputSize + i] * x[i];
                for (int i = 0; i < HiddenSize; i++)
                    sums[g] += r[g * HiddenSize + i] * h[i];
            }
            for (int j = 0; j < HiddenSize; j++)
            {
                double input = Sigmoid(sums[j]), output = Sigmoid(sums[HiddenSize + j]), forget = Sigmoid(sums[2 * HiddenSize + j]);
                c[j] = forget * c[j] + input * Math.Tanh(sums[3 * HiddenSize + j]);
                h[j] = output * Math.Tanh(c[j]);
            }
        }

        /// <summary>token (batch) int64, add (batch) bool, sum (batch, 2) → sum_out = add ? sum + table[token] : sum - table[token], count_out = count + token.</summary>
        public static OnnxModel Mixed()
        {
            OnnxModel model = SmallModels.Empty();
            OnnxGraph graph = model.Graph;
            graph.Inputs.Add(new OnnxValueInfo("token", OnnxDataType.Int64, "batch"));
            graph.Inputs.Add(new OnnxValueInfo("add", OnnxDataType.Bool, "batch", 1));
            graph.Inputs.Add(new OnnxValueInfo("sum_state", OnnxDataType.Float, "batch", 2));
            graph.Inputs.Add(new OnnxValueInfo("count_state", OnnxDataType.Int64, "batch"));
            graph.Outputs.Add(new OnnxValueInfo("row", OnnxDataType.Float, "batch", 2));
            graph.Outputs.Add(new OnnxValueInfo("positive", OnnxDataType.Bool, "batch", 2));
            graph.Outputs.Add(new OnnxValueInfo("sum_state_out", OnnxDataType.Float, "batch", 2));
            graph.Outputs.Add(new OnnxValueInfo("count_state_out", OnnxDataType.Int64, "batch"));
            graph.Initializers.Add(OnnxTensor.FromSingles("table", new long[] { 3, 2 }, new float[] { 1, 10, 2, 20, 3, 30 }));
            graph.Initializers.Add(OnnxTensor.FromSingles("zero", default, new float[] { 0 }));
            graph.Nodes.Add(new OnnxNode("Gather", new[] { "table", "token" }, new[] { "row" }));
            graph.Nodes.Add(new OnnxNode("Neg", new[] { "row" }, new[] { "minus" }));
            graph.Nodes.Add(new OnnxNode("Where", new[] { "add", "row", "minus" }, new[] { "change" }));
            graph.Nodes.Add(new OnnxNode("Add", new[] { "sum_state", "change" }, new[] { "sum_state_out" }));
            graph.Nodes.Add(new OnnxNode("Add", new[] { "count_state", "token" }, new[] { "count_state_out" }));
            graph.Nodes.Add(new OnnxNode("Greater", new[] { "sum_state_out", "zero" }, new[] { "positive" }));
            return model;
        }

        /// <summary>A step that takes long: x (1) → two outputs whose every element is x, and a state that counts the steps.</summary>
        public static OnnxModel Slow(int products, int size)
        {
            OnnxModel model = SmallModels.Empty();
            OnnxGraph graph = model.Graph;
            graph.Inputs.Add(new OnnxValueInfo("x", OnnxDataType.Float, 1));
            graph.Inputs.Add(new OnnxValueInfo("state", OnnxDataType.Float, 1));
            graph.Outputs.Add(new OnnxValueInfo("a", OnnxDataType.Float, size, size));
            graph.Outputs.Add(new OnnxValueInfo("b", OnnxDataType.Float, size, size));
            graph.Outputs.Add(new OnnxValueInfo("stateN", OnnxDataType.Float, 1));
            // Multiplying a matrix of equal elements by one of 1/size leaves it as it is.
            var even = new float[size * size];
            Array.Fill(even, 1f / size);
            graph.Initializers.Add(OnnxTensor.FromSingles("even", new long[] { size, size }, even));
            graph.Initializers.Add(OnnxTensor.FromInt64s("shape", new long[] { 2 }, new long[] { size, size }));
            graph.Initializers.Add(OnnxTensor.FromSingles("one", new long[] { 1 }, new float[] { 1 }));
            graph.Nodes.Add(new OnnxNode("Expand", new[] { "x", "shape" }, new[] { "m0" }));
            for (int i = 0; i < products; i++)
                graph.Nodes.Add(new OnnxNode("MatMul", new[] { "m" + i, "even" }, new[] { i == products - 1 ? "a" : "m" + (i + 1) }));
            graph.Nodes.Add(new OnnxNode("Neg", new[] { "a" }, new[] { "minus" }));
            graph.Nodes.Add(new OnnxNode("Neg", new[] { "minus" }, new[] { "b" }));
            graph.Nodes.Add(new OnnxNode("Add", new[] { "state", "one" }, new[] { "stateN" }));
            return model;
        }

        private static double Sigmoid(double x) => 1 / (1 + Math.Exp(-x));
    }
}
