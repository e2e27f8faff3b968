using System.Collections.Generic;
using System.Linq;

namespace Recurrent.PackageTool;

/// <summary>Something that a project may have or lack, and that parts of the package are made for.</summary>
/// <param name="Id">The package that a version define sees.</param>
/// <param name="Assemblies">Its assemblies that an asmdef may name.</param>
/// <param name="Dlls">Its DLLs that an asmdef may name, which can also lie in a project without the package.</param>
/// <param name="RunsOnWebGL">Whether it is there on WebGL.</param>
public sealed record OptionalPackage(string Id, string[] Assemblies, string[] Dlls, bool RunsOnWebGL)
{
    /// <summary>ONNX Runtime: a package of sources, or a DLL.</summary>
    public static readonly OptionalPackage OnnxRuntime = new("com.github.asus4.onnxruntime", ["com.github.asus4.onnxruntime"], ["Microsoft.ML.OnnxRuntime.dll"], RunsOnWebGL: false);

    /// <summary>MathNet.Numerics: a DLL, which may come in a package.</summary>
    public static readonly OptionalPackage MathNet = new("org.nuget.mathnet.numerics", [], ["MathNet.Numerics.dll"], RunsOnWebGL: true);

    /// <summary>Unity's Burst.</summary>
    public static readonly OptionalPackage Burst = new("com.unity.burst", ["Unity.Burst"], [], RunsOnWebGL: true);

    /// <summary>The packages that assemblies of this package may be made for.</summary>
    public static readonly OptionalPackage[] All =
    [
        OnnxRuntime, MathNet, Burst,
        new("com.unity.mathematics", ["Unity.Mathematics"], [], RunsOnWebGL: true),
        new("com.unity.collections", ["Unity.Collections"], [], RunsOnWebGL: true),
        new("com.unity.inputsystem", ["Unity.InputSystem"], [], RunsOnWebGL: true),
        new("com.unity.ai.inference", ["Unity.InferenceEngine"], [], RunsOnWebGL: true),
        new("com.unity.sentis", ["Unity.Sentis"], [], RunsOnWebGL: true),
        new("com.unity.barracuda", ["Unity.Barracuda"], [], RunsOnWebGL: true),
        new("com.unity.ml-agents", ["Unity.ML-Agents"], [], RunsOnWebGL: true),
        new("com.unity.ugui", ["UnityEngine.UI"], [], RunsOnWebGL: true),
    ];

    /// <summary>The assemblies of Unity's Test Framework, which are there wherever tests are compiled.</summary>
    public static readonly string[] TestRunners = ["UnityEngine.TestRunner", "UnityEditor.TestRunner"];

    /// <summary>What an assembly uses itself.</summary>
    public static IEnumerable<OptionalPackage> UsedBy(Asmdef asmdef) =>
        All.Where(package => asmdef.References.Intersect(package.Assemblies).Any() || asmdef.PrecompiledReferences.Intersect(package.Dlls).Any());
}
