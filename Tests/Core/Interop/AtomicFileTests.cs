using System;
using System.IO;
using System.Linq;
using System.Text;
using NUnit.Framework;

namespace Recurrent.Tests
{
    public class AtomicFileTests
    {
        private string _folder = "";

        [SetUp]
        public void MakeFolder()
        {
            _folder = Path.Combine(Path.GetTempPath(), "recurrent-" + Guid.NewGuid().ToString("N"));
            Directory.CreateDirectory(_folder);
        }

        [TearDown]
        public void RemoveFolder() => Directory.Delete(_folder, recursive: true);

        private string[] Files => Directory.GetFiles(_folder).Select(f => System.IO.Path.GetFileName(f)!).ToArray();

        [Test]
        public void WhoKeepsFilesHearsOfASaveThatSucceeded()
        {
            string path = Path.Combine(Path.GetTempPath(), Guid.NewGuid().ToString("N"));
            Action? before = AtomicFile.Saved;
            int saved = 0;
            try
            {
                AtomicFile.Saved = () => saved += File.Exists(path) ? 1 : 100;
                Assert.That(() => AtomicFile.Write(path, _ => throw new IOException("full")), Throws.InstanceOf<IOException>());
                Assert.That(saved, Is.Zero);
                AtomicFile.Write(path, stream => stream.WriteByte(1));
                Assert.That(saved, Is.EqualTo(1));
            }
            finally
            {
                AtomicFile.Saved = before;
                File.Delete(path);
            }
        }

        [Test]
        public void CreatesAndReplaces()
        {
            string path = Path.Combine(_folder, "model.bin");
            AtomicFile.Write(path, s => s.Write(new byte[] { 1, 2, 3 }, 0, 3));
            Assert.That(File.ReadAllBytes(path), Is.EqualTo(new byte[] { 1, 2, 3 }));
            AtomicFile.Write(path, s => s.Write(new byte[] { 9 }, 0, 1));
            Assert.That(File.ReadAllBytes(path), Is.EqualTo(new byte[] { 9 }));
            Assert.That(Files, Is.EqualTo(new[] { "model.bin" }));
        }

        [Test]
        public void TakesAPathWithoutFolder()
        {
            string before = Directory.GetCurrentDirectory();
            try
            {
                Directory.SetCurrentDirectory(_folder);
                AtomicFile.Write("here.bin", s => s.WriteByte(7));
            }
            finally
            {
                Directory.SetCurrentDirectory(before);
            }
            Assert.That(File.ReadAllBytes(Path.Combine(_folder, "here.bin")), Is.EqualTo(new byte[] { 7 }));
        }

        [Test]
        public void KeepsTheOldFileUntilTheNewOneIsWhole()
        {
            string path = Path.Combine(_folder, "model.bin");
            File.WriteAllText(path, "old");
            AtomicFile.Write(path, s =>
            {
                byte[] content = Encoding.ASCII.GetBytes("newer");
                for (int i = 0; i < content.Length; i++)
                {
                    s.WriteByte(content[i]);
                    s.Flush();
                    Assert.That(File.ReadAllText(path), Is.EqualTo("old"));
                }
            });
            Assert.That(File.ReadAllText(path), Is.EqualTo("newer"));
        }

        [Test]
        public void AFailureAtAnyByteLeavesTheOldFileAndNothingElse()
        {
            string path = Path.Combine(_folder, "model.safetensors");
            var writer = new SafeTensorsWriter();
            writer.AddWeights("w", new[] { 2, 2 }, new[] { 1f, 2f, 3f, 4f });
            int length = writer.ToArray().Length;
            File.WriteAllText(path, "old");

            for (int failAt = 0; failAt < length; failAt++)
            {
                var exception = Assert.Throws<IOException>(() => AtomicFile.Write(path, s => writer.Save(new FailingStream(s, failAt))))!;
                Assert.That(exception.Message, Is.EqualTo("disk full"));
                Assert.That(File.ReadAllText(path), Is.EqualTo("old"));
                Assert.That(Files, Is.EqualTo(new[] { "model.safetensors" }));
            }

            AtomicFile.Write(path, s => writer.Save(new FailingStream(s, length)));
            Assert.That(SafeTensorsFile.Load(path)["w"].ReadSingle(), Is.EqualTo(new[] { 1f, 2f, 3f, 4f }));
        }

        [Test]
        public void AnyExceptionPassesAndNoFileAppears()
        {
            string path = Path.Combine(_folder, "new.bin");
            Assert.That(() => AtomicFile.Write(path, s => throw new InvalidOperationException("mine")), Throws.InvalidOperationException.With.Message.EqualTo("mine"));
            Assert.That(Files, Is.Empty);
        }

        [Test]
        public void WithoutItsFolderItFailsAsIo() =>
            Assert.That(() => AtomicFile.Write(Path.Combine(_folder, "none", "a.bin"), s => s.WriteByte(1)), Throws.InstanceOf<IOException>());

        /// <summary>A disk that is full after so many bytes: it takes what fits, then fails.</summary>
        private sealed class FailingStream : Stream
        {
            private readonly Stream _inner;
            private int _left;

            public FailingStream(Stream inner, int capacity)
            {
                _inner = inner;
                _left = capacity;
            }

            public override bool CanRead => false;

            public override bool CanSeek => false;

            public override bool CanWrite => true;

            public override long Length => _inner.Length;

            public override long Position { get => _inner.Position; set => throw new NotSupportedException(); }

            public override void Flush() => _inner.Flush();

            public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

            public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

            public override void SetLength(long value) => throw new NotSupportedException();

            public override void Write(byte[] buffer, int offset, int count)
            {
                int fits = Math.Min(count, _left);
                _inner.Write(buffer, offset, fits);
                _left -= fits;
                if (fits < count) throw new IOException("disk full");
            }
        }
    }
}
