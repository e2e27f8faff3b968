using System;
using System.Buffers.Binary;

namespace Recurrent.Onnx
{
    /// <summary>
    /// The bits of each element type. Layouts: onnx.proto (TensorProto) and, for the 8-bit floats, the ONNX page "Float stored in 8 bits".
    /// </summary>
    internal static class OnnxElements
    {
        /// <summary>Bits an element takes in raw data; 0 for texts and for types this reader does not know.</summary>
        public static int Bits(OnnxDataType type)
        {
            switch (type)
            {
                case OnnxDataType.UInt2:
                case OnnxDataType.Int2:
                    return 2;
                case OnnxDataType.UInt4:
                case OnnxDataType.Int4:
                case OnnxDataType.Float4E2M1:
                    return 4;
                case OnnxDataType.UInt8:
                case OnnxDataType.Int8:
                case OnnxDataType.Bool:
                case OnnxDataType.Float8E4M3FN:
                case OnnxDataType.Float8E4M3FNUZ:
                case OnnxDataType.Float8E5M2:
                case OnnxDataType.Float8E5M2FNUZ:
                case OnnxDataType.Float8E8M0:
                    return 8;
                case OnnxDataType.UInt16:
                case OnnxDataType.Int16:
                case OnnxDataType.Float16:
                case OnnxDataType.BFloat16:
                    return 16;
                case OnnxDataType.Float:
                case OnnxDataType.Int32:
                case OnnxDataType.UInt32:
                    return 32;
                case OnnxDataType.Int64:
                case OnnxDataType.UInt64:
                case OnnxDataType.Double:
                case OnnxDataType.Complex64:
                    return 64;
                case OnnxDataType.Complex128:
                    return 128;
                default:
                    return 0;
            }
        }

        public static bool IsInteger(OnnxDataType type)
        {
            switch (type)
            {
                case OnnxDataType.UInt2:
                case OnnxDataType.Int2:
                case OnnxDataType.UInt4:
                case OnnxDataType.Int4:
                case OnnxDataType.UInt8:
                case OnnxDataType.Int8:
                case OnnxDataType.UInt16:
                case OnnxDataType.Int16:
                case OnnxDataType.UInt32:
                case OnnxDataType.Int32:
                case OnnxDataType.UInt64:
                case OnnxDataType.Int64:
                case OnnxDataType.Bool:
                    return true;
                default:
                    return false;
            }
        }

        /// <summary>The integer at an index; false where an unsigned one does not fit.</summary>
        public static bool TryToInt64(OnnxDataType type, ReadOnlySpan<byte> data, int index, out long value)
        {
            value = 0;
            switch (type)
            {
                case OnnxDataType.UInt2:
                    value = Field(data, index, 2);
                    return true;
                case OnnxDataType.Int2:
                    value = SignExtend(Field(data, index, 2), 2);
                    return true;
                case OnnxDataType.UInt4:
                    value = Field(data, index, 4);
                    return true;
                case OnnxDataType.Int4:
                    value = SignExtend(Field(data, index, 4), 4);
                    return true;
                case OnnxDataType.UInt8:
                    value = data[index];
                    return true;
                case OnnxDataType.Bool:
                    value = data[index] == 0 ? 0 : 1;
                    return true;
                case OnnxDataType.Int8:
                    value = (sbyte)data[index];
                    return true;
                case OnnxDataType.UInt16:
                    value = BinaryPrimitives.ReadUInt16LittleEndian(data.Slice(2 * index));
                    return true;
                case OnnxDataType.Int16:
                    value = BinaryPrimitives.ReadInt16LittleEndian(data.Slice(2 * index));
                    return true;
                case OnnxDataType.UInt32:
                    value = BinaryPrimitives.ReadUInt32LittleEndian(data.Slice(4 * index));
                    return true;
                case OnnxDataType.Int32:
                    value = BinaryPrimitives.ReadInt32LittleEndian(data.Slice(4 * index));
                    return true;
                case OnnxDataType.Int64:
                    value = BinaryPrimitives.ReadInt64LittleEndian(data.Slice(8 * index));
                    return true;
                case OnnxDataType.UInt64:
                    ulong unsigned = BinaryPrimitives.ReadUInt64LittleEndian(data.Slice(8 * index));
                    value = (long)unsigned;
                    return unsigned <= long.MaxValue;
                default:
                    return false;
            }
        }

        /// <summary>The number at an index; for complex types the index counts real and imaginary parts.</summary>
        public static double ToDouble(OnnxDataType type, ReadOnlySpan<byte> data, int index)
        {
            switch (type)
            {
                case OnnxDataType.Float:
                case OnnxDataType.Complex64:
                    return BitConverter.Int32BitsToSingle(BinaryPrimitives.ReadInt32LittleEndian(data.Slice(4 * index)));
                case OnnxDataType.Double:
                case OnnxDataType.Complex128:
                    return BitConverter.Int64BitsToDouble(BinaryPrimitives.ReadInt64LittleEndian(data.Slice(8 * index)));
                case OnnxDataType.Float16:
                    return Float16.ToSingle(BinaryPrimitives.ReadUInt16LittleEndian(data.Slice(2 * index)));
                case OnnxDataType.BFloat16:
                    return BFloat16.ToSingle(BinaryPrimitives.ReadUInt16LittleEndian(data.Slice(2 * index)));
                case OnnxDataType.Float8E4M3FN:
                    return Small(data[index], 4, 3, 7, Specials.NaNIsAllOnes);
                case OnnxDataType.Float8E4M3FNUZ:
                    return Small(data[index], 4, 3, 8, Specials.NaNIsNegativeZero);
                case OnnxDataType.Float8E5M2:
                    return Float16.ToSingle((ushort)(data[index] << 8)); // the upper half of a half
                case OnnxDataType.Float8E5M2FNUZ:
                    return Small(data[index], 5, 2, 16, Specials.NaNIsNegativeZero);
                case OnnxDataType.Float8E8M0:
                    return data[index] == 0xFF ? double.NaN : Math.Pow(2, data[index] - 127);
                case OnnxDataType.Float4E2M1:
                    return Small(Field(data, index, 4), 2, 1, 1, Specials.None);
                case OnnxDataType.UInt64:
                    return BinaryPrimitives.ReadUInt64LittleEndian(data.Slice(8 * index));
                default:
                    if (!TryToInt64(type, data, index, out long value))
                        throw new InvalidOperationException($"OnnxTensor: elements of type {type} are not numbers.");
                    return value;
            }
        }

        private enum Specials
        {
            None,
            NaNIsAllOnes,
            NaNIsNegativeZero,
        }

        private static int Field(ReadOnlySpan<byte> data, int index, int bits)
        {
            int perByte = 8 / bits;
            return (data[index / perByte] >> (index % perByte * bits)) & ((1 << bits) - 1);
        }

        private static int SignExtend(int value, int bits) => value << (32 - bits) >> (32 - bits);

        /// <summary>(-1)^s 2^(e - bias) 1.m, subnormal (-1)^s 2^(1 - bias) 0.m; what NaN is differs by format; none has an infinity.</summary>
        private static double Small(int raw, int exponentBits, int mantissaBits, int bias, Specials specials)
        {
            int mantissa = raw & ((1 << mantissaBits) - 1);
            int exponent = (raw >> mantissaBits) & ((1 << exponentBits) - 1);
            bool negative = (raw >> (mantissaBits + exponentBits)) != 0;

            if (specials == Specials.NaNIsAllOnes && exponent == (1 << exponentBits) - 1 && mantissa == (1 << mantissaBits) - 1)
                return double.NaN;
            if (specials == Specials.NaNIsNegativeZero && negative && exponent == 0 && mantissa == 0)
                return double.NaN;

            double fraction = (double)mantissa / (1 << mantissaBits);
            double magnitude = exponent == 0
                ? Math.Pow(2, 1 - bias) * fraction
                : Math.Pow(2, exponent - bias) * (1 + fraction);
            return negative ? -magnitude : magnitude;
        }
    }
}
