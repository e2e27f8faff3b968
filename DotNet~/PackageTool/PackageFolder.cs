using System;
using System.Collections.Generic;
using System.CommandLine;
using System.IO;
using System.IO.Enumeration;
using System.Linq;

namespace Recurrent.PackageTool;

/// <summary>
/// A package as Unity sees it: without the names that Unity ignores (a leading dot, a trailing ~, cvs, *.tmp), but with what lies in
/// Samples~, which is copied into the project of whoever imports a sample. What git does not carry (the names in .gitignore, folders without a file) is no part of it.
/// </summary>
public sealed class PackageFolder
{
    private const string Samples = "Samples~";

    private readonly List<(string Pattern, bool AtRoot)> _ignored = new();

    /// <summary>Reads the package at <paramref name="root"/>.</summary>
    /// <exception cref="DirectoryNotFoundException">There is no such folder.</exception>
    public PackageFolder(string root)
    {
        Root = Path.GetFullPath(root);
        if (!Directory.Exists(Root)) throw new DirectoryNotFoundException($"{root}: no such folder.");
        ReadGitIgnore();
        Visit("");
        Assets.Sort((a, b) => string.CompareOrdinal(a.Path, b.Path));
        Metas.Sort(StringComparer.Ordinal);
    }

    /// <summary>The full path of the package.</summary>
    public string Root { get; }

    /// <summary>Every file and folder that Unity imports, metas apart, relative to <see cref="Root"/> with forward slashes, in ordinal order.</summary>
    public List<(string Path, bool IsFolder)> Assets { get; } = new();

    /// <summary>Every .meta file where Unity looks for one, in ordinal order.</summary>
    public List<string> Metas { get; } = new();

    /// <summary>The nearest folder at or above <paramref name="start"/> that holds a package.json.</summary>
    /// <exception cref="DirectoryNotFoundException">There is none.</exception>
    public static string FindRoot(string start)
    {
        for (DirectoryInfo? folder = new(Path.GetFullPath(start)); folder != null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "package.json"))) return folder.FullName;
        }

        throw new DirectoryNotFoundException($"{start}: no package.json here or in a folder above.");
    }

    /// <summary>The package at a folder, or the one around the current folder.</summary>
    public static PackageFolder Open(string? root) => new(root ?? FindRoot(Directory.GetCurrentDirectory()));

    /// <summary>The argument of a verb that works on a package.</summary>
    public static Argument<string?> Argument() => new("DIR")
    {
        Description = "The package's folder. Default: the nearest one with a package.json, from here upwards.",
        Arity = ArgumentArity.ZeroOrOne,
    };

    /// <summary>The full path of something relative to the package.</summary>
    public string FullPath(string relative) => Path.Combine(Root, relative);

    /// <summary>
    /// The files that are shipped, relative to <see cref="Root"/>, in ordinal order: what Unity sees with its metas, and the folders that it passes over but
    /// a user may open. Not the repository's own: names with a leading dot, DotNet~, what git ignores.
    /// </summary>
    public IReadOnlyList<string> Shipped => Ship("").Order(StringComparer.Ordinal).ToList();

    /// <summary>Whether Unity passes over a file or folder of this name.</summary>
    public static bool IsIgnoredByUnity(string name) =>
        name.StartsWith('.') || name.EndsWith('~')
        || name.Equals("cvs", StringComparison.OrdinalIgnoreCase)
        || name.EndsWith(".tmp", StringComparison.OrdinalIgnoreCase);

    private IEnumerable<string> Ship(string folder)
    {
        foreach (FileSystemInfo entry in new DirectoryInfo(FullPath(folder)).EnumerateFileSystemInfos())
        {
            string path = folder.Length == 0 ? entry.Name : $"{folder}/{entry.Name}";
            bool isUnityBackup = entry.Name.EndsWith('~') && entry is not DirectoryInfo;
            if (entry.Name.StartsWith('.') || isUnityBackup || path == "DotNet~" || entry.Name.EndsWith(".tmp", StringComparison.OrdinalIgnoreCase) || IsIgnoredByGit(entry.Name, folder.Length == 0)) continue;
            if (entry is not DirectoryInfo) yield return path;
            else foreach (string file in Ship(path)) yield return file;
        }
    }

    private void Visit(string folder)
    {
        foreach (FileSystemInfo entry in new DirectoryInfo(FullPath(folder)).EnumerateFileSystemInfos())
        {
            string path = folder.Length == 0 ? entry.Name : $"{folder}/{entry.Name}";
            bool isFolder = entry is DirectoryInfo;
            if (path == Samples && isFolder) Visit(path);
            if (IsIgnoredByUnity(entry.Name) || IsIgnoredByGit(entry.Name, folder.Length == 0)) continue;
            if (!isFolder)
            {
                if (entry.Name.EndsWith(".meta", StringComparison.Ordinal)) Metas.Add(path);
                else Assets.Add((path, false));
            }
            else if (Directory.EnumerateFiles(entry.FullName, "*", SearchOption.AllDirectories).Any())
            {
                Assets.Add((path, true));
                Visit(path);
            }
        }
    }

    // Patterns without a slash, or with one at an end, are all that a package's own folders need; the others speak of DotNet~.
    private void ReadGitIgnore()
    {
        string file = FullPath(".gitignore");
        if (!File.Exists(file)) return;
        foreach (string line in File.ReadLines(file))
        {
            string pattern = line.Trim();
            bool atRoot = pattern.StartsWith('/');
            pattern = pattern.Trim('/');
            if (pattern.Length == 0 || pattern.Contains('/') || pattern[0] is '#' or '!') continue;
            _ignored.Add((pattern, atRoot));
        }
    }

    private bool IsIgnoredByGit(string name, bool atRoot)
    {
        foreach ((string pattern, bool rootOnly) in _ignored)
        {
            if ((atRoot || !rootOnly) && FileSystemName.MatchesSimpleExpression(pattern, name, ignoreCase: false)) return true;
        }

        return false;
    }
}
