using System;

namespace UnityEditor.Build;

public readonly struct NamedBuildTarget : IEquatable<NamedBuildTarget>, IComparable<NamedBuildTarget>
{
    public static readonly NamedBuildTarget Unknown = new("");
    public static readonly NamedBuildTarget Standalone = new("Standalone");
    public static readonly NamedBuildTarget Server = new("Server");
    public static readonly NamedBuildTarget iOS = new("iPhone");
    public static readonly NamedBuildTarget Android = new("Android");
    public static readonly NamedBuildTarget WebGL = new("WebGL");
    public static readonly NamedBuildTarget WindowsStoreApps = new("Windows Store Apps");
    public static readonly NamedBuildTarget PS4 = new("PS4");
    public static readonly NamedBuildTarget XboxOne = new("XboxOne");
    public static readonly NamedBuildTarget tvOS = new("tvOS");
    public static readonly NamedBuildTarget NintendoSwitch = new("Nintendo Switch");
    public static readonly NamedBuildTarget LinuxHeadlessSimulation = new("LinuxHeadlessSimulation");
    public static readonly NamedBuildTarget EmbeddedLinux = new("EmbeddedLinux");
    public static readonly NamedBuildTarget QNX = new("QNX");

    private NamedBuildTarget(string name) => TargetName = name;

    public string TargetName { get; }

    public static bool operator ==(NamedBuildTarget lhs, NamedBuildTarget rhs) => lhs.Equals(rhs);

    public static bool operator !=(NamedBuildTarget lhs, NamedBuildTarget rhs) => !lhs.Equals(rhs);

    public static NamedBuildTarget FromBuildTargetGroup(BuildTargetGroup buildTargetGroup) => buildTargetGroup switch
    {
        BuildTargetGroup.Unknown => Unknown,
        BuildTargetGroup.Standalone => Standalone,
        BuildTargetGroup.iOS => iOS,
        BuildTargetGroup.WSA => WindowsStoreApps,
        BuildTargetGroup.Switch => NintendoSwitch,
        _ => new NamedBuildTarget(buildTargetGroup.ToString()),
    };

    public bool Equals(NamedBuildTarget other) => TargetName == other.TargetName;

    public int CompareTo(NamedBuildTarget other) => string.CompareOrdinal(TargetName, other.TargetName);

    public override bool Equals(object obj) => obj is NamedBuildTarget other && Equals(other);

    public override int GetHashCode() => TargetName?.GetHashCode() ?? 0;
}
