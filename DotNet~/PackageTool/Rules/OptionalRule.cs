using System;
using System.Collections.Generic;
using System.Linq;

namespace Recurrent.PackageTool;

/// <summary>
/// The package compiles with none, any or all of the optional packages: what uses one is left out where it is missing, what uses such an assembly too,
/// and what uses ONNX Runtime is left out of WebGL.
/// </summary>
public static class OptionalRule
{
    /// <summary>What is wrong.</summary>
    public static IEnumerable<Problem> Check(PackageContents package)
    {
        IReadOnlyDictionary<string, string> installed = package.Has(PackageManifest.FileName) ? PackageManifest.Read(package.Folder.Root).Dependencies : new Dictionary<string, string>();
        foreach (Asmdef asmdef in package.Asmdefs)
        {
            foreach (string message in CheckOne(package, asmdef, installed)) yield return new Problem(asmdef.Path, message);
        }
    }

    private static IEnumerable<string> CheckOne(PackageContents package, Asmdef asmdef, IReadOnlyDictionary<string, string> installed)
    {
        List<DefineConstraint> constraints = asmdef.OptionalConstraints.Select(DefineConstraint.Parse).OfType<DefineConstraint>().ToList();
        foreach (OptionalPackage optional in OptionalPackage.UsedBy(asmdef))
        {
            if (installed.ContainsKey(optional.Id)) continue;
            List<string> defines = asmdef.VersionDefines.Where(define => define.Package == optional.Id).Select(define => define.Define).ToList();
            if (!constraints.Any(constraint => constraint.Symbols.Intersect(defines).Any()))
                yield return $"uses {optional.Id} and has no constraint that one of its own version defines of that package fulfils";
        }

        // A version define is seen only in its own asmdef.
        foreach (DefineConstraint constraint in constraints)
        {
            if (!constraint.Symbols.Any(symbol => symbol.StartsWith("UNITY_", StringComparison.Ordinal)) && !constraint.Symbols.Intersect(asmdef.VersionDefines.Select(define => define.Define)).Any())
                yield return $"has the constraint '{string.Join(" || ", constraint.Symbols)}', of which none of its own version defines defines a symbol";
        }

        foreach (Asmdef below in asmdef.References.Select(package.Resolve).OfType<Asmdef>().Where(below => below != asmdef))
        {
            foreach (string constraint in below.OptionalConstraints.Except(asmdef.DefineConstraints))
                yield return $"references {below.Name} without its constraint '{constraint}'";
        }

        if (asmdef.IsFor("WebGL") && UsedByAll(package, asmdef).FirstOrDefault(optional => !optional.RunsOnWebGL) is { } missing)
            yield return $"uses {missing.Id} and does not exclude WebGL";

        bool isSetup = asmdef.Name.EndsWith(".Setup", StringComparison.Ordinal);
        if (isSetup && asmdef.References.FirstOrDefault(reference => package.Resolve(reference) != null) is { } reference)
            yield return $"is the set-up window's, which must compile whatever is broken, and references {reference}";
        if (isSetup && constraints.Count > 0) yield return "is the set-up window's, which must compile whatever is missing, and has constraints";
    }

    private static IEnumerable<OptionalPackage> UsedByAll(PackageContents package, Asmdef asmdef)
    {
        var seen = new HashSet<Asmdef>();
        var open = new Stack<Asmdef>([asmdef]);
        while (open.TryPop(out Asmdef? next))
        {
            if (!seen.Add(next)) continue;
            foreach (OptionalPackage used in OptionalPackage.UsedBy(next)) yield return used;
            foreach (Asmdef below in next.References.Select(package.Resolve).OfType<Asmdef>()) open.Push(below);
        }
    }
}
