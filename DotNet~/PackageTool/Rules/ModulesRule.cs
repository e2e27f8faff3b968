using System;
using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Recurrent.PackageTool;

/// <summary>A project can have Unity's built-in modules disabled: those that the package's scripts use stand among its dependencies.</summary>
public static class ModulesRule
{
    // The types of each module that a package like this one is likely to use; the manual names the module of every type.
    private static readonly Dictionary<string, string[]> Types = new()
    {
        ["com.unity.modules.uielements"] = ["UIElements"],
        ["com.unity.modules.imgui"] = ["GUI", "GUILayout", "GUIContent", "GUIStyle", "GUISkin", "GUIUtility", "EditorGUI", "EditorGUILayout"],
        ["com.unity.modules.jsonserialize"] = ["JsonUtility"],
        ["com.unity.modules.physics"] = ["Physics", "Rigidbody", "Collider", "BoxCollider", "SphereCollider", "CapsuleCollider", "MeshCollider", "CharacterController", "RaycastHit", "Collision"],
        ["com.unity.modules.physics2d"] = ["Physics2D", "Rigidbody2D", "Collider2D", "BoxCollider2D", "CircleCollider2D", "RaycastHit2D", "Collision2D"],
        ["com.unity.modules.animation"] = ["Animator", "Animation", "AnimationClip"],
        ["com.unity.modules.audio"] = ["AudioSource", "AudioClip", "AudioListener"],
        ["com.unity.modules.particlesystem"] = ["ParticleSystem"],
        ["com.unity.modules.imageconversion"] = ["ImageConversion"],
        ["com.unity.modules.unitywebrequest"] = ["UnityWebRequest"],
        ["com.unity.modules.ai"] = ["NavMesh", "NavMeshAgent"],
        ["com.unity.modules.terrain"] = ["Terrain", "TerrainData"],
        ["com.unity.modules.ui"] = ["Canvas", "CanvasGroup", "CanvasRenderer"],
    };

    /// <summary>The modules that are missing among the dependencies, each with the place that needs it.</summary>
    public static IEnumerable<Problem> Check(PackageContents package)
    {
        if (!package.Has(PackageManifest.FileName)) yield break;
        IReadOnlyDictionary<string, string> dependencies = PackageManifest.Read(package.Folder.Root).Dependencies;
        HashSet<string> own = package.Scripts.SelectMany(script => script.Root.DescendantNodes()).OfType<BaseTypeDeclarationSyntax>().Select(type => type.Identifier.ValueText).ToHashSet();
        var named = new HashSet<string>();
        foreach (ScriptFile script in package.Scripts)
        {
            // What a sample needs is the business of whoever imports it.
            if (package.AssemblyOf(script.Path) is not { NoEngineReferences: false, IsTest: false } || script.Path.StartsWith("Samples~/", StringComparison.Ordinal)) continue;
            foreach (IdentifierNameSyntax name in script.Root.DescendantNodes().OfType<IdentifierNameSyntax>())
            {
                if (own.Contains(name.Identifier.ValueText)) continue;
                string? module = Types.FirstOrDefault(entry => entry.Value.Contains(name.Identifier.ValueText)).Key;
                if (module != null && !dependencies.ContainsKey(module) && named.Add(module))
                    yield return new Problem(script.Place(name), $"uses {name.Identifier.ValueText} of {module}, which is not among the dependencies of package.json");
            }
        }
    }
}
