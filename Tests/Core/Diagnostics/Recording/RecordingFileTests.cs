using System;
using System.Collections.Generic;
using System.IO;
using NUnit.Framework;
using Recurrent.Diagnostics;

namespace Recurrent.Tests.Diagnostics
{
    public sealed class RecordingFileTests
    {
        private string _folder = "";

        [SetUp]
        public void MakeFolder() => Directory.CreateDirectory(_folder = Path.Combine(Path.GetTempPath(), "recording-" + Guid.NewGuid().ToString("N")));

        [TearDown]
        public void RemoveFolder() => Directory.Delete(_folder, true);

        private string InFolder(string name) => Path.Combine(_folder, name);

        private static RecordingLayout Small(string cell = "l0") => new RecordingLayout(RecordChannels.Input | RecordChannels.Hidden | RecordChannels.Gates, 2, 0, 0,
            new[] { new RecordedCell(cell, "GRU", 3, 3, false, new[] { "r" }, "the rest is unseen") });

        private static Recording Made(string agent, long first, int steps, ulong seed)
        {
            var frames = GradientCheck.Draw(new RandomSource(seed), steps * 8);
            frames[0] = float.NaN;
            frames[1] = float.NegativeInfinity;
            frames[2] = -0f;
            frames[3] = BitConverter.Int32BitsToSingle(0x7FC12345);
            return new Recording(agent, Small(), first, frames);
        }

        private static int[] Bits(float[] values) => Array.ConvertAll(values, BitConverter.SingleToInt32Bits);

        [Test]
        public void ComesBackBitForBit()
        {
            Recording a = Made("NPC_07", 1000, 50, 1), b = Made("ψ \"quoted\"", 0, 7, 2);
            var table = new RecordedTable("gradient flow", new[] { "l0", "l1" }, new[] { 1f, 2f, float.NaN, 4f });
            RecordingFile.Save(InFolder("a.rnnstate"), new[] { a, b }, new[] { table });
            RecordingFile file = RecordingFile.Load(InFolder("a.rnnstate"));

            Assert.That(file.Cut, Is.Null);
            Assert.That(file.Recordings, Has.Count.EqualTo(2));
            foreach ((Recording expected, Recording got) in new[] { (a, file.Recordings[0]), (b, file.Recordings[1]) })
            {
                Assert.That(got.Agent, Is.EqualTo(expected.Agent));
                Assert.That(got.FirstStep, Is.EqualTo(expected.FirstStep));
                Assert.That(Bits(got.Frames), Is.EqualTo(Bits(expected.Frames)));
                Assert.That(got.Layout.Matches(expected.Layout));
                Assert.That(got.Layout.Cells[0].GatesUnseenBecause, Is.EqualTo("the rest is unseen"));
                Assert.That(got.Layout.Cells[0].Kind, Is.EqualTo("GRU"));
            }
            Assert.That(file.Table("gradient flow")!.Columns, Is.EqualTo(table.Columns));
            Assert.That(Bits(file.Table("gradient flow")!.Values), Is.EqualTo(Bits(table.Values)));
            Assert.That(Directory.GetFiles(_folder), Has.Length.EqualTo(1), "nothing is left behind");
        }

        [Test]
        public void ARecordedNetworkTakesLessThanItsNumbers()
        {
            Recording recording = DemonstrationRun.Train(Demonstration.Healthy, epochs: 1).Record("NPC");
            RecordingFile.Save(InFolder("a"), new[] { recording });
            Assert.That(new FileInfo(InFolder("a")).Length, Is.LessThan(0.9 * 4 * recording.Frames.Length));
            Assert.That(Bits(RecordingFile.Load(InFolder("a")).Recordings[0].Frames), Is.EqualTo(Bits(recording.Frames)));
        }

        [Test]
        public void CutAtAnyByteItIsReadUpToTheLastWholeBlock()
        {
            var all = new List<Recording>();
            var ends = new List<long>();
            using (RecordingWriter writer = RecordingWriter.Create(InFolder("whole")))
                for (int i = 0; i < 4; i++)
                {
                    all.Add(Made("NPC", 5 * i, 5, (ulong)i));
                    writer.Write(all[i]);
                    writer.Flush();
                    ends.Add(new FileInfo(InFolder("whole")).Length);
                }
            byte[] bytes = File.ReadAllBytes(InFolder("whole"));
            for (int length = 0; length <= bytes.Length; length++)
            {
                byte[] cut = bytes.AsSpan(0, length).ToArray();
                if (length < 12)
                {
                    Assert.That(() => Load(cut, allowCut: true), Throws.TypeOf<ModelFileException>(), $"{length} bytes");
                    continue;
                }
                int whole = ends.FindLastIndex(end => end <= length) + 1;
                RecordingFile file = Load(cut, allowCut: true);
                Assert.That(file.Recordings.Count == 0 ? 0 : file.Recordings[0].Steps, Is.EqualTo(5 * whole), $"{length} bytes");
                if (whole > 0) Assert.That(Bits(file.Recordings[0].Frames.AsSpan(40 * (whole - 1), 40).ToArray()), Is.EqualTo(Bits(all[whole - 1].Frames)));
                if (file.Cut == null) continue;
                ModelFileException? error = Assert.Throws<ModelFileException>(() => Load(cut, allowCut: false));
                Assert.That(error!.Path, Is.EqualTo("bytes"));
                Assert.That(error.Reason, Does.Contain($"cut at byte {length}").And.Contain($"with {5 * whole} steps"));
            }
        }

        [Test]
        public void ADamagedFileEndsInOneException()
        {
            RecordingFile.Save(InFolder("a"), new[] { Made("NPC", 0, 6, 3) }, new[] { new RecordedTable("t", new[] { "x" }, new[] { 1f }) });
            byte[] bytes = File.ReadAllBytes(InFolder("a"));
            var random = new RandomSource(7);
            for (int at = 0; at < bytes.Length; at++)
            {
                var damaged = (byte[])bytes.Clone();
                damaged[at] ^= (byte)(1 << random.Next(8));
                Assert.That(() => Load(damaged, allowCut: false), Throws.TypeOf<ModelFileException>(), $"byte {at}");
                try
                {
                    Load(damaged, allowCut: true);
                }
                catch (ModelFileException)
                {
                    // A length that is too large looks like a cut, everything else is damage.
                }
            }
        }

        [Test]
        public void ABlockThatClaimsTooMuchIsRefusedBeforeMemoryIsTaken()
        {
            byte[] bytes = { (byte)'R', (byte)'N', (byte)'N', (byte)'S', (byte)'T', (byte)'A', (byte)'T', (byte)'E', 1, 0, 0, 0,
                (byte)'S', (byte)'T', (byte)'E', (byte)'P', 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 1, 4, 0, 0, 0, 1, 2, 3, 4 };
            Assert.That(() => Load(bytes, allowCut: true), Throws.TypeOf<ModelFileException>().With.Message.Contains("claims 16777216 bytes in 4"));
            RecordingFile.Save(InFolder("a"), new[] { Made("NPC", 0, 100, 3) });
            Assert.That(() => { using FileStream stream = File.OpenRead(InFolder("a")); RecordingFile.Load(stream, "a", maxBytes: 1000); }, Throws.TypeOf<ModelFileException>().With.Message.Contains("more than 1000 bytes"));
            Assert.That(() => Load(new byte[100], allowCut: true), Throws.TypeOf<ModelFileException>().With.Message.Contains("no recording"));
            byte[] later = File.ReadAllBytes(InFolder("a"));
            later[8] = 2;
            Assert.That(() => Load(later, allowCut: true), Throws.TypeOf<ModelFileException>().With.Message.Contains("version 2; expected 1"));
        }

        [Test]
        public void ARingIsWrittenPieceByPieceAndAfterAKillGoneOnWith()
        {
            var agent = new AgentRecorder("NPC", Small(), 4);
            void Run(int steps)
            {
                for (int i = 0; i < steps; i++)
                {
                    var frame = new float[8];
                    frame[0] = agent.StepCount;
                    agent.Record(frame);
                }
            }
            using (RecordingWriter writer = RecordingWriter.Create(InFolder("a")))
            {
                Run(3);
                writer.Write(agent);
                writer.Write(agent);
                Run(3);
                writer.Write(agent);
            }
            long whole = new FileInfo(InFolder("a")).Length;
            using (FileStream file = File.OpenWrite(InFolder("a")))
            {
                file.Position = file.Length;
                file.Write(new byte[] { (byte)'S', (byte)'T', (byte)'E', (byte)'P', 0, 0, 0, 0, 9 });
            }
            using (RecordingWriter writer = RecordingWriter.Append(InFolder("a")))
            {
                Run(2);
                writer.Write(agent);
                // Seven steps, of which the ring keeps four: the three before are lost.
                Run(7);
                writer.Write(agent);
            }
            RecordingFile loaded = RecordingFile.Load(InFolder("a"));
            Assert.That(whole, Is.GreaterThan(0));
            Assert.That(loaded.Recordings, Has.Count.EqualTo(2));
            Assert.That(loaded.Recordings[0].Values(Small().Tracks[0], 0), Is.EqualTo(new[] { 0f, 1f, 2f, 3f, 4f, 5f, 6f, 7f }));
            Assert.That(loaded.Recordings[1].FirstStep, Is.EqualTo(11));
            Assert.That(loaded.Recordings[1].Values(Small().Tracks[0], 0), Is.EqualTo(new[] { 11f, 12f, 13f, 14f }));
            using (RecordingWriter writer = RecordingWriter.Append(InFolder("a")))
            {
                Assert.That(() => writer.Write(Made("NPC", 2, 3, 1)), Throws.ArgumentException.With.Message.Contains("up to 14 are written, got step 2"));
                Assert.That(() => writer.Write(new Recording("NPC", Small("l1"), 20, new float[8])), Throws.ArgumentException.With.Message.Contains("another network"));
            }
        }

        private static RecordingFile Load(byte[] bytes, bool allowCut) => RecordingFile.Load(new MemoryStream(bytes), "bytes", allowCut);
    }
}
