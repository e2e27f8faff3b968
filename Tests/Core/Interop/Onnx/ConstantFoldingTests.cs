using System.Linq;
using NUnit.Framework;
using Recurrent.Onnx;

namespace Recurrent.Tests.Onnx
{
    public class ConstantFoldingTests
    {
        private static readonly OnnxTensor X = OnnxTensor.FromSingles("x", new long[] { 2, 3 }, new float[] { 1, 2, 3, 4, 5, 6 });

        [Test]
        public void TransposeReversesTheAxesOrTakesThemAsTold()
        {
            Check(Run("Transpose", X), "(3, 2)", 1, 4, 2, 5, 3, 6);
            OnnxTensor cube = OnnxTensor.FromSingles("c", new long[] { 2, 1, 3 }, new float[] { 1, 2, 3, 4, 5, 6 });
            Check(Run("Transpose", new OnnxAttribute("perm", new long[] { 2, 0, 1 }), cube), "(3, 2, 1)", 1, 4, 2, 5, 3, 6);
        }

        [Test]
        public void SliceTakesStepsAndNegativePlaces()
        {
            Check(Run("Slice", X, Ints(1), Ints(3), Ints(1)), "(2, 2)", 2, 3, 5, 6);
            Check(Run("Slice", X, Ints(-1), Ints(long.MinValue), Ints(1), Ints(-2)), "(2, 2)", 3, 1, 6, 4);
            Check(Run("Slice", X, Ints(-2, 0), Ints(-1, long.MaxValue), Ints(-1, 0)), "(2, 1)", 2, 5);
            Check(Run("Slice", X, Ints(2), Ints(1), Ints(1)), "(2, 0)");
            OnnxNode old = new OnnxNode("Slice", new[] { "x" }, new[] { "y" }, new OnnxAttribute("starts", new long[] { 1 }), new OnnxAttribute("ends", new long[] { 99 }));
            Check(new ConstantFolding(1000).Evaluate(old, new[] { X })!, "(1, 3)", 4, 5, 6);
        }

        [Test]
        public void ConcatJoinsAlongAnyAxis()
        {
            OnnxTensor z = OnnxTensor.FromSingles("z", new long[] { 2, 1 }, new float[] { 7, 8 });
            Check(Run("Concat", new OnnxAttribute("axis", 1L), X, z), "(2, 4)", 1, 2, 3, 7, 4, 5, 6, 8);
            Check(Run("Concat", new OnnxAttribute("axis", -2L), X, X), "(4, 3)", 1, 2, 3, 4, 5, 6, 1, 2, 3, 4, 5, 6);
        }

        [Test]
        public void GatherTakesOneOrMany()
        {
            Check(Run("Gather", new OnnxAttribute("axis", 1L), X, Ints(2, -3)), "(2, 2)", 3, 1, 6, 4);
            Check(Run("Gather", X, OnnxTensor.FromInt64s("i", default, new long[] { 1 })), "(3)", 4, 5, 6);
        }

        [Test]
        public void ShapesChangeWithoutTheirElements()
        {
            Check(Run("Reshape", X, Ints(0, -1, 1)), "(2, 3, 1)", 1, 2, 3, 4, 5, 6);
            Check(Run("Unsqueeze", X, Ints(0, -1)), "(1, 2, 3, 1)", 1, 2, 3, 4, 5, 6);
            Check(Run("Squeeze", Run("Unsqueeze", X, Ints(0, 3)), Ints(-1)), "(1, 2, 3)", 1, 2, 3, 4, 5, 6);
            Check(Run("Squeeze", Run("Unsqueeze", X, Ints(0, 3))), "(2, 3)", 1, 2, 3, 4, 5, 6);
            Check(Run("Shape", X), "(2)", 2, 3);
            Check(Run("Shape", new OnnxAttribute("start", -1L), X), "(1)", 3);
        }

        [Test]
        public void ValuesAreCastAndFilled()
        {
            OnnxTensor integers = Run("Cast", new OnnxAttribute("to", 7L), new OnnxTensor("b", OnnxDataType.Bool, new long[] { 2 }, new byte[] { 1, 0 }));
            Assert.That(integers.ToInt64s(), Is.EqualTo(new long[] { 1, 0 }));
            Check(Run("Cast", new OnnxAttribute("to", 1L), integers), "(2)", 1, 0);
            Check(Run("ConstantOfShape", new OnnxAttribute("value", OnnxTensor.FromSingles("", new long[] { 1 }, new[] { 2.5f })), Ints(1, 3)), "(1, 3)", 2.5f, 2.5f, 2.5f);
            Check(Run("ConstantOfShape", Ints(2)), "(2)", 0, 0);
        }

        [Test]
        public void WhatDoesNotFitTheDefinitionIsNoConstant()
        {
            Assert.That(Try("Transpose", new OnnxAttribute("perm", new long[] { 0, 0 }), X), Is.Null);
            Assert.That(Try("Slice", null, X, Ints(0), Ints(1), Ints(7)), Is.Null);
            Assert.That(Try("Slice", null, X, Ints(0), Ints(1), Ints(0), Ints(0)), Is.Null);
            Assert.That(Try("Slice", null, X), Is.Null);
            Assert.That(Try("Concat", new OnnxAttribute("axis", 1L), X, OnnxTensor.FromSingles("z", new long[] { 1, 1 }, new float[] { 7 })), Is.Null);
            Assert.That(Try("Concat", null, X, X), Is.Null);
            Assert.That(Try("Gather", null, X, Ints(2)), Is.Null);
            Assert.That(Try("Reshape", null, X, Ints(4, -1)), Is.Null);
            Assert.That(Try("Reshape", null, X, Ints(5)), Is.Null);
            Assert.That(Try("Unsqueeze", null, X, Ints(0, 0)), Is.Null);
            Assert.That(Try("Squeeze", null, X, Ints(0)), Is.Null);
            Assert.That(Try("Sin", null, X), Is.Null);
            Assert.That(Try("Reshape", null, X, Ints(Enumerable.Repeat(1L, 65).ToArray())), Is.Null);
            Assert.That(Try("ConstantOfShape", null, Ints(1 << 20, 1 << 10)), Is.Null, "more memory than allowed");
        }

        private static OnnxTensor Ints(params long[] values) => OnnxTensor.FromInt64s("i", new long[] { values.Length }, values);

        private static OnnxTensor Run(string operation, params OnnxTensor[] inputs) => Try(operation, null, inputs)!;

        private static OnnxTensor Run(string operation, OnnxAttribute attribute, params OnnxTensor[] inputs) => Try(operation, attribute, inputs)!;

        private static OnnxTensor? Try(string operation, OnnxAttribute? attribute, params OnnxTensor[] inputs)
        {
            var node = new OnnxNode(operation, inputs.Select(input => input.Name), new[] { "y" });
            if (attribute != null)
                node.Attributes.Add(attribute);
            return new ConstantFolding(10000).Evaluate(node, inputs);
        }

        private static void Check(OnnxTensor tensor, string shape, params float[] expected)
        {
            Assert.That(tensor, Is.Not.Null);
            Assert.That(tensor.ToString(), Does.EndWith(shape));
            Assert.That(tensor.ToSingles(), Is.EqualTo(expected));
        }
    }
}
