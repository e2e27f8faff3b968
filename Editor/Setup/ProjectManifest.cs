using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;

namespace RecurrentEditor.Setup
{
    /// <summary>
    /// The text of <c>Packages/manifest.json</c>. A change puts characters in at one place: what the user wrote, known here or not, and how it is laid out, stays to the letter.
    /// </summary>
    internal sealed class ProjectManifest
    {
        private const string Registries = "scopedRegistries";

        private readonly JsonNode _root;

        private ProjectManifest(string text, JsonNode root) => (Text, _root) = (text, root);

        /// <summary>The whole text.</summary>
        public string Text { get; }

        /// <summary>The registries in it; an entry that is not one is passed over, as Unity does.</summary>
        public IReadOnlyList<ScopedRegistry> ScopedRegistries => (_root[Registries]?.Items ?? Array.Empty<JsonNode>()).Select(Registry).ToList();

        /// <summary>Reads a manifest.</summary>
        /// <exception cref="FormatException">It is not JSON, or its registries are no list of objects.</exception>
        public static ProjectManifest Parse(string text)
        {
            JsonNode root = JsonNode.Parse(text);
            if (root.Kind != '{') throw new FormatException("line 1: it is not an object");
            if (root[Registries] is { } list && (list.Kind != '[' || list.Items.Any(item => item.Kind != '{'))) throw new FormatException($"\"{Registries}\" is not a list of objects");
            return new ProjectManifest(text, root);
        }

        /// <summary>The same with a registry that serves a scope: a registry of that address gets the scope, or a new one is written at the end of the list.</summary>
        public ProjectManifest WithScope(string name, string url, string scope)
        {
            ScopedRegistry? known = ScopedRegistries.FirstOrDefault(registry => SameAddress(registry.Url, url));
            if (known != null && known.Scopes.Contains(scope)) return this;

            JsonNode? list = _root[Registries];
            if (known != null)
            {
                JsonNode entry = list!.Items[ScopedRegistries.ToList().FindIndex(registry => SameAddress(registry.Url, url))];
                return entry["scopes"] is { Kind: '[' } scopes
                    ? Checked(Append(scopes, Quoted(scope)), scope)
                    : entry["scopes"] == null ? Checked(Append(entry, $"\"scopes\": [{Quoted(scope)}]"), scope)
                    : throw new FormatException($"the \"scopes\" of the registry {known.Name} are not a list");
            }

            string indent = IndentOf(_root);
            string made = $"{{\n{indent}{indent}{indent}\"name\": {Quoted(name)},\n{indent}{indent}{indent}\"url\": {Quoted(url)},\n{indent}{indent}{indent}\"scopes\": [{Quoted(scope)}]\n{indent}{indent}}}";
            return Checked(list != null ? Append(list, made) : Append(_root, $"\"{Registries}\": [\n{indent}{indent}{made}\n{indent}]"), scope);
        }

        /// <summary>Whether two addresses are one, but for a slash at the end and for letters of the host.</summary>
        public static bool SameAddress(string one, string other) => string.Equals(one.TrimEnd('/'), other.TrimEnd('/'), StringComparison.OrdinalIgnoreCase);

        // Puts an item behind the last of an array or an object, laid out as the last one is.
        private string Append(JsonNode place, string item)
        {
            string newline = Text.Contains("\r\n") ? "\r\n" : "\n";
            item = item.Replace("\n", newline);
            int last = place.Kind == '{' ? place.Members.Select(member => member.Value.End).DefaultIfEmpty(-1).Last() : place.Items.Select(node => node.End).DefaultIfEmpty(-1).Last();
            if (last < 0) return Text.Substring(0, place.Start + 1) + item + Text.Substring(place.Start + 1);

            int first = place.Kind == '{' ? Text.IndexOf('"', place.Start) : place.Items[0].Start;
            string before = Text.Substring(place.Start + 1, first - place.Start - 1);
            return Text.Substring(0, last) + "," + (before.Length > 0 ? before : " ") + item + Text.Substring(last);
        }

        // What was written is read again: all that was there must be there unchanged, and the scope with it.
        private ProjectManifest Checked(string text, string scope)
        {
            ProjectManifest changed = Parse(text);
            bool keeps = _root.Members.Where(member => member.Name != Registries)
                .All(member => changed._root[member.Name] is { } now && text.Substring(now.Start, now.End - now.Start) == Text.Substring(member.Value.Start, member.Value.End - member.Value.Start));
            bool serves = changed.ScopedRegistries.Any(registry => registry.Scopes.Contains(scope));
            bool hasAll = ScopedRegistries.All(registry => changed.ScopedRegistries.Any(now => now.Name == registry.Name && now.Url == registry.Url && registry.Scopes.All(now.Scopes.Contains)));
            return keeps && serves && hasAll ? changed : throw new FormatException("it is laid out in a way that cannot be added to; add the registry by hand");
        }

        private static ScopedRegistry Registry(JsonNode entry) => new ScopedRegistry(
            entry["name"]?.Text ?? "", entry["url"]?.Text ?? "", (entry["scopes"]?.Items ?? Array.Empty<JsonNode>()).Where(scope => scope.Kind == '"').Select(scope => scope.Text).ToList());

        private string IndentOf(JsonNode root)
        {
            if (root.Members.Count == 0) return "  ";
            string before = Text.Substring(root.Start + 1, Text.IndexOf('"', root.Start) - root.Start - 1);
            string indent = before.Substring(before.LastIndexOf('\n') + 1);
            return indent.Length > 0 && before.Contains("\n") ? indent : "  ";
        }

        private static string Quoted(string text)
        {
            var quoted = new StringBuilder("\"");
            foreach (char character in text)
            {
                if (character == '"' || character == '\\') quoted.Append('\\');
                quoted.Append(character < ' ' ? ' ' : character);
            }

            return quoted.Append('"').ToString();
        }
    }
}
