using System;
using System.Collections.Generic;
using System.Formats.Tar;
using System.IO;
using System.IO.Compression;
using System.Linq;
using System.Text.Json;
using NUnit.Framework;

namespace Recurrent.PackageTool.Tests;

public sealed class PackTests
{
    private PackageUnderTest _package = null!;
    private TemporaryFolder _out = null!;

    [SetUp]
    public void MakePackage()
    {
        _package = new PackageUnderTest();
        _out = new TemporaryFolder();
    }

    [TearDown]
    public void DeletePackage()
    {
        _package.Dispose();
        _out.Dispose();
    }

    [Test]
    public void TheTarballIsWhatNpmWouldMake()
    {
        _package.Write(".gitignore", "/build/\n");
        foreach (string file in new[] { ".ci/run", ".editorconfig", ".git/HEAD", "DotNet~/A.cs", "build/A.bin", "Left.tmp", "Left.cs~" }) _package.Write(file);
        _package.Write("Samples~/One/Read.md");
        _package.Write("Tests/Data~/one.bin", "1");
        _package.Write("package.json", File.ReadAllText(Path.Combine(_package.Root, "package.json")).Replace("\"dependencies\"", "\"samples\": [{ \"displayName\": \"One\", \"description\": \"d\", \"path\": \"Samples~/One\" }], \"dependencies\""));

        var output = new StringWriter();
        Assert.That(PackVerb.Run(_package.Contents.Folder, _out.FullPath, null, output), Is.EqualTo(0), output.ToString());
        byte[] bytes = File.ReadAllBytes(Path.Combine(_out.FullPath, "dev.sample-1.2.0.tgz"));
        Assert.That(bytes.Take(10), Is.EqualTo(new byte[] { 0x1f, 0x8b, 8, 0, 0, 0, 0, 0, bytes[8], 255 }), "no time, no system");

        var entries = new List<TarEntry>();
        using (var reader = new TarReader(new GZipStream(new MemoryStream(bytes), CompressionMode.Decompress)))
        {
            while (reader.GetNextEntry(copyData: true) is { } entry) entries.Add(entry);
        }

        Assert.That(entries.Select(entry => entry.Name), Is.EqualTo(new[]
        {
            "package/CHANGELOG.md", "package/CHANGELOG.md.meta", "package/Documentation~/index.md", "package/LICENSE.md", "package/LICENSE.md.meta", "package/README.md", "package/README.md.meta",
            "package/Runtime.meta", "package/Runtime/Sample.asmdef", "package/Runtime/Sample.asmdef.meta", "package/Runtime/Thing.cs", "package/Runtime/Thing.cs.meta", "package/Runtime/csc.rsp", "package/Runtime/csc.rsp.meta",
            "package/Samples~/One.meta", "package/Samples~/One/Read.md", "package/Samples~/One/Read.md.meta", "package/Tests.meta", "package/Tests/Data~/one.bin",
            "package/Third Party Notices.md", "package/Third Party Notices.md.meta", "package/package.json", "package/package.json.meta",
        }.Order(StringComparer.Ordinal)));
        foreach (TarEntry entry in entries)
        {
            Assert.That(entry.EntryType, Is.EqualTo(TarEntryType.RegularFile));
            Assert.That(entry.ModificationTime, Is.EqualTo(new DateTimeOffset(1985, 10, 26, 8, 15, 0, TimeSpan.Zero)));
            Assert.That((entry.Uid, entry.Gid, (int)entry.Mode), Is.EqualTo((0, 0, Convert.ToInt32("644", 8))));
        }

        Assert.That(output.ToString(), Does.Contain("Runtime/Thing.cs").And.Contain("integrity: " + Tarball.Integrity(bytes)));
    }

    [Test]
    public void TheSameFilesGiveTheSameBytes()
    {
        byte[] first = Pack("first");
        foreach (string file in Directory.GetFiles(_package.Root, "*", SearchOption.AllDirectories)) File.SetLastWriteTimeUtc(file, new DateTime(2001, 2, 3, 4, 5, 6));
        Assert.That(Pack("second"), Is.EqualTo(first));
        _package.Write("Runtime/Thing.cs", "namespace Sample { public class Thing { public int Count2; } }");
        Assert.That(Pack("third"), Is.Not.EqualTo(first));
    }

    [Test]
    public void APackageWithProblemsIsNotPacked()
    {
        _package.Write("Runtime/Thing.cs", "using UnityEditor;");
        var output = new StringWriter();
        Assert.That(PackVerb.Run(_package.Contents.Folder, _out.FullPath, null, output), Is.EqualTo(1));
        Assert.That(output.ToString(), Does.Contain("uses UnityEditor").And.Contain("no tarball"));
        Assert.That(Directory.GetFiles(_out.FullPath), Is.Empty);
    }

    [Test]
    public void APackageThatIsTooLargeIsToldSo()
    {
        var noise = new byte[PackVerb.MostBytes + 1];
        new Random(1).NextBytes(noise);
        File.WriteAllBytes(Path.Combine(_package.Root, "Runtime", "noise.bin"), noise);
        var output = new StringWriter();
        Assert.That(PackVerb.Run(_package.Contents.Folder, _out.FullPath, null, output), Is.EqualTo(1));
        Assert.That(output.ToString(), Does.Contain("larger than 3,145,728 bytes"));
    }

    [Test]
    public void AnUnknownPlatformIsNamed() =>
        Assert.That(() => PackVerb.Run(_package.Contents.Folder, _out.FullPath, "win-x64,amiga", TextWriter.Null), Throws.TypeOf<InvalidDataException>().With.Message.EqualTo("--bundle: expected win-x64,linux-x64,osx-arm64,android, got 'amiga'."));

    [Test]
    public void TheBundleHoldsLibrariesMetasLicencesAndChecksums()
    {
        MakeOptional();
        Dictionary<string, TarballFile> files = Bundle.Files(_package.Contents, ["win-x64", "android"]).ToDictionary(file => file.Path);
        Assert.That(files.Keys, Is.SupersetOf(new[]
        {
            "Plugins.meta", "Plugins/MathNet.meta", "Plugins/MathNet/MathNet.Numerics.dll", "Plugins/MathNet/MathNet.Numerics.dll.meta", "Plugins/MathNet/LICENSE.txt", "Plugins/MathNet/LICENSE.txt.meta",
            "Plugins/OnnxRuntime/Microsoft.ML.OnnxRuntime.dll", "Plugins/OnnxRuntime/LICENSE.txt", "Plugins/OnnxRuntime/ThirdPartyNotices.txt", "Plugins/OnnxRuntime/win-x64.meta",
            "Plugins/OnnxRuntime/win-x64/onnxruntime.dll", "Plugins/OnnxRuntime/win-x64/onnxruntime.dll.meta", "Plugins/OnnxRuntime/android/onnxruntime.aar", "Plugins/checksums.txt", "Runtime/Thing.cs",
        }));
        Assert.That(files.Keys, Has.None.Contains("linux"));
        Assert.That(files.Keys.Where(path => path.StartsWith("Plugins/", StringComparison.Ordinal) && !path.EndsWith(".meta", StringComparison.Ordinal)).Select(path => path + ".meta"), Is.SubsetOf(files.Keys));

        string checksums = Text("Plugins/checksums.txt");
        using (Stream dll = files["Plugins/OnnxRuntime/win-x64/onnxruntime.dll"].Open())
            Assert.That(checksums, Does.Contain(Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(dll)) + "  OnnxRuntime/win-x64/onnxruntime.dll  # Microsoft.ML.OnnxRuntime " + NuGetPackages.Version("Microsoft.ML.OnnxRuntime")));
        string native = Text("Plugins/OnnxRuntime/win-x64/onnxruntime.dll.meta");
        Assert.That(native, Does.Contain("      Standalone: Win64\n    second:\n      enabled: 1\n      settings:\n        CPU: x86_64\n").And.Contain("        OS: Windows\n").And.Contain("        Exclude Linux64: 1\n").And.Contain("      Any: \n    second:\n      enabled: 0\n"));
        Assert.That(Text("Plugins/OnnxRuntime/android/onnxruntime.aar.meta"), Does.Contain("      Android: Android\n    second:\n      enabled: 1\n").And.Contain("      Editor: Editor\n    second:\n      enabled: 0\n"));
        Assert.That(Text("package.json"), Does.Contain("Sample (with MathNet.Numerics and Microsoft.ML.OnnxRuntime)"));
        using JsonDocument asmdef = JsonDocument.Parse(Text("Runtime/Ort/Sample.Ort.asmdef"));
        Assert.That(asmdef.RootElement.GetProperty("versionDefines")[1].ToString(), Does.Contain("dev.sample").And.Contain("1.2.0").And.Contain("RECURRENT_ORT_DLL"));
        Assert.That(Text("Runtime/Sample.asmdef"), Does.Not.Contain("dev.sample"));

        string Text(string path)
        {
            using var reader = new StreamReader(files[path].Open());
            return reader.ReadToEnd();
        }
    }

    [Test]
    public void TheBundleCompilesWithNothingElseInstalled()
    {
        MakeOptional();
        string tarball = _out.Write("bundle.tgz");
        File.WriteAllBytes(tarball, Tarball.Create(Bundle.Files(_package.Contents, [])));
        var output = new StringWriter();
        Assert.That(UnpackCheckVerb.Run(tarball, Path.Combine(_out.FullPath, "Project"), Around(), output), Is.EqualTo(0), output.ToString());
        Assert.That(output.ToString(), Does.Contain("| in the package | in the package | – | player, Linux | 2 |  | good |").And.Contain("| in the package | in the package | – | player, WebGL | 1 | ….Ort | good |"));
    }

    [Test]
    public void ATarballIsInstalledAsUnityDoesAndCompilesFromThere()
    {
        string tarball = Path.Combine(_out.FullPath, "sample.tgz"), project = Path.Combine(_out.FullPath, "Project");
        File.WriteAllBytes(tarball, Pack("one"));
        var output = new StringWriter();
        Assert.That(UnpackCheckVerb.Run(tarball, project, Around(), output), Is.EqualTo(0), output.ToString());

        using JsonDocument manifest = JsonDocument.Parse(File.ReadAllText(Path.Combine(project, "Packages/manifest.json")));
        Assert.That(manifest.RootElement.GetProperty("dependencies").GetProperty("dev.sample").GetString(), Is.EqualTo("file:../../sample.tgz"));
        using JsonDocument locked = JsonDocument.Parse(File.ReadAllText(Path.Combine(project, "Packages/packages-lock.json")));
        Assert.That(locked.RootElement.GetProperty("dependencies").GetProperty("dev.sample").GetProperty("source").GetString(), Is.EqualTo("local-tarball"));
        Assert.That(Directory.GetDirectories(Path.Combine(project, "Library/PackageCache")).Select(Path.GetFileName).Single(), Does.Match("^dev\\.sample@[0-9a-f]{12}$"));
        Assert.That(output.ToString(), Does.Contain("| – | – | – | player, Linux | 1 |  | good |"));
    }

    // In an installed package a file without a meta is dropped.
    [Test]
    public void ATarballWithoutAMetaDoesNotCompile()
    {
        _package.Write("Runtime/More.cs", "namespace Sample { class More : Thing { } }");
        _package.Write("Runtime/User.cs", "namespace Sample { class User : More { } }");
        string tarball = _out.Write("sample.tgz");
        PackageFolder folder = _package.Contents.Folder;
        File.WriteAllBytes(tarball, Tarball.Create(Tarball.Files(folder).Where(file => file.Path != "Runtime/More.cs.meta")));
        var output = new StringWriter();
        Assert.That(UnpackCheckVerb.Run(tarball, Path.Combine(_out.FullPath, "Project"), Around(), output), Is.EqualTo(1));
        Assert.That(output.ToString(), Does.Contain("metas: Runtime/More.cs: has no .meta").And.Contain("Sample: Runtime/User.cs(1,").And.Contain("'More' could not be found"));
    }

    [TestCase("outside.txt")]
    [TestCase("package/../outside.txt")]
    public void AnEntryOutsideIsRefused(string name)
    {
        string tarball = Path.Combine(_out.FullPath, "bad.tgz");
        using (var gzip = new GZipStream(File.Create(tarball), CompressionMode.Compress))
        using (var writer = new TarWriter(gzip)) writer.WriteEntry(new UstarTarEntry(TarEntryType.RegularFile, name));
        Assert.That(() => TarballProject.Create(Path.Combine(_out.FullPath, "Project"), tarball), Throws.TypeOf<InvalidDataException>().With.Message.Contains("outside"));
    }

    private static IEnumerable<TestCaseData> NoTarballs()
    {
        yield return Case("nothing", [], "is no tarball, or a damaged one");
        yield return Case("a text", "no tarball"u8.ToArray(), "is no tarball, or a damaged one");
        yield return Case("a gzip of a text", Gzip("no tarball"u8.ToArray()), "is no tarball, or a damaged one");
        yield return Case("half a tarball", Tarball.Create([new TarballFile("package.json", new byte[3000])])[..40], "is no tarball, or a damaged one");
        yield return Case("no package", Tarball.Create([new TarballFile("a.txt", [])]), "there is no package/package.json in it");
        yield return Case("a name that leads out", Tarball.Create([new TarballFile("package.json", "{ \"name\": \"../../../out\", \"version\": \"1.0.0\" }"u8.ToArray())]), "'../../../out' is no name of a package");

        static TestCaseData Case(string name, byte[] bytes, string message) => new TestCaseData(bytes, message).SetName($"No tarball: {name}");

        static byte[] Gzip(byte[] bytes)
        {
            var into = new MemoryStream();
            using (var gzip = new GZipStream(into, CompressionMode.Compress)) gzip.Write(bytes);
            return into.ToArray();
        }
    }

    [TestCaseSource(nameof(NoTarballs))]
    public void NoTarball(byte[] bytes, string message)
    {
        string tarball = Path.Combine(_out.FullPath, "bad.tgz");
        File.WriteAllBytes(tarball, bytes);
        Assert.That(() => UnpackCheckVerb.Run(tarball, Path.Combine(_out.FullPath, "Project"), Around(), TextWriter.Null), Throws.TypeOf<InvalidDataException>().With.Message.StartsWith(tarball).And.Message.Contains(message));
    }

    [Test]
    public void ThisPackageIsSmallAndCompilesFromItsTarball()
    {
        byte[] bytes = Tarball.Create(Tarball.Files(Repository.Contents.Folder));
        TestContext.WriteLine($"{bytes.Length} bytes");
        Assert.That(bytes.Length, Is.LessThanOrEqualTo(PackVerb.MostBytes));
        string tarball = Path.Combine(_out.FullPath, "this.tgz");
        File.WriteAllBytes(tarball, bytes);
        TarballProject project = TarballProject.Create(Path.Combine(_out.FullPath, "Project"), tarball);
        var package = new PackageContents(new PackageFolder(project.PackageRoot), immutable: true);
        Assert.That(MetasRule.Check(package.Folder), Is.Empty);
        Assert.That(CombinationReport.Write(package, Combination.Whole, Repository.Surroundings, TextWriter.Null), Is.Empty);
    }

    [TestCase("Linux64", "x86_64", "Linux", true, true, false)]
    [TestCase("Win64", "x86_64", "Windows", true, false, false)]
    public void AMetaSaysForWhatAPluginIs(string platform, string cpu, string system, bool editor, bool linux, bool webGL)
    {
        PluginMeta read = Reread(new PluginMeta(["Editor", platform], [], cpu, system));
        Assert.That((read.IsFor(new BuildTarget(true, false)), read.IsFor(new BuildTarget(false, false)), read.IsFor(new BuildTarget(false, true))), Is.EqualTo((editor, linux, webGL)));
    }

    [Test]
    public void AMetaSaysForWhatAPluginIsNot()
    {
        PluginMeta read = Reread(new PluginMeta(null, ["WebGL"]));
        Assert.That((read.IsFor(new BuildTarget(true, true)), read.IsFor(new BuildTarget(false, false)), read.IsFor(new BuildTarget(false, true)), read.IsExplicit), Is.EqualTo((true, true, false, true)));
    }

    private PluginMeta Reread(PluginMeta meta) => PluginMeta.Read(_out.Write("a.dll.meta", meta.Write(new string('a', 32))));

    private void MakeOptional()
    {
        _package.Assembly("Runtime/Ort/Sample.Ort.asmdef", ("precompiledReferences", new[] { "Microsoft.ML.OnnxRuntime.dll" }), ("excludePlatforms", new[] { "WebGL" }),
            ("defineConstraints", new[] { "ORT || RECURRENT_ORT_DLL" }), ("versionDefines", ("com.github.asus4.onnxruntime", "0.4.0", "ORT")));
        _package.Write("Runtime/Ort/Type.cs", "class Type { Microsoft.ML.OnnxRuntime.InferenceSession _session; }");
    }

    private static Surroundings Around()
    {
        var compiler = new UnityCompiler();
        return new Surroundings(compiler, EngineAssemblies.Doubles("nowhere", compiler), null);
    }

    private byte[] Pack(string folder)
    {
        string to = Path.Combine(_out.FullPath, folder);
        Assert.That(PackVerb.Run(_package.Contents.Folder, to, null, TextWriter.Null), Is.EqualTo(0));
        return File.ReadAllBytes(Directory.GetFiles(to).Single());
    }
}
