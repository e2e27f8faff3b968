using System.Collections.Generic;
using System.Linq;

namespace Recurrent.PackageTool;

/// <summary>What Unity compiles for: the editor or a player, with a platform chosen.</summary>
/// <param name="IsEditor">Whether the scripts are to run in the editor.</param>
/// <param name="IsWebGL">Whether the chosen platform is WebGL, which stands for all that have neither threads nor native libraries; Linux otherwise.</param>
public sealed record BuildTarget(bool IsEditor, bool IsWebGL)
{
    private static readonly string[] Versions = ["5_3", "5_4", "5_5", "5_6", "2017_1", "2017_2", "2017_3", "2017_4", "2018_1", "2018_2", "2018_3", "2018_4", "2019_1", "2019_2", "2019_3", "2019_4", "2020_1", "2020_2", "2020_3", "2021_1", "2021_2", "2021_3", "2022_1", "2022_2", "2022_3"];

    /// <summary>The version of Unity: the oldest that the package is for.</summary>
    public const string UnityVersion = "2022.3.0";

    /// <summary>The four of them.</summary>
    public static readonly BuildTarget[] All = [new(true, false), new(true, true), new(false, false), new(false, true)];

    /// <summary>What an asmdef calls it.</summary>
    public string Platform => IsEditor ? "Editor" : IsWebGL ? "WebGL" : "LinuxStandalone64";

    /// <summary>The symbols that Unity defines.</summary>
    public IEnumerable<string> Symbols
    {
        get
        {
            IEnumerable<string> symbols = Versions.Select(version => $"UNITY_{version}_OR_NEWER").Concat(
            [
                "UNITY_2022", "UNITY_2022_3", "UNITY_2022_3_0", "UNITY_64", "CSHARP_7_OR_LATER", "CSHARP_7_3_OR_NEWER", "TRACE",
                "NET_STANDARD", "NET_STANDARD_2_0", "NET_STANDARD_2_1", "NETSTANDARD", "NETSTANDARD2_1", "ENABLE_LEGACY_INPUT_MANAGER",
            ]);
            symbols = symbols.Concat(IsWebGL ? ["UNITY_WEBGL", "PLATFORM_WEBGL"] : ["UNITY_STANDALONE", "UNITY_STANDALONE_LINUX", "PLATFORM_STANDALONE", "PLATFORM_STANDALONE_LINUX"]);
            return symbols.Concat(IsEditor ? ["UNITY_EDITOR", "UNITY_EDITOR_64", "UNITY_EDITOR_LINUX", "UNITY_INCLUDE_TESTS", "UNITY_ASSERTIONS", "DEBUG", "ENABLE_MONO"]
                : IsWebGL ? ["ENABLE_IL2CPP"] : ["ENABLE_MONO"]);
        }
    }

    /// <inheritdoc/>
    public override string ToString() => $"{(IsEditor ? "editor" : "player")}, {(IsWebGL ? "WebGL" : "Linux")}";
}
