namespace Recurrent.PackageTool;

/// <summary>What an asmdef defines, for itself alone, where a package is installed.</summary>
/// <param name="Package">The package's name.</param>
/// <param name="Expression">The versions of it; see <see cref="VersionRange"/>.</param>
/// <param name="Define">The symbol.</param>
public readonly record struct VersionDefine(string Package, string Expression, string Define);
