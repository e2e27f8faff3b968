using System;
using System.Collections.Generic;
using System.Linq;

namespace UnityEditor.Compilation;

public static class CompilationPipeline
{
    public static event Action<object> compilationStarted;

    public static event Action<object> compilationFinished;

    /// <summary>How often scripts were to be compiled anew.</summary>
    internal static int Requests { get; private set; }

    /// <summary>The DLLs that a test says the project has, by their full paths.</summary>
    internal static List<string> PrecompiledAssemblies { get; } = new();

    public static void RequestScriptCompilation() => Requests++;

    public static string[] GetPrecompiledAssemblyNames() => PrecompiledAssemblies.Select(path => System.IO.Path.GetFileName(path)).ToArray();

    public static string GetPrecompiledAssemblyPathFromAssemblyName(string assemblyName) => PrecompiledAssemblies.Find(path => System.IO.Path.GetFileName(path) == assemblyName);

    internal static void Compile()
    {
        compilationStarted?.Invoke(null);
        compilationFinished?.Invoke(null);
    }

    internal static void Forget()
    {
        (compilationStarted, compilationFinished, Requests) = (null, null, 0);
        PrecompiledAssemblies.Clear();
    }
}
