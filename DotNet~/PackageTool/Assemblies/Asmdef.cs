using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.Json;

namespace Recurrent.PackageTool;

/// <summary>An assembly of a package, as its .asmdef file tells Unity. A key that is missing has Unity's default.</summary>
public sealed class Asmdef
{
    /// <summary>The keys that Unity knows.</summary>
    public static readonly string[] Keys =
    [
        "name", "rootNamespace", "references", "includePlatforms", "excludePlatforms", "allowUnsafeCode", "overrideReferences",
        "precompiledReferences", "autoReferenced", "defineConstraints", "versionDefines", "noEngineReferences",
    ];

    /// <summary>The platforms that Unity 2022.3 to 6 know.</summary>
    public static readonly string[] Platforms =
    [
        "Android", "CloudRendering", "Editor", "EmbeddedLinux", "GameCoreScarlett", "GameCoreXboxOne", "iOS", "LinuxStandalone64", "macOSStandalone",
        "PS4", "PS5", "QNX", "Stadia", "Switch", "tvOS", "VisionOS", "WebGL", "WindowsStandalone32", "WindowsStandalone64", "WSA", "XboxOne",
    ];

    private const string TestFramework = "nunit.framework.dll";

    /// <summary>Reads an asmdef.</summary>
    /// <param name="path">Where it lies, relative to its package, with forward slashes.</param>
    /// <param name="json">What it says.</param>
    /// <exception cref="InvalidDataException">It is no JSON object, or a value is not of its kind.</exception>
    public Asmdef(string path, string json)
    {
        Path = path;
        try
        {
            using JsonDocument document = JsonDocument.Parse(json);
            JsonElement root = document.RootElement;
            UnknownKeys = root.EnumerateObject().Select(property => property.Name).Except(Keys).ToList();
            Name = root.TryGetProperty("name", out JsonElement name) ? name.GetString() ?? "" : "";
            References = Strings(root, "references");
            IncludePlatforms = Strings(root, "includePlatforms");
            ExcludePlatforms = Strings(root, "excludePlatforms");
            PrecompiledReferences = Strings(root, "precompiledReferences");
            DefineConstraints = Strings(root, "defineConstraints");
            VersionDefines = !root.TryGetProperty("versionDefines", out JsonElement defines) ? [] : defines.EnumerateArray()
                .Select(define => new VersionDefine(Text(define, "name"), Text(define, "expression"), Text(define, "define"))).ToList();
            AllowUnsafeCode = Flag(root, "allowUnsafeCode", false);
            OverrideReferences = Flag(root, "overrideReferences", false);
            AutoReferenced = Flag(root, "autoReferenced", true);
            NoEngineReferences = Flag(root, "noEngineReferences", false);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            throw new InvalidDataException($"{path}: {e.Message}", e);
        }
    }

    /// <summary>Where it lies, relative to its package, with forward slashes.</summary>
    public string Path { get; }

    /// <summary>The folder whose scripts it takes, relative to its package; empty for the package itself.</summary>
    public string Folder => Path.Contains('/') ? Path[..Path.LastIndexOf('/')] : "";

    /// <summary>The assembly's name.</summary>
    public string Name { get; }

    /// <summary>Keys that Unity does not know.</summary>
    public IReadOnlyList<string> UnknownKeys { get; }

    /// <summary>The assemblies it uses: names, or <c>GUID:</c> and that of an asmdef's meta.</summary>
    public IReadOnlyList<string> References { get; }

    /// <summary>The only platforms it is for; empty for all.</summary>
    public IReadOnlyList<string> IncludePlatforms { get; }

    /// <summary>The platforms it is not for.</summary>
    public IReadOnlyList<string> ExcludePlatforms { get; }

    /// <summary>The DLLs it uses, where <see cref="OverrideReferences"/> is set.</summary>
    public IReadOnlyList<string> PrecompiledReferences { get; }

    /// <summary>What must hold for it to be compiled; see <see cref="DefineConstraint"/>.</summary>
    public IReadOnlyList<string> DefineConstraints { get; }

    /// <summary>What is defined where some package is installed.</summary>
    public IReadOnlyList<VersionDefine> VersionDefines { get; }

    /// <summary>Whether it may have pointers.</summary>
    public bool AllowUnsafeCode { get; }

    /// <summary>Whether it uses only the DLLs that it names, instead of all of the project.</summary>
    public bool OverrideReferences { get; }

    /// <summary>Whether a project's own scripts see it.</summary>
    public bool AutoReferenced { get; }

    /// <summary>Whether it is free of the engine.</summary>
    public bool NoEngineReferences { get; }

    /// <summary>Whether it holds tests.</summary>
    public bool IsTest => PrecompiledReferences.Contains(TestFramework) || References.Contains("UnityEngine.TestRunner");

    /// <summary>Whether it is for the editor alone.</summary>
    public bool IsEditorOnly => IncludePlatforms.Count == 1 && IncludePlatforms[0] == "Editor";

    /// <summary>The constraints that depend on what is installed.</summary>
    public IEnumerable<string> OptionalConstraints => DefineConstraints.Where(constraint => constraint != "UNITY_INCLUDE_TESTS");

    /// <summary>Whether it is for a platform.</summary>
    public bool IsFor(string platform) => IncludePlatforms.Count > 0 ? IncludePlatforms.Contains(platform) : !ExcludePlatforms.Contains(platform);

    /// <inheritdoc/>
    public override string ToString() => Name;

    private static List<string> Strings(JsonElement root, string key) =>
        !root.TryGetProperty(key, out JsonElement list) ? [] : list.EnumerateArray().Select(value => value.GetString() ?? throw new InvalidOperationException($"{key} holds a null.")).ToList();

    private static string Text(JsonElement root, string key) =>
        root.TryGetProperty(key, out JsonElement text) ? text.GetString() ?? "" : throw new InvalidOperationException($"A version define has no {key}.");

    private static bool Flag(JsonElement root, string key, bool otherwise) => root.TryGetProperty(key, out JsonElement flag) ? flag.GetBoolean() : otherwise;
}
