using System;
using System.Collections.Generic;
using System.Linq;

namespace RecurrentEditor.Setup
{
    /// <summary>A registry of packages in a project's manifest: where it is, and for which packages Unity asks it.</summary>
    internal sealed class ScopedRegistry
    {
        public ScopedRegistry(string name, string url, IReadOnlyList<string> scopes) => (Name, Url, Scopes) = (name, url, scopes);

        public string Name { get; }

        public string Url { get; }

        public IReadOnlyList<string> Scopes { get; }

        /// <summary>Whether Unity asks it for a package: it has an address, and a scope is the package's name or the beginning of it.</summary>
        public bool Serves(string package) => Url.Length > 0 && Scopes.Any(scope => scope == package || package.StartsWith(scope + ".", StringComparison.Ordinal));
    }
}
