using System;
using System.Buffers.Binary;
using System.Collections.Generic;
using System.Globalization;
using System.IO;

namespace Recurrent
{
    /// <summary>
    /// Collects named tensors and writes them as a safetensors file, laid out as the reference implementation does: a header padded to 8 bytes, then the
    /// tensors by descending alignment of their type and by name, without gaps. The same content gives the same bytes, in whatever order it was added.
    /// Values are not copied: they are read when the file is written.
    /// </summary>
    /// <example><code>
    /// var writer = new SafeTensorsWriter();
    /// writer.AddMetadata("format", "pt");
    /// writer.AddWeights("lstm.weight_ih_l0", new[] { 32, 8 }, parameters.AsMemory(0, 256));
    /// writer.Save("model.safetensors");
    /// </code></example>
    public sealed class SafeTensorsWriter
    {
        private const int ChunkBytes = 1 << 16;

        private readonly List<KeyValuePair<string, string>> _metadata = new List<KeyValuePair<string, string>>();
        private readonly HashSet<string> _keys = new HashSet<string>(StringComparer.Ordinal);
        private readonly List<Tensor> _tensors = new List<Tensor>();
        private readonly HashSet<string> _names = new HashSet<string>(StringComparer.Ordinal) { "__metadata__" };

        /// <summary>Turns elements from <paramref name="start"/> on into little-endian bytes, as many as fill the destination.</summary>
        private delegate void Encoder(int start, Span<byte> destination);

        /// <summary>Adds a text that travels with the tensors.</summary>
        /// <exception cref="ArgumentException">The key was added before.</exception>
        public void AddMetadata(string key, string value)
        {
            if (value == null) throw new ArgumentNullException(nameof(value));
            if (!_keys.Add(key)) throw new ArgumentException($"SafeTensorsWriter: the metadata '{key}' was added before.", nameof(key));
            _metadata.Add(new KeyValuePair<string, string>(key, value));
        }

        /// <summary>Adds floats, stored as F32, or converted to F64, F16 or BF16 (nearest, ties to even).</summary>
        /// <param name="name">A name that no other tensor has.</param>
        /// <param name="shape">The size of each dimension; empty for a scalar.</param>
        /// <param name="values">The elements, row-major.</param>
        /// <param name="type">How they are stored.</param>
        /// <exception cref="ArgumentException">The name is taken, the shape does not fit the values, or the type holds no floats.</exception>
        public void Add(string name, ReadOnlySpan<int> shape, ReadOnlyMemory<float> values, SafeTensorType type = SafeTensorType.F32)
        {
            Encoder encode = type switch
            {
                SafeTensorType.F32 => (start, destination) =>
                {
                    ReadOnlySpan<float> source = values.Span.Slice(start, destination.Length / 4);
                    for (int i = 0; i < source.Length; i++) BinaryPrimitives.WriteInt32LittleEndian(destination.Slice(4 * i), BitConverter.SingleToInt32Bits(source[i]));
                }
                ,
                SafeTensorType.F64 => (start, destination) =>
                {
                    ReadOnlySpan<float> source = values.Span.Slice(start, destination.Length / 8);
                    for (int i = 0; i < source.Length; i++) BinaryPrimitives.WriteInt64LittleEndian(destination.Slice(8 * i), BitConverter.DoubleToInt64Bits(source[i]));
                }
                ,
                SafeTensorType.F16 => (start, destination) =>
                {
                    ReadOnlySpan<float> source = values.Span.Slice(start, destination.Length / 2);
                    for (int i = 0; i < source.Length; i++) BinaryPrimitives.WriteUInt16LittleEndian(destination.Slice(2 * i), Float16.FromSingle(source[i]));
                }
                ,
                SafeTensorType.BF16 => (start, destination) =>
                {
                    ReadOnlySpan<float> source = values.Span.Slice(start, destination.Length / 2);
                    for (int i = 0; i < source.Length; i++) BinaryPrimitives.WriteUInt16LittleEndian(destination.Slice(2 * i), BFloat16.FromSingle(source[i]));
                }
                ,
                _ => throw new ArgumentException($"SafeTensorsWriter: floats are stored as F32, F64, F16 or BF16, got {type}.", nameof(type)),
            };
            Add(name, type, shape, values.Length, encode);
        }

        /// <summary>Adds the weights of a model: as <see cref="Add(string, ReadOnlySpan{int}, ReadOnlyMemory{float}, SafeTensorType)"/>, but every one must be finite, in the stored type too.</summary>
        /// <exception cref="ArgumentException">The name is taken, the shape does not fit the values, the type holds no floats, or a weight is not finite.</exception>
        public void AddWeights(string name, ReadOnlySpan<int> shape, ReadOnlyMemory<float> values, SafeTensorType type = SafeTensorType.F32)
        {
            ReadOnlySpan<float> weights = values.Span;
            for (int i = 0; i < weights.Length; i++)
            {
                float stored = type == SafeTensorType.F16 ? Float16.ToSingle(Float16.FromSingle(weights[i]))
                    : type == SafeTensorType.BF16 ? BFloat16.ToSingle(BFloat16.FromSingle(weights[i])) : weights[i];
                if (!float.IsFinite(stored))
                    throw new ArgumentException($"SafeTensorsWriter: '{name}' expected weights that are finite in {type}, got {weights[i].ToString(CultureInfo.InvariantCulture)} at {i}.", nameof(values));
            }
            Add(name, shape, values, type);
        }

        /// <summary>Adds doubles, stored as F64.</summary>
        /// <exception cref="ArgumentException">The name is taken, or the shape does not fit the values.</exception>
        public void Add(string name, ReadOnlySpan<int> shape, ReadOnlyMemory<double> values) =>
            Add(name, SafeTensorType.F64, shape, values.Length, (start, destination) =>
            {
                ReadOnlySpan<double> source = values.Span.Slice(start, destination.Length / 8);
                for (int i = 0; i < source.Length; i++) BinaryPrimitives.WriteInt64LittleEndian(destination.Slice(8 * i), BitConverter.DoubleToInt64Bits(source[i]));
            });

        /// <summary>Adds whole numbers, stored as I64.</summary>
        /// <exception cref="ArgumentException">The name is taken, or the shape does not fit the values.</exception>
        public void Add(string name, ReadOnlySpan<int> shape, ReadOnlyMemory<long> values) =>
            Add(name, SafeTensorType.I64, shape, values.Length, (start, destination) =>
            {
                ReadOnlySpan<long> source = values.Span.Slice(start, destination.Length / 8);
                for (int i = 0; i < source.Length; i++) BinaryPrimitives.WriteInt64LittleEndian(destination.Slice(8 * i), source[i]);
            });

        /// <summary>Adds elements of any type as the bytes that the file will hold, little-endian.</summary>
        /// <exception cref="ArgumentException">The name is taken, or the shape does not fit the bytes.</exception>
        public void Add(string name, SafeTensorType type, ReadOnlySpan<int> shape, ReadOnlyMemory<byte> bytes)
        {
            int size = type.Size();
            if (bytes.Length % size != 0) throw new ArgumentException($"SafeTensorsWriter: '{name}' has {bytes.Length} bytes, expected a multiple of {size} for {type}.", nameof(bytes));
            Add(name, type, shape, bytes.Length / size, (start, destination) => bytes.Span.Slice(start * size, destination.Length).CopyTo(destination));
        }

        /// <summary>Writes the file whole or not at all; see <see cref="AtomicFile"/>.</summary>
        /// <exception cref="IOException">The file cannot be written; what stood there before is as it was.</exception>
        public void Save(string path) => AtomicFile.Write(path, Save);

        /// <summary>Writes the file's bytes into a stream, which stays open.</summary>
        /// <exception cref="InvalidOperationException">The header exceeds the format's 100 MB.</exception>
        public void Save(Stream stream)
        {
            _tensors.Sort();
            byte[] header = Header();
            var chunk = new byte[ChunkBytes];
            BinaryPrimitives.WriteInt64LittleEndian(chunk, header.Length);
            stream.Write(chunk, 0, 8);
            stream.Write(header, 0, header.Length);
            foreach (Tensor tensor in _tensors)
            {
                int size = tensor.Type.Size();
                for (int start = 0; start < tensor.Count;)
                {
                    int count = Math.Min(tensor.Count - start, ChunkBytes / size);
                    tensor.Encode(start, chunk.AsSpan(0, count * size));
                    stream.Write(chunk, 0, count * size);
                    start += count;
                }
            }
        }

        /// <summary>The file's bytes.</summary>
        public byte[] ToArray()
        {
            using var stream = new MemoryStream();
            Save(stream);
            return stream.ToArray();
        }

        private void Add(string name, SafeTensorType type, ReadOnlySpan<int> shape, int count, Encoder encode)
        {
            long product = 1;
            foreach (int dimension in shape)
            {
                if (dimension < 0) throw new ArgumentException($"SafeTensorsWriter: '{name}' has the shape {SafeTensorTypes.Print(shape)}, expected dimensions of at least 0.", nameof(shape));
                // Beyond the number of values it cannot come back, but for a zero.
                product = Math.Min(product * dimension, (long)int.MaxValue + 1);
            }
            if (product != count) throw new ArgumentException($"SafeTensorsWriter: '{name}' has {count} values, which do not fill the shape {SafeTensorTypes.Print(shape)}.", nameof(shape));
            if (!_names.Add(name)) throw new ArgumentException($"SafeTensorsWriter: the name '{name}' is taken.", nameof(name));
            _tensors.Add(new Tensor(name, type, shape.ToArray(), count, encode));
        }

        private byte[] Header()
        {
            var json = new JsonWriter();
            json.BeginObject();
            if (_metadata.Count > 0)
            {
                json.Name("__metadata__").BeginObject();
                foreach (KeyValuePair<string, string> pair in _metadata) json.Member(pair.Key, pair.Value);
                json.EndObject();
            }
            long offset = 0;
            foreach (Tensor tensor in _tensors)
            {
                json.Name(tensor.Name).BeginObject().Member("dtype", tensor.Type.Name()).Name("shape").BeginArray();
                foreach (int dimension in tensor.Shape) json.Value(dimension);
                json.EndArray().Name("data_offsets").BeginArray().Value(offset);
                offset += (long)tensor.Count * tensor.Type.Size();
                json.Value(offset).EndArray().EndObject();
            }
            byte[] header = json.EndObject().ToUtf8();
            int length = header.Length;
            Array.Resize(ref header, (length + 7) / 8 * 8);
            header.AsSpan(length).Fill((byte)' ');
            if (header.Length > SafeTensorsFile.MaxHeaderBytes)
                throw new InvalidOperationException($"SafeTensorsWriter: the header has {header.Length} bytes, more than the {SafeTensorsFile.MaxHeaderBytes} that the format allows.");
            return header;
        }

        private sealed class Tensor : IComparable<Tensor>
        {
            private readonly byte[] _utf8Name;

            public Tensor(string name, SafeTensorType type, int[] shape, int count, Encoder encode)
            {
                Name = name;
                Type = type;
                Shape = shape;
                Count = count;
                Encode = encode;
                _utf8Name = System.Text.Encoding.UTF8.GetBytes(name);
            }

            public string Name { get; }

            public SafeTensorType Type { get; }

            public int[] Shape { get; }

            public int Count { get; }

            public Encoder Encode { get; }

            /// <summary>The reference writer's order: the type that needs more alignment first, then by the name's UTF-8 bytes.</summary>
            public int CompareTo(Tensor? other)
            {
                int byType = other!.Type.CompareTo(Type);
                return byType != 0 ? byType : _utf8Name.AsSpan().SequenceCompareTo(other._utf8Name);
            }
        }
    }
}
