using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Xml.Linq;

namespace Recurrent.PackageTool.Tests;

/// <summary>What a csproj says, as far as an asmdef must agree.</summary>
internal sealed class Csproj
{
    private const string PackageRoot = "$(PackageRoot)";
    private const string AllSources = "/**/*.cs";

    private readonly XDocument _xml;

    public Csproj(string file)
    {
        File = Path.GetFullPath(file);
        _xml = XDocument.Load(file);
    }

    public string File { get; }

    public string Name => _xml.Descendants("AssemblyName").FirstOrDefault()?.Value ?? Path.GetFileNameWithoutExtension(File);

    /// <summary>The package's folders whose sources it compiles, whole.</summary>
    public IEnumerable<string> LinkedFolders => _xml.Descendants("Compile")
        .Select(item => item.Attribute("Include")!.Value)
        .Where(include => include.StartsWith(PackageRoot) && include.EndsWith(AllSources))
        .Select(include => Path.Combine(Repository.Root, include[PackageRoot.Length..^AllSources.Length]));

    public bool IsTest => Property("IsTestProject") == "true";

    public string? Property(string name) => _xml.Descendants(name).LastOrDefault(element => element.Value.Length > 0)?.Value;

    /// <summary>The projects it references itself.</summary>
    public IEnumerable<Csproj> References => _xml.Descendants("ProjectReference")
        .Select(item => new Csproj(Path.Combine(Path.GetDirectoryName(File)!, item.Attribute("Include")!.Value)));

    /// <summary>The packages that it or a project below it references.</summary>
    public IEnumerable<string> AllPackages => _xml.Descendants("PackageReference").Select(item => item.Attribute("Include")!.Value)
        .Concat(References.SelectMany(project => project.AllPackages)).Distinct();

    /// <summary>The names of the projects that it references, and of those below them.</summary>
    public IEnumerable<string> AllReferences => References.SelectMany(project => project.AllReferences.Append(project.Name)).Distinct();

    public override string ToString() => Repository.Relative(File);
}
