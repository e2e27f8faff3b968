using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text;
using NUnit.Framework;
using Recurrent.Onnx;
using Recurrent.Tests.Onnx;

namespace Recurrent.Tests
{
    public sealed class ModelCardTests
    {
        private static ModelCard Of(byte[] safetensors) => ModelCard.Of(SafeTensorsFile.Load(safetensors, "file"));

        private static string Row(ModelCard card, string heading) => card.ToRows().Single(row => row.Key == heading).Value;

        /// <summary>A text model with all that a file can say: body.gru of 2 levels, both directions; scalers, vocabulary, classes, a text of one's own.</summary>
        private static SequenceModel Full()
        {
            var model = new SequenceModel(
                ("symbols", new Embedding(5, 3, seed: 1)),
                ("body", new SequenceModel(("gru", new GRU(3, 4, numLayers: 2, bidirectional: true, seed: 2)), ("last", new LastStep()))),
                ("head", new Linear(8, 2, seed: 3)))
            {
                TargetScaler = new StandardScaler(),
            };
            model.TargetScaler.Fit(new float[] { 1, 10, 3, 50 }, 2);
            model.Metadata["vocabulary"] = new Vocabulary(new[] { "<pad>", "a", "\n", " ", "é" }).ToMetadata();
            model.Metadata["classes"] = new Vocabulary(new[] { "no", "yes" }).ToMetadata();
            model.Metadata["licence"] = "CC0";
            return model;
        }

        [Test]
        public void AFileOfOursSaysAllThatItHolds()
        {
            ModelCard card = Of(Full().ToBytes());
            Assert.That(card.Name, Is.EqualTo("file"));
            Assert.That(card.Format, Is.EqualTo("safetensors"));
            Assert.That(card.Producer, Is.EqualTo("recurrent, format 1"));
            Assert.That(card.Layers, Is.EqualTo("Embedding(5→3) → GRU(3→4, 2 layers, bidirectional) → LastStep → Linear(8→2)"));
            Assert.That(card.WhyNotLayers, Is.Null);
            Assert.That(card.WeightsOnly, Is.False);
            // 5·3; level 0: 2·(12·3 + 12·4 + 24), level 1: 2·(12·8 + 12·4 + 24); 2·8 + 2
            Assert.That(card.Parts.Select(part => part.ParameterCount), Is.EqualTo(new long[] { 15, 216 + 336, 0, 18 }));
            Assert.That(card.ParameterCount, Is.EqualTo(15 + 216 + 336 + 18));
            ModelCardPart gru = card.Parts[1];
            Assert.That(gru.ToString(), Is.EqualTo("body.gru: GRU(3→4, 2 layers, bidirectional)"));
            Assert.That((gru.Cell, gru.InputSize, gru.HiddenSize, gru.OutputSize, gru.NumLayers, gru.Direction), Is.EqualTo(("GRU", 3, 4, 8, 2, "bidirectional")));
            Assert.That((card.Parts[3].Cell, card.Parts[3].HiddenSize, card.Parts[3].Direction), Is.EqualTo(("", 0, "")));
            Assert.That(card.Inputs.Single().ToString(), Is.EqualTo("symbol: Int64[batch, time]"));
            Assert.That(card.Outputs.Single().ToString(), Is.EqualTo("output: Float[batch, 1, 2]"));
            Assert.That(card.NeedsWholeSequence, Is.True);
            Assert.That(card.InputScaler, Is.Null);
            Assert.That(card.TargetScaler!.Offset.ToArray(), Is.EqualTo(new float[] { 2, 30 }));
            Assert.That(card.Vocabularies.Select(pair => $"{pair.Key} {pair.Value.Count}"), Is.EqualTo(new[] { "classes 2", "vocabulary 5" }));
            Assert.That(card.Metadata, Is.EqualTo(new[] { new KeyValuePair<string, string>("licence", "CC0") }));
            Assert.That(card.ToString(), Is.EqualTo(string.Join("\n",
                "Format: safetensors",
                "Made by: recurrent, format 1",
                "Layers: Embedding(5→3) → GRU(3→4, 2 layers, bidirectional) → LastStep → Linear(8→2)",
                "Cell: GRU, 4 units, 2 layers, bidirectional",
                "Parameters: 585",
                "Input: symbol: Int64[batch, time]",
                "Output: output: Float[batch, 1, 2]",
                "Runs: over whole sequences",
                "Target scaler: StandardScaler, 2 columns: offset 2, 30; scale 1, 20",
                "classes: 2 symbols: no yes",
                "vocabulary: 5 symbols: <pad> a '\\n' ' ' é",
                "metadata licence: CC0")));
        }

        [Test]
        public void AModelInMemoryHasTheCardOfItsFile()
        {
            SequenceModel model = Full();
            ModelCard card = ModelCard.Of(model, "live");
            Assert.That(card.Name, Is.EqualTo("live"));
            Assert.That(card.ToRows(), Is.EqualTo(Of(model.ToBytes()).ToRows().Where(row => row.Key != "Made by")));
        }

        [Test]
        public void AnAgentSaysWhatItDoes()
        {
            SequenceModel model = Policy.Describe(new SequenceModel(new LSTM(3, 4, seed: 1), new LSTMCell(4, 4, seed: 3), new Linear(4, 5, seed: 2)), new EpisodeLayout(3, new[] { 2, 3 }));
            ModelCard card = Of(model.ToBytes());
            Assert.That(Row(card, "Agent"), Is.EqualTo("3 observations, branches of 2, 3 actions"));
            Assert.That(Row(card, "Runs"), Is.EqualTo("step by step"));
            Assert.That(Row(card, "Cell"), Is.EqualTo("2 × LSTM, 4 units, forward"));
            Assert.That(card.Metadata, Is.Empty);
            Assert.That(card.Inputs.Single().ToString(), Is.EqualTo("input: Float[batch, time, 3]"));
        }

        [Test]
        public void AnEncoderWithADecoderHasTheEncodersCell()
        {
            var model = new SequenceModel(("translator", new EncoderDecoder(6, 7, new GRU(6, 5, seed: 1), new GRU(7, 5, seed: 2))));
            ModelCard card = Of(model.ToBytes());
            Assert.That(Row(card, "Cell"), Is.EqualTo("GRU, 5 units, forward"));
            Assert.That(Row(card, "Input"), Is.EqualTo("source and target symbol: Int64[batch, time, 2]"));
            Assert.That(card.ParameterCount, Is.EqualTo(model.Store.Length));
        }

        [Test]
        public void ACheckpointIsNamedAndItsTensorsAreNotTheModels()
        {
            string path = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());
            try
            {
                var model = new SequenceModel(new GRU(1, 2, seed: 1), new Linear(2, 1, seed: 2));
                var trainer = new Trainer(model, Losses.MeanSquaredError, new Adam());
                SequenceDataset data = TrainingExamples.Sequences(4, 3, 1, 1, perStep: true);
                trainer.Begin(data, null, 1);
                trainer.Run();
                trainer.SaveCheckpoint(path);
                ModelCard card = ModelCard.Read(path);
                Assert.That(card.IsCheckpoint, Is.True);
                Assert.That(card.ParameterCount, Is.EqualTo(model.Store.Length));
                Assert.That(card.Metadata, Is.Empty);
                Assert.That(Of(model.ToBytes()).IsCheckpoint, Is.False);
            }
            finally
            {
                File.Delete(path);
            }
        }

        [Test]
        public void AnOnnxFileThatFitsSaysWhichLayers()
        {
            OnnxModel onnx = OnnxExporter.Export(new SequenceModel(new LSTM(3, 4, numLayers: 2, seed: 1), new Linear(4, 1, seed: 2)), new OnnxExportOptions { Graph = OnnxGraphKind.Step });
            ModelCard card = ModelCard.Of(OnnxModel.Read(onnx.ToBytes(), "lead"));
            Assert.That((card.Name, card.Format, card.Opset), Is.EqualTo(("lead", "ONNX", 17L)));
            Assert.That(card.Producer, Does.StartWith("recurrent "));
            Assert.That(card.Layers, Is.EqualTo("LSTM(3→4, 2 layers) → Linear(4→1)"));
            // 16·3 + 16·4 + 32, 16·4 + 16·4 + 32, 4 + 1
            Assert.That(card.ParameterCount, Is.EqualTo(144 + 160 + 5));
            Assert.That(card.Inputs.Select(input => input.ToString()), Is.EqualTo(new[] { "input: Float[batch, 3]" }));
            Assert.That(card.Outputs.Select(output => output.ToString()), Is.EqualTo(new[] { "output: Float[batch, 1]" }));
            Assert.That(card.States.Select(pair => pair.ToString()), Is.EqualTo(new[] { "h0 ← hn (metadata)", "c0 ← cn (metadata)" }));
            Assert.That(card.Metadata, Is.Empty);
            Assert.That(Row(card, "Format"), Is.EqualTo("ONNX, operator set 17"));
        }

        [Test]
        public void AnOnnxFileThatDoesNotFitSaysWhyAndWhatItHolds()
        {
            ModelCard card = ModelCard.Of(SmallModels.GruInsideIf());
            Assert.That(card.Layers, Is.Null);
            Assert.That(card.WhyNotLayers, Does.StartWith("no chain of layers: "));
            Assert.That(card.Parts.Select(part => part.Cell), Is.EqualTo(new[] { "GRU", "GRU" }));
            Assert.That(card.Parts[0].Name, Does.Contain("then_branch"));
            Assert.That(card.Inputs.Select(input => input.Name), Is.EqualTo(new[] { "X", "fast" }));
            Assert.That(card.ParameterCount, Is.GreaterThan(0));
            Assert.That(Row(card, "Does not fit into layers"), Is.EqualTo(card.WhyNotLayers));
            Assert.That(card.ToRows().Select(row => row.Key), Has.None.EqualTo("Runs"));
        }

        [Test]
        public void AnOnnxFileOfAnOldOperatorSetStillSaysItsInputs()
        {
            OnnxModel onnx = OnnxExporter.Export(new GRU(2, 3, seed: 1));
            onnx.OpsetImports[""] = 5;
            ModelCard card = ModelCard.Of(onnx);
            Assert.That(card.WhyNotLayers, Does.Contain("operator set 5; recurrent operators are read from 7 on"));
            Assert.That(card.Parts, Is.Empty);
            Assert.That(card.Inputs[0].Name, Is.EqualTo("input"));
        }

        [Test]
        public void ATorchGruWithoutItsAttributeIsWarnedOfWhetherItFitsOrNot()
        {
            OnnxModel fits = OnnxExporter.Export(new GRU(2, 3, resetAfter: false, seed: 1));
            fits.ProducerName = "pytorch";
            Assert.That(ModelCard.Of(fits).Warnings.Single(), Does.Contain("linear_before_reset"));
            OnnxModel not = SmallModels.GruInsideIf();
            not.ProducerName = "pytorch";
            Assert.That(ModelCard.Of(not).Warnings, Is.Not.Empty.And.All.Contains("RepairGruReset"));
        }

        // Foreign files

        private static byte[] Weights(params (string Name, int[] Shape)[] tensors)
        {
            var writer = new SafeTensorsWriter();
            writer.AddMetadata("format", "pt");
            foreach ((string name, int[] shape) in tensors) writer.Add(name, shape, new float[shape.Aggregate(1, (a, b) => a * b)]);
            return writer.ToArray();
        }

        [Test]
        public void WeightsOfPyTorchSayWhatTheyLookLike()
        {
            // As torch.nn names and shapes them: LSTM(3, 5, num_layers=2, bidirectional=True, proj_size=2), GRUCell(4, 6), RNN(6, 7), Linear(7, 2), Embedding(9, 3), BatchNorm1d(2).
            ModelCard card = Of(Weights(
                ("net.10.weight", new[] { 2, 7 }), ("net.10.bias", new[] { 2 }),
                ("net.2.weight_ih", new[] { 18, 4 }), ("net.2.weight_hh", new[] { 18, 6 }), ("net.2.bias_ih", new[] { 18 }), ("net.2.bias_hh", new[] { 18 }),
                ("lstm.weight_ih_l0", new[] { 20, 3 }), ("lstm.weight_hh_l0", new[] { 20, 2 }), ("lstm.weight_hr_l0", new[] { 2, 5 }),
                ("lstm.weight_ih_l0_reverse", new[] { 20, 3 }), ("lstm.weight_hh_l0_reverse", new[] { 20, 2 }), ("lstm.weight_hr_l0_reverse", new[] { 2, 5 }),
                ("lstm.weight_ih_l1", new[] { 20, 4 }), ("lstm.weight_hh_l1", new[] { 20, 2 }),
                ("rnn.weight_ih_l0", new[] { 7, 6 }), ("rnn.weight_hh_l0", new[] { 7, 7 }),
                ("words.weight", new[] { 9, 3 }), ("norm.running_mean", new[] { 2 }), ("norm.weight", new[] { 2 }), ("norm.bias", new[] { 2 })));
            Assert.That(card.WeightsOnly, Is.True);
            Assert.That(card.Layers, Is.Null);
            Assert.That(card.Producer, Is.EqualTo("PyTorch"));
            Assert.That(card.WhyNotLayers, Does.Contain("has no 'recurrent_format' in its metadata; weights alone are read with LoadParameters"));
            Assert.That(card.Parts.Select(part => part.ToString()), Is.EqualTo(new[]
            {
                "lstm: LSTM(3→5, 2 layers, bidirectional)",
                "net.2: GRU(4→6)",
                "net.10: Linear(7→2)",
                "norm: 3 tensors",
                "rnn: RNN(6→7)",
                "words: Linear(3→9) without bias, or Embedding(9→3)",
            }));
            Assert.That(card.Parts[0].OutputSize, Is.EqualTo(4));
            Assert.That(card.Parts[1].ParameterCount, Is.EqualTo(18 * 4 + 18 * 6 + 36));
            Assert.That(Row(card, "Looks like"), Does.StartWith("lstm: LSTM(3→5, 2 layers, bidirectional); net.2: GRU(4→6); "));
            Assert.That(card.Inputs, Is.Empty);
        }

        [Test]
        public void WeightsWithoutAModuleAndOddOnesAreTakenAsTheyAre()
        {
            Assert.That(Of(Weights(("weight_ih_l0", new[] { 8, 3 }), ("weight_hh_l0", new[] { 8, 2 }))).Parts.Single().ToString(), Is.EqualTo("LSTM(3→2)"));
            // Two gates are no cell, nor are rows that no unit divides, nor a matrix without a partner.
            Assert.That(Of(Weights(("weight_ih_l0", new[] { 4, 3 }), ("weight_hh_l0", new[] { 4, 2 }))).Parts.Single().Text, Is.EqualTo("2 tensors"));
            Assert.That(Of(Weights(("weight_ih_l0", new[] { 7, 3 }), ("weight_hh_l0", new[] { 7, 2 }))).Parts.Single().Text, Is.EqualTo("2 tensors"));
            Assert.That(Of(Weights(("weight_ih_l0", new[] { 0, 3 }), ("weight_hh_l0", new[] { 0, 0 }))).Parts.Single().Text, Is.EqualTo("2 tensors"));
            Assert.That(Of(Weights(("a.weight_ih_l0", new[] { 7, 3 }))).Parts.Single().ToString(), Is.EqualTo("a: 1 tensor (7, 3)"));
            Assert.That(Of(Weights()).Parts, Is.Empty);
        }

        // Bad and hostile files

        [Test]
        public void AFileOfOursWithABadWeightIsSoundAndSaysWhyItDoesNotLoad()
        {
            var model = new SequenceModel(new Linear(1, 1, bias: false, seed: 1));
            byte[] bytes = model.ToBytes();
            BitConverter.GetBytes(float.NaN).CopyTo(bytes, bytes.Length - 4);
            ModelCard card = Of(bytes);
            Assert.That(card.WeightsOnly, Is.False);
            Assert.That(card.WhyNotLayers, Is.EqualTo("tensor '0.weight': expected finite weights, got NaN at [0, 0]."));
        }

        [Test]
        public void WhatIsNoFileAtAllIsRefusedByTheOneException()
        {
            byte[] bytes = Full().ToBytes(), onnx = OnnxExporter.Export(new GRU(2, 3, seed: 1)).ToBytes();
            for (int length = 0; length < bytes.Length; length += 41)
                Assert.That(() => ModelCard.Of(SafeTensorsFile.Load(bytes.AsMemory(0, length), "cut")), Throws.TypeOf<ModelFileException>(), $"{length} bytes");
            for (int i = 0; i < onnx.Length; i++)
            {
                byte before = onnx[i];
                onnx[i] ^= (byte)(1 << (i % 8));
                try
                {
                    Assert.That(ModelCard.Of(OnnxModel.Read((byte[])onnx.Clone(), "bent")).ToString(), Is.Not.Empty);
                }
                catch (ModelFileException e)
                {
                    Assert.That(e.Path, Is.EqualTo("bent"));
                }
                onnx[i] = before;
            }
        }

        [Test]
        public void TextsThatAreNotWhatTheirNameSaysStayTexts()
        {
            var model = new SequenceModel(new Linear(1, 1, seed: 1));
            model.Metadata["vocabulary"] = "{\"not\": \"a list\"}";
            model.Metadata["classes"] = "[1, 2]";
            model.Metadata["episode_layout"] = "none";
            model.Metadata["story"] = new string('x', 199) + "\ud83d\ude00 and on";
            ModelCard card = Of(model.ToBytes());
            Assert.That(card.Vocabularies, Is.Empty);
            Assert.That(card.EpisodeLayout, Is.Null);
            Assert.That(card.Metadata.Select(pair => pair.Key), Is.EqualTo(new[] { "classes", "episode_layout", "story", "vocabulary" }));
            // Shortened, and no symbol is cut in two.
            Assert.That(Row(card, "metadata story"), Is.EqualTo(new string('x', 199) + "…"));
        }

        [Test]
        public void TenThousandTensorsGiveAShortTable()
        {
            ModelCard card = Of(Weights(Enumerable.Range(0, 10_000).Select(i => ($"layer{i}.weight", new[] { 1 })).ToArray()));
            Assert.That(card.Parts.Count, Is.EqualTo(10_000));
            Assert.That(card.ToString().Length, Is.LessThan(1000));
            Assert.That(Row(card, "Looks like"), Does.Contain("… 9992 more").Or.EndWith("…"));
        }

        [Test]
        public void AnArchitectureThatLiesTakesNoMemory()
        {
            byte[] header = Encoding.UTF8.GetBytes("{\"__metadata__\":{\"recurrent_format\":\"1\",\"architecture\":\"[{\\\"name\\\":\\\"0\\\",\\\"type\\\":\\\"Linear\\\",\\\"inputSize\\\":1048576,\\\"outputSize\\\":1048576,\\\"bias\\\":false}]\"}}");
            byte[] bytes = BitConverter.GetBytes((long)header.Length).Concat(header).ToArray();
            long before = GC.GetAllocatedBytesForCurrentThread();
            Assert.That(Of(bytes).WhyNotLayers, Does.Contain("the file has 0"));
            Assert.That(GC.GetAllocatedBytesForCurrentThread() - before, Is.LessThan(1 << 20));
        }
    }
}
