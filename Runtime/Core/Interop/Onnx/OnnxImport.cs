using System;
using System.Collections.Generic;

namespace Recurrent.Onnx
{
    /// <summary>
    /// A whole ONNX model as a trainable <see cref="SequenceModel"/>: where its graph is a chain of recurrent nodes, linear layers, embeddings and
    /// activations, with whatever exporters write around them to move axes about. A graph that is more than a chain is refused by the name of the node.
    /// </summary>
    public sealed class OnnxImport
    {
        private OnnxImport(SequenceModel model, string input, string output, bool batchFirst, IReadOnlyList<StatePair> statePairs, IReadOnlyList<string> warnings)
        {
            Model = model;
            Input = input;
            Output = output;
            BatchFirst = batchFirst;
            StatePairs = statePairs;
            Warnings = warnings;
        }

        /// <summary>The layers, with the weights of the file.</summary>
        public SequenceModel Model { get; }

        /// <summary>The graph's input that the first layer reads.</summary>
        public string Input { get; }

        /// <summary>The graph's output that the last layer computes.</summary>
        public string Output { get; }

        /// <summary>Whether the graph's input has the batch before the time; the managed model always has.</summary>
        public bool BatchFirst { get; }

        /// <summary>The graph's states: the layers carry them.</summary>
        public IReadOnlyList<StatePair> StatePairs { get; }

        /// <summary>What a reader should know: a sentence each.</summary>
        public IReadOnlyList<string> Warnings { get; }

        /// <summary>Reads a file.</summary>
        /// <exception cref="ModelFileException">The file is bad, or its graph is no such chain: names the node and the reason.</exception>
        public static OnnxImport Read(string path) => From(OnnxModel.Read(path));

        /// <summary>Reads a model that is in memory.</summary>
        /// <exception cref="ModelFileException">The graph is no such chain: names the node and the reason.</exception>
        public static OnnxImport From(OnnxModel model)
        {
            var warnings = new List<string>();
            IReadOnlyList<RecurrentNode> nodes = RecurrentNode.FindAll(model);
            foreach (RecurrentNode node in nodes)
                if (node.HasSuspectReset)
                    warnings.Add($"{node}: PyTorch has no GRU with linear_before_reset = 0, so its exporter left out the 1 and this model does not compute what was trained; OnnxModel.RepairGruReset() puts it in.");

            // A size that is open in the file may be a 1 that the graph has built in.
            ModelFileException? first = null;
            foreach (int[] sizes in new[] { new[] { 2, 3, 5, 7, 11 }, new[] { 1, 3, 5, 7, 11 }, new[] { 3, 1, 2, 5, 7 } })
            {
                try
                {
                    var trace = new ChainTrace(model, nodes, sizes);
                    SequenceModel chain = trace.ToModel();
                    warnings.AddRange(trace.Warnings);
                    ReadScalers(model, chain);
                    return new OnnxImport(chain, trace.Input, trace.Output, trace.BatchFirst, Onnx.StatePairs.Find(model), warnings);
                }
                catch (ModelFileException e)
                {
                    first ??= e;
                }
            }
            throw first!;
        }

        private static void ReadScalers(OnnxModel model, SequenceModel chain)
        {
            try
            {
                if (model.Metadata.TryGetValue("input_scaler", out string? input)) chain.InputScaler = Scaler.FromMetadata(input);
                if (model.Metadata.TryGetValue("target_scaler", out string? target)) chain.TargetScaler = Scaler.FromMetadata(target);
            }
            catch (FormatException e)
            {
                throw new ModelFileException(model.Path, e.Message);
            }
        }
    }
}
