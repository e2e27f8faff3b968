using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Recurrent.PackageTool;

/// <summary>
/// An empty Unity project with a tarball installed: Packages/manifest.json, which names the file, Packages/packages-lock.json, which says what it came to, and
/// Library/PackageCache, where it lies unpacked and nobody may change it.
/// </summary>
public sealed class TarballProject
{
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };

    private TarballProject(string root, string folder) => (Root, PackageRoot) = (root, folder);

    /// <summary>The project's folder.</summary>
    public string Root { get; }

    /// <summary>Where the package lies unpacked.</summary>
    public string PackageRoot { get; }

    /// <summary>Makes the project.</summary>
    /// <param name="root">An empty folder.</param>
    /// <param name="tarball">The package.</param>
    /// <exception cref="InvalidDataException">It is no tarball of a package.</exception>
    public static TarballProject Create(string root, string tarball)
    {
        if (Directory.Exists(root) && Directory.EnumerateFileSystemEntries(root).Any()) throw new IOException($"{root}: not empty.");
        byte[] bytes = File.ReadAllBytes(tarball);
        IReadOnlyList<TarballFile> files = Tarball.Read(new MemoryStream(bytes));
        string cache = Path.Combine(root, "Library", "PackageCache"), unpacked = Path.Combine(cache, ".unpacking");
        foreach (TarballFile file in files)
        {
            string path = Path.Combine(unpacked, file.Path);
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            using FileStream to = File.Create(path);
            using Stream from = file.Open();
            from.CopyTo(to);
        }

        PackageManifest manifest = PackageManifest.Read(unpacked);
        if (!ManifestRule.Name().IsMatch(manifest.Name)) throw new InvalidDataException($"'{manifest.Name}' is no name of a package");
        string folder = Path.Combine(cache, $"{manifest.Name}@{Convert.ToHexStringLower(SHA1.HashData(bytes))[..12]}");
        Directory.Move(unpacked, folder);

        string reference = "file:" + Path.GetRelativePath(Path.Combine(root, "Packages"), Path.GetFullPath(tarball)).Replace('\\', '/');
        Write(root, "Packages/manifest.json", new JsonObject { ["dependencies"] = new JsonObject { [manifest.Name] = reference } });
        var resolved = new JsonObject
        {
            [manifest.Name] = new JsonObject { ["version"] = reference, ["depth"] = 0, ["source"] = "local-tarball", ["dependencies"] = new JsonObject(manifest.Dependencies.Select(dependency => KeyValuePair.Create(dependency.Key, (JsonNode?)dependency.Value))) },
        };
        foreach ((string name, string version) in manifest.Dependencies)
            resolved[name] = new JsonObject { ["version"] = version, ["depth"] = 1, ["source"] = name.StartsWith("com.unity.modules.", StringComparison.Ordinal) ? "builtin" : "registry", ["dependencies"] = new JsonObject() };
        Write(root, "Packages/packages-lock.json", new JsonObject { ["dependencies"] = resolved });
        Directory.CreateDirectory(Path.Combine(root, "Assets"));
        Directory.CreateDirectory(Path.Combine(root, "ProjectSettings"));
        File.WriteAllText(Path.Combine(root, "ProjectSettings", "ProjectVersion.txt"), $"m_EditorVersion: {BuildTarget.UnityVersion}f1\n");
        return new TarballProject(root, folder);
    }

    private static void Write(string root, string path, JsonNode json)
    {
        string file = Path.Combine(root, path);
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        File.WriteAllText(file, json.ToJsonString(Indented) + "\n");
    }
}
