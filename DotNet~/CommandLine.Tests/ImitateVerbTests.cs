using System;
using System.IO;
using System.Linq;
using System.Text;
using NUnit.Framework;

namespace Recurrent.CommandLine.Tests;

public sealed class ImitateVerbTests
{
    private CommandLineRun _run = null!;

    [SetUp]
    public void MakeRun() => _run = new CommandLineRun();

    [TearDown]
    public void DeleteRun() => _run.Dispose();

    /// <summary>The player does what was seen in the step before (0, 1 or 2), which only memory can tell; a row holds the action before its observation.</summary>
    private string Play(int episodes = 40)
    {
        var csv = new StringBuilder("episode,step,reward,done,a0,o0,o1\n");
        var random = new RandomSource(3);
        for (int episode = 0; episode < episodes; episode++)
        {
            int seen = 0, before = 0;
            for (int t = 0; t < 12; t++)
            {
                int action = before;
                (before, seen) = (seen, random.Next(3));
                csv.Append(FormattableString.Invariant($"{episode},{t},0,{(t == 11 ? 1 : 0)},{action},{seen},{random.NextSingle()}\n"));
            }
        }
        return _run.Write("play.csv", csv.ToString());
    }

    [Test]
    public void MemoryTellsWhatAMemorylessNetworkCannot()
    {
        Assert.That(_run.Run("imitate", Play(), "--cell", "gru", "--hidden", "16", "--dropout", "0", "--learning-rate", "0.02", "--epochs", "25", "--splits", "2", "--threads", "1"), Is.EqualTo(ExitCode.Success), _run.Error);
        double Accuracy(string name) => _run.Json["results"].Items.Single(result => result["name"].AsString() == name)["accuracy"].Items.Average(split => split.AsDouble());
        Assert.That(Accuracy("gru"), Is.GreaterThan(0.95));
        Assert.That(Accuracy("memoryless"), Is.InRange(0.2, 0.6));
        Assert.That(Accuracy("majority"), Is.InRange(0.2, 0.6));
        Assert.That(Accuracy("last action"), Is.InRange(0.2, 0.6));
        Assert.That(_run.Output, Does.Contain("40 episodes, 40 of them whole, 440 steps; 2 observations, branches of 3 actions"));
        Assert.That(File.Exists(_run.PathOf("imitate.png")));
        using Policy policy = Policy.Load(_run.PathOf("policy.safetensors"));
        var action = new int[1];
        policy.Act([2, 0.5f], action);
        policy.Act([0, 0.5f], action);
        Assert.That(action[0], Is.EqualTo(2));
    }

    [Test]
    public void TheCueTaskFailsWithoutTraining()
    {
        Assert.That(_run.Run("imitate", "--task", "cue", "--cell", "gru", "--hidden", "2", "--epochs", "1", "--splits", "1", "--threads", "1"), Is.EqualTo(ExitCode.Failure), _run.Error);
        Assert.That(_run.Output, Does.Contain("FAILED: the turn is to be right for 98 % with memory at least, and for 55 % without at most"));
        Assert.That(_run.Json["passed"].AsBoolean(), Is.False);
    }

    [Test]
    public void TheCueDecidesAndNothingElse()
    {
        var episodes = CueTask.Draw(200, 5);
        foreach (Episode episode in episodes)
        {
            Assert.That(episode.Steps, Is.EqualTo(41));
            int cue = episode.Observation(0)[0] == 1 ? 0 : 1;
            Assert.That(episode.Discrete(40)[0], Is.EqualTo(1 + cue));
            Assert.That(Enumerable.Range(0, 40).All(t => episode.Discrete(t)[0] == 0));
            Assert.That(Enumerable.Range(1, 40).All(t => episode.Observation(t)[0] == 0 && episode.Observation(t)[1] == 0), "the light is seen once");
            Assert.That(Enumerable.Range(0, 41).All(t => episode.Observation(t)[2] == (t == 40 ? 1 : 0)));
        }
        Assert.That(episodes.Count(episode => episode.Discrete(40)[0] == 1), Is.InRange(80, 120));
    }

    [Test]
    public void SaysWhatIsWrong()
    {
        Assert.That(_run.Run("imitate"), Is.EqualTo(ExitCode.BadInput));
        Assert.That(_run.Error, Does.Contain("expected a file with recorded play (.episodes, .csv, .jsonl or .demo), or --task cue"));
        Assert.That(_run.Run("imitate", Play(2)), Is.EqualTo(ExitCode.BadInput));
        Assert.That(_run.Error, Does.Contain("there are 2 episodes, expected at least 3"));
        Assert.That(_run.Run("imitate", "x.csv", "--task", "cue"), Is.EqualTo(ExitCode.BadInput));
        Assert.That(_run.Error, Does.Contain("got both"));
    }

    [Test]
    public void CancellationEndsCleanly()
    {
        Assert.That(_run.RunUntil("split 1 of", "imitate", Play(6), "--epochs", "1", "--splits", "500", "--threads", "1"), Is.EqualTo(ExitCode.Cancelled));
        Assert.That(_run.Output, Does.Contain("Cancelled in epoch 1 of 1"));
        Assert.That(_run.Error, Is.Empty);
    }
}
