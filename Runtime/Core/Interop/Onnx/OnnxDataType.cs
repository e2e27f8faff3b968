namespace Recurrent.Onnx
{
    /// <summary>The element types of an ONNX tensor, with the numbers that the format gives them (onnx.proto, TensorProto.DataType).</summary>
    public enum OnnxDataType
    {
        /// <summary>Not given, or not a tensor.</summary>
        Undefined = 0,
        /// <summary>32-bit floating point.</summary>
        Float = 1,
        /// <summary>8-bit unsigned integer.</summary>
        UInt8 = 2,
        /// <summary>8-bit signed integer.</summary>
        Int8 = 3,
        /// <summary>16-bit unsigned integer.</summary>
        UInt16 = 4,
        /// <summary>16-bit signed integer.</summary>
        Int16 = 5,
        /// <summary>32-bit signed integer.</summary>
        Int32 = 6,
        /// <summary>64-bit signed integer.</summary>
        Int64 = 7,
        /// <summary>Text.</summary>
        String = 8,
        /// <summary>One byte, 0 or 1.</summary>
        Bool = 9,
        /// <summary>IEEE 754 half precision.</summary>
        Float16 = 10,
        /// <summary>64-bit floating point.</summary>
        Double = 11,
        /// <summary>32-bit unsigned integer.</summary>
        UInt32 = 12,
        /// <summary>64-bit unsigned integer.</summary>
        UInt64 = 13,
        /// <summary>Two 32-bit floats, real and imaginary.</summary>
        Complex64 = 14,
        /// <summary>Two 64-bit floats, real and imaginary.</summary>
        Complex128 = 15,
        /// <summary>The upper half of a 32-bit float.</summary>
        BFloat16 = 16,
        /// <summary>8-bit float, 4 exponent bits of bias 7, finite values and NaN.</summary>
        Float8E4M3FN = 17,
        /// <summary>8-bit float, 4 exponent bits of bias 8, finite values and NaN, no negative zero.</summary>
        Float8E4M3FNUZ = 18,
        /// <summary>8-bit float, 5 exponent bits of bias 15.</summary>
        Float8E5M2 = 19,
        /// <summary>8-bit float, 5 exponent bits of bias 16, finite values and NaN, no negative zero.</summary>
        Float8E5M2FNUZ = 20,
        /// <summary>4-bit unsigned integer, two a byte, the first in the low half.</summary>
        UInt4 = 21,
        /// <summary>4-bit signed integer, two a byte, the first in the low half.</summary>
        Int4 = 22,
        /// <summary>4-bit float, 2 exponent bits of bias 1, two a byte.</summary>
        Float4E2M1 = 23,
        /// <summary>A power of two: 8 exponent bits of bias 127.</summary>
        Float8E8M0 = 24,
        /// <summary>2-bit unsigned integer, four a byte.</summary>
        UInt2 = 25,
        /// <summary>2-bit signed integer, four a byte.</summary>
        Int2 = 26,
    }
}
