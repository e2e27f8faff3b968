using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using NUnit.Framework;

namespace Recurrent.Tests
{
    public sealed class EpisodeCsvTests
    {
        private TemporaryFolder _folder = null!;

        [SetUp]
        public void MakeFolder() => _folder = new TemporaryFolder();

        [TearDown]
        public void DeleteFolder() => _folder.Dispose();

        [Test]
        public void EpisodesComeBackBitForBit()
        {
            Episode[] episodes = { EpisodeExamples.Draw(EpisodeExamples.Everything, 4, 1), EpisodeExamples.Draw(EpisodeExamples.Everything, 1, 2, isWhole: false), EpisodeExamples.Draw(EpisodeExamples.Everything, 3, 3) };
            EpisodeCsv.Save(_folder["a.csv"], episodes);
            Assert.That(EpisodeExamples.Texts(EpisodeCsv.Load(_folder["a.csv"])), Is.EqualTo(EpisodeExamples.Texts(episodes)));
            Assert.That(() => EpisodeCsv.Save(_folder["b.csv"], new Episode[0]), Throws.ArgumentException);
        }

        [Test]
        public void TheHeaderSaysWhatTheColumnsAre()
        {
            var layout = new EpisodeLayout(new[] { "near, m", "far" }, new[] { "move" }, new[] { 3 }, new[] { "steer" }, hasMasks: true);
            EpisodeCsv.Save(_folder["a.csv"], new[] { new Episode(layout, new[] { 1.5f, -2, 0.1f, 4 }, new[] { 2, 0 }, new[] { 0.25f, -1 }, new[] { false, true, true, true, false, false }, isWhole: false) });
            Assert.That(File.ReadAllText(_folder["a.csv"]), Is.EqualTo(
                "episode,step,end,discrete move/3,continuous steer,allowed move/0,allowed move/1,allowed move/2,\"observation near, m\",observation far\n"
                + "0,0,,2,0.25,0,1,1,1.5,-2\n0,1,cut,0,-1,1,0,0,0.100000001,4\n"));
        }

        [Test]
        public void AForeignTableHasTheActionBeforeItsObservation()
        {
            // Two whole episodes, one row alone, and one that was cut off.
            const string text = "episode,step,reward,done,a0,o0,o1\n0,0,0,0,1,0.5,10\n0,1,0,0,2,1.5,11\n0,2,1,1,0,2.5,12\n1,0,0,0,1,3.5,13\n1,1,1,1,2,4.5,14\n2,0,0,1,2,5.5,15\n3,0,0,0,2,6.5,16\n3,1,0,0,0,7.5,17\n";
            IReadOnlyList<Episode> episodes = EpisodeCsv.Read(CsvTable.Parse(text));
            Assert.That(episodes.Select(Describe), Is.EqualTo(new[] { "whole 0.5 10 → 2, 1.5 11 → 0", "whole 3.5 13 → 2", "cut 6.5 16 → 0" }));
            Assert.That(episodes[0].Layout.BranchSizes.ToArray(), Is.EqualTo(new[] { 3 }));
            Assert.That(episodes[0].Layout.ObservationNames, Is.EqualTo(new[] { "o0", "o1" }));

            IReadOnlyList<Episode> taken = EpisodeCsv.Read(CsvTable.Parse(text), new EpisodeColumns { ActionsComeBefore = false, BranchSizes = new[] { 7 } });
            Assert.That(taken.Select(Describe), Is.EqualTo(new[] { "whole 0.5 10 → 1, 1.5 11 → 2, 2.5 12 → 0", "whole 3.5 13 → 1, 4.5 14 → 2", "whole 5.5 15 → 2", "cut 6.5 16 → 2, 7.5 17 → 0" }));
            Assert.That(taken[0].Layout.BranchSizes.ToArray(), Is.EqualTo(new[] { 7 }));
        }

        [Test]
        public void ColumnsMayHaveOtherNames()
        {
            var columns = new EpisodeColumns { Episode = "run", End = "over", Ignored = new[] { "time" }, Discrete = new[] { "key" }, Continuous = new[] { "stick x", "stick y" }, ActionsComeBefore = false };
            Episode episode = EpisodeCsv.Read(CsvTable.Parse("time,run,x,key,stick x,stick y\n0.1,5,1,3,0.5,-0.5\n0.2,5,2,1,0.25,1\n"), columns).Single();
            Assert.That(episode.Layout.ToString(), Is.EqualTo("1 observations, branches of 4 actions, 2 continuous actions"));
            Assert.That(episode.IsWhole, "nothing says where an episode ends");
            Assert.That(episode.Continuous(1).ToArray(), Is.EqualTo(new[] { 0.25f, 1 }));
            Assert.That(() => EpisodeCsv.Read(CsvTable.Parse("run,x\n1,2\n"), columns), Throws.ArgumentException.With.Message.Contains("no column \"key\""));
        }

        [TestCase("episode,a0,o0\n", 0, "", "the recording is empty: there is no row below the header")]
        [TestCase("episode,a0,o0\n0,1,2\n1,1,2\n", 0, "", "the recording is empty: no episode has two rows")]
        [TestCase("episode,a0,o0,o1\n0,1,2,3\n0,1,2,NaN\n", 3, "o1", "expected a finite number, got \"NaN\"")]
        [TestCase("episode,a0,o0\n0,1,2\n0,-1,2\n", 3, "a0", "expected an action 0 to 1, got -1")]
        [TestCase("episode,a0,o0\n0,1,2\n0,0.5,2\n", 3, "a0", "expected an action 0 to 1, got 0.5")]
        [TestCase("episode,a0,o0\n0,1,2\n0,1e9,2\n", 3, "a0", "expected an action 0 to 524288, got 1000000000")]
        [TestCase("episode,o0\n0,1\n0,2\n", 1, "", "there is no column of actions; they are called a0, a1, … or c0, c1, … unless told otherwise")]
        [TestCase("episode,step,end,discrete move/2,observation x\n0,0,,0,1\n0,1,whole,2,1\n", 3, "discrete move/2", "expected an action 0 to 1, got 2")]
        [TestCase("episode,step,end,discrete move/2,observation x\n0,0,,0,1\n0,1,perhaps,1,1\n", 3, "end", "expected whole, cut or nothing, got \"perhaps\"")]
        [TestCase("episode,step,end,discrete move,observation x\n0,0,whole,0,1\n", 1, "discrete move", "expected the number of actions behind the name, as in \"discrete move/4\"")]
        [TestCase("episode,step,end,discrete m/2,allowed m/0,observation x\n0,0,whole,0,1,1\n", 1, "allowed m/0", "expected the columns allowed m/0 to allowed m/1, all and in order")]
        [TestCase("episode,step,end,discrete m/2,allowed m/0,allowed m/1,observation x\n0,0,,0,1,0,1\n0,1,whole,1,0,0,5\n", 3, "discrete m/2", "the mask forbids all 2 actions")]
        [TestCase("episode,step,end,discrete m/2,allowed m/0,allowed m/1,observation x\n0,0,,0,1,0,1\n0,1,whole,1,2,1,5\n", 3, "allowed m/0", "expected 0 or 1, got 2")]
        public void RefusesABadTableWithItsPlace(string text, int line, string column, string reason)
        {
            var exception = Assert.Throws<DataFileException>(() => EpisodeCsv.Read(CsvTable.Parse(text, "bad.csv")))!;
            Assert.That((exception.Line, exception.Column, exception.Reason), Is.EqualTo((line, column, reason)));
        }

        private static string Describe(Episode episode) => (episode.IsWhole ? "whole " : "cut ") + string.Join(", ", Enumerable.Range(0, episode.Steps)
            .Select(t => FormattableString.Invariant($"{episode.Observation(t)[0]} {episode.Observation(t)[1]} → {episode.Discrete(t)[0]}")));
    }
}
