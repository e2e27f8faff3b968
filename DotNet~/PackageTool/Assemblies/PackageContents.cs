using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.Json;

namespace Recurrent.PackageTool;

/// <summary>A package's assemblies and scripts: which asmdef takes which file.</summary>
public sealed class PackageContents
{
    private readonly Dictionary<string, ScriptFile> _scripts = new();
    private readonly Dictionary<string, Asmdef> _byFolder = new();

    /// <summary>Reads the package.</summary>
    /// <param name="folder">Its files.</param>
    /// <param name="immutable">Whether it is an installed package, of which Unity drops whatever has no meta.</param>
    public PackageContents(PackageFolder folder, bool immutable = false)
    {
        Folder = folder;
        var metas = folder.Metas.ToHashSet();
        Files = folder.Assets.Where(asset => !asset.IsFolder && (!immutable || metas.Contains(asset.Path + ".meta"))).Select(asset => asset.Path).ToList();
        foreach (string path in Files)
        {
            if (path.EndsWith(".cs", StringComparison.Ordinal)) _scripts.Add(path, new ScriptFile(path, folder.FullPath(path)));
            if (path.EndsWith(".asmdef", StringComparison.Ordinal)) ReadAsmdef(path);
        }

        foreach (string path in Files.Where(path => path.EndsWith(".asmref", StringComparison.Ordinal))) ReadAsmref(path);
    }

    /// <summary>The package's files and folders.</summary>
    public PackageFolder Folder { get; }

    /// <summary>The files that Unity imports, in ordinal order.</summary>
    public IReadOnlyList<string> Files { get; }

    /// <summary>The assemblies, in the order of their paths.</summary>
    public List<Asmdef> Asmdefs { get; } = new();

    /// <summary>The asmdefs and asmrefs that cannot be read, and those that share a folder.</summary>
    public List<Problem> Unreadable { get; } = new();

    /// <summary>The scripts, in the order of their paths.</summary>
    public IEnumerable<ScriptFile> Scripts => _scripts.Values;

    /// <summary>The assembly that takes a file, or null where none does.</summary>
    public Asmdef? AssemblyOf(string path)
    {
        while (path.Length > 0)
        {
            path = path.Contains('/') ? path[..path.LastIndexOf('/')] : "";
            if (_byFolder.TryGetValue(path, out Asmdef? asmdef)) return asmdef;
        }

        return null;
    }

    /// <summary>The scripts of an assembly.</summary>
    public IEnumerable<ScriptFile> ScriptsOf(Asmdef asmdef) => Scripts.Where(script => AssemblyOf(script.Path) == asmdef);

    /// <summary>The asmdef that a reference names, by name or by GUID, or null where it is not in this package.</summary>
    public Asmdef? Resolve(string reference) => !reference.StartsWith("GUID:", StringComparison.OrdinalIgnoreCase)
        ? Asmdefs.Find(asmdef => asmdef.Name == reference)
        : Asmdefs.Find(asmdef => File.Exists(Folder.FullPath(asmdef.Path + ".meta"))
            && string.Equals(MetaFile.ReadGuid(Folder.FullPath(asmdef.Path + ".meta")), reference["GUID:".Length..], StringComparison.OrdinalIgnoreCase));

    /// <summary>What a file says.</summary>
    public string Read(string path) => File.ReadAllText(Folder.FullPath(path));

    /// <summary>Whether there is such a file.</summary>
    public bool Has(string path) => File.Exists(Folder.FullPath(path));

    private void ReadAsmdef(string path)
    {
        try
        {
            var asmdef = new Asmdef(path, Read(path));
            Asmdefs.Add(asmdef);
            Take(asmdef.Folder, asmdef, path);
        }
        catch (InvalidDataException e)
        {
            Unreadable.Add(new Problem(path, $"cannot be read: {e.InnerException!.Message}"));
        }
    }

    private void ReadAsmref(string path)
    {
        try
        {
            using JsonDocument json = JsonDocument.Parse(Read(path));
            string reference = json.RootElement.GetProperty("reference").GetString() ?? "";
            if (Resolve(reference) is { } asmdef) Take(Path.GetDirectoryName(path)!.Replace('\\', '/'), asmdef, path);
            else Unreadable.Add(new Problem(path, $"refers to '{reference}', which is no assembly of this package"));
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or KeyNotFoundException)
        {
            Unreadable.Add(new Problem(path, $"cannot be read: {e.Message}"));
        }
    }

    private void Take(string folder, Asmdef asmdef, string path)
    {
        if (!_byFolder.TryAdd(folder, asmdef)) Unreadable.Add(new Problem(path, "is the second asmdef or asmref of its folder"));
    }
}
