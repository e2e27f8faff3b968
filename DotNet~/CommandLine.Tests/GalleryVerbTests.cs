using System.IO;
using System.Linq;
using NUnit.Framework;

namespace Recurrent.CommandLine.Tests;

public sealed class GalleryVerbTests
{
    [Test]
    public void DrawsADozenPicturesAndNamesEveryFault()
    {
        using var run = new CommandLineRun();
        Assert.That(run.Run("gallery", "--skin", "light"), Is.EqualTo(ExitCode.Success), run.Error);
        Assert.That(Directory.GetFiles(run.Folder, "*.light.png"), Has.Length.GreaterThanOrEqualTo(12));
        Assert.That(Directory.GetFiles(run.Folder, "*.dark.png"), Is.Empty);
        foreach ((string network, string fault) in new[] { ("LearningRateTimes100", "Exploding"), ("ForgetBiasMinus10", "Saturated"), ("InputsTimes1000", "InputsNotNormalized"), ("LayerFrozenAtZero", "DeadUnits"), ("TooFewData", "Overfitting") })
            Assert.That(Faults(run.Json, network), Does.Contain(fault), network);
        Assert.That(Faults(run.Json, "Healthy"), Is.Empty);
        Assert.That(File.Exists(run.PathOf("gallery.html")));
    }

    private static string[] Faults(JsonValue json, string network) =>
        json["diagnoses"].Items.First(item => item["network"].AsString() == network)["faults"].Items.Select(fault => fault.AsString()).ToArray();
}
