using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using NUnit.Framework;

namespace Recurrent.CommandLine.Tests;

public sealed class TranslateVerbTests
{
    private CommandLineRun _run = null!;

    [SetUp]
    public void MakeRun() => _run = new CommandLineRun();

    [TearDown]
    public void DeleteRun() => _run.Dispose();

    /// <summary>All texts of two letters of five, and what stands for them in capitals.</summary>
    private string Pairs()
    {
        const string letters = "abcde";
        return _run.Write("pairs.tsv", string.Concat(letters.SelectMany(x => letters.Select(y => $"{x}{y}\t{char.ToUpperInvariant(x)}{char.ToUpperInvariant(y)}\n"))));
    }

    [Test]
    public void LearnsPairsFromAFileAndTranslatesWithTheModel()
    {
        string pairs = Pairs();
        Assert.That(_run.Run("translate", "--tsv", pairs, "--hidden", "24", "--epochs", "60", "--batch", "4", "--teacher-forcing", "1..0.5"), Is.EqualTo(ExitCode.Success), _run.Output + _run.Error);
        Assert.That(_run.Output, Does.Contain("pairs.tsv: 21 pairs to train, 2 to choose the best epoch by, 2 to test").And.Contain("teacher forcing 1 to 0.5").And.Contain("Loaded again from its file, the network writes the same."));
        Assert.That(_run.Json["loadedAlike"].AsBoolean());
        Assert.That(File.Exists(_run.PathOf("translate.png")));

        string model = _run.PathOf("translate.safetensors");
        using Translator translator = Translator.Load(model);
        Assert.That(_run.Run("translate", "--model", model, "ab", "ed"), Is.EqualTo(ExitCode.Success), _run.Error);
        Assert.That(_run.Output, Does.Contain($"ab → {translator.Translate("ab")}{Environment.NewLine}ed → {translator.Translate("ed")}"));
        Assert.That(_run.Json["translations"][1]["target"].AsString(), Is.EqualTo(translator.Translate("ed")));
        Assert.That(_run.Run("translate", "--model", model, "--beam", "3", "ab"), Is.EqualTo(ExitCode.Success));
        translator.BeamWidth = 3;
        Assert.That(_run.Json["translations"][0]["candidates"].Items.Select(found => found["target"].AsString()), Is.EqualTo(translator.Candidates("ab").Select(found => found.Text)));

        Assert.That(_run.Run("translate", "--model", model, "a1"), Is.EqualTo(ExitCode.BadInput));
        Assert.That(_run.Error, Does.Contain("recurrent translate: Translator: '1' at place 1 of the text \"a1\" is none of the 6 symbols of the vocabulary."));
        Assert.That(_run.Run("translate", "--model", model, "abcabc"), Is.EqualTo(ExitCode.BadInput));
        Assert.That(_run.Error, Does.Contain("has 6 characters, expected 1 to 2."));
    }

    [Test]
    public void FailsWhereTheTaskIsNotLearned()
    {
        Assert.That(_run.Run("translate", "--epochs", "1", "--hidden", "16"), Is.EqualTo(ExitCode.Failure));
        Assert.That(_run.Output, Does.Contain("addition of two numbers: 4500 pairs to train, 500 to test").And.Contain("of the characters, expected 98.00 %").And.Contain("FAILED"));
        Assert.That(_run.Json["passed"].AsBoolean(), Is.False);
        Assert.That(_run.Json["characters"].AsDouble(), Is.InRange(0.1, 0.9));
    }

    [Test]
    public void ASeedGivesTheSameFiguresOnAnyNumberOfThreads()
    {
        string[] arguments = { "translate", "--epochs", "1", "--hidden", "16", "--attention", "--seeds", "2", "--threads" };
        _run.Run([.. arguments, "1"]);
        double[] one = Figures();
        _run.Run([.. arguments, "2"]);
        Assert.That(Figures(), Is.EqualTo(one));
        Assert.That(_run.Output, Does.Contain("General attention").And.Contain("expected 99.00 %"));
    }

    [Test]
    public void CancellationKeepsWhatWasLearned()
    {
        Assert.That(_run.RunUntil("epoch 1 of 5", "translate", "--epochs", "5", "--hidden", "16"), Is.EqualTo(ExitCode.Cancelled));
        Assert.That(_run.Output, Does.Contain("Cancelled in epoch 2 of 5."));
        Assert.That(_run.Error, Is.Empty);
        using Translator translator = Translator.Load(_run.PathOf("translate.safetensors"));
        Assert.That(translator.Candidates("1+2")[0].Symbols.Count, Is.EqualTo(3));
    }

    [TestCase("--model was trained: expected a text", "translate", "--model", "x")]
    [TestCase("expected --model FILE with it", "translate", "hello")]
    [TestCase("--seeds is for training, --model for a network that was trained before: expected one of them", "translate", "--model", "x", "--seeds", "2", "hello")]
    [TestCase("--task makes pairs, --tsv reads them: expected one of them", "translate", "--task", "dates", "--tsv", "x")]
    [TestCase("--words reads words from a file: expected --tsv FILE with it", "translate", "--words")]
    [TestCase("--attention: expected none|dot|general, got 'luong'", "translate", "--attention", "luong")]
    [TestCase("--teacher-forcing: expected a number from 0 to 1, or two such as 1..0.5, got '1..2'", "translate", "--teacher-forcing", "1..2")]
    [TestCase("--teacher-forcing: expected a number from 0 to 1, or two such as 1..0.5, got '1..0..1'", "translate", "--teacher-forcing", "1..0..1")]
    public void RefusesOptionsThatDoNotFit(string reason, params string[] arguments)
    {
        Assert.That(_run.RunAsGiven(arguments), Is.EqualTo(ExitCode.BadInput));
        Assert.That(_run.Error, Does.Contain(reason.Replace("--model was trained: expected a text", "--model translates: expected a text after it")));
    }

    [Test]
    public void NamesTheLineOfABadFile()
    {
        string file = _run.Write("bad.tsv", "a\tb\nc\n");
        Assert.That(_run.Run("translate", "--tsv", file), Is.EqualTo(ExitCode.BadInput));
        Assert.That(_run.Error, Does.Contain($"{file}, line 2: expected two columns separated by a tab, got 1."));
    }

    [Test]
    public void SumsAreDifferentAndRight()
    {
        IReadOnlyList<TextPair> pairs = AdditionTask.Make(1);
        Assert.That(pairs.Count, Is.EqualTo(5000));
        int[][] terms = pairs.Select(pair => pair.Source.Split('+').Select(int.Parse).ToArray()).ToArray();
        Assert.That(pairs.Select(pair => int.Parse(pair.Target, CultureInfo.InvariantCulture)), Is.EqualTo(terms.Select(pair => pair[0] + pair[1])));
        Assert.That(terms.Select(pair => (pair.Min(), pair.Max())).Distinct().Count(), Is.EqualTo(5000));
        // The parts are alike: one question in fifty has a number of one digit twice, at the end as at the beginning.
        foreach (IEnumerable<int[]> part in new[] { terms.Take(500), terms.Skip(4500) }) Assert.That(part.Count(pair => pair.Any(number => number < 10)), Is.InRange(50, 140));
        Assert.That(AdditionTask.Make(2).Select(pair => pair.Source), Is.Not.EqualTo(pairs.Select(pair => pair.Source)));
    }

    [Test]
    public void DatesAreDifferentAndRight()
    {
        IReadOnlyList<TextPair> pairs = DateTask.Make(3000, 1);
        Assert.That(pairs.Select(pair => pair.Source), Is.Unique);
        Dictionary<string, string> byText = pairs.ToDictionary(pair => pair.Source.ToLowerInvariant(), pair => pair.Target);
        foreach ((string form, string iso) in byText)
        {
            DateTime date = DateTime.ParseExact(iso, "yyyy-MM-dd", null);
            Assert.That(date.Year, Is.InRange(1900, 2099));
            Assert.That(form, Does.Contain(iso.Substring(0, 4)));
            if (form.Contains("st") && char.IsDigit(form[Math.Max(0, form.IndexOf("st", StringComparison.Ordinal) - 1)])) Assert.That(date.Day, Is.EqualTo(1).Or.EqualTo(21).Or.EqualTo(31));
            if (form.IndexOf('/') is 1 or 2) Assert.That(int.Parse(form.Split('/')[0], CultureInfo.InvariantCulture), Is.EqualTo(date.Month));
            if (form.Contains('.') && form.All(c => c == '.' || char.IsDigit(c))) Assert.That(int.Parse(form.Split('.')[0], CultureInfo.InvariantCulture), Is.EqualTo(date.Day));
        }
        Assert.That(byText.Keys.Count(text => text.StartsWith("the ", StringComparison.Ordinal)), Is.InRange(100, 240));
    }

    private double[] Figures() => _run.Json["runs"].Items.SelectMany(run => new[] { run["characters"].AsDouble(), run["texts"].AsDouble() }).ToArray();
}
