using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Recurrent.PackageTool.Tests;

/// <summary>
/// The floors of the core: a folder of <c>Runtime/Core</c> uses only its own floor and those below. The compiler cannot say so, for they are
/// one assembly; so the sources are compiled here, every name is resolved, and the floor where it is declared is compared with the floor that says it.
/// What a comment mentions does not count.
/// </summary>
internal static class FloorRule
{
    private const string Core = "Runtime/Core/";

    // What the .NET 10 target adds to the kernels.
    private const string DotNetKernels = "DotNet~/Recurrent/";

    private static readonly Dictionary<string, int> Floors = new()
    {
        ["Kernels"] = 1,
        ["Layers"] = 2,
        ["Training"] = 3,
        ["Interop"] = 3,
        ["Diagnostics"] = 3,
    };

    private static readonly MetadataReference[] Framework = ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator)
        .Where(file => Path.GetDirectoryName(file) == Path.GetDirectoryName(typeof(object).Assembly.Location))
        .Select(file => MetadataReference.CreateFromFile(file))
        .ToArray();

    /// <summary>One line for every use of a floor above, and for every file that belongs to no floor.</summary>
    public static IReadOnlyList<string> Check(string root)
    {
        var problems = new SortedSet<string>(StringComparer.Ordinal);
        CSharpCompilation compilation = Compile(root);
        foreach (Diagnostic error in compilation.GetDiagnostics().Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error))
        {
            problems.Add($"{Place(error.Location)}: does not compile by itself: {error.GetMessage(CultureInfo.InvariantCulture)}");
        }

        foreach (SyntaxTree tree in compilation.SyntaxTrees)
        {
            SyntaxNode source = tree.GetRoot();
            if (FolderOf(tree) == null && source.DescendantNodes().Any(node => node is BaseTypeDeclarationSyntax or DelegateDeclarationSyntax))
            {
                problems.Add($"{tree.FilePath}: declares a type outside the floors ({string.Join(", ", Floors.Keys)})");
            }

            SemanticModel model = compilation.GetSemanticModel(tree);
            foreach (SyntaxNode node in source.DescendantNodes().Where(node => node is SimpleNameSyntax or ImplicitObjectCreationExpressionSyntax))
            {
                ISymbol? symbol = Declared(model.GetSymbolInfo(node));
                SyntaxTree? home = HomeOf(symbol);
                if (home == null || FloorOf(home) <= FloorOf(tree)) continue;
                problems.Add($"{Place(node.GetLocation())}: {FolderOf(tree) ?? "Core"} uses {symbol!.Name} of {FolderOf(home)}, a floor above it");
            }
        }

        return problems.ToList();
    }

    private static CSharpCompilation Compile(string root)
    {
        var options = new CSharpParseOptions(LanguageVersion.Latest, DocumentationMode.None, preprocessorSymbols: ["NET10_0", "NET10_0_OR_GREATER"]);
        IEnumerable<SyntaxTree> sources = new[] { Core, DotNetKernels }
            .Select(folder => Path.Combine(root, folder))
            .Where(Directory.Exists)
            .SelectMany(folder => Directory.EnumerateFiles(folder, "*.cs", SearchOption.AllDirectories))
            .Select(file => CSharpSyntaxTree.ParseText(File.ReadAllText(file), options, Path.GetRelativePath(root, file).Replace('\\', '/')));
        return CSharpCompilation.Create("Floors", sources, Framework,
            new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, allowUnsafe: true, nullableContextOptions: NullableContextOptions.Enable));
    }

    private static ISymbol? Declared(SymbolInfo info)
    {
        ISymbol? symbol = info.Symbol ?? info.CandidateSymbols.FirstOrDefault();
        if (symbol is IMethodSymbol { ReducedFrom: { } extension }) symbol = extension;
        if (symbol is INamespaceSymbol or null) return null;
        // A constructor that nobody wrote stands where its type stands.
        return symbol.IsImplicitlyDeclared ? symbol.ContainingType : symbol.OriginalDefinition;
    }

    // A partial type may stand on two floors: it is at home on the lower.
    private static SyntaxTree? HomeOf(ISymbol? symbol) =>
        symbol?.DeclaringSyntaxReferences.Select(reference => reference.SyntaxTree).MinBy(FloorOf);

    private static string? FolderOf(SyntaxTree tree)
    {
        if (tree.FilePath.StartsWith(DotNetKernels, StringComparison.Ordinal)) return "Kernels";
        string folder = tree.FilePath[Core.Length..].Split('/')[0];
        return Floors.ContainsKey(folder) ? folder : null;
    }

    private static int FloorOf(SyntaxTree tree) => FolderOf(tree) is { } folder ? Floors[folder] : 0;

    private static string Place(Location location) => $"{location.SourceTree?.FilePath}({location.GetLineSpan().StartLinePosition.Line + 1})";
}
