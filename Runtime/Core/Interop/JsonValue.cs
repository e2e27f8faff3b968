using System;
using System.Collections.Generic;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text;

namespace Recurrent
{
    /// <summary>
    /// A JSON value (RFC 8259), read strictly: nothing beyond the grammar, no name twice in an object, valid UTF-8, and never more than the limits.
    /// What a value is asked for and is not ends in a <see cref="JsonFormatException"/> with the place in the text.
    /// </summary>
    public sealed class JsonValue
    {
        private readonly long _bits; // a whole number itself, the bits of any other double, or 1 for true
        private readonly object? _content; // a string, the elements of an array, or the members of an object
        private readonly bool _isWhole;

        private JsonValue(JsonKind kind, int offset, long bits = 0, object? content = null, bool isWhole = false)
        {
            Kind = kind;
            Offset = offset;
            _bits = bits;
            _content = content;
            _isWhole = isWhole;
        }

        internal static JsonValue Null(int offset) => new JsonValue(JsonKind.Null, offset);

        internal static JsonValue Of(bool value, int offset) => new JsonValue(JsonKind.Boolean, offset, value ? 1 : 0);

        internal static JsonValue Of(long value, int offset) => new JsonValue(JsonKind.Number, offset, value, isWhole: true);

        internal static JsonValue Of(double value, int offset) => new JsonValue(JsonKind.Number, offset, BitConverter.DoubleToInt64Bits(value));

        internal static JsonValue Of(string value, int offset) => new JsonValue(JsonKind.String, offset, content: value);

        internal static JsonValue Of(JsonValue[] items, int offset) => new JsonValue(JsonKind.Array, offset, content: items);

        internal static JsonValue Of(string[] names, JsonValue[] values, int offset)
        {
            var members = new Members(names, values);
            int duplicate = members.Index.FindDuplicate();
            if (duplicate >= 0) throw new JsonFormatException(values[duplicate].Offset, $"the object has the name '{names[duplicate]}' twice.");
            return new JsonValue(JsonKind.Object, offset, content: members);
        }

        /// <summary>Reads a UTF-8 text that holds exactly one value, white space around it allowed.</summary>
        /// <exception cref="JsonFormatException">The text is not JSON, or exceeds the limits.</exception>
        public static JsonValue Parse(ReadOnlySpan<byte> utf8, JsonLimits? limits = null) => JsonReader.Read(utf8, limits ?? JsonLimits.Default);

        /// <summary>Reads a text that holds exactly one value, white space around it allowed. Offsets in errors count its UTF-8 bytes.</summary>
        /// <exception cref="JsonFormatException">The text is not JSON, or exceeds the limits.</exception>
        public static JsonValue Parse(string text, JsonLimits? limits = null)
        {
            limits ??= JsonLimits.Default;
            if (text.Length > limits.MaxBytes) throw new JsonFormatException(0, $"the text has more than {limits.MaxBytes} bytes.");
            try
            {
                return JsonReader.Read(JsonReader.StrictUtf8.GetBytes(text), limits);
            }
            catch (EncoderFallbackException exception)
            {
                throw new JsonFormatException(Math.Max(0, exception.Index), "the text has half of a surrogate pair.");
            }
        }

        /// <summary>What this value is.</summary>
        public JsonKind Kind { get; }

        /// <summary>Where the value begins in the text, in bytes.</summary>
        public int Offset { get; }

        /// <summary>How many elements an array has, or members an object; 0 for everything else.</summary>
        public int Count => Values.Length;

        /// <summary>The elements of an array, or the values of an object, in the order of the text; empty for everything else.</summary>
        public IReadOnlyList<JsonValue> Items => Values;

        /// <summary>The names of an object's members, in the order of the text; empty for everything else.</summary>
        public IReadOnlyList<string> Names => (_content as Members)?.Names ?? Array.Empty<string>();

        /// <summary>The element of an array, or the value of an object's member, at a position.</summary>
        /// <exception cref="JsonFormatException">There is no such position.</exception>
        public JsonValue this[int position] => (uint)position < (uint)Count
            ? Values[position]
            : throw new JsonFormatException(Offset, $"expected at least {position + 1} entries, got {Describe()}.");

        /// <summary>The value of an object's member.</summary>
        /// <exception cref="JsonFormatException">This is not an object, or has no such member.</exception>
        public JsonValue this[string name] => TryGet(name, out JsonValue? value)
            ? value
            : throw new JsonFormatException(Offset, $"expected an object with '{name}', got {Describe()}.");

        /// <summary>Finds the value of an object's member; false if this is not an object or has no such member.</summary>
        public bool TryGet(string name, [NotNullWhen(true)] out JsonValue? value)
        {
            var members = _content as Members;
            int position = members == null ? -1 : members.Index.Find(name);
            value = position < 0 ? null : members!.Values[position];
            return position >= 0;
        }

        /// <summary>This value as a truth value.</summary>
        /// <exception cref="JsonFormatException">It is something else.</exception>
        public bool AsBoolean() => Kind == JsonKind.Boolean ? _bits != 0 : throw Unexpected("true or false");

        /// <summary>This value as a string.</summary>
        /// <exception cref="JsonFormatException">It is something else.</exception>
        public string AsString() => Kind == JsonKind.String ? (string)_content! : throw Unexpected("a string");

        /// <summary>This value as a whole number, exactly. A number written with a point or an exponent is not one.</summary>
        /// <exception cref="JsonFormatException">It is something else, or beyond 64 bits.</exception>
        public long AsInt64() => _isWhole ? _bits : throw Unexpected("a whole number of 64 bits");

        /// <summary>This value as a whole number, exactly. A number written with a point or an exponent is not one.</summary>
        /// <exception cref="JsonFormatException">It is something else, or beyond 32 bits.</exception>
        public int AsInt32() => _isWhole && _bits == (int)_bits ? (int)_bits : throw Unexpected("a whole number of 32 bits");

        /// <summary>This value as the double nearest to the number written.</summary>
        /// <exception cref="JsonFormatException">It is something else.</exception>
        public double AsDouble()
        {
            if (Kind != JsonKind.Number) throw Unexpected("a number");
            return _isWhole ? _bits : BitConverter.Int64BitsToDouble(_bits);
        }

        /// <summary>This value as a float, narrowed from the nearest double.</summary>
        /// <exception cref="JsonFormatException">It is something else, or beyond the range of a float.</exception>
        public float AsSingle()
        {
            float value = (float)AsDouble();
            return float.IsInfinity(value) ? throw Unexpected("a number in the range of a float") : value;
        }

        private JsonValue[] Values => _content as JsonValue[] ?? (_content as Members)?.Values ?? Array.Empty<JsonValue>();

        private JsonFormatException Unexpected(string expected) => new JsonFormatException(Offset, $"expected {expected}, got {Describe()}.");

        private string Describe() => Kind switch
        {
            JsonKind.Null => "null",
            JsonKind.Boolean => _bits != 0 ? "true" : "false",
            JsonKind.Number => AsDouble().ToString("R", CultureInfo.InvariantCulture),
            JsonKind.String => "a string",
            JsonKind.Array => $"an array of {Count}",
            _ => $"an object of {Count} members",
        };

        private sealed class Members
        {
            public Members(string[] names, JsonValue[] values)
            {
                Names = names;
                Values = values;
                Index = new NameIndex(names);
            }

            public string[] Names { get; }

            public JsonValue[] Values { get; }

            public NameIndex Index { get; }
        }
    }
}
