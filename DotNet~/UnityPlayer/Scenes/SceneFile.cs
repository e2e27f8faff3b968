using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Text.RegularExpressions;

namespace UnityPlayer;

/// <summary>One object of a file that Unity wrote: its class, its number in the file, what is kept of it.</summary>
internal sealed record SceneObject(int ClassId, long FileId, string TypeName, YamlNode Body);

/// <summary>A scene, a prefab, a material or an asset in Unity's YAML.</summary>
public sealed partial class SceneFile
{
    private SceneFile(string path, AssetFolders assets, Dictionary<long, SceneObject> objects)
    {
        Path = path;
        Assets = assets;
        Objects = objects;
    }

    public string Path { get; }

    public string Name => System.IO.Path.GetFileNameWithoutExtension(Path);

    internal AssetFolders Assets { get; }

    /// <summary>In the order of the file.</summary>
    internal Dictionary<long, SceneObject> Objects { get; }

    /// <summary>Reads a file whole; what its objects refer to is looked up when they are built.</summary>
    /// <exception cref="SceneFileException">It is not of the form that Unity writes.</exception>
    public static SceneFile Load(string path, AssetFolders assets)
    {
        string[] lines = File.ReadAllLines(path);
        if (lines.Length < 2 || lines[0] != "%YAML 1.1" || !lines[1].StartsWith("%TAG !u! tag:unity3d.com,2011:", StringComparison.Ordinal)) throw new SceneFileException(path, 1, "no file in Unity's YAML");
        var objects = new Dictionary<long, SceneObject>();
        int at = 2;
        while (at < lines.Length)
        {
            Match head = Head().Match(lines[at]);
            if (!head.Success) throw new SceneFileException(path, at + 1, "expected '--- !u!CLASS &NUMBER'");
            int end = at + 1;
            while (end < lines.Length && !lines[end].StartsWith("--- ", StringComparison.Ordinal)) end++;
            YamlNode body = new YamlReader(path, lines, at + 1, end).Read();
            if (body.Entries is not { Count: 1 }) throw new SceneFileException(path, at + 2, "expected one object");
            long id = long.Parse(head.Groups[2].Value, CultureInfo.InvariantCulture);
            var found = new SceneObject(int.Parse(head.Groups[1].Value, CultureInfo.InvariantCulture), id, body.Entries[0].Key, body.Entries[0].Value);
            if (!objects.TryAdd(id, found)) throw new SceneFileException(path, at + 1, $"&{id} stands here twice");
            at = end;
        }

        return new SceneFile(path, assets, objects);
    }

    [GeneratedRegex(@"^--- !u!(\d+) &(-?\d+)$")]
    private static partial Regex Head();
}
