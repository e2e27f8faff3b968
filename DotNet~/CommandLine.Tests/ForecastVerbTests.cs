using System;
using System.IO;
using System.Linq;
using System.Text;
using NUnit.Framework;

namespace Recurrent.CommandLine.Tests;

public sealed class ForecastVerbTests
{
    private static readonly string[] Small = { "--length", "200", "--layers", "1", "--hidden", "4", "--look-back", "8", "--epochs", "3", "--threads", "1" };
    private static readonly byte[] PngSignature = { 0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A };

    private CommandLineRun _run = null!;

    [SetUp]
    public void MakeRun() => _run = new CommandLineRun();

    [TearDown]
    public void DeleteRun() => _run.Dispose();

    [Test]
    public void RunsWhenNoVerbIsGiven()
    {
        Assert.That(_run.Run(Small), Is.EqualTo(ExitCode.Success), _run.Error);
        Assert.That(_run.Json["verb"].AsString(), Is.EqualTo("forecast"));
    }

    [Test]
    public void WritesItsFilesAndListsThem()
    {
        Assert.That(Forecast(Small), Is.EqualTo(ExitCode.Success), _run.Error);
        string[] files = { "figures.json", "forecast.png", "forecast.safetensors", "hidden-states.png" };
        Assert.That(Directory.GetFiles(_run.Folder).Select(Path.GetFileName), Is.EquivalentTo(files));
        foreach (string file in files) Assert.That(_run.Output, Does.Contain(_run.PathOf(file)));
        Assert.That(File.ReadAllBytes(_run.PathOf("forecast.png")).Take(8), Is.EqualTo(PngSignature));
        Assert.That(File.ReadAllBytes(_run.PathOf("hidden-states.png")).Take(8), Is.EqualTo(PngSignature));
        Assert.That(_run.Output, Does.Contain("Loaded again from its file, the network makes the same 40 forecasts, bit for bit."));
        Assert.That(_run.Error, Is.Empty);
    }

    [Test]
    public void WritesItsFigures()
    {
        Forecast(Small);
        JsonValue json = _run.Json;
        // LSTM(1→4): 4 gates × 4 units × (1 input + 4 states + 2 biases); Linear(4→1): 4 + 1.
        Assert.That(json["parameters"].AsInt32(), Is.EqualTo(4 * 4 * (1 + 4 + 2) + 5));
        Assert.That(json["epochs"].AsDouble(), Is.EqualTo(3));
        Assert.That(json["seconds"].AsDouble(), Is.GreaterThan(0));
        Assert.That(json["testRmseOfNoise"].AsDouble(), Is.EqualTo(json["testRmse"].AsDouble() / 0.1f).Within(1e-9));
        foreach (string name in new[] { "trainRmse", "testRmse", "naiveRmse", "seasonalRmse", "arRmse", "trainMae", "testMae", "trainMase", "testMase", "bytes" })
            Assert.That(json[name].AsDouble(), Is.GreaterThan(0), name);
    }

    [Test]
    public void ShowsMemoryBeforeItTrains()
    {
        Forecast(Small);
        Assert.That(_run.Output.IndexOf("MB of memory", StringComparison.Ordinal), Is.InRange(1, _run.Output.IndexOf("epoch 1 of 3", StringComparison.Ordinal)));
    }

    [TestCase("1")]
    [TestCase("3")]
    public void TheSavedModelForecastsAsTheFiguresSay(string ensemble)
    {
        float[] series = Wave(150);
        Forecast("--csv", Csv(series), "--column", "level", "--hidden", "5", "--look-back", "6", "--epochs", "4", "--batch", "16", "--ensemble", ensemble);

        // 10 % validation and 20 % test of 150 rows; the rest is scaled to mean 0 and deviation 1.
        const int FirstTest = 120, FirstValidation = 105, LookBack = 6;
        float[] training = series[..FirstValidation];
        float mean = training.Average(), deviation = MathF.Sqrt(training.Select(x => (x - mean) * (x - mean)).Average());
        SequenceModel model = ModelFile.Load(_run.PathOf("forecast.safetensors"));
        using var stream = model.OpenStream();
        double squares = 0, naive = 0;
        for (int row = FirstTest; row < series.Length; row++)
        {
            stream.Reset();
            var output = new float[1];
            for (int t = row - LookBack; t < row; t++) stream.Step(new[] { (series[t] - mean) / deviation }, output);
            squares += Math.Pow(output[0] * deviation + mean - series[row], 2);
            naive += Math.Pow(series[row - 1] - series[row], 2);
        }
        Assert.That(_run.Json["testRmse"].AsDouble(), Is.EqualTo(Math.Sqrt(squares / 30)).Within(1e-4));
        Assert.That(_run.Json["naiveRmse"].AsDouble(), Is.EqualTo(Math.Sqrt(naive / 30)).Within(1e-6));
        Assert.That(model.TargetScaler!.Offset[0], Is.EqualTo(mean).Within(1e-5));
    }

    [Test]
    public void FindsTheSeasonUnderATrend()
    {
        // A season of 12, on a slope: the seasonal forecast is off by 12 steps of the slope, and by nothing else.
        float[] series = Enumerable.Range(0, 160).Select(i => 0.5f * i + 10 * MathF.Sin(2 * MathF.PI * i / 12)).ToArray();
        Forecast("--csv", Csv(series), "--column", "level", "--hidden", "2", "--look-back", "4", "--epochs", "1");
        Assert.That(_run.Output, Does.Contain("seasonal naive (12)"));
        Assert.That(_run.Json["seasonalRmse"].AsDouble(), Is.EqualTo(6).Within(1e-4));
    }

    [Test]
    public void RepeatsWithSeveralSeeds()
    {
        Forecast(Small.Concat(new[] { "--seeds", "3", "--seed", "7" }).ToArray());
        JsonValue json = _run.Json;
        double[] each = json["runs"].Items.Select(run => run["testRmse"].AsDouble()).ToArray();
        Assert.That(json["runs"].Items.Select(run => run["seed"].AsInt64()), Is.EqualTo(new[] { 7, 8, 9 }));
        Assert.That(each.Distinct().Count(), Is.EqualTo(3));
        Assert.That(json["testRmse"].AsDouble(), Is.EqualTo(each.Average()).Within(1e-12));
        Assert.That(_run.Output, Does.Contain("mean ± standard deviation of 3 seeds"));
    }

    [Test]
    public void TheSameSeedGivesTheSameBitsOnAnyNumberOfThreads()
    {
        string[] two = Small[..^1].Append("2").ToArray();
        Forecast(Small);
        byte[] one = File.ReadAllBytes(_run.PathOf("forecast.safetensors"));
        Forecast(two);
        Assert.That(File.ReadAllBytes(_run.PathOf("forecast.safetensors")), Is.EqualTo(one));
        Forecast(Small.Concat(new[] { "--seed", "2" }).ToArray());
        Assert.That(File.ReadAllBytes(_run.PathOf("forecast.safetensors")), Is.Not.EqualTo(one));
    }

    [TestCase("lstm", 2, 3)]
    [TestCase("gru", 1, 2)]
    [TestCase("rnn", 3, 1)]
    public void ForecastsWithEveryCellAndHorizon(string cell, int layers, int horizon)
    {
        int code = Forecast("--length", "200", "--cell", cell, "--layers", $"{layers}", "--hidden", "3", "--look-back", "5", "--horizon", $"{horizon}", "--epochs", "1", "--series", "aliased-sine",
            "--validation", "0.1", "--dropout", "0.1", "--weight-decay", "0.01", "--scale", "minmax", "--schedule", "cosine", "--clip", "1", "--batch", "16", "--patience", "2");
        Assert.That(code, Is.EqualTo(ExitCode.Success), _run.Error);
        Assert.That(_run.Output, Does.Contain($"the same {horizon * (40 - horizon + 1)} forecasts, bit for bit"));
    }

    [Test]
    public void CancellationKeepsTheWeightsOfTheBestEpoch()
    {
        string[] options = { "--csv", Csv(Wave(150)), "--column", "level", "--hidden", "4", "--look-back", "6", "--schedule", "constant", "--learning-rate", "0.01", "--ensemble", "1" };
        Assert.That(_run.RunUntil("epoch 10 of 50", ["forecast", .. options, "--epochs", "50"]), Is.EqualTo(ExitCode.Cancelled));
        Assert.That(_run.Output, Does.Contain("Cancelled in epoch 11 of 50."));
        Assert.That(_run.Json["runs"][0]["outcome"].AsString(), Is.EqualTo("Cancelled"));
        int best = _run.Json["runs"][0]["bestEpochs"][0].AsInt32();
        Assert.That(best, Is.InRange(1, 10));
        float[] cancelled = Weights();

        Forecast([.. options, "--epochs", $"{best}", "--refit", "no"]);
        Assert.That(_run.Json["runs"][0]["bestEpochs"][0].AsInt32(), Is.EqualTo(best));
        Assert.That(Weights(), Is.EqualTo(cancelled));
    }

    [Test]
    public void ARefitLearnsTheValidationPartTooForTheBestNumberOfEpochs()
    {
        string[] options = { "--csv", Csv(Wave(150)), "--column", "level", "--hidden", "4", "--look-back", "6", "--learning-rate", "0.01", "--ensemble", "1", "--scale", "none" };
        Forecast([.. options, "--epochs", "6", "--refit", "no"]);
        int best = _run.Json["runs"][0]["bestEpochs"][0].AsInt32();
        float[] chosen = Weights();
        Forecast([.. options, "--epochs", "6"]);
        Assert.That(_run.Output, Does.Contain($"Validation loss chose the best epoch {best}."));
        float[] refitted = Weights();
        Forecast([.. options, "--epochs", $"{best}", "--validation", "0"]);
        Assert.That(refitted, Is.EqualTo(Weights()));
        Assert.That(refitted, Is.Not.EqualTo(chosen));
    }

    [Test]
    public void CancellationBeforeTheFirstEpochEndsCleanly()
    {
        Assert.That(_run.RunUntil("Training:", ["forecast", .. Small]), Is.EqualTo(ExitCode.Cancelled));
        Assert.That(_run.Error, Is.Empty);
        Assert.That(Weights().Length, Is.EqualTo(117));
        Assert.That(_run.Json["epochs"].AsDouble(), Is.EqualTo(0));
    }

    [Test]
    public void CancellationAmongNetworksKeepsTheWholeOnes()
    {
        string[] arguments = ["forecast", .. Small, "--ensemble", "5"];
        Assert.That(_run.RunUntil("network 3 of 5, epoch 1 of 3", arguments), Is.EqualTo(ExitCode.Cancelled));
        Assert.That(_run.Output, Does.Contain("The network is the mean of the 2 before it."));
        Assert.That(_run.Json["parameters"].AsInt32(), Is.EqualTo(2 * 117));
    }

    [Test]
    public void CancellationAmongSeedsKeepsTheWholeOnes()
    {
        string[] arguments = ["forecast", .. Small, "--seeds", "9"];
        Assert.That(_run.RunUntil("seed 2:", arguments), Is.EqualTo(ExitCode.Cancelled));
        Assert.That(_run.Output, Does.Contain("Cancelled: the figures are those of 2 of 9 seeds."));
        Assert.That(_run.Json["seeds"].AsInt32(), Is.EqualTo(2));
    }

    [Test]
    public void ADivergingRunFailsAndSaysSo()
    {
        int code = Forecast([.. Small, "--scale", "none", "--noise", "1e25"]);
        Assert.That(code, Is.EqualTo(ExitCode.Failure), _run.Output + _run.Error);
        Assert.That(_run.Output, Does.Contain("Diverged in step 1"));
        Assert.That(Weights().All(float.IsFinite));
    }

    [TestCase("direct")]
    [TestCase("feeding-back")]
    public void JudgesEveryStepAheadAndItsBand(string by)
    {
        Assert.That(Forecast("--csv", Csv(Wave(300)), "--column", "level", "--hidden", "6", "--look-back", "8", "--epochs", "6", "--learning-rate", "0.02", "--ensemble", "2", "--horizon", "4", "--by", by, "--validation", "0.2"),
            Is.EqualTo(ExitCode.Success), _run.Error);
        JsonValue json = _run.Json;
        Assert.That(json["steps"].Items.Select(step => step["ahead"].AsInt32()), Is.EqualTo(new[] { 1, 2, 3, 4 }));
        // 60 rows of validation and of test have 57 origins of four steps.
        Assert.That(json["bandOrigins"].AsInt32(), Is.EqualTo(57));
        Assert.That(json["coverage"].AsDouble(), Is.EqualTo(json["steps"].Items.Average(step => step["coverage"].AsDouble())).Within(1e-12));
        Assert.That(json["coverage"].AsDouble(), Is.InRange(0.75, 1));
        Assert.That(_run.Output, Does.Contain("From each of 57 origins of the test part, 4 steps ahead").And.Contain("in band, %").And.Contain("The 90 % band, learned from 57 origins"));
        Assert.That(File.ReadAllBytes(_run.PathOf("forecast-fan.png")).Take(8), Is.EqualTo(PngSignature));

        // What a game would do with the file.
        float[] series = Wave(300);
        using Forecaster forecaster = Forecaster.Load(_run.PathOf("forecast.safetensors"));
        Assert.That((forecaster.FeedsBack, forecaster.Horizon, forecaster.LookBack), Is.EqualTo((by == "feeding-back", 4, 8)));
        double squares = 0;
        for (int row = 232; row < 297; row++)
        {
            forecaster.Push(series.AsSpan(row, 1));
            if (row >= 239 && row < 296) squares += Math.Pow(forecaster.Forecast[3] - series[row + 4], 2);
        }
        Assert.That(json["steps"][3]["rmse"].AsDouble(), Is.EqualTo(Math.Sqrt(squares / 57)).Within(1e-3));
    }

    [Test]
    public void SeesExogenousColumns()
    {
        // What comes is what the other column held a step before.
        var random = new RandomSource(5);
        float[] drive = Enumerable.Range(0, 240).Select(_ => random.NextGaussian()).ToArray();
        string csv = _run.Write("driven.csv", "level,other,drive\n" + string.Concat(Enumerable.Range(1, 239).Select(i => FormattableString.Invariant($"{drive[i - 1]:R},0,{drive[i]:R}\n"))));
        string[] options = { "--csv", csv, "--column", "level", "--hidden", "6", "--look-back", "4", "--epochs", "20", "--learning-rate", "0.03", "--ensemble", "2", "--season", "1" };
        Forecast(options);
        double alone = _run.Json["testRmse"].AsDouble();
        Assert.That(Forecast([.. options, "--exogenous", "drive, other"]), Is.EqualTo(ExitCode.Success), _run.Error);
        Assert.That(_run.Output, Does.Contain("seen with 2 exogenous columns"));
        Assert.That(_run.Json["testRmse"].AsDouble(), Is.LessThan(0.4 * alone));
        Assert.That(ModelFile.Load(_run.PathOf("forecast.safetensors")).InputSize, Is.EqualTo(3));
    }

    [TestCase("drive", "1,nan\n2,3\n", "line 2, column \"drive\"")]
    [TestCase("level", "1,1\n2,3\n", "chosen twice")]
    [TestCase("wind", "1,1\n2,3\n", "has no column \"wind\"")]
    public void SaysWhatIsWrongWithAColumn(string exogenous, string rows, string message)
    {
        Assert.That(Forecast("--csv", _run.Write("bad.csv", "level,drive\n" + rows), "--column", "level", "--exogenous", exogenous), Is.EqualTo(ExitCode.BadInput));
        Assert.That(_run.Error, Does.Contain(message));
    }

    private int Forecast(params string[] options) => _run.Run(["forecast", .. options]);

    private float[] Weights() => (float[])ModelFile.Load(_run.PathOf("forecast.safetensors")).Store.Values.Clone();

    private static float[] Wave(int count)
    {
        var random = new RandomSource(3);
        return Enumerable.Range(0, count).Select(i => 40 + 9 * MathF.Sin(i / 3f) + 2 * random.NextGaussian()).ToArray();
    }

    private string Csv(float[] series)
    {
        var text = new StringBuilder("day,level\n");
        for (int i = 0; i < series.Length; i++) text.Append(FormattableString.Invariant($"{i},{series[i]:R}\n"));
        return _run.Write("series.csv", text.ToString());
    }
}
