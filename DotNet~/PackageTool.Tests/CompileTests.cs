using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Text;
using NUnit.Framework;

namespace Recurrent.PackageTool.Tests;

/// <summary>Small packages compiled as Unity would, with an engine of a few types, and this package in every combination.</summary>
public sealed class CompileTests
{
    private static readonly BuildTarget Editor = new(IsEditor: true, IsWebGL: false);
    private static readonly BuildTarget Player = new(IsEditor: false, IsWebGL: false);
    private static readonly BuildTarget WebGL = new(IsEditor: false, IsWebGL: true);

    private readonly UnityCompiler _compiler = new();
    private TemporaryFolder _engineFolder = null!;
    private EngineAssemblies _engine = null!;
    private PackageUnderTest _package = null!;

    [OneTimeSetUp]
    public void MakeEngine()
    {
        _engineFolder = new TemporaryFolder();
        foreach (string name in new[] { "UnityEngine", "UnityEditor", "Unity.Burst" }) _engineFolder.Write($"{name}/{name}.csproj", "<Project />");
        _engineFolder.Write("UnityEngine/Object.cs", "namespace UnityEngine; public class Object { public int Id { get; init; } }");
        _engineFolder.Write("UnityEditor/Window.cs", "namespace UnityEditor { public class EditorWindow { } }");
        _engineFolder.Write("Unity.Burst/Burst.cs", "namespace Unity.Burst { public class BurstCompileAttribute : System.Attribute { } }");
        _engine = EngineAssemblies.Doubles(_engineFolder.FullPath, _compiler);
    }

    [OneTimeTearDown]
    public void DeleteEngine() => _engineFolder.Dispose();

    [SetUp]
    public void MakePackage() => _package = new PackageUnderTest();

    [TearDown]
    public void DeletePackage() => _package.Dispose();

    [Test]
    public void ThisPackageCompilesInEveryCombination()
    {
        Surroundings around = Repository.Surroundings;
        var output = new StringWriter();
        IReadOnlyList<string> errors = CombinationReport.Write(Repository.Contents, Combination.Whole.Concat(Combination.Broken), around, output);
        TestContext.WriteLine(output);
        Assert.That(errors, Is.Empty);

        PackageManifest manifest = PackageManifest.Read(Repository.Root);
        foreach ((Combination combination, bool isWhole) in Combination.Whole.Select(whole => (whole, true)).Concat(Combination.Broken.Select(broken => (broken, false))))
        {
            List<string> compiled = ProjectCompilation.Run(combination.Project(around, Repository.Contents, manifest), combination.Target, around.Compiler, around.Engine)
                .Where(result => result.Outcome == AssemblyOutcome.Compiled).Select(result => result.Name).ToList();
            Assert.That(compiled, Does.Contain("Recurrent"));
            foreach (string always in new[] { "Recurrent.Editor", "Recurrent.Editor.Setup" }) Assert.That(compiled.Contains(always), Is.EqualTo(combination.Target.IsEditor), $"{always} in {combination}");
            if (!isWhole) continue;
            Assert.That(compiled.Contains("Recurrent.Analysis"), Is.EqualTo(combination.MathNet != "–"), $"{combination}");
            Assert.That(compiled.Contains("Recurrent.OnnxRuntime"), Is.EqualTo(combination.OnnxRuntime != "–" && combination.Target.Platform != "WebGL"), $"{combination}");
            if (around.Engine.HasEngine) Assert.That(compiled.Contains("Recurrent.Burst"), Is.EqualTo(combination.Burst != "–"), $"{combination}");
        }
    }

    [Test]
    public void TheCompilersMessageComesWithFileLineAndAssembly()
    {
        _package.Write("Runtime/Bad.cs", "namespace Sample\n{\n    class Bad { int A => Unknown; }\n}");
        var output = new StringWriter();
        var around = new Surroundings(_compiler, _engine, null);
        Assert.That(CombinationReport.Write(_package.Contents, Combination.Whole.Take(1), around, output),
            Is.EqualTo(new[] { "Sample: Runtime/Bad.cs(3,26): error CS0103: The name 'Unknown' does not exist in the current context" }));
        Assert.That(output.ToString(), Does.Contain("**fails: Sample**").And.Contain("1 combinations").And.Contain("1 errors").And.Contain("the DLL of Microsoft.ML.OnnxRuntime"));
    }

    [TestCase("file struct A { }", "CS8773")]
    [TestCase("namespace A;", "CS8773")]
    [TestCase("record A(int B);", "CS0518")]
    [TestCase("class A { int B { get; init; } }", "CS0518")]
    [TestCase("class A { System.Half B; }", "CS0234")]
    [TestCase("class A { void B() => System.Text.Json.JsonSerializer.Serialize(1); }", "CS0234")]
    [TestCase("class A { unsafe int* B; }", "CS0227")]
    [TestCase("class A { UnityEngine.Object B; }", "CS0246")]
    [TestCase("class A { MathNet.Numerics.Complex32 B; }", "CS0246")]
    public void WhatUnityWouldRefuse(string code, string error)
    {
        _package.Write("Runtime/Bad.cs", code);
        Assert.That(Compile(Player)["Sample"].Messages[0], Does.Contain(error));
    }

    [Test]
    public void ResponseFilesAreRead()
    {
        _package.Write("Runtime/Bad.cs", "class A { string B = null; }");
        Assert.That(Compile(Player)["Sample"].Outcome, Is.EqualTo(AssemblyOutcome.Compiled));
        _package.Write("Runtime/csc.rsp", "# comment\n-nullable:enable -warnaserror+:CS8625\n");
        Assert.That(Compile(Player)["Sample"].Messages[0], Does.Contain("CS8625"));
        _package.Write("Runtime/csc.rsp", "-define:OWN\n-unsafe");
        _package.Write("Runtime/Bad.cs", "class A {\n#if OWN\n unsafe int* B;\n#else\n Wrong C;\n#endif\n}");
        Assert.That(Compile(Player)["Sample"].Outcome, Is.EqualTo(AssemblyOutcome.Compiled));
        _package.Write("Runtime/csc.rsp", "-nonsense\n");
        Assert.That(Compile(Player)["Sample"].Messages[0], Does.Contain("CS2007"));
    }

    [Test]
    public void PlatformsAndConstraintsLeaveAssembliesOut()
    {
        _package.Assembly("Runtime/A/Sample.A.asmdef", ("excludePlatforms", new[] { "WebGL" }));
        _package.Assembly("Runtime/B/Sample.B.asmdef", ("includePlatforms", new[] { "Editor", "WebGL" }));
        _package.Assembly("Runtime/C/Sample.C.asmdef", ("defineConstraints", new[] { "!UNITY_EDITOR", "UNITY_WEBGL || OWN" }));
        foreach (string folder in "ABC".Select(letter => letter.ToString())) _package.Write($"Runtime/{folder}/Type.cs", "class Type { }");

        Assert.That(Compiled(Editor), Is.EquivalentTo(new[] { "Sample", "Sample.A", "Sample.B" }));
        Assert.That(Compiled(Player), Is.EquivalentTo(new[] { "Sample", "Sample.A" }));
        Assert.That(Compiled(WebGL), Is.EquivalentTo(new[] { "Sample", "Sample.B", "Sample.C" }));
        Assert.That(Compiled(Player, project => project.Defines.Add("OWN")), Is.EquivalentTo(new[] { "Sample", "Sample.A", "Sample.C" }));
        Assert.That(Compile(Player)["Sample.C"].Messages, Is.EqualTo(new[] { "UNITY_WEBGL || OWN" }));
    }

    [Test]
    public void AVersionDefineIsSeenInItsOwnAssemblyAlone()
    {
        (string, object) define = ("versionDefines", ("com.other", "[1.2,2.0)", "OTHER"));
        _package.Assembly("Runtime/A/Sample.A.asmdef", ("defineConstraints", new[] { "OTHER" }), define);
        _package.Assembly("Runtime/B/Sample.B.asmdef", ("defineConstraints", new[] { "OTHER" }));
        _package.Write("Runtime/A/Type.cs", "#if OTHER\nclass Type { }\n#else\nWrong\n#endif");
        _package.Write("Runtime/B/Type.cs", "class Type { }");
        foreach ((string version, bool within) in new[] { ("1.1.9", false), ("1.2.0", true), ("1.9.0", true), ("2.0.0", false) })
            Assert.That(Compiled(Player, project => project.Packages.Add(new InstalledPackage("com.other", version))), Is.EquivalentTo(within ? new[] { "Sample", "Sample.A" } : new[] { "Sample" }), version);
    }

    [Test]
    public void TheEngineIsSeenWhereItIsAndTheEditorNotInAPlayer()
    {
        _package.Assembly("Runtime/A/Sample.A.asmdef", ("noEngineReferences", false));
        _package.Write("Runtime/A/Type.cs", "class Type : UnityEngine.Object {\n#if UNITY_EDITOR\n UnityEditor.EditorWindow _window;\n#endif\n}");
        Assert.That(Compile(Player)["Sample.A"].Outcome, Is.EqualTo(AssemblyOutcome.Compiled));
        Assert.That(Compile(Editor)["Sample.A"].Outcome, Is.EqualTo(AssemblyOutcome.Compiled));
        _package.Write("Runtime/A/Type.cs", "class Type { UnityEditor.EditorWindow _window; }");
        Assert.That(Compile(Editor)["Sample.A"].Outcome, Is.EqualTo(AssemblyOutcome.Compiled));
        Assert.That(Compile(Player)["Sample.A"].Messages[0], Does.Contain("UnityEditor"));
    }

    [Test]
    public void WhatNeedsAnEngineThatIsNotThereIsLeftOut()
    {
        _package.Assembly("Runtime/A/Sample.A.asmdef", ("noEngineReferences", false));
        _package.Write("Runtime/A/Type.cs", "class Type : UnityEngine.Object { }");
        UnityProject project = new Surroundings(_compiler, _engine, null).Project(_package.Contents, PackageManifest.Read(_package.Root));
        AssemblyResult result = ProjectCompilation.Run(project, Player, _compiler, EngineAssemblies.Doubles("nowhere", _compiler)).Single(one => one.Name == "Sample.A");
        Assert.That(result.Outcome, Is.EqualTo(AssemblyOutcome.LeftOut));
        Assert.That(result.Messages[0], Does.StartWith("no UnityEngine"));
    }

    [Test]
    public void AnAssemblySeesWhatItReferencesByNameOrGuid()
    {
        string guid = MetaFile.ReadGuid(Path.Combine(_package.Contents.Folder.Root, "Runtime/Sample.asmdef.meta"))!;
        _package.Write("Runtime/A/Type.cs", "class Type : Sample.Thing { }");
        foreach (string[] references in new[] { new[] { "Sample" }, ["GUID:" + guid], [] })
        {
            _package.Assembly("Runtime/A/Sample.A.asmdef", ("references", references));
            Assert.That(Compile(Player)["Sample.A"].Outcome, Is.EqualTo(references.Length > 0 ? AssemblyOutcome.Compiled : AssemblyOutcome.Failed));
        }
    }

    [Test]
    public void WhatUsesAnAssemblyThatFailedIsNotTried()
    {
        _package.Assembly("Runtime/A/Sample.A.asmdef", ("references", new[] { "Sample" }));
        _package.Write("Runtime/A/Type.cs", "class Type : Sample.Thing { }");
        _package.Write("Runtime/Thing.cs", "wrong");
        Assert.That(Compile(Player)["Sample.A"].Outcome, Is.EqualTo(AssemblyOutcome.Blocked));
        Assert.That(Compile(Player)["Sample.A"].Messages, Is.EqualTo(new[] { "Sample" }));
    }

    [Test]
    public void ACycleIsNamed()
    {
        _package.Assembly("Runtime/A/Sample.A.asmdef", ("references", new[] { "Sample.B" }));
        _package.Assembly("Runtime/B/Sample.B.asmdef", ("references", new[] { "Sample.A" }));
        _package.Write("Runtime/A/Type.cs", "class A { }");
        _package.Write("Runtime/B/Type.cs", "class B { }");
        Assert.That(Compile(Player)["Sample.B"].Messages, Is.EqualTo(new[] { "Assembly with cyclic references: Sample.A, Sample.B" }));
    }

    [Test]
    public void DllsAreSeenByNameOrByAll()
    {
        _package.Write("Runtime/A/Type.cs", "class Type { MathNet.Numerics.Complex32 _number; }");
        _package.Assembly("Runtime/A/Sample.A.asmdef", ("precompiledReferences", new[] { "MathNet.Numerics.dll" }));
        Assert.That(Compile(Player)["Sample.A"].Outcome, Is.EqualTo(AssemblyOutcome.Failed), "the DLL is not there");
        Assert.That(Compiled(Player, project => project.Dlls.Add(NuGetPackages.MathNet)), Does.Contain("Sample.A"));
        _package.Assembly("Runtime/A/Sample.A.asmdef");
        Assert.That(Compiled(Player, project => project.Dlls.Add(NuGetPackages.MathNet)), Does.Not.Contain("Sample.A"), "overrideReferences without its name");
        _package.Assembly("Runtime/A/Sample.A.asmdef", ("overrideReferences", false));
        Assert.That(Compiled(Player, project => project.Dlls.Add(NuGetPackages.MathNet)), Does.Contain("Sample.A"));
        Assert.That(Compiled(Player, Surroundings.AddMathNetPackage), Does.Not.Contain("Sample.A"), "the package's DLL wants to be named");
    }

    [Test]
    public void TwoDllsOfOneNameAreRefused() => Assert.That(Compile(Player, project =>
    {
        project.Dlls.Add(NuGetPackages.MathNet);
        Surroundings.AddMathNetPackage(project);
    })["MathNet.Numerics.dll"].Messages[0], Does.StartWith("Multiple precompiled assemblies with the same name MathNet.Numerics.dll"));

    [Test]
    public void TheScriptsOfTheProjectSeeWhatIsAutoReferenced()
    {
        var script = new ScriptFile("Assets/Mine.cs", SourceText.From("class Mine : Sample.Thing { }"));
        Assert.That(Compiled(Player, project => project.Scripts.Add(script)), Does.Contain("Assembly-CSharp"));
        _package.Assembly("Runtime/Sample.asmdef", ("autoReferenced", false));
        Assert.That(Compile(Player, project => project.Scripts.Add(script))["Assembly-CSharp"].Messages[0], Does.Contain("CS0246"));
    }

    [Test]
    public void AnInstalledScriptWithoutAMetaIsNotThere()
    {
        _ = _package.Contents;
        _package.Write("Runtime/More.cs", "class More : Sample.Thing { }");
        _package.Write("Runtime/Thing.cs", "namespace Sample { class Thing { More _more; } }");
        PackageContents Read(bool immutable) => new(new PackageFolder(_package.Root), immutable);
        Assert.That(Compile(Player, package: Read(immutable: false))["Sample"].Outcome, Is.EqualTo(AssemblyOutcome.Compiled));
        Assert.That(Compile(Player, package: Read(immutable: true))["Sample"].Messages[0], Does.Contain("'More'"));
    }

    [Test]
    public void NothingIsCompiledTwice()
    {
        PackageContents package = _package.Contents;
        var compiler = new UnityCompiler();
        var around = new Surroundings(compiler, EngineAssemblies.Doubles("nowhere", compiler), null);
        CombinationReport.Write(package, Combination.Whole, around, TextWriter.Null);
        Assert.That(compiler.Compilations, Is.EqualTo(1));

        _package.Write("Runtime/Asking.cs", "#if UNITY_EDITOR && UNITY_WEBGL\nclass Both { }\n#endif");
        CombinationReport.Write(_package.Contents, Combination.Whole, around, TextWriter.Null);
        Assert.That(compiler.Compilations, Is.EqualTo(1 + 4), "one for each state of the two symbols that a script asks for");
    }

    [Test]
    public void AFolderOfAssembliesStandsForUnity()
    {
        using var folder = new TemporaryFolder();
        string file = folder.Write("Managed/UnityEngine.dll");
        using FileStream image = File.Create(file);
        bool isMade = CSharpCompilation.Create("UnityEngine", [CSharpSyntaxTree.ParseText("namespace UnityEngine { public class Real { } }")],
            NuGetPackages.NetStandard.Select(reference => MetadataReference.CreateFromFile(reference)), new(OutputKind.DynamicallyLinkedLibrary)).Emit(image).Success;
        image.Dispose();
        Assert.That(isMade);
        EngineAssemblies real = EngineAssemblies.FromFolder(folder.FullPath, _compiler);
        Assert.That((real.HasEngine, real.HasEditor), Is.EqualTo((true, false)));

        _package.Assembly("Runtime/A/Sample.A.asmdef", ("noEngineReferences", false));
        _package.Write("Runtime/A/Type.cs", "class Type : UnityEngine.Real { }");
        UnityProject project = new Surroundings(_compiler, real, null).Project(_package.Contents, PackageManifest.Read(_package.Root));
        Assert.That(ProjectCompilation.Run(project, Player, _compiler, real).Single(result => result.Name == "Sample.A").Outcome, Is.EqualTo(AssemblyOutcome.Compiled));
    }

    [Test]
    public void OptionalAssembliesMayFailInABrokenProjectAndOthersMayNot()
    {
        Combination broken = Combination.Broken.First(combination => combination.IsBroken), whole = Combination.Whole.First();
        foreach (AssemblyOutcome outcome in new[] { AssemblyOutcome.Failed, AssemblyOutcome.Blocked })
        {
            Assert.That(broken.IsWrong(new AssemblyResult("A", outcome, [], IsOptional: true)), Is.False);
            Assert.That(broken.IsWrong(new AssemblyResult("A", outcome, [], IsOptional: false)));
            Assert.That(whole.IsWrong(new AssemblyResult("A", outcome, [], IsOptional: true)));
        }

        Assert.That(whole.IsWrong(new AssemblyResult("A", AssemblyOutcome.LeftOut, [], IsOptional: true)), Is.False);
    }

    private Dictionary<string, AssemblyResult> Compile(BuildTarget target, Action<UnityProject>? change = null, PackageContents? package = null)
    {
        UnityProject project = new Surroundings(_compiler, _engine, null).Project(package ?? _package.Contents, PackageManifest.Read(_package.Root));
        change?.Invoke(project);
        return ProjectCompilation.Run(project, target, _compiler, _engine).ToDictionary(result => result.Name);
    }

    private IEnumerable<string> Compiled(BuildTarget target, Action<UnityProject>? change = null) =>
        Compile(target, change).Values.Where(result => result.Outcome == AssemblyOutcome.Compiled).Select(result => result.Name);
}
