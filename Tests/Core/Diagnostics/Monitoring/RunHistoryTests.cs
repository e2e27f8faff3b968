using System;
using System.IO;
using System.Linq;
using NUnit.Framework;
using Recurrent.Diagnostics;

namespace Recurrent.Tests.Diagnostics
{
    public sealed class RunHistoryTests
    {
        private string _folder = null!, _path = null!;

        [SetUp]
        public void SetUp()
        {
            _folder = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());
            _path = Path.Combine(_folder, "deeper", "runs.json");
        }

        [TearDown]
        public void TearDown()
        {
            if (Directory.Exists(_folder)) Directory.Delete(_folder, true);
        }

        private static RunRecord Run(string name, int epochs = 3, int best = 2, bool validated = true) => new RunRecord(name, new DateTime(2026, 5, 3, 14, 5, 6, 789, DateTimeKind.Utc),
            TimeSpan.FromSeconds(12.25), TrainingOutcome.StoppedEarly, $"{name} stopped.", epochs,
            Enumerable.Range(1, epochs).Select(i => new EpochRecord(i, 1.0 / i + 0.1, validated ? 1.0 / i + 0.3 : double.NaN, 0.003f / i)).ToArray(), best, best > 0 ? 0.8125 : double.PositiveInfinity);

        private static string Exact(RunRecord run) => $"{run.Name}|{run.Began:O}|{run.Began.Kind}|{run.Elapsed.Ticks}|{run.Outcome}|{run.Message}|{run.EpochCount}|{run.BestEpoch}|{run.BestLoss:R}|"
            + string.Join(" ", run.Epochs.Select(epoch => $"{epoch.Epoch}:{epoch.TrainLoss:R}:{epoch.ValidationLoss:R}:{epoch.LearningRate:R}"));

        [Test]
        public void AnotherSessionFindsTheRunsNewestFirst()
        {
            RunHistory history = RunHistory.Open(_path);
            Assert.That(history.Runs, Is.Empty);
            RunRecord a = Run("Guard"), b = Run("Wolf \"the\" 狼 \ud800", validated: false), c = Run("Empty", 0, 0);
            history.Add(a);
            history.Add(b);
            history.Add(c);
            RunHistory again = RunHistory.Open(_path);
            Assert.That(again.Trouble, Is.Null);
            Assert.That(again.Runs.Select(Exact), Is.EqualTo(new[] { c, b, a }.Select(Exact)));
            Assert.That(again.Runs[1].Name, Is.EqualTo("Wolf \"the\" 狼 \ufffd"));
            Assert.That(again.Remove(again.Runs[1]), Is.True);
            Assert.That(again.Remove(a), Is.False);
            Assert.That(RunHistory.Open(_path).Runs.Select(run => run.Name), Is.EqualTo(new[] { "Empty", "Guard" }));
            again.Clear();
            Assert.That(RunHistory.Open(_path).Runs, Is.Empty);
        }

        [Test]
        public void ItStaysSmall()
        {
            RunHistory history = RunHistory.Open(_path);
            for (int i = 0; i < RunHistory.MaxRuns + 3; i++) history.Add(Run($"run {i}", 1000));
            Assert.That(history.Runs.Count, Is.EqualTo(RunHistory.MaxRuns));
            Assert.That(history.Runs[0].Name, Is.EqualTo("run 52"));
            Assert.That(history.Runs.Last().Name, Is.EqualTo("run 3"));
            Assert.That(RunHistory.Open(_path).Runs.Count, Is.EqualTo(RunHistory.MaxRuns));
            Assert.That(new FileInfo(_path).Length, Is.LessThan(2 << 20));
            Assert.That(Run(new string('x', 5000)).Name.Length, Is.EqualTo(400));
        }

        [TestCase(1)]
        [TestCase(500)]
        [TestCase(777)]
        [TestCase(1000)]
        public void OfALongRunTheEndsAndTheBestAreKept(int best)
        {
            RunRecord run = Run("long", 1000, best);
            int[] numbers = run.Epochs.Select(epoch => epoch.Epoch).ToArray();
            Assert.That(numbers.Length, Is.EqualTo(RunRecord.MaxEpochs));
            Assert.That(numbers, Is.Ordered.And.Unique);
            Assert.That((numbers[0], numbers.Last()), Is.EqualTo((1, 1000)));
            Assert.That(numbers, Does.Contain(best));
            Assert.That(run.Epochs.Single(epoch => epoch.Epoch == best).TrainLoss, Is.EqualTo(1.0 / best + 0.1));
            Assert.That(run.EpochCount, Is.EqualTo(1000));
        }

        [TestCase("")]
        [TestCase("{\"version\":1,\"runs\":[{\"name\":\"Gu")]
        [TestCase("{\"version\":2,\"runs\":[]}")]
        [TestCase("[1,2]")]
        [TestCase("{\"version\":1,\"runs\":[{}]}")]
        [TestCase("{\"version\":1,\"runs\":[{\"name\":\"a\",\"began\":\"x\",\"seconds\":1,\"outcome\":\"Completed\",\"message\":\"\",\"epochs\":0,\"best_epoch\":0,\"best_loss\":null,\"losses\":[]}]}")]
        [TestCase("{\"version\":1,\"runs\":[{\"name\":\"a\",\"began\":\"2026-05-03T14:05:06Z\",\"seconds\":1e300,\"outcome\":\"Completed\",\"message\":\"\",\"epochs\":0,\"best_epoch\":0,\"best_loss\":null,\"losses\":[]}]}")]
        [TestCase("{\"version\":1,\"runs\":[{\"name\":\"a\",\"began\":\"2026-05-03T14:05:06Z\",\"seconds\":1,\"outcome\":\"Great\",\"message\":\"\",\"epochs\":0,\"best_epoch\":0,\"best_loss\":null,\"losses\":[]}]}")]
        [TestCase("\u0000\u0001\u0002")]
        public void ADamagedFileIsPutAsideAndTheHistoryBeginsAnew(string text)
        {
            Directory.CreateDirectory(Path.GetDirectoryName(_path)!);
            File.WriteAllText(_path, text);
            RunHistory history = RunHistory.Open(_path);
            Assert.That(history.Runs, Is.Empty);
            Assert.That(history.Trouble, Does.StartWith("The history of runs was damaged and begins anew; the old file is '" + _path + ".damaged'."));
            Assert.That(File.ReadAllText(_path + ".damaged"), Is.EqualTo(text));
            history.Add(Run("Guard"));
            Assert.That(history.Trouble, Is.Null);
            Assert.That(RunHistory.Open(_path).Runs.Single().Name, Is.EqualTo("Guard"));
        }

        [Test]
        public void AFileThatCannotBeWrittenLosesNoRun()
        {
            Directory.CreateDirectory(_path);
            RunHistory history = RunHistory.Open(_path);
            history.Add(Run("Guard"));
            Assert.That(history.Runs.Single().Name, Is.EqualTo("Guard"));
            Assert.That(history.Trouble, Does.StartWith("The history of runs cannot be written."));
        }
    }
}
