using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.IO;
using System.Linq;
using NUnit.Framework;
using Recurrent.Onnx;

namespace Recurrent.Tests.Onnx
{
    /// <summary>Files that are cut, flipped or hostile: one exception type with path and reason, memory in proportion to the file.</summary>
    public class BadModelTests
    {
        [Test]
        public void AFileCutAtAnyByteIsRefusedOrLosesOnlyWhatFollows()
        {
            foreach (OnnxModel model in new[] { SmallModels.FullLstm(), SmallModels.GruInsideIf() })
            {
                byte[] bytes = model.ToBytes();
                IReadOnlyList<RecurrentNode> original = RecurrentNode.FindAll(model);
                int whole = 0;
                for (int length = 0; length < bytes.Length; length++)
                    whole += Attempt(bytes.AsSpan(0, length).ToArray(), original) ? 1 : 0;
                // The opset stands behind the graph: without it there is no model.
                Assert.That(whole, Is.EqualTo(0));
            }
        }

        [Test]
        public void AFlippedByteIsRefusedOrLeavesTheShapes()
        {
            var random = new RandomSource(5);
            foreach (OnnxModel model in new[] { SmallModels.FullLstm(), SmallModels.GruInsideIf() })
            {
                byte[] bytes = model.ToBytes();
                IReadOnlyList<RecurrentNode> nodes = RecurrentNode.FindAll(model);
                for (int position = 0; position < bytes.Length; position++)
                {
                    byte original = bytes[position];
                    for (int bit = 0; bit < 8; bit++)
                    {
                        bytes[position] = (byte)(original ^ (1 << bit));
                        Attempt(bytes, nodes);
                    }
                    bytes[position] = (byte)random.Next(256);
                    Attempt(bytes, nodes);
                    bytes[position] = original;
                }
            }
        }

        [Test]
        public void RandomDamageNeverEscapesTheOneException()
        {
            var random = new RandomSource(11);
            byte[] original = SmallModels.FullLstm().ToBytes(), other = SmallModels.GruInsideIf().ToBytes();
            var clock = Stopwatch.StartNew();
            for (int trial = 0; trial < 20000 && clock.ElapsedMilliseconds < 5000; trial++)
            {
                byte[] bytes = (byte[])(trial % 2 == 0 ? original : other).Clone();
                for (int damage = 1 + random.Next(8); damage > 0; damage--)
                {
                    int at = random.Next(bytes.Length);
                    switch (random.Next(4))
                    {
                        case 0:
                            bytes[at] = (byte)random.NextUInt64();
                            break;
                        case 1:
                            bytes = bytes.AsSpan(0, at + 1).ToArray();
                            break;
                        case 2:
                            // A piece of the file a second time, somewhere else.
                            int from = random.Next(bytes.Length), length = Math.Min(random.Next(64), bytes.Length - Math.Max(at, from));
                            Array.Copy(bytes, from, bytes, at, length);
                            break;
                        default:
                            bytes[at] = (byte)(random.Next(2) == 0 ? 0xFF : 0x80);
                            break;
                    }
                }
                Attempt(bytes, null);
            }
        }

        [TestCase("mlagents", "Hallway.onnx")]
        [TestCase("onnx-models", "silero_vad_16k_op15.onnx")]
        [TestCase("onnx-models", "gtcrn_simple.onnx")]
        public void RealModelsCutOrFlippedAreRefusedOrRead(string folder, string file)
        {
            byte[] original = File.ReadAllBytes(SmallModels.Shared(folder, file));
            var random = new RandomSource(17);
            for (int trial = 0; trial < 60; trial++)
            {
                Attempt(original.AsSpan(0, random.Next(original.Length)).ToArray(), null);
                byte[] flipped = (byte[])original.Clone();
                flipped[random.Next(flipped.Length)] ^= (byte)(1 << random.Next(8));
                Attempt(flipped, null);
            }
        }

        [Test]
        public void ALengthThatClaimsTwoGigabytesAllocatesNothing()
        {
            var writer = new WireWriter();
            int graph = writer.Begin(7);
            int tensor = writer.Begin(5);
            writer.Int64(1, 536870911);
            writer.Int64(2, (long)OnnxDataType.Float);
            writer.String(8, "w");
            writer.Raw(new byte[] { 0x4A, 0xFC, 0xFF, 0xFF, 0xFF, 0x07 }); // raw_data of 2,147,483,644 bytes
            writer.End(tensor);
            writer.End(graph);
            Refuses("claims 2147483644 bytes, 0 are left", writer.ToArray(), 1 << 20);

            // Consistent inside, and still larger than the file.
            var typed = new WireWriter();
            graph = typed.Begin(7);
            tensor = typed.Begin(5);
            typed.Int64(1, 536870911);
            typed.Int64(2, (long)OnnxDataType.Int32);
            typed.String(8, "w");
            typed.Bytes(5, new byte[] { 1, 2, 3 });
            typed.End(tensor);
            typed.End(graph);
            Refuses("has 536870911 numbers by its shape, 3 by its data", typed.ToArray(), 1 << 20);
        }

        [Test]
        public void ACyclicGraphIsRefused()
        {
            Refuses("cyclic: Add 'first' needs its own result", Hand(graph =>
            {
                Node(graph, "Add", "first", new[] { "b", "b" }, new[] { "a" });
                Node(graph, "Identity", "second", new[] { "a" }, new[] { "b" });
            }), 1 << 20);
            Refuses("cyclic: Identity 'self'", Hand(graph => Node(graph, "Identity", "self", new[] { "a" }, new[] { "a" })), 1 << 20);
        }

        [Test]
        public void ACycleThroughABranchIsRefused()
        {
            OnnxModel model = SmallModels.GruInsideIf();
            model.Graph.Nodes[1].Attribute("then_branch")!.Graph!.Nodes[0].Inputs[0] = "Y";
            Assert.That(() => model.ToBytes(), Throws.ArgumentException.With.Message.Contains("cyclic: If 'speed'"));
        }

        [Test]
        public void ANameMadeTwiceOrNeverIsRefused()
        {
            Refuses("'a' is made twice", Hand(graph =>
            {
                Node(graph, "Constant", "", new string[0], new[] { "a" });
                Node(graph, "Constant", "", new string[0], new[] { "a" });
            }), 1 << 20);
            Refuses("nothing in the graph makes the value 'x'", Hand(graph => Node(graph, "Identity", "", new[] { "x" }, new[] { "a" })), 1 << 20);
        }

        [Test]
        public void TenThousandNodesInARowAreReadWithoutRecursion()
        {
            byte[] bytes = Hand(graph =>
            {
                Node(graph, "Constant", "", new string[0], new[] { "v0" });
                for (int i = 0; i < 10000; i++)
                    Node(graph, "Identity", "", new[] { "v" + i }, new[] { "v" + (i + 1) });
                Node(graph, "LSTM", "lstm", new[] { "v10000", "v10000", "v10000" }, new[] { "Y" });
            });
            OnnxModel model = OnnxModel.Read(bytes);
            Assert.That(model.Graph.Nodes.Count, Is.EqualTo(10002));
            ModelFileException error = Assert.Throws<ModelFileException>(() => RecurrentNode.FindAll(model))!;
            Assert.That(error.Reason, Does.Contain("hidden_size is 0"));
        }

        [Test]
        public void TenThousandGraphsInsideEachOtherAreRefused()
        {
            // Each level is graph { node { op_type attribute { name g = the level below } } }: what stands before the level below, from the inside out.
            var heads = new List<byte[]>();
            int length = 0;
            for (int depth = 0; depth < 10000; depth++)
            {
                byte[] inner = Head(0x32, length, new byte[0]);
                byte[] attribute = Head(0x2A, 3 + inner.Length + length, new byte[] { 0x0A, 0x01, (byte)'b' });
                byte[] node = Head(0x0A, 4 + attribute.Length + inner.Length + length, new byte[] { 0x22, 0x02, (byte)'I', (byte)'f' });
                heads.Add(node.Concat(attribute).Concat(inner).ToArray());
                length += heads[depth].Length;
            }
            heads.Reverse();
            byte[] level = heads.SelectMany(head => head).ToArray();
            Refuses("more than 32 deep", Hand(graph => graph.Raw(level)), 1 << 20);
        }

        [Test]
        public void MorePartsThanAnyModelHasAreRefused()
        {
            var writer = new WireWriter();
            int graph = writer.Begin(7);
            int node = writer.Begin(1);
            for (int i = 0; i < OnnxReader.MaxParts + 1; i++)
                writer.Raw(new byte[] { 0x0A, 0x00 }); // one more input without a name
            writer.End(node);
            writer.End(graph);
            Refuses("more than 1000000 parts", writer.ToArray(), 64 << 20);
        }

        [Test]
        public void ConstantsThatDoubleThemselvesStopAtABudget()
        {
            OnnxModel model = SmallModels.Empty();
            model.Graph.Inputs.Add(new OnnxValueInfo("X", OnnxDataType.Float, 1, 1, 2));
            model.Graph.Initializers.Add(SmallModels.Random("w0", 1, 1, 4, 2));
            for (int i = 0; i < 60; i++)
                model.Graph.Nodes.Add(new OnnxNode("Concat", new[] { "w" + i, "w" + i }, new[] { "w" + (i + 1) }, new OnnxAttribute("axis", 1L)));
            model.Graph.Nodes.Add(new OnnxNode("RNN", new[] { "X", "w60", "w60" }, new[] { "Y" }, new OnnxAttribute("hidden_size", 4L)));
            long before = GC.GetAllocatedBytesForCurrentThread();
            RecurrentNode node = RecurrentNode.FindAll(model).Single();
            Assert.That(node.Dynamic, Is.EqualTo(new[] { "W", "R" }));
            Assert.That(GC.GetAllocatedBytesForCurrentThread() - before, Is.LessThan(4 << 20));
        }

        [Test]
        public void AFileThatIsNoModelIsRefused()
        {
            Refuses("no graph", new byte[0], 1 << 20);
            Refuses("has no operator", Hand(graph => graph.Raw(new byte[] { 0x0A, 0x00 })), 1 << 20);
            var writer = new WireWriter();
            writer.End(writer.Begin(7));
            Refuses("no operator set", writer.ToArray(), 1 << 20);
        }

        /// <summary>Reads bytes that may be anything: false with the one exception; a model that is read has the weights of the original, in shape.</summary>
        private static bool Attempt(byte[] bytes, IReadOnlyList<RecurrentNode>? original)
        {
            long before = GC.GetAllocatedBytesForCurrentThread();
            try
            {
                OnnxModel model = OnnxModel.Read(bytes, "damaged.onnx");
                foreach (RecurrentNode node in RecurrentNode.FindAll(model))
                {
                    RecurrentNode? twin = original?.FirstOrDefault(other => other.Operator == node.Operator && other.Location.Length == node.Location.Length);
                    if (twin == null)
                        continue;
                    if (node.W != null && node.R != null)
                        Assert.That((node.Directions, node.InputSize, node.HiddenSize), Is.EqualTo((twin.Directions, twin.InputSize, twin.HiddenSize)));
                }
                return true;
            }
            catch (ModelFileException error)
            {
                Assert.That(error.Path, Is.EqualTo("damaged.onnx"));
                Assert.That(error.Reason, Is.Not.Empty);
                return false;
            }
            finally
            {
                Assert.That(GC.GetAllocatedBytesForCurrentThread() - before, Is.LessThan((4 << 20) + 64L * bytes.Length), "memory out of proportion");
            }
        }

        private static void Refuses(string reason, byte[] bytes, long memory)
        {
            long before = GC.GetAllocatedBytesForCurrentThread();
            ModelFileException error = Assert.Throws<ModelFileException>(() => OnnxModel.Read(bytes, "bad.onnx"))!;
            long allocated = GC.GetAllocatedBytesForCurrentThread() - before;
            Assert.That(error.Path, Is.EqualTo("bad.onnx"));
            Assert.That(error.Reason, Does.Contain(reason));
            Assert.That(allocated, Is.LessThan(memory));
        }

        private static byte[] Hand(Action<WireWriter> write)
        {
            var writer = new WireWriter();
            int graph = writer.Begin(7);
            write(writer);
            writer.End(graph);
            int opset = writer.Begin(8);
            writer.Int64(2, 17);
            writer.End(opset);
            return writer.ToArray();
        }

        private static byte[] Head(byte tag, int length, byte[] start)
        {
            var writer = new WireWriter();
            writer.Int64(1, length);
            byte[] head = writer.ToArray().Concat(start).ToArray();
            head[0] = tag;
            return head;
        }

        private static void Node(WireWriter writer, string operation, string name, string[] inputs, string[] outputs)
        {
            int node = writer.Begin(1);
            foreach (string input in inputs)
                writer.String(1, input);
            foreach (string output in outputs)
                writer.String(2, output);
            writer.String(3, name);
            writer.String(4, operation);
            if (operation == "Constant")
            {
                int attribute = writer.Begin(5);
                writer.String(1, "value");
                int tensor = writer.Begin(5);
                writer.Int64(2, (long)OnnxDataType.Float);
                writer.Bytes(9, new byte[4]);
                writer.End(tensor);
                writer.End(attribute);
            }
            writer.End(node);
        }
    }
}
