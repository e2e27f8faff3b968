using System;
using System.IO;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;

namespace Recurrent.PackageTool;

/// <summary>The .meta file that Unity keeps beside every file and folder: its GUID, by which everything refers to it, and how it is imported.</summary>
public static partial class MetaFile
{
    private const string Tail = "  userData: \n  assetBundleName: \n  assetBundleVariant: \n";

    /// <summary>The GUID that a meta file gives, or null where it is not 32 lower-case hexadecimal digits.</summary>
    public static string? ReadGuid(string file)
    {
        Match match = GuidLine().Match(File.ReadAllText(file));
        return match.Success ? match.Groups[1].Value : null;
    }

    /// <summary>The meta file, as Unity would write it, of a new file or folder.</summary>
    /// <param name="path">The file or folder, relative to the package, with forward slashes.</param>
    /// <param name="isFolder">Whether it is a folder.</param>
    /// <param name="guid">32 hexadecimal digits.</param>
    public static string Create(string path, bool isFolder, string guid)
    {
        if (Path.GetExtension(path) == ".jslib") return new PluginMeta(["WebGL"], []).Write(guid);
        string importer = isFolder ? "folderAsset: yes\nDefaultImporter:\n  externalObjects: {}\n" : ImporterOf(path);
        return $"fileFormatVersion: 2\nguid: {guid}\n{importer}{Tail}";
    }

    /// <summary>A GUID that is always the same for a file that is made anew each time.</summary>
    public static string GuidOf(string name) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(name)).AsSpan(0, 16));

    private static string ImporterOf(string path)
    {
        if (path == "package.json") return "PackageManifestImporter:\n  externalObjects: {}\n";
        return Path.GetExtension(path) switch
        {
            ".cs" => "MonoImporter:\n  externalObjects: {}\n  serializedVersion: 2\n  defaultReferences: []\n  executionOrder: 0\n  icon: {instanceID: 0}\n",
            ".asmdef" => "AssemblyDefinitionImporter:\n  externalObjects: {}\n",
            ".asmref" => "AssemblyDefinitionReferenceImporter:\n  externalObjects: {}\n",
            ".json" or ".md" or ".txt" or ".csv" or ".xml" or ".html" or ".bytes" => "TextScriptImporter:\n  externalObjects: {}\n",
            _ => "DefaultImporter:\n  externalObjects: {}\n",
        };
    }

    [GeneratedRegex(@"^guid: ([0-9a-f]{32})\r?$", RegexOptions.Multiline)]
    private static partial Regex GuidLine();
}
