using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Xml.Linq;
using NUnit.Framework;

namespace Recurrent.PackageTool.Tests;

/// <summary>Unity's assemblies and the .NET ones are the same: one csproj an asmdef, with the same sources and references.</summary>
public sealed class AssemblyTests
{
    private static readonly string[] TestRunners = { "UnityEngine.TestRunner", "UnityEditor.TestRunner" };

    // What stands here for what Unity has by itself.
    private static readonly string[] Doubles = { "UnityEngine", "UnityEngine.TestRunner" };

    private static IEnumerable<Asmdef> Asmdefs() =>
        Repository.Files("Runtime", ".asmdef").Concat(Repository.Files("Tests", ".asmdef")).Select(file => new Asmdef(file));

    private static List<Csproj> Csprojs() => Repository.Files("DotNet~", ".csproj").Select(file => new Csproj(file)).ToList();

    private static Csproj CsprojOf(Asmdef asmdef)
    {
        List<Csproj> linking = Csprojs().Where(project => project.LinkedFolders.Contains(asmdef.Folder)).ToList();
        Assert.That(linking, Has.Count.EqualTo(1), $"projects that link {Repository.Relative(asmdef.Folder)}/**/*.cs");
        return linking[0];
    }

    [Test]
    public void ThereAreAssemblies() => Assert.That(Asmdefs().Select(asmdef => asmdef.Name),
        Is.SupersetOf(new[] { "Recurrent", "Recurrent.Analysis", "Recurrent.Burst", "Recurrent.Tests", "Recurrent.Analysis.Tests" }));

    [TestCaseSource(nameof(Asmdefs))]
    public void OneProjectHasTheNameAndTheSources(object asmdef) =>
        Assert.That(CsprojOf((Asmdef)asmdef).Name, Is.EqualTo(((Asmdef)asmdef).Name));

    [TestCaseSource(nameof(Asmdefs))]
    public void TheFileHasTheNameOfTheAssembly(object asmdef) =>
        Assert.That(Path.GetFileNameWithoutExtension(((Asmdef)asmdef).File), Is.EqualTo(((Asmdef)asmdef).Name));

    [Test]
    public void EveryLinkedFolderIsAnAssembly() =>
        Assert.That(Csprojs().SelectMany(project => project.LinkedFolders), Is.SubsetOf(Asmdefs().Select(asmdef => asmdef.Folder)));

    [Test]
    public void NoAssemblyLiesInsideAnother()
    {
        string[] folders = Asmdefs().Select(asmdef => asmdef.Folder + Path.DirectorySeparatorChar).ToArray();
        Assert.That(folders.Where(inner => folders.Any(outer => inner != outer && inner.StartsWith(outer))), Is.Empty);
        Assert.That(folders, Is.Unique);
    }

    [TestCaseSource(nameof(Asmdefs))]
    public void TheReferencesAgree(object assembly)
    {
        var asmdef = (Asmdef)assembly;
        Csproj project = CsprojOf(asmdef);
        // Unity needs every assembly named; MSBuild hands on those below.
        Assert.That(project.AllReferences.Except(Doubles), Is.EquivalentTo(asmdef.References.Except(TestRunners).Where(name => !name.StartsWith("com."))));
        IEnumerable<string> packages = project.AllPackages.Select(package => (package.EndsWith(".Managed") ? package[..^".Managed".Length] : package) + ".dll");
        Assert.That(packages, Is.EquivalentTo(asmdef.PrecompiledReferences.Where(dll => dll != "nunit.framework.dll")));
        Assert.That(project.IsTest, Is.EqualTo(asmdef.IsTest));
    }

    [TestCaseSource(nameof(Asmdefs))]
    public void WhoKnowsTheEngineCompilesAgainstItsDouble(object assembly)
    {
        var asmdef = (Asmdef)assembly;
        if (asmdef.IsTest) return;
        Assert.That(CsprojOf(asmdef).AllReferences.Contains("UnityEngine"), Is.EqualTo(!asmdef.IsEngineFree));
    }

    [TestCaseSource(nameof(Asmdefs))]
    public void NoForeignDllLeaksIn(object asmdef) => Assert.That(((Asmdef)asmdef).OverridesReferences);

    [TestCaseSource(nameof(Asmdefs))]
    public void NullableIsOnInUnityToo(object asmdef) =>
        Assert.That(File.ReadAllText(Path.Combine(((Asmdef)asmdef).Folder, "csc.rsp")).Split('\n'), Does.Contain("-nullable:enable"));

    [TestCaseSource(nameof(Asmdefs))]
    public void TestAssembliesAreWhatUnityTakesForTests(object assembly)
    {
        var asmdef = (Asmdef)assembly;
        bool isTest = Repository.Relative(asmdef.File).StartsWith("Tests/");
        Assert.That(asmdef.IsTest, Is.EqualTo(isTest));
        if (!isTest) return;
        Assert.That(asmdef.DefineConstraints, Does.Contain("UNITY_INCLUDE_TESTS"));
        Assert.That(asmdef.References, Is.SupersetOf(TestRunners));
        Assert.That(asmdef.AutoReferenced, Is.False);
    }

    // A version define is seen only in its own asmdef.
    [TestCaseSource(nameof(Asmdefs))]
    public void AnOptionalAssemblyIsThereOnceItsPackageIs(object assembly)
    {
        var asmdef = (Asmdef)assembly;
        IEnumerable<string> constraints = asmdef.DefineConstraints.Where(constraint => constraint != "UNITY_INCLUDE_TESTS");
        foreach (string constraint in constraints) Assert.That(constraint.Split(" || ").Intersect(asmdef.VersionDefines), Is.Not.Empty, constraint);
        foreach (string define in asmdef.VersionDefines) Assert.That(asmdef.DefineConstraints, Has.Some.Contains(define), define);
    }

    [TestCaseSource(nameof(Asmdefs))]
    public void EngineFreeAssembliesTargetWhatUnityCompiles(object assembly)
    {
        var asmdef = (Asmdef)assembly;
        Csproj project = CsprojOf(asmdef);
        Assert.That(project.Property("LangVersion"), Is.EqualTo("9"));
        if (asmdef.IsEngineFree) Assert.That(project.Property("TargetFrameworks"), Is.EqualTo("netstandard2.1;net10.0"));
    }

    [Test]
    public void OneSolutionIsFoundInDotNet() =>
        Assert.That(Directory.GetFiles(Path.Combine(Repository.Root, "DotNet~"), "*.sln*").Select(Path.GetFileName), Is.EqualTo(new[] { "Recurrent.slnx" }));

    [Test]
    public void EveryProjectIsInASolution()
    {
        IEnumerable<string> listed = Repository.Files("DotNet~", ".slnx").SelectMany(solution => XDocument.Load(solution).Descendants("Project")
            .Select(project => Path.GetFullPath(Path.Combine(Path.GetDirectoryName(solution)!, project.Attribute("Path")!.Value))));
        Assert.That(listed.Distinct(), Is.EquivalentTo(Csprojs().Select(project => project.File)));
    }
}
