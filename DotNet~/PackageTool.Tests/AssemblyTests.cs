using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Xml.Linq;
using NUnit.Framework;

namespace Recurrent.PackageTool.Tests;

/// <summary>Unity's assemblies and the .NET ones are the same: one csproj an asmdef, with the same sources and references. What Unity wants of an asmdef is AsmdefRule's.</summary>
public sealed class AssemblyTests
{
    // What stands here for what Unity has by itself.
    private static readonly string[] Doubles = { "UnityEngine", "UnityEngine.UIElements", "UnityEditor", "UnityEngine.TestRunner", "UnityEditor.TestRunner", "UnityPlayer" };

    // Samples have a project only where something runs them.
    private static IEnumerable<Asmdef> Asmdefs() => Repository.Contents.Asmdefs.Where(asmdef => !asmdef.Path.StartsWith("Samples~/", StringComparison.Ordinal));

    private static List<Csproj> Csprojs() => Repository.Files("DotNet~", ".csproj").Select(file => new Csproj(file)).ToList();

    private static Csproj CsprojOf(Asmdef asmdef)
    {
        List<Csproj> linking = Csprojs().Where(project => project.LinkedFolders.Contains(asmdef.Folder)).ToList();
        Assert.That(linking, Has.Count.EqualTo(1), $"projects that link {asmdef.Folder}/**/*.cs");
        return linking[0];
    }

    [Test]
    public void ThereAreAssemblies() => Assert.That(Asmdefs().Select(asmdef => asmdef.Name),
        Is.SupersetOf(new[] { "Recurrent", "Recurrent.Analysis", "Recurrent.Burst", "Recurrent.Tests", "Recurrent.Analysis.Tests" }));

    [TestCaseSource(nameof(Asmdefs))]
    public void OneProjectHasTheNameAndTheSources(object asmdef) =>
        Assert.That(CsprojOf((Asmdef)asmdef).Name, Is.EqualTo(((Asmdef)asmdef).Name));

    [Test]
    public void EveryLinkedFolderIsAnAssembly() =>
        Assert.That(Csprojs().SelectMany(project => project.LinkedFolders), Is.SubsetOf(Repository.Contents.Asmdefs.Select(asmdef => asmdef.Folder)));

    [Test]
    public void WhatLiesInsideAnotherAssemblyIsLeftOutThere()
    {
        foreach (Asmdef outer in Asmdefs())
        {
            string[] within = Asmdefs().Select(inner => inner.Folder).Where(folder => folder.StartsWith(outer.Folder + "/", StringComparison.Ordinal)).ToArray();
            Assert.That(CsprojOf(outer).ExcludedFolders, Is.EquivalentTo(within), outer.Name);
        }
    }

    [TestCaseSource(nameof(Asmdefs))]
    public void TheReferencesAgree(object assembly)
    {
        var asmdef = (Asmdef)assembly;
        Csproj project = CsprojOf(asmdef);
        // Unity needs every assembly named; MSBuild hands on those below.
        Assert.That(project.AllReferences.Except(Doubles), Is.EquivalentTo(asmdef.References.Except(OptionalPackage.TestRunners).Where(name => !name.StartsWith("com.", StringComparison.Ordinal))));
        IEnumerable<string> packages = project.AllPackages.Where(package => package != "NUnit").Select(package => (package.EndsWith(".Managed", StringComparison.Ordinal) ? package[..^".Managed".Length] : package) + ".dll");
        Assert.That(packages, Is.EquivalentTo(asmdef.PrecompiledReferences.Where(dll => dll != "nunit.framework.dll")));
        Assert.That(project.IsTest, Is.EqualTo(asmdef.IsTest));
    }

    [TestCaseSource(nameof(Asmdefs))]
    public void WhoKnowsTheEngineCompilesAgainstItsDouble(object assembly)
    {
        var asmdef = (Asmdef)assembly;
        if (asmdef.IsTest) return;
        Assert.That(CsprojOf(asmdef).AllReferences.Contains("UnityEngine"), Is.EqualTo(!asmdef.NoEngineReferences));
    }

    [TestCaseSource(nameof(Asmdefs))]
    public void AssembliesTargetWhatUnityCompiles(object assembly)
    {
        var asmdef = (Asmdef)assembly;
        Csproj project = CsprojOf(asmdef);
        Assert.That(project.Property("LangVersion"), Is.EqualTo("9"));
        if (asmdef.NoEngineReferences) Assert.That(project.Property("TargetFrameworks"), Is.EqualTo("netstandard2.1;net10.0"));
    }

    [Test]
    public void OneSolutionIsFoundInDotNet() =>
        Assert.That(Directory.GetFiles(Path.Combine(Repository.Root, "DotNet~"), "*.sln*").Select(Path.GetFileName), Is.EqualTo(new[] { "Recurrent.slnx" }));

    // The consumer of the NuGet packages needs them made first.
    [Test]
    public void EveryProjectIsInASolution()
    {
        IEnumerable<string> listed = Repository.Files("DotNet~", ".slnx").SelectMany(solution => XDocument.Load(solution).Descendants("Project")
            .Select(project => Path.GetFullPath(Path.Combine(Path.GetDirectoryName(solution)!, project.Attribute("Path")!.Value))));
        Assert.That(listed.Distinct(), Is.EquivalentTo(Csprojs().Where(project => project.Name != "NuGetConsumer").Select(project => project.File)));
    }
}
