using System;
using System.Collections.Generic;
using System.Linq;

namespace RecurrentEditor.Setup
{
    /// <summary>How well something is.</summary>
    internal enum SetupState
    {
        /// <summary>Not there, and not missed.</summary>
        Off,

        /// <summary>There, and in use.</summary>
        On,

        /// <summary>There, and not in use, or not as it should be.</summary>
        Incomplete,

        /// <summary>It keeps scripts from compiling, or will.</summary>
        Broken,
    }

    /// <summary>What the set-up says of one part: a state, sentences, and what can be done.</summary>
    internal sealed class SetupEntry
    {
        public SetupEntry(OptionalPart part, SetupState state, string status, IReadOnlyList<SetupAction> actions) => (Part, State, Status, Actions) = (part, state, status, actions);

        public OptionalPart Part { get; }

        public SetupState State { get; }

        public string Status { get; }

        public IReadOnlyList<SetupAction> Actions { get; }
    }

    /// <summary>All that the set-up says of a project. Decides from facts alone.</summary>
    internal sealed class SetupReport
    {
        private readonly SetupFacts _facts;
        private readonly ProjectManifest? _manifest;

        /// <summary>Looks at a project.</summary>
        public SetupReport(SetupFacts facts)
        {
            _facts = facts;
            try
            {
                _manifest = facts.Manifest == null ? null : ProjectManifest.Parse(facts.Manifest);
                if (facts.Manifest == null) ManifestProblem = "Packages/manifest.json is not there.";
            }
            catch (FormatException e)
            {
                ManifestProblem = $"Packages/manifest.json cannot be read, {e.Message}. It was left as it is; mend it by hand before a registry is added.";
            }

            Entries = OptionalPart.All.Select(Judge).ToList();
        }

        /// <summary>One for each part.</summary>
        public IReadOnlyList<SetupEntry> Entries { get; }

        /// <summary>Why no registry can be added to the manifest; null where one can.</summary>
        public string? ManifestProblem { get; }

        /// <summary>The addresses of the registries in the manifest, to choose from.</summary>
        public IReadOnlyList<string> KnownAddresses => _manifest?.ScopedRegistries.Select(registry => registry.Url).Where(url => url.Length > 0).Distinct().ToList() ?? new List<string>();

        /// <summary>What keeps scripts from compiling, in one sentence each, for the console.</summary>
        public IEnumerable<string> Alarms => Entries.Where(entry => entry.State == SetupState.Broken).Select(entry => $"{entry.Part.Title}: {entry.Status}");

        /// <summary>Why an address cannot be a registry's; null where it can.</summary>
        public static string? ProblemOf(string address)
        {
            if (address.Trim().Length == 0) return "No address yet.";
            if (!Uri.TryCreate(address.Trim(), UriKind.Absolute, out Uri? uri)) return "This is no address.";
            if (uri.Scheme != Uri.UriSchemeHttps) return "The address must begin with https://";
            return uri.UserInfo.Length > 0 || uri.Query.Length > 0 || uri.Fragment.Length > 0 ? "The address must hold no name, password, question mark or #." : null;
        }

        /// <summary>Whether a version is at least another, by its first three numbers.</summary>
        public static bool IsAtLeast(string version, string least) => Core(version) is { } have && Core(least) is { } need && have >= need;

        private static Version? Core(string version) => Version.TryParse(version.Split('-', '+')[0], out Version? parsed) ? parsed : null;

        private SetupEntry Judge(OptionalPart part)
        {
            string? version = _facts.Packages.TryGetValue(part.Package, out string? found) ? found : null;
            IReadOnlyList<string> dlls = _facts.DllsOf(part), with = _facts.TargetsWith(part.Define, true), without = _facts.TargetsWith(part.Define, false);
            if (version != null && dlls.Count > 0)
            {
                return Entry(part, SetupState.Broken, $"It is here twice: the package {version}, and {Listed(dlls)}. Keep one of them.",
                    dlls.Select(Show).Append(new SetupAction(SetupDeed.RemovePackage, part.Package, "Remove the package")));
            }

            if (version != null) return JudgePackage(part, version, with);
            if (dlls.Count > 1) return Entry(part, SetupState.Broken, $"{dlls.Count} DLLs have one name, which Unity refuses: {Listed(dlls)}. Keep one of them.", dlls.Select(Show));
            if (dlls.Count == 1 && without.Count > 0)
            {
                return Entry(part, SetupState.Incomplete, $"{dlls[0]} is here, and the package does not know: the define {part.Define} is not set{(with.Count > 0 ? $" for {string.Join(", ", without)}" : "")}.",
                    new[] { new SetupAction(SetupDeed.SetDefine, part.Define, with.Count > 0 ? "Set the define for every build target" : "Set the define"), Show(dlls[0]) });
            }

            if (dlls.Count == 1) return Entry(part, SetupState.On, $"{dlls[0]}, with the define {part.Define}.", new[] { new SetupAction(SetupDeed.RemoveDefine, part.Define, "Remove the define"), Show(dlls[0]) });
            if (with.Count > 0)
            {
                return Entry(part, SetupState.Broken, $"The define {part.Define} was left behind: {part.Dll} is not here, and what needs it does not compile.",
                    Adding(part).Prepend(new SetupAction(SetupDeed.RemoveDefine, part.Define, "Remove the define")));
            }

            if (part.Needs != null && !_facts.Packages.ContainsKey(part.Needs.Package))
                return Entry(part, SetupState.Off, _facts.DllsOf(part.Needs).Count > 0 ? $"Belongs to the package {part.Needs.Package}; with a DLL, take {part.Needs.NuGetPackage}.Gpu instead of {part.Needs.NuGetPackage}." : $"Needs {part.Needs.Title} first.", Enumerable.Empty<SetupAction>());
            return Entry(part, SetupState.Off, "Not installed.", Adding(part));
        }

        private SetupEntry JudgePackage(OptionalPart part, string version, IReadOnlyList<string> with)
        {
            SetupAction remove = new SetupAction(SetupDeed.RemovePackage, part.Package, "Remove the package");
            if (!IsAtLeast(version, part.LeastVersion)) return Entry(part, SetupState.Incomplete, $"The package {version} is too old: {part.LeastVersion} or later is seen.", Adding(part, "Update").Append(remove));
            if (with.Count > 0)
                return Entry(part, SetupState.Incomplete, $"The package {version} is in use; the define {part.Define} of a DLL that is not here was left behind.", new[] { new SetupAction(SetupDeed.RemoveDefine, part.Define, "Remove the define"), remove });
            if (part.Needs == null) return Entry(part, SetupState.On, $"Package {version}.", part == OptionalPart.Burst ? Enumerable.Empty<SetupAction>() : new[] { remove });
            if (!_facts.Packages.TryGetValue(part.Needs.Package, out string? needed)) return Entry(part, SetupState.Incomplete, $"Package {version}, of no use without {part.Needs.Package}.", new[] { remove });
            return needed == version
                ? Entry(part, SetupState.On, $"Package {version}.", new[] { remove })
                : Entry(part, SetupState.Broken, $"Package {version}, and {part.Needs.Package} {needed}: two versions of one library. Make them the same.", Adding(part, "Update").Concat(Adding(part.Needs, $"Update {part.Needs.Title}")).Append(remove));
        }

        // The ways in which a package can come: from a registry that is known, from one that is to be said, by NuGetForUnity.
        private IEnumerable<SetupAction> Adding(OptionalPart part, string verb = "Add")
        {
            string label = $"{verb} {part.Package}{(part.Version.Length > 0 ? $" {part.Version}" : "")}";
            bool isServed = part.Scope.Length == 0 || _manifest?.ScopedRegistries.Any(registry => registry.Serves(part.Package)) == true;
            if (isServed) yield return new SetupAction(SetupDeed.AddPackage, part.Identifier, label);
            else if (ManifestProblem == null) yield return new SetupAction(SetupDeed.AddPackageFromRegistry, part.Identifier, label);
            if (part.NuGetPackage.Length > 0 && _facts.HasNuGetForUnity && verb == "Add") yield return new SetupAction(SetupDeed.OpenNuGet, part.NuGetPackage, $"Open NuGetForUnity for {part.NuGetPackage}");
            if (part.Page.Length > 0) yield return new SetupAction(SetupDeed.OpenPage, part.Page, "Open its page");
        }

        private static SetupEntry Entry(OptionalPart part, SetupState state, string status, IEnumerable<SetupAction> actions) => new SetupEntry(part, state, status, actions.ToList());

        private static SetupAction Show(string path) => new SetupAction(SetupDeed.ShowAsset, path, $"Show {path}");

        private static string Listed(IReadOnlyList<string> paths) => string.Join(", ", paths);
    }
}
