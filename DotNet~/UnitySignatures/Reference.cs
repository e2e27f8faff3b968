using System.Collections.Generic;
using System.IO;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace UnitySignatures;

/// <summary>Unity's public C# reference where somebody has it checked out: its sources are parsed, their names resolved, and nothing of them is kept but signatures.</summary>
internal static class Reference
{
    /// <summary>The facts of the types named.</summary>
    public static Dictionary<string, HashSet<string>> Read(IEnumerable<string> folders, IEnumerable<string> types)
    {
        var options = new CSharpParseOptions(LanguageVersion.Latest, DocumentationMode.None, preprocessorSymbols: ["UNITY_2022_3_OR_NEWER"]);
        SyntaxTree[] sources = folders.SelectMany(folder => Directory.EnumerateFiles(folder, "*.cs", SearchOption.AllDirectories))
            .Select(file => CSharpSyntaxTree.ParseText(File.ReadAllText(file), options, file))
            .ToArray();
        CSharpCompilation compilation = CSharpCompilation.Create("Reference", sources, Doubles.Framework,
            new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, allowUnsafe: true));
        var wanted = types.ToHashSet();
        var found = new Dictionary<string, HashSet<string>>();
        foreach (INamedTypeSymbol type in Signatures.TypesOf(compilation.Assembly.GlobalNamespace))
        {
            string name = Signatures.NameOf(type);
            if (wanted.Contains(name)) found[name] = Signatures.Of(type).ToHashSet();
        }

        return found;
    }
}
