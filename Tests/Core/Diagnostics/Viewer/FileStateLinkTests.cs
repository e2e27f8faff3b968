using System;
using System.IO;
using NUnit.Framework;
using Recurrent.Diagnostics;

namespace Recurrent.Tests.Diagnostics
{
    public class FileStateLinkTests
    {
        private static readonly RecordingLayout Layout = new RecordingLayout(RecordChannels.All, 1, 1, 1, new[] { new RecordedCell("0", "RNN", 2, 2, false) });

        // input, output, target, h[0], h[1]
        private static Recording Steps(string agent, long first, params float[] input)
        {
            var frames = new float[input.Length * 5];
            for (int t = 0; t < input.Length; t++)
            {
                frames[5 * t] = input[t];
                frames[5 * t + 2] = float.NaN;
                frames[5 * t + 3] = t * 0.25f;
            }
            return new Recording(agent, Layout, first, frames);
        }

        [Test]
        public void ListsEveryPieceOfAnAgentAndGivesItsSteps()
        {
            using var link = new FileStateLink("two.rnnstate", new[] { Steps("NPC_07", 3, 1, 2), Steps("NPC_07", 9, 5, float.NaN, 6), Steps("NPC_08", 0, 7) });

            Assert.That(Array.ConvertAll(System.Linq.Enumerable.ToArray(link.Agents), agent => agent.Name), Is.EqualTo(new[] { "NPC_07", "NPC_07 (2)", "NPC_08" }));
            Assert.That(Array.ConvertAll(System.Linq.Enumerable.ToArray(link.Agents), agent => agent.Warning), Is.EqualTo(new[] { "", "NaN since step 10", "" }));
            IRecordedSteps steps = link.Attach("NPC_07 (2)");
            Assert.That((steps.Agent, steps.FirstStep, steps.EndStep), Is.EqualTo(("NPC_07", 9L, 12L)));
            Assert.That(steps.Frame(11)[0], Is.EqualTo(6));
            Assert.That(steps.Frame(11)[3], Is.EqualTo(0.5f));
            Assert.That(steps.Range(10, 99).Steps, Is.EqualTo(2));
            Assert.That(() => steps.Frame(12).Length, Throws.TypeOf<ArgumentOutOfRangeException>().With.Message.Contains("has the steps 9 … 11, got 12"));
            Assert.That(link.IsLive, Is.False);
        }

        [Test]
        public void RefusesAnAgentThatIsNotThere()
        {
            using var link = new FileStateLink("one.rnnstate", new[] { Steps("NPC_07", 0, 1) });
            Assert.That(() => link.Attach("Bob"), Throws.ArgumentException.With.Message.Contains("there is no agent 'Bob' (NPC_07)"));
        }

        [Test]
        public void OpensACutFileUpToItsLastWholeBlockAndSaysSo()
        {
            string path = Path.GetTempFileName();
            try
            {
                RecordingFile.Save(path, new[] { Steps("a", 0, 1, 2), Steps("b", 0, 3) }, new[] { new RecordedTable("attribution", new[] { "x" }, new[] { 1f, 2f }) });
                using (FileStateLink whole = FileStateLink.Open(path))
                {
                    Assert.That(whole.Cut, Is.Null);
                    Assert.That(whole.Name, Is.EqualTo(Path.GetFileName(path)));
                    Assert.That(whole.Tables[0].Values, Is.EqualTo(new[] { 1f, 2f }));
                }
                byte[] bytes = File.ReadAllBytes(path);
                File.WriteAllBytes(path, bytes.AsSpan(0, bytes.Length - 3).ToArray());
                using FileStateLink cut = FileStateLink.Open(path);
                Assert.That(cut.Cut, Is.Not.Null);
                Assert.That(cut.Agents.Count, Is.EqualTo(2));
                Assert.That(cut.Tables, Is.Empty);
            }
            finally
            {
                File.Delete(path);
            }
        }

        [Test]
        public void ARingThatIsRecordedIntoGivesARangeOfWhatItKeeps()
        {
            var agent = new AgentRecorder("live", Layout, capacity: 4);
            for (int t = 0; t < 7; t++) agent.Record(new[] { t, 0f, 0f, 0f, 0f });
            IRecordedSteps steps = agent;

            Assert.That((steps.FirstStep, steps.EndStep), Is.EqualTo((3L, 7L)));
            Recording range = steps.Range(0, 6);
            Assert.That((range.FirstStep, range.Steps, range.Frames[0], range.Frames[10]), Is.EqualTo((3L, 3, 3f, 5f)));
            Assert.That(() => steps.Range(7, 9), Throws.ArgumentException.With.Message.Contains("has the steps 3 … 6, of which none lies in 7 … 8"));
        }
    }
}
