using System;
using System.IO;

namespace Recurrent
{
    /// <summary>
    /// A model file that cannot be trusted: truncated, inconsistent, hostile, or not what the caller's model needs.
    /// Whoever throws it has changed nothing of the caller's model.
    /// </summary>
    public class ModelFileException : IOException
    {
        /// <summary>Says which file, and why it is refused. The message is <c>path: reason</c>.</summary>
        /// <param name="path">The path of the file, or the name the caller gave to a stream or to bytes.</param>
        /// <param name="reason">What was expected and what was found, a sentence of its own.</param>
        /// <param name="innerException">What made the file unreadable, where something did.</param>
        public ModelFileException(string path, string reason, Exception? innerException = null)
            : base(path + ": " + reason, innerException)
        {
            Path = path;
            Reason = reason;
        }

        /// <summary>The path of the file, or the name the caller gave to a stream or to bytes.</summary>
        public string Path { get; }

        /// <summary>Why the file is refused.</summary>
        public string Reason { get; }
    }
}
