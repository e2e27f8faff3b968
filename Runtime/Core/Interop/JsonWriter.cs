using System;
using System.Collections.Generic;
using System.Globalization;
using System.Text;

namespace Recurrent
{
    /// <summary>
    /// Builds a JSON text (RFC 8259). The same calls give the same text on every platform; numbers are the shortest that read back as the same bits.
    /// </summary>
    /// <example><code>
    /// var json = new JsonWriter();
    /// json.BeginObject().Member("hidden_size", 64).Name("shape").BeginArray().Value(2).Value(3).EndArray().EndObject();
    /// json.ToString(); // {"hidden_size":64,"shape":[2,3]}
    /// </code></example>
    public sealed class JsonWriter
    {
        private readonly StringBuilder _text = new StringBuilder();
        private readonly Stack<char> _open = new Stack<char>(); // the marks that will close
        private readonly bool _indented;
        private bool _afterName;
        private bool _isFirst = true;

        /// <summary>Begins an empty text, on one line or indented by two spaces a level.</summary>
        public JsonWriter(bool indented = false) => _indented = indented;

        /// <summary>Begins an object, <c>{</c>.</summary>
        public JsonWriter BeginObject() => Begin('{', '}');

        /// <summary>Ends the object begun last, <c>}</c>.</summary>
        public JsonWriter EndObject() => End('}');

        /// <summary>Begins an array, <c>[</c>.</summary>
        public JsonWriter BeginArray() => Begin('[', ']');

        /// <summary>Ends the array begun last, <c>]</c>.</summary>
        public JsonWriter EndArray() => End(']');

        /// <summary>Writes the name of a member; its value follows. Unique names are the caller's care.</summary>
        /// <exception cref="InvalidOperationException">No object is open, or a name waits for its value.</exception>
        public JsonWriter Name(string name)
        {
            if (_afterName || _open.Count == 0 || _open.Peek() != '}') throw Misplaced("a name");
            Separate();
            AppendString(name);
            _text.Append(_indented ? ": " : ":");
            _afterName = true;
            return this;
        }

        /// <summary>Writes a string, or null.</summary>
        /// <exception cref="ArgumentException">The string has half of a surrogate pair, which UTF-8 cannot say.</exception>
        public JsonWriter Value(string? value)
        {
            if (value == null) return Literal("null");
            BeforeValue();
            AppendString(value);
            return this;
        }

        /// <summary>Writes true or false.</summary>
        public JsonWriter Value(bool value) => Literal(value ? "true" : "false");

        /// <summary>Writes a whole number.</summary>
        public JsonWriter Value(long value) => Literal(value.ToString(CultureInfo.InvariantCulture));

        /// <summary>Writes a number that reads back as the same double.</summary>
        /// <exception cref="ArgumentException">The number is not finite: JSON has no word for it.</exception>
        public JsonWriter Value(double value)
        {
            if (!double.IsFinite(value)) throw NotFinite(value);
            return Literal(Format(value));
        }

        /// <summary>Writes a number that reads back as the same float.</summary>
        /// <exception cref="ArgumentException">The number is not finite: JSON has no word for it.</exception>
        public JsonWriter Value(float value)
        {
            if (!float.IsFinite(value)) throw NotFinite(value);
            // A reader parses a double and narrows it: for the few floats that this would round twice, the double itself is written.
            string text = value.ToString("R", CultureInfo.InvariantCulture);
            return Literal(value != 0 && (float)double.Parse(text, CultureInfo.InvariantCulture) == value ? text : Format(value));
        }

        /// <summary>Writes a member that is a string, or null.</summary>
        public JsonWriter Member(string name, string? value) => Name(name).Value(value);

        /// <summary>Writes a member that is true or false.</summary>
        public JsonWriter Member(string name, bool value) => Name(name).Value(value);

        /// <summary>Writes a member that is a whole number.</summary>
        public JsonWriter Member(string name, long value) => Name(name).Value(value);

        /// <summary>Writes a member that is a number.</summary>
        public JsonWriter Member(string name, double value) => Name(name).Value(value);

        /// <summary>Writes a member that is a number.</summary>
        public JsonWriter Member(string name, float value) => Name(name).Value(value);

        /// <summary>The whole text.</summary>
        /// <exception cref="InvalidOperationException">Something is still open, or nothing was written.</exception>
        public override string ToString()
        {
            if (_open.Count > 0 || _text.Length == 0) throw Misplaced("the end");
            return _text.ToString();
        }

        /// <summary>The whole text in UTF-8, without a byte order mark.</summary>
        /// <exception cref="InvalidOperationException">Something is still open, or nothing was written.</exception>
        public byte[] ToUtf8() => Encoding.UTF8.GetBytes(ToString());

        private JsonWriter Begin(char mark, char closing)
        {
            BeforeValue();
            _text.Append(mark);
            _open.Push(closing);
            _isFirst = true;
            return this;
        }

        private JsonWriter End(char mark)
        {
            if (_afterName || _open.Count == 0 || _open.Peek() != mark) throw Misplaced($"'{mark}'");
            _open.Pop();
            if (!_isFirst) BreakLine();
            _text.Append(mark);
            _isFirst = false;
            return this;
        }

        private JsonWriter Literal(string text)
        {
            BeforeValue();
            _text.Append(text);
            return this;
        }

        private void BeforeValue()
        {
            bool isMember = _open.Count > 0 && _open.Peek() == '}';
            if (isMember != _afterName || (_open.Count == 0 && _text.Length > 0)) throw Misplaced("a value");
            if (!_afterName && _open.Count > 0) Separate();
            _afterName = false;
        }

        private void Separate()
        {
            if (!_isFirst) _text.Append(',');
            _isFirst = false;
            BreakLine();
        }

        private void BreakLine()
        {
            if (_indented) _text.Append('\n').Append(' ', 2 * _open.Count);
        }

        private void AppendString(string value)
        {
            _text.Append('"');
            for (int i = 0; i < value.Length; i++)
            {
                char c = value[i];
                switch (c)
                {
                    case '"': _text.Append("\\\""); break;
                    case '\\': _text.Append("\\\\"); break;
                    case '\b': _text.Append("\\b"); break;
                    case '\f': _text.Append("\\f"); break;
                    case '\n': _text.Append("\\n"); break;
                    case '\r': _text.Append("\\r"); break;
                    case '\t': _text.Append("\\t"); break;
                    default:
                        if (c < ' ') _text.Append("\\u").Append(((int)c).ToString("x4", CultureInfo.InvariantCulture));
                        else if (!char.IsSurrogate(c)) _text.Append(c);
                        else if (i + 1 < value.Length && char.IsSurrogatePair(c, value[i + 1])) _text.Append(c).Append(value[++i]);
                        else throw new ArgumentException($"JsonWriter: the string has half of a surrogate pair at {i}.", nameof(value));
                        break;
                }
            }
            _text.Append('"');
        }

        // Some runtimes print zero without its sign.
        private static string Format(double value) =>
            value == 0 ? (BitConverter.DoubleToInt64Bits(value) < 0 ? "-0" : "0") : value.ToString("R", CultureInfo.InvariantCulture);

        private static ArgumentException NotFinite(double value) =>
            new ArgumentException($"JsonWriter: expected a finite number, got {value.ToString(CultureInfo.InvariantCulture)}.", nameof(value));

        private InvalidOperationException Misplaced(string what) =>
            new InvalidOperationException($"JsonWriter: {what} cannot stand here, after {_text.Length} characters, in {(_open.Count == 0 ? "nothing open" : _open.Peek() == '}' ? "an object" : "an array")}.");
    }
}
