using System;

namespace Recurrent
{
    /// <summary>A text that is not JSON, is beyond the reader's limits, or does not hold what its reader expects.</summary>
    public class JsonFormatException : FormatException
    {
        /// <summary>Says where and why. The message is <c>byte offset: reason</c>.</summary>
        public JsonFormatException(int offset, string reason)
            : base(FormattableString.Invariant($"byte {offset}: {reason}"))
        {
            Offset = offset;
            Reason = reason;
        }

        /// <summary>Where in the UTF-8 text, in bytes from its beginning.</summary>
        public int Offset { get; }

        /// <summary>What was expected and what was found.</summary>
        public string Reason { get; }
    }
}
