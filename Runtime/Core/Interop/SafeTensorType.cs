using System;

namespace Recurrent
{
    /// <summary>
    /// How a safetensors file stores a tensor's elements, under the format's own names, in increasing alignment.
    /// The format's types of 8 bits and less for floats (F8, F6, F4) and its complex type are not read.
    /// </summary>
    public enum SafeTensorType
    {
        /// <summary>A byte, 0 for false.</summary>
        BOOL,

        /// <summary>Unsigned, 8 bits.</summary>
        U8,

        /// <summary>Signed, 8 bits.</summary>
        I8,

        /// <summary>Signed, 16 bits.</summary>
        I16,

        /// <summary>Unsigned, 16 bits.</summary>
        U16,

        /// <summary>Half precision; see <see cref="Float16"/>.</summary>
        F16,

        /// <summary>Brain floating point; see <see cref="BFloat16"/>.</summary>
        BF16,

        /// <summary>Signed, 32 bits.</summary>
        I32,

        /// <summary>Unsigned, 32 bits.</summary>
        U32,

        /// <summary>Single precision.</summary>
        F32,

        /// <summary>Double precision.</summary>
        F64,

        /// <summary>Signed, 64 bits.</summary>
        I64,

        /// <summary>Unsigned, 64 bits.</summary>
        U64,
    }

    internal static class SafeTensorTypes
    {
        private static readonly string[] Names = { "BOOL", "U8", "I8", "I16", "U16", "F16", "BF16", "I32", "U32", "F32", "F64", "I64", "U64" };

        /// <summary>The format's name of a type.</summary>
        public static string Name(this SafeTensorType type) => Names[(int)type];

        /// <summary>How many bytes an element takes.</summary>
        public static int Size(this SafeTensorType type) =>
            type >= SafeTensorType.F64 ? 8 : type >= SafeTensorType.I32 ? 4 : type >= SafeTensorType.I16 ? 2 : 1;

        /// <summary>Whether the elements are floating-point numbers.</summary>
        public static bool IsFloat(this SafeTensorType type) =>
            type == SafeTensorType.F32 || type == SafeTensorType.F64 || type == SafeTensorType.F16 || type == SafeTensorType.BF16;

        /// <summary>Finds a type by the format's name.</summary>
        public static bool TryParse(string name, out SafeTensorType type)
        {
            int position = Array.IndexOf(Names, name);
            type = (SafeTensorType)Math.Max(0, position);
            return position >= 0;
        }

        /// <summary>A shape as errors print it: <c>(256, 64)</c>.</summary>
        public static string Print(ReadOnlySpan<int> shape)
        {
            const int shown = 8;
            return shape.Length <= shown
                ? "(" + string.Join(", ", shape.ToArray()) + ")"
                : "(" + string.Join(", ", shape.Slice(0, shown).ToArray()) + $", … {shape.Length} dimensions)";
        }
    }
}
