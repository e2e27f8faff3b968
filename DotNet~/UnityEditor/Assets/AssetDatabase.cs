using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Reflection;
using UnityEngine;
using UnityEngine.UIElements;
using UnityEditor.AssetImporters;

namespace UnityEditor;

/// <summary>
/// The project's files as assets. A path begins at the project's folder, which is the working directory, or at the folder that stands for a package; what is asked for is
/// imported when it is first asked for.
/// </summary>
public sealed class AssetDatabase
{
    private static readonly Dictionary<string, Asset> s_assets = new(StringComparer.Ordinal);
    private static readonly Dictionary<string, Type> s_overrides = new();
    private static readonly HashSet<UnityEngine.Object> s_dirty = new();

    /// <summary>Where packages lie, by their names.</summary>
    internal static Dictionary<string, string> PackageFolders { get; } = new();

    public static T LoadAssetAtPath<T>(string assetPath) where T : UnityEngine.Object => (T)LoadAssetAtPath(assetPath, typeof(T));

    public static UnityEngine.Object LoadAssetAtPath(string assetPath, Type type) => At(assetPath)?.Objects.Find(type.IsInstanceOfType);

    public static UnityEngine.Object LoadMainAssetAtPath(string assetPath) => At(assetPath)?.Main;

    public static UnityEngine.Object[] LoadAllAssetsAtPath(string assetPath) => At(assetPath)?.Objects.ToArray() ?? Array.Empty<UnityEngine.Object>();

    public static Type GetMainAssetTypeAtPath(string assetPath) => At(assetPath)?.Main?.GetType();

    public static string GetAssetPath(UnityEngine.Object assetObject) => Of(assetObject)?.Path ?? "";

    public static bool Contains(UnityEngine.Object obj) => Of(obj) != null;

    public static bool IsMainAsset(UnityEngine.Object obj) => Of(obj)?.Main == obj;

    public static bool IsValidFolder(string path) => Directory.Exists(FileOf(path));

    public static void ImportAsset(string path) => ImportAsset(path, ImportAssetOptions.Default);

    public static void ImportAsset(string path, ImportAssetOptions options) => Import(path);

    public static void Refresh() => Refresh(ImportAssetOptions.Default);

    public static void Refresh(ImportAssetOptions options)
    {
        foreach (Asset asset in s_assets.Values.ToArray()) if (!File.Exists(FileOf(asset.Path)) && !asset.IsInMemory) s_assets.Remove(asset.Path);
        EditorApplication.TellProjectChanged();
    }

    /// <summary>An object as an asset of its own, kept in memory.</summary>
    public static void CreateAsset(UnityEngine.Object asset, string path)
    {
        if (Contains(asset)) throw new UnityException($"Couldn't add object to asset file because the {asset.GetType().Name} '{asset.name}' is already an asset at '{GetAssetPath(asset)}'!");
        asset.name = Path.GetFileNameWithoutExtension(path);
        s_assets[path] = new Asset(path) { Main = asset, Objects = { asset }, IsInMemory = true };
    }

    public static void AddObjectToAsset(UnityEngine.Object objectToAdd, string path) => At(path).Objects.Add(objectToAdd);

    public static void AddObjectToAsset(UnityEngine.Object objectToAdd, UnityEngine.Object assetObject) => Of(assetObject).Objects.Add(objectToAdd);

    public static bool DeleteAsset(string path)
    {
        bool isFile = File.Exists(FileOf(path));
        if (isFile) File.Delete(FileOf(path));
        return s_assets.Remove(path) | isFile;
    }

    public static string GenerateUniqueAssetPath(string path)
    {
        string unique = path;
        for (int i = 1; s_assets.ContainsKey(unique) || File.Exists(FileOf(unique)); i++) unique = $"{path[..^Path.GetExtension(path).Length]} {i}{Path.GetExtension(path)}";
        return unique;
    }

    public static string CreateFolder(string parentFolder, string newFolderName)
    {
        Directory.CreateDirectory(FileOf($"{parentFolder}/{newFolderName}"));
        return AssetPathToGUID($"{parentFolder}/{newFolderName}");
    }

    public static string AssetPathToGUID(string path)
    {
        string meta = FileOf(path) + ".meta";
        if (File.Exists(meta) && File.ReadLines(meta).FirstOrDefault(line => line.StartsWith("guid: ", StringComparison.Ordinal)) is { } line) return line[6..].Trim();
        using var hash = System.Security.Cryptography.MD5.Create();
        return string.Concat(hash.ComputeHash(System.Text.Encoding.UTF8.GetBytes(path)).Select(part => part.ToString("x2", CultureInfo.InvariantCulture)));
    }

    /// <summary>What a reference to an object says: for an imported one, by the identifier and the type that its importer gave it.</summary>
    public static bool TryGetGUIDAndLocalFileIdentifier(UnityEngine.Object obj, out string guid, out long localId)
    {
        Asset asset = Of(obj);
        guid = asset == null ? "" : AssetPathToGUID(asset.Path);
        localId = 11400000;
        if (asset?.Context?.IdentifierOf(obj) is { } identifier)
            foreach (char letter in $"{obj.GetType().FullName} {identifier}") localId = unchecked((localId ^ letter) * 1099511628211);
        return asset != null;
    }

    public static string GUIDToAssetPath(string guid) => Files().Concat(s_assets.Keys).FirstOrDefault(path => AssetPathToGUID(path) == guid) ?? "";

    /// <summary>By parts of names and by t:Type.</summary>
    public static string[] FindAssets(string filter) => FindAssets(filter, null);

    public static string[] FindAssets(string filter, string[] searchInFolders)
    {
        string[] words = filter.Split(new[] { ' ' }, StringSplitOptions.RemoveEmptyEntries);
        return Files().Concat(s_assets.Keys).Distinct()
            .Where(path => searchInFolders == null || searchInFolders.Any(folder => path.StartsWith(folder + "/", StringComparison.Ordinal)))
            .Where(path => words.All(word => word.StartsWith("t:", StringComparison.Ordinal) ? IsOf(path, word[2..]) : Path.GetFileName(path).Contains(word, StringComparison.OrdinalIgnoreCase)))
            .Select(AssetPathToGUID).ToArray();
    }

    public static void SaveAssets() => s_dirty.Clear();

    public static void SaveAssetIfDirty(UnityEngine.Object obj) => s_dirty.Remove(obj);

    public static bool OpenAsset(UnityEngine.Object target)
    {
        Double.Dialogs.Note("OpenAsset", GetAssetPath(target));
        return true;
    }

    public static Type GetImporterOverride(string path) => s_overrides.TryGetValue(path, out Type type) ? type : null;

    public static void SetImporterOverride<T>(string path) where T : AssetImporter
    {
        s_overrides[path] = typeof(T);
        Import(path);
    }

    public static void ClearImporterOverride(string path)
    {
        s_overrides.Remove(path);
        Import(path);
    }

    public static Type[] GetAvailableImporters(string path) => Importers().Where(known => known.Mark.fileExtensions.Concat(known.Mark.overrideFileExtensions ?? Array.Empty<string>()).Contains(ExtensionOf(path))).Select(known => known.Type).ToArray();

    public static Type GetDefaultImporter(string path) => Importers().Where(known => known.Mark.fileExtensions.Contains(ExtensionOf(path))).Select(known => known.Type).FirstOrDefault();

    /// <summary>The file that a path means.</summary>
    internal static string FileOf(string path)
    {
        string[] parts = path.Split('/');
        return parts[0] == "Packages" && parts.Length > 1 && PackageFolders.TryGetValue(parts[1], out string folder) ? Path.Combine(parts.Skip(2).Prepend(folder).ToArray()) : path;
    }

    internal static AssetImporter ImporterAt(string path) => At(path)?.Importer;

    internal static AssetImportContext ContextOf(string path) => At(path)?.Context;

    internal static void Import(string path)
    {
        if (!File.Exists(FileOf(path)))
        {
            s_assets.Remove(path);
            return;
        }

        if (!s_assets.TryGetValue(path, out Asset asset)) s_assets[path] = asset = new Asset(path);
        asset.Import(GetImporterOverride(path) ?? GetDefaultImporter(path));
    }

    internal static void MarkDirty(UnityEngine.Object target) => s_dirty.Add(target);

    internal static bool IsMarkedDirty(UnityEngine.Object target) => s_dirty.Contains(target);

    internal static void Forget()
    {
        s_assets.Clear();
        s_overrides.Clear();
        s_dirty.Clear();
        PackageFolders.Clear();
    }

    private static Asset At(string path)
    {
        if (string.IsNullOrEmpty(path)) return null;
        if (!s_assets.ContainsKey(path)) Import(path);
        return s_assets.TryGetValue(path, out Asset asset) ? asset : null;
    }

    private static Asset Of(UnityEngine.Object obj) => obj == null ? null : s_assets.Values.FirstOrDefault(asset => asset.Objects.Contains(obj) || asset.Importer == obj);

    private static string ExtensionOf(string path) => Path.GetExtension(path).TrimStart('.').ToLowerInvariant();

    private static bool IsOf(string path, string type)
    {
        for (Type place = GetMainAssetTypeAtPath(path); place != null; place = place.BaseType) if (place.Name == type || place.FullName == type) return true;
        return false;
    }

    private static IEnumerable<string> Files() => !Directory.Exists("Assets") ? Array.Empty<string>() : Directory.EnumerateFiles("Assets", "*", SearchOption.AllDirectories)
        .Where(file => !file.EndsWith(".meta", StringComparison.Ordinal)).Select(file => file.Replace('\\', '/')).OrderBy(file => file, StringComparer.Ordinal);

    // Two that claim one extension by default are both refused, as in Unity.
    private static IEnumerable<(Type Type, ScriptedImporterAttribute Mark)> Importers() => Loaded.Types().Where(type => typeof(ScriptedImporter).IsAssignableFrom(type) && !type.IsAbstract)
        .Select(type => (type, type.GetCustomAttribute<ScriptedImporterAttribute>())).Where(known => known.Item2 != null);

    private sealed class Asset
    {
        public Asset(string path) => Path = path;

        public string Path { get; }

        public bool IsInMemory { get; set; }

        public UnityEngine.Object Main { get; set; }

        public List<UnityEngine.Object> Objects { get; } = new();

        public AssetImporter Importer { get; private set; }

        public AssetImportContext Context { get; private set; }

        public void Import(Type importer)
        {
            Objects.Clear();
            Main = null;
            if (importer != null)
            {
                if (Importer == null || Importer.GetType() != importer) Importer = (AssetImporter)Activator.CreateInstance(importer);
                Importer.assetPath = Path;
                Context = new AssetImportContext(Path);
                try
                {
                    ((ScriptedImporter)Importer).OnImportAsset(Context);
                }
                catch (Exception e)
                {
                    Debug.LogException(e);
                }

                Context.GetObjects(Objects);
                Main = Context.mainObject ?? Objects.FirstOrDefault();
            }
            else
            {
                Importer = System.IO.Path.GetExtension(Path) == ".dll" ? new PluginImporter { assetPath = Path } : new AssetImporter { assetPath = Path };
                if (Builtin() is not { } made) return;
                made.name = System.IO.Path.GetFileNameWithoutExtension(Path);
                Objects.Add(Main = made);
            }

            if (Main != null && Main.name == "") Main.name = System.IO.Path.GetFileNameWithoutExtension(Path);
        }

        private UnityEngine.Object Builtin()
        {
            switch (ExtensionOf(Path))
            {
                case "txt" or "json" or "bytes" or "csv" or "md" or "xml":
                    return new TextAsset(File.ReadAllBytes(FileOf(Path)));
                case "uss":
                    StyleSheet sheet = ScriptableObject.CreateInstance<StyleSheet>();
                    sheet.Text = File.ReadAllText(FileOf(Path));
                    return sheet;
                case "uxml":
                    VisualTreeAsset tree = ScriptableObject.CreateInstance<VisualTreeAsset>();
                    tree.Text = File.ReadAllText(FileOf(Path));
                    return tree;
                default:
                    return new DefaultAsset();
            }
        }
    }
}
