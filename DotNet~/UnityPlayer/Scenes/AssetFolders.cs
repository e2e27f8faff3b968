using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Reflection;
using System.Text.RegularExpressions;
using UnityEngine;
using Object = UnityEngine.Object;

namespace UnityPlayer;

/// <summary>
/// The folders that a scene's references point into, by the GUIDs of their .meta files; and how each kind of file becomes an object. Scripts are classes of
/// the given assemblies, named as their files. Texts and bytes become TextAssets; .asset, .prefab and .mat are read as Unity wrote them.
/// </summary>
public sealed partial class AssetFolders
{
    private const string Meshes = "0000000000000000e000000000000000", Materials = "0000000000000000f000000000000000";

    private readonly Dictionary<string, string> _files = new();
    private readonly Dictionary<(string, long), Object> _loaded = new();
    private readonly IReadOnlyList<Assembly> _assemblies;

    /// <param name="folders">Where to look for .meta files, with everything below.</param>
    /// <param name="assemblies">Where the classes of the scripts are.</param>
    public AssetFolders(IEnumerable<string> folders, IReadOnlyList<Assembly> assemblies)
    {
        _assemblies = assemblies;
        foreach (string meta in folders.SelectMany(folder => Directory.EnumerateFiles(folder, "*.meta", SearchOption.AllDirectories)))
        {
            Match guid = Guid().Match(File.ReadAllText(meta));
            if (guid.Success) _files[guid.Groups[1].Value] = meta[..^".meta".Length];
        }
    }

    /// <summary>How a file of an extension becomes an object, for those that an importer of the package takes.</summary>
    public Dictionary<string, Func<string, Object>> Importers { get; } = new();

    /// <summary>The class of a script.</summary>
    internal Type Script(YamlNode reference)
    {
        string guid = reference["guid"].AsText();
        if (!_files.TryGetValue(guid, out string? file)) throw reference.Error($"no script has the GUID {guid}");
        string name = Path.GetFileNameWithoutExtension(file);
        Type[] types = _assemblies.SelectMany(assembly => assembly.GetTypes())
            .Where(type => type.Name == name && !type.IsAbstract && (typeof(MonoBehaviour).IsAssignableFrom(type) || typeof(ScriptableObject).IsAssignableFrom(type))).ToArray();
        if (!file.EndsWith(".cs", StringComparison.Ordinal)) throw reference.Error($"{file} is no script");
        return types.Length == 1 ? types[0] : throw reference.Error($"expected one class {name} of {Path.GetFileName(file)}, there are {types.Length}");
    }

    /// <summary>What a reference into another file means.</summary>
    internal Object Asset(YamlNode reference)
    {
        string guid = reference["guid"].AsText();
        long id = reference["fileID"].AsInteger();
        if (_loaded.TryGetValue((guid, id), out Object? known) && known != null) return known;
        return _loaded[(guid, id)] = guid switch
        {
            Meshes when id == 10100 => new Material(Shader.Find("GUI/Text Shader")) { name = "Font Material", renderQueue = 3000 },
            Meshes => BuiltInMesh(reference, id),
            Materials => BuiltInMaterial(reference, id),
            _ => Load(reference, guid, id),
        };
    }

    private Object Load(YamlNode reference, string guid, long id)
    {
        if (!_files.TryGetValue(guid, out string? file)) throw reference.Error($"no file has the GUID {guid}");
        string extension = Path.GetExtension(file).ToLowerInvariant();
        Object asset;
        if (Importers.TryGetValue(extension, out Func<string, Object>? importer)) asset = importer(file);
        else
        {
            switch (extension)
            {
                case ".txt" or ".json" or ".csv" or ".xml" or ".bytes" or ".md" or ".html":
                    asset = new TextAsset(File.ReadAllBytes(file));
                    break;
                case ".asset" or ".mat" or ".prefab":
                    return SceneBuilder.BuildAsset(SceneFile.Load(file, this), id);
                default:
                    throw reference.Error($"nothing here makes an object of {Path.GetFileName(file)}");
            }
        }

        asset.Rename(Path.GetFileNameWithoutExtension(file));
        return asset;
    }

    private static Object BuiltInMesh(YamlNode reference, long id) => id switch
    {
        10202 => Primitives.Of(PrimitiveType.Cube),
        10206 => Primitives.Of(PrimitiveType.Cylinder),
        10207 => Primitives.Of(PrimitiveType.Sphere),
        10208 => Primitives.Of(PrimitiveType.Capsule),
        10209 => Primitives.Of(PrimitiveType.Plane),
        10210 => Primitives.Of(PrimitiveType.Quad),
        _ => throw reference.Error($"the built-in resource {id} is not known here"),
    };

    private static Object BuiltInMaterial(YamlNode reference, long id) => id switch
    {
        10303 => Material.Default,
        10306 or 10754 => new Material(Shader.Find("Sprites/Default")) { name = id == 10306 ? "Default-Line" : "Sprites-Default", renderQueue = 3000 },
        _ => throw reference.Error($"the built-in material {id} is not known here"),
    };

    [GeneratedRegex(@"^guid: ([0-9a-f]{32})\r?$", RegexOptions.Multiline)]
    private static partial Regex Guid();
}
