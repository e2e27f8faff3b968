using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Recurrent.PackageTool;

/// <summary>package.json is one that Unity's Package Manager takes, and names nothing that a project without scoped registries could not resolve.</summary>
public static partial class ManifestRule
{
    /// <summary>What is wrong with it.</summary>
    public static IEnumerable<Problem> Check(PackageContents package)
    {
        if (!package.Has(PackageManifest.FileName)) return [new Problem(PackageManifest.FileName, "is missing")];
        try
        {
            using JsonDocument json = JsonDocument.Parse(package.Read(PackageManifest.FileName));
            return CheckAll(package, json.RootElement).Select(message => new Problem(PackageManifest.FileName, message)).ToList();
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            return [new Problem(PackageManifest.FileName, $"cannot be read: {e.Message}")];
        }
    }

    private static IEnumerable<string> CheckAll(PackageContents package, JsonElement root)
    {
        string name = Text(root, "name"), version = Text(root, "version"), unity = Text(root, "unity");
        if (!Name().IsMatch(name)) yield return $"name '{name}' is none that npm and Unity take: {Name()}";
        if (!SemanticVersion.IsStrict(version)) yield return $"version '{version}' is not a semantic version";
        if (!Unity().IsMatch(unity)) yield return $"unity '{unity}' is not of the form 2022.3";
        foreach (string key in new[] { "displayName", "description" }.Where(key => Text(root, key).Length == 0)) yield return $"{key} is missing";
        foreach (IGrouping<string, JsonProperty> twice in root.EnumerateObject().GroupBy(property => property.Name).Where(group => group.Count() > 1)) yield return $"{twice.Key} stands there twice";

        if (root.TryGetProperty("dependencies", out JsonElement dependencies))
        {
            if (dependencies.ValueKind != JsonValueKind.Object) yield return "dependencies is not an object";
            else
            {
                foreach (JsonProperty dependency in dependencies.EnumerateObject())
                {
                    if (!dependency.Name.StartsWith("com.unity.", StringComparison.Ordinal))
                        yield return $"depends on {dependency.Name}, which is not in Unity's own registry: the whole package would fail to resolve";
                    if (dependency.Value.ValueKind != JsonValueKind.String || !SemanticVersion.IsStrict(dependency.Value.GetString()!))
                        yield return $"the version of {dependency.Name} is not a semantic version";
                }
            }
        }

        if (!root.TryGetProperty("samples", out JsonElement samples)) yield break;
        if (samples.ValueKind != JsonValueKind.Array)
        {
            yield return "samples is not a list";
            yield break;
        }

        var names = new HashSet<string>();
        var paths = new HashSet<string>();
        foreach (JsonElement sample in samples.EnumerateArray())
        {
            string displayName = Text(sample, "displayName"), path = Text(sample, "path").TrimEnd('/');
            if (displayName.Length == 0) yield return "a sample has no displayName";
            else if (!names.Add(displayName)) yield return $"two samples are called '{displayName}'";
            if (Text(sample, "description").Length == 0) yield return $"the sample '{displayName}' has no description";
            if (path.Length == 0 || !Directory.Exists(package.Folder.FullPath(path))) yield return $"the sample '{displayName}' lies in '{path}', which does not exist";
            paths.Add(path);
        }

        foreach ((string path, bool isFolder) in package.Folder.Assets)
        {
            if (isFolder && path.StartsWith("Samples~/", StringComparison.Ordinal) && path.Count(c => c == '/') == 1 && !paths.Contains(path)) yield return $"{path} is no sample of the list";
        }
    }

    private static string Text(JsonElement root, string key) => root.TryGetProperty(key, out JsonElement text) ? text.GetString() ?? "" : "";

    [GeneratedRegex(@"^[a-z\d][a-z\d\-._]{0,213}$")]
    internal static partial Regex Name();

    [GeneratedRegex(@"^\d{4}\.\d+$")]
    private static partial Regex Unity();
}
