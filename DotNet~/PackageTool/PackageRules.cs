using System;
using System.Collections.Generic;
using System.Linq;

namespace Recurrent.PackageTool;

/// <summary>Everything that is checked of a package.</summary>
public static class PackageRules
{
    /// <summary>The rules, each with what it is called.</summary>
    public static readonly (string Name, Func<PackageContents, IEnumerable<Problem>> Check)[] All =
    [
        ("manifest", ManifestRule.Check),
        ("conventions", ConventionRule.Check),
        ("assemblies", AsmdefRule.Check),
        ("optional packages", OptionalRule.Check),
        ("scripts", ScriptRule.Check),
        ("tests", TestRule.Check),
        ("bridges", BridgeRule.Check),
        ("modules", ModulesRule.Check),
        ("metas", package => MetasRule.Check(package.Folder)),
        ("GUIDs", package => GuidRule.Check(package)),
        ("scenes", SceneRule.Check),
        ("documents", DocumentRule.Check),
    ];

    /// <summary>What every rule finds.</summary>
    public static IReadOnlyList<Problem> Check(PackageContents package) => All.SelectMany(rule => rule.Check(package)).ToList();
}
