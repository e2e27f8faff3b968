using System;
using System.Collections.Generic;
using System.Linq;
using System.Reflection;
using UnityEditor;
using UnityEditor.Build;

namespace RecurrentEditor.Setup
{
    /// <summary>The scripting defines of all build targets that this Unity knows.</summary>
    internal static class ScriptingDefines
    {
        /// <summary>Every build target's defines, by its name.</summary>
        public static Dictionary<string, IReadOnlyList<string>> Read() => Targets().ToDictionary(target => target.TargetName, target => (IReadOnlyList<string>)Of(target));

        /// <summary>Sets a define for every build target, or takes it away; what is right already is not touched, for each change compiles.</summary>
        public static void Set(string define, bool isSet)
        {
            foreach (NamedBuildTarget target in Targets())
            {
                string[] defines = Of(target);
                if (defines.Contains(define) == isSet) continue;
                PlayerSettings.SetScriptingDefineSymbols(target, isSet ? defines.Append(define).ToArray() : defines.Where(known => known != define).ToArray());
            }
        }

        private static string[] Of(NamedBuildTarget target)
        {
            PlayerSettings.GetScriptingDefineSymbols(target, out string[] defines);
            return defines;
        }

        // The groups are asked of the editor itself, for every version has its own; those that it calls obsolete it does not accept.
        private static IEnumerable<NamedBuildTarget> Targets() => typeof(BuildTargetGroup).GetFields(BindingFlags.Public | BindingFlags.Static)
            .Where(field => !field.IsDefined(typeof(ObsoleteAttribute), false))
            .Select(field => (BuildTargetGroup)field.GetValue(null)!)
            .Where(group => group != BuildTargetGroup.Unknown).Distinct()
            .Select(NamedBuildTarget.FromBuildTargetGroup)
            .Append(NamedBuildTarget.Server)
            .Where(target => !string.IsNullOrEmpty(target.TargetName)).Distinct();
    }
}
