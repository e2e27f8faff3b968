using System.Collections.Generic;
using System.IO;
using System.Linq;
using NUnit.Framework;
using Recurrent.Onnx;

namespace Recurrent.Tests.Onnx
{
    public class OnnxExporterTests
    {
        [Test]
        public void ASequenceLeavesBatchAndTimeOpen()
        {
            OnnxModel model = OnnxExporter.Export(new SequenceModel(new LSTM(3, 4, numLayers: 2, bidirectional: true), new Linear(8, 2)), new OnnxExportOptions { States = true, Lengths = true });
            Assert.That(model.Graph.Inputs.Select(input => input.ToString()), Is.EqualTo(new[]
            {
                "input: Float[batch, time, 3]", "lengths: Int32[batch]", "h0: Float[4, batch, 4]", "c0: Float[4, batch, 4]",
            }));
            Assert.That(model.Graph.Outputs.Select(output => output.ToString()), Is.EqualTo(new[] { "output: Float[batch, time, 2]", "hn: Float[4, batch, 4]", "cn: Float[4, batch, 4]" }));
            Assert.That(model.OpsetVersion, Is.EqualTo(17));
            Assert.That(model.IrVersion, Is.EqualTo(8));
            Assert.That(model.ProducerName, Is.EqualTo("recurrent"));
            Assert.That(StatePairs.Find(model).Select(pair => pair.ToString()), Is.EqualTo(new[] { "h0 ← hn (metadata)", "c0 ← cn (metadata)" }));
        }

        [Test]
        public void ASelectedStepAndSymbolsHaveFewerAxes()
        {
            OnnxModel model = OnnxExporter.Export(new SequenceModel(new Embedding(10, 3), new GRU(3, 4), new LastStep(), new Linear(4, 2)));
            Assert.That(model.Graph.Inputs.Single().ToString(), Is.EqualTo("input: Int64[batch, time]"));
            Assert.That(model.Graph.Outputs.Single().ToString(), Is.EqualTo("output: Float[batch, 2]"));
        }

        [Test]
        public void GatesStandInOnnxsOrder()
        {
            var lstm = new LSTM(1, 1);
            lstm.Parameters[0].Set(new float[] { 1, 2, 3, 4 }); // i f g o
            OnnxModel exported = OnnxExporter.Export(lstm);
            Assert.That(exported.Graph.Initializers.Single(tensor => tensor.Name == "W_l0").ToSingles(), Is.EqualTo(new float[] { 1, 4, 2, 3 }));

            var gru = new GRU(1, 1, updateKeepsState: false);
            gru.Parameters[0].Set(new float[] { 1, 2, 3 }); // r z n
            gru.Parameters[2].Set(new float[] { 4, 5, 6 });
            gru.Parameters[3].Set(new float[] { 7, 8, 9 });
            exported = OnnxExporter.Export(gru);
            // z replaces the state here and keeps it in ONNX: 1 − σ(a) = σ(−a).
            Assert.That(exported.Graph.Initializers.Single(tensor => tensor.Name == "W_l0").ToSingles(), Is.EqualTo(new float[] { -2, 1, 3 }));
            Assert.That(exported.Graph.Initializers.Single(tensor => tensor.Name == "B_l0").ToSingles(), Is.EqualTo(new float[] { -5, 4, 6, -8, 7, 9 }));
        }

        [Test]
        public void StatesOfSeveralLayersCarryTheLayersNames()
        {
            var model = new SequenceModel(("encoder", new GRU(2, 3)), ("decoder", new LSTM(3, 4)));
            OnnxModel exported = OnnxExporter.Export(model, new OnnxExportOptions { Graph = OnnxGraphKind.Step });
            Assert.That(exported.Graph.Inputs.Select(input => input.ToString()), Is.EqualTo(new[]
            {
                "input: Float[batch, 2]", "encoder_h0: Float[1, batch, 3]", "decoder_h0: Float[1, batch, 4]", "decoder_c0: Float[1, batch, 4]",
            }));
            exported.Metadata.Clear();
            Assert.That(StatePairs.Find(exported).Select(pair => pair.ToString()), Is.EqualTo(new[] { "encoder_h0 ← encoder_hn (name)", "decoder_h0 ← decoder_hn (name)", "decoder_c0 ← decoder_cn (name)" }));
        }

        [Test]
        public void ElementaryStepsOfPlainCellsNeedSixOperators()
        {
            foreach (RecurrentLayer layer in new RecurrentLayer[] { new LSTM(3, 4, 2), new LSTM(3, 4, projSize: 2), new GRU(3, 4), new GRU(3, 4, resetAfter: false), new RNN(3, 4) })
            {
                OnnxModel model = OnnxExporter.Export(new SequenceModel(layer, new Linear(layer.OutputSize, 2)), OnnxExportOptions.Sentis);
                IEnumerable<string> operators = model.Graph.Nodes.Select(node => node.OpType).Distinct();
                Assert.That(operators, Is.SubsetOf(new[] { "MatMul", "Add", "Mul", "Sub", "Sigmoid", "Tanh", "Identity" }), layer.ToString());
                Assert.That(model.OpsetVersion, Is.EqualTo(15));
            }
            OnnxModel two = OnnxExporter.Export(new LSTM(3, 4, 2), OnnxExportOptions.Sentis);
            Assert.That(two.Graph.Inputs.Select(input => input.ToString()), Is.EqualTo(new[]
            {
                "input: Float[batch, 3]", "h_l0_in: Float[batch, 4]", "h_l1_in: Float[batch, 4]", "c_l0_in: Float[batch, 4]", "c_l1_in: Float[batch, 4]",
            }));
        }

        [Test]
        public void WhateverIsElementaryIsInSentissTable()
        {
            var used = new HashSet<string>();
            for (int i = 0; i < 150; i++)
            {
                SequenceModel model = RandomModels.Next(new RandomSource((ulong)i), step: true);
                OnnxModel exported = OnnxExporter.Export(model, i % 2 == 0 ? OnnxExportOptions.Sentis : OnnxExportOptions.MLAgents);
                used.UnionWith(exported.Graph.Nodes.Select(node => node.OpType));
                Assert.That(exported.Graph.Nodes.SelectMany(node => node.Subgraphs()), Is.Empty);
            }
            Assert.That(used, Is.SubsetOf(SentisOperators.Supported));
            Assert.That(used, Does.Contain("HardSigmoid").And.Contain("Clip").And.Contain("ThresholdedRelu"));
        }

        [Test]
        public void MLAgentsFindsItsNames()
        {
            OnnxModel model = OnnxExporter.Export(new SequenceModel(new LSTM(5, 4), new Linear(4, 2)), OnnxExportOptions.MLAgents);
            Assert.That(model.Graph.Inputs.Select(input => input.ToString()), Is.EqualTo(new[] { "obs_0: Float[batch, 5]", "recurrent_in: Float[batch, 1, 8]" }));
            Assert.That(model.Graph.Outputs.Select(output => output.ToString()), Is.EqualTo(new[]
            {
                "continuous_actions: Float[batch, 2]", "recurrent_out: Float[batch, 1, 8]", "version_number: Float[1]", "memory_size: Float[1]", "continuous_action_output_shape: Float[1]",
            }));
            Assert.That(StatePairs.Find(model).Single(), Is.EqualTo(new StatePair("recurrent_in", "recurrent_out")));
        }

        [Test]
        public void TheMetadataKeepsScalersAndVocabulary()
        {
            var scaler = new StandardScaler();
            scaler.Fit(new float[] { 1, 2, 6 }, 1);
            var model = new SequenceModel(new RNN(1, 2)) { InputScaler = scaler };
            OnnxModel exported = OnnxExporter.Export(model, new OnnxExportOptions { Vocabulary = new[] { "a", "\"b\"", "ü" } });
            Assert.That(exported.Metadata["input_scaler"], Is.EqualTo(scaler.ToMetadata()));
            Assert.That(JsonValue.Parse(exported.Metadata["vocabulary"]).Items.Select(item => item.AsString()), Is.EqualTo(new[] { "a", "\"b\"", "ü" }));
        }

        [Test]
        public void AFileIsWrittenWhole()
        {
            string path = Path.Combine(TestContext.CurrentContext.WorkDirectory, "exported.onnx");
            new GRU(2, 3).SaveOnnx(path);
            Assert.That(OnnxImport.Read(path).Model.ToString(), Is.EqualTo("GRU(2→3)"));
            File.Delete(path);
        }

        [TestCase("LSTM(2→3, bidirectional): needs the whole sequence", true, false, 17, false)]
        [TestCase("the operator set is 8, expected 9 to 22", false, false, 8, false)]
        [TestCase("the operator set is 23, expected 9 to 22", false, false, 23, false)]
        [TestCase("elementary operators and ML-Agents' names are for a single step", false, true, 17, false)]
        [TestCase("lengths need operator set 11, got 10", false, false, 10, true)]
        public void WhatCannotBeSaidIsRefusedByName(string reason, bool step, bool elementary, int opset, bool lengths)
        {
            var options = new OnnxExportOptions { Graph = step ? OnnxGraphKind.Step : OnnxGraphKind.Sequence, Elementary = elementary, Opset = opset, Lengths = lengths };
            Assert.That(() => OnnxExporter.Export(new LSTM(2, 3, bidirectional: true), options), Throws.ArgumentException.With.Message.Contains(reason));
        }

        [Test]
        public void AProjectionWithLengthsIsRefused() =>
            Assert.That(() => OnnxExporter.Export(new LSTM(2, 3, projSize: 1), new OnnxExportOptions { Lengths = true }),
                Throws.ArgumentException.With.Message.Contains("LSTMCell(2→3): a projection and lengths together have no ONNX form"));
    }
}
