using System;
using System.IO;
using System.Linq;
using NUnit.Framework;
using Recurrent.Onnx;

namespace Recurrent.Tests.Onnx
{
    public class OnnxModelTests
    {
        [Test]
        public void EverythingIsReadBackAsWritten()
        {
            OnnxModel model = SmallModels.FullLstm();
            model.IrVersion = 9;
            model.Domain = "dev.recurrent";
            model.ModelVersion = 3;
            model.Documentation = "größer";
            model.OpsetImports["com.example"] = 2;
            model.Metadata["scaler"] = "{\"mean\":0.5}";
            model.Graph.Documentation = "g";
            model.Graph.ValueInfos.Add(new OnnxValueInfo("cn", OnnxDataType.Float, 2, "batch", 2) { Documentation = "v" });
            model.Graph.ValueInfos.Add(new OnnxValueInfo("nothing known"));
            model.Graph.Nodes.Add(new OnnxNode("Custom", new[] { "Y", "" }, new[] { "Z" },
                new OnnxAttribute("numbers", new[] { 1L, -5L, long.MinValue }),
                new OnnxAttribute("floats", new[] { 0.1f, float.NegativeInfinity }),
                new OnnxAttribute("texts", new[] { "", "ß" }),
                new OnnxAttribute("tensor", SmallModels.Random("t", 9, 2, 2)),
                new OnnxAttribute("tensors", OnnxAttributeType.Tensors) { Tensors = new[] { SmallModels.Random("a", 7, 1), SmallModels.Random("b", 8) } },
                new OnnxAttribute("graphs", OnnxAttributeType.Graphs) { Graphs = new[] { new OnnxGraph { Name = "inner" } } },
                new OnnxAttribute("passed", OnnxAttributeType.Int) { Reference = "outer" })
            { Domain = "com.example", Documentation = "n" });

            byte[] bytes = model.ToBytes();
            OnnxModel read = OnnxModel.Read(bytes);

            Assert.That(read.IrVersion, Is.EqualTo(9));
            Assert.That(read.ProducerName, Is.EqualTo("recurrent-tests"));
            Assert.That(read.ProducerVersion, Is.EqualTo("1"));
            Assert.That(read.Domain, Is.EqualTo("dev.recurrent"));
            Assert.That(read.ModelVersion, Is.EqualTo(3));
            Assert.That(read.Documentation, Is.EqualTo("größer"));
            Assert.That(read.OpsetVersion, Is.EqualTo(17));
            Assert.That(read.OpsetImports["com.example"], Is.EqualTo(2));
            Assert.That(read.Metadata["scaler"], Is.EqualTo("{\"mean\":0.5}"));
            Assert.That(read.Graph.Name, Is.EqualTo("graph"));
            Assert.That(read.Graph.Inputs[0].ToString(), Is.EqualTo("X: Float[time, batch, 3]"));
            Assert.That(read.Graph.Outputs[0].ToString(), Is.EqualTo("Y: Float[time, 2, batch, 2]"));
            Assert.That(read.Graph.ValueInfos[0].ToString(), Is.EqualTo("cn: Float[2, batch, 2]"));
            Assert.That(read.Graph.ValueInfos[1].Shape, Is.Null);
            Assert.That(read.Graph.Initializers.Select(tensor => tensor.ToString()), Is.EqualTo(model.Graph.Initializers.Select(tensor => tensor.ToString())));
            for (int i = 0; i < 6; i++)
                Assert.That(read.Graph.Initializers[i].ToSingles(), Is.EqualTo(model.Graph.Initializers[i].ToSingles()));

            OnnxNode lstm = read.Graph.Nodes[0], custom = read.Graph.Nodes[1];
            Assert.That(lstm.Name, Is.EqualTo("rnn"));
            Assert.That(lstm.Inputs, Is.EqualTo(new[] { "X", "W", "R", "B", "", "h", "c", "P" }));
            Assert.That(lstm.Outputs, Is.EqualTo(new[] { "Y", "", "cn" }));
            Assert.That(lstm.Attribute("clip")!.Float, Is.EqualTo(4.5f));
            Assert.That(lstm.Attribute("direction")!.Text, Is.EqualTo("bidirectional"));
            Assert.That(lstm.Attribute("hidden_size")!.Int, Is.EqualTo(2));
            Assert.That(custom.IsStandard, Is.False);
            Assert.That(custom.Documentation, Is.EqualTo("n"));
            Assert.That(custom.Attribute("numbers")!.Ints, Is.EqualTo(new[] { 1L, -5L, long.MinValue }));
            Assert.That(custom.Attribute("floats")!.Floats, Is.EqualTo(new[] { 0.1f, float.NegativeInfinity }));
            Assert.That(custom.Attribute("texts")!.Strings, Is.EqualTo(new[] { "", "ß" }));
            Assert.That(custom.Attribute("tensor")!.Tensor!.ToSingles(), Is.EqualTo(SmallModels.Numbers(9, 4)));
            Assert.That(custom.Attribute("tensors")!.Tensors[1].ToSingles(), Is.EqualTo(SmallModels.Numbers(8, 1)));
            Assert.That(custom.Attribute("graphs")!.Graphs[0].Name, Is.EqualTo("inner"));
            Assert.That(custom.Attribute("passed")!.Reference, Is.EqualTo("outer"));
            Assert.That(read.ToBytes(), Is.EqualTo(bytes));
        }

        [Test]
        public void FieldsItDoesNotKnowAreSkippedAndKept()
        {
            var writer = new WireWriter();
            writer.Int64(1, 8);
            int graph = writer.Begin(7);
            writer.String(2, "g");
            writer.String(14, "quantization");
            writer.Single(999, 1.5f);
            writer.End(graph);
            int opset = writer.Begin(8);
            writer.Int64(2, 18);
            writer.End(opset);
            writer.String(25, "function");
            writer.Int64(26, 77);
            byte[] bytes = writer.ToArray();

            OnnxModel model = OnnxModel.Read(bytes);
            Assert.That(model.Graph.Name, Is.EqualTo("g"));
            OnnxModel again = OnnxModel.Read(model.ToBytes());
            Assert.That(again.OpsetVersion, Is.EqualTo(18));
            Assert.That(System.Text.Encoding.UTF8.GetString(model.ToBytes()), Does.Contain("quantization").And.Contain("function"));
            Assert.That(again.ToBytes(), Is.EqualTo(model.ToBytes()));
        }

        [Test]
        public void ASequenceInputKeepsItsType()
        {
            var writer = new WireWriter();
            int graph = writer.Begin(7);
            int input = writer.Begin(11);
            writer.String(1, "s");
            writer.Bytes(2, new byte[] { 0x22, 0x00 }); // TypeProto { sequence_type {} }
            writer.End(input);
            writer.End(graph);
            int opset = writer.Begin(8);
            writer.Int64(2, 17);
            writer.End(opset);
            OnnxModel model = OnnxModel.Read(writer.ToArray());
            Assert.That(model.Graph.Inputs[0].ElementType, Is.EqualTo(OnnxDataType.Undefined));
            Assert.That(BitConverter.ToString(model.ToBytes()), Does.Contain("12-02-22-00"));
        }

        [Test]
        public void AnAttributeWithoutATypeHasTheTypeOfItsValue()
        {
            var writer = new WireWriter();
            int graph = writer.Begin(7);
            int node = writer.Begin(1);
            writer.String(4, "Old");
            int attribute = writer.Begin(5);
            writer.String(1, "axis");
            writer.Int64(3, -1);
            writer.End(attribute);
            writer.End(node);
            writer.End(graph);
            int opset = writer.Begin(8);
            writer.Int64(2, 7);
            writer.End(opset);
            OnnxAttribute read = OnnxModel.Read(writer.ToArray()).Graph.Nodes[0].Attributes[0];
            Assert.That(read.Type, Is.EqualTo(OnnxAttributeType.Int));
            Assert.That(read.Int, Is.EqualTo(-1));
        }

        [Test]
        public void SaveWritesWhatToBytesReturns()
        {
            string path = Path.Combine(Path.GetTempPath(), "recurrent-" + Guid.NewGuid().ToString("N") + ".onnx");
            try
            {
                OnnxModel model = SmallModels.GruInsideIf();
                model.Save(path);
                Assert.That(File.ReadAllBytes(path), Is.EqualTo(model.ToBytes()));
                Assert.That(OnnxModel.Read(path).Path, Is.EqualTo(path));
            }
            finally
            {
                File.Delete(path);
            }
        }

        [Test]
        public void AGraphThatIsNoneIsNotWritten()
        {
            OnnxModel model = SmallModels.FullLstm();
            model.Graph.Nodes[0].Inputs[1] = "W1";
            Assert.That(() => model.ToBytes(), Throws.ArgumentException.With.Message.Contains("nothing in the graph makes the value 'W1'"));
        }

        [Test]
        public void AMissingFileIsReported()
        {
            ModelFileException error = Assert.Throws<ModelFileException>(() => OnnxModel.Read("nowhere.onnx"))!;
            Assert.That(error.Path, Is.EqualTo("nowhere.onnx"));
        }

        [TestCase("mlagents", "Hallway.onnx")]
        [TestCase("onnx-models", "silero_vad_16k_op15.onnx")]
        [TestCase("onnx-models", "gtcrn_simple.onnx")]
        public void RealModelsAreReadBackAsWritten(string folder, string file)
        {
            OnnxModel model = OnnxModel.Read(SmallModels.Shared(folder, file));
            byte[] bytes = model.ToBytes();
            OnnxModel again = OnnxModel.Read(bytes);
            Assert.That(again.ToBytes().AsSpan().SequenceEqual(bytes), Is.True);
            Assert.That(again.Graph.Nodes.Count, Is.EqualTo(model.Graph.Nodes.Count).And.GreaterThan(10));
            Assert.That(again.Graph.Inputs.Select(value => value.ToString()), Is.EqualTo(model.Graph.Inputs.Select(value => value.ToString())));
        }
    }
}
