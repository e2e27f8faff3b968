using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;

namespace Recurrent.PackageTool;

/// <summary>Every asmdef is one that Unity reads as it was meant, and every script belongs to one.</summary>
public static class AsmdefRule
{
    private const string NUnit = "nunit.framework.dll";

    /// <summary>What is wrong.</summary>
    public static IEnumerable<Problem> Check(PackageContents package)
    {
        foreach (Problem problem in package.Unreadable) yield return problem;
        foreach (Asmdef asmdef in package.Asmdefs)
        {
            foreach (string message in CheckOne(package, asmdef)) yield return new Problem(asmdef.Path, message);
        }

        foreach (ScriptFile script in package.Scripts.Where(script => package.AssemblyOf(script.Path) == null)) yield return new Problem(script.Path, "is under no asmdef: in a package Unity would not compile it");
    }

    private static IEnumerable<string> CheckOne(PackageContents package, Asmdef asmdef)
    {
        foreach (string key in asmdef.UnknownKeys) yield return $"has the key '{key}', which Unity does not know";
        if (asmdef.Name.Length == 0) yield return "has no name";
        else if (Path.GetFileNameWithoutExtension(asmdef.Path) != asmdef.Name) yield return $"is not called after its assembly, {asmdef.Name}";
        if (package.Asmdefs.Find(other => string.Equals(other.Name, asmdef.Name, StringComparison.OrdinalIgnoreCase)) is { } first && first != asmdef) yield return $"has the name of {first.Path}, {asmdef.Name}";
        if (asmdef.IncludePlatforms.Count > 0 && asmdef.ExcludePlatforms.Count > 0) yield return "both includes and excludes platforms";
        foreach (string platform in asmdef.IncludePlatforms.Concat(asmdef.ExcludePlatforms).Except(Asmdef.Platforms)) yield return $"names the platform '{platform}', which Unity does not know";

        foreach (string reference in asmdef.References.GroupBy(reference => reference).Where(group => group.Count() > 1).Select(group => group.Key)) yield return $"references '{reference}' twice";
        foreach (string reference in asmdef.References.Distinct())
        {
            Asmdef? referenced = package.Resolve(reference);
            if (referenced == null && !IsKnown(reference)) yield return $"references '{reference}', which is neither of this package nor a known optional one";
            if (referenced == asmdef) yield return "references itself";
            if (referenced is { IsEditorOnly: true } && !asmdef.IsEditorOnly) yield return $"references {referenced.Name}, which is for the editor alone, and is not itself";
        }

        foreach (string dll in asmdef.PrecompiledReferences)
        {
            if (dll != NUnit && !OptionalPackage.All.Any(known => known.Dlls.Contains(dll)) && !package.Files.Any(file => Path.GetFileName(file) == dll))
                yield return $"names the DLL '{dll}', which is neither of this package nor a known optional one";
        }

        if (!asmdef.OverrideReferences) yield return "has no overrideReferences: any DLL of a project leaks in";
        foreach (string constraint in asmdef.DefineConstraints.Where(constraint => DefineConstraint.Parse(constraint) == null)) yield return $"has the constraint '{constraint}', which cannot be read";
        foreach (VersionDefine define in asmdef.VersionDefines)
        {
            if (define.Package.Length == 0) yield return $"defines '{define.Define}' for no package";
            if (!DefineConstraint.IsSymbol(define.Define)) yield return $"defines '{define.Define}', which is no symbol";
            if (VersionRange.Parse(define.Expression) == null) yield return $"defines '{define.Define}' for the versions '{define.Expression}', which is no range";
        }

        string response = (asmdef.Folder.Length == 0 ? "" : asmdef.Folder + "/") + "csc.rsp";
        if (!package.Has(response)) yield return "has no csc.rsp beside it";
        else if (!package.Read(response).Split('\n').Any(line => line.Trim() is "-nullable:enable" or "-nullable+" or "-nullable")) yield return "has a csc.rsp without -nullable:enable";
    }

    private static bool IsKnown(string reference) => OptionalPackage.TestRunners.Contains(reference) || OptionalPackage.All.Any(package => package.Assemblies.Contains(reference));
}
