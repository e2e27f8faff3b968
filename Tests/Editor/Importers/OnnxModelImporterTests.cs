using System.IO;
using System.Linq;
using System.Reflection;
using System.Text.RegularExpressions;
using NUnit.Framework;
using Recurrent;
using Recurrent.Components;
using Recurrent.Onnx;
using UnityEditor;
using UnityEditor.AssetImporters;
using UnityEngine;
using UnityEngine.TestTools;

namespace RecurrentEditor.Tests
{
    public sealed class OnnxModelImporterTests
    {
        private ProjectFolder _folder = null!;

        [SetUp]
        public void MakeFolder() => _folder = new ProjectFolder();

        [TearDown]
        public void RemoveFolder()
        {
            foreach (string file in Directory.GetFiles(_folder.PathOf(""), "*.onnx")) AssetDatabase.ClearImporterOverride(file.Replace('\\', '/'));
            _folder.Dispose();
        }

        private static byte[] Step() => OnnxExporter.Export(ProjectFolder.Model(), new OnnxExportOptions { Graph = OnnxGraphKind.Step }).ToBytes();

        /// <summary>x·x, which is no chain of layers.</summary>
        private static byte[] Square()
        {
            var model = new OnnxModel { ProducerName = "by hand" };
            model.OpsetImports[""] = 17;
            model.Graph.Name = "square";
            model.Graph.Inputs.Add(new OnnxValueInfo("x", OnnxDataType.Float, "batch", 2));
            model.Graph.Outputs.Add(new OnnxValueInfo("y", OnnxDataType.Float, "batch", 2));
            model.Graph.Nodes.Add(new OnnxNode("Mul", new[] { "x", "x" }, new[] { "y" }) { Name = "square" });
            return model.ToBytes();
        }

        private SequenceModelAsset? Import(string name, byte[] bytes)
        {
            File.WriteAllBytes(_folder.PathOf(name), bytes);
            AssetDatabase.SetImporterOverride<OnnxModelImporter>(_folder.PathOf(name));
            return AssetDatabase.LoadAssetAtPath<SequenceModelAsset>(_folder.PathOf(name));
        }

        [Test]
        public void ByItselfItTakesNoFile()
        {
            var mark = typeof(OnnxModelImporter).GetCustomAttribute<ScriptedImporterAttribute>()!;
            Assert.That(mark.fileExtensions, Is.Empty);
            Assert.That(mark.overrideFileExtensions, Is.EqualTo(new[] { "onnx" }));
            Assert.That(_folder.Import<SequenceModelAsset>("other.onnx", Step()) == null);
        }

        [Test]
        public void ChosenItMakesAnAssetThatPlays()
        {
            SequenceModelAsset asset = Import("lead.onnx", Step())!;
            Assert.That(asset.Format, Is.EqualTo(ModelFormat.Onnx));
            Assert.That(asset.Card.Layers, Is.EqualTo("GRU(2→3) → Linear(3→1)"));
            Assert.That(asset.Model.Store.Values.Length, Is.EqualTo(ProjectFolder.Model().Store.Values.Length));
            asset.Backend = SequenceBackend.Managed;
            float[] got = new float[1], wanted = new float[1];
            using ISequenceStream stream = asset.OpenStream();
            using SequenceStream expected = ProjectFolder.Model().OpenStream();
            stream.Step(new[] { 0.3f, -0.7f }, got);
            expected.Step(new[] { 0.3f, -0.7f }, wanted);
            Assert.That(got[0], Is.EqualTo(wanted[0]).Within(1e-6f));
        }

        [Test]
        public void WhatDoesNotFitIsImportedWithTheReason()
        {
            LogAssert.Expect(LogType.Warning, new Regex("square.onnx: plays in ONNX Runtime only, for it does not fit into layers: no chain of layers: .*square"));
            SequenceModelAsset asset = Import("square.onnx", Square())!;
            Assert.That(asset.Card.Producer, Is.EqualTo("by hand"));
            Assert.That(asset.Card.Inputs.Single().ToString(), Is.EqualTo("x: Float[batch, 2]"));
        }

        [Test]
        public void ATorchGruWithoutItsAttributeIsToldOf()
        {
            OnnxModel model = OnnxExporter.Export(new GRU(2, 3, resetAfter: false, seed: 1));
            model.ProducerName = "pytorch";
            LogAssert.Expect(LogType.Warning, new Regex("gru.onnx: .*linear_before_reset"));
            Assert.That(Import("gru.onnx", model.ToBytes()) != null);
        }

        [Test]
        public void ABadFileIsOneLine()
        {
            foreach ((byte[] bytes, string reason) in new[] { (new byte[] { 0xFF, 0xFF, 0xFF }, ""), (Step().Take(500).ToArray(), "") })
            {
                LogAssert.Expect(LogType.Error, new Regex($"^{Regex.Escape(_folder.PathOf("bad.onnx"))}: [^\n]*{reason}[^\n]*$"));
                Assert.That(Import("bad.onnx", bytes) == null);
                LogAssert.NoUnexpectedReceived();
            }
        }

        [Test]
        public void TheVersionRisesWithTheOutput()
        {
            OnnxModel model = OnnxModel.Read(Step());
            model.ProducerVersion = "1"; // not that of this package
            SequenceModelAsset asset = Import("lead.onnx", model.ToBytes())!;
            string hash = ImportedHash.Of(asset.GetBytes(), AssetPicture.Of(asset.Card), (int)asset.Format, (int)asset.Backend);
            Assert.That((OnnxModelImporter.Version, hash), Is.EqualTo((1, "FC1B2451")), ImportedHash.Hint);
        }

        [Test]
        public void TheMenuMakesAnAssetOfItsOwnBesideTheFile()
        {
            File.WriteAllBytes(_folder.PathOf("lead.onnx"), Step());
            AssetDatabase.ImportAsset(_folder.PathOf("lead.onnx"));
            Selection.activeObject = AssetDatabase.LoadMainAssetAtPath(_folder.PathOf("lead.onnx"));
            SequenceModelFromOnnx.Create();
            var asset = (SequenceModelAsset)Selection.activeObject;
            Assert.That(AssetDatabase.GetAssetPath(asset), Is.EqualTo(_folder.PathOf("lead.asset")));
            Assert.That(asset.Card.Layers, Is.EqualTo("GRU(2→3) → Linear(3→1)"));
            Assert.That(asset.Format, Is.EqualTo(ModelFormat.Onnx));

            SequenceModelAsset second = SequenceModelFromOnnx.Create(_folder.PathOf("lead.onnx"), _folder.PathOf("").TrimEnd('/'))!;
            Assert.That(AssetDatabase.GetAssetPath(second), Is.EqualTo(_folder.PathOf("lead 1.asset")), "what is there is not overwritten");
        }

        [TestCase("", "Assets")]
        [TestCase("Assets", "Assets")]
        [TestCase("Assets/Models/lead.onnx", "Assets/Models")]
        [TestCase("Packages/com.of.others/lead.onnx", "Assets")]
        public void TheMenuWritesIntoTheProjectsOwnFoldersAlone(string selected, string folder) => Assert.That(SequenceModelFromOnnx.FolderFor(selected), Is.EqualTo(folder));

        [Test]
        public void TheMenuSaysWhatIsWrongWithAFile()
        {
            File.WriteAllBytes(_folder.PathOf("bad.onnx"), new byte[] { 0xFF, 0xFF, 0xFF });
            LogAssert.Expect(LogType.Error, new Regex($"^{Regex.Escape(_folder.PathOf("bad.onnx"))}: "));
            Assert.That(SequenceModelFromOnnx.Create(_folder.PathOf("bad.onnx"), "Assets") == null);
            LogAssert.Expect(LogType.Error, new Regex("none.onnx"));
            Assert.That(SequenceModelFromOnnx.Create(_folder.PathOf("none.onnx"), "Assets") == null);
        }

        [Test]
        public void DataBesideTheFileIsTakenIn()
        {
            // The weights of a linear layer, y = x·w, in a file of their own.
            float[] weights = { 0.5f, -2f, 3f, 0.25f };
            byte[] raw = new byte[16];
            System.Buffer.BlockCopy(weights, 0, raw, 0, 16);
            File.WriteAllBytes(_folder.PathOf("weights.bytes"), raw);
            byte[] bytes = ExternalMatMul("weights.bytes");
            SequenceModelAsset asset = Import("outside.onnx", bytes)!;
            Assert.That(asset.Card.Layers, Is.EqualTo("Linear(2→2)"));
            Assert.That(asset.Model.Store["0.weight"].Value.ToArray(), Is.EqualTo(new[] { 0.5f, 3f, -2f, 0.25f }), "in the asset itself, transposed as layers have it");
        }

        /// <summary>A model whose initializer w (2, 2) says that its bytes lie in another file: TensorProto with dims, data_type 1, name, external_data {location}, data_location 1.</summary>
        private static byte[] ExternalMatMul(string location)
        {
            var model = new OnnxModel();
            model.OpsetImports[""] = 17;
            model.Graph.Name = "g";
            model.Graph.Inputs.Add(new OnnxValueInfo("x", OnnxDataType.Float, "batch", "time", 2));
            model.Graph.Outputs.Add(new OnnxValueInfo("y", OnnxDataType.Float, "batch", "time", 2));
            model.Graph.Initializers.Add(OnnxTensor.FromSingles("w", new long[] { 2, 2 }, new float[4]));
            model.Graph.Nodes.Add(new OnnxNode("MatMul", new[] { "x", "w" }, new[] { "y" }));
            byte[] inside = model.ToBytes();
            byte[] Field(int number, byte[] content) => new[] { (byte)(number << 3 | 2), (byte)content.Length }.Concat(content).ToArray();
            byte[] Text(string text) => System.Text.Encoding.UTF8.GetBytes(text);
            byte[] entry = Field(1, Text("location")).Concat(Field(2, Text(location))).ToArray();
            byte[] tensor = new byte[] { 8, 2, 8, 2, 16, 1 }.Concat(Field(8, Text("w"))).Concat(Field(13, entry)).Concat(new byte[] { 112, 1 }).ToArray();
            return Replace(inside, tensor);
        }

        /// <summary>The model's bytes with another tensor in its graph.</summary>
        private static byte[] Replace(byte[] model, byte[] tensor)
        {
            (int graphAt, int graphLength) = Find(model, 0, model.Length, 7);
            byte[] graph = model.Skip(graphAt).Take(graphLength).ToArray();
            (int at, int length) = Find(graph, 0, graph.Length, 5);
            byte[] changed = graph.Take(at - 2).Concat(new[] { (byte)(5 << 3 | 2), (byte)tensor.Length }).Concat(tensor).Concat(graph.Skip(at + length)).ToArray();
            Assert.That(changed.Length, Is.LessThan(16384));
            int headed = graphAt - (graphLength < 128 ? 2 : 3);
            return model.Take(headed).Concat(new[] { (byte)(7 << 3 | 2), (byte)(changed.Length & 127 | 128), (byte)(changed.Length >> 7) }).Concat(changed).Concat(model.Skip(graphAt + graphLength)).ToArray();
        }

        /// <summary>Where the content of the first field of that number begins, and how long it is.</summary>
        private static (int At, int Length) Find(byte[] message, int from, int to, int number)
        {
            int i = from;
            int Varint()
            {
                int value = 0;
                for (int shift = 0; ; shift += 7)
                {
                    value |= (message[i] & 127) << shift;
                    if (message[i++] < 128) return value;
                }
            }
            while (i < to)
            {
                int tag = Varint();
                if ((tag & 7) == 0)
                {
                    Varint();
                    continue;
                }
                int length = Varint();
                if (tag >> 3 == number) return (i, length);
                i += length;
            }
            throw new InvalidDataException();
        }
    }
}
