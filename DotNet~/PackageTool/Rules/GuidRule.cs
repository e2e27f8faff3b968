using System.Collections.Generic;
using System.Diagnostics;

namespace Recurrent.PackageTool;

/// <summary>A GUID never changes once given: whatever refers to the file would lose it. Compared with a commit of the repository that the package lies in.</summary>
public static class GuidRule
{
    /// <summary>The metas whose GUID is another than in a commit; none where there is no such commit, or no git.</summary>
    /// <param name="package">The package.</param>
    /// <param name="revision">The commit; null for the last release (a tag that begins with v), or else the last commit.</param>
    public static IEnumerable<Problem> Check(PackageContents package, string? revision = null)
    {
        revision ??= Git(package, "describe", "--tags", "--abbrev=0", "--match=v*")?.Trim() is { Length: > 0 } tag ? tag : "HEAD";
        foreach (string line in Git(package, "grep", "^guid: ", revision, "--", "*.meta")?.Split('\n') ?? [])
        {
            // revision:path:guid: 0123…
            string[] parts = line.Split(':');
            if (parts.Length < 4 || !package.Has(parts[1])) continue;
            string was = parts[^1].Trim();
            if (MetaFile.ReadGuid(package.Folder.FullPath(parts[1])) is { } now && now != was) yield return new Problem(parts[1], $"has the GUID {now}; in {revision} it had {was}");
        }
    }

    private static string? Git(PackageContents package, params string[] arguments)
    {
        try
        {
            var start = new ProcessStartInfo("git", arguments) { WorkingDirectory = package.Folder.Root, RedirectStandardOutput = true, RedirectStandardError = true };
            using Process git = Process.Start(start)!;
            git.ErrorDataReceived += (_, _) => { };
            git.BeginErrorReadLine();
            string output = git.StandardOutput.ReadToEnd();
            git.WaitForExit();
            return git.ExitCode == 0 ? output : null;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return null;
        }
    }
}
