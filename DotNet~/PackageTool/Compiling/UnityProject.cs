using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;

namespace Recurrent.PackageTool;

/// <summary>A project as far as its scripts are concerned: packages, DLLs, symbols, scripts of its own.</summary>
public sealed class UnityProject
{
    /// <summary>The packages.</summary>
    public List<InstalledPackage> Packages { get; } = new();

    /// <summary>The DLLs that lie in the project itself, where NuGetForUnity puts them.</summary>
    public List<string> Dlls { get; } = new();

    /// <summary>The scripting define symbols of the project's settings.</summary>
    public HashSet<string> Defines { get; } = new();

    /// <summary>Scripts under no asmdef, which become Assembly-CSharp.</summary>
    public List<ScriptFile> Scripts { get; } = new();

    /// <summary>The version of a package, or of Unity, or null where it is not installed.</summary>
    public string? VersionOf(string package) => package == "Unity" ? BuildTarget.UnityVersion : Packages.Find(installed => installed.Name == package)?.Version;

    /// <summary>The managed DLLs that there are on a platform: where they lie, and whether an assembly sees one only by naming it.</summary>
    public IEnumerable<(string File, bool IsExplicit)> DllsFor(BuildTarget target)
    {
        foreach (string dll in Dlls) yield return (dll, false);
        foreach (InstalledPackage package in Packages)
        {
            foreach (string dll in package.Dlls) yield return (dll, true);
            foreach (string path in package.Contents?.Files.Where(file => file.EndsWith(".dll", StringComparison.OrdinalIgnoreCase)) ?? [])
            {
                string file = package.Contents!.Folder.FullPath(path);
                PluginMeta meta = File.Exists(file + ".meta") ? PluginMeta.Read(file + ".meta") : PluginMeta.Everywhere;
                if (PluginMeta.IsManaged(file) && meta.IsFor(target)) yield return (file, meta.IsExplicit);
            }
        }
    }

    /// <summary>What an assembly's version defines define here.</summary>
    public IEnumerable<string> DefinedFor(Asmdef asmdef) => asmdef.VersionDefines
        .Where(define => VersionOf(define.Package) is { } version && VersionRange.Parse(define.Expression)?.Contains(version) == true)
        .Select(define => define.Define);
}
