using System;
using System.IO;
using System.Linq;
using NUnit.Framework;

namespace Recurrent.CommandLine.Tests;

public sealed class RecurrentCommandTests
{
    private CommandLineRun _run = null!;

    [SetUp]
    public void MakeRun() => _run = new CommandLineRun();

    [TearDown]
    public void DeleteRun() => _run.Dispose();

    [TestCase("recurrent forecast: --epochs: expected a whole number of at least 1, got 'abc'", "--epochs", "abc")]
    [TestCase("recurrent forecast: --epochs: expected a whole number of at least 1, got '0'", "forecast", "--epochs", "0")]
    [TestCase("recurrent forecast: --test: expected a number from 0.01 to 0.8, got '1'", "--test", "1")]
    [TestCase("recurrent forecast: --learning-rate: expected a number from 0 to 10, got 'NaN'", "--learning-rate", "NaN")]
    [TestCase("recurrent forecast: --cell: expected lstm|gru|rnn, got 'LSTM'", "--cell", "LSTM")]
    [TestCase("recurrent forecast: Unrecognized command or argument '--epoch'", "--epoch", "3")]
    [TestCase("recurrent forecast: Required argument missing for option: '--epochs'", "--epochs")]
    [TestCase("recurrent forecast: --noise makes a series, --csv reads one: expected one of them", "--csv", "a.csv", "--noise", "1")]
    [TestCase("recurrent forecast: --column chooses from a file: expected --csv FILE with it", "--column", "a")]
    [TestCase("recurrent: expected forecast or", "forcast")]
    [TestCase("recurrent sum-of-bits: --seeds: expected a whole number of at least 1, got '-1'", "sum-of-bits", "--seeds", "-1")]
    [TestCase("recurrent forecast: Trainer: Patience needs validation data, got none.", "--patience", "3")]
    [TestCase("recurrent forecast: SeriesDataset: expected fractions of 0 or more with a sum below 1", "--validation", "0.5", "--test", "0.6")]
    [TestCase("recurrent forecast: SeriesDataset: the training part of 1000 rows has 0 rows to forecast after a look-back of 5000", "--look-back", "5000")]
    [TestCase("recurrent forecast: LSTM(300000), 2 layers has", "--hidden", "300000")]
    public void ABadOptionIsOneLine(string expected, params string[] arguments) => AssertOneLine(expected, arguments);

    [Test]
    public void ABadFileIsOneLine()
    {
        string file = _run.Write("a.csv", "month,level\n1,2.5\n2,\n");
        AssertOneLine($"recurrent forecast: {file} has 2 columns (month, level); choose one with --column NAME.", "--csv", file);
        AssertOneLine($"recurrent forecast: CsvTable: {file} has no column \"Level\"", "--csv", file, "--column", "Level");
        AssertOneLine($"recurrent forecast: {file}, line 3, column \"level\": the value is missing.", "--csv", file, "--column", "level");
        AssertOneLine("recurrent forecast: Could not find file", "--csv", _run.PathOf("none.csv"));
        AssertOneLine("recurrent forecast: ", "--csv", _run.Folder);
    }

    [Test]
    public void APathThatCannotBeIsRefusedBeforeTheWork()
    {
        string file = _run.Write("file", "");
        AssertOneLine("recurrent forecast: ", "--out", Path.Combine(file, "out"));
        AssertOneLine("recurrent forecast: ", "--json", Path.Combine(file, "out", "a.json"), "--out", _run.Folder);
        AssertOneLine("recurrent sum-of-bits: ", "sum-of-bits", "--out", Path.Combine(file, "out"));
        Assert.That(_run.Output, Is.Empty);
    }

    [Test]
    public void VerboseShowsWhereAnErrorCameFrom()
    {
        Assert.That(_run.RunAsGiven("--csv", _run.PathOf("none.csv"), "--verbose"), Is.EqualTo(ExitCode.BadInput));
        Assert.That(_run.Error, Does.Contain("   at Recurrent.CsvTable.Load"));
    }

    [Test]
    public void HelpNamesVerbsAndOptions()
    {
        Assert.That(_run.RunAsGiven("--help"), Is.EqualTo(ExitCode.Success));
        foreach (string word in new[] { "recurrent [command] [options]", "forecast", "sum-of-bits", "--version" }) Assert.That(_run.Output, Does.Contain(word));
        Assert.That(_run.RunAsGiven("forecast", "--help"), Is.EqualTo(ExitCode.Success));
        foreach (string word in new[] { "recurrent forecast [options]", "--csv <FILE>", "--cell <lstm|gru|rnn>", "--seeds <N>", "--seed <N>", "--threads <N>", "--out <DIR>", "--json <FILE>", "--verbose" })
            Assert.That(_run.Output, Does.Contain(word));
    }

    private void AssertOneLine(string expected, params string[] arguments)
    {
        int before = _run.Error.Length;
        Assert.That(_run.RunAsGiven(arguments), Is.EqualTo(ExitCode.BadInput), _run.Output);
        string error = _run.Error[before..];
        Assert.That(error, Does.StartWith(expected));
        Assert.That(error.Split(Environment.NewLine, StringSplitOptions.RemoveEmptyEntries).Count(), Is.EqualTo(1), error);
        Assert.That(error, Does.Not.Contain("   at ").And.Not.Contain("Parameter '"));
    }
}
