using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Reflection;

namespace Recurrent.PackageTool;

/// <summary>The NuGet packages that were restored with this tool: where they lie, and which versions.</summary>
public static class NuGetPackages
{
    private static readonly Dictionary<string, string> Metadata = typeof(NuGetPackages).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
        .ToDictionary(attribute => attribute.Key, attribute => attribute.Value ?? "");

    /// <summary>The version of a package.</summary>
    public static string Version(string id) => Metadata[id].Trim('[', ']');

    /// <summary>A file or folder of a package.</summary>
    /// <exception cref="FileNotFoundException">It is not there.</exception>
    public static string Find(string id, string path)
    {
        string full = Path.Combine(Metadata["NuGetPackageRoot"], id.ToLowerInvariant(), Version(id), path);
        if (!Path.Exists(full)) throw new FileNotFoundException($"{id} {Version(id)}: no {path} in {full}; restore DotNet~/PackageTool.");
        return full;
    }

    /// <summary>MathNet.Numerics as Unity loads it.</summary>
    public static string MathNet => Find("MathNet.Numerics", "lib/netstandard2.0/MathNet.Numerics.dll");

    /// <summary>The managed part of ONNX Runtime as Unity loads it.</summary>
    public static string OnnxRuntime => Find("Microsoft.ML.OnnxRuntime.Managed", "lib/netstandard2.0/Microsoft.ML.OnnxRuntime.dll");

    /// <summary>NUnit, a little newer than the one in Unity's Test Framework.</summary>
    public static string NUnit => Find("NUnit", "lib/netstandard1.6/nunit.framework.dll");

    /// <summary>The reference assemblies of netstandard2.1.</summary>
    public static IEnumerable<string> NetStandard => Directory.EnumerateFiles(Find("NETStandard.Library.Ref", "ref/netstandard2.1"), "*.dll").Order(System.StringComparer.Ordinal);
}
