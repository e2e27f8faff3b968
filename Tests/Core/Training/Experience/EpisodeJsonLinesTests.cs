using System.IO;
using System.Linq;
using System.Text;
using NUnit.Framework;

namespace Recurrent.Tests
{
    public sealed class EpisodeJsonLinesTests
    {
        private const string Head = "{\"format\":\"recurrent-episodes\",\"version\":1,\"layout\":{\"observations\":[\"x\",\"y\"],\"branches\":[{\"name\":\"move\",\"size\":3}],\"continuous\":[],\"masks\":false}}\n";

        [Test]
        public void EpisodesComeBackBitForBit()
        {
            using var folder = new TemporaryFolder();
            Episode[] episodes = { EpisodeExamples.Draw(EpisodeExamples.Everything, 4, 1), EpisodeExamples.Draw(EpisodeExamples.Everything, 1, 2, isWhole: false), EpisodeExamples.Draw(EpisodeExamples.Everything, 3, 3) };
            EpisodeJsonLines.Save(folder["a.jsonl"], episodes);
            Assert.That(EpisodeExamples.Texts(EpisodeJsonLines.Load(folder["a.jsonl"])), Is.EqualTo(EpisodeExamples.Texts(episodes)));
            Assert.That(() => EpisodeJsonLines.Save(folder["b.jsonl"], new Episode[0]), Throws.ArgumentException);
        }

        [Test]
        public void AStepIsALine()
        {
            using var folder = new TemporaryFolder();
            var layout = new EpisodeLayout(new[] { "x", "y" }, new[] { "move" }, new[] { 3 }, new string[0]);
            EpisodeJsonLines.Save(folder["a.jsonl"], new[] { new Episode(layout, new[] { 0.5f, -1, 2, 3 }, new[] { 2, 0 }) });
            Assert.That(File.ReadAllText(folder["a.jsonl"]), Is.EqualTo(Head + "{\"episode\":0,\"observation\":[0.5,-1],\"discrete\":[2]}\n{\"episode\":0,\"observation\":[2,3],\"discrete\":[0],\"end\":\"whole\"}\n"));
        }

        [Test]
        public void AnEpisodeEndsWhereItSaysSoOrTheNextBegins()
        {
            string text = Head + Step(0, 1) + Step(0, 2, ",\"end\":\"whole\"") + Step(0, 0) + Step(1, 1) + "\n  \n" + Step(1, 2).TrimEnd('\n');
            Assert.That(Load(text).Select(episode => $"{episode.Steps} {episode.IsWhole}"), Is.EqualTo(new[] { "2 True", "1 False", "2 False" }));
        }

        [TestCase("", 0, "", "the recording is empty: there is no step")]
        [TestCase("{\"format\":\"other\"}\n", 1, "format", "expected \"recurrent-episodes\"")]
        [TestCase("{\"format\":\"recurrent-episodes\",\"version\":2}\n", 1, "version", "expected 1")]
        [TestCase(Head + "{\"episode\":0,\"observation\":[1],\"discrete\":[0]}\n", 2, "observation", "expected an array of 2, got 1")]
        [TestCase(Head + "{\"episode\":0,\"observation\":[1,2],\"discrete\":[3]}\n", 2, "move", "expected an action 0 to 2, got 3")]
        [TestCase(Head + "{\"episode\":0,\"observation\":[1,2],\"discrete\":[0],\"end\":\"perhaps\"}\n", 2, "end", "expected \"whole\" or \"cut\"")]
        [TestCase(Head + "{\"episode\":0,\"observation\":[1,2]}\n", 2, "", "byte 0: expected an object with 'discrete', got an object of 2 members")]
        [TestCase(Head, 1, "", "the recording is empty: there is no step")]
        public void RefusesABadLineWithItsPlace(string text, int line, string column, string reason)
        {
            var exception = Assert.Throws<DataFileException>(() => Load(text))!;
            Assert.That((exception.Path, exception.Line, exception.Column, exception.Reason), Is.EqualTo(("bytes", line, column, reason)));
        }

        [TestCase(Head + "{\"episode\":0,\"observation\":[1,NaN],\"discrete\":[0]}\n")]
        [TestCase(Head + "{\"episode\":0,\"observation\":[1,1e39],\"discrete\":[0]}\n")]
        [TestCase(Head + "not json\n")]
        public void RefusesWhatIsNoNumberOrNoJson(string text) => Assert.That(() => Load(text), Throws.TypeOf<DataFileException>().With.Property("Line").EqualTo(2));

        [Test]
        public void TheStepsMayTakeOnlySoMuchMemory()
        {
            string text = Head + string.Concat(Enumerable.Range(0, 50).Select(i => Step(0, i % 3)));
            Assert.That(() => EpisodeJsonLines.Load(new MemoryStream(Encoding.UTF8.GetBytes(text)), "bytes", maxBytes: 120), Throws.TypeOf<DataFileException>().With.Message.Contains("line 12").And.Message.Contains("more than 120 bytes"));
        }

        private static System.Collections.Generic.IReadOnlyList<Episode> Load(string text) => EpisodeJsonLines.Load(new MemoryStream(Encoding.UTF8.GetBytes(text)), "bytes");

        private static string Step(int episode, int action, string more = "") => $"{{\"episode\":{episode},\"observation\":[1,2],\"discrete\":[{action}]{more}}}\n";
    }
}
