using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;

namespace Recurrent.PackageTool;

/// <summary>
/// Compiles a project's assemblies as Unity does: those whose platforms and constraints hold, each after what it uses, against the DLLs that it names
/// or, without overrideReferences, all that there are.
/// </summary>
public sealed class ProjectCompilation
{
    private readonly UnityProject _project;
    private readonly BuildTarget _target;
    private readonly UnityCompiler _compiler;
    private readonly EngineAssemblies _engine;
    private readonly List<(PackageContents Package, Asmdef Asmdef)> _asmdefs;
    private readonly Dictionary<string, (string File, bool IsExplicit)> _dlls = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<Asmdef, AssemblyResult> _results = new();
    private readonly Dictionary<Asmdef, CompiledAssembly> _compiled = new();
    private readonly List<Asmdef> _open = new();
    private readonly List<AssemblyResult> _others = new();

    private ProjectCompilation(UnityProject project, BuildTarget target, UnityCompiler compiler, EngineAssemblies engine)
    {
        (_project, _target, _compiler, _engine) = (project, target, compiler, engine);
        _asmdefs = project.Packages.Where(package => package.Contents != null).SelectMany(package => package.Contents!.Asmdefs.Select(asmdef => (package.Contents!, asmdef))).ToList();
        foreach ((string file, bool isExplicit) in project.DllsFor(target))
        {
            string name = Path.GetFileName(file);
            if (!_dlls.TryAdd(name, (file, isExplicit)))
                _others.Add(Failed(name, $"Multiple precompiled assemblies with the same name {name} included for the current platform: {_dlls[name].File} and {file}"));
        }

        foreach (IGrouping<string, Asmdef> twice in _asmdefs.Select(entry => entry.Asmdef).GroupBy(asmdef => asmdef.Name).Where(group => group.Count() > 1))
            _others.Add(Failed(twice.Key, $"Assembly with name '{twice.Key}' already exists ({string.Join(", ", twice.Select(asmdef => asmdef.Path))})"));
    }

    /// <summary>What becomes of every assembly.</summary>
    public static IReadOnlyList<AssemblyResult> Run(UnityProject project, BuildTarget target, UnityCompiler compiler, EngineAssemblies engine)
    {
        var compilation = new ProjectCompilation(project, target, compiler, engine);
        foreach (PackageContents package in project.Packages.Where(package => !package.IsForeign).Select(package => package.Contents).OfType<PackageContents>())
        {
            foreach (Asmdef asmdef in package.Asmdefs) compilation.Visit(package, asmdef);
        }

        compilation.CompileScripts();
        return compilation._asmdefs.Select(entry => compilation._results.GetValueOrDefault(entry.Asmdef)).OfType<AssemblyResult>().Concat(compilation._others).ToList();
    }

    private static AssemblyResult Failed(string name, params string[] messages) => new(name, AssemblyOutcome.Failed, messages, IsOptional: false);

    private AssemblyResult Visit(PackageContents package, Asmdef asmdef)
    {
        if (_results.TryGetValue(asmdef, out AssemblyResult? done)) return done;
        _open.Add(asmdef);
        (AssemblyOutcome outcome, IReadOnlyList<string> messages) = Compile(package, asmdef);
        _open.Remove(asmdef);
        var result = new AssemblyResult(asmdef.Name, outcome, messages, asmdef.OptionalConstraints.Any()) { Assembly = _compiled.GetValueOrDefault(asmdef) };
        _results.Add(asmdef, result);
        return result;
    }

    private (AssemblyOutcome, IReadOnlyList<string>) Compile(PackageContents package, Asmdef asmdef)
    {
        if (!asmdef.IsFor(_target.Platform)) return (AssemblyOutcome.LeftOut, [$"not for {_target.Platform}"]);
        List<string> symbols = _target.Symbols.Concat(_project.Defines).Concat(_project.DefinedFor(asmdef)).Distinct().ToList();
        var defined = symbols.ToHashSet();
        if (asmdef.DefineConstraints.FirstOrDefault(constraint => DefineConstraint.Parse(constraint)?.Holds(defined) != true) is { } unmet) return (AssemblyOutcome.LeftOut, [unmet]);
        List<ScriptFile> scripts = package.ScriptsOf(asmdef).ToList();
        if (scripts.Count == 0) return (AssemblyOutcome.LeftOut, ["no scripts"]);

        bool seesEngine = !asmdef.NoEngineReferences;
        if (seesEngine && !asmdef.IsTest && !_engine.HasEngine) return (AssemblyOutcome.LeftOut, ["no UnityEngine to compile against"]);
        if (seesEngine && !asmdef.IsTest && asmdef.IsEditorOnly && !_engine.HasEditor) return (AssemblyOutcome.LeftOut, ["no UnityEditor to compile against"]);

        var references = new List<CompiledAssembly>();
        foreach (string reference in asmdef.References)
        {
            (PackageContents Package, Asmdef Asmdef) found = _asmdefs.Find(entry => entry.Package.Resolve(reference) == entry.Asmdef);
            if (found.Asmdef != null)
            {
                if (_open.Contains(found.Asmdef)) return (AssemblyOutcome.Failed, [$"Assembly with cyclic references: {string.Join(", ", _open)}"]);
                AssemblyOutcome below = Visit(found.Package, found.Asmdef).Outcome;
                if (below == AssemblyOutcome.Compiled) references.Add(_compiled[found.Asmdef]);
                else if (below != AssemblyOutcome.LeftOut) return (AssemblyOutcome.Blocked, [found.Asmdef.Name]);
            }
            else if (_project.Packages.Select(installed => installed.Assemblies.GetValueOrDefault(reference)).FirstOrDefault(assembly => assembly != null) is { } assembly)
            {
                references.Add(assembly);
            }
        }

        IEnumerable<string> dlls = asmdef.OverrideReferences ? asmdef.PrecompiledReferences.Where(_dlls.ContainsKey) : _dlls.Where(dll => !dll.Value.IsExplicit).Select(dll => dll.Key);
        references.AddRange(dlls.Select(dll => _compiler.Load(_dlls[dll].File)));
        if (seesEngine) references.AddRange(_engine.Seen(_target.IsEditor));

        var arguments = new List<string> { "-langversion:9.0", "-define:" + string.Join(';', symbols) };
        if (asmdef.AllowUnsafeCode) arguments.Add("-unsafe");
        string response = package.Folder.FullPath(asmdef.Folder.Length == 0 ? "csc.rsp" : asmdef.Folder + "/csc.rsp");
        if (File.Exists(response)) arguments.Add("@" + response);
        CompiledAssembly result = _compiler.Compile(asmdef.Name, scripts, arguments, references);
        if (result.Reference == null) return (AssemblyOutcome.Failed, result.Errors);
        _compiled.Add(asmdef, result);
        return (AssemblyOutcome.Compiled, []);
    }

    // Unity's predefined assembly sees every asmdef that does not say otherwise.
    private void CompileScripts()
    {
        if (_project.Scripts.Count == 0) return;
        IEnumerable<CompiledAssembly> references = _compiled.Where(entry => entry.Key.AutoReferenced && !entry.Key.IsEditorOnly).Select(entry => entry.Value)
            .Concat(_dlls.Values.Where(dll => !dll.IsExplicit).Select(dll => _compiler.Load(dll.File))).Concat(_engine.Seen(_target.IsEditor));
        CompiledAssembly result = _compiler.Compile("Assembly-CSharp", _project.Scripts, ["-langversion:9.0", "-define:" + string.Join(';', _target.Symbols.Concat(_project.Defines))], references);
        _others.Add(new AssemblyResult(result.Name, result.Reference == null ? AssemblyOutcome.Failed : AssemblyOutcome.Compiled, result.Errors, IsOptional: false));
    }
}
