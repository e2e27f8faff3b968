using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.Json.Nodes;

namespace Recurrent.PackageTool.Tests;

/// <summary>A small package in a folder of its own, of which every rule says nothing until a test spoils it.</summary>
internal sealed class PackageUnderTest : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public PackageUnderTest()
    {
        Write("package.json", """{ "name": "dev.sample", "version": "1.2.0", "unity": "2022.3", "displayName": "Sample", "description": "A sample.", "dependencies": {} }""");
        foreach (string file in new[] { "README.md", "LICENSE.md", "Third Party Notices.md", "Documentation~/index.md" }) Write(file, "# Sample\n");
        Write("CHANGELOG.md", "# Changelog\n\n## [Unreleased]\n\n## [1.2.0] - 2024-05-31\n\n### Added\n\n- A sample.\n\n## [1.1.0] - 2024-04-30\n");
        Assembly("Runtime/Sample.asmdef");
        Write("Runtime/Thing.cs", "namespace Sample { public class Thing { public int Count; public void Grow() { } } }");
    }

    public string Root => _folder.FullPath;

    public PackageContents Contents
    {
        get
        {
            MetasRule.WriteMissing(new PackageFolder(Root));
            return new PackageContents(new PackageFolder(Root));
        }
    }

    public string Write(string path, string text = "") => _folder.Write(path, text);

    /// <summary>Writes an asmdef, and a csc.rsp beside it. Keys that are not named have the values that this repository gives them.</summary>
    public void Assembly(string path, params (string Key, object Value)[] keys)
    {
        var json = new JsonObject
        {
            ["name"] = Path.GetFileNameWithoutExtension(path),
            ["allowUnsafeCode"] = false,
            ["overrideReferences"] = true,
            ["noEngineReferences"] = true,
        };
        foreach ((string key, object value) in keys) json[key] = value switch
        {
            string[] list => new JsonArray(list.Select(text => (JsonNode)text).ToArray()),
            (string name, string expression, string define) => new JsonArray(new JsonObject { ["name"] = name, ["expression"] = expression, ["define"] = define }),
            bool flag => flag,
            _ => (string)value,
        };
        Write(path, json.ToJsonString());
        Write(path[..(path.LastIndexOf('/') + 1)] + "csc.rsp", "-nullable:enable\n");
    }

    /// <summary>A test assembly as Unity wants it, but for the keys given.</summary>
    public void TestAssembly(params (string Key, object Value)[] keys) => Assembly("Tests/Sample.Tests.asmdef",
    [
        ("references", new[] { "Sample", "UnityEngine.TestRunner", "UnityEditor.TestRunner" }), ("includePlatforms", new[] { "Editor" }), ("precompiledReferences", new[] { "nunit.framework.dll" }),
        ("autoReferenced", false), ("defineConstraints", new[] { "UNITY_INCLUDE_TESTS" }), ("noEngineReferences", false), .. keys,
    ]);

    public List<string> Problems(Func<PackageContents, IEnumerable<Problem>> rule) => rule(Contents).Select(problem => problem.ToString()).ToList();

    public void Dispose() => _folder.Dispose();
}
