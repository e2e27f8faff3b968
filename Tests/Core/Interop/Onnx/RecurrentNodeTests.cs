using System;
using System.Collections.Generic;
using System.Linq;
using NUnit.Framework;
using Recurrent.Onnx;

namespace Recurrent.Tests.Onnx
{
    public class RecurrentNodeTests
    {
        [Test]
        public void EveryAttributeAndWeightOfAnLstmIsRead()
        {
            RecurrentNode node = RecurrentNode.FindAll(OnnxModel.Read(SmallModels.FullLstm().ToBytes())).Single();
            Assert.That(node.Operator, Is.EqualTo(RecurrentOperator.LSTM));
            Assert.That(node.Direction, Is.EqualTo(RecurrentDirection.Bidirectional));
            Assert.That(node.Directions, Is.EqualTo(2));
            Assert.That(node.InputSize, Is.EqualTo(3));
            Assert.That(node.HiddenSize, Is.EqualTo(2));
            Assert.That(node.Clip, Is.EqualTo(4.5f));
            Assert.That(node.InputForget, Is.True);
            Assert.That(node.Layout, Is.EqualTo(0));
            // α is consumed by HardSigmoid, Affine, LeakyRelu, then ScaledTanh has none left; β by HardSigmoid alone.
            Assert.That(node.Activations, Is.EqualTo(new[]
            {
                new RecurrentActivation("HardSigmoid", 0.3f, 0.6f), new RecurrentActivation("Tanh", 0, 0), new RecurrentActivation("Affine", 1.5f, 0),
                new RecurrentActivation("Sigmoid", 0, 0), new RecurrentActivation("LeakyRelu", 0.25f, 0), new RecurrentActivation("ScaledTanh", float.NaN, float.NaN),
            }));
            Assert.That(node.W, Is.EqualTo(SmallModels.Numbers(1, 48)));
            Assert.That(node.R, Is.EqualTo(SmallModels.Numbers(2, 32)));
            Assert.That(node.B, Is.EqualTo(SmallModels.Numbers(3, 32)));
            Assert.That(node.InitialH, Is.EqualTo(SmallModels.Numbers(4, 4)));
            Assert.That(node.InitialC, Is.EqualTo(SmallModels.Numbers(5, 4)));
            Assert.That(node.P, Is.EqualTo(SmallModels.Numbers(6, 12)));
            Assert.That(node.SequenceLengths, Is.Null);
            Assert.That(node.Dynamic, Is.Empty);
            Assert.That(node.ToString(), Is.EqualTo("LSTM 'rnn' 3→2 bidirectional"));
        }

        [Test]
        public void NodesInsideBranchesSeeTheConstantsAroundThem()
        {
            IReadOnlyList<RecurrentNode> nodes = RecurrentNode.FindAll(OnnxModel.Read(SmallModels.GruInsideIf().ToBytes()));
            Assert.That(nodes.Select(node => node.Location), Is.EqualTo(new[] { "If 'speed'.then_branch", "If 'speed'.else_branch" }));
            Assert.That(nodes[0].W, Is.EqualTo(SmallModels.Numbers(11, 12)));
            Assert.That(nodes[1].W, Is.EqualTo(SmallModels.Numbers(13, 12)));
            Assert.That(nodes[1].R, Is.EqualTo(SmallModels.Numbers(12, 12)));
            Assert.That(nodes[0].LinearBeforeReset, Is.True);
            Assert.That(nodes[1].LinearBeforeReset, Is.False);
            Assert.That(nodes[0].Activations.Select(f => f.Name), Is.EqualTo(new[] { "Sigmoid", "Tanh" }));
            Assert.That(nodes[0].B, Is.Null);
            Assert.That(nodes[0].Dynamic, Is.Empty);
        }

        [Test]
        public void WeightsThatComeFromOutsideAreDynamicUntilTheCallerGivesThem()
        {
            OnnxModel model = SmallModels.Empty();
            model.Graph.Inputs.Add(new OnnxValueInfo("X", OnnxDataType.Float, 1, 1, 3));
            model.Graph.Inputs.Add(new OnnxValueInfo("W", OnnxDataType.Float, 1, 2, 3));
            model.Graph.Inputs.Add(new OnnxValueInfo("R", OnnxDataType.Float, 1, 2, 2));
            model.Graph.Inputs.Add(new OnnxValueInfo("lens", OnnxDataType.Int32, 1));
            model.Graph.Nodes.Add(new OnnxNode("RNN", new[] { "X", "W", "R", "", "lens" }, new[] { "Y" },
                new OnnxAttribute("hidden_size", 2L), new OnnxAttribute("direction", "reverse"), new OnnxAttribute("layout", 1L)));

            RecurrentNode open = RecurrentNode.FindAll(model).Single();
            Assert.That(open.Dynamic, Is.EqualTo(new[] { "W", "R", "sequence_lens" }));
            Assert.That(open.W, Is.Null);
            Assert.That(open.HiddenSize, Is.EqualTo(2));
            Assert.That(open.Direction, Is.EqualTo(RecurrentDirection.Reverse));
            Assert.That(open.Layout, Is.EqualTo(1));

            RecurrentNode given = RecurrentNode.FindAll(model, new Dictionary<string, OnnxTensor>
            {
                ["W"] = SmallModels.Random("W", 1, 1, 2, 3),
                ["R"] = SmallModels.Random("R", 2, 1, 2, 2),
                ["lens"] = new OnnxTensor("lens", OnnxDataType.Int32, new long[] { 1 }, new byte[] { 7, 0, 0, 0 }),
            }).Single();
            Assert.That(given.W, Is.EqualTo(SmallModels.Numbers(1, 6)));
            Assert.That(given.R, Is.EqualTo(SmallModels.Numbers(2, 4)));
            Assert.That(given.SequenceLengths, Is.EqualTo(new[] { 7 }));
            Assert.That(given.Dynamic, Is.Empty);
        }

        [Test]
        public void AnInnerNameHidesAnOuterConstant()
        {
            OnnxModel model = SmallModels.GruInsideIf();
            OnnxGraph then = model.Graph.Nodes[1].Attribute("then_branch")!.Graph!;
            then.Nodes.Insert(0, new OnnxNode("Abs", new[] { "W0" }, new[] { "W" }));
            Assert.That(RecurrentNode.FindAll(model)[0].Dynamic, Is.EqualTo(new[] { "W" }));
        }

        [Test]
        public void NodesOfOtherDomainsAreNotTaken()
        {
            OnnxModel model = SmallModels.FullLstm();
            model.Graph.Nodes[0].Domain = "com.example";
            Assert.That(RecurrentNode.FindAll(model), Is.Empty);
        }

        [Test]
        public void ContradictionsAreRefusedByName()
        {
            Refuses("hidden_size is 0, expected 1 to 1048576", node => node.Attribute("hidden_size")!.Int = 0);
            Refuses("W is W: Float(2, 8, 3), expected the shape (2, 12, 3)", node => node.Attribute("hidden_size")!.Int = 3);
            Refuses("unknown direction 'sideways'", node => Replace(node, new OnnxAttribute("direction", "sideways")));
            Refuses("activations has 6 names, expected 3", node => Replace(node, new OnnxAttribute("direction", "forward")));
            Refuses("clip is -1, expected more than 0", node => node.Attribute("clip")!.Float = -1);
            Refuses("input_forget is 2, expected 0 or 1", node => node.Attribute("input_forget")!.Int = 2);
            Refuses("hidden_size is Float, expected Int", node => Replace(node, new OnnxAttribute("hidden_size", 2f)));
            Refuses("R is R: Float(2, 8, 2), expected the shape (2, 6, 2)", node => { node.OpType = "GRU"; Replace(node, new OnnxAttribute("activations", new string[0])); node.Inputs[1] = "W3"; });
        }

        [Test]
        public void RecurrentOperatorsBeforeOpset7AreRefused()
        {
            OnnxModel model = SmallModels.FullLstm();
            model.OpsetImports[""] = 6;
            Assert.That(() => RecurrentNode.FindAll(model), Throws.TypeOf<ModelFileException>().With.Message.Contains("LSTM 'rnn': operator set 6"));
        }

        [TestCase("mlagents", "Hallway.onnx", "LSTM", "128→64")]
        [TestCase("onnx-models", "silero_vad_16k_op15.onnx", "LSTM", "128→128 128→128")]
        [TestCase("onnx-models", "gtcrn_simple.onnx", "GRU", "8→16 8→16 8→16 8→4 8→4 8→8 8→8 8→4 8→4 8→8 8→8 8→16 8→16 8→16")]
        public void RecurrentNodesOfRealModelsAreRead(string folder, string file, string operation, string sizes)
        {
            IReadOnlyList<RecurrentNode> nodes = RecurrentNode.FindAll(OnnxModel.Read(SmallModels.Shared(folder, file)));
            Assert.That(nodes.Select(node => $"{node.InputSize}→{node.HiddenSize}"), Is.EqualTo(sizes.Split(' ')));
            foreach (RecurrentNode node in nodes)
            {
                Assert.That(node.Operator.ToString(), Is.EqualTo(operation));
                Assert.That(node.Dynamic, Is.SubsetOf(new[] { "initial_h", "initial_c" }));
            }
        }

        private static void Replace(OnnxNode node, OnnxAttribute attribute)
        {
            node.Attributes.RemoveAll(other => other.Name == attribute.Name);
            node.Attributes.Add(attribute);
        }

        private static void Refuses(string reason, Action<OnnxNode> change)
        {
            OnnxModel model = SmallModels.FullLstm();
            model.Graph.Initializers.Add(SmallModels.Random("W3", 1, 2, 6, 3));
            change(model.Graph.Nodes[0]);
            ModelFileException error = Assert.Throws<ModelFileException>(() => RecurrentNode.FindAll(model))!;
            Assert.That(error.Reason, Does.Contain("'rnn': ").And.Contain(reason));
        }
    }
}
