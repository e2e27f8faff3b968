using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using NUnit.Framework;
using Recurrent.Onnx;

namespace Recurrent.Tests.Onnx
{
    /// <summary>Tests/Fixtures~/Onnx: recurrent operators with every attribute, whose expected values a float64 program computed.</summary>
    public class OperatorFixtureTests
    {
        public static string Folder => Path.Combine(Fixture.Folder, "Onnx");

        public static IEnumerable<string> Names => Directory.Exists(Folder)
            ? Directory.GetFiles(Folder, "*.onnx").Select(file => Path.GetFileNameWithoutExtension(file)).OrderBy(name => name, StringComparer.Ordinal)
            : Enumerable.Empty<string>();

        [Test]
        public void TheFixturesAreThere() => Assert.That(Names.Count(), Is.EqualTo(116));

        [TestCaseSource(nameof(Names))]
        public void AManagedLayerComputesTheOperator(string name)
        {
            OnnxModel model = OnnxModel.Read(Path.Combine(Folder, name + ".onnx"));
            RecurrentNode node = RecurrentNode.FindAll(model).Single();
            IReadOnlyList<OnnxTensor> results = new RecurrentRunner(node).Run(model.Graph.Initializers.Single(tensor => tensor.Name == "X"));
            Assert.That(results.Count, Is.EqualTo(model.Graph.Outputs.Count));
            for (int o = 0; o < results.Count; o++)
            {
                OnnxTensor expected = model.Graph.Initializers.Single(tensor => tensor.Name == "expected_" + model.Graph.Outputs[o].Name);
                Assert.That(results[o].Shape, Is.EqualTo(expected.Shape), expected.Name);
                float[] actual = results[o].ToSingles();
                double[] wanted = expected.ToDoubles();
                for (int i = 0; i < wanted.Length; i++)
                    Assert.That(actual[i], Is.EqualTo(wanted[i]).Within(2e-6 * (1 + Math.Abs(wanted[i]))), FormattableString.Invariant($"{expected.Name}[{i}]"));
            }
        }
    }
}
