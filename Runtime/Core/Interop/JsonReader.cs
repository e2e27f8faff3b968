using System;
using System.Buffers.Text;
using System.Collections.Generic;
using System.Globalization;
using System.Text;

namespace Recurrent
{
    /// <summary>Reads RFC 8259's grammar and nothing else, one method a rule.</summary>
    internal ref struct JsonReader
    {
        /// <summary>Longer than any number that a program writes, and short enough to stay cheap.</summary>
        private const int MaxNumberLength = 1024;

        /// <summary>UTF-8 that refuses what is not, both ways.</summary>
        public static readonly UTF8Encoding StrictUtf8 = new UTF8Encoding(false, throwOnInvalidBytes: true);

        private readonly ReadOnlySpan<byte> _text;
        private readonly JsonLimits _limits;
        private int _position;
        private int _entries;

        private JsonReader(ReadOnlySpan<byte> text, JsonLimits limits)
        {
            _text = text;
            _limits = limits;
            _position = 0;
            _entries = 0;
        }

        public static JsonValue Read(ReadOnlySpan<byte> text, JsonLimits limits)
        {
            if (text.Length > limits.MaxBytes) throw new JsonFormatException(0, $"the text has {text.Length} bytes, more than {limits.MaxBytes}.");
            try
            {
                StrictUtf8.GetCharCount(text);
            }
            catch (DecoderFallbackException exception)
            {
                throw new JsonFormatException(Math.Max(0, exception.Index), "the text is not valid UTF-8.");
            }
            var reader = new JsonReader(text, limits);
            reader.SkipWhiteSpace();
            JsonValue value = reader.ReadValue(depth: 0);
            reader.SkipWhiteSpace();
            if (reader._position < text.Length) throw reader.Expected("the end of the text");
            return value;
        }

        private int Peek => _position < _text.Length ? _text[_position] : -1;

        private JsonValue ReadValue(int depth)
        {
            int start = _position;
            switch (Peek)
            {
                case '{': return ReadObject(depth + 1);
                case '[': return ReadArray(depth + 1);
                case '"': return JsonValue.Of(ReadString(), start);
                case 't': ReadWord("true"); return JsonValue.Of(true, start);
                case 'f': ReadWord("false"); return JsonValue.Of(false, start);
                case 'n': ReadWord("null"); return JsonValue.Null(start);
                case '-': return ReadNumber();
                default: return IsDigit(Peek) ? ReadNumber() : throw Expected("a value");
            }
        }

        private JsonValue ReadObject(int depth)
        {
            int start = Enter(depth);
            var names = new List<string>();
            var values = new List<JsonValue>();
            if (Peek != '}')
            {
                while (true)
                {
                    CountEntry();
                    if (Peek != '"') throw Expected("a name in quotes");
                    names.Add(ReadString());
                    SkipWhiteSpace();
                    Read(':');
                    values.Add(ReadValue(depth));
                    SkipWhiteSpace();
                    if (Peek != ',') break;
                    Read(',');
                }
            }
            if (Peek != '}') throw Expected("',' or '}'");
            _position++;
            return JsonValue.Of(names.ToArray(), values.ToArray(), start);
        }

        private JsonValue ReadArray(int depth)
        {
            int start = Enter(depth);
            var items = new List<JsonValue>();
            if (Peek != ']')
            {
                while (true)
                {
                    CountEntry();
                    items.Add(ReadValue(depth));
                    SkipWhiteSpace();
                    if (Peek != ',') break;
                    Read(',');
                }
            }
            if (Peek != ']') throw Expected("',' or ']'");
            _position++;
            return JsonValue.Of(items.ToArray(), start);
        }

        private JsonValue ReadNumber()
        {
            int start = _position;
            bool isWhole = true;
            if (Peek == '-') _position++;
            if (Peek == '0') _position++;
            else ReadDigits();
            if (Peek == '.')
            {
                isWhole = false;
                _position++;
                ReadDigits();
            }
            if (Peek == 'e' || Peek == 'E')
            {
                isWhole = false;
                _position++;
                if (Peek == '+' || Peek == '-') _position++;
                ReadDigits();
            }
            ReadOnlySpan<byte> digits = _text.Slice(start, _position - start);
            if (digits.Length > MaxNumberLength) throw new JsonFormatException(start, $"the number has more than {MaxNumberLength} characters.");

            // -0 is a number, but no whole number: it would lose its sign.
            bool isNegativeZero = digits.Length == 2 && digits[0] == '-' && digits[1] == '0';
            if (isWhole && !isNegativeZero && Utf8Parser.TryParse(digits, out long whole, out int read) && read == digits.Length)
                return JsonValue.Of(whole, start);
            if (isNegativeZero) return JsonValue.Of(-0.0, start);
            if (!double.TryParse(Encoding.ASCII.GetString(digits), NumberStyles.Float, CultureInfo.InvariantCulture, out double value) || double.IsInfinity(value))
                throw new JsonFormatException(start, "the number is beyond the range of a double.");
            return JsonValue.Of(value, start);
        }

        private void ReadDigits()
        {
            if (!IsDigit(Peek)) throw Expected("a digit");
            while (IsDigit(Peek)) _position++;
        }

        private string ReadString()
        {
            int start = ++_position;
            StringBuilder? unescaped = null;
            while (true)
            {
                int next = Peek;
                if (next < 0x20) throw Expected("a character or the closing quote");
                if (next == '"') break;
                if (next != '\\')
                {
                    _position++;
                    continue;
                }
                unescaped ??= new StringBuilder();
                unescaped.Append(StrictUtf8.GetString(_text.Slice(start, _position - start)));
                ReadEscape(unescaped);
                start = _position;
            }
            string rest = StrictUtf8.GetString(_text.Slice(start, _position - start));
            _position++;
            return unescaped == null ? rest : unescaped.Append(rest).ToString();
        }

        private void ReadEscape(StringBuilder destination)
        {
            int start = _position++;
            switch (Peek)
            {
                case '"': case '\\': case '/': destination.Append((char)Peek); break;
                case 'b': destination.Append('\b'); break;
                case 'f': destination.Append('\f'); break;
                case 'n': destination.Append('\n'); break;
                case 'r': destination.Append('\r'); break;
                case 't': destination.Append('\t'); break;
                case 'u':
                    char first = ReadHex();
                    destination.Append(first);
                    if (!char.IsSurrogate(first)) return;
                    bool paired = char.IsHighSurrogate(first) && Peek == '\\' && _position + 1 < _text.Length && _text[_position + 1] == 'u';
                    if (paired)
                    {
                        _position++;
                        char second = ReadHex();
                        destination.Append(second);
                        paired = char.IsLowSurrogate(second);
                    }
                    if (!paired) throw new JsonFormatException(start, "the escape is half of a surrogate pair.");
                    return;
                default: throw Expected("one of \"\\/bfnrtu after a backslash");
            }
            _position++;
        }

        private char ReadHex()
        {
            int value = 0;
            _position++;
            for (int i = 0; i < 4; i++, _position++)
            {
                int c = Peek;
                int digit = IsDigit(c) ? c - '0' : c >= 'a' && c <= 'f' ? c - 'a' + 10 : c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
                if (digit < 0) throw Expected("a hexadecimal digit");
                value = value * 16 + digit;
            }
            return (char)value;
        }

        private void ReadWord(string word)
        {
            foreach (char c in word)
            {
                if (Peek != c) throw Expected(word);
                _position++;
            }
        }

        private void Read(char mark)
        {
            if (Peek != mark) throw Expected($"'{mark}'");
            _position++;
            SkipWhiteSpace();
        }

        private int Enter(int depth)
        {
            if (depth > _limits.MaxDepth) throw new JsonFormatException(_position, $"arrays and objects are nested deeper than {_limits.MaxDepth}.");
            int start = _position++;
            SkipWhiteSpace();
            return start;
        }

        private void CountEntry()
        {
            if (++_entries > _limits.MaxEntries) throw new JsonFormatException(_position, $"the text has more than {_limits.MaxEntries} entries.");
        }

        private void SkipWhiteSpace()
        {
            while (Peek == ' ' || Peek == '\t' || Peek == '\n' || Peek == '\r') _position++;
        }

        private static bool IsDigit(int c) => c >= '0' && c <= '9';

        private JsonFormatException Expected(string what)
        {
            int c = Peek;
            string got = c < 0 ? "the end of the text" : c > 0x20 && c < 0x7F ? $"'{(char)c}'" : $"the byte 0x{c:X2}";
            return new JsonFormatException(_position, $"expected {what}, got {got}.");
        }
    }
}
