using System;
using System.Collections.Generic;
using System.Globalization;
using System.Text;

namespace RecurrentEditor.Setup
{
    /// <summary>A value of a JSON text and where it stands there, so that a text can be changed at one place and stay what it is everywhere else. Strict: RFC 8259, nothing more.</summary>
    internal sealed class JsonNode
    {
        private const int DeepestNesting = 64;

        private readonly List<(string Name, JsonNode Value)> _members = new List<(string, JsonNode)>();
        private readonly List<JsonNode> _items = new List<JsonNode>();

        private JsonNode(char kind, int start) => (Kind, Start) = (kind, start);

        /// <summary><c>{</c> an object, <c>[</c> an array, <c>"</c> a string, <c>0</c> a number, <c>t</c>, <c>f</c> and <c>n</c> a word.</summary>
        public char Kind { get; }

        /// <summary>Where its first character stands.</summary>
        public int Start { get; }

        /// <summary>Behind its last character.</summary>
        public int End { get; private set; }

        /// <summary>What a string says, escapes resolved; empty otherwise.</summary>
        public string Text { get; private set; } = "";

        /// <summary>An object's members, in their order.</summary>
        public IReadOnlyList<(string Name, JsonNode Value)> Members => _members;

        /// <summary>An array's items.</summary>
        public IReadOnlyList<JsonNode> Items => _items;

        /// <summary>A member of an object, or null.</summary>
        public JsonNode? this[string name] => _members.Find(member => member.Name == name).Value;

        /// <summary>Reads a whole text.</summary>
        /// <exception cref="FormatException">It is not JSON; the message says in which line.</exception>
        public static JsonNode Parse(string text)
        {
            var reader = new Reader(text);
            return reader.ReadAll();
        }

        private sealed class Reader
        {
            private readonly string _text;
            private int _at;

            public Reader(string text) => _text = text;

            private char Next => _at < _text.Length ? _text[_at] : '\0';

            public JsonNode ReadAll()
            {
                JsonNode root = Read(0);
                if (_at < _text.Length) throw Wrong("there is more after the end");
                return root;
            }

            private JsonNode Read(int depth)
            {
                if (depth > DeepestNesting) throw Wrong("it is nested too deeply");
                Skip();
                char first = Next;
                var node = new JsonNode(first == '-' || char.IsDigit(first) ? '0' : first, _at);
                switch (node.Kind)
                {
                    case '{':
                        ReadObject(node, depth);
                        break;
                    case '[':
                        ReadArray(node, depth);
                        break;
                    case '"':
                        node.Text = ReadString();
                        break;
                    case '0':
                        ReadNumber();
                        break;
                    case 't':
                        Take("true");
                        break;
                    case 'f':
                        Take("false");
                        break;
                    case 'n':
                        Take("null");
                        break;
                    default:
                        throw Wrong(_at < _text.Length ? $"'{first}' begins no value" : "it ends too early");
                }

                node.End = _at;
                Skip();
                return node;
            }

            private void ReadObject(JsonNode node, int depth)
            {
                Take("{");
                Skip();
                while (Next != '}')
                {
                    if (node._members.Count > 0) TakeAndSkip(",");
                    string name = ReadString();
                    if (node[name] != null) throw Wrong($"\"{name}\" stands twice");
                    Skip();
                    Take(":");
                    node._members.Add((name, Read(depth + 1)));
                }

                Take("}");
            }

            private void ReadArray(JsonNode node, int depth)
            {
                Take("[");
                Skip();
                while (Next != ']')
                {
                    if (node._items.Count > 0) TakeAndSkip(",");
                    node._items.Add(Read(depth + 1));
                }

                Take("]");
            }

            private string ReadString()
            {
                Take("\"");
                var said = new StringBuilder();
                while (Next != '"')
                {
                    if (_at >= _text.Length || _text[_at] < ' ') throw Wrong("a string does not end");
                    char character = _text[_at++];
                    said.Append(character == '\\' ? ReadEscape() : character);
                }

                _at++;
                return said.ToString();
            }

            private char ReadEscape()
            {
                char escape = Next;
                _at++;
                if (escape != 'u')
                {
                    int plain = "\"\\/bfnrt".IndexOf(escape);
                    return plain >= 0 && escape != '\0' ? "\"\\/\b\f\n\r\t"[plain] : throw Wrong($"'\\{escape}' is no escape");
                }

                if (_at + 4 > _text.Length || !ushort.TryParse(_text.Substring(_at, 4), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out ushort code)) throw Wrong("'\\u' needs four hexadecimal digits");
                _at += 4;
                return (char)code;
            }

            private void ReadNumber()
            {
                if (Next == '-') _at++;
                if (Next == '0') _at++;
                else Digits();
                if (Next == '.')
                {
                    _at++;
                    Digits();
                }

                if (Next != 'e' && Next != 'E') return;
                _at++;
                if (Next == '+' || Next == '-') _at++;
                Digits();
            }

            private void Digits()
            {
                if (Next < '0' || Next > '9') throw Wrong("a number lacks digits");
                while (Next >= '0' && Next <= '9') _at++;
            }

            private void Take(string expected)
            {
                if (string.CompareOrdinal(_text, _at, expected, 0, expected.Length) != 0) throw Wrong($"'{expected}' is missing");
                _at += expected.Length;
            }

            private void TakeAndSkip(string expected)
            {
                Take(expected);
                Skip();
            }

            private void Skip()
            {
                while (Next == ' ' || Next == '\t' || Next == '\n' || Next == '\r') _at++;
            }

            private FormatException Wrong(string what)
            {
                int line = 1;
                for (int i = 0; i < _at && i < _text.Length; i++) if (_text[i] == '\n') line++;
                return new FormatException($"line {line}: {what}");
            }
        }
    }
}
