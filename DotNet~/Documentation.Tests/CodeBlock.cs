using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Text;
using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Recurrent.Documentation.Tests;

/// <summary>
/// A block of C# in a page. Comments of the page directly above it, which a reader does not see, say what it needs: <c>&lt;!-- context: CODE --&gt;</c> goes before it,
/// <c>&lt;!-- continues --&gt;</c> takes the block above as its beginning, <c>&lt;!-- run --&gt;</c> says that it is to be run too.
/// </summary>
public sealed partial class CodeBlock
{
    // What a reader's file has anyway. A block that says `using System;` is a whole file and gets nothing.
    private static readonly string[] UsualUsings = ["System", "System.Collections.Generic", "System.IO", "System.Linq", "Recurrent", "Recurrent.Components", "UnityEngine"];

    private static readonly CSharpParseOptions Language = new(LanguageVersion.CSharp9, DocumentationMode.None);

    private static readonly Lazy<MetadataReference[]> References = new(() =>
        Directory.EnumerateFiles(Path.GetDirectoryName(typeof(object).Assembly.Location)!, "System*.dll")
            .Concat(Directory.EnumerateFiles(AppContext.BaseDirectory, "Recurrent*.dll").Where(file => !file.EndsWith(".Tests.dll", StringComparison.Ordinal)))
            .Append(Path.Combine(Path.GetDirectoryName(typeof(object).Assembly.Location)!, "netstandard.dll"))
            .Append(Path.Combine(AppContext.BaseDirectory, "UnityEngine.dll"))
            .Where(IsManaged).Select(file => (MetadataReference)MetadataReference.CreateFromFile(file)).ToArray());

    private readonly string _code;
    private readonly bool _isWholeFile;
    private readonly CodeBlock? _above;

    private CodeBlock(string page, int line, string context, int contextLine, string code, CodeBlock? above, bool runs)
    {
        Page = page;
        Line = line;
        Runs = runs;
        _above = above;
        _isWholeFile = above?._isWholeFile ?? Using().Matches(code).Any(match => match.Groups[1].Value == "System");
        // Compilers name the lines of the page.
        _code = (context.Length == 0 ? "" : $"#line {contextLine} \"{page}\"\n{context}\n") + $"#line {line + 1} \"{page}\"\n{code}\n";
    }

    /// <summary>The page, relative to the repository.</summary>
    public string Page { get; }

    /// <summary>The line of the fence, from 1.</summary>
    public int Line { get; }

    /// <summary>Whether the page asks for it to be run.</summary>
    public bool Runs { get; }

    /// <summary>The blocks of a page, in its order.</summary>
    public static List<CodeBlock> Read(string page, string markdown)
    {
        string text = markdown.ReplaceLineEndings("\n");
        var blocks = new List<CodeBlock>();
        foreach (Match match in Block().Matches(text))
        {
            string context = "";
            int contextLine = 0;
            bool continues = false, runs = false;
            foreach (Capture comment in match.Groups["comment"].Captures)
            {
                Match said = Comment().Match(comment.Value);
                if (said.Groups["what"].Value == "context")
                {
                    context = said.Groups["code"].Value;
                    contextLine = LineOf(text, comment.Index + said.Groups["code"].Index);
                }
                continues |= said.Groups["what"].Value == "continues";
                runs |= said.Groups["what"].Value == "run";
            }
            int line = LineOf(text, match.Groups["code"].Index) - 1;
            if (continues && blocks.Count == 0) throw new FormatException($"{page}({line}): continues a block, and there is none above.");
            blocks.Add(new CodeBlock(page, line, context, contextLine, match.Groups["code"].Value, continues ? blocks[^1] : null, runs));
        }

        return blocks;
    }

    /// <summary>Compiles the block as C# 9, with what it continues.</summary>
    /// <param name="assembly">Receives what came out.</param>
    /// <returns>What is wrong, as <c>PAGE(LINE): message</c>.</returns>
    public IReadOnlyList<string> Compile(MemoryStream assembly)
    {
        string code = Code();
        IEnumerable<string> usings = Using().Matches(code).Select(match => match.Groups[1].Value).Concat(_isWholeFile ? [] : UsualUsings).Distinct();
        // Usings come first in a file; where they stood, an empty line keeps the count.
        string source = string.Concat(usings.Select(name => $"using {name};\n")) + Using().Replace(code, "");
        SyntaxTree tree = CSharpSyntaxTree.ParseText(source, Language, encoding: Encoding.UTF8);
        bool isProgram = ((CompilationUnitSyntax)tree.GetRoot()).Members.Any(member => member is GlobalStatementSyntax);
        var options = new CSharpCompilationOptions(isProgram ? OutputKind.ConsoleApplication : OutputKind.DynamicallyLinkedLibrary, concurrentBuild: false);
        CSharpCompilation compilation = CSharpCompilation.Create("Block", [tree], References.Value, options);
        return compilation.Emit(assembly).Diagnostics.Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error).Select(diagnostic =>
        {
            FileLinePositionSpan place = diagnostic.Location.GetMappedLineSpan();
            return $"{(place.HasMappedPath ? place.Path : Page)}({place.StartLinePosition.Line + 1}): {diagnostic.Id} {diagnostic.GetMessage(CultureInfo.InvariantCulture)}";
        }).ToList();
    }

    /// <inheritdoc/>
    public override string ToString() => $"{Page}({Line})";

    private string Code() => _above?.Code() + _code;

    private static int LineOf(string text, int position) => text.AsSpan(0, position).Count('\n') + 1;

    private static bool IsManaged(string file)
    {
        using var reader = new System.Reflection.PortableExecutable.PEReader(File.OpenRead(file));
        return reader.HasMetadata;
    }

    [GeneratedRegex(@"(?:^(?<comment><!--(?:(?!-->)[\s\S])*-->)\n+)*^```csharp\n(?<code>(?:(?!```).*\n)*)```", RegexOptions.Multiline)]
    private static partial Regex Block();

    [GeneratedRegex(@"^<!--\s*(?<what>\w+)(?::\s*(?<code>[\s\S]*?))?\s*-->$")]
    private static partial Regex Comment();

    [GeneratedRegex(@"^using ([\w.]+);[ \t]*$", RegexOptions.Multiline)]
    private static partial Regex Using();
}
