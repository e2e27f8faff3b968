using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.Json;

namespace Recurrent.PackageTool.Tests;

/// <summary>What an asmdef says, as far as a csproj must agree.</summary>
internal sealed class Asmdef
{
    public Asmdef(string file)
    {
        File = file;
        using JsonDocument json = JsonDocument.Parse(System.IO.File.ReadAllText(file));
        JsonElement root = json.RootElement;
        Name = root.GetProperty("name").GetString()!;
        References = Strings(root, "references");
        PrecompiledReferences = Strings(root, "precompiledReferences");
        DefineConstraints = Strings(root, "defineConstraints");
        VersionDefines = root.GetProperty("versionDefines").EnumerateArray().Select(value => value.GetProperty("define").GetString()!).ToList();
        IsEngineFree = Flag(root, "noEngineReferences");
        OverridesReferences = Flag(root, "overrideReferences");
        AutoReferenced = Flag(root, "autoReferenced");
    }

    public string File { get; }

    public string Name { get; }

    public string Folder => Path.GetDirectoryName(File)!;

    public IReadOnlyList<string> References { get; }

    public IReadOnlyList<string> PrecompiledReferences { get; }

    public IReadOnlyList<string> DefineConstraints { get; }

    /// <summary>What is defined where some package is installed.</summary>
    public IReadOnlyList<string> VersionDefines { get; }

    public bool IsEngineFree { get; }

    public bool OverridesReferences { get; }

    public bool AutoReferenced { get; }

    public bool IsTest => PrecompiledReferences.Contains("nunit.framework.dll");

    public override string ToString() => Name;

    private static List<string> Strings(JsonElement root, string key) =>
        root.GetProperty(key).EnumerateArray().Select(value => value.GetString()!).ToList();

    private static bool Flag(JsonElement root, string key) => root.GetProperty(key).GetBoolean();
}
