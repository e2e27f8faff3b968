using System;
using System.Collections.Generic;
using UnityEditor.Build;

namespace UnityEditor;

public sealed class PlayerSettings
{
    private static readonly Dictionary<NamedBuildTarget, string> s_defines = new();

    private PlayerSettings()
    {
    }

    /// <summary>How often defines were set: every time a compilation.</summary>
    internal static int Changes { get; private set; }

    public static string GetScriptingDefineSymbols(NamedBuildTarget buildTarget) => s_defines.TryGetValue(Known(buildTarget), out string defines) ? defines : "";

    public static void GetScriptingDefineSymbols(NamedBuildTarget buildTarget, out string[] defines) =>
        defines = GetScriptingDefineSymbols(buildTarget).Split(new[] { ';' }, StringSplitOptions.RemoveEmptyEntries);

    public static void SetScriptingDefineSymbols(NamedBuildTarget buildTarget, string defines)
    {
        s_defines[Known(buildTarget)] = defines;
        Changes++;
    }

    public static void SetScriptingDefineSymbols(NamedBuildTarget buildTarget, string[] defines) => SetScriptingDefineSymbols(buildTarget, string.Join(";", defines));

    internal static void Forget()
    {
        s_defines.Clear();
        Changes = 0;
    }

    private static NamedBuildTarget Known(NamedBuildTarget target) =>
        string.IsNullOrEmpty(target.TargetName) ? throw new ArgumentException("Please specify a valid build target") : target;
}
