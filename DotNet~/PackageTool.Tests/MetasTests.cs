using System.Collections.Generic;
using System.IO;
using System.Linq;
using NUnit.Framework;

namespace Recurrent.PackageTool.Tests;

public sealed class MetasTests
{
    private const string GuidA = "0123456789abcdef0123456789abcdef";
    private const string GuidB = "fedcba9876543210fedcba9876543210";

    private TemporaryFolder _folder = null!;

    [SetUp]
    public void MakeFolder() => _folder = new TemporaryFolder();

    [TearDown]
    public void DeleteFolder() => _folder.Dispose();

    [Test]
    public void ThisPackageIsComplete() => Assert.That(Lines(Repository.Root), Is.Empty,
        "dotnet run --project DotNet~/PackageTool -- metas --fix writes what is missing");

    [Test]
    public void MissingMetasAreNamedForFilesAndFolders()
    {
        _folder.Write("Runtime/Core/A.cs");
        Assert.That(Lines(), Is.EqualTo(new[] { "Runtime: has no .meta", "Runtime/Core: has no .meta", "Runtime/Core/A.cs: has no .meta" }));
    }

    [Test]
    public void AMetaWithoutItsFileIsAnOrphan()
    {
        Meta("Gone.cs", GuidA);
        Assert.That(Lines().Single(), Does.StartWith("Gone.cs.meta: is an orphan"));
    }

    [TestCase("A.tmp")]
    [TestCase("Docs~")]
    [TestCase("Samples~")]
    [TestCase("cvs")]
    public void AMetaBesideWhatUnityIgnoresIsAnOrphan(string name)
    {
        _folder.Write(name.Contains('.') ? name : name + "/.keep");
        Meta(name, GuidA);
        Assert.That(Lines().Single(), Does.StartWith(name + ".meta: is an orphan"));
    }

    [Test]
    public void AMetaBesideAFolderWithoutFilesIsAnOrphan()
    {
        Directory.CreateDirectory(Path.Combine(_folder.FullPath, "Empty", "Inner"));
        Meta("Empty", GuidA);
        Assert.That(Lines().Single(), Does.StartWith("Empty.meta: is an orphan"));
    }

    [Test]
    public void ASharedGuidIsNamedWithItsOwner()
    {
        foreach (string name in new[] { "A.cs", "B.cs" })
        {
            _folder.Write(name);
            Meta(name, GuidA);
        }

        Assert.That(Lines(), Is.EqualTo(new[] { $"B.cs.meta: has the GUID {GuidA} of A.cs.meta" }));
    }

    [TestCase("0123456789abcdef0123456789abcde", TestName = "AGuidOf31DigitsIsMalformed")]
    [TestCase("0123456789abcdef0123456789abcdef0", TestName = "AGuidOf33DigitsIsMalformed")]
    [TestCase("0123456789ABCDEF0123456789ABCDEF", TestName = "AGuidInUpperCaseIsMalformed")]
    [TestCase("01234567-89ab-cdef-0123-456789abcdef", TestName = "AGuidWithHyphensIsMalformed")]
    [TestCase("", TestName = "AnEmptyGuidIsMalformed")]
    public void AMalformedGuid(string guid)
    {
        _folder.Write("A.cs");
        Meta("A.cs", guid);
        Assert.That(Lines(), Is.EqualTo(new[] { "A.cs.meta: gives no GUID of 32 lower-case hexadecimal digits" }));
    }

    [Test]
    public void WhatUnityOrGitIgnoresNeedsNoMeta()
    {
        _folder.Write(".hidden/A.cs");
        _folder.Write(".editorconfig");
        _folder.Write("DotNet~/A.cs");
        _folder.Write("Documentation~/index.md");
        _folder.Write("CVS/Entries");
        _folder.Write("left.TMP");
        _folder.Write(".gitignore", "# outputs\n/out/\n*.user\nDotNet~/artifacts/\n");
        _folder.Write("out/chart.png");
        _folder.Write("my.user");
        Assert.That(Lines(), Is.Empty);
    }

    [Test]
    public void AnAnchoredPatternSpeaksOfTheRootOnly()
    {
        _folder.Write(".gitignore", "/out/\n");
        _folder.Write("A/out/B.cs");
        Assert.That(Lines(), Does.Contain("A/out/B.cs: has no .meta"));
    }

    [Test]
    public void OnlyTheContentsOfSamplesNeedMetas()
    {
        _folder.Write("Samples~/Forecast/Forecast.cs");
        _folder.Write("Samples~/Forecast/Hidden~/Note.md");
        _folder.Write("Runtime~/Samples~/A.cs");
        Assert.That(Lines(), Is.EqualTo(new[] { "Samples~/Forecast: has no .meta", "Samples~/Forecast/Forecast.cs: has no .meta" }));
    }

    [Test]
    public void FixWritesWhatIsMissingAndChangesNothingElse()
    {
        _folder.Write("Runtime/A.cs");
        _folder.Write("Runtime/B.cs");
        string kept = Meta("Runtime/A.cs", GuidB);
        string orphan = Meta("Gone.cs", GuidA);
        string before = File.ReadAllText(kept);

        var output = new StringWriter();
        Assert.That(MetasVerb.Run(_folder.FullPath, fix: true, prune: false, output), Is.EqualTo(1), "the orphan is left");

        Assert.That(File.ReadAllText(kept), Is.EqualTo(before));
        Assert.That(File.Exists(orphan));
        Assert.That(output.ToString(), Does.Contain("Runtime.meta: written").And.Contain("Runtime/B.cs.meta: written").And.Not.Contain("A.cs.meta"));
        Assert.That(Lines().Single(), Does.StartWith("Gone.cs.meta: is an orphan"));
    }

    [Test]
    public void FixGivesEveryFileAGuidOfItsOwnAndASecondTimeDoesNothing()
    {
        for (int i = 0; i < 20; i++) _folder.Write($"A{i}.cs");
        MetasRule.WriteMissing(new PackageFolder(_folder.FullPath));
        string[] guids = Directory.GetFiles(_folder.FullPath, "*.meta").Select(file => MetaFile.ReadGuid(file)!).ToArray();
        Assert.That(guids, Has.Length.EqualTo(20).And.Unique.And.All.Match("^[0-9a-f]{32}$"));
        Assert.That(MetasRule.WriteMissing(new PackageFolder(_folder.FullPath)), Is.Empty);
    }

    [Test]
    public void PruneDeletesOrphansOnly()
    {
        _folder.Write("A.cs");
        string kept = Meta("A.cs", GuidA);
        string orphan = Meta("Gone.cs", GuidB);

        Assert.That(MetasVerb.Run(_folder.FullPath, fix: false, prune: true, new StringWriter()), Is.EqualTo(0));

        Assert.That(File.Exists(kept));
        Assert.That(File.Exists(orphan), Is.False);
    }

    [Test]
    public void WithoutFixNothingIsWritten()
    {
        _folder.Write("A.cs");
        Assert.That(MetasVerb.Run(_folder.FullPath, fix: false, prune: false, new StringWriter()), Is.EqualTo(1));
        Assert.That(Directory.GetFiles(_folder.FullPath), Has.Length.EqualTo(1));
    }

    [TestCase("Runtime", true, "folderAsset: yes\nDefaultImporter:")]
    [TestCase("A.cs", false, "MonoImporter:")]
    [TestCase("A.asmdef", false, "AssemblyDefinitionImporter:")]
    [TestCase("package.json", false, "PackageManifestImporter:")]
    [TestCase("Fixtures/lstm.json", false, "TextScriptImporter:")]
    [TestCase("README.md", false, "TextScriptImporter:")]
    [TestCase("notes.txt", false, "TextScriptImporter:")]
    [TestCase("series.csv", false, "TextScriptImporter:")]
    [TestCase("csc.rsp", false, "DefaultImporter:")]
    [TestCase("model.safetensors", false, "DefaultImporter:")]
    public void TheImporterIsTheOneUnityWouldName(string path, bool isFolder, string importer) =>
        Assert.That(MetaFile.Create(path, isFolder, GuidA), Does.StartWith($"fileFormatVersion: 2\nguid: {GuidA}\n{importer}\n"));

    private List<string> Lines(string? root = null) =>
        MetasRule.Check(new PackageFolder(root ?? _folder.FullPath)).Select(problem => problem.ToString()).ToList();

    private string Meta(string path, string guid) => _folder.Write(path + ".meta", $"fileFormatVersion: 2\nguid: {guid}\n");
}
