using System;
using System.IO;
using System.Linq;
using System.Text.Json;
using System.Xml.Linq;
using NUnit.Framework;

namespace Recurrent.PackageTool.Tests;

/// <summary>What the files of the repository say, and what they may not.</summary>
public sealed class SourceTests
{
    // In halves, so that this file does not name them either.
    private static readonly string[] RegistryHosts = { "nuget" + ".org", "npmjs" + ".com", "npmjs" + ".org", "debian" + ".org", "openupm" + ".com", "unitynuget-" + "registry" };

    private static readonly string[] Binaries = { ".png", ".npy", ".onnx", ".safetensors", ".bin" };

    [Test]
    public void NoRegistryHostIsNamed() => Assert.That(
        Repository.Files("").Where(file => !Binaries.Contains(Path.GetExtension(file)))
            .Where(file => RegistryHosts.Any(host => File.ReadAllText(file).Contains(host, StringComparison.OrdinalIgnoreCase)))
            .Select(Repository.Relative),
        Is.Empty);

    [Test]
    public void TheContinuousBuildRunsTheCommandsOfTheReadme()
    {
        string[] readme = File.ReadAllLines(Path.Combine(Repository.Root, "README.md"));
        string[] run = File.ReadAllLines(Path.Combine(Repository.Root, ".ci", "run")).Where(line => line.StartsWith("dotnet ", StringComparison.Ordinal)).ToArray();
        Assert.That(run, Is.EqualTo(new[]
        {
            "dotnet run -c Release --project DotNet~/CommandLine",
            "dotnet test DotNet~",
            "dotnet format whitespace --folder --verify-no-changes --exclude DotNet~/artifacts",
        }));
        Assert.That(run, Is.SubsetOf(readme));
    }

    [Test]
    public void ThePackageAndTheAssembliesHaveOneVersion()
    {
        using JsonDocument package = JsonDocument.Parse(File.ReadAllText(Path.Combine(Repository.Root, "package.json")));
        XDocument properties = XDocument.Load(Path.Combine(Repository.Root, "DotNet~", "Directory.Build.props"));
        Assert.That(properties.Descendants("Version").Single().Value, Is.EqualTo(package.RootElement.GetProperty("version").GetString()));
    }
}
