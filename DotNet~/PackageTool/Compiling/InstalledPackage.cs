using System.Collections.Generic;

namespace Recurrent.PackageTool;

/// <summary>A package in a project.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Version">Its version.</param>
public sealed record InstalledPackage(string Name, string Version)
{
    /// <summary>Its sources; null where only assemblies stand for it.</summary>
    public PackageContents? Contents { get; init; }

    /// <summary>Assemblies that stand for its sources, by the names of their asmdefs.</summary>
    public IReadOnlyDictionary<string, CompiledAssembly> Assemblies { get; init; } = new Dictionary<string, CompiledAssembly>();

    /// <summary>Whether its assemblies are compiled only where another package uses them: whether all of them do is not what is asked.</summary>
    public bool IsForeign { get; init; }

    /// <summary>Managed DLLs beside its sources.</summary>
    public IReadOnlyList<string> Dlls { get; init; } = [];
}
