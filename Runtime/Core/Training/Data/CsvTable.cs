using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Text;

namespace Recurrent
{
    /// <summary>
    /// A table read strictly from comma-separated values (RFC 4180): a header line with the columns' names, then one record a line.
    /// Fields may be quoted (<c>""</c> is a quote, separators and line ends may stand inside), lines end with LF or CRLF, the text is UTF-8 with or without
    /// a byte order mark, empty lines at the end are ignored. Numbers are written as everywhere (<c>-1.5e3</c>), whatever the machine's language.
    /// What does not fit is refused with its line and column; nothing is guessed and no value is left out.
    /// </summary>
    public sealed class CsvTable
    {
        private const int MaxBytes = 1 << 29;
        private const int MaxListed = 40; // column names in an error
        private const NumberStyles Number = NumberStyles.Float;

        private readonly string _text;
        private readonly List<int> _bounds = new List<int>(); // start and end of every field, quotes included, record by record
        private readonly List<int> _lines = new List<int>();  // the line on which every record begins
        private readonly List<string> _columns = new List<string>();

        private CsvTable(string name, string text, char? separator)
        {
            Name = name;
            _text = text;
            Separator = separator ?? DetectSeparator(text);
            if (Separator == '"' || Separator == '\r' || Separator == '\n')
                throw new ArgumentException("CsvTable: a quote or a line end cannot be the separator.", nameof(separator));
            Scan();
        }

        /// <summary>Where the table came from: the file's path, or the name given with a stream or text.</summary>
        public string Name { get; }

        /// <summary>What stands between two fields.</summary>
        public char Separator { get; }

        /// <summary>The columns' names, from the header.</summary>
        public IReadOnlyList<string> Columns => _columns;

        /// <summary>Records below the header.</summary>
        public int RowCount => _lines.Count;

        /// <summary>Reads a file.</summary>
        /// <param name="path">The file.</param>
        /// <param name="separator">What stands between two fields; when null, whichever of <c>,</c> <c>;</c> and tab the header has most of.</param>
        /// <exception cref="DataFileException">The file is not such a table.</exception>
        /// <exception cref="IOException">The file cannot be opened or read.</exception>
        public static CsvTable Load(string path, char? separator = null)
        {
            if (path is null) throw new ArgumentNullException(nameof(path));
            using var stream = File.OpenRead(path);
            return Load(stream, path, separator);
        }

        /// <summary>Reads a stream to its end.</summary>
        /// <param name="stream">UTF-8 text; left open.</param>
        /// <param name="name">What errors call it.</param>
        /// <param name="separator">What stands between two fields; when null, whichever of <c>,</c> <c>;</c> and tab the header has most of.</param>
        /// <exception cref="DataFileException">The text is not such a table, or longer than 512 MB.</exception>
        public static CsvTable Load(Stream stream, string name = "(stream)", char? separator = null)
        {
            if (stream is null) throw new ArgumentNullException(nameof(stream));
            using var bytes = new MemoryStream();
            byte[] block = new byte[1 << 16];
            for (int read; (read = stream.Read(block, 0, block.Length)) > 0;)
            {
                if (bytes.Length + read > MaxBytes) throw new DataFileException(name, 0, "", $"it is longer than the {MaxBytes >> 20} MB that a table may have");
                bytes.Write(block, 0, read);
            }
            return new CsvTable(name, Decode(name, bytes.GetBuffer(), (int)bytes.Length), separator);
        }

        /// <summary>Reads text that is in memory already, such as a TextAsset's.</summary>
        /// <param name="text">The whole table.</param>
        /// <param name="name">What errors call it.</param>
        /// <param name="separator">What stands between two fields; when null, whichever of <c>,</c> <c>;</c> and tab the header has most of.</param>
        /// <exception cref="DataFileException">The text is not such a table.</exception>
        public static CsvTable Parse(string text, string name = "(text)", char? separator = null) =>
            new CsvTable(name, (text ?? throw new ArgumentNullException(nameof(text))).TrimStart('\uFEFF'), separator);

        /// <summary>The index of a column: by its exact name or, where none has that name, by the index itself written as a number from 0.</summary>
        /// <exception cref="ArgumentException">There is no such column, or more than one.</exception>
        public int IndexOf(string column)
        {
            int first = _columns.IndexOf(column);
            if (first >= 0)
            {
                int second = _columns.IndexOf(column, first + 1);
                if (second >= 0) throw new ArgumentException($"CsvTable: {Name} has two columns \"{column}\" (index {first} and {second}); choose one by its index.", nameof(column));
                return first;
            }
            if (int.TryParse(column, NumberStyles.None, CultureInfo.InvariantCulture, out int index) && index < _columns.Count) return index;
            throw new ArgumentException($"CsvTable: {Name} has no column \"{column}\"; it has {string.Join(", ", _columns.Take(MaxListed).Select(name => $"\"{Excerpt(name)}\""))}{(_columns.Count > MaxListed ? $" and {_columns.Count - MaxListed} more" : "")}.", nameof(column));
        }

        /// <summary>A column of numbers, by its name or index (see <see cref="IndexOf"/>).</summary>
        /// <exception cref="ArgumentException">There is no such column.</exception>
        /// <exception cref="DataFileException">A value is missing, not a number, NaN, or beyond what a float holds.</exception>
        public float[] Column(string column) => Column(IndexOf(column));

        /// <summary>A column of numbers.</summary>
        /// <param name="column">0 … columns − 1.</param>
        /// <exception cref="ArgumentOutOfRangeException">There is no such column.</exception>
        /// <exception cref="DataFileException">A value is missing, not a number, NaN, or beyond what a float holds.</exception>
        public float[] Column(int column)
        {
            CheckColumn(column);
            var values = new float[RowCount];
            for (int row = 0; row < values.Length; row++)
            {
                ReadOnlySpan<char> field = Field(row, column).Trim();
                // Whether what is too large parses to infinity or not at all depends on the runtime.
                if (!float.TryParse(field, Number, CultureInfo.InvariantCulture, out values[row]) || !float.IsFinite(values[row]))
                    throw new DataFileException(Name, _lines[row], _columns[column], field.Length == 0 ? "the value is missing" : $"expected a finite number, got \"{Excerpt(field)}\"");
            }
            return values;
        }

        /// <summary>One field as text, its quotes removed.</summary>
        /// <exception cref="ArgumentOutOfRangeException">There is no such row or column.</exception>
        public string Text(int row, int column)
        {
            CheckColumn(column);
            if ((uint)row >= (uint)RowCount) throw new ArgumentOutOfRangeException(nameof(row), $"CsvTable: expected a row below {RowCount}, got {row}.");
            return Unescape(Field(row, column));
        }

        /// <summary>The line on which a row begins, counted from 1 as an editor shows it.</summary>
        /// <exception cref="ArgumentOutOfRangeException">There is no such row.</exception>
        public int LineOf(int row)
        {
            if ((uint)row >= (uint)RowCount) throw new ArgumentOutOfRangeException(nameof(row), $"CsvTable: expected a row below {RowCount}, got {row}.");
            return _lines[row];
        }

        private void CheckColumn(int column)
        {
            if ((uint)column >= (uint)_columns.Count)
                throw new ArgumentOutOfRangeException(nameof(column), $"CsvTable: {Name} has {_columns.Count} columns, expected an index below that, got {column}.");
        }

        private ReadOnlySpan<char> Field(int row, int column)
        {
            int k = 2 * (row * _columns.Count + column);
            return Inner(_text.AsSpan(_bounds[k], _bounds[k + 1] - _bounds[k]));
        }

        private static ReadOnlySpan<char> Inner(ReadOnlySpan<char> field) => IsQuoted(field) ? field.Slice(1, field.Length - 2) : field;

        private static bool IsQuoted(ReadOnlySpan<char> field) => field.Length > 0 && field[0] == '"';

        // Where a quote stands in what Inner returns, it is one of a pair: Scan refuses all others.
        private static string Unescape(ReadOnlySpan<char> inner) => inner.ToString().Replace("\"\"", "\"");

        private void Scan()
        {
            int position = 0, line = 1;
            ScanRecord(ref position, ref line);
            if (_bounds[0] == _bounds[1] && _bounds.Count == 2) throw new DataFileException(Name, 1, "", "expected a header with the columns' names, found nothing");

            bool allNumbers = true;
            for (int k = 0; k < _bounds.Count; k += 2)
            {
                ReadOnlySpan<char> field = _text.AsSpan(_bounds[k], _bounds[k + 1] - _bounds[k]);
                allNumbers &= float.TryParse(field, Number, CultureInfo.InvariantCulture, out _);
                _columns.Add(Unescape(Inner(field)).Trim());
            }
            // Taken as a header, the first values of a file without one would vanish silently.
            if (allNumbers) throw new DataFileException(Name, 1, "", "expected a header with the columns' names, got numbers (a name that is a number stands in quotes)");
            _bounds.Clear();

            int end = _text.Length;
            while (end > position && (_text[end - 1] == '\n' || _text[end - 1] == '\r')) end--;
            while (position < end)
            {
                int before = _bounds.Count, recordLine = line;
                ScanRecord(ref position, ref line);
                int fields = (_bounds.Count - before) / 2;
                if (fields != _columns.Count)
                    throw new DataFileException(Name, recordLine, "", $"expected {_columns.Count} fields as in the header, got {fields}");
                _lines.Add(recordLine);
            }
        }

        // Adds the bounds of one record's fields and moves past its line end.
        private void ScanRecord(ref int position, ref int line)
        {
            while (true)
            {
                int start = position, end;
                int quote = SkipSpaces(position);
                if (quote < _text.Length && _text[quote] == '"')
                {
                    start = quote;
                    end = EndOfQuoted(quote, ref line);
                    position = SkipSpaces(end);
                }
                else
                {
                    while (position < _text.Length && _text[position] != Separator && _text[position] != '\n' && _text[position] != '\r' && _text[position] != '"') position++;
                    end = position;
                }
                _bounds.Add(start);
                _bounds.Add(end);

                if (position == _text.Length) return;
                char next = _text[position++];
                if (next == Separator) continue;
                if (next == '\r' && position < _text.Length && _text[position] == '\n') next = _text[position++];
                if (next == '\n')
                {
                    line++;
                    return;
                }
                throw new DataFileException(Name, line, "", next == '\r' ? "a carriage return without a line feed"
                    : next == '"' ? "a quote inside a field that does not begin with one"
                    : $"expected a separator or the line's end after a quoted field, got '{next}'");
            }
        }

        private int EndOfQuoted(int quote, ref int line)
        {
            int first = line;
            for (int i = quote + 1; i < _text.Length; i++)
            {
                if (_text[i] == '\n') line++;
                if (_text[i] != '"') continue;
                if (i + 1 == _text.Length || _text[i + 1] != '"') return i + 1;
                i++;
            }
            throw new DataFileException(Name, first, "", "a quoted field begins here and never ends");
        }

        private int SkipSpaces(int position)
        {
            while (position < _text.Length && _text[position] == ' ' && Separator != ' ') position++;
            return position;
        }

        private static char DetectSeparator(string text)
        {
            int commas = 0, semicolons = 0, tabs = 0;
            bool quoted = false;
            foreach (char c in text)
            {
                if (c == '"') quoted = !quoted;
                if (quoted) continue;
                if (c == '\n' || c == '\r') break;
                if (c == ',') commas++;
                if (c == ';') semicolons++;
                if (c == '\t') tabs++;
            }
            return tabs > commas && tabs > semicolons ? '\t' : semicolons > commas ? ';' : ',';
        }

        private static string Decode(string name, byte[] bytes, int length)
        {
            int start = length >= 3 && bytes[0] == 0xEF && bytes[1] == 0xBB && bytes[2] == 0xBF ? 3 : 0;
            try
            {
                return new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(bytes, start, length - start);
            }
            catch (DecoderFallbackException exception)
            {
                int bad = Math.Max(0, Math.Min(exception.Index, length - start)), line = 1;
                for (int i = start; i < start + bad; i++)
                    if (bytes[i] == '\n') line++;
                throw new DataFileException(name, line, "", "the text is not UTF-8");
            }
        }

        private static string Excerpt(ReadOnlySpan<char> field) => field.Length <= 40 ? field.ToString() : field.Slice(0, 40).ToString() + "…";
    }
}
