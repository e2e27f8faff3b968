using System;

namespace Recurrent
{
    /// <summary>
    /// IEEE 754 binary16 (half precision) as its bits: 1 sign, 5 exponent, 10 fraction. Largest finite value 65504, smallest positive 2⁻²⁴.
    /// </summary>
    public static class Float16
    {
        /// <summary>The float with exactly this value. A NaN keeps its sign and fraction.</summary>
        public static float ToSingle(ushort bits)
        {
            int sign = (bits & 0x8000) << 16;
            int exponent = (bits >> 10) & 0x1F;
            int fraction = bits & 0x3FF;
            if (exponent == 0)
            {
                // Zero and subnormals are fraction · 2⁻²⁴, exact in a float.
                float magnitude = fraction * (1f / (1 << 24));
                return BitConverter.Int32BitsToSingle(sign | BitConverter.SingleToInt32Bits(magnitude));
            }
            int wide = exponent == 0x1F ? 0xFF : exponent - 15 + 127;
            return BitConverter.Int32BitsToSingle(sign | (wide << 23) | (fraction << 13));
        }

        /// <summary>The bits of the nearest half, ties to even; beyond ±65519.99… infinity. A NaN stays a quiet NaN of the same sign.</summary>
        public static ushort FromSingle(float value)
        {
            int bits = BitConverter.SingleToInt32Bits(value);
            int sign = (bits >> 16) & 0x8000;
            int magnitude = bits & 0x7FFFFFFF;
            if (magnitude > 0x7F800000) return (ushort)(sign | 0x7E00 | ((magnitude >> 13) & 0x1FF));
            if (magnitude >= 0x477FF000) return (ushort)(sign | 0x7C00); // 65520 and above
            if (magnitude >= 0x38800000) // 2⁻¹⁴ and above: a normal half
                return (ushort)(sign | RoundShift(magnitude - ((127 - 15) << 23), 13));

            // A subnormal half: the significand shifted to units of 2⁻²⁴.
            int shift = 126 - (magnitude >> 23);
            if (shift > 24) return (ushort)sign; // below 2⁻²⁵
            return (ushort)(sign | RoundShift((magnitude & 0x7FFFFF) | 0x800000, shift));
        }

        /// <summary>value · 2^−shift, rounded to the nearest, ties to even.</summary>
        private static int RoundShift(int value, int shift)
        {
            int half = 1 << (shift - 1);
            int odd = (value >> shift) & 1;
            return (value + half - 1 + odd) >> shift;
        }
    }
}
