using System;

namespace UnityEditor.PackageManager;

public sealed class PackageInfo
{
    internal PackageInfo(string name, string version, PackageSource source = PackageSource.Registry, RegistryInfo registry = null) =>
        (this.name, this.version, this.source, this.registry) = (name, version, source, registry);

    public string packageId => $"{name}@{version}";

    public string name { get; }

    public string displayName => name;

    public string version { get; }

    public PackageSource source { get; }

    public RegistryInfo registry { get; }

    public string assetPath => $"Packages/{name}";

    public string resolvedPath => System.IO.Path.GetFullPath(AssetDatabase.FileOf(assetPath));

    public string documentationUrl => "";

    public static PackageInfo FindForAssetPath(string assetPath) =>
        Client.Installed.Find(package => assetPath == package.assetPath || assetPath.StartsWith(package.assetPath + "/", StringComparison.Ordinal));

    public static PackageInfo FindForAssembly(System.Reflection.Assembly assembly) => Client.Installed.Find(package => package.name == "dev.recurrent.unity");

    public static PackageInfo[] GetAllRegisteredPackages() => Client.Installed.ToArray();
}
