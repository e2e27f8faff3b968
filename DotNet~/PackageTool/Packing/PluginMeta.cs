using System;
using System.IO;
using System.Linq;
using System.Reflection.PortableExecutable;
using System.Text;
using System.Text.RegularExpressions;

namespace Recurrent.PackageTool;

/// <summary>How Unity imports a DLL or a native library: for which platforms, and whether assemblies see it without naming it.</summary>
/// <param name="Platforms">The platforms it is for, as a meta file calls them: Editor, Win64, Linux64, OSXUniversal, Android; null for all.</param>
/// <param name="Excluded">Where it is for all: the platforms it is not for.</param>
/// <param name="Cpu">The processor, as a meta file calls it.</param>
/// <param name="EditorOS">The system of the editors it is for, as a meta file calls it.</param>
/// <param name="IsExplicit">Whether an assembly sees it only by naming it.</param>
public sealed partial record PluginMeta(string[]? Platforms, string[] Excluded, string Cpu = "AnyCPU", string EditorOS = "AnyOS", bool IsExplicit = true)
{
    private static readonly string[] Known = ["Android", "Editor", "Linux64", "OSXUniversal", "WebGL", "Win", "Win64", "iOS"];

    /// <summary>What Unity takes for granted of a DLL.</summary>
    public static readonly PluginMeta Everywhere = new(null, [], IsExplicit: false);

    /// <summary>Whether a file is a managed assembly.</summary>
    public static bool IsManaged(string file)
    {
        using FileStream stream = File.OpenRead(file);
        try
        {
            using var reader = new PEReader(stream);
            return reader.HasMetadata;
        }
        catch (BadImageFormatException)
        {
            return false;
        }
    }

    /// <summary>Reads what a meta file says of platforms.</summary>
    public static PluginMeta Read(string file)
    {
        string text = File.ReadAllText(file).ReplaceLineEndings("\n");
        bool isExplicit = text.Contains("\n  isExplicitlyReferenced: 1\n", StringComparison.Ordinal);
        string[] excluded = Exclusion().Matches(text).Select(match => match.Groups[1].Value).ToArray();
        Match any = Any().Match(text);
        if (!any.Success || any.Groups[1].Value == "1") return new PluginMeta(null, excluded, IsExplicit: isExplicit);
        return new PluginMeta(Known.Where(platform => Regex.IsMatch(text, $@"\n    {platform}:\n      enabled: 1\n|\n      \w+: {platform}\n    second:\n      enabled: 1\n")).ToArray(), excluded, IsExplicit: isExplicit);
    }

    /// <summary>Whether it is for a platform.</summary>
    public bool IsFor(BuildTarget target)
    {
        string platform = target.IsEditor ? "Editor" : target.IsWebGL ? "WebGL" : "Linux64";
        return Platforms?.Contains(platform) ?? !Excluded.Contains(platform);
    }

    /// <summary>The meta file, as Unity would write it.</summary>
    public string Write(string guid)
    {
        var text = new StringBuilder();
        text.Append("fileFormatVersion: 2\nguid: ").Append(guid).Append("\nPluginImporter:\n  externalObjects: {}\n  serializedVersion: 2\n  iconMap: {}\n  executionOrder: {}\n")
            .Append("  defineConstraints: []\n  isPreloaded: 0\n  isOverridable: 1\n  isExplicitlyReferenced: ").Append(IsExplicit ? 1 : 0).Append("\n  validateReferences: 1\n  platformData:\n")
            .Append("  - first:\n      : Any\n    second:\n      enabled: 0\n      settings:\n");
        foreach (string platform in Known) text.Append("        Exclude ").Append(platform).Append(": ").Append(Takes(platform) ? 0 : 1).Append('\n');
        Entry("Any: ", Platforms == null, []);
        foreach (string platform in Known)
        {
            Entry(Group(platform) + ": " + platform, Platforms != null && Takes(platform), platform switch
            {
                "Editor" => [("CPU", Takes(platform) ? Cpu : "AnyCPU"), ("DefaultValueInitialized", "true"), ("OS", Takes(platform) ? EditorOS : "AnyOS")],
                "iOS" => [("AddToEmbeddedBinaries", "false"), ("CPU", "AnyCPU"), ("CompileFlags", ""), ("FrameworkDependencies", "")],
                "WebGL" => [],
                _ => [("CPU", Takes(platform) ? Cpu : "AnyCPU")],
            });
        }

        return text.Append("  userData: \n  assetBundleName: \n  assetBundleVariant: \n").ToString();

        void Entry(string first, bool enabled, (string Key, string Value)[] settings)
        {
            text.Append("  - first:\n      ").Append(first).Append("\n    second:\n      enabled: ").Append(enabled ? 1 : 0).Append('\n');
            text.Append(settings.Length == 0 ? "      settings: {}\n" : "      settings:\n");
            foreach ((string key, string value) in settings) text.Append("        ").Append(key).Append(": ").Append(value).Append('\n');
        }
    }

    private static string Group(string platform) => platform switch
    {
        "Linux64" or "OSXUniversal" or "Win" or "Win64" => "Standalone",
        "iOS" => "iPhone",
        _ => platform,
    };

    private bool Takes(string platform) => Platforms?.Contains(platform) ?? !Excluded.Contains(platform);

    [GeneratedRegex(@"\n +Exclude (\w+): 1\n")]
    private static partial Regex Exclusion();

    [GeneratedRegex(@"\n(?:      Any: ?\n    second:|    Any:)\n +enabled: (\d)\n")]
    private static partial Regex Any();
}
