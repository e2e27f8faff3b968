using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Reflection;

namespace UnityEngine;

/// <summary>Start-up methods, and the assemblies that have them.</summary>
internal static class StartUp
{
    /// <summary>All types, in the order in which they run; the first scene comes before the last of them.</summary>
    public static readonly RuntimeInitializeLoadType[] BeforeScene =
    {
        RuntimeInitializeLoadType.SubsystemRegistration,
        RuntimeInitializeLoadType.AfterAssembliesLoaded,
        RuntimeInitializeLoadType.BeforeSplashScreen,
        RuntimeInitializeLoadType.BeforeSceneLoad,
    };

    /// <summary>The assemblies beside the program that know the engine, those too that nothing refers to, as a build with AlwaysLinkAssembly has them.</summary>
    public static IReadOnlyList<Assembly> Beside(string folder)
    {
        var found = new List<Assembly>();
        foreach (string file in Directory.GetFiles(folder, "*.dll").OrderBy(file => file, StringComparer.Ordinal))
        {
            try
            {
                Assembly assembly = Assembly.Load(AssemblyName.GetAssemblyName(file));
                if (assembly.GetReferencedAssemblies().Any(reference => reference.Name == "UnityEngine")) found.Add(assembly);
            }
            catch (Exception e) when (e is BadImageFormatException or FileNotFoundException or FileLoadException)
            {
                // A native library, or one whose own libraries are not there.
            }
        }

        return found;
    }

    public static void Run(IEnumerable<Assembly> assemblies, RuntimeInitializeLoadType type)
    {
        foreach (MethodInfo method in assemblies.SelectMany(assembly => assembly.GetTypes())
            .SelectMany(found => found.GetMethods(BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly)))
        {
            if (method.GetCustomAttribute<RuntimeInitializeOnLoadMethodAttribute>()?.loadType != type) continue;
            try
            {
                method.Invoke(null, BindingFlags.DoNotWrapExceptions, null, null, null);
            }
            catch (Exception e)
            {
                Debug.LogException(e);
            }
        }
    }
}
