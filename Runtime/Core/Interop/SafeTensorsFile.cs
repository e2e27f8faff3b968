using System;
using System.Buffers.Binary;
using System.Collections.Generic;
using System.Diagnostics.CodeAnalysis;
using System.IO;

namespace Recurrent
{
    /// <summary>
    /// A safetensors file (format of huggingface/safetensors): 8 bytes with the length of the header, a JSON header, the tensors' bytes.
    /// The whole file is checked when it is opened, and either is what its header says or ends in a <see cref="ModelFileException"/>:
    /// every byte of the data belongs to exactly one tensor, and every tensor has the bytes that its shape and type need.
    /// Tensors without elements take no bytes and may share an offset. The memory used is that of the file, which may have 2 GB.
    /// </summary>
    public sealed class SafeTensorsFile
    {
        /// <summary>The longest header that is read, as in the reference implementation.</summary>
        public const int MaxHeaderBytes = 100_000_000;

        private const int PrefixBytes = 8;
        private const string MetadataName = "__metadata__";

        // A matrix costs 8 entries (itself, its 3 members, 2 dimensions, 2 offsets): room for 62,500 of them.
        private static readonly JsonLimits HeaderLimits = new JsonLimits(maxDepth: 8, maxBytes: MaxHeaderBytes, maxEntries: 500_000);

        private readonly NameIndex _tensorIndex;
        private readonly NameIndex _metadataIndex;
        private readonly KeyValuePair<string, string>[] _metadata;
        private readonly SafeTensor[] _tensors;

        private SafeTensorsFile(string path, Header header, ReadOnlyMemory<byte> data)
        {
            Path = path;
            _metadata = header.Metadata;
            _tensors = Array.ConvertAll(header.Tensors, t => new SafeTensor(path, t.Name, t.Type, t.Shape, data.Slice((int)t.Begin, (int)(t.End - t.Begin))));
            _tensorIndex = new NameIndex(Array.ConvertAll(_tensors, t => t.Name));
            _metadataIndex = new NameIndex(Array.ConvertAll(_metadata, pair => pair.Key));
        }

        /// <summary>Opens a file.</summary>
        /// <exception cref="ModelFileException">The file is not a sound safetensors file.</exception>
        /// <exception cref="IOException">There is no such file, or it cannot be read.</exception>
        public static SafeTensorsFile Load(string path)
        {
            using FileStream stream = Open(path);
            return Load(stream, path);
        }

        /// <summary>Reads a stream from where it stands to its end.</summary>
        /// <param name="stream">The stream; it need not be seekable, and stays open.</param>
        /// <param name="name">What errors call the file.</param>
        /// <exception cref="ModelFileException">The stream does not hold a sound safetensors file.</exception>
        public static SafeTensorsFile Load(Stream stream, string name)
        {
            int headerBytes = ReadHeaderLength(ReadExactly(stream, PrefixBytes, name, "the length of the header"), name);
            Header header = ReadHeader(ReadExactly(stream, headerBytes, name, "the header"), name);
            byte[] data = ReadExactly(stream, header.DataBytes, name, "the tensors");
            if (stream.ReadByte() >= 0) throw new ModelFileException(name, $"bytes follow the last tensor, which ends at byte {header.DataBytes} of the data.");
            return new SafeTensorsFile(name, header, data);
        }

        /// <summary>Reads a file that is in memory already, such as a game's asset. Nothing is copied: the bytes must not change while the tensors are in use.</summary>
        /// <param name="bytes">The whole file.</param>
        /// <param name="name">What errors call the file.</param>
        /// <exception cref="ModelFileException">The bytes are not a sound safetensors file.</exception>
        public static SafeTensorsFile Load(ReadOnlyMemory<byte> bytes, string name)
        {
            if (bytes.Length < PrefixBytes) throw Truncated(name, "the length of the header", PrefixBytes, bytes.Length);
            int headerBytes = ReadHeaderLength(bytes.Span, name);
            ReadOnlyMemory<byte> rest = bytes.Slice(PrefixBytes);
            if (rest.Length < headerBytes) throw Truncated(name, "the header", headerBytes, rest.Length);
            Header header = ReadHeader(rest.Span.Slice(0, headerBytes), name);
            ReadOnlyMemory<byte> data = rest.Slice(headerBytes);
            if (data.Length < header.DataBytes) throw Truncated(name, "the tensors", header.DataBytes, data.Length);
            if (data.Length > header.DataBytes) throw new ModelFileException(name, $"{data.Length - header.DataBytes} bytes follow the last tensor, which ends at byte {header.DataBytes} of the data.");
            return new SafeTensorsFile(name, header, data);
        }

        /// <summary>Where the file came from.</summary>
        public string Path { get; }

        /// <summary>The texts that travel with the tensors (<c>__metadata__</c>), in the file's order.</summary>
        public IReadOnlyList<KeyValuePair<string, string>> Metadata => _metadata;

        /// <summary>The tensors, in the order of their bytes.</summary>
        public IReadOnlyList<SafeTensor> Tensors => _tensors;

        /// <summary>Finds a text of the metadata.</summary>
        public bool TryGetMetadata(string key, [NotNullWhen(true)] out string? value)
        {
            int position = _metadataIndex.Find(key);
            value = position < 0 ? null : _metadata[position].Value;
            return position >= 0;
        }

        /// <summary>Finds a tensor.</summary>
        public bool TryGetTensor(string name, [NotNullWhen(true)] out SafeTensor? tensor)
        {
            int position = _tensorIndex.Find(name);
            tensor = position < 0 ? null : _tensors[position];
            return position >= 0;
        }

        /// <summary>The tensor of this name.</summary>
        /// <exception cref="ModelFileException">The file has none.</exception>
        public SafeTensor this[string name] => TryGetTensor(name, out SafeTensor? tensor)
            ? tensor
            : throw new ModelFileException(Path, $"expected a tensor '{name}', which is not among the {_tensors.Length} of the file.");

        /// <summary>Reads the weights of a model under a name; see <see cref="SafeTensor.ReadWeights"/>.</summary>
        /// <exception cref="ModelFileException">The tensor is missing, of another shape or type, or has a weight that is not finite.</exception>
        public void ReadWeights(string name, ReadOnlySpan<int> shape, Span<float> destination) => this[name].ReadWeights(shape, destination);

        private static FileStream Open(string path)
        {
            try
            {
                return new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read);
            }
            catch (UnauthorizedAccessException exception)
            {
                throw new ModelFileException(path, "the file may not be read, or is a folder.", exception);
            }
        }

        private static int ReadHeaderLength(ReadOnlySpan<byte> prefix, string path)
        {
            ulong length = BinaryPrimitives.ReadUInt64LittleEndian(prefix);
            return length <= MaxHeaderBytes
                ? (int)length
                : throw new ModelFileException(path, $"the header claims {length} bytes, more than the {MaxHeaderBytes} allowed.");
        }

        private static Header ReadHeader(ReadOnlySpan<byte> text, string path)
        {
            try
            {
                return Header.Parse(text, path);
            }
            catch (JsonFormatException exception)
            {
                throw new ModelFileException(path, $"header, {exception.Message}", exception);
            }
        }

        /// <summary>Reads so many bytes; memory grows with what arrives, never with what is claimed.</summary>
        private static byte[] ReadExactly(Stream stream, long count, string path, string what)
        {
            int first = 1 << 20;
            if (stream.CanSeek)
            {
                long left = stream.Length - stream.Position;
                if (left < count) throw Truncated(path, what, count, left);
                first = int.MaxValue;
            }
            byte[] bytes = new byte[Math.Min(first, count)];
            int read = 0;
            while (read < count)
            {
                if (read == bytes.Length) Array.Resize(ref bytes, (int)Math.Min(count, 2L * read));
                int now = stream.Read(bytes, read, bytes.Length - read);
                if (now == 0) throw Truncated(path, what, count, read);
                read += now;
            }
            return bytes;
        }

        private static ModelFileException Truncated(string path, string what, long expected, long got) =>
            new ModelFileException(path, $"the file is truncated: {what} should have {expected} bytes, {got} are left.");

        /// <summary>What the header says, checked for everything that needs no data.</summary>
        private sealed class Header
        {
            private Header(KeyValuePair<string, string>[] metadata, Entry[] tensors, long dataBytes)
            {
                Metadata = metadata;
                Tensors = tensors;
                DataBytes = dataBytes;
            }

            public KeyValuePair<string, string>[] Metadata { get; }

            public Entry[] Tensors { get; }

            public long DataBytes { get; }

            public static Header Parse(ReadOnlySpan<byte> text, string path)
            {
                if (text.Length == 0 || text[0] != '{') throw new JsonFormatException(0, "expected an object that begins with '{'.");
                JsonValue root = JsonValue.Parse(text, HeaderLimits);
                var metadata = Array.Empty<KeyValuePair<string, string>>();
                var tensors = new List<Entry>();
                for (int i = 0; i < root.Count; i++)
                {
                    if (root.Names[i] == MetadataName) metadata = ParseMetadata(root[i]);
                    else tensors.Add(Entry.Parse(root.Names[i], root[i], path));
                }
                Entry[] sorted = tensors.ToArray();
                Array.Sort(sorted);
                return new Header(metadata, sorted, CheckLayout(sorted, path));
            }

            private static KeyValuePair<string, string>[] ParseMetadata(JsonValue value)
            {
                if (value.Kind != JsonKind.Object) throw new JsonFormatException(value.Offset, $"expected {MetadataName} to be an object of strings.");
                var pairs = new KeyValuePair<string, string>[value.Count];
                for (int i = 0; i < pairs.Length; i++) pairs[i] = new KeyValuePair<string, string>(value.Names[i], value[i].AsString());
                return pairs;
            }

            /// <summary>The tensors lie side by side from the data's first byte on; returns where the last one ends.</summary>
            private static long CheckLayout(Entry[] sorted, string path)
            {
                long end = 0;
                string before = "";
                foreach (Entry tensor in sorted)
                {
                    if (tensor.Begin < end) throw new ModelFileException(path, $"tensor '{tensor.Name}' begins at byte {tensor.Begin}, inside '{before}', which ends at {end}.");
                    if (tensor.Begin > end) throw new ModelFileException(path, $"tensor '{tensor.Name}' begins at byte {tensor.Begin} and leaves a gap after byte {end}.");
                    end = tensor.End;
                    before = tensor.Name;
                }
                if (end > int.MaxValue - (1 << 16)) throw new ModelFileException(path, $"the tensors have {end} bytes, more than the 2 GB that are read.");
                return end;
            }
        }

        private sealed class Entry : IComparable<Entry>
        {
            private readonly int _offset;

            private Entry(string name, SafeTensorType type, int[] shape, long begin, long end, int offset)
            {
                Name = name;
                Type = type;
                Shape = shape;
                Begin = begin;
                End = end;
                _offset = offset;
            }

            public string Name { get; }

            public SafeTensorType Type { get; }

            public int[] Shape { get; }

            public long Begin { get; }

            public long End { get; }

            public static Entry Parse(string name, JsonValue value, string path)
            {
                ModelFileException Fail(string reason) => new ModelFileException(path, $"tensor '{name}': {reason}");

                string dtype = value["dtype"].AsString();
                if (!SafeTensorTypes.TryParse(dtype, out SafeTensorType type)) throw Fail($"the type '{dtype}' is unknown or not supported.");

                JsonValue dimensions = Array(value["shape"]);
                var shape = new int[dimensions.Count];
                for (int d = 0; d < shape.Length; d++)
                {
                    shape[d] = dimensions[d].AsInt32();
                    if (shape[d] < 0) throw Fail($"dimension {d} is {shape[d]}, expected at least 0.");
                }
                long bytes = type.Size();
                foreach (int dimension in shape)
                {
                    if (bytes != 0 && dimension > long.MaxValue / bytes) throw Fail($"the product of the shape {SafeTensorTypes.Print(shape)} overflows.");
                    bytes *= dimension;
                }

                JsonValue offsets = Array(value["data_offsets"]);
                if (offsets.Count != 2) throw Fail($"expected 2 data_offsets, got {offsets.Count}.");
                long begin = offsets[0].AsInt64();
                long end = offsets[1].AsInt64();
                if (begin < 0 || end < begin) throw Fail($"the data_offsets [{begin}, {end}] are no range.");
                if (end - begin != bytes) throw Fail($"the shape {SafeTensorTypes.Print(shape)} of {dtype} needs {bytes} bytes, the data_offsets [{begin}, {end}] hold {end - begin}.");
                return new Entry(name, type, shape, begin, end, value.Offset);
            }

            /// <summary>By place in the data; those without elements before the one that begins there, else in the header's order.</summary>
            public int CompareTo(Entry? other)
            {
                int byBegin = Begin.CompareTo(other!.Begin);
                if (byBegin != 0) return byBegin;
                int byEnd = End.CompareTo(other.End);
                return byEnd != 0 ? byEnd : _offset.CompareTo(other._offset);
            }

            private static JsonValue Array(JsonValue value) =>
                value.Kind == JsonKind.Array ? value : throw new JsonFormatException(value.Offset, "expected an array.");
        }
    }
}
