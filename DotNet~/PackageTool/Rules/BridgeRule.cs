using System;
using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Recurrent.PackageTool;

/// <summary>
/// IL2CPP removes an assembly that nothing refers to. So every optional backend has a bridge, an engine-bound assembly under the same constraints that
/// registers it at start-up and cannot be stripped.
/// </summary>
public static class BridgeRule
{
    /// <summary>What is wrong.</summary>
    public static IEnumerable<Problem> Check(PackageContents package)
    {
        List<Asmdef> bridges = package.Asmdefs.Where(asmdef => IsBridge(package, asmdef)).ToList();
        foreach (Asmdef bridge in bridges)
        {
            foreach (string message in CheckBridge(package, bridge)) yield return new Problem(bridge.Path, message);
        }

        foreach (Asmdef backend in package.Asmdefs.Where(asmdef => IsBackend(package, asmdef)))
        {
            if (!bridges.Exists(bridge => bridge.References.Any(reference => package.Resolve(reference) == backend) && bridge.DefineConstraints.SequenceEqual(backend.DefineConstraints)))
                yield return new Problem(backend.Path, "is an optional backend (it declares a static Register) without a bridge under the same constraints: IL2CPP would strip it");
        }
    }

    private static IEnumerable<string> CheckBridge(PackageContents package, Asmdef bridge)
    {
        List<CompilationUnitSyntax> roots = package.ScriptsOf(bridge).Select(script => script.Root).ToList();
        if (!roots.SelectMany(root => root.AttributeLists).SelectMany(list => list.Attributes).Any(attribute => Named(attribute, "AlwaysLinkAssembly")))
            yield return "is a bridge without [assembly: AlwaysLinkAssembly]: IL2CPP would strip it";

        List<MethodDeclarationSyntax> starts = roots.SelectMany(root => root.DescendantNodes()).OfType<MethodDeclarationSyntax>()
            .Where(method => Find(method, "RuntimeInitializeOnLoadMethod") is { } start && start.ArgumentList?.Arguments.ToString().EndsWith("SubsystemRegistration", StringComparison.Ordinal) == true).ToList();
        if (starts.Count == 0) yield return "is a bridge without a [RuntimeInitializeOnLoadMethod(RuntimeInitializeLoadType.SubsystemRegistration)]";
        foreach (MethodDeclarationSyntax start in starts)
        {
            if (!start.Modifiers.Any(SyntaxKind.StaticKeyword)) yield return $"starts in {start.Identifier.ValueText}, which is not static";
            if (Find(start, "Preserve") == null) yield return $"starts in {start.Identifier.ValueText}, which has no [Preserve]: IL2CPP may strip it";
        }
    }

    private static bool IsOptional(Asmdef asmdef) => !asmdef.IsTest && !asmdef.IsEditorOnly && asmdef.OptionalConstraints.Any() && !asmdef.Path.StartsWith("Samples~/", StringComparison.Ordinal);

    // Components are found by the scenes that hold them.
    private static bool IsBridge(PackageContents package, Asmdef asmdef) => IsOptional(asmdef) && !asmdef.NoEngineReferences
        && !package.ScriptsOf(asmdef).SelectMany(script => script.Root.DescendantNodes()).OfType<SimpleBaseTypeSyntax>().Any(type => type.ToString() is "MonoBehaviour" or "ScriptableObject");

    private static bool IsBackend(PackageContents package, Asmdef asmdef) => IsOptional(asmdef) && asmdef.NoEngineReferences
        && package.ScriptsOf(asmdef).SelectMany(script => script.Root.DescendantNodes()).OfType<MethodDeclarationSyntax>()
            .Any(method => method.Identifier.ValueText == "Register" && method.Modifiers.Any(SyntaxKind.StaticKeyword) && method.Modifiers.Any(SyntaxKind.PublicKeyword));

    private static AttributeSyntax? Find(MethodDeclarationSyntax method, string name) => method.AttributeLists.SelectMany(list => list.Attributes).FirstOrDefault(attribute => Named(attribute, name));

    private static bool Named(AttributeSyntax attribute, string name) => attribute.Name.ToString().Split('.')[^1] is var last && (last == name || last == name + "Attribute");
}
