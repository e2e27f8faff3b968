using System;

namespace Recurrent
{
    /// <summary>Brain floating point as its bits: the upper half of a float (1 sign, 8 exponent, 7 fraction).</summary>
    public static class BFloat16
    {
        /// <summary>The float with exactly this value.</summary>
        public static float ToSingle(ushort bits) => BitConverter.Int32BitsToSingle(bits << 16);

        /// <summary>The bits of the nearest bfloat16, ties to even. A NaN stays a quiet NaN of the same sign.</summary>
        public static ushort FromSingle(float value)
        {
            int bits = BitConverter.SingleToInt32Bits(value);
            if ((bits & 0x7FFFFFFF) > 0x7F800000) return (ushort)((bits >> 16) | 0x40);
            int odd = (bits >> 16) & 1;
            return (ushort)((uint)(bits + 0x7FFF + odd) >> 16);
        }
    }
}
