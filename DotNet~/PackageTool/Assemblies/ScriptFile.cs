using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace Recurrent.PackageTool;

/// <summary>A C# file, read once and parsed once for every set of symbols that its own <c>#if</c>s can tell apart.</summary>
public sealed partial class ScriptFile
{
    private readonly Lazy<SourceText> _text;
    private readonly Lazy<HashSet<string>> _symbols;
    private readonly Lazy<string> _id;
    private readonly Dictionary<string, SyntaxTree> _trees = new();

    /// <summary>A file that is read when it is first asked for.</summary>
    /// <param name="path">What it is called in messages.</param>
    /// <param name="fullPath">Where it lies.</param>
    public ScriptFile(string path, string fullPath)
        : this(path, new Lazy<SourceText>(() =>
        {
            using FileStream stream = File.OpenRead(fullPath);
            return SourceText.From(stream);
        }))
    {
    }

    /// <summary>A script that lies in no file.</summary>
    public ScriptFile(string path, SourceText text)
        : this(path, new Lazy<SourceText>(text))
    {
    }

    private ScriptFile(string path, Lazy<SourceText> text)
    {
        Path = path;
        _text = text;
        _id = new Lazy<string>(() => $"{path}:{Convert.ToHexString(text.Value.GetChecksum().AsSpan())}");
        _symbols = new Lazy<HashSet<string>>(() => Conditions().Matches(_text.Value.ToString())
            .SelectMany(match => Words().Matches(match.Groups[1].Value)).Select(word => word.Value).ToHashSet());
    }

    /// <summary>What it is called in messages.</summary>
    public string Path { get; }

    /// <summary>The same for files of one path that say the same.</summary>
    public string Id => _id.Value;

    /// <summary>The symbols that its <c>#if</c>s ask for.</summary>
    public IReadOnlySet<string> Symbols => _symbols.Value;

    /// <summary>The file as Unity's C# reads it where nothing is defined.</summary>
    public CompilationUnitSyntax Root => (CompilationUnitSyntax)Parse(new CSharpParseOptions(LanguageVersion.CSharp9)).GetRoot();

    /// <summary>The file's syntax.</summary>
    public SyntaxTree Parse(CSharpParseOptions options)
    {
        string[] defined = options.PreprocessorSymbolNames.Where(Symbols.Contains).Order(StringComparer.Ordinal).ToArray();
        string key = $"{options.LanguageVersion};{options.DocumentationMode};{string.Join(';', defined)}";
        lock (_trees)
        {
            if (!_trees.TryGetValue(key, out SyntaxTree? tree)) _trees.Add(key, tree = CSharpSyntaxTree.ParseText(_text.Value, options.WithPreprocessorSymbols(defined), Path));
            return tree;
        }
    }

    /// <summary>The lines on which something stands, as <c>file(line)</c>.</summary>
    public string Place(SyntaxNodeOrToken what) => $"{Path}({what.GetLocation()!.GetLineSpan().StartLinePosition.Line + 1})";

    [GeneratedRegex(@"^[ \t]*#[ \t]*(?:if|elif)\b(.*)$", RegexOptions.Multiline)]
    private static partial Regex Conditions();

    [GeneratedRegex(@"[A-Za-z_]\w*")]
    private static partial Regex Words();
}
