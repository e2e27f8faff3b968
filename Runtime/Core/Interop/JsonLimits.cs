using System;

namespace Recurrent
{
    /// <summary>How much a JSON text may ask of its reader. They bound time, memory and the depth of the stack.</summary>
    public sealed class JsonLimits
    {
        /// <summary>The deepest nesting that any limits may allow.</summary>
        public const int LargestDepth = 256;

        /// <summary>What <see cref="JsonValue.Parse(ReadOnlySpan{byte}, JsonLimits)"/> allows unless told otherwise.</summary>
        public static readonly JsonLimits Default = new JsonLimits();

        /// <summary>Sets the limits.</summary>
        /// <param name="maxDepth">How many arrays and objects may stand inside each other, 1 to <see cref="LargestDepth"/>.</param>
        /// <param name="maxBytes">The length of the whole text.</param>
        /// <param name="maxEntries">How many array elements and object members there may be in all.</param>
        /// <exception cref="ArgumentOutOfRangeException">A limit is out of its range.</exception>
        public JsonLimits(int maxDepth = 64, int maxBytes = 16 << 20, int maxEntries = 500_000)
        {
            if (maxDepth < 1 || maxDepth > LargestDepth) throw new ArgumentOutOfRangeException(nameof(maxDepth), $"JsonLimits: expected a depth of 1 to {LargestDepth}, got {maxDepth}.");
            if (maxBytes < 1) throw new ArgumentOutOfRangeException(nameof(maxBytes), $"JsonLimits: expected at least 1 byte, got {maxBytes}.");
            if (maxEntries < 0) throw new ArgumentOutOfRangeException(nameof(maxEntries), $"JsonLimits: expected at least 0 entries, got {maxEntries}.");
            MaxDepth = maxDepth;
            MaxBytes = maxBytes;
            MaxEntries = maxEntries;
        }

        /// <summary>How many arrays and objects may stand inside each other.</summary>
        public int MaxDepth { get; }

        /// <summary>The length of the whole text, in bytes.</summary>
        public int MaxBytes { get; }

        /// <summary>How many array elements and object members there may be in all.</summary>
        public int MaxEntries { get; }
    }
}
