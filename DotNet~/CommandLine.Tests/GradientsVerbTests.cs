using System;
using System.IO;
using System.Linq;
using NUnit.Framework;

namespace Recurrent.CommandLine.Tests;

public sealed class GradientsVerbTests
{
    private CommandLineRun _run = null!;

    [SetUp]
    public void MakeRun() => _run = new CommandLineRun();

    [TearDown]
    public void DeleteRun() => _run.Dispose();

    [Test]
    public void GradientsVanishUnlessTheGatesAreOpenAndTheSumHidesIt()
    {
        Assert.That(_run.Run("gradients", "--seeds", "2", "--updates", "0"), Is.EqualTo(ExitCode.Success), _run.Output + _run.Error);
        JsonValue[] networks = _run.Json["networks"].Items.ToArray();
        Assert.That(networks.Select(network => network["network"].AsString()).Take(3), Is.EqualTo(new[] { "RNN", "GRU", "LSTM" }));
        foreach (JsonValue network in networks.Take(3)) Assert.That(network["decades"].AsDouble(), Is.LessThan(-15), network["network"].AsString());
        // With a forget bias of 5 the gates are at 0.993, and 0.993⁹⁹ is a half.
        Assert.That(networks[^1]["network"].AsString(), Is.EqualTo("LSTM, forget bias 5"));
        Assert.That(networks[^1]["decades"].AsDouble(), Is.InRange(-1.5, 1));
        foreach (JsonValue network in networks) Assert.That(network["summedDecades"].AsDouble(), Is.InRange(-0.5, 2));
        foreach (JsonValue network in networks) Assert.That(network["norms"].Count, Is.EqualTo(100));
        // 32 units, weights uniform in ± 1/√32: by the circular law √(1/3).
        foreach (JsonValue network in networks)
            foreach (string gate in network["spectralRadius"].Names) Assert.That(network["spectralRadius"][gate].AsDouble(), Is.EqualTo(Math.Sqrt(1 / 3.0)).Within(0.15));
        foreach (string picture in new[] { "gradients.png", "gradients-radius.png" }) Assert.That(File.Exists(_run.PathOf(picture)));
    }

    [Test]
    public void WithoutInputTheSpectralRadiusIsTheFactorOfAStep()
    {
        Assert.That(_run.Run("gradients", "--seeds", "1", "--updates", "0", "--steps", "60"), Is.EqualTo(ExitCode.Success));
        JsonValue[] rotations = _run.Json["rotations"].Items.ToArray();
        Assert.That(rotations.Select(rotation => rotation["radius"].AsDouble()), Is.EqualTo(new[] { 0.8, 0.9, 1, 1.1, 1.2 }).Within(1e-6));
        foreach (JsonValue rotation in rotations)
        {
            Assert.That(rotation["perStep"].AsDouble(), Is.EqualTo(rotation["radius"].AsDouble()).Within(1e-5));
            Assert.That(rotation["perStepWithInput"].AsDouble(), Is.LessThan(0.95 * rotation["radius"].AsDouble()), "tanh takes its share");
        }
    }

    [Test]
    public void OnlyClippedAnExplodingGradientLearns()
    {
        Gradients.Network network = Gradients.Rotating(1.5f);
        Gradients.Learning free = Gradients.Echo(network, 60, 60, double.PositiveInfinity, 1, default), clipped = Gradients.Echo(network, 60, 60, 1, 1, default);
        Assert.That(free.Norms.Max(), Is.GreaterThan(1e4));
        Assert.That(free.Losses.Max(), Is.GreaterThan(100));
        Assert.That(clipped.Losses.Length, Is.EqualTo(60));
        Assert.That(clipped.Losses.Max(), Is.LessThan(10));
    }

    [Test]
    public void CancellationEndsCleanly()
    {
        Assert.That(_run.RunUntil("hides", "gradients", "--seeds", "1", "--updates", "5"), Is.EqualTo(ExitCode.Cancelled).Or.EqualTo(ExitCode.Success));
        Assert.That(_run.Error, Is.Empty);
    }
}
