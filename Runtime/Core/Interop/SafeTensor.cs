using System;
using System.Buffers.Binary;
using System.Globalization;

namespace Recurrent
{
    /// <summary>
    /// One tensor of a <see cref="SafeTensorsFile"/>: a view into the file's bytes, row-major and little-endian, converted when it is read.
    /// The Read methods fill a destination of exactly <see cref="Count"/> elements, or return a new array.
    /// </summary>
    public sealed class SafeTensor
    {
        private readonly string _path;
        private readonly int[] _shape;
        private readonly ReadOnlyMemory<byte> _bytes;

        internal SafeTensor(string path, string name, SafeTensorType type, int[] shape, ReadOnlyMemory<byte> bytes)
        {
            _path = path;
            _shape = shape;
            _bytes = bytes;
            Name = name;
            Type = type;
        }

        /// <summary>The tensor's name, such as <c>lstm.weight_ih_l0</c>.</summary>
        public string Name { get; }

        /// <summary>How the elements are stored.</summary>
        public SafeTensorType Type { get; }

        /// <summary>The size of each dimension; empty for a scalar.</summary>
        public ReadOnlySpan<int> Shape => _shape;

        /// <summary>How many elements there are.</summary>
        public int Count => _bytes.Length / Type.Size();

        /// <summary>The elements as the file stores them.</summary>
        public ReadOnlySpan<byte> Bytes => _bytes.Span;

        /// <summary>Reads floats of any precision as floats, each the nearest; a double beyond their range becomes infinite.</summary>
        /// <exception cref="ModelFileException">The elements are not floating-point numbers.</exception>
        /// <exception cref="ArgumentException">The destination has another length than <see cref="Count"/>.</exception>
        public void ReadSingle(Span<float> destination)
        {
            CheckLength(destination.Length);
            ReadOnlySpan<byte> source = Bytes;
            switch (Type)
            {
                case SafeTensorType.F32:
                    for (int i = 0; i < destination.Length; i++) destination[i] = SingleAt(source, i);
                    break;
                case SafeTensorType.F64:
                    for (int i = 0; i < destination.Length; i++) destination[i] = (float)DoubleAt(source, i);
                    break;
                case SafeTensorType.F16:
                    for (int i = 0; i < destination.Length; i++) destination[i] = Float16.ToSingle(UInt16At(source, i));
                    break;
                case SafeTensorType.BF16:
                    for (int i = 0; i < destination.Length; i++) destination[i] = BFloat16.ToSingle(UInt16At(source, i));
                    break;
                default:
                    throw Unexpected("floats (F32, F64, F16 or BF16)");
            }
        }

        /// <summary>Reads floats of any precision as floats.</summary>
        /// <inheritdoc cref="ReadSingle(Span{float})"/>
        public float[] ReadSingle()
        {
            CheckIsFloat();
            var values = new float[Count];
            ReadSingle(values);
            return values;
        }

        /// <summary>Reads floats of any precision as doubles, exactly.</summary>
        /// <exception cref="ModelFileException">The elements are not floating-point numbers.</exception>
        /// <exception cref="ArgumentException">The destination has another length than <see cref="Count"/>.</exception>
        public void ReadDouble(Span<double> destination)
        {
            CheckLength(destination.Length);
            ReadOnlySpan<byte> source = Bytes;
            switch (Type)
            {
                case SafeTensorType.F64:
                    for (int i = 0; i < destination.Length; i++) destination[i] = DoubleAt(source, i);
                    break;
                case SafeTensorType.F32:
                    for (int i = 0; i < destination.Length; i++) destination[i] = SingleAt(source, i);
                    break;
                case SafeTensorType.F16:
                    for (int i = 0; i < destination.Length; i++) destination[i] = Float16.ToSingle(UInt16At(source, i));
                    break;
                case SafeTensorType.BF16:
                    for (int i = 0; i < destination.Length; i++) destination[i] = BFloat16.ToSingle(UInt16At(source, i));
                    break;
                default:
                    throw Unexpected("floats (F32, F64, F16 or BF16)");
            }
        }

        /// <summary>Reads floats of any precision as doubles.</summary>
        /// <inheritdoc cref="ReadDouble(Span{double})"/>
        public double[] ReadDouble()
        {
            CheckIsFloat();
            var values = new double[Count];
            ReadDouble(values);
            return values;
        }

        /// <summary>Reads whole numbers of any width, or truth values as 0 and 1.</summary>
        /// <exception cref="ModelFileException">The elements are floating-point numbers, or one is beyond 63 bits.</exception>
        /// <exception cref="ArgumentException">The destination has another length than <see cref="Count"/>.</exception>
        public void ReadInt64(Span<long> destination)
        {
            CheckLength(destination.Length);
            if (Type.IsFloat()) throw Unexpected("whole numbers");
            ReadOnlySpan<byte> source = Bytes;
            for (int i = 0; i < destination.Length; i++)
            {
                destination[i] = Type switch
                {
                    SafeTensorType.BOOL => source[i] == 0 ? 0 : 1,
                    SafeTensorType.U8 => source[i],
                    SafeTensorType.I8 => (sbyte)source[i],
                    SafeTensorType.I16 => (short)UInt16At(source, i),
                    SafeTensorType.U16 => UInt16At(source, i),
                    SafeTensorType.I32 => BinaryPrimitives.ReadInt32LittleEndian(source.Slice(4 * i)),
                    SafeTensorType.U32 => BinaryPrimitives.ReadUInt32LittleEndian(source.Slice(4 * i)),
                    _ => BinaryPrimitives.ReadInt64LittleEndian(source.Slice(8 * i)),
                };
                if (Type == SafeTensorType.U64 && destination[i] < 0)
                    throw Fail($"expected numbers below 2^63, got {unchecked((ulong)destination[i]).ToString(CultureInfo.InvariantCulture)} at {PlaceOf(i)}.");
            }
        }

        /// <summary>Reads whole numbers of any width, or truth values as 0 and 1.</summary>
        /// <inheritdoc cref="ReadInt64(Span{long})"/>
        public long[] ReadInt64()
        {
            if (Type.IsFloat()) throw Unexpected("whole numbers");
            var values = new long[Count];
            ReadInt64(values);
            return values;
        }

        /// <summary>
        /// Reads the weights of a model: floats of any precision, each of which must be finite as a float.
        /// The destination is undefined after an exception: read into memory of your own before a model takes the values over.
        /// </summary>
        /// <param name="shape">The shape that the model needs.</param>
        /// <param name="destination">As many elements as the shape has, such as a slice of a model's flat parameters.</param>
        /// <exception cref="ModelFileException">Shape or type differ, or a weight is NaN or infinite; the reason names the tensor and the place.</exception>
        /// <exception cref="ArgumentException">The destination has another length than the shape says.</exception>
        public void ReadWeights(ReadOnlySpan<int> shape, Span<float> destination)
        {
            if (!shape.SequenceEqual(_shape)) throw Fail($"expected the shape {SafeTensorTypes.Print(shape)}, got {SafeTensorTypes.Print(_shape)}.");
            ReadSingle(destination);
            for (int i = 0; i < destination.Length; i++)
                if (!float.IsFinite(destination[i])) throw Fail($"expected finite weights, got {destination[i].ToString(CultureInfo.InvariantCulture)} at {PlaceOf(i)}.");
        }

        private static ushort UInt16At(ReadOnlySpan<byte> source, int i) => BinaryPrimitives.ReadUInt16LittleEndian(source.Slice(2 * i));

        private static float SingleAt(ReadOnlySpan<byte> source, int i) => BitConverter.Int32BitsToSingle(BinaryPrimitives.ReadInt32LittleEndian(source.Slice(4 * i)));

        private static double DoubleAt(ReadOnlySpan<byte> source, int i) => BitConverter.Int64BitsToDouble(BinaryPrimitives.ReadInt64LittleEndian(source.Slice(8 * i)));

        private void CheckIsFloat()
        {
            if (!Type.IsFloat()) throw Unexpected("floats (F32, F64, F16 or BF16)");
        }

        private void CheckLength(int length)
        {
            if (length != Count) throw new ArgumentException($"SafeTensor '{Name}': the destination has {length} elements, expected {Count}.", "destination");
        }

        private string PlaceOf(int position)
        {
            var indices = new int[_shape.Length];
            for (int d = indices.Length - 1; d >= 0; d--)
            {
                indices[d] = position % _shape[d];
                position /= _shape[d];
            }
            return "[" + string.Join(", ", indices) + "]";
        }

        private ModelFileException Unexpected(string what) => Fail($"expected {what}, got {Type.Name()}.");

        private ModelFileException Fail(string reason) => new ModelFileException(_path, $"tensor '{Name}': {reason}");
    }
}
