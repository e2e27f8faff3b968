using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using NUnit.Framework;

namespace Recurrent.PackageTool.Tests;

/// <summary>The repository that these tests were built from.</summary>
internal static class Repository
{
    public static string Root { get; } = PackageFolder.FindRoot(TestContext.CurrentContext.TestDirectory);

    private static readonly Lazy<PackageContents> Read = new(() => new PackageContents(new PackageFolder(Root)));

    private static readonly Lazy<Surroundings> Around = new(() =>
    {
        var compiler = new UnityCompiler();
        return new Surroundings(compiler, EngineAssemblies.Doubles(Path.Combine(Root, "DotNet~"), compiler), OnnxRuntimeForUnity.Find());
    });

    /// <summary>The repository as a package.</summary>
    public static PackageContents Contents => Read.Value;

    /// <summary>What the repository is compiled against; what one test compiled, another need not compile again.</summary>
    public static Surroundings Surroundings => Around.Value;

    /// <summary>The files of these kinds below a folder, without build outputs.</summary>
    public static IEnumerable<string> Files(string folder, params string[] extensions)
    {
        string start = Path.Combine(Root, folder);
        return !Directory.Exists(start) ? [] : Directory.EnumerateFiles(start, "*", SearchOption.AllDirectories)
            .Where(file => extensions.Length == 0 || extensions.Contains(Path.GetExtension(file)))
            .Where(file => !Relative(file).Split('/').Any(part => part is ".git" or "artifacts" or "bin" or "obj"))
            .Order(StringComparer.Ordinal);
    }

    public static string Relative(string file) => Path.GetRelativePath(Root, file).Replace('\\', '/');
}
