using System.Collections.Generic;
using System.Linq;
using NUnit.Framework;
using Recurrent;
using Recurrent.Components;
using Recurrent.Onnx;
using Recurrent.OnnxRuntime;

namespace RecurrentEditor.OnnxRuntime.Tests
{
    public sealed class OnnxRuntimeNoteTests
    {
        private static SequenceModel Model() => new SequenceModel(new GRU(2, 3, seed: 1), new Linear(3, 1, seed: 2));

        private static Dictionary<string, string> RowsOf(SequenceModelAsset asset) => new OnnxRuntimeNote().RowsOf(asset).ToDictionary(row => row.Key, row => row.Value);

        [Test]
        public void TheLibrarySaysItsVersionAndWhatItHas()
        {
            Assert.That(OnnxRuntimeLibrary.Version, Does.Match(@"^1\.\d+\.\d+"));
            Assert.That(OnnxRuntimeLibrary.Providers, Has.Member("CPUExecutionProvider"));
            Dictionary<string, string> rows = RowsOf(SequenceModelAsset.Create(Model()));
            Assert.That(rows["ONNX Runtime"], Is.EqualTo(OnnxRuntimeLibrary.Version));
            Assert.That(rows["Providers"].Split(new[] { ", " }, System.StringSplitOptions.None), Has.Member("CPU"));
            Assert.That(rows.ContainsKey("Runs in"), Is.False, "a model of layers runs in layers");
        }

        [Test]
        public void WhatComputesAModelIsSaid()
        {
            SequenceModelAsset asset = SequenceModelAsset.Create(Model().ToBytes(), backend: SequenceBackend.OnnxRuntime);
            Assert.That(RowsOf(asset)["Runs in"], Is.EqualTo("ONNX Runtime, Cpu"));
            asset.SetBytes(OnnxExporter.Export(Model(), new OnnxExportOptions { Graph = OnnxGraphKind.Step }).ToBytes(), ModelFormat.Onnx);
            asset.Backend = SequenceBackend.Auto;
            Assert.That(RowsOf(asset)["Runs in"], Is.EqualTo("ONNX Runtime, Cpu"));
            asset.Backend = SequenceBackend.Managed;
            Assert.That(RowsOf(asset).ContainsKey("Runs in"), Is.False);
        }

        [Test]
        public void WhatItCannotRunSaysWhy()
        {
            var strange = new OnnxModel();
            strange.OpsetImports[""] = 17;
            strange.Graph.Name = "g";
            strange.Graph.Inputs.Add(new OnnxValueInfo("x", OnnxDataType.Float, 1));
            strange.Graph.Outputs.Add(new OnnxValueInfo("y", OnnxDataType.Float, 1));
            strange.Graph.Nodes.Add(new OnnxNode("NoSuchOperator", new[] { "x" }, new[] { "y" }));
            Assert.That(RowsOf(SequenceModelAsset.Create(strange.ToBytes(), ModelFormat.Onnx))["Runs in"], Does.StartWith("not in ONNX Runtime: ").And.Contain("NoSuchOperator"));
        }

        [Test]
        public void WhatIsLeftOpenIsSaid()
        {
            var model = new OnnxModel();
            model.OpsetImports[""] = 17;
            model.Graph.Name = "g";
            model.Graph.Inputs.Add(new OnnxValueInfo("x", OnnxDataType.Float, 1, "samples"));
            model.Graph.Outputs.Add(new OnnxValueInfo("y", OnnxDataType.Float, 1, "samples"));
            model.Graph.Nodes.Add(new OnnxNode("Tanh", new[] { "x" }, new[] { "y" }));
            Assert.That(RowsOf(SequenceModelAsset.Create(model.ToBytes(), ModelFormat.Onnx))["Runs in"],
                Does.StartWith("ONNX Runtime, where a script gives the sizes that the model leaves open: ").And.Contain("samples"));
        }

        [Test]
        public void ItRegistersItself() =>
            Assert.That(ModelNotes.RowsOf(SequenceModelAsset.Create(Model())).Single(row => row.Key == "ONNX Runtime").Value, Is.EqualTo(OnnxRuntimeLibrary.Version));
    }
}
