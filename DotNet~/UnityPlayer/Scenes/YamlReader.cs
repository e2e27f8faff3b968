using System;
using System.Collections.Generic;
using System.Globalization;
using System.Text;

namespace UnityPlayer;

/// <summary>
/// The part of YAML that Unity writes: mappings and lists by indentation, {…} and […] within a line or wrapped over several, texts plain or in quotation
/// marks, wrapped ones too. No anchors but those that begin a document, no tags, no comments, no block texts: where one stands, the file is refused.
/// </summary>
internal sealed class YamlReader
{
    private readonly string _file;
    private readonly string[] _lines;
    private readonly int _end;
    private int _line;

    public YamlReader(string file, string[] lines, int start, int end)
    {
        _file = file;
        _lines = lines;
        _line = start;
        _end = end;
    }

    /// <summary>All that stands between two lines.</summary>
    public YamlNode Read()
    {
        YamlNode node = Block(0);
        if (!AtEnd()) throw Error("this does not belong to what stands above");
        return node;
    }

    private YamlNode Block(int indent)
    {
        AtEnd();
        int first = _line;
        if (IsItem(_lines[_line], indent)) return new YamlNode(_file, first + 1, List(indent));
        var entries = new List<KeyValuePair<string, YamlNode>>();
        while (!AtEnd() && Indent(_lines[_line]) == indent && !IsItem(_lines[_line], indent)) entries.Add(Entry(indent, _lines[_line][indent..]));
        if (entries.Count == 0) throw Error("expected 'name: value'");
        return new YamlNode(_file, first + 1, entries);
    }

    private List<YamlNode> List(int indent)
    {
        var items = new List<YamlNode>();
        while (!AtEnd() && IsItem(_lines[_line], indent))
        {
            string rest = _lines[_line].Length > indent + 2 ? _lines[_line][(indent + 2)..] : "";
            int line = _line + 1;
            if (KeyLength(rest) > 0)
            {
                // A mapping that begins on the line of its dash.
                var entries = new List<KeyValuePair<string, YamlNode>> { Entry(indent + 2, rest) };
                while (!AtEnd() && Indent(_lines[_line]) == indent + 2 && !IsItem(_lines[_line], indent + 2)) entries.Add(Entry(indent + 2, _lines[_line][(indent + 2)..]));
                items.Add(new YamlNode(_file, line, entries));
            }
            else items.Add(Value(rest, indent));
        }

        return items;
    }

    private KeyValuePair<string, YamlNode> Entry(int indent, string text)
    {
        int length = KeyLength(text);
        if (length == 0) throw Error($"expected 'name: value', got '{text}'");
        string key = text[..length], rest = text[(length + 1)..].TrimStart(' ');
        if (rest.Length > 0) return new KeyValuePair<string, YamlNode>(key, Value(rest, indent));

        int line = ++_line;
        if (!AtEnd())
        {
            int next = Indent(_lines[_line]);
            // A list may stand as far left as its name.
            if (next > indent || IsItem(_lines[_line], indent)) return new KeyValuePair<string, YamlNode>(key, Block(next));
        }

        return new KeyValuePair<string, YamlNode>(key, new YamlNode(_file, line, ""));
    }

    // What follows a name or a dash; it may go on in lines that are indented further.
    private YamlNode Value(string first, int indent)
    {
        int line = _line + 1;
        var text = new StringBuilder(first);
        _line++;
        bool isQuoted = first.StartsWith('"') || first.StartsWith('\''), isFlow = first.StartsWith('{') || first.StartsWith('[');
        while (isQuoted ? !IsClosed(text) : isFlow ? !IsBalanced(text) : _line < _end && _lines[_line].Trim().Length > 0 && Indent(_lines[_line]) > indent)
        {
            if (_line >= _end) throw new SceneFileException(_file, line, "the value does not end");
            string more = _lines[_line++].Trim();
            // An empty line within a text is a line break of its own.
            if (more.Length == 0) text.Append('\n');
            else text.Append(text.Length > 0 && text[^1] is '\n' ? "" : text.Length > 1 && text[^1] == '\\' && first.StartsWith('"') ? "" : " ").Append(more);
        }

        string whole = text.ToString();
        if (isFlow)
        {
            int at = 0;
            YamlNode node = Flow(whole, ref at, line);
            if (whole[at..].Trim().Length > 0) throw new SceneFileException(_file, line, $"'{whole[at..]}' is left over");
            return node;
        }

        if (first.Length > 0 && first[0] is '&' or '*' or '!' or '|' or '>' or '#' or '%' or '@' or '`') throw new SceneFileException(_file, line, $"'{first[0]}' is no YAML that Unity writes");
        return new YamlNode(_file, line, isQuoted ? Unquoted(whole, line) : whole);
    }

    private YamlNode Flow(string text, ref int at, int line)
    {
        Skip(text, ref at);
        if (at >= text.Length) throw new SceneFileException(_file, line, "the value does not end");
        char open = text[at];
        if (open is not ('{' or '['))
        {
            int start = at;
            bool quoted = open is '"' or '\'';
            if (quoted)
            {
                at++;
                while (at < text.Length && text[at] != open) at += text[at] == '\\' && open == '"' ? 2 : 1;
                at++;
                return new YamlNode(_file, line, Unquoted(text[start..at], line));
            }

            while (at < text.Length && text[at] is not (',' or '}' or ']')) at++;
            return new YamlNode(_file, line, text[start..at].Trim());
        }

        at++;
        var items = new List<YamlNode>();
        var entries = new List<KeyValuePair<string, YamlNode>>();
        char close = open == '{' ? '}' : ']';
        for (Skip(text, ref at); at < text.Length && text[at] != close; Skip(text, ref at))
        {
            if (open == '{')
            {
                int colon = text.IndexOf(':', at);
                if (colon < 0) throw new SceneFileException(_file, line, "expected 'name: value'");
                string key = text[at..colon].Trim();
                at = colon + 1;
                entries.Add(new KeyValuePair<string, YamlNode>(key, Flow(text, ref at, line)));
            }
            else items.Add(Flow(text, ref at, line));

            Skip(text, ref at);
            if (at < text.Length && text[at] == ',') at++;
            else if (at >= text.Length || text[at] != close) throw new SceneFileException(_file, line, $"expected '{close}'");
        }

        if (at >= text.Length) throw new SceneFileException(_file, line, $"expected '{close}'");
        at++;
        return open == '{' ? new YamlNode(_file, line, entries) : new YamlNode(_file, line, items);
    }

    private string Unquoted(string text, int line)
    {
        char mark = text[0];
        if (text.Length < 2 || text[^1] != mark) throw new SceneFileException(_file, line, "the text does not end");
        string inner = text[1..^1];
        if (mark == '\'') return inner.Replace("''", "'");
        var result = new StringBuilder();
        for (int i = 0; i < inner.Length; i++)
        {
            if (inner[i] != '\\')
            {
                result.Append(inner[i]);
                continue;
            }

            if (++i >= inner.Length) break;
            int digits = inner[i] switch { 'x' => 2, 'u' => 4, 'U' => 8, _ => 0 };
            if (digits > 0)
            {
                if (i + digits >= inner.Length || !int.TryParse(inner.AsSpan(i + 1, digits), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out int code))
                    throw new SceneFileException(_file, line, "a broken \\ in a text");
                result.Append(char.ConvertFromUtf32(code));
                i += digits;
            }
            else
            {
                result.Append(inner[i] switch
                {
                    'n' => '\n',
                    't' => '\t',
                    'r' => '\r',
                    '0' => '\0',
                    '"' or '\\' or '/' or ' ' => inner[i],
                    _ => throw new SceneFileException(_file, line, $"\\{inner[i]} is no mark that Unity writes"),
                });
            }
        }

        return result.ToString();
    }

    private bool AtEnd()
    {
        while (_line < _end && _lines[_line].Trim().Length == 0) _line++;
        return _line >= _end;
    }

    private SceneFileException Error(string reason) => new(_file, _line + 1, reason);

    private static bool IsItem(string line, int indent) =>
        Indent(line) == indent && line.Length > indent && line[indent] == '-' && (line.Length == indent + 1 || line[indent + 1] == ' ');

    private static int Indent(string line) => line.Length - line.TrimStart(' ').Length;

    // The length of the name that a line begins with; 0 where it begins with none.
    private static int KeyLength(string text)
    {
        if (text.Length == 0 || text[0] is '{' or '[' or '"' or '\'') return 0;
        int colon = text.EndsWith(':') ? text.Length - 1 : 0;
        int inner = text.IndexOf(": ", StringComparison.Ordinal);
        return inner > 0 ? inner : colon;
    }

    private static void Skip(string text, ref int at)
    {
        while (at < text.Length && text[at] == ' ') at++;
    }

    private static bool IsClosed(StringBuilder text)
    {
        char mark = text[0];
        for (int i = 1; i < text.Length; i++)
        {
            if (mark == '"' && text[i] == '\\') i++;
            else if (text[i] == mark)
            {
                if (mark != '\'' || i + 1 >= text.Length || text[i + 1] != '\'') return true;
                i++;
            }
        }

        return false;
    }

    private static bool IsBalanced(StringBuilder text)
    {
        int depth = 0;
        char mark = '\0';
        for (int i = 0; i < text.Length; i++)
        {
            char c = text[i];
            if (mark != '\0')
            {
                if (c == '\\' && mark == '"') i++;
                else if (c == mark) mark = '\0';
            }
            else if (c is '"' && (i == 0 || text[i - 1] is ' ' or '{' or '[' or ',')) mark = c;
            else if (c is '{' or '[') depth++;
            else if (c is '}' or ']') depth--;
        }

        return depth == 0;
    }
}
