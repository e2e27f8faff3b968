using System;
using System.Collections.Generic;
using System.Linq;

namespace Recurrent.PackageTool;

/// <summary>One state of a project in which the package must compile.</summary>
/// <param name="OnnxRuntime">How ONNX Runtime is there: package, DLL, or not.</param>
/// <param name="MathNet">How MathNet.Numerics is there.</param>
/// <param name="Burst">How Burst is there.</param>
/// <param name="Target">What is compiled.</param>
public sealed record Combination(string OnnxRuntime, string MathNet, string Burst, BuildTarget Target)
{
    private readonly List<Action<Surroundings, UnityProject>> _steps = new();

    /// <summary>Whether the project is broken in a way that optional assemblies may fail for; nothing else may.</summary>
    public bool IsBroken { get; private init; }

    /// <summary>Every combination of what may be installed and what is compiled.</summary>
    public static IEnumerable<Combination> Whole =>
        from onnxRuntime in new[] { "package", "DLL", "–" }
        from mathNet in new[] { "package", "–" }
        from burst in new[] { "package", "–" }
        from target in BuildTarget.All
        select new Combination(onnxRuntime, mathNet, burst, target).Installing(onnxRuntime, mathNet, burst);

    /// <summary>A project that has what the package brings, and Burst or not.</summary>
    public static IEnumerable<Combination> Alone =>
        from burst in new[] { "package", "–" }
        from target in BuildTarget.All
        select new Combination("in the package", "in the package", burst, target).Installing("–", "–", burst);

    /// <summary>The states that happen to projects.</summary>
    public static IEnumerable<Combination> Broken => BuildTarget.All.Where(target => !target.IsWebGL).SelectMany(target => new[]
    {
        new Combination("DLL", "DLL", "–", target).With((_, project) =>
        {
            project.Dlls.AddRange([NuGetPackages.OnnxRuntime, NuGetPackages.MathNet]);
            project.Defines.UnionWith([Surroundings.OnnxRuntimeDll, Surroundings.MathNetDll]);
        }),
        new Combination("DLL, symbol missing", "DLL, symbol missing", "–", target).With((_, project) => project.Dlls.AddRange([NuGetPackages.OnnxRuntime, NuGetPackages.MathNet])),
        new Combination("DLL removed, symbol left", "–", "–", target) { IsBroken = true }.With((_, project) => project.Defines.Add(Surroundings.OnnxRuntimeDll)),
        new Combination("–", "DLL removed, symbol left", "–", target) { IsBroken = true }.With((_, project) => project.Defines.Add(Surroundings.MathNetDll)),
        new Combination("package and DLL", "–", "–", target) { IsBroken = true }.With((around, project) =>
        {
            around.AddOnnxRuntimePackage(project);
            project.Dlls.Add(NuGetPackages.OnnxRuntime);
            project.Defines.Add(Surroundings.OnnxRuntimeDll);
        }),
        new Combination("package, too old", "–", "package, too old", target).With((around, project) =>
        {
            around.AddOnnxRuntimePackage(project, "0.3.9");
            around.AddBurst(project, "1.7.4");
        }),
    });

    /// <summary>The project.</summary>
    public UnityProject Project(Surroundings around, PackageContents package, PackageManifest manifest)
    {
        UnityProject project = around.Project(package, manifest);
        foreach (Action<Surroundings, UnityProject> step in _steps) step(around, project);
        return project;
    }

    /// <summary>Whether a result is one that there should not be.</summary>
    public bool IsWrong(AssemblyResult result) => result.Outcome is AssemblyOutcome.Failed or AssemblyOutcome.Blocked && !(IsBroken && result.IsOptional);

    private Combination With(Action<Surroundings, UnityProject> step)
    {
        _steps.Add(step);
        return this;
    }

    private Combination Installing(string onnxRuntime, string mathNet, string burst) => With((around, project) =>
    {
        if (onnxRuntime == "package") around.AddOnnxRuntimePackage(project);
        if (onnxRuntime == "DLL")
        {
            project.Dlls.Add(NuGetPackages.OnnxRuntime);
            project.Defines.Add(Surroundings.OnnxRuntimeDll);
        }

        if (mathNet == "package") Surroundings.AddMathNetPackage(project);
        if (burst == "package") around.AddBurst(project);
    });
}
