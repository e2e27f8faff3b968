using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text;
using Microsoft.CodeAnalysis.Text;

namespace Recurrent.PackageTool;

/// <summary>Unity's own assemblies: those of a folder, or the doubles of them in <c>DotNet~</c>, compiled from their sources.</summary>
public sealed class EngineAssemblies
{
    private readonly Dictionary<string, Lazy<CompiledAssembly>> _assemblies = new();

    private EngineAssemblies(string description) => Description = description;

    /// <summary>Where they come from, for people.</summary>
    public string Description { get; }

    /// <summary>Whether there is an engine.</summary>
    public bool HasEngine => _assemblies.ContainsKey("UnityEngine");

    /// <summary>Whether there is an editor.</summary>
    public bool HasEditor => _assemblies.ContainsKey("UnityEditor");

    /// <summary>The doubles: the projects of DotNet~ that are called Unity…, as an assembly of Unity is.</summary>
    /// <exception cref="InvalidDataException">One does not compile, when it is first used.</exception>
    public static EngineAssemblies Doubles(string dotNet, UnityCompiler compiler)
    {
        var doubles = new EngineAssemblies("the doubles of DotNet~");
        foreach (string folder in Directory.Exists(dotNet) ? Directory.GetDirectories(dotNet) : [])
        {
            string name = Path.GetFileName(folder), project = Path.Combine(folder, name + ".csproj");
            if (name.Split('.')[0] is not ("Unity" or "UnityEngine" or "UnityEditor") || !File.Exists(project)) continue;
            var csproj = new Csproj(project);
            if (!csproj.IsTest) doubles._assemblies.Add(name, new Lazy<CompiledAssembly>(() => doubles.Compile(csproj, compiler)));
        }

        return doubles;
    }

    /// <summary>The DLLs of a folder and of those within: Unity's Managed folder, or any other.</summary>
    /// <exception cref="DirectoryNotFoundException">There is no such folder.</exception>
    public static EngineAssemblies FromFolder(string folder, UnityCompiler compiler)
    {
        var engine = new EngineAssemblies(folder);
        foreach (string dll in Directory.EnumerateFiles(folder, "*.dll", SearchOption.AllDirectories).Order(StringComparer.Ordinal))
        {
            string name = Path.GetFileNameWithoutExtension(dll);
            if (name.StartsWith("Unity", StringComparison.Ordinal)) engine._assemblies.TryAdd(name, new Lazy<CompiledAssembly>(() => compiler.Load(dll)));
        }

        return engine;
    }

    /// <summary>The assemblies that every engine-bound script sees.</summary>
    public IEnumerable<CompiledAssembly> Seen(bool inEditor) => _assemblies.Where(entry => IsPart(entry.Key, "UnityEngine") || (inEditor && IsPart(entry.Key, "UnityEditor"))).Select(entry => entry.Value.Value);

    /// <summary>An assembly that comes in a package, by its name, or null.</summary>
    public CompiledAssembly? Find(string name) => _assemblies.TryGetValue(name, out Lazy<CompiledAssembly>? assembly) ? assembly.Value : null;

    private static bool IsPart(string name, string of) => name.Split('.')[0] == of && !OptionalPackage.TestRunners.Contains(name) && !OptionalPackage.All.Any(package => package.Assemblies.Contains(name));

    private CompiledAssembly Compile(Csproj project, UnityCompiler compiler)
    {
        List<ScriptFile> scripts = Directory.EnumerateFiles(project.Folder, "*.cs", SearchOption.AllDirectories)
            .Select(file => (File: file, Path: Path.GetRelativePath(project.Folder, file).Replace('\\', '/')))
            .Where(entry => !entry.Path.Split('/').Any(part => part is "bin" or "obj"))
            .OrderBy(entry => entry.Path, StringComparer.Ordinal)
            .Select(entry => new ScriptFile($"{project.Name}/{entry.Path}", entry.File)).ToList();
        // What MSBuild writes, and what a double made for .NET alone finds there.
        string extras = "namespace System.Runtime.CompilerServices { internal static class IsExternalInit { } }\n";
        string friends = string.Concat(project.Friends.Select(friend => $"[assembly: System.Runtime.CompilerServices.InternalsVisibleTo(\"{friend}\")]\n"));
        scripts.Add(new ScriptFile($"{project.Name}/Generated.cs", SourceText.From(friends + extras, Encoding.UTF8)));

        IEnumerable<CompiledAssembly> references = project.AllReferences.Select(Find).OfType<CompiledAssembly>();
        if (project.AllPackages.Contains("NUnit") || OptionalPackage.TestRunners.Contains(project.Name)) references = references.Append(compiler.Load(NuGetPackages.NUnit));
        CompiledAssembly assembly = compiler.Compile(project.Name, scripts, ["-langversion:latest", "-nullable:" + (project.Property("Nullable") ?? "enable"), "-unsafe", "-define:NETSTANDARD;NETSTANDARD2_1"], references);
        return assembly.Reference != null ? assembly : throw new InvalidDataException($"The double {project.Name} does not compile: {assembly.Errors[0]}");
    }
}
