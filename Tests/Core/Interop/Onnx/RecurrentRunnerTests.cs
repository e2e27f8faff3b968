using System;
using System.Buffers.Binary;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using NUnit.Framework;
using Recurrent.Onnx;

namespace Recurrent.Tests.Onnx
{
    public class RecurrentRunnerTests
    {
        [Test]
        public void OnnxRuntimesOperatorCasesPass()
        {
            JsonValue file = JsonValue.Parse(File.ReadAllBytes(SmallModels.Shared("onnx-node", "operator-cases.json")));
            int passed = 0;
            double largest = 0;
            foreach (JsonValue json in file["cases"].Items)
            {
                OperatorCase operatorCase = Read(json);
                string id = json["id"].AsString();
                if (json["expect"].AsString() == "failure")
                {
                    Assert.That(() => operatorCase.RunManaged(), Throws.ArgumentException.With.Message.Contains("sequence_lens has 1 numbers, expected 2"), id);
                    passed++;
                    continue;
                }
                double error = operatorCase.Error(operatorCase.RunManaged());
                Assert.That(error, Is.LessThan(1e-4), id);
                largest = Math.Max(largest, error);
                passed++;
            }
            TestContext.WriteLine(FormattableString.Invariant($"{passed} cases, largest error {largest:g3}"));
            Assert.That(passed, Is.EqualTo(66));
        }

        [Test]
        public void TheConformanceCasesPass()
        {
            string root = SmallModels.Shared("onnx-node");
            string[] folders = Directory.GetDirectories(root);
            double largest = 0;
            foreach (string folder in folders)
            {
                OnnxModel model = OnnxModel.Read(Path.Combine(folder, "model.onnx"));
                string data = Path.Combine(folder, "test_data_set_0");
                var values = new Dictionary<string, OnnxTensor>();
                for (int i = 0; i < model.Graph.Inputs.Count; i++)
                    values[model.Graph.Inputs[i].Name] = OnnxTensor.Read(Path.Combine(data, FormattableString.Invariant($"input_{i}.pb")));
                RecurrentNode node = RecurrentNode.FindAll(model, values).Single();
                IReadOnlyList<OnnxTensor> results = new RecurrentRunner(node).Run(values[node.Node.Input(0)]);
                for (int o = 0; o < model.Graph.Outputs.Count; o++)
                {
                    OnnxTensor expected = OnnxTensor.Read(Path.Combine(data, FormattableString.Invariant($"output_{o}.pb")));
                    OnnxTensor actual = results[node.Node.Outputs.IndexOf(model.Graph.Outputs[o].Name)];
                    Assert.That(actual.Shape, Is.EqualTo(expected.Shape), folder);
                    double[] wanted = expected.ToDoubles();
                    float[] got = actual.ToSingles();
                    for (int i = 0; i < got.Length; i++) largest = Math.Max(largest, Math.Abs(got[i] - wanted[i]));
                }
                Assert.That(largest, Is.LessThan(1e-4), folder);
            }
            TestContext.WriteLine(FormattableString.Invariant($"{folders.Length} cases, largest error {largest:g3}"));
            Assert.That(folders.Length, Is.EqualTo(12));
        }

        private static OperatorCase Read(JsonValue json)
        {
            var operatorCase = new OperatorCase(json["op"].AsString());
            foreach (string name in json["attributes"].Names)
            {
                bool floats = name == "clip" || name.StartsWith("activation_", StringComparison.Ordinal);
                JsonValue value = json["attributes"][name];
                operatorCase.Attributes.Add(
                    value.Kind == JsonKind.String ? new OnnxAttribute(name, value.AsString()) :
                    value.Kind == JsonKind.Array && floats ? new OnnxAttribute(name, value.Items.Select(item => item.AsSingle()).ToArray()) :
                    value.Kind == JsonKind.Array ? new OnnxAttribute(name, value.Items.Select(item => item.AsString()).ToArray()) :
                    floats ? new OnnxAttribute(name, value.AsSingle()) : new OnnxAttribute(name, value.AsInt64()));
            }
            int position = 0;
            foreach (JsonValue input in json["inputs"].Items)
            {
                string name = OperatorCase.InputNames[position++];
                if (input.Kind == JsonKind.Null) continue;
                long[] shape = input["dims"].Items.Select(item => item.AsInt64()).ToArray();
                if (name == "sequence_lens") operatorCase.Inputs[name] = Int32s(name, input["data"].Items.Select(item => item.AsInt32()).ToArray());
                else operatorCase.Inputs[name] = OnnxTensor.FromSingles(name, shape, input["data"].Items.Select(item => item.AsSingle()).ToArray());
            }
            position = 0;
            foreach (JsonValue output in json["outputs"].Items)
            {
                string name = OperatorCase.OutputNames[position++];
                if (output.Kind != JsonKind.Null) operatorCase.Outputs[name] = output["data"].Items.Select(item => item.AsDouble()).ToArray();
            }
            return operatorCase;
        }

        internal static OnnxTensor Int32s(string name, int[] values)
        {
            var data = new byte[4 * values.Length];
            for (int i = 0; i < values.Length; i++) BinaryPrimitives.WriteInt32LittleEndian(data.AsSpan(4 * i), values[i]);
            return new OnnxTensor(name, OnnxDataType.Int32, new long[] { values.Length }, data);
        }
    }
}
