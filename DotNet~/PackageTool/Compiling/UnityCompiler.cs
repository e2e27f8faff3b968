using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Recurrent.PackageTool;

/// <summary>
/// Compiles assemblies as Unity does: C# 9 against netstandard2.1, with the options of a csc.rsp. What was compiled once, from scripts that say the same with the same
/// symbols that they ask for and against the same assemblies, is not compiled again.
/// </summary>
public sealed class UnityCompiler
{
    private readonly Dictionary<string, CompiledAssembly> _assemblies = new();
    private readonly CompiledAssembly[] _framework;

    /// <summary>A compiler that has compiled nothing yet.</summary>
    public UnityCompiler() => _framework = NuGetPackages.NetStandard.Select(Load).ToArray();

    /// <summary>How many compilations were not found among those done before.</summary>
    public int Compilations { get; private set; }

    /// <summary>Assemblies as the compiler sees them, for whoever asks what is in one.</summary>
    public CSharpCompilation See(IEnumerable<CompiledAssembly> assemblies) => CSharpCompilation.Create("Seen", [], _framework.Concat(assemblies).Select(assembly => assembly.Reference!));

    /// <summary>An assembly from a file.</summary>
    public CompiledAssembly Load(string dll)
    {
        if (!_assemblies.TryGetValue(dll, out CompiledAssembly? assembly)) _assemblies.Add(dll, assembly = new CompiledAssembly(Path.GetFileNameWithoutExtension(dll), dll, MetadataReference.CreateFromFile(dll), []));
        return assembly;
    }

    /// <summary>Compiles an assembly.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="scripts">Its sources.</param>
    /// <param name="arguments">The compiler's options, as on its command line.</param>
    /// <param name="references">What it uses, beside netstandard.</param>
    public CompiledAssembly Compile(string name, IReadOnlyCollection<ScriptFile> scripts, IEnumerable<string> arguments, IEnumerable<CompiledAssembly> references)
    {
        CSharpCommandLineArguments parsed = CSharpCommandLineParser.Default.Parse(["-target:library", "-deterministic", "-nostdlib", "-nosdkpath", $"-out:{name}.dll", .. arguments, "any.cs"], Directory.GetCurrentDirectory(), null);
        List<string> mistakes = parsed.Errors.Where(error => error.Severity == DiagnosticSeverity.Error).Select(error => error.ToString()).ToList();
        if (mistakes.Count > 0) return new CompiledAssembly(name, name, null, mistakes);

        List<CompiledAssembly> used = references.DistinctBy(reference => reference.Key).ToList();
        CSharpParseOptions options = parsed.ParseOptions.WithDocumentationMode(DocumentationMode.None);
        string[] symbols = options.PreprocessorSymbolNames.Where(symbol => scripts.Any(script => script.Symbols.Contains(symbol))).Order(StringComparer.Ordinal).ToArray();
        CSharpCompilationOptions how = parsed.CompilationOptions;
        string key = string.Join('\n', scripts.Select(script => script.Id).Prepend(name).Append(string.Join(' ', symbols))
            .Append($"{options.LanguageVersion} {how.AllowUnsafe} {how.NullableContextOptions} {how.GeneralDiagnosticOption} {string.Join(' ', how.SpecificDiagnosticOptions.Where(option => option.Value == ReportDiagnostic.Error).Select(option => option.Key))}")
            .Concat(used.Select(reference => $"({reference.Key})")));
        if (_assemblies.TryGetValue(key, out CompiledAssembly? done)) return done;

        Compilations++;
        CSharpCompilation compilation = CSharpCompilation.Create(name, scripts.Select(script => script.Parse(options)),
            _framework.Concat(used).Select(reference => reference.Reference!), how.WithConcurrentBuild(true));
        using var image = new MemoryStream();
        var result = compilation.Emit(image);
        CompiledAssembly assembly = result.Success
            ? new CompiledAssembly(name, $"{name}#{Compilations}", MetadataReference.CreateFromImage(image.ToArray()), [])
            : new CompiledAssembly(name, $"{name}#{Compilations}", null, result.Diagnostics.Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error).Select(error => error.ToString()).ToList());
        _assemblies.Add(key, assembly);
        return assembly;
    }
}
