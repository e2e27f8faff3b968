using System;
using System.IO;

namespace Recurrent
{
    /// <summary>A data file that cannot be read as what it should be: says which file, which line and column, and why.</summary>
    public sealed class DataFileException : IOException
    {
        /// <summary>Reports a bad place in a data file.</summary>
        /// <param name="path">The file, or the name of where the text came from.</param>
        /// <param name="line">The line, counted from 1 as an editor shows it; 0 when the file as a whole is meant.</param>
        /// <param name="column">The column's name; empty when no single column is meant.</param>
        /// <param name="reason">What was expected and what was found, a sentence without a full stop.</param>
        public DataFileException(string path, int line, string column, string reason)
            : base(path + (line > 0 ? FormattableString.Invariant($", line {line}") : "") + (column.Length > 0 ? $", column \"{column}\"" : "") + ": " + reason + ".")
        {
            Path = path;
            Line = line;
            Column = column;
            Reason = reason;
        }

        /// <summary>The file, or the name of where the text came from.</summary>
        public string Path { get; }

        /// <summary>The line, counted from 1; 0 when the file as a whole is meant.</summary>
        public int Line { get; }

        /// <summary>The column's name; empty when no single column is meant.</summary>
        public string Column { get; }

        /// <summary>What was expected and what was found.</summary>
        public string Reason { get; }
    }
}
