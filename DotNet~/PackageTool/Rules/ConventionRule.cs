using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.RegularExpressions;

namespace Recurrent.PackageTool;

/// <summary>The files that a package carries by convention, and the changelog in the form of keepachangelog.com.</summary>
public static partial class ConventionRule
{
    private static readonly string[] Expected = ["README.md", "CHANGELOG.md", "LICENSE.md", "Third Party Notices.md"];

    private static readonly string[] Kinds = ["Added", "Changed", "Deprecated", "Removed", "Fixed", "Security"];

    /// <summary>What is missing or of another form.</summary>
    public static IEnumerable<Problem> Check(PackageContents package)
    {
        foreach (string file in Expected.Where(file => !package.Has(file))) yield return new Problem(file, "is missing");
        if (!Directory.Exists(package.Folder.FullPath("Documentation~"))) yield return new Problem("Documentation~", "is missing");
        if (!package.Has("CHANGELOG.md")) yield break;

        string version = package.Has(PackageManifest.FileName) ? PackageManifest.Read(package.Folder.Root).Version : "";
        var releases = new List<string>();
        foreach (string line in package.Read("CHANGELOG.md").Split('\n').Select(line => line.TrimEnd()))
        {
            if (line.StartsWith("### ", StringComparison.Ordinal) && !Kinds.Contains(line[4..])) yield return Wrong($"'{line[4..]}' is none of {string.Join(", ", Kinds)}");
            if (!line.StartsWith("## ", StringComparison.Ordinal) || line == "## [Unreleased]") continue;
            Match match = Release().Match(line);
            if (!match.Success || !SemanticVersion.IsStrict(match.Groups[1].Value)) yield return Wrong($"'{line}' is not of the form ## [1.2.3] - 2024-05-31");
            else releases.Add(match.Groups[1].Value);
        }

        if (releases.Count > 0 && releases[0] != version) yield return Wrong($"its last release is {releases[0]}, that of package.json {version}");
        for (int i = 1; i < releases.Count; i++)
        {
            if (SemanticVersion.TryParse(releases[i - 1], out SemanticVersion newer) && SemanticVersion.TryParse(releases[i], out SemanticVersion older) && newer.CompareTo(older) <= 0)
                yield return Wrong($"{releases[i - 1]} stands above {releases[i]}");
        }

        Problem Wrong(string message) => new("CHANGELOG.md", message);
    }

    [GeneratedRegex(@"^## \[(\S+)\] - \d{4}-\d\d-\d\d$")]
    private static partial Regex Release();
}
