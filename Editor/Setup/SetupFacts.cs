using System;
using System.Collections.Generic;
using System.Linq;

namespace RecurrentEditor.Setup
{
    /// <summary>What a project has, as far as the set-up asks.</summary>
    internal sealed class SetupFacts
    {
        /// <summary>The installed packages' versions, by name.</summary>
        public IReadOnlyDictionary<string, string> Packages { get; set; } = new Dictionary<string, string>();

        /// <summary>The paths of the DLLs that are asked for, in the project and in its packages.</summary>
        public IReadOnlyList<string> Dlls { get; set; } = Array.Empty<string>();

        /// <summary>The scripting defines of every build target, by its name.</summary>
        public IReadOnlyDictionary<string, IReadOnlyList<string>> Defines { get; set; } = new Dictionary<string, IReadOnlyList<string>>();

        /// <summary>The manifest's text; null where there is none.</summary>
        public string? Manifest { get; set; }

        /// <summary>Whether NuGetForUnity is there.</summary>
        public bool HasNuGetForUnity { get; set; }

        /// <summary>The DLLs of a part that do not come with its package.</summary>
        public IReadOnlyList<string> DllsOf(OptionalPart part) => part.Dll.Length == 0 ? (IReadOnlyList<string>)Array.Empty<string>() : Dlls
            .Where(path => path.EndsWith("/" + part.Dll, StringComparison.OrdinalIgnoreCase) && !path.StartsWith($"Packages/{part.Package}/", StringComparison.Ordinal))
            .OrderBy(path => path, StringComparer.Ordinal).ToList();

        /// <summary>The build targets that have a define, or have it not.</summary>
        public IReadOnlyList<string> TargetsWith(string define, bool isSet) => define.Length == 0 ? (IReadOnlyList<string>)Array.Empty<string>() : Defines
            .Where(target => target.Value.Contains(define) == isSet).Select(target => target.Key).ToList();
    }
}
