using System;
using System.IO;
using NUnit.Framework;
using Recurrent.Onnx;

namespace Recurrent.Tests.Onnx
{
    public class ExternalDataTests
    {
        private string _folder = "";

        [SetUp]
        public void MakeFolder()
        {
            _folder = Path.Combine(Path.GetTempPath(), "recurrent-external-" + Guid.NewGuid().ToString("N"), "model");
            Directory.CreateDirectory(Path.Combine(_folder, "data"));
            byte[] floats = OnnxTensor.FromSingles("", new long[] { 4 }, new[] { 1f, 2f, 3f, 4f }).Data.ToArray();
            File.WriteAllBytes(Path.Combine(_folder, "data", "w.bin"), floats);
            File.WriteAllBytes(Path.Combine(_folder, "..", "secret.bin"), floats);
        }

        [TearDown]
        public void RemoveFolder() => Directory.Delete(Path.Combine(_folder, ".."), recursive: true);

        [Test]
        public void DataBesideTheModelIsRead()
        {
            OnnxModel model = OnnxModel.Read(Write(("location", "data/w.bin"), ("offset", "4"), ("length", "8")));
            Assert.That(model.Graph.Initializers[0].ToSingles(), Is.EqualTo(new[] { 2f, 3f }));
        }

        [Test]
        public void TheLengthFollowsFromTheShape()
        {
            OnnxModel model = OnnxModel.Read(Write(("location", "data/w.bin")));
            Assert.That(model.Graph.Initializers[0].ToSingles(), Is.EqualTo(new[] { 1f, 2f }));
        }

        [Test]
        public void TheWrittenModelHoldsTheDataItself()
        {
            OnnxModel model = OnnxModel.Read(Write(("location", "data/w.bin"), ("offset", "8")));
            OnnxModel again = OnnxModel.Read(model.ToBytes());
            Assert.That(again.Graph.Initializers[0].ToSingles(), Is.EqualTo(new[] { 3f, 4f }));
        }

        [TestCase("../secret.bin")]
        [TestCase("data/../../secret.bin")]
        [TestCase("..\\secret.bin")]
        [TestCase("/etc/passwd")]
        [TestCase("//server/share")]
        [TestCase("C:\\windows\\win.ini")]
        [TestCase("data/./w.bin")]
        [TestCase("data//w.bin")]
        [TestCase("w.bin:stream")]
        [TestCase("w\0.bin")]
        public void AFileOutsideTheFolderIsRefused(string location) => Refuses("not a path inside the model's folder", ("location", location));

        [Test]
        public void WhatTheFileDoesNotHoldIsRefused()
        {
            Refuses("cannot be opened", ("location", "absent.bin"));
            Refuses("does not say which");
            Refuses("the tensor ends at 20", ("location", "data/w.bin"), ("offset", "12"));
            Refuses("the tensor ends at 9223372036854775815", ("location", "data/w.bin"), ("offset", "9223372036854775807"));
            Refuses("is no number", ("location", "data/w.bin"), ("offset", "-4"));
            Refuses("is no number", ("location", "data/w.bin"), ("length", "9999999999999999999"));
            Refuses("8 bytes by its shape, 2147483647 in", ("location", "data/w.bin"), ("length", "2147483647"));
            Refuses("stands twice", ("location", "data/w.bin"), ("location", "data/w.bin"));
            Refuses(": ", ("location", "data"));
        }

        [Test]
        public void ALinkIsRefused()
        {
            string link = Path.Combine(_folder, "link.bin");
            if (!TryLink(link, Path.Combine(_folder, "..", "secret.bin")))
                Assert.Ignore("This system lets the test make no links.");
            Refuses("through a link", ("location", "link.bin"));
        }

        [Test]
        public void AModelFromMemoryHasNoFolder()
        {
            byte[] bytes = File.ReadAllBytes(Write(("location", "data/w.bin")));
            ModelFileException error = Assert.Throws<ModelFileException>(() => OnnxModel.Read(bytes, "the model"))!;
            Assert.That(error.Path, Is.EqualTo("the model"));
            Assert.That(error.Reason, Does.Contain("read from memory"));
        }

        [Test]
        public void TensorsMayShareARegionButNotMultiplyAFile()
        {
            var shared = new WireWriter();
            for (int i = 0; i < 100; i++)
                Tensor(shared, "w" + i, 4, ("location", "data/w.bin"));
            OnnxModel model = OnnxModel.Read(Write(shared));
            Assert.That(model.Graph.Initializers[99].ToSingles(), Is.EqualTo(new[] { 1f, 2f, 3f, 4f }));

            var overlapping = new WireWriter();
            for (int i = 0; i < 3; i++)
                Tensor(overlapping, "w" + i, 2, ("location", "data/w.bin"), ("offset", $"{i}"));
            ModelFileException error = Assert.Throws<ModelFileException>(() => OnnxModel.Read(Write(overlapping)))!;
            Assert.That(error.Reason, Does.Contain("fewer bytes than its tensors need"));
        }

        private static bool TryLink(string link, string target)
        {
            try
            {
                using var process = System.Diagnostics.Process.Start(new System.Diagnostics.ProcessStartInfo("ln", $"-s \"{target}\" \"{link}\"") { UseShellExecute = false });
                process!.WaitForExit();
                return process.ExitCode == 0;
            }
            catch (System.ComponentModel.Win32Exception)
            {
                return false;
            }
        }

        private void Refuses(string reason, params (string Key, string Value)[] entries)
        {
            string path = Write(entries);
            ModelFileException error = Assert.Throws<ModelFileException>(() => OnnxModel.Read(path))!;
            Assert.That(error.Path, Is.EqualTo(path));
            Assert.That(error.Reason, Does.Contain(reason));
        }

        private string Write(params (string Key, string Value)[] entries)
        {
            var tensors = new WireWriter();
            Tensor(tensors, "w", 2, entries);
            return Write(tensors);
        }

        private string Write(WireWriter tensors)
        {
            var writer = new WireWriter();
            int graph = writer.Begin(7);
            writer.Raw(tensors.ToArray());
            writer.End(graph);
            int opset = writer.Begin(8);
            writer.Int64(2, 17);
            writer.End(opset);
            string path = Path.Combine(_folder, "model.onnx");
            File.WriteAllBytes(path, writer.ToArray());
            return path;
        }

        private static void Tensor(WireWriter writer, string name, long count, params (string Key, string Value)[] entries)
        {
            int tensor = writer.Begin(5);
            writer.Int64(1, count);
            writer.Int64(2, (long)OnnxDataType.Float);
            writer.String(8, name);
            foreach ((string key, string value) in entries)
            {
                int entry = writer.Begin(13);
                writer.String(1, key);
                writer.String(2, value);
                writer.End(entry);
            }
            writer.Int64(14, 1);
            writer.End(tensor);
        }
    }
}
