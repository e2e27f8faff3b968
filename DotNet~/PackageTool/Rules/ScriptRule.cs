using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Recurrent.PackageTool;

/// <summary>A script says only what the assembly that takes it may say.</summary>
public static class ScriptRule
{
    private static readonly string[] Editor = ["UnityEditor", "UnityEditorInternal"];

    /// <summary>What is wrong.</summary>
    public static IEnumerable<Problem> Check(PackageContents package)
    {
        foreach (ScriptFile script in package.Scripts)
        {
            if (package.AssemblyOf(script.Path) is not { } asmdef) continue;
            if (asmdef.NoEngineReferences && script.Symbols.FirstOrDefault(symbol => symbol.StartsWith("UNITY_", StringComparison.Ordinal)) is { } unity)
                yield return new Problem(script.Path, $"asks for {unity}, and {asmdef.Name} is free of the engine");
            foreach ((SyntaxNodeOrToken what, string message) in CheckOne(script, asmdef)) yield return new Problem(script.Place(what), message);
        }

        foreach ((string path, bool isFolder) in package.Folder.Assets)
        {
            if (isFolder && Path.GetFileName(path) == "Editor" && package.Scripts.FirstOrDefault(script => script.Path.StartsWith(path + "/", StringComparison.Ordinal)
                && package.AssemblyOf(script.Path) is { IsEditorOnly: false, IsTest: false }) is { } first)
                yield return new Problem(path, $"means nothing to Unity under an asmdef, and {package.AssemblyOf(first.Path)!.Name} is not for the editor alone");
        }
    }

    private static IEnumerable<(SyntaxNodeOrToken What, string Message)> CheckOne(ScriptFile script, Asmdef asmdef)
    {
        CompilationUnitSyntax root = script.Root;
        foreach (SyntaxToken token in root.DescendantTokens())
        {
            if (token.IsKind(SyntaxKind.UnsafeKeyword) && !asmdef.AllowUnsafeCode)
            {
                yield return (token, $"is unsafe, and {asmdef.Name} has no allowUnsafeCode");
                break;
            }
        }

        foreach (IdentifierNameSyntax name in root.DescendantNodes().OfType<IdentifierNameSyntax>())
        {
            string text = name.Identifier.ValueText;
            if (Editor.Contains(text) && !asmdef.IsEditorOnly) yield return (name, $"uses {text}, and {asmdef.Name} is not for the editor alone");
            else if (asmdef.NoEngineReferences && text == "UnityEngine") yield return (name, $"uses UnityEngine, and {asmdef.Name} is free of the engine");
            else if (text is "ModuleInitializer" or "ModuleInitializerAttribute" && name.Ancestors().Any(ancestor => ancestor is AttributeSyntax))
                yield return (name, "is a module initializer, which Unity's compiler refuses");
        }
    }
}
