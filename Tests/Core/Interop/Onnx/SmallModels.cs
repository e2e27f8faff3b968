using System;
using System.Collections.Generic;
using System.IO;
using NUnit.Framework;
using Recurrent.Onnx;

namespace Recurrent.Tests.Onnx
{
    /// <summary>Models of a few numbers, made with the writer, and the way to the real ones beside the repository.</summary>
    public static class SmallModels
    {
        /// <summary>Unequal numbers in [-1, 1), so that a swapped pair shows.</summary>
        public static float[] Numbers(ulong seed, int count)
        {
            var random = new RandomSource(seed);
            var values = new float[count];
            for (int i = 0; i < count; i++)
                values[i] = 2 * random.NextSingle() - 1;
            return values;
        }

        /// <summary>A tensor of <see cref="Numbers"/>.</summary>
        public static OnnxTensor Random(string name, ulong seed, params long[] shape)
        {
            Assert.That(OnnxTensor.TryCount(shape, out int count), Is.True);
            return OnnxTensor.FromSingles(name, shape, Numbers(seed, count));
        }

        /// <summary>One bidirectional LSTM with everything that the operator can have but sequence_lens.</summary>
        public static OnnxModel FullLstm()
        {
            var model = Empty();
            OnnxGraph graph = model.Graph;
            graph.Inputs.Add(new OnnxValueInfo("X", OnnxDataType.Float, "time", "batch", 3));
            graph.Outputs.Add(new OnnxValueInfo("Y", OnnxDataType.Float, "time", 2, "batch", 2));
            graph.Initializers.Add(Random("W", 1, 2, 8, 3));
            graph.Initializers.Add(Random("R", 2, 2, 8, 2));
            graph.Initializers.Add(Random("B", 3, 2, 16));
            graph.Initializers.Add(Random("h", 4, 2, 1, 2));
            graph.Initializers.Add(Random("c", 5, 2, 1, 2));
            graph.Initializers.Add(Random("P", 6, 2, 6));
            graph.Nodes.Add(new OnnxNode("LSTM", new[] { "X", "W", "R", "B", "", "h", "c", "P" }, new[] { "Y", "", "cn" },
                new OnnxAttribute("activations", new[] { "HardSigmoid", "tanh", "Affine", "Sigmoid", "LeakyRelu", "ScaledTanh" }),
                new OnnxAttribute("activation_alpha", new[] { 0.3f, 1.5f, 0.25f }),
                new OnnxAttribute("activation_beta", new[] { 0.6f }),
                new OnnxAttribute("clip", 4.5f),
                new OnnxAttribute("direction", "bidirectional"),
                new OnnxAttribute("hidden_size", 2L),
                new OnnxAttribute("input_forget", 1L))
            { Name = "rnn" });
            return model;
        }

        /// <summary>A GRU in each branch of an If; the weights of both stand outside, one behind an Identity, the other in a Constant inside.</summary>
        public static OnnxModel GruInsideIf()
        {
            var model = Empty();
            OnnxGraph graph = model.Graph;
            graph.Inputs.Add(new OnnxValueInfo("X", OnnxDataType.Float, 4, 1, 2));
            graph.Inputs.Add(new OnnxValueInfo("fast", OnnxDataType.Bool));
            graph.Outputs.Add(new OnnxValueInfo("Y", OnnxDataType.Float, 4, 1, 1, 2));
            graph.Initializers.Add(Random("W0", 11, 1, 6, 2));
            graph.Initializers.Add(Random("R", 12, 1, 6, 2));
            graph.Nodes.Add(new OnnxNode("Identity", new[] { "W0" }, new[] { "W" }));

            OnnxGraph then = Branch("then", "gru_then");
            OnnxGraph otherwise = Branch("else", "gru_else");
            otherwise.Nodes[0].Inputs[1] = "W_inside";
            otherwise.Nodes.Insert(0, new OnnxNode("Constant", new string[0], new[] { "W_inside" }, new OnnxAttribute("value", Random("", 13, 1, 6, 2))));
            graph.Nodes.Add(new OnnxNode("If", new[] { "fast" }, new[] { "Y" },
                new OnnxAttribute("then_branch", then), new OnnxAttribute("else_branch", otherwise))
            { Name = "speed" });
            return model;
        }

        /// <summary>A model of operator set 17 without nodes.</summary>
        public static OnnxModel Empty()
        {
            var model = new OnnxModel { ProducerName = "recurrent-tests", ProducerVersion = "1" };
            model.OpsetImports[""] = 17;
            model.Graph.Name = "graph";
            return model;
        }

        /// <summary>A file of the data folder beside the repository; the test is skipped where it is absent.</summary>
        public static string Shared(params string[] path)
        {
            for (DirectoryInfo? folder = new DirectoryInfo(TestContext.CurrentContext.TestDirectory); folder != null; folder = folder.Parent)
            {
                string root = Path.Combine(folder.FullName, "shared", "data");
                if (!Directory.Exists(root))
                    continue;
                var parts = new List<string> { root };
                parts.AddRange(path);
                string file = Path.Combine(parts.ToArray());
                if (File.Exists(file) || Directory.Exists(file))
                    return file;
            }
            Assert.Ignore($"Not here: shared/data/{string.Join("/", path)} beside the repository.");
            throw new InvalidOperationException();
        }

        private static OnnxGraph Branch(string name, string node)
        {
            var graph = new OnnxGraph { Name = name };
            graph.Outputs.Add(new OnnxValueInfo(name + "_Y", OnnxDataType.Float, 4, 1, 1, 2));
            graph.Nodes.Add(new OnnxNode("GRU", new[] { "X", "W", "R" }, new[] { name + "_Y" },
                new OnnxAttribute("hidden_size", 2L), new OnnxAttribute("linear_before_reset", name == "then" ? 1L : 0L))
            { Name = node });
            return graph;
        }
    }
}
