using System;
using System.IO;
using System.Linq;
using NUnit.Framework;

namespace Recurrent.CommandLine.Tests;

public sealed class GenerateVerbTests
{
    private static readonly string[] Small = { "--hidden", "20", "--embedding", "6", "--tracks", "4", "--steps", "20", "--epochs", "12", "--learning-rate", "0.01", "--dropout", "0", "--length", "80" };

    private CommandLineRun _run = null!;
    private string _text = "";

    [SetUp]
    public void MakeRun()
    {
        _run = new CommandLineRun();
        _text = _run.Write("rhyme.txt", string.Concat(Enumerable.Repeat("one, two, buckle my shoe\nthree, four, knock at the door\n", 60)));
    }

    [TearDown]
    public void DeleteRun() => _run.Dispose();

    [Test]
    public void LearnsATextAndWritesOn()
    {
        Assert.That(_run.Run(["generate", _text, .. Small, "--validation", "0.1", "--prompt", "one, t", "--temperature", "0"]), Is.EqualTo(ExitCode.Success), _run.Output + _run.Error);
        // 56 characters follow from those before them, but for how a track begins.
        Assert.That(_run.Json["testBits"].AsDouble(), Is.InRange(0, 1.2));
        Assert.That(_run.Json["trainBits"].AsDouble(), Is.InRange(0, 1.2));
        Assert.That(_run.Json["countedBits"][0].AsDouble(), Is.InRange(3.8, 4.3));
        Assert.That(_run.Json["countedBits"][4].AsDouble(), Is.LessThan(0.5));
        Assert.That(_run.Json["loadedAlike"].AsBoolean());
        Assert.That(_run.Output, Does.Contain("2688 characters to learn from, 336 to validate, 336 to test; 22 symbols"));
        Assert.That(File.ReadAllText(_run.PathOf("generated.txt")), Does.StartWith("one, two, buckle my shoe\n"));
        Assert.That(File.Exists(_run.PathOf("generate.png")));

        var again = new CommandLineRun();
        Assert.That(again.Run("generate", "--model", _run.PathOf("generate.safetensors"), "--prompt", "one, t", "--temperature", "0", "--length", "80"), Is.EqualTo(ExitCode.Success), again.Error);
        Assert.That(again.Json["text"].AsString(), Is.EqualTo(File.ReadAllText(_run.PathOf("generated.txt"))[6..]));
        Assert.That(again.Run("generate", _text, "--model", _run.PathOf("generate.safetensors"), "--length", "0"), Is.EqualTo(ExitCode.Success));
        Assert.That(again.Json["testBits"].AsDouble(), Is.EqualTo(_run.Json["testBits"].AsDouble()).Within(1e-9));
        again.Dispose();
    }

    [Test]
    public void ASeedWritesTheSameOnAnyNumberOfThreads()
    {
        string[] texts = new[] { "1", "2" }.Select(threads =>
        {
            Assert.That(_run.Run(["generate", _text, .. Small, "--threads", threads]), Is.EqualTo(ExitCode.Success));
            return File.ReadAllText(_run.PathOf("generated.txt"));
        }).ToArray();
        Assert.That(texts[1], Is.EqualTo(texts[0]));
    }

    [Test]
    public void CancellationSavesWhatWasLearned()
    {
        Assert.That(_run.RunUntil("epoch  2 of", ["generate", _text, .. Small]), Is.EqualTo(ExitCode.Cancelled));
        Assert.That(_run.Output, Does.Contain("Cancelled in epoch"));
        Assert.That(ModelFile.Load(_run.PathOf("generate.safetensors")).Metadata.ContainsKey(TextGenerator.VocabularyKey));
    }

    [TestCase("recurrent generate: expected the FILE of a text to learn from, or --model FILE", "generate")]
    [TestCase("recurrent generate: --hidden trains a model, --model has one: expected one of them", "generate", "--model", "a", "--hidden", "3")]
    [TestCase("recurrent generate: Could not find file", "generate", "none.txt")]
    [TestCase("recurrent generate: --temperature: expected a number from 0 to 100, got '-1'", "generate", "none.txt", "--temperature", "-1")]
    public void ABadOptionIsOneLine(string expected, params string[] arguments)
    {
        Assert.That(_run.RunAsGiven(arguments), Is.EqualTo(ExitCode.BadInput));
        Assert.That(_run.Error, Does.StartWith(expected));
    }

    [Test]
    public void ABadFileIsOneLine()
    {
        Assert.That(_run.Run("generate", _run.Write("short.txt", "too short")), Is.EqualTo(ExitCode.BadInput));
        Assert.That(_run.Error, Does.Contain("The text has 9 characters: too few"));
        File.WriteAllBytes(_run.PathOf("latin.txt"), [0x66, 0xFC, 0x72]);
        Assert.That(_run.Run("generate", _run.PathOf("latin.txt")), Is.EqualTo(ExitCode.BadInput));
        Assert.That(_run.Error, Does.Contain("latin.txt is no text in UTF-8."));
        new SequenceModel(new Linear(1, 1)).Save(_run.PathOf("other.safetensors"));
        Assert.That(_run.Run("generate", "--model", _run.PathOf("other.safetensors")), Is.EqualTo(ExitCode.BadInput));
        Assert.That(_run.Error, Does.Contain("no 'vocabulary' in its metadata"));
    }

    [Test]
    public void CountsFollowWittenAndBell()
    {
        // abab…: of 5 symbols P(a) = (4 + 2/5) / 10 without a context of 8, P(b | a) = (4 + P(b)) / 5 after four a that were followed by b alone.
        int[] text = { 0, 1, 0, 1, 0, 1, 0, 1 };
        var counts = new NGram(text, 1, 5);
        double a = (4 + 2 / 5.0) / 10, bAfterA = (4 + a) / 5, aAfterB = (3 + a) / 4;
        Assert.That(counts.Bits(new[] { 1, 0 }, 0), Is.EqualTo(-Math.Log2(a)).Within(1e-9));
        Assert.That(counts.Bits(new[] { 1, 0, 1 }, 1), Is.EqualTo(-(Math.Log2(aAfterB) + Math.Log2(bAfterA)) / 2).Within(1e-9));
        // What was never seen, after what was never seen: 2 · 1/5 of 10, with the context's counts left out.
        Assert.That(counts.Bits(new[] { 3, 4 }, 1), Is.EqualTo(-Math.Log2(0.4 / 10)).Within(1e-9));
    }
}
