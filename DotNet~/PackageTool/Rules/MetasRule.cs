using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;

namespace Recurrent.PackageTool;

/// <summary>
/// Every file and folder that Unity sees has a .meta with a GUID of its own, and no .meta is without its file. In an installed package,
/// which is immutable, Unity drops a file that has none without a word.
/// </summary>
public static class MetasRule
{
    /// <summary>What is wrong with the package's metas, in the order of their paths.</summary>
    public static IReadOnlyList<Problem> Check(PackageFolder package)
    {
        var problems = new List<Problem>();
        foreach ((string path, bool _) in Missing(package)) problems.Add(new Problem(path, "has no .meta"));
        foreach (string meta in Orphans(package)) problems.Add(new Problem(meta, "is an orphan: there is nothing of that name beside it that Unity sees"));

        var owners = new Dictionary<string, string>();
        foreach (string meta in package.Metas)
        {
            string? guid = MetaFile.ReadGuid(package.FullPath(meta));
            if (guid == null) problems.Add(new Problem(meta, "gives no GUID of 32 lower-case hexadecimal digits"));
            else if (!owners.TryAdd(guid, meta)) problems.Add(new Problem(meta, $"has the GUID {guid} of {owners[guid]}"));
        }

        return problems.OrderBy(problem => problem.Path, StringComparer.Ordinal).ToList();
    }

    /// <summary>Writes the missing metas, each with a new random GUID, and returns their paths. Metas that exist stay as they are.</summary>
    public static IReadOnlyList<string> WriteMissing(PackageFolder package)
    {
        var written = new List<string>();
        foreach ((string path, bool isFolder) in Missing(package))
        {
            string meta = path + ".meta";
            File.WriteAllText(package.FullPath(meta), MetaFile.Create(path, isFolder, Guid.NewGuid().ToString("N")));
            written.Add(meta);
        }

        return written;
    }

    /// <summary>Deletes the metas that belong to nothing, and returns their paths.</summary>
    public static IReadOnlyList<string> DeleteOrphans(PackageFolder package)
    {
        IReadOnlyList<string> orphans = Orphans(package);
        foreach (string meta in orphans) File.Delete(package.FullPath(meta));
        return orphans;
    }

    private static List<(string Path, bool IsFolder)> Missing(PackageFolder package)
    {
        var metas = package.Metas.ToHashSet();
        return package.Assets.Where(asset => !metas.Contains(asset.Path + ".meta")).ToList();
    }

    private static List<string> Orphans(PackageFolder package)
    {
        var assets = package.Assets.Select(asset => asset.Path + ".meta").ToHashSet();
        return package.Metas.Where(meta => !assets.Contains(meta)).ToList();
    }
}
