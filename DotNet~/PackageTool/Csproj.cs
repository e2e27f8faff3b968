using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Xml.Linq;

namespace Recurrent.PackageTool;

/// <summary>What a csproj of this repository says, as far as an asmdef or a double of the engine needs it.</summary>
public sealed class Csproj
{
    private const string PackageRoot = "$(PackageRoot)";
    private const string AllSources = "/**/*.cs";

    private readonly XDocument _xml;

    /// <summary>Reads a project.</summary>
    public Csproj(string file)
    {
        File = Path.GetFullPath(file);
        _xml = XDocument.Load(file);
    }

    /// <summary>The project's full path.</summary>
    public string File { get; }

    /// <summary>The folder that it lies in.</summary>
    public string Folder => Path.GetDirectoryName(File)!;

    /// <summary>The name of its assembly.</summary>
    public string Name => _xml.Descendants("AssemblyName").FirstOrDefault()?.Value ?? Path.GetFileNameWithoutExtension(File);

    /// <summary>The package's folders whose sources it compiles, whole; relative to the package.</summary>
    public IEnumerable<string> LinkedFolders => Includes("Compile")
        .Where(include => include.StartsWith(PackageRoot, StringComparison.Ordinal) && include.EndsWith(AllSources, StringComparison.Ordinal))
        .Select(include => include[PackageRoot.Length..^AllSources.Length]);

    /// <summary>The package's folders whose sources it leaves out of those.</summary>
    public IEnumerable<string> ExcludedFolders => _xml.Descendants("Compile").SelectMany(element => element.Attribute("Exclude")?.Value.Split(';') ?? [])
        .Where(exclude => exclude.StartsWith(PackageRoot, StringComparison.Ordinal) && exclude.EndsWith("/**", StringComparison.Ordinal))
        .Select(exclude => exclude[PackageRoot.Length..^"/**".Length]);

    /// <summary>Whether it holds tests.</summary>
    public bool IsTest => Property("IsTestProject") == "true";

    /// <summary>The projects it references itself.</summary>
    public IEnumerable<Csproj> References => Includes("ProjectReference").Select(path => new Csproj(Path.Combine(Folder, path)));

    /// <summary>The assemblies that see its internals.</summary>
    public IEnumerable<string> Friends => Includes("InternalsVisibleTo");

    /// <summary>The packages that it or a project below it references.</summary>
    public IEnumerable<string> AllPackages => Includes("PackageReference").Concat(References.SelectMany(project => project.AllPackages)).Distinct();

    /// <summary>The names of the projects that it references, and of those below them.</summary>
    public IEnumerable<string> AllReferences => References.SelectMany(project => project.AllReferences.Append(project.Name)).Distinct();

    /// <summary>The last value of a property, or null.</summary>
    public string? Property(string name) => _xml.Descendants(name).LastOrDefault(element => element.Value.Length > 0)?.Value;

    /// <inheritdoc/>
    public override string ToString() => Name;

    private IEnumerable<string> Includes(string item) => _xml.Descendants(item).Select(element => element.Attribute("Include")?.Value).OfType<string>();
}
