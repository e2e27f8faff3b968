using System;
using System.Linq;
using NUnit.Framework;
using Recurrent.Onnx;

namespace Recurrent.Tests.Onnx
{
    public class OnnxImportTests
    {
        [TestCaseSource(typeof(ExporterShapes), nameof(ExporterShapes.Names))]
        public void GraphsInExportersShapesBecomeTheirLayers(string name)
        {
            ExporterShapes.Shape shape = ExporterShapes.Make(name);
            OnnxImport import = OnnxImport.From(OnnxModel.Read(shape.Model.ToBytes()));
            Assert.That(import.Model.ToString(), Is.EqualTo(shape.Layers.ToString()));
            Assert.That(import.Input, Is.EqualTo(shape.Model.Graph.Inputs[0].Name));
            Assert.That(import.Output, Is.EqualTo("output"));
            Assert.That(Largest(shape.Layers, import.Model, shape.Rank == 2 ? 1 : 3, 5), Is.LessThan(1e-6));
            Assert.That(import.Warnings.Count, Is.EqualTo(name == "dynamo-gru-missing-attribute" ? 1 : 0));
            Assert.That(import.StatePairs.Count, Is.EqualTo(name == "torchscript-lstm-states-in-and-out" ? 2 : 0));
        }

        [Test]
        public void ATorchGruWithoutItsAttributeIsNamedAndRepaired()
        {
            OnnxModel model = OnnxModel.Read(ExporterShapes.Make("dynamo-gru-missing-attribute").Model.ToBytes());
            Assert.That(RecurrentNode.FindAll(model).Single().HasSuspectReset, Is.True);
            Assert.That(OnnxImport.From(model).Warnings.Single(), Does.Contain("GRU 'node_GRU_1'").And.Contain("RepairGruReset"));
            Assert.That(model.RepairGruReset(), Is.EqualTo(1));
            Assert.That(model.RepairGruReset(), Is.EqualTo(0));
            OnnxImport repaired = OnnxImport.From(OnnxModel.Read(model.ToBytes()));
            Assert.That(repaired.Warnings, Is.Empty);
            Assert.That(Largest(ExporterShapes.Make("dynamo-gru").Layers, repaired.Model, 2, 4), Is.LessThan(1e-6));

            // Keras has both kinds, and its files are left as they are.
            model.ProducerName = "tf2onnx";
            model.Graph.Nodes.Single(node => node.OpType == "GRU").Attributes.RemoveAll(attribute => attribute.Name == "linear_before_reset");
            Assert.That(model.RepairGruReset(), Is.EqualTo(0));
        }

        [Test]
        public void WhatIsExportedComesBack([Range(0, 4)] int part)
        {
            double largest = 0;
            for (int i = 0; i < 20; i++)
            {
                var random = new RandomSource((ulong)(90000 + 1000 * part + i));
                bool step = random.Next(3) == 0;
                SequenceModel model = RandomModels.Next(random, step);
                // A projection leaves as a Scan, which is no recurrent node.
                if (model.Layers.Any(layer => layer is LSTM { ProjectionSize: > 0 } || layer is LSTMCell { ProjectionSize: > 0 })) continue;
                var options = new OnnxExportOptions { Graph = step ? OnnxGraphKind.Step : OnnxGraphKind.Sequence, States = random.Next(2) == 0, Opset = 10 + random.Next(13) };
                options.Lengths = !step && options.Opset >= 11 && random.Next(2) == 0;
                string what = FormattableString.Invariant($"part {part}, model {i}: {RandomModels.Describe(model)}; {options.Graph}, states {options.States}, lengths {options.Lengths}, opset {options.Opset}");
                try
                {
                    OnnxImport import = OnnxImport.From(OnnxModel.Read(OnnxExporter.Export(model, options).ToBytes()));
                    if (step)
                    {
                        using SequenceStream a = model.OpenStream(2), b = import.Model.OpenStream(2);
                        for (int t = 0; t < 3; t++)
                        {
                            float[] input = RandomModels.Input(random, model, 2, 1), first = new float[2 * model.OutputSize], second = new float[first.Length];
                            a.Step(input, first);
                            b.Step(input, second);
                            largest = Math.Max(largest, first.Zip(second, (x, y) => Math.Abs(x - y) / (1 + Math.Abs(x))).Max());
                        }
                    }
                    else largest = Math.Max(largest, Largest(model, import.Model, 3, 4));
                    Assert.That(largest, Is.LessThan(1e-5), what);
                }
                catch (Exception e) when (!(e is AssertionException))
                {
                    Assert.Fail($"{what}: {e.Message}");
                }
            }
        }

        [Test]
        public void AStackComesBackAsOneLayerWithTorchsNames()
        {
            var model = new SequenceModel(new LSTM(2, 3, numLayers: 2, bidirectional: true, seed: 4), new LastStep(), new Linear(6, 1, seed: 5))
            {
                InputScaler = Fitted(new StandardScaler()),
                TargetScaler = Fitted(new MinMaxScaler()),
            };
            OnnxImport import = OnnxImport.From(OnnxModel.Read(OnnxExporter.Export(model).ToBytes()));
            Assert.That(import.Model.Parameters.Select(parameter => parameter.Name), Is.EqualTo(model.Parameters.Select(parameter => parameter.Name)));
            Assert.That(import.Model.Store.Values, Is.EqualTo(model.Store.Values));
            Assert.That(import.Model.InputScaler!.ToMetadata(), Is.EqualTo(model.InputScaler.ToMetadata()));
            Assert.That(import.Model.TargetScaler!.ToMetadata(), Is.EqualTo(model.TargetScaler.ToMetadata()));
        }

        [Test]
        public void AnImportedModelLearns()
        {
            ExporterShapes.Shape shape = ExporterShapes.Make("keras-bidirectional-two-nodes-last");
            SequenceModel model = OnnxImport.From(shape.Model).Model;
            using var pass = new SequencePass(model, 4, 6, training: true);
            float[] input = SmallModels.Numbers(3, 4 * 6 * 3), output = new float[8];
            double Loss()
            {
                pass.Forward(input, 4, 6);
                pass.CopyOutput(output);
                return output.Select((y, i) => 0.5 * Math.Pow(y - i % 2, 2)).Sum();
            }
            double before = Loss();
            for (int epoch = 0; epoch < 60; epoch++)
            {
                Loss();
                model.Store.ClearGradients();
                pass.Backward(output.Select((y, i) => y - i % 2).ToArray());
                for (int i = 0; i < model.Store.Length; i++) model.Store.Values[i] -= 0.5f * model.Store.Gradients[i];
                model.Store.Touch();
            }
            Assert.That(Loss(), Is.LessThan(0.1 * before));
        }

        [Test]
        public void DropoutNodesBecomeDropout()
        {
            var lstm = new LSTM(2, 3);
            OnnxModel model = OnnxExporter.Export(new SequenceModel(lstm, new Linear(3, 1)));
            OnnxNode product = model.Graph.Nodes.Single(node => node.OpType == "MatMul");
            model.Graph.Initializers.Add(OnnxTensor.FromSingles("ratio", default, new[] { 0.25f }));
            model.Graph.Nodes.Add(new OnnxNode("Dropout", new[] { product.Inputs[0], "ratio" }, new[] { "dropped" }));
            product.Inputs[0] = "dropped";
            Assert.That(OnnxImport.From(model).Model.ToString(), Is.EqualTo("LSTM(2→3) → Dropout(0.25) → Linear(3→1)"));
        }

        [Test]
        public void WhatIsMoreThanAChainIsRefusedByName()
        {
            Refused("Add 'sum': joins two computed values", model =>
            {
                model.Graph.Nodes.Add(new OnnxNode("Add", new[] { "0/squeeze", "0/squeeze" }, new[] { "sum" }) { Name = "sum" });
                Rewire(model, "0/squeeze", "sum");
            });
            Refused("Mul 'scaled': has no layer", model =>
            {
                model.Graph.Initializers.Add(OnnxTensor.FromSingles("two", default, new[] { 2f }));
                model.Graph.Nodes.Add(new OnnxNode("Mul", new[] { "0/squeeze", "two" }, new[] { "scaled" }) { Name = "scaled" });
                Rewire(model, "0/squeeze", "scaled");
            });
            Refused("LSTM '0/lstm': initial_h is a constant other than zero", model =>
            {
                model.Graph.Initializers.Add(OnnxTensor.FromSingles("h", new long[] { 1, 2, 3 }, new float[] { 0, 0, 1, 0, 0, 0 }));
                OnnxNode lstm = model.Graph.Nodes.Single(node => node.OpType == "LSTM");
                lstm.Inputs.AddRange(new[] { "", "h" });
            });
            Refused("takes a part of LSTM '0/lstm'", model =>
            {
                model.Graph.Initializers.Add(OnnxTensor.FromInt64s("from", new long[] { 1 }, new long[] { 0 }));
                model.Graph.Initializers.Add(OnnxTensor.FromInt64s("to", new long[] { 1 }, new long[] { 2 }));
                model.Graph.Nodes.Add(new OnnxNode("Slice", new[] { "0/squeeze", "from", "to", "from" }, new[] { "head" }) { Name = "head" });
                Rewire(model, "0/squeeze", "head");
            });
            Refused("Attention 'custom': an operator of domain 'com.microsoft' has no layer", model =>
            {
                model.Graph.Nodes.Add(new OnnxNode("Attention", new[] { "0/squeeze" }, new[] { "custom" }) { Domain = "com.microsoft", Name = "custom" });
                Rewire(model, "0/squeeze", "custom");
            });

            void Refused(string reason, Action<OnnxModel> change)
            {
                OnnxModel model = OnnxExporter.Export(new SequenceModel(new LSTM(2, 3), new Linear(3, 1)));
                change(model);
                Assert.That(() => OnnxImport.From(model), Throws.TypeOf<ModelFileException>().With.Message.Contains(reason));
            }

            void Rewire(OnnxModel model, string from, string to)
            {
                foreach (OnnxNode node in model.Graph.Nodes)
                    if (node.OpType == "MatMul" && node.Inputs[0] == from) node.Inputs[0] = to;
            }
        }

        [Test]
        public void AnInputThatIsLeftOutIsRefused()
        {
            foreach (string operation in new[] { "MatMul", "Add", "Squeeze", "LSTM" })
            {
                OnnxModel model = OnnxExporter.Export(new SequenceModel(new LSTM(2, 3), new Linear(3, 1)));
                model.Graph.Nodes.Single(node => node.OpType == operation).Inputs[0] = "";
                Assert.That(() => OnnxImport.From(model), Throws.TypeOf<ModelFileException>(), operation);
            }
        }

        [Test]
        public void DamagedFilesAreRefusedOrBecomeLayers()
        {
            byte[] sound = OnnxExporter.Export(new SequenceModel(new Embedding(5, 2), new LSTM(2, 3, 2, bidirectional: true), new FinalStates(), new Linear(6, 2)), new OnnxExportOptions { Lengths = true }).ToBytes();
            var random = new RandomSource(12);
            int refused = 0, read = 0;
            for (int trial = 0; trial < 1000; trial++)
            {
                byte[] damaged = (byte[])sound.Clone();
                for (int i = 1 + random.Next(3); i > 0; i--) damaged[random.Next(damaged.Length)] = (byte)random.NextUInt64();
                try
                {
                    OnnxImport import = OnnxImport.From(OnnxModel.Read(damaged));
                    Assert.That(import.Model.StateSize, Is.EqualTo(24));
                    read++;
                }
                catch (ModelFileException)
                {
                    refused++;
                }
            }
            Assert.That(refused, Is.GreaterThan(100));
            Assert.That(read, Is.GreaterThan(100));
        }

        [Test]
        public void AModelWhoseAxesAreHugeIsRefusedBeforeItIsTraced()
        {
            OnnxModel model = OnnxExporter.Export(new LSTM(2, 3));
            model.Graph.Inputs[0].Shape![1] = 100_000_000;
            Assert.That(() => OnnxImport.From(model), Throws.TypeOf<ModelFileException>());
        }

        [Test]
        public void RealModelsThatAreNoChainsAreRefusedByName()
        {
            foreach (string file in new[] { "gtcrn_simple.onnx", "silero_vad_16k_op15.onnx" })
            {
                string path = SmallModels.Shared("onnx-models", file);
                Assert.That(() => OnnxImport.Read(path), Throws.TypeOf<ModelFileException>().With.Message.Contains("no chain of layers"));
            }
        }

        private static Scaler Fitted(Scaler scaler)
        {
            scaler.Fit(new[] { 1.5f, 2, 4, 9 }, 1);
            return scaler;
        }

        private static double Largest(SequenceModel expected, SequenceModel actual, int batch, int steps)
        {
            float[] input = RandomModels.Input(new RandomSource(3), expected, batch, steps);
            float[] first = Run(expected, input, batch, steps), second = Run(actual, input, batch, steps);
            Assert.That(second.Length, Is.EqualTo(first.Length));
            return first.Zip(second, (a, b) => (double)Math.Abs(a - b) / (1 + Math.Abs(a))).Max();
        }

        private static float[] Run(SequenceModel model, float[] input, int batch, int steps)
        {
            using var pass = new SequencePass(model, batch, steps);
            pass.Forward(input, batch, steps);
            var output = new float[batch * pass.OutputSteps * model.OutputSize];
            pass.CopyOutput(output);
            return output;
        }
    }
}
