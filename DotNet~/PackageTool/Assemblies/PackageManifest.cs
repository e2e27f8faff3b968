using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.Json;

namespace Recurrent.PackageTool;

/// <summary>What a package.json says.</summary>
/// <param name="Name">The package's name.</param>
/// <param name="Version">Its version.</param>
/// <param name="Dependencies">The packages that Unity installs with it.</param>
public sealed record PackageManifest(string Name, string Version, IReadOnlyDictionary<string, string> Dependencies)
{
    /// <summary>What the file is called.</summary>
    public const string FileName = "package.json";

    /// <summary>Reads the package.json of a folder.</summary>
    /// <exception cref="InvalidDataException">It is none.</exception>
    public static PackageManifest Read(string folder)
    {
        string file = Path.Combine(folder, FileName);
        try
        {
            using JsonDocument json = JsonDocument.Parse(File.ReadAllText(file));
            JsonElement root = json.RootElement;
            return new PackageManifest(root.GetProperty("name").GetString()!, root.GetProperty("version").GetString()!,
                !root.TryGetProperty("dependencies", out JsonElement list) ? new Dictionary<string, string>()
                    : list.EnumerateObject().ToDictionary(property => property.Name, property => property.Value.GetString() ?? ""));
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or KeyNotFoundException)
        {
            throw new InvalidDataException($"{file}: {e.Message}", e);
        }
    }
}
