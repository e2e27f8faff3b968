using System.IO;
using System.Linq;
using NUnit.Framework;
using Recurrent.Diagnostics;

namespace Recurrent.CommandLine.Tests;

public sealed class ViewVerbTests
{
    private CommandLineRun _run = null!;

    [SetUp]
    public void MakeRun() => _run = new CommandLineRun();

    [TearDown]
    public void DeleteRun() => _run.Dispose();

    private string Recorded(Demonstration what)
    {
        string path = _run.PathOf($"{what}.rnnstate");
        DemonstrationRun.Train(what, hiddenSize: 6, epochs: 6).Save(path);
        return path;
    }

    [Test]
    public void DrawsEveryViewAndWritesOnePage()
    {
        Assert.That(_run.Run("view", Recorded(Demonstration.LayerFrozenAtZero), "--csv", "--break", "|c[3]| >= 0"), Is.EqualTo(ExitCode.Success), _run.Error);
        string[] pictures = { "prediction", "h-rnn-l0", "h-rnn-l1", "c-rnn-l0", "c-rnn-l1", "gates-rnn-l0", "gates-rnn-l1", "training", "gradient-flow", "attribution", "trajectory-rnn-l1" };
        string[] files = Directory.GetFiles(_run.Folder).Select(file => Path.GetFileName(file)!).ToArray();
        Assert.That(files, Is.SupersetOf(pictures.Select(name => name + ".png").Append("report.html").Append("recording.csv")));
        Assert.That(_run.Output, Does.Contain("Dead units (rnn.l0.h): 6 of 6 units"));
        Assert.That(_run.Output, Does.Contain("|c[3]| >= 0: comes to hold in 1 of 119 steps"));
        Assert.That(_run.Json["findings"].Items.Select(finding => finding["fault"].AsString()), Does.Contain("DeadUnits"));
        Assert.That(File.ReadAllText(_run.PathOf("report.html")), Does.Contain("6 of 6 units"));
        Assert.That(File.ReadLines(_run.PathOf("recording.csv")).Count(), Is.EqualTo(1 + 119));
    }

    [Test]
    public void ShowsTheDifferenceToAnotherRecording()
    {
        string file = Recorded(Demonstration.Untrained);
        Assert.That(_run.Run("view", file, "--against", file, "--from", "10", "--to", "29", "--skin", "dark"), Is.EqualTo(ExitCode.Success), _run.Error);
        Assert.That(_run.Output, Does.Contain("agent: steps 10 to 29 of 119").And.Contain("No difference to agent in 20 common steps."));
        Assert.That(File.Exists(_run.PathOf("difference-rnn-l0.png")));
        Assert.That(_run.Json["steps"].AsInt32(), Is.EqualTo(20));
    }

    [Test]
    public void ShowsWhatStandsBeforeACut()
    {
        string file = Recorded(Demonstration.Untrained);
        byte[] bytes = File.ReadAllBytes(file);
        File.WriteAllBytes(file, bytes[..^3]);
        Assert.That(_run.Run("view", file), Is.EqualTo(ExitCode.Success), _run.Error);
        Assert.That(_run.Output, Does.Contain("is cut at byte").And.Contain("with 119 steps"));
    }

    [TestCase("RNNSTATX............", "this is no recording")]
    [TestCase("RNN", "cut within its header")]
    public void ABadFileIsOneLine(string content, string reason)
    {
        string file = _run.Write("bad.rnnstate", content);
        Assert.That(_run.Run("view", file), Is.EqualTo(ExitCode.BadInput));
        Assert.That(_run.Error, Does.StartWith("recurrent view: ").And.Contain(file).And.Contain(reason));
    }

    [Test]
    public void ABadConditionIsOneLine()
    {
        Assert.That(_run.Run("view", Recorded(Demonstration.Untrained), "--break", "h[1 > 2"), Is.EqualTo(ExitCode.BadInput));
        Assert.That(_run.Error.Trim(), Is.EqualTo("recurrent view: Breakpoint 'h[1 > 2': expected ']', got '> 2' at position 5."));
    }

    [Test]
    public void ShowsWhatForecastRecords()
    {
        string file = _run.PathOf("f.rnnstate");
        Assert.That(_run.Run("forecast", "--length", "200", "--layers", "1", "--hidden", "4", "--look-back", "8", "--epochs", "3", "--threads", "1", "--record", file), Is.EqualTo(ExitCode.Success), _run.Error);
        Recording recording = RecordingFile.Load(file).Recordings[0];
        Assert.That(recording.FirstStep, Is.EqualTo(160));
        Assert.That(recording.Steps, Is.EqualTo(40));
        Assert.That(_run.Run("view", file), Is.EqualTo(ExitCode.Success), _run.Error);
    }
}
