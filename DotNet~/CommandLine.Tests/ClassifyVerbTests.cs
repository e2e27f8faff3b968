using System;
using System.IO;
using System.Linq;
using NUnit.Framework;

namespace Recurrent.CommandLine.Tests;

public sealed class ClassifyVerbTests
{
    private static readonly string[] Small = { "--embedding", "6", "--hidden", "8", "--dropout", "0.1", "--learning-rate", "0.02", "--batch", "16" };

    private CommandLineRun _run = null!;

    [SetUp]
    public void MakeRun()
    {
        _run = new CommandLineRun();
        // A word of rise goes up in the alphabet, one of fall down; each letter is as frequent in both. Every tenth word stands twice.
        var random = new RandomSource(1);
        string[] words = Enumerable.Range(0, 150).Select(_ => new string(Enumerable.Range(0, 3 + random.Next(4)).Select(_ => (char)('a' + random.Next(20))).OrderBy(c => c).ToArray())).Where(word => word[0] != word[^1]).ToArray();
        Directory.CreateDirectory(Data);
        string[] rising = words.Concat(words.Where((_, i) => i % 10 == 0)).ToArray();
        File.WriteAllLines(Path.Combine(Data, "rise.txt"), rising);
        File.WriteAllLines(Path.Combine(Data, "fall.txt"), rising.Select(word => new string(word.Reverse().ToArray())));
    }

    [TearDown]
    public void DeleteRun() => _run.Dispose();

    private string Data => _run.PathOf("words");

    [Test]
    public void LearnsAFolderAndUsesTheModel()
    {
        Assert.That(Classify(["--data", Data, .. Small, "--epochs", "12", "--threads", "1"]), Is.EqualTo(ExitCode.Success), _run.Error);
        JsonValue json = _run.Json;
        Assert.That(json["accuracy"].AsDouble(), Is.GreaterThan(0.9));
        Assert.That(json["majority"].AsDouble(), Is.EqualTo(0.5));
        Assert.That(json["bagAccuracy"].AsDouble(), Is.LessThan(0.75));
        Assert.That(json["unseen"].AsInt32(), Is.LessThan(json["test"].AsInt32()));
        Assert.That(json["classes"].Items.Select(c => c["class"].AsString()), Is.EqualTo(new[] { "fall", "rise" }));
        Assert.That(json["loadedAlike"].AsBoolean());
        Assert.That(File.Exists(_run.PathOf("confusion.png")));
        foreach (string text in new[] { "always fall", "bag of characters", "LSTM(8) both ways", "recall, %", "says the same of every text" }) Assert.That(_run.Output, Does.Contain(text));

        Assert.That(Classify("--model", _run.PathOf("classifier.safetensors"), "abfk", "tnba"), Is.EqualTo(ExitCode.Success), _run.Error);
        JsonValue[] texts = _run.Json["texts"].Items.ToArray();
        Assert.That(texts.Select(t => t["class"].AsString()), Is.EqualTo(new[] { "rise", "fall" }));
        Assert.That(texts[0]["probabilities"]["rise"].AsDouble() + texts[0]["probabilities"]["fall"].AsDouble(), Is.EqualTo(1).Within(1e-5));
        Assert.That(_run.Output, Does.Contain("abfk: rise "));
    }

    [Test]
    public void RepeatsWithSeveralSeedsOnOneSplit()
    {
        Assert.That(Classify(["--data", Data, .. Small, "--epochs", "2", "--seeds", "2", "--seed", "5", "--cell", "gru", "--balance", "yes", "--validation", "0.2", "--weight-decay", "0.1", "--schedule", "constant"]), Is.EqualTo(ExitCode.Success), _run.Error);
        JsonValue json = _run.Json;
        Assert.That(json["runs"].Items.Select(run => run["seed"].AsInt64()), Is.EqualTo(new[] { 5, 6 }));
        Assert.That(json["accuracy"].AsDouble(), Is.EqualTo(json["runs"].Items.Average(run => run["accuracy"].AsDouble())).Within(1e-12));
        Assert.That(json["validationAccuracy"].AsDouble(), Is.InRange(0, 1));
        Assert.That(_run.Output, Does.Contain("Mean ± standard deviation of 2 seeds, on one split."));
    }

    [Test]
    public void TheSameSeedGivesTheSameBitsOnAnyNumberOfThreads()
    {
        string[] options = ["--data", Data, .. Small, "--epochs", "1"];
        Classify([.. options, "--threads", "1"]);
        byte[] one = File.ReadAllBytes(_run.PathOf("classifier.safetensors"));
        Classify([.. options, "--threads", "2"]);
        Assert.That(File.ReadAllBytes(_run.PathOf("classifier.safetensors")), Is.EqualTo(one));
        Classify([.. options, "--seed", "2"]);
        Assert.That(File.ReadAllBytes(_run.PathOf("classifier.safetensors")), Is.Not.EqualTo(one));
    }

    [Test]
    public void RunsTheMadeTask()
    {
        Assert.That(Classify(["--task", "negation", "--texts", "60", .. Small, "--epochs", "1", "--layers", "2"]), Is.EqualTo(ExitCode.Success), _run.Error);
        Assert.That(_run.Output, Does.Contain("10000 symbols (words)").And.Contain("Embedding(10000→6)").And.Contain("bag of words"));
        Assert.That(_run.Json["train"].AsInt32(), Is.EqualTo(48));
    }

    [Test]
    public void CancellationStillShowsWhatWasLearned()
    {
        string[] options = ["classify", "--data", Data, .. Small, "--epochs", "12"];
        Assert.That(_run.RunUntil("epoch  2 of 12", options), Is.EqualTo(ExitCode.Cancelled));
        Assert.That(_run.Output, Does.Contain("Cancelled in epoch 3 of 12."));
        Assert.That(_run.Json["accuracy"].AsDouble(), Is.InRange(0, 1));
        Assert.That(_run.Error, Is.Empty);
    }

    [TestCase("expected one of --data DIR, --task negation and --model FILE")]
    [TestCase("expected one of --data DIR, --task negation and --model FILE", "--data", ".", "--task", "negation")]
    [TestCase("--model needs something to classify", "--model", "x.safetensors")]
    [TestCase("a TEXT is classified by --model FILE", "--task", "negation", "hello")]
    [TestCase("--texts says how many sentences are made", "--data", ".", "--texts", "30")]
    [TestCase("--cell: expected lstm|gru|rnn, got 'cnn'", "--task", "negation", "--cell", "cnn")]
    public void RefusesOptionsThatDoNotFit(string message, params string[] options)
    {
        Assert.That(Classify(options), Is.EqualTo(ExitCode.BadInput));
        Assert.That(_run.Error, Does.Contain(message));
        Assert.That(_run.Error.Trim().Split('\n').Length, Is.EqualTo(1));
    }

    [Test]
    public void SaysWhatIsWrongWithTheData()
    {
        File.WriteAllText(Path.Combine(Data, "level.txt"), "\n");
        Assert.That(Classify("--data", Data), Is.EqualTo(ExitCode.BadInput));
        Assert.That(_run.Error, Does.Contain("level.txt: the class has no text").And.Not.Contain("   at "));
        Assert.That(Classify("--model", Path.Combine(Data, "rise.txt"), "abc"), Is.EqualTo(ExitCode.BadInput));
        Assert.That(Classify("--data", _run.PathOf("absent")), Is.EqualTo(ExitCode.BadInput));
    }

    private int Classify(params string[] options) => _run.Run(["classify", .. options]);
}
