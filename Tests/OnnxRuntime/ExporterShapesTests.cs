using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using Microsoft.ML.OnnxRuntime;
using NUnit.Framework;
using Recurrent.Onnx;
using Recurrent.Tests.Onnx;

namespace Recurrent.Tests.OnnxRuntime
{
    /// <summary>ONNX Runtime's word on what the core's tests take for granted: graphs in exporters' shapes, and the operators' expected values.</summary>
    public class ExporterShapesTests
    {
        [TestCaseSource(typeof(ExporterShapes), nameof(ExporterShapes.Names))]
        public void TheGraphsComputeWhatTheirLayersDo(string name)
        {
            ExporterShapes.Shape shape = ExporterShapes.Make(name);
            int batch = shape.Rank == 2 ? 1 : 3;
            const int steps = 4;
            float[] input = RandomModels.Input(new RandomSource(1), shape.Layers, batch, steps);
            using var pass = new SequencePass(shape.Layers, batch, steps);
            pass.Forward(input, batch, steps);
            var expected = new float[batch * pass.OutputSteps * shape.Layers.OutputSize];
            pass.CopyOutput(expected);
            using var plain = new PlainRun(shape.Model.ToBytes());
            plain.WithInput(shape.Model.Graph.Inputs[0].Name, input, shape.Layers.InputSize, shape.Rank == 2 ? new long[] { steps } : new long[] { batch, steps });
            foreach (OnnxValueInfo state in shape.Model.Graph.Inputs.Skip(1))
                plain.With(state.Name, new float[state.Shape![0].Value * batch * 4], state.Shape[0].Value, batch, 4);
            float[] output = plain.Run()["output"];
            Assert.That(output.Length, Is.EqualTo(expected.Length));
            Assert.That(output.Zip(expected, (a, b) => Math.Abs(a - b)).Max(), Is.LessThan(1e-5));
        }

        [TestCaseSource(typeof(OperatorFixtureTests), nameof(OperatorFixtureTests.Names))]
        public void TheFixturesExpectWhatOnnxRuntimeComputes(string name)
        {
            OnnxModel model = OnnxModel.Read(Path.Combine(OperatorFixtureTests.Folder, name + ".onnx"));
            if (model.Graph.Nodes.Single().Attribute("layout") != null)
            {
                Assert.That(() => new PlainRun(model.ToBytes()), Throws.InstanceOf<OnnxRuntimeException>().With.Message.Contains("layout"));
                return;
            }
            using var plain = new PlainRun(model.ToBytes());
            foreach (KeyValuePair<string, float[]> output in plain.Run())
            {
                double[] expected = model.Graph.Initializers.Single(tensor => tensor.Name == "expected_" + output.Key).ToDoubles();
                for (int i = 0; i < expected.Length; i++)
                    Assert.That(output.Value[i], Is.EqualTo(expected[i]).Within(2e-6 * (1 + Math.Abs(expected[i]))), FormattableString.Invariant($"{output.Key}[{i}]"));
            }
        }
    }
}
