using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using NUnit.Framework;
using Recurrent.Onnx;

namespace Recurrent.Tests
{
    public sealed class DemoFileTests
    {
        /// <summary>The CSV beside each recording has six digits of every number, and 0 where the recording has no action.</summary>
        [TestCase("ExpertBasic", 73, 20, 3, 10, 61)]
        [TestCase("ExpertHallway", 4395, 108, 5, 91, 4304)]
        public void HoldsWhatTheCsvBesideItSays(string name, int rows, int observations, int actions, int episodes, int steps)
        {
            DemoFile demo = DemoFile.Load(EpisodeExamples.Shared(name + ".demo"));
            CsvTable table = CsvTable.Load(EpisodeExamples.Shared(name + ".csv"));
            Assert.That((demo.Rows.Count, demo.Layout.ObservationSize, demo.Layout.BranchCount, demo.Layout.BranchSizes[0]), Is.EqualTo((rows, observations, 1, actions)));
            Assert.That(table.RowCount, Is.EqualTo(rows));
            float[] done = table.Column("done"), reward = table.Column("reward"), action = table.Column("a0");
            for (int row = 0; row < rows; row++)
            {
                Assert.That(demo.Rows[row].IsEnd, Is.EqualTo(done[row] == 1), $"row {row}");
                Assert.That(demo.Rows[row].Reward, Is.EqualTo(reward[row]).Within(1e-6), $"row {row}");
                Assert.That(demo.Rows[row].HasAction ? demo.Rows[row].Discrete[0] : 0, Is.EqualTo((int)action[row]), $"row {row}");
            }
            for (int i = 0; i < observations; i++)
            {
                float[] column = table.Column("o" + i);
                for (int row = 0; row < rows; row++)
                    if (Math.Abs(demo.Rows[row].Observation[i] - column[row]) > 1e-6 * Math.Max(1, Math.Abs(column[row]))) Assert.Fail($"row {row}, observation {i}");
            }

            // The same episodes as from the CSV, but for the step of which the CSV only seems to know the action.
            IReadOnlyList<Episode> fromCsv = EpisodeCsv.Read(table);
            Assert.That((demo.Episodes.Count, demo.Episodes.Sum(episode => episode.Steps)), Is.EqualTo((episodes, steps)));
            for (int i = 0; i < episodes; i++)
            {
                Assert.That(demo.Episodes[i].IsWhole, Is.EqualTo(fromCsv[i].IsWhole));
                Assert.That(Actions(demo.Episodes[i]), Is.EqualTo(Actions(fromCsv[i])), $"episode {i}");
            }
        }

        [Test]
        public void ReadsActionsAndMasksAsNewerVersionsWriteThem()
        {
            byte[] bytes = Demo(4, Behavior(), Row(1, new[] { 0.5f, -1 }, new[] { 9f }, new[] { 0, 0 }, "00100"), Row(2, new[] { 1.5f, 0 }, new[] { 0.25f }, new[] { 1, 0 }, "01010"),
                Row(3, new[] { 2.5f, 1 }, new[] { -0.75f }, new[] { 0, 1 }, null, end: true), Row(4, new[] { 3.5f, 2 }, new[] { 8f }, new[] { 2, 1 }, null));
            DemoFile demo = DemoFile.Load(bytes);
            Assert.That((demo.Name, demo.Behavior), Is.EqualTo(("walk", "Walker")));
            Assert.That(demo.Layout.ToString(), Is.EqualTo("2 observations, branches of 3, 2 actions, 1 continuous actions, masks"));
            Assert.That(demo.Rows.Select(row => row.Reward), Is.EqualTo(new[] { 1f, 2, 3, 4 }));
            Episode episode = demo.Episodes.Single();
            Assert.That((episode.Steps, episode.IsWhole), Is.EqualTo((2, true)), "the fourth row is alone");
            Assert.That(episode.Observation(0).ToArray(), Is.EqualTo(new[] { 0.5f, -1 }));
            Assert.That(episode.Continuous(0).ToArray(), Is.EqualTo(new[] { 0.25f }));
            Assert.That(episode.Discrete(0).ToArray(), Is.EqualTo(new[] { 1, 0 }));
            Assert.That(episode.Mask(0).ToArray(), Is.EqualTo(new[] { true, true, false, true, true }), "ML-Agents notes what is forbidden");
            Assert.That(episode.Discrete(1).ToArray(), Is.EqualTo(new[] { 0, 1 }));
        }

        [Test]
        public void WhereAnActionIsMissingTheEpisodeIsCut()
        {
            float[] seen = { 1, 2 }, done = { 0 };
            byte[] bytes = Demo(5, Behavior(), Row(0, seen, done, new[] { 0, 0 }, null), Row(0, seen, done, new[] { 1, 0 }, null), Row(0, seen, null, null, null),
                Row(0, seen, done, new[] { 2, 1 }, null), Row(0, seen, done, new[] { 0, 1 }, null, end: true));
            Assert.That(DemoFile.Load(bytes).Episodes.Select(episode => $"{episode.IsWhole} {string.Join(" ", Actions(episode))}"), Is.EqualTo(new[] { "False 1", "True 2 0" }));
        }

        [Test]
        public void ARecordingThatWasNeverFinishedIsReadToItsEnd()
        {
            byte[] row = Row(0, new[] { 1f, 2 }, new[] { 0f }, new[] { 1, 0 }, null);
            Assert.That(DemoFile.Load(Demo(0, Behavior(), row, row)).Rows, Has.Count.EqualTo(2));
            Assert.That(() => DemoFile.Load(Demo(3, Behavior(), row, row)), Throws.TypeOf<ModelFileException>().With.Message.Contains("cut after 2 rows of 3"));
            Assert.That(() => DemoFile.Load(Demo(1, Behavior(), row, row)), Throws.TypeOf<ModelFileException>().With.Message.Contains("follow the 1 rows that the metadata claims"));
            Assert.That(DemoFile.Load(Demo(1, Behavior(), row).Concat(Metadata(1)).ToArray()).Rows, Has.Count.EqualTo(1), "some versions write the metadata twice");
            Assert.That(() => DemoFile.Load(Demo(0, Behavior())), Throws.TypeOf<ModelFileException>().With.Message.Contains("the recording is empty"));
        }

        [Test]
        public void WhatCannotBeReadIsRefusedWithItsReason()
        {
            float[] seen = { 1, 2 }, done = { 0 };
            int[] keys = { 0, 0 };
            byte[] good = Row(0, seen, done, keys, null);
            void Refuses(string reason, params byte[][] rows) => Assert.That(() => DemoFile.Load(Demo(rows.Length, Behavior(), rows)), Throws.TypeOf<ModelFileException>().With.Message.Contains(reason));
            Refuses("row 1 has 3 observations, expected 2", good, Row(0, new[] { 1f, 2, 3 }, done, keys, null));
            Refuses("row 0, observation 1 is NaN", Row(0, new[] { 1, float.NaN }, done, keys, null));
            Refuses("row 0 has a reward that is not finite", Row(float.PositiveInfinity, seen, done, keys, null));
            Refuses("has the action Infinity", Row(0, seen, new[] { float.PositiveInfinity }, keys, null));
            Refuses("an action of branch 1 that is no whole number from 0 to 1", Row(0, seen, done, new[] { 0, 2 }, null));
            Refuses("row 0 has 1 discrete and 1 continuous actions, expected 2 and 1", Row(0, seen, done, new[] { 0 }, null));
            Refuses("row 0 has a mask of 2, expected 5", Row(0, seen, done, keys, "01"));
            Refuses("the mask forbids action 1, which was taken", Row(0, seen, done, keys, "01000"), Row(0, seen, done, new[] { 1, 0 }, null));
            Refuses("no row has an action", Row(0, seen, null, null, null));
            Refuses("do not fill its shape (3)", Row(0, seen, done, keys, null, shape: 3));
            Refuses("an observation is a picture", Message(writer =>
            {
                int info = writer.Begin(1), observation = writer.Begin(13);
                writer.Bytes(3, new byte[] { 1, 2, 3 });
                writer.End(observation);
                writer.End(info);
            }));
            Assert.That(() => DemoFile.Load(new byte[0], "x"), Throws.TypeOf<ModelFileException>().With.Message.Contains("x: the file is empty"));
            Assert.That(() => DemoFile.Load(Demo(100, Behavior(), Enumerable.Repeat(good, 100).ToArray()), "x", maxBytes: 1000), Throws.TypeOf<ModelFileException>().With.Message.Contains("more than 1000 bytes"));
        }

        [Test]
        public void AnyCutAndAnyFlippedBitEndInOneException()
        {
            byte[] bytes = Demo(2, Behavior(), Row(1, new[] { 0.5f, -1 }, new[] { 9f }, new[] { 0, 0 }, "00100"), Row(2, new[] { 1.5f, 0 }, new[] { 0.25f }, new[] { 1, 0 }, "01001", end: true));
            for (int length = 0; length < bytes.Length; length++)
                Assert.That(() => DemoFile.Load(bytes.AsSpan(0, length).ToArray()), Throws.TypeOf<ModelFileException>(), $"{length} bytes");
            for (int bit = 0; bit < 8 * bytes.Length; bit++)
            {
                var damaged = (byte[])bytes.Clone();
                damaged[bit / 8] ^= (byte)(1 << bit % 8);
                try
                {
                    DemoFile.Load(damaged);
                }
                catch (ModelFileException)
                {
                    // Some bits make another demonstration, the rest none; nothing else may be thrown.
                }
            }
        }

        [Test]
        public void ABehaviourThatClaimsTooMuchTakesNoMemory()
        {
            byte[] behavior = Message(writer =>
            {
                int actions = writer.Begin(9);
                writer.Int64(1, int.MaxValue);
                writer.End(actions);
            });
            Assert.That(() => DemoFile.Load(Demo(1, behavior, Row(0, new[] { 1f }, new[] { 0f }, new int[0], null, shape: 1))), Throws.TypeOf<ModelFileException>().With.Message.Contains("0 discrete and 1 continuous actions, expected 0 and 2147483647"));
            Assert.That(() => DemoFile.Load(Demo(1, behavior, Row(0, new[] { 1f }, null, null, null, shape: 1))), Throws.TypeOf<ModelFileException>().With.Message.Contains("no row has an action"));
        }

        private static int[] Actions(Episode episode) => Enumerable.Range(0, episode.Steps).Select(t => episode.Discrete(t)[0]).ToArray();

        private static byte[] Message(Action<WireWriter> write)
        {
            var writer = new WireWriter();
            write(writer);
            return writer.ToArray();
        }

        private static byte[] Metadata(int rows) => Message(writer =>
        {
            writer.Int64(1, 1);
            writer.String(2, "walk");
            writer.Int64(3, rows);
        });

        /// <summary>Branches of 3 and 2 actions, one continuous action.</summary>
        private static byte[] Behavior() => Message(writer =>
        {
            writer.String(7, "Walker");
            int actions = writer.Begin(9);
            writer.Int64(1, 1);
            writer.Int64(2, 2);
            writer.Bytes(3, new byte[] { 3, 2 });
            writer.End(actions);
        });

        private static byte[] Row(float reward, float[] seen, float[]? continuous, int[]? discrete, string? forbidden, bool end = false, int shape = 0) => Message(writer =>
        {
            int info = writer.Begin(1);
            writer.Single(7, reward);
            if (end) writer.Int64(8, 1);
            if (forbidden != null) writer.Bytes(11, forbidden.Select(c => (byte)(c - '0')).ToArray());
            int observation = writer.Begin(13);
            writer.Int64(1, shape > 0 ? shape : seen.Length);
            int data = writer.Begin(4);
            foreach (float value in seen) writer.Single(1, value);
            writer.End(data);
            writer.End(observation);
            writer.End(info);
            int action = writer.Begin(2);
            foreach (float value in continuous ?? new float[0]) writer.Single(6, value);
            foreach (int value in discrete ?? new int[0]) writer.Int64(7, value);
            writer.End(action);
        });

        private static byte[] Demo(int rows, byte[] behavior, params byte[][] messages)
        {
            using var stream = new MemoryStream();
            void Write(byte[] message)
            {
                for (int rest = message.Length; ; rest >>= 7)
                {
                    stream.WriteByte((byte)(rest < 0x80 ? rest : rest & 0x7F | 0x80));
                    if (rest < 0x80) break;
                }
                stream.Write(message, 0, message.Length);
            }
            Write(Metadata(rows));
            stream.SetLength(33);
            stream.Position = 33;
            Write(behavior);
            foreach (byte[] message in messages) Write(message);
            return stream.ToArray();
        }
    }
}
