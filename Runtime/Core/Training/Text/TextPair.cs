using System;
using System.Collections.Generic;
using System.IO;
using System.Text;

namespace Recurrent
{
    /// <summary>A text and what it is translated to.</summary>
    public readonly struct TextPair
    {
        private const int MaxBytes = 1 << 29;

        /// <summary>Pairs two texts.</summary>
        public TextPair(string source, string target)
        {
            Source = source ?? throw new ArgumentNullException(nameof(source));
            Target = target ?? throw new ArgumentNullException(nameof(target));
        }

        /// <summary>What is translated.</summary>
        public string Source { get; }

        /// <summary>What it is translated to.</summary>
        public string Target { get; }

        /// <summary>
        /// Reads a file of two columns separated by a tab, a pair a line, without a header: UTF-8, lines ending with LF or CRLF. Nothing is a quote, and
        /// white space at the ends of a column is left out. Empty lines at the end are ignored.
        /// </summary>
        /// <exception cref="DataFileException">A line has not two columns, or one of them is empty; or there is no line, or the text is no UTF-8.</exception>
        /// <exception cref="IOException">The file cannot be opened or read.</exception>
        public static IReadOnlyList<TextPair> Load(string path)
        {
            if (path is null) throw new ArgumentNullException(nameof(path));
            using var stream = File.OpenRead(path);
            if (stream.Length > MaxBytes) throw new DataFileException(path, 0, "", $"it is longer than the {MaxBytes >> 20} MB that may be read");
            try
            {
                using var reader = new StreamReader(stream, new UTF8Encoding(false, throwOnInvalidBytes: true));
                return Parse(reader.ReadToEnd(), path);
            }
            catch (DecoderFallbackException)
            {
                throw new DataFileException(path, 0, "", "it is no UTF-8 text");
            }
        }

        /// <summary>Reads text that is in memory already; as from a file.</summary>
        /// <param name="text">The lines.</param>
        /// <param name="name">What errors call it.</param>
        /// <exception cref="DataFileException">A line has not two columns, or one of them is empty; or there is no line.</exception>
        public static IReadOnlyList<TextPair> Parse(string text, string name = "(text)")
        {
            if (text is null) throw new ArgumentNullException(nameof(text));
            string[] lines = text.TrimStart('\uFEFF').Split('\n');
            int count = lines.Length;
            while (count > 0 && string.IsNullOrWhiteSpace(lines[count - 1])) count--;
            if (count == 0) throw new DataFileException(name, 0, "", "it has no line, expected a source and a target separated by a tab on every line");
            var pairs = new TextPair[count];
            for (int i = 0; i < count; i++)
            {
                string[] columns = lines[i].Split('\t');
                if (columns.Length != 2) throw new DataFileException(name, i + 1, "", $"expected two columns separated by a tab, got {columns.Length}");
                string source = columns[0].Trim(), target = columns[1].Trim();
                if (source.Length == 0) throw new DataFileException(name, i + 1, "source", "it is empty");
                if (target.Length == 0) throw new DataFileException(name, i + 1, "target", "it is empty");
                pairs[i] = new TextPair(source, target);
            }
            return pairs;
        }

        /// <summary>Both texts.</summary>
        public override string ToString() => $"{Source} → {Target}";
    }
}
