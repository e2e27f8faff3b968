using System;
using System.Buffers.Binary;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Runtime.InteropServices;

namespace Recurrent.Onnx
{
    /// <summary>
    /// A constant of a model (TensorProto): element type, shape, and the elements as little-endian bytes in row-major order,
    /// whatever field or file they came from.
    /// </summary>
    public sealed class OnnxTensor : OnnxMessage
    {
        /// <summary>A tensor over bytes in the layout of the format's <c>raw_data</c>.</summary>
        /// <exception cref="ArgumentException">The number of bytes is not what type and shape say.</exception>
        public OnnxTensor(string name, OnnxDataType elementType, ReadOnlySpan<long> shape, ReadOnlyMemory<byte> data)
        {
            Name = name;
            ElementType = elementType;
            Shape = shape.ToArray();
            if (elementType == OnnxDataType.String)
                throw new ArgumentException($"OnnxTensor '{name}': texts are given as strings, not as bytes.", nameof(elementType));
            if (!TryCount(shape, out int count) || !TryByteLength(elementType, count, out int length))
                throw new ArgumentException($"OnnxTensor '{name}': {elementType}{Describe(shape)} is no tensor that fits in memory.", nameof(shape));
            if (data.Length != length)
                throw new ArgumentException(FormattableString.Invariant($"OnnxTensor '{name}': {elementType}{Describe(shape)} has {length} bytes, got {data.Length}."), nameof(data));
            Data = data;
        }

        /// <summary>A tensor of texts.</summary>
        /// <exception cref="ArgumentException">The number of texts is not what the shape says.</exception>
        public OnnxTensor(string name, ReadOnlySpan<long> shape, string[] strings)
        {
            Name = name;
            ElementType = OnnxDataType.String;
            Shape = shape.ToArray();
            if (!TryCount(shape, out int count) || count != strings.Length)
                throw new ArgumentException(FormattableString.Invariant($"OnnxTensor '{name}': shape {Describe(shape)} does not have {strings.Length} elements."), nameof(strings));
            Strings = strings;
        }

        /// <summary>The name that nodes refer to; may be empty in an attribute.</summary>
        public string Name { get; set; }

        /// <summary>The type of an element.</summary>
        public OnnxDataType ElementType { get; }

        /// <summary>The size of each axis; empty for a scalar.</summary>
        public IReadOnlyList<long> Shape { get; }

        /// <summary>The elements, little-endian, row-major, sub-byte types packed from the low bits on; empty for texts.</summary>
        public ReadOnlyMemory<byte> Data { get; }

        /// <summary>The elements of a tensor of texts; empty for every other type.</summary>
        public IReadOnlyList<string> Strings { get; } = Array.Empty<string>();

        /// <summary>A human's remark.</summary>
        public string Documentation { get; set; } = string.Empty;

        /// <summary>The number of elements: the product of <see cref="Shape"/>.</summary>
        public int Count
        {
            get
            {
                int count = 1;
                foreach (long size in Shape)
                    count *= (int)size;
                return count;
            }
        }

        /// <summary>A tensor of 32-bit floats.</summary>
        /// <exception cref="ArgumentException">The number of values is not what the shape says.</exception>
        public static OnnxTensor FromSingles(string name, ReadOnlySpan<long> shape, ReadOnlySpan<float> values)
        {
            var data = new byte[values.Length * sizeof(float)];
            for (int i = 0; i < values.Length; i++)
                BinaryPrimitives.WriteInt32LittleEndian(data.AsSpan(4 * i), BitConverter.SingleToInt32Bits(values[i]));
            return new OnnxTensor(name, OnnxDataType.Float, shape, data);
        }

        /// <summary>A tensor of 64-bit integers.</summary>
        /// <exception cref="ArgumentException">The number of values is not what the shape says.</exception>
        public static OnnxTensor FromInt64s(string name, ReadOnlySpan<long> shape, ReadOnlySpan<long> values)
        {
            var data = new byte[values.Length * sizeof(long)];
            for (int i = 0; i < values.Length; i++)
                BinaryPrimitives.WriteInt64LittleEndian(data.AsSpan(8 * i), values[i]);
            return new OnnxTensor(name, OnnxDataType.Int64, shape, data);
        }

        /// <summary>Reads a file that holds one tensor, such as the inputs and outputs of the ONNX conformance tests.</summary>
        /// <exception cref="ModelFileException">The file is missing, malformed or inconsistent.</exception>
        public static OnnxTensor Read(string path)
        {
            byte[] bytes = OnnxReader.ReadFile(path);
            return new OnnxReader(path, Path.GetDirectoryName(Path.GetFullPath(path))).ReadTensorFile(bytes);
        }

        /// <summary>Writes a file that holds this tensor alone, so that the path holds the old file or the whole new one at any moment.</summary>
        /// <exception cref="IOException">The file cannot be written.</exception>
        public void Save(string path)
        {
            var writer = new WireWriter();
            OnnxWriter.Write(writer, this);
            byte[] bytes = writer.ToArray();
            AtomicFile.Write(path, stream => stream.Write(bytes, 0, bytes.Length));
        }

        /// <summary>The elements as 32-bit floats: integers and narrower floats converted, doubles rounded; complex numbers as pairs.</summary>
        /// <exception cref="InvalidOperationException">The tensor holds texts.</exception>
        public float[] ToSingles()
        {
            var values = new float[Scalars];
            if (ElementType == OnnxDataType.Float || ElementType == OnnxDataType.Complex64)
            {
                ReadOnlySpan<byte> data = Data.Span;
                if (BitConverter.IsLittleEndian)
                    data.CopyTo(MemoryMarshal.AsBytes(values.AsSpan()));
                else
                    for (int i = 0; i < values.Length; i++)
                        values[i] = BitConverter.Int32BitsToSingle(BinaryPrimitives.ReadInt32LittleEndian(data.Slice(4 * i)));
                return values;
            }
            for (int i = 0; i < values.Length; i++)
                values[i] = (float)OnnxElements.ToDouble(ElementType, Data.Span, i);
            return values;
        }

        /// <summary>The elements as 64-bit floats; complex numbers as pairs.</summary>
        /// <exception cref="InvalidOperationException">The tensor holds texts.</exception>
        public double[] ToDoubles()
        {
            var values = new double[Scalars];
            for (int i = 0; i < values.Length; i++)
                values[i] = OnnxElements.ToDouble(ElementType, Data.Span, i);
            return values;
        }

        /// <summary>The elements of a tensor of integers or booleans.</summary>
        /// <exception cref="InvalidOperationException">The elements are not integers, or pass the range of a signed 64-bit integer.</exception>
        public long[] ToInt64s()
        {
            if (!OnnxElements.IsInteger(ElementType))
                throw new InvalidOperationException($"OnnxTensor '{Name}': elements are {ElementType}, expected integers.");
            var values = new long[Count];
            for (int i = 0; i < values.Length; i++)
                if (!OnnxElements.TryToInt64(ElementType, Data.Span, i, out values[i]))
                    throw new InvalidOperationException($"OnnxTensor '{Name}': an element is larger than a signed 64-bit integer.");
            return values;
        }

        /// <summary>For example <c>weight: Float(1, 512, 128)</c>.</summary>
        public override string ToString() => $"{Name}: {ElementType}{Describe((long[])Shape)}";

        internal static string Describe(ReadOnlySpan<long> shape)
        {
            var sizes = new string[shape.Length];
            for (int i = 0; i < shape.Length; i++)
                sizes[i] = shape[i].ToString(CultureInfo.InvariantCulture);
            return "(" + string.Join(", ", sizes) + ")";
        }

        /// <summary>The product of the sizes; false where a size is negative or the product passes what an array can hold.</summary>
        internal static bool TryCount(ReadOnlySpan<long> shape, out int count)
        {
            long product = 1;
            bool empty = false;
            count = 0;
            foreach (long size in shape)
            {
                if (size < 0 || size > int.MaxValue)
                    return false;
                if (size == 0)
                    empty = true;
                else if ((product *= size) > int.MaxValue)
                    return false;
            }
            count = empty ? 0 : (int)product;
            return true;
        }

        internal static bool TryByteLength(OnnxDataType type, int count, out int length)
        {
            long bits = (long)count * OnnxElements.Bits(type);
            length = (int)Math.Min(int.MaxValue, (bits + 7) / 8);
            return OnnxElements.Bits(type) > 0 && (bits + 7) / 8 <= int.MaxValue;
        }

        private int Scalars
        {
            get
            {
                if (ElementType == OnnxDataType.String)
                    throw new InvalidOperationException($"OnnxTensor '{Name}': elements are texts, expected numbers.");
                return ElementType == OnnxDataType.Complex64 || ElementType == OnnxDataType.Complex128 ? 2 * Count : Count;
            }
        }
    }
}
