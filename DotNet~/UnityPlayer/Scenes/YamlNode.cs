using System.Collections.Generic;
using System.Globalization;
using System.Linq;

namespace UnityPlayer;

/// <summary>A piece of Unity's YAML: a text, a list, or a mapping in the order of the file.</summary>
internal sealed class YamlNode
{
    public YamlNode(string file, int line, string text) => (File, Line, Text) = (file, line, text);

    public YamlNode(string file, int line, List<YamlNode> items) => (File, Line, Items) = (file, line, items);

    public YamlNode(string file, int line, List<KeyValuePair<string, YamlNode>> entries) => (File, Line, Entries) = (file, line, entries);

    public string File { get; }

    public int Line { get; }

    public string? Text { get; }

    public List<YamlNode>? Items { get; }

    public List<KeyValuePair<string, YamlNode>>? Entries { get; }

    public YamlNode this[string key] => Find(key) ?? throw Error($"there is no {key}");

    public YamlNode? Find(string key) => Entries?.FirstOrDefault(entry => entry.Key == key).Value;

    public string AsText() => Text ?? throw Error("expected a text");

    // Unity writes an empty list as [] and one that it knows nothing of as nothing.
    public List<YamlNode> AsList() => Items ?? (Text == "" ? [] : throw Error("expected a list"));

    public float AsFloat() => float.TryParse(AsText(), NumberStyles.Float, CultureInfo.InvariantCulture, out float value) ? value
        : Text switch { ".inf" or "Infinity" => float.PositiveInfinity, "-.inf" or "-Infinity" => float.NegativeInfinity, ".nan" => float.NaN, _ => throw Error($"expected a number, got '{Text}'") };

    public long AsInteger() => long.TryParse(AsText(), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long value) ? value : throw Error($"expected a whole number, got '{Text}'");

    public bool AsFlag() => AsInteger() != 0;

    public float Float(string key) => this[key].AsFloat();

    public SceneFileException Error(string reason) => new(File, Line, reason);
}
