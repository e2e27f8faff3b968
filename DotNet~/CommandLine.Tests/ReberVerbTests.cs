using System.IO;
using System.Linq;
using NUnit.Framework;

namespace Recurrent.CommandLine.Tests;

public sealed class ReberVerbTests
{
    private CommandLineRun _run = null!;

    [SetUp]
    public void MakeRun() => _run = new CommandLineRun();

    [TearDown]
    public void DeleteRun() => _run.Dispose();

    [TestCase("BTBTXSETE", new[] { "TP", "B", "TP", "SX", "XS", "E", "T", "E" })]
    [TestCase("BPBPVVEPE", new[] { "TP", "B", "TP", "TV", "PV", "E", "P", "E" })]
    [TestCase("BPBTSSXXTVPSEPE", new[] { "TP", "B", "TP", "SX", "SX", "SX", "XS", "TV", "TV", "PV", "XS", "E", "P", "E" })]
    public void WhatMayFollowIsTheGrammars(string text, string[] following) => Assert.That(ReberGrammar.Following(text), Is.EqualTo(following));

    [Test]
    public void EveryStringFollowsTheGrammar()
    {
        var random = new RandomSource(1);
        string[] strings = Enumerable.Range(0, 2000).Select(_ => ReberGrammar.Draw(random)).ToArray();
        foreach (string text in strings)
        {
            string[] following = ReberGrammar.Following(text);
            for (int t = 0; t < following.Length; t++) Assert.That(following[t], Does.Contain(text[t + 1]), text);
        }
        Assert.That(strings.Min(text => text.Length), Is.EqualTo(9));
        // A way through the states has 6 symbols in the mean: with s_i the steps left from state i, s_1 = 2 + s_3, s_2 = 2 + s_4, s_3 = 1 + s_2/2,
        // s_4 = 1 + s_3/2, s_0 = 1 + (s_1 + s_2)/2. Six more stand around it.
        Assert.That(strings.Average(text => text.Length), Is.EqualTo(6 + 6).Within(0.4));
        Assert.That(strings.Average(text => text[1] == 'T' ? 1 : 0), Is.EqualTo(0.5).Within(0.045));
    }

    [Test]
    public void AnLstmSolvesIt()
    {
        Assert.That(_run.Run("reber", "--cell", "lstm", "--seeds", "2"), Is.EqualTo(ExitCode.Success), _run.Output + _run.Error);
        foreach (JsonValue run in _run.Json["networks"][0]["runs"].Items)
        {
            Assert.That(run["solved"].AsBoolean());
            Assert.That(run["strings"].AsInt32(), Is.InRange(100, 8000));
            Assert.That(_run.Output, Does.Contain($"solved after {run["strings"].AsInt32()} strings"));
        }
        Assert.That(File.Exists(_run.PathOf("reber.png")));
    }

    [Test]
    public void FailsWhereItIsNotSolvedInTime()
    {
        Assert.That(_run.Run("reber", "--cell", "lstm", "--seeds", "1", "--strings", "150", "--weights", "pytorch"), Is.EqualTo(ExitCode.Failure));
        Assert.That(_run.Output, Does.Contain("FAILED: expected 1 of 1 seeds of the LSTM"));
        Assert.That(_run.Json["passed"].AsBoolean(), Is.False);
    }

    [Test]
    public void OnlyTheLstmIsRequired()
    {
        Assert.That(_run.Run("reber", "--cell", "rnn", "--seeds", "1", "--strings", "100"), Is.EqualTo(ExitCode.Success));
        Assert.That(_run.Output, Does.Contain("rnn, seed 1: not solved").And.Contain("Done,"));
    }

    [Test]
    public void CancellationEndsCleanly()
    {
        Assert.That(_run.RunUntil("(1 of 1,", "reber", "--seeds", "1", "--strings", "100"), Is.EqualTo(ExitCode.Cancelled));
        Assert.That(_run.Output, Does.Contain("gru: cancelled"));
        Assert.That(_run.Error, Is.Empty);
    }
}
