using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Reflection;
using UnityEngine;
using UnityPlayer;

namespace Play;

/// <summary>Where samples and their scenes are, and what they may refer to.</summary>
internal static class Stage
{
    /// <summary>The assemblies whose scripts and start-up methods a sample may use.</summary>
    public static IReadOnlyList<Assembly> Assemblies { get; } = StartUp.Beside(AppContext.BaseDirectory).Where(assembly => assembly.GetName().Name is not ("UnityPlayer" or "Play")).ToArray();

    /// <summary>The package's folder: the nearest with a package.json, from a folder upwards.</summary>
    public static string FindPackage(string start)
    {
        for (DirectoryInfo? folder = new(start); folder != null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "package.json"))) return folder.FullName;
        }

        throw new IOException($"{start}: neither it nor a folder above it has a package.json.");
    }

    /// <summary>The one scene of a sample, or the scene file that is named.</summary>
    public static string FindScene(string package, string sample)
    {
        if (sample.EndsWith(".unity", StringComparison.Ordinal)) return File.Exists(sample) ? Path.GetFullPath(sample) : throw new IOException($"{sample}: there is no such file.");
        string samples = Path.Combine(package, "Samples~"), folder = Path.Combine(samples, sample);
        string[] scenes = Directory.Exists(folder) ? Directory.GetFiles(folder, "*.unity", SearchOption.AllDirectories) : [];
        if (scenes.Length == 1) return scenes[0];
        string known = Directory.Exists(samples) ? string.Join(", ", Directory.GetDirectories(samples).Select(Path.GetFileName).Order()) : "none";
        throw new IOException(scenes.Length == 0 ? $"{sample}: no sample with a scene; there are: {known}." : $"{sample}: expected one scene, there are {scenes.Length}.");
    }

    /// <summary>What a scene may refer to: its own folder, the package's run time, and what was named beside it.</summary>
    public static AssetFolders Assets(string package, string scene, IReadOnlyList<Assembly> assemblies) =>
        new(new[] { Path.GetDirectoryName(scene)!, Path.Combine(package, "Runtime"), Path.Combine(package, "Samples~") }.Where(Directory.Exists).Distinct(), assemblies);
}
