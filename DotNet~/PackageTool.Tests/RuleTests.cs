using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using NUnit.Framework;

namespace Recurrent.PackageTool.Tests;

/// <summary>Every rule with something that breaks it.</summary>
public sealed class RuleTests
{
    private PackageUnderTest _package = null!;

    [SetUp]
    public void MakePackage() => _package = new PackageUnderTest();

    [TearDown]
    public void DeletePackage() => _package.Dispose();

    private static IEnumerable<string> Rules() => PackageRules.All.Select(rule => rule.Name);

    [TestCaseSource(nameof(Rules))]
    public void ThisPackageIsGood(string rule) => Assert.That(Rule(rule)(Repository.Contents), Is.Empty);

    [TestCaseSource(nameof(Rules))]
    public void ThePackageUnderTestIsGoodUntilItIsSpoilt(string rule) => Assert.That(_package.Problems(Rule(rule)), Is.Empty);

    [Test]
    public void TheVerbPrintsAndFails()
    {
        _package.Write("Runtime/Thing.cs", "class Thing { unsafe void A() { } }");
        var output = new StringWriter();
        Assert.That(CheckVerb.Run(_package.Contents.Folder, output), Is.EqualTo(1));
        Assert.That(output.ToString(), Does.Contain("Runtime/Thing.cs(1): is unsafe, and Sample has no allowUnsafeCode").And.Contain("scripts: 1 problems").And.Contain("manifest: good"));
    }

    [TestCase("\"name\": \"dev.sample\"", "\"name\": \"Dev.Sample\"", "name 'Dev.Sample' is none")]
    [TestCase("\"version\": \"1.2.0\"", "\"version\": \"1.2\"", "version '1.2' is not a semantic version")]
    [TestCase("\"version\": \"1.2.0\"", "\"version\": \"1.02.0\"", "version '1.02.0' is not a semantic version")]
    [TestCase("\"unity\": \"2022.3\"", "\"unity\": \"2022.3.4f1\"", "unity '2022.3.4f1' is not of the form")]
    [TestCase("\"dependencies\": {}", "\"dependencies\": []", "dependencies is not an object")]
    [TestCase("\"dependencies\": {}", "\"dependencies\": { \"com.github.asus4.onnxruntime\": \"0.4.9\" }", "depends on com.github.asus4.onnxruntime, which is not in Unity's own registry")]
    [TestCase("\"dependencies\": {}", "\"dependencies\": { \"com.unity.burst\": \"latest\" }", "the version of com.unity.burst is not a semantic version")]
    [TestCase("\"displayName\": \"Sample\"", "\"displayName\": \"\"", "displayName is missing")]
    [TestCase("\"displayName\"", "\"unity\": \"2022.3\", \"displayName\"", "unity stands there twice")]
    [TestCase("{ \"name\"", "[ \"name\"", "cannot be read")]
    public void AManifest(string good, string bad, string message)
    {
        string file = Path.Combine(_package.Root, "package.json");
        _package.Write("package.json", File.ReadAllText(file).Replace(good, bad));
        Assert.That(_package.Problems(ManifestRule.Check), Has.Count.EqualTo(1).And.All.StartsWith("package.json: " + message));
    }

    [TestCase("""{ "displayName": "One", "description": "d", "path": "Samples~/Gone" }""", "the sample 'One' lies in 'Samples~/Gone', which does not exist")]
    [TestCase("""{ "displayName": "One", "path": "Samples~/One" }""", "the sample 'One' has no description")]
    [TestCase("""{ "description": "d", "path": "Samples~/One" }""", "a sample has no displayName")]
    [TestCase("""{ "displayName": "One", "description": "d", "path": "Samples~/One" }, { "displayName": "One", "description": "d", "path": "Samples~/One" }""", "two samples are called 'One'")]
    [TestCase("", "Samples~/One is no sample of the list")]
    public void ASample(string samples, string message)
    {
        _package.Write("Samples~/One/Read.md");
        _package.Write("package.json", File.ReadAllText(Path.Combine(_package.Root, "package.json")).Replace("\"dependencies\"", $"\"samples\": [{samples}], \"dependencies\""));
        Assert.That(_package.Problems(ManifestRule.Check), Does.Contain("package.json: " + message));
    }

    [TestCase("README.md", "is missing")]
    [TestCase("CHANGELOG.md", "is missing")]
    [TestCase("LICENSE.md", "is missing")]
    [TestCase("Third Party Notices.md", "is missing")]
    public void AFileByConvention(string file, string message)
    {
        File.Delete(Path.Combine(_package.Root, file));
        Assert.That(_package.Problems(ConventionRule.Check), Is.EqualTo(new[] { $"{file}: {message}" }));
    }

    [TestCase("## [1.2.0] - 2024-05-31", "## 1.2.0", "is not of the form")]
    [TestCase("## [1.2.0] - 2024-05-31", "## [1.3.0] - 2024-05-31", "its last release is 1.3.0, that of package.json 1.2.0")]
    [TestCase("### Added", "### New", "'New' is none of Added")]
    [TestCase("[1.1.0]", "[1.10.0]", "1.2.0 stands above 1.10.0")]
    public void AChangelog(string good, string bad, string message)
    {
        _package.Write("CHANGELOG.md", File.ReadAllText(Path.Combine(_package.Root, "CHANGELOG.md")).Replace(good, bad));
        Assert.That(_package.Problems(ConventionRule.Check), Is.Not.Empty.And.All.StartsWith("CHANGELOG.md: ").And.Some.Contain(message));
    }

    private static IEnumerable<TestCaseData> BadAsmdefs()
    {
        yield return Case("an unknown key", "has the key 'testables', which Unity does not know", ("testables", true));
        yield return Case("another name", "is not called after its assembly, Other", ("name", "Other"));
        yield return Case("no name", "has no name", ("name", ""));
        yield return Case("both kinds of platforms", "both includes and excludes platforms", ("includePlatforms", new[] { "iOS" }), ("excludePlatforms", new[] { "WebGL" }));
        yield return Case("an unknown platform", "names the platform 'Web', which Unity does not know", ("excludePlatforms", new[] { "Web" }));
        yield return Case("an unknown reference", "references 'Elsewhere', which is neither", ("references", new[] { "Elsewhere" }));
        yield return Case("an unknown GUID", "references 'GUID:0123456789abcdef0123456789abcdef', which is neither", ("references", new[] { "GUID:0123456789abcdef0123456789abcdef" }));
        yield return Case("a reference twice", "references 'Unity.Burst' twice", ("references", new[] { "Unity.Burst", "Unity.Burst" }));
        yield return Case("itself", "references itself", ("references", new[] { "Sample" }));
        yield return Case("an unknown DLL", "names the DLL 'Else.dll', which is neither", ("precompiledReferences", new[] { "Else.dll" }));
        yield return Case("no overrideReferences", "has no overrideReferences", ("overrideReferences", false));
        yield return Case("a constraint with spaces", "has the constraint 'A B', which cannot be read", ("defineConstraints", new[] { "A B" }));
        yield return Case("a constraint with &&", "has the constraint 'A && B', which cannot be read", ("defineConstraints", new[] { "A && B" }));
        yield return Case("a range with a wildcard", "defines 'A' for the versions '1.*', which is no range", ("versionDefines", ("com.unity.burst", "1.*", "A")));
        yield return Case("a range with a space", "defines 'A' for the versions '[1.0, 2.0]', which is no range", ("versionDefines", ("com.unity.burst", "[1.0, 2.0]", "A")));
        yield return Case("a define that is no symbol", "defines 'A-B', which is no symbol", ("versionDefines", ("com.unity.burst", "1.0", "A-B")));
        yield return Case("a define for nothing", "defines 'A' for no package", ("versionDefines", ("", "1.0", "A")));

        static TestCaseData Case(string name, string message, params (string Key, object Value)[] keys) => new TestCaseData(keys, message).SetName("An asmdef with " + name);
    }

    [TestCaseSource(nameof(BadAsmdefs))]
    public void AnAsmdef(object keys, string message)
    {
        _package.Assembly("Runtime/Sample.asmdef", ((string, object)[])keys);
        Assert.That(_package.Problems(AsmdefRule.Check), Has.Count.EqualTo(1).And.All.StartsWith("Runtime/Sample.asmdef: " + message));
    }

    [TestCase("{", "cannot be read")]
    [TestCase("""{ "name": "Sample", "references": "Other" }""", "cannot be read")]
    [TestCase("""{ "name": "Sample", "versionDefines": [{ "name": "a" }] }""", "cannot be read")]
    public void AnAsmdefThatCannotBeRead(string json, string message)
    {
        _package.Write("Runtime/Sample.asmdef", json);
        Assert.That(_package.Problems(AsmdefRule.Check), Does.Contain("Runtime/Thing.cs: is under no asmdef: in a package Unity would not compile it").And.Some.StartsWith("Runtime/Sample.asmdef: " + message));
    }

    [Test]
    public void TwoAssembliesOfOneName()
    {
        _package.Assembly("Editor/Sample.asmdef");
        Assert.That(_package.Problems(AsmdefRule.Check), Is.EqualTo(new[] { "Runtime/Sample.asmdef: has the name of Editor/Sample.asmdef, Sample" }));
    }

    [Test]
    public void TwoAsmdefsInAFolder()
    {
        _package.Assembly("Runtime/Sample.Second.asmdef");
        Assert.That(_package.Problems(AsmdefRule.Check).Single(), Does.EndWith("is the second asmdef or asmref of its folder"));
    }

    [Test]
    public void AScriptUnderNoAsmdef()
    {
        _package.Write("Loose/Loose.cs", "class Loose { }");
        Assert.That(_package.Problems(AsmdefRule.Check).Single(), Does.StartWith("Loose/Loose.cs: is under no asmdef"));
    }

    [Test]
    public void AnAsmrefTakesItsFolderIntoAnAssembly()
    {
        _package.Write("Loose/Loose.cs", "class Loose { }");
        _package.Write("Loose/Loose.asmref", """{ "reference": "Sample" }""");
        Assert.That(_package.Problems(AsmdefRule.Check), Is.Empty);
        _package.Write("Loose/Loose.asmref", """{ "reference": "Gone" }""");
        Assert.That(_package.Problems(AsmdefRule.Check), Does.Contain("Loose/Loose.asmref: refers to 'Gone', which is no assembly of this package"));
    }

    [TestCase("")]
    [TestCase("-warnaserror\n")]
    public void AnAssemblyWithoutNullable(string response)
    {
        _package.Write("Runtime/csc.rsp", response);
        Assert.That(_package.Problems(AsmdefRule.Check).Single(), Does.Contain("csc.rsp without -nullable:enable"));
    }

    [Test]
    public void ARuntimeAssemblyThatUsesTheEditorsOne()
    {
        _package.Assembly("Editor/Sample.Editor.asmdef", ("includePlatforms", new[] { "Editor" }));
        _package.Assembly("Runtime/Sample.asmdef", ("references", new[] { "Sample.Editor" }));
        Assert.That(_package.Problems(AsmdefRule.Check), Is.EqualTo(new[] { "Runtime/Sample.asmdef: references Sample.Editor, which is for the editor alone, and is not itself" }));
    }

    [Test]
    public void AReferenceByGuidIsResolved()
    {
        string meta = MetaFile.ReadGuid(Path.Combine(_package.Contents.Folder.Root, "Runtime/Sample.asmdef.meta"))!;
        _package.Assembly("Editor/Sample.Editor.asmdef", ("references", new[] { "GUID:" + meta }), ("includePlatforms", new[] { "Editor" }));
        Assert.That(_package.Problems(AsmdefRule.Check), Is.Empty);
    }

    private static IEnumerable<TestCaseData> BadOptional()
    {
        (string, object) burst = ("versionDefines", ("com.unity.burst", "1.8.0", "BURST"));
        yield return Case("no constraint", "uses com.unity.burst and has no constraint", ("references", new[] { "Unity.Burst" }));
        yield return Case("a constraint of nobody", "uses com.unity.burst and has no constraint", ("references", new[] { "Unity.Burst" }), ("defineConstraints", new[] { "UNITY_INCLUDE_TESTS" }), burst);
        yield return Case("a constraint for another package", "has the constraint 'OTHER', of which none", ("defineConstraints", new[] { "OTHER" }), burst);
        yield return Case("ONNX Runtime on WebGL", "uses com.github.asus4.onnxruntime and does not exclude WebGL",
            ("precompiledReferences", new[] { "Microsoft.ML.OnnxRuntime.dll" }), ("defineConstraints", new[] { "ORT" }), ("versionDefines", ("com.github.asus4.onnxruntime", "0.4.0", "ORT")));
        yield return Case("ONNX Runtime on WebGL by name", "uses com.github.asus4.onnxruntime and does not exclude WebGL", ("includePlatforms", new[] { "WebGL", "iOS" }),
            ("references", new[] { "com.github.asus4.onnxruntime" }), ("defineConstraints", new[] { "ORT" }), ("versionDefines", ("com.github.asus4.onnxruntime", "0.4.0", "ORT")));

        static TestCaseData Case(string name, string message, params (string Key, object Value)[] keys) => new TestCaseData(keys, message).SetName("An optional assembly with " + name);
    }

    [TestCaseSource(nameof(BadOptional))]
    public void AnOptionalAssembly(object keys, string message)
    {
        _package.Assembly("Runtime/Sample.asmdef", ((string, object)[])keys);
        Assert.That(_package.Problems(OptionalRule.Check), Has.Some.StartsWith("Runtime/Sample.asmdef: " + message));
    }

    [Test]
    public void APackageThatUnityInstallsWithThisOneIsNotOptional()
    {
        _package.Assembly("Runtime/Sample.asmdef", ("references", new[] { "Unity.Burst" }));
        _package.Write("package.json", File.ReadAllText(Path.Combine(_package.Root, "package.json")).Replace("\"dependencies\": {}", "\"dependencies\": { \"com.unity.burst\": \"1.8.0\" }"));
        Assert.That(_package.Problems(OptionalRule.Check), Is.Empty);
    }

    [Test]
    public void WhatUsesAnOptionalAssemblyHasItsConstraintAndPlatforms()
    {
        _package.Assembly("Runtime/Ort/Sample.Ort.asmdef", ("precompiledReferences", new[] { "Microsoft.ML.OnnxRuntime.dll" }), ("excludePlatforms", new[] { "WebGL" }),
            ("defineConstraints", new[] { "ORT || ORT_DLL" }), ("versionDefines", ("com.github.asus4.onnxruntime", "0.4.0", "ORT")));
        Assert.That(_package.Problems(OptionalRule.Check), Is.Empty);
        _package.Assembly("Editor/Sample.Editor.asmdef", ("references", new[] { "Sample.Ort" }));
        Assert.That(_package.Problems(OptionalRule.Check), Is.EqualTo(new[]
        {
            "Editor/Sample.Editor.asmdef: references Sample.Ort without its constraint 'ORT || ORT_DLL'",
            "Editor/Sample.Editor.asmdef: uses com.github.asus4.onnxruntime and does not exclude WebGL",
        }));
    }

    [Test]
    public void TheSetupWindowNeedsNothing()
    {
        _package.Assembly("Editor/Setup/Sample.Editor.Setup.asmdef", ("includePlatforms", new[] { "Editor" }));
        Assert.That(_package.Problems(OptionalRule.Check), Is.Empty);
        _package.Assembly("Editor/Setup/Sample.Editor.Setup.asmdef", ("includePlatforms", new[] { "Editor" }), ("references", new[] { "Sample" }));
        Assert.That(_package.Problems(OptionalRule.Check).Single(), Does.EndWith("is the set-up window's, which must compile whatever is broken, and references Sample"));
        _package.Assembly("Editor/Setup/Sample.Editor.Setup.asmdef", ("includePlatforms", new[] { "Editor" }), ("defineConstraints", new[] { "UNITY_64" }));
        Assert.That(_package.Problems(OptionalRule.Check).Single(), Does.EndWith("which must compile whatever is missing, and has constraints"));
    }

    [TestCase("using UnityEditor;", "(1): uses UnityEditor, and Sample is not for the editor alone")]
    [TestCase("class A { object B = UnityEditorInternal.X.Y; }", "(1): uses UnityEditorInternal, and Sample is not for the editor alone")]
    [TestCase("\nusing UnityEngine.UIElements;", "(2): uses UnityEngine, and Sample is free of the engine")]
    [TestCase("#if UNITY_EDITOR\n#endif", ": asks for UNITY_EDITOR, and Sample is free of the engine")]
    [TestCase("class A { unsafe int* B; }", "(1): is unsafe, and Sample has no allowUnsafeCode")]
    [TestCase("class A { [System.Runtime.CompilerServices.ModuleInitializer] static void B() { } }", "(1): is a module initializer, which Unity's compiler refuses")]
    public void AScript(string code, string message)
    {
        _package.Write("Runtime/Bad.cs", code);
        Assert.That(_package.Problems(ScriptRule.Check), Is.EqualTo(new[] { "Runtime/Bad.cs" + message }));
    }

    [TestCase("#if UNITY_EDITOR\nusing UnityEditor;\n#endif\nclass A : UnityEngine.Object { }")]
    [TestCase("// UnityEditor\nclass A { string B = \"UnityEditor\"; }")]
    public void AScriptThatMayMentionTheEditor(string code)
    {
        _package.Assembly("Runtime/Sample.asmdef", ("noEngineReferences", false));
        _package.Write("Runtime/Good.cs", code);
        Assert.That(_package.Problems(ScriptRule.Check), Is.Empty);
    }

    [Test]
    public void AFolderCalledEditorMeansNothing()
    {
        _package.Write("Runtime/Editor/A.cs", "class A { }");
        Assert.That(_package.Problems(ScriptRule.Check), Is.EqualTo(new[] { "Runtime/Editor: means nothing to Unity under an asmdef, and Sample is not for the editor alone" }));
    }

    private static IEnumerable<TestCaseData> BadTests()
    {
        yield return Case("no constraint", "has no constraint UNITY_INCLUDE_TESTS", ("defineConstraints", Array.Empty<string>()));
        yield return Case("one runner", "does not reference UnityEditor.TestRunner", ("references", new[] { "UnityEngine.TestRunner" }));
        yield return Case("all DLLs", "does not name nunit.framework.dll", ("overrideReferences", false));
        yield return Case("no NUnit", "does not name nunit.framework.dll", ("precompiledReferences", Array.Empty<string>()));
        yield return Case("autoReferenced", "is autoReferenced", ("autoReferenced", true));

        static TestCaseData Case(string name, string message, params (string Key, object Value)[] keys) => new TestCaseData(keys, message).SetName("A test assembly with " + name);
    }

    [TestCaseSource(nameof(BadTests))]
    public void ATestAssembly(object keys, string message)
    {
        _package.TestAssembly(((string, object)[])keys);
        Assert.That(_package.Problems(TestRule.Check), Has.Count.EqualTo(1).And.All.Contain("Tests/Sample.Tests.asmdef").And.All.Contain(message));
    }

    [Test]
    public void AnAssemblyUnderTestsThatIsNone()
    {
        _package.Assembly("Tests/Sample.Extras.asmdef");
        Assert.That(_package.Problems(TestRule.Check).Single(), Does.EndWith("lies under Tests and would be compiled into every project"));
    }

    [TestCase("void A() { Assert.Multiple(() => { }); }", "uses Assert.Multiple, which Unity's NUnit does not know")]
    [TestCase("void A() { Assert.Warn(\"a\"); }", "uses Assert.Warn, which Unity's NUnit does not know")]
    [TestCase("void A() { Warn.If(true); }", "uses Warn.If, which Unity's NUnit does not know")]
    [TestCase("void A() { using (Assert.EnterMultipleScope()) { } }", "uses Assert.EnterMultipleScope, which Unity's NUnit does not know")]
    [TestCase("void A() { ClassicAssert.AreEqual(1, 1); }", "uses ClassicAssert, which Unity's NUnit does not know")]
    [TestCase("[NonParallelizable] void A() { }", "uses NonParallelizable, which Unity's NUnit does not know")]
    [TestCase("[Test] public async Task A() { }", "A is asynchronous")]
    [TestCase("[TestCase(1)] public Task A(int b) => null;", "A is asynchronous")]
    public void ATest(string code, string message)
    {
        _package.TestAssembly();
        _package.Write("Tests/A.cs", $"class Tests {{ {code} }}");
        Assert.That(_package.Problems(TestRule.Check), Has.Count.EqualTo(1).And.All.StartsWith("Tests/A.cs(1): " + message));
    }

    private const string Start = "[RuntimeInitializeOnLoadMethod(RuntimeInitializeLoadType.SubsystemRegistration)]";

    [TestCase($"[Preserve] {Start} static void A() {{ }}", "", "is a bridge without [assembly: AlwaysLinkAssembly]")]
    [TestCase("[Preserve] static void A() { }", "[assembly: AlwaysLinkAssembly]", "is a bridge without a [RuntimeInitializeOnLoadMethod(")]
    [TestCase("[Preserve] [RuntimeInitializeOnLoadMethod] static void A() { }", "[assembly: AlwaysLinkAssembly]", "is a bridge without a [RuntimeInitializeOnLoadMethod(")]
    [TestCase($"{Start} static void A() {{ }}", "[assembly: AlwaysLinkAssembly]", "starts in A, which has no [Preserve]")]
    [TestCase($"[Preserve] {Start} void A() {{ }}", "[assembly: AlwaysLinkAssembly]", "starts in A, which is not static")]
    public void ABridge(string method, string attribute, string message)
    {
        Bridge("BURST");
        _package.Write("Runtime/Bridge/A.cs", $"{attribute} class Bridge {{ {method} }}");
        Assert.That(_package.Problems(BridgeRule.Check), Has.Count.EqualTo(1).And.All.StartsWith("Runtime/Bridge/Sample.Unity.asmdef: " + message));
    }

    [Test]
    public void ABackendHasABridgeUnderItsConstraints()
    {
        _package.Assembly("Runtime/Sample.asmdef", ("defineConstraints", new[] { "BURST" }));
        _package.Write("Runtime/Backend.cs", "public static class Backend { public static void Register() { } }");
        Assert.That(_package.Problems(BridgeRule.Check).Single(), Does.StartWith("Runtime/Sample.asmdef: is an optional backend"));

        _package.Write("Runtime/Bridge/A.cs", $"[assembly: AlwaysLinkAssembly] class Bridge {{ [Preserve, {Start[1..]} static void A() => Backend.Register(); }}");
        Bridge("BURST || OTHER");
        Assert.That(_package.Problems(BridgeRule.Check), Has.Count.EqualTo(1));
        Bridge("BURST");
        Assert.That(_package.Problems(BridgeRule.Check), Is.Empty);
    }

    private void Bridge(string constraint) => _package.Assembly("Runtime/Bridge/Sample.Unity.asmdef",
        ("references", new[] { "Sample" }), ("defineConstraints", new[] { constraint }), ("noEngineReferences", false));

    [TestCase("using UnityEngine.UIElements;", "uses UIElements of com.unity.modules.uielements")]
    [TestCase("class A { void B() => GUILayout.Label(\"\"); }", "uses GUILayout of com.unity.modules.imgui")]
    [TestCase("class A { Rigidbody _b; }", "uses Rigidbody of com.unity.modules.physics")]
    public void AModule(string code, string message)
    {
        _package.Assembly("Runtime/Sample.asmdef", ("noEngineReferences", false));
        _package.Write("Runtime/A.cs", code);
        Assert.That(_package.Problems(ModulesRule.Check).Single(), Does.StartWith("Runtime/A.cs(1): " + message));
    }

    [Test]
    public void AModuleAmongTheDependenciesAndATypeOfOnesOwnAreGood()
    {
        _package.Assembly("Runtime/Sample.asmdef", ("noEngineReferences", false));
        _package.Write("Runtime/A.cs", "using UnityEngine.UIElements; class Terrain { } class A { Terrain _b; }");
        _package.Write("package.json", File.ReadAllText(Path.Combine(_package.Root, "package.json")).Replace("\"dependencies\": {}", "\"dependencies\": { \"com.unity.modules.uielements\": \"1.0.0\" }"));
        Assert.That(_package.Problems(ModulesRule.Check), Is.Empty);
    }

    [Test]
    public void AGuidThatChanged()
    {
        _ = _package.Contents;
        foreach (string[] arguments in new[] { new[] { "init", "-q" }, new[] { "add", "-A" }, new[] { "-c", "user.name=a", "-c", "user.email=a@b", "commit", "-qm", "a" }, new[] { "tag", "v1.2.0" } })
            System.Diagnostics.Process.Start(new System.Diagnostics.ProcessStartInfo("git", arguments) { WorkingDirectory = _package.Root })!.WaitForExit();
        Assert.That(_package.Problems(package => GuidRule.Check(package)), Is.Empty);

        string meta = Path.Combine(_package.Root, "Runtime/Thing.cs.meta"), was = MetaFile.ReadGuid(meta)!;
        _package.Write("Runtime/Thing.cs.meta", File.ReadAllText(meta).Replace(was, new string('a', 32)));
        Assert.That(_package.Problems(package => GuidRule.Check(package)), Is.EqualTo(new[] { $"Runtime/Thing.cs.meta: has the GUID {new string('a', 32)}; in v1.2.0 it had {was}" }));
    }

    private const string Scripted = "using UnityEngine;\npublic class Walker : Stage { [SerializeField] private float _speed; public Settings[] All; [FormerlySerializedAs(\"old\")] public int Fresh; private int _hidden; }\n"
        + "public class Stage : MonoBehaviour { public int Floor; }\n[System.Serializable] public class Settings { public float Rate; }";

    [TestCase("  _speed: 3\n  All:\n  - Rate: 0.1\n  - Rate: 0.2\n  Floor: 2\n  old: 3", null)]
    [TestCase("  speed: 3", "sets Walker.speed, which that class does not serialize")]
    [TestCase("  _hidden: 3", "sets Walker._hidden, which that class does not serialize")]
    [TestCase("  All:\n  - Rate: 0.1\n  - Pace: 0.2", "sets Settings.Pace, which that class does not serialize")]
    public void AScene(string fields, string? message)
    {
        _package.Assembly("Runtime/Sample.asmdef", ("noEngineReferences", false));
        _package.Write("Runtime/Walker.cs", Scripted);
        string guid = MetaFile.ReadGuid(Path.Combine(_package.Contents.Folder.Root, "Runtime/Walker.cs.meta"))!;
        _package.Write("Samples~/One/One.unity", $"%YAML 1.1\n--- !u!114 &1\nMonoBehaviour:\n  m_ObjectHideFlags: 0\n  m_GameObject: {{fileID: 2}}\n  m_Script: {{fileID: 11500000, guid: {guid}, type: 3}}\n  m_Name: \n{fields}\n--- !u!4 &2\nTransform:\n  m_Father: {{fileID: 0}}\n");
        List<string> problems = _package.Problems(SceneRule.Check);
        if (message == null) Assert.That(problems, Is.Empty);
        else Assert.That(problems.Single(), Does.StartWith("Samples~/One/One.unity(").And.EndsWith(message));
    }

    [Test]
    public void ASceneWithAScriptOfElsewhere()
    {
        _package.Write("Runtime/One.prefab", $"--- !u!114 &1\nMonoBehaviour:\n  m_Script: {{fileID: 11500000, guid: {new string('a', 32)}, type: 3}}\n");
        Assert.That(_package.Problems(SceneRule.Check), Is.EqualTo(new[] { $"Runtime/One.prefab(2): has a script of the GUID {new string('a', 32)}, which is none of this package" }));
    }

    [TestCase("[gone](Documentation~/gone.md)", "links to Documentation~/gone.md, which does not exist")]
    [TestCase("[part](Documentation~/index.md#nowhere)", "links to Documentation~/index.md#nowhere, and there is no such heading")]
    [TestCase("![gone](images/gone.png)", "links to images/gone.png, which does not exist")]
    [TestCase("see `Runtime/Gone.cs`", "names Runtime/Gone.cs, which does not exist")]
    [TestCase("see `Thin`", "names Thin, and no source says Thin")]
    [TestCase("see `Thing.Show()`", "names Thing.Show(), and Thing has no Show")]
    [TestCase("choose `Window/Sample/Gone`", "names the menu Window/Sample/Gone, and no attribute makes it")]
    [TestCase("choose *Window > Sample > Gone…*", "names the menu Window/Sample/Gone, and no attribute makes it")]
    [TestCase("choose *Window / Sample / Gone*", "names the menu Window/Sample/Gone, and no attribute makes it")]
    [TestCase("choose *Assets / Create / Sample / Gone*", "names the menu Assets/Create/Sample/Gone, and no attribute makes it")]
    [TestCase("choose *Add Component / Sample / Gone*", "names the menu Add Component/Sample/Gone, and no attribute makes it")]
    [TestCase("run `sample go --slow`", "names the option --slow, which DotNet~/Tool does not have")]
    [TestCase("```\ndotnet run --project DotNet~/Tool -- come\n```", "names the command 'come', which DotNet~/Tool does not have")]
    [TestCase("```\ndotnet test DotNet~/Gone\n```", "names DotNet~/Gone, which does not exist")]
    public void ADocument(string text, string message)
    {
        Documented();
        _package.Write("README.md", "# Sample\n" + text.Replace("sample go", "go"));
        Assert.That(_package.Problems(DocumentRule.Check), Has.Count.EqualTo(1).And.All.StartsWith("README.md(").And.All.Contain(message));
    }

    [Test]
    public void ADocumentThatIsRight()
    {
        Documented();
        _package.Write("README.md", """
            # Sample
            [here](Documentation~/index.md#sample), [there](#sample), [that](https://example.com), `Runtime/Thing.cs`, `DotNet~/Tool`, `Thing.Grow()`, `Thing`,
            `Window/Sample/Show`, *Window > Sample > Show*, *Assets/Create/Sample/Model*, *Assets / Create / Sample / From a file*, *Add Component / Sample / Walker*, *Component > Sample*,
            *Window / Package Manager*, `go --fast`, `anything else`, **bold**.
            ```
            dotnet run --project DotNet~/Tool -- go --fast
            ```
            """);
        Assert.That(_package.Problems(DocumentRule.Check), Is.Empty);
    }

    private void Documented()
    {
        _package.Write("DotNet~/Tool/Tool.csproj", "<Project />");
        _package.Write("DotNet~/Tool/Program.cs", "using System.CommandLine; var go = new Command(\"go\", \"Goes.\") { new Option<bool>(\"--fast\") };");
        _package.Write("Runtime/Window.cs", "class Window { [MenuItem(\"Window/Sample/Show…\")] static void Show() { } }");
        _package.Write("Runtime/FromFile.cs", "class FromFile { const string Title = \"From a file\"; [MenuItem(Menus.Root + (\"Sample/\" + Title), false, 221)] static void Make() { } }");
        _package.Write("Runtime/Menus.cs", "class Menus { public const string Root = \"Assets/Create/\"; [AddComponentMenu(\"Sample/Walker\")] class Walker { } }");
        _package.Write("Runtime/Model.cs", "[CreateAssetMenu(fileName = \"model\", menuName = \"Sample/Model\")] class Model { }");
    }

    private static Func<PackageContents, IEnumerable<Problem>> Rule(string name) => PackageRules.All.Single(rule => rule.Name == name).Check;
}
