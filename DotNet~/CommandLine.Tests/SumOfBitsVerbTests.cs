using System.IO;
using System.Linq;
using NUnit.Framework;

namespace Recurrent.CommandLine.Tests;

public sealed class SumOfBitsVerbTests
{
    private CommandLineRun _run = null!;

    [SetUp]
    public void MakeRun() => _run = new CommandLineRun();

    [TearDown]
    public void DeleteRun() => _run.Dispose();

    [TestCase("lstm")]
    [TestCase("lstm-proj")]
    [TestCase("gru")]
    [TestCase("rnn-relu")]
    [TestCase("rnn-tanh")]
    public void AVariantReachesThePublishedBound(string variant)
    {
        Assert.That(_run.Run("sum-of-bits", "--variant", variant, "--seeds", "1"), Is.EqualTo(ExitCode.Success), _run.Output + _run.Error);
        JsonValue run = _run.Json["variants"][0]["runs"][0];
        Assert.That(run["ema"].AsDouble(), Is.InRange(0, 1e-2));
        // From 1, 458 updates of 0.99 ema are needed even where every loss is 0.
        Assert.That(run["updates"].AsInt32(), Is.InRange(459, 1500));
        Assert.That(_run.Json["passed"].AsBoolean());
        Assert.That(File.Exists(_run.PathOf("sum-of-bits.png")));
    }

    [Test]
    public void FailsWhereTheBoundIsMissed()
    {
        Assert.That(_run.Run("sum-of-bits", "--seeds", "2", "--updates", "5"), Is.EqualTo(ExitCode.Failure));
        Assert.That(_run.Output, Does.Contain("FAILED: expected 2 of 2 seeds of every variant"));
        Assert.That(_run.Json["variants"].Items.Select(variant => variant["variant"].AsString()), Is.EqualTo(new[] { "lstm", "lstm-proj", "gru", "rnn-relu", "rnn-tanh" }));
        Assert.That(_run.Json["variants"].Items.All(variant => variant["reached"].AsInt32() == 0));
    }

    [Test]
    public void ASeedGivesTheSameNumberOfUpdatesOnAnyNumberOfThreads()
    {
        string[] arguments = { "sum-of-bits", "--variant", "rnn-tanh", "--seeds", "2", "--threads" };
        _run.Run([.. arguments, "1"]);
        double[] one = Emas();
        _run.Run([.. arguments, "2"]);
        Assert.That(Emas(), Is.EqualTo(one));
    }

    [Test]
    public void CancellationEndsCleanly()
    {
        Assert.That(_run.RunUntil("lstm: 1 of 1", "sum-of-bits", "--seeds", "1"), Is.EqualTo(ExitCode.Cancelled));
        Assert.That(_run.Output, Does.Contain("lstm-proj: cancelled"));
        Assert.That(_run.Json["passed"].AsBoolean(), Is.False);
        Assert.That(_run.Error, Is.Empty);
    }

    private double[] Emas() => _run.Json["variants"][0]["runs"].Items.Select(run => run["ema"].AsDouble()).ToArray();
}
