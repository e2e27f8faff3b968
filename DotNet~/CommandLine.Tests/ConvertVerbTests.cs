using System.IO;
using System.Linq;
using NUnit.Framework;

namespace Recurrent.CommandLine.Tests;

public sealed class ConvertVerbTests
{
    private const string Csv = "episode,step,reward,done,a0,o0\n0,0,0,0,0,0.5\n0,1,0,0,1,1.5\n0,2,0,1,2,2.5\n1,0,0,0,0,3.5\n1,1,0,0,1,4.5\n";

    private CommandLineRun _run = null!;

    [SetUp]
    public void MakeRun() => _run = new CommandLineRun();

    [TearDown]
    public void DeleteRun() => _run.Dispose();

    [Test]
    public void AllKindsOfFilesHoldTheSameEpisodes()
    {
        string[] files = ["play.csv", "a.episodes", "b.jsonl", "c.csv", "d.episodes"];
        _run.Write(files[0], Csv);
        for (int i = 1; i < files.Length; i++)
            Assert.That(_run.Run("convert", _run.PathOf(files[i - 1]), _run.PathOf(files[i])), Is.EqualTo(ExitCode.Success), _run.Error);
        Assert.That(File.ReadAllBytes(_run.PathOf("d.episodes")), Is.EqualTo(File.ReadAllBytes(_run.PathOf("a.episodes"))));
        Assert.That(_run.Output, Does.Contain("a row's action is taken for the one before its observation: step t gets that of row t + 1 (--actions)"));
        Assert.That(_run.Output, Does.Contain("2 episodes, 1 of them whole, 3 steps of 1 observations, branches of 3 actions"));
        Assert.That(EpisodeFile.Load(_run.PathOf("d.episodes")).Episodes.Select(episode => episode.Discrete(0)[0]), Is.EqualTo(new[] { 1, 1 }));
        Assert.That(_run.Json["steps"].AsInt32(), Is.EqualTo(3));

        Assert.That(_run.Run("convert", _run.PathOf("d.episodes"), _run.PathOf("e.safetensors")), Is.EqualTo(ExitCode.Success), _run.Error);
        Assert.That(SafeTensorsFile.Load(_run.PathOf("e.safetensors"))["actions"].ReadInt64(), Is.EqualTo(new long[] { 1, 2, 1 }));
    }

    [Test]
    public void ATableMayHoldTheActionThatWasTaken()
    {
        _run.Write("play.csv", Csv);
        Assert.That(_run.Run("convert", _run.PathOf("play.csv"), _run.PathOf("a.jsonl"), "--actions", "taken"), Is.EqualTo(ExitCode.Success), _run.Error);
        Assert.That(EpisodeJsonLines.Load(_run.PathOf("a.jsonl")).Select(episode => episode.Steps), Is.EqualTo(new[] { 3, 2 }));
    }

    [Test]
    public void SaysWhatIsWrong()
    {
        _run.Write("play.csv", Csv);
        Assert.That(_run.Run("convert", _run.PathOf("play.csv"), _run.PathOf("a.txt")), Is.EqualTo(ExitCode.BadInput));
        Assert.That(_run.Error, Does.Contain("recorded play is written as .episodes, .csv, .jsonl or .safetensors, got '.txt'"));
        _run.Write("bad.csv", Csv.Replace("4.5", "NaN"));
        Assert.That(_run.Run("convert", _run.PathOf("bad.csv"), _run.PathOf("a.jsonl")), Is.EqualTo(ExitCode.BadInput));
        Assert.That(_run.Error, Does.Contain("bad.csv, line 6, column \"o0\": expected a finite number, got \"NaN\"."));
        _run.Write("bad.demo", "no demonstration");
        Assert.That(_run.Run("convert", _run.PathOf("bad.demo"), _run.PathOf("a.jsonl")), Is.EqualTo(ExitCode.BadInput));
        Assert.That(File.Exists(_run.PathOf("a.jsonl")), Is.False);
    }
}
