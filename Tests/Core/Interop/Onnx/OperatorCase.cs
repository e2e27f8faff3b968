using System;
using System.Collections.Generic;
using System.Linq;
using NUnit.Framework;
using Recurrent.Onnx;

namespace Recurrent.Tests.Onnx
{
    /// <summary>One recurrent operator with its inputs and expected outputs, and the model of one node that holds it.</summary>
    public sealed class OperatorCase
    {
        public static readonly string[] InputNames = { "X", "W", "R", "B", "sequence_lens", "initial_h", "initial_c", "P" };
        public static readonly string[] OutputNames = { "Y", "Y_h", "Y_c" };

        public OperatorCase(string kind) => Kind = kind;

        public string Kind { get; }

        public List<OnnxAttribute> Attributes { get; } = new List<OnnxAttribute>();

        public Dictionary<string, OnnxTensor> Inputs { get; } = new Dictionary<string, OnnxTensor>();

        public Dictionary<string, double[]> Outputs { get; } = new Dictionary<string, double[]>();

        /// <summary>The node between graph inputs and outputs; what is named stands in the model as a constant.</summary>
        public OnnxModel ToModel(params string[] constants)
        {
            OnnxModel model = SmallModels.Empty();
            foreach (KeyValuePair<string, OnnxTensor> input in Inputs)
                if (constants.Contains(input.Key)) model.Graph.Initializers.Add(input.Value);
                else model.Graph.Inputs.Add(new OnnxValueInfo(input.Key, input.Value.ElementType, input.Value.Shape.Select(size => (OnnxDimension)size).ToArray()));
            foreach (string output in Outputs.Keys) model.Graph.Outputs.Add(new OnnxValueInfo(output) { ElementType = OnnxDataType.Float });
            model.Graph.Nodes.Add(new OnnxNode(Kind, InputNames.Select(name => Inputs.ContainsKey(name) ? name : ""), OutputNames.Select(name => Outputs.ContainsKey(name) ? name : ""), Attributes.ToArray()));
            return model;
        }

        /// <summary>The outputs of the managed layer, after the model went through bytes.</summary>
        public IReadOnlyList<OnnxTensor> RunManaged()
        {
            OnnxModel model = OnnxModel.Read(ToModel().ToBytes());
            RecurrentNode node = RecurrentNode.FindAll(model, Inputs.Where(input => input.Key != "X").ToDictionary(input => input.Key, input => input.Value)).Single();
            return new RecurrentRunner(node).Run(Inputs["X"]);
        }

        /// <summary>The largest difference from the expected outputs, as a share of 1 + |expected|.</summary>
        public double Error(IReadOnlyList<OnnxTensor> actual)
        {
            double largest = 0;
            foreach (KeyValuePair<string, double[]> output in Outputs)
            {
                float[] numbers = actual[Array.IndexOf(OutputNames, output.Key)].ToSingles();
                Assert.That(numbers.Length, Is.EqualTo(output.Value.Length), output.Key);
                for (int i = 0; i < numbers.Length; i++)
                {
                    double error = Math.Abs(numbers[i] - output.Value[i]) / (1 + Math.Abs(output.Value[i]));
                    largest = error >= 0 ? Math.Max(largest, error) : double.NaN;
                }
            }
            return largest;
        }
    }
}
