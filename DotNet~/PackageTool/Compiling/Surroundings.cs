using System.Collections.Generic;
using System.Linq;

namespace Recurrent.PackageTool;

/// <summary>What a project can hold beside the package: Unity, its Test Framework, and each of the optional packages.</summary>
public sealed class Surroundings
{
    /// <summary>The symbol of a project that has ONNX Runtime as a DLL.</summary>
    public const string OnnxRuntimeDll = "RECURRENT_ORT_DLL";

    /// <summary>The symbol of a project that has MathNet.Numerics as a DLL.</summary>
    public const string MathNetDll = "RECURRENT_MATHNET_DLL";

    private readonly PackageContents? _onnxRuntime;

    /// <summary>The surroundings.</summary>
    /// <param name="compiler">What compiles the project.</param>
    /// <param name="engine">Unity's assemblies.</param>
    /// <param name="onnxRuntime">The sources of <see cref="OnnxRuntimeForUnity"/>; where they are missing, the DLL of ONNX Runtime stands for them.</param>
    public Surroundings(UnityCompiler compiler, EngineAssemblies engine, PackageContents? onnxRuntime)
    {
        (Compiler, Engine, _onnxRuntime) = (compiler, engine, onnxRuntime);
    }

    /// <summary>What compiles the project.</summary>
    public UnityCompiler Compiler { get; }

    /// <summary>Unity's assemblies.</summary>
    public EngineAssemblies Engine { get; }

    /// <summary>Where everything comes from, for people.</summary>
    public IEnumerable<string> Description =>
    [
        $"Unity: {Engine.Description}{(Engine.HasEngine ? "" : ", which have no UnityEngine: what needs it is left out")}{(Engine.HasEngine && !Engine.HasEditor ? ", which have no UnityEditor: what needs it is left out" : "")}",
        _onnxRuntime != null ? $"{OnnxRuntimeForUnity.Name} {OnnxRuntimeForUnity.Version}: its sources"
            : $"{OnnxRuntimeForUnity.Name} {OnnxRuntimeForUnity.Version}: not fetched; the DLL of Microsoft.ML.OnnxRuntime {NuGetPackages.Version("Microsoft.ML.OnnxRuntime.Managed")} stands for it",
        $"Microsoft.ML.OnnxRuntime {NuGetPackages.Version("Microsoft.ML.OnnxRuntime.Managed")}, MathNet.Numerics {NuGetPackages.Version("MathNet.Numerics")}, NUnit {NuGetPackages.Version("NUnit")}: their DLLs from NuGet",
    ];

    /// <summary>A project with the package and Unity's Test Framework.</summary>
    public UnityProject Project(PackageContents package, PackageManifest manifest)
    {
        var project = new UnityProject();
        project.Packages.Add(new InstalledPackage(manifest.Name, manifest.Version) { Contents = package });
        project.Packages.Add(new InstalledPackage("com.unity.test-framework", "1.1.33") { Assemblies = Named(OptionalPackage.TestRunners), Dlls = [NuGetPackages.NUnit] });
        foreach (OptionalPackage optional in OptionalPackage.All.Where(optional => manifest.Dependencies.ContainsKey(optional.Id)))
            project.Packages.Add(new InstalledPackage(optional.Id, manifest.Dependencies[optional.Id]) { Assemblies = Named(optional.Assemblies) });
        return project;
    }

    /// <summary>Adds ONNX Runtime as a package.</summary>
    public void AddOnnxRuntimePackage(UnityProject project, string version = OnnxRuntimeForUnity.Version) => project.Packages.Add(new InstalledPackage(OnnxRuntimeForUnity.Name, version)
    {
        IsForeign = true,
        Contents = _onnxRuntime,
        Assemblies = _onnxRuntime != null ? new Dictionary<string, CompiledAssembly>() : new Dictionary<string, CompiledAssembly> { [OnnxRuntimeForUnity.Name] = Compiler.Load(NuGetPackages.OnnxRuntime) },
    });

    /// <summary>Adds MathNet.Numerics as a package with its DLL.</summary>
    public static void AddMathNetPackage(UnityProject project) =>
        project.Packages.Add(new InstalledPackage(OptionalPackage.MathNet.Id, NuGetPackages.Version("MathNet.Numerics")) { Dlls = [NuGetPackages.MathNet] });

    /// <summary>Adds Burst.</summary>
    public void AddBurst(UnityProject project, string version = "1.8.0")
    {
        if (project.VersionOf(OptionalPackage.Burst.Id) == null) project.Packages.Add(new InstalledPackage(OptionalPackage.Burst.Id, version) { Assemblies = Named(OptionalPackage.Burst.Assemblies) });
    }

    private Dictionary<string, CompiledAssembly> Named(string[] names) => names.Select(Engine.Find).OfType<CompiledAssembly>().ToDictionary(assembly => assembly.Name);
}
