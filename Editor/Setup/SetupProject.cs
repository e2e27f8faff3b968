using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using UnityEditor;
using UnityEditor.PackageManager;
using UnityEditor.PackageManager.Requests;
using UnityEngine;
using PackageInfo = UnityEditor.PackageManager.PackageInfo;

namespace RecurrentEditor.Setup
{
    /// <summary>The open project: what the set-up reads of it and does to it.</summary>
    internal static class SetupProject
    {
        private const string NuGetMenu = "NuGet/Manage NuGet Packages";

        /// <summary>What the project has now.</summary>
        public static SetupFacts Read()
        {
            Dictionary<string, string> packages = PackageInfo.GetAllRegisteredPackages().ToDictionary(package => package.name, package => package.version);
            List<string> dlls = PluginImporter.GetAllImporters()
                .Where(plugin => !plugin.isNativePlugin && (plugin.GetCompatibleWithAnyPlatform() || plugin.GetCompatibleWithEditor()))
                .Select(plugin => plugin.assetPath).Distinct().ToList();
            return new SetupFacts
            {
                Packages = packages,
                Dlls = dlls,
                Defines = ScriptingDefines.Read(),
                Manifest = ManifestFile.Read(),
                HasNuGetForUnity = packages.Keys.Any(name => name.EndsWith(".nugetforunity", StringComparison.Ordinal))
                    || dlls.Exists(path => Path.GetFileName(path).Equals("NuGetForUnity.dll", StringComparison.OrdinalIgnoreCase)),
            };
        }

        /// <summary>Does what a button says, where that needs no more than the button.</summary>
        /// <returns>What is under way, or null.</returns>
        public static Request? Do(SetupAction action)
        {
            switch (action.Deed)
            {
                case SetupDeed.AddPackage:
                    return Client.Add(action.Subject);
                case SetupDeed.RemovePackage:
                    return EditorUtility.DisplayDialog("Recurrent", $"Remove {action.Subject} from this project?", "Remove", "Cancel") ? Client.Remove(action.Subject) : null;
                case SetupDeed.SetDefine:
                    ScriptingDefines.Set(action.Subject, true);
                    return null;
                case SetupDeed.RemoveDefine:
                    ScriptingDefines.Set(action.Subject, false);
                    return null;
                case SetupDeed.OpenNuGet:
                    if (!EditorApplication.ExecuteMenuItem(NuGetMenu)) Debug.LogWarning($"Recurrent: the menu {NuGetMenu} is not there; open NuGetForUnity by hand and install {action.Subject}.");
                    return null;
                case SetupDeed.OpenPage:
                    Application.OpenURL(action.Subject);
                    return null;
                case SetupDeed.ShowAsset:
                    Selection.activeObject = AssetDatabase.LoadMainAssetAtPath(action.Subject);
                    EditorGUIUtility.PingObject(Selection.activeObject);
                    return null;
                default:
                    throw new ArgumentException($"{action} needs an address.", nameof(action));
            }
        }

        /// <summary>Writes a registry with a scope into the manifest.</summary>
        /// <returns>The manifest's text before and after.</returns>
        /// <exception cref="IOException">The manifest cannot be written.</exception>
        /// <exception cref="FormatException">The manifest cannot be read.</exception>
        public static (string Before, string After) WriteRegistry(string address, string scope)
        {
            string before = ManifestFile.Read() ?? throw new IOException($"{ManifestFile.Place} is not there.");
            string after = ProjectManifest.Parse(before).WithScope(new Uri(address).Host, address, scope).Text;
            if (after != before) ManifestFile.Replace(before, after);
            return (before, after);
        }

        /// <summary>Opens the manual.</summary>
        public static void OpenManual()
        {
            string folder = PackageInfo.FindForAssembly(typeof(SetupProject).Assembly)?.resolvedPath ?? "";
            EditorUtility.OpenWithDefaultApp(Path.Combine(folder, "Documentation~", "editor.md"));
        }
    }
}
