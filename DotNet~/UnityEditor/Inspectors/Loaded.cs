using System;
using System.Collections.Generic;
using System.Linq;

namespace UnityEditor;

/// <summary>The types of the assemblies that know the editor.</summary>
internal static class Loaded
{
    public static IEnumerable<Type> Types() => AppDomain.CurrentDomain.GetAssemblies()
        .Where(assembly => !assembly.IsDynamic && assembly.GetReferencedAssemblies().Any(reference => reference.Name == "UnityEditor"))
        .SelectMany(assembly => assembly.GetTypes());
}
