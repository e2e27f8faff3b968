using System;
using System.Buffers.Binary;
using System.Collections.Generic;
using System.IO;

namespace Recurrent.Onnx
{
    /// <summary>
    /// Builds the objects of a model from the wire format (field numbers: onnx.proto). Memory stays in proportion to the file: tensors are
    /// views of it wherever its layout is theirs, and the number of parts is limited. Depth is limited, so recursion is.
    /// </summary>
    internal sealed class OnnxReader
    {
        /// <summary>Nodes, attributes, values, names and unknown fields of one model together.</summary>
        internal const int MaxParts = 1_000_000;

        private readonly string _path;
        private readonly ExternalData _external;
        private int _parts = MaxParts;
        private int _depth;

        /// <param name="path">What errors name.</param>
        /// <param name="folder">Where external data may lie; null for a model that came from memory.</param>
        public OnnxReader(string path, string? folder)
        {
            _path = path;
            _external = new ExternalData(path, folder);
        }

        /// <summary>The content of a file of at most 2 GB, which is what the format allows.</summary>
        public static byte[] ReadFile(string path)
        {
            try
            {
                var info = new FileInfo(path);
                if (info.Exists && info.Length > int.MaxValue - 64)
                    throw new ModelFileException(path, FormattableString.Invariant($"{info.Length} bytes; an ONNX file has at most 2 GB."));
                return File.ReadAllBytes(path);
            }
            catch (Exception e) when (!(e is ModelFileException) && (e is IOException || e is UnauthorizedAccessException || e is NotSupportedException || e is ArgumentException))
            {
                throw new ModelFileException(path, e.Message);
            }
        }

        public OnnxModel ReadModel(byte[] bytes)
        {
            var reader = new WireReader(bytes, _path);
            var model = new OnnxModel { IrVersion = 0 };
            OnnxGraph? graph = null;
            while (reader.Next())
            {
                switch (reader.Field)
                {
                    case 1: model.IrVersion = reader.ReadInt64(); break;
                    case 2: model.ProducerName = reader.ReadString(); break;
                    case 3: model.ProducerVersion = reader.ReadString(); break;
                    case 4: model.Domain = reader.ReadString(); break;
                    case 5: model.ModelVersion = reader.ReadInt64(); break;
                    case 6: model.Documentation = reader.ReadString(); break;
                    case 7:
                        if (graph != null)
                            throw reader.Fail("the model has two graphs");
                        graph = ReadGraph(reader.ReadMessage());
                        break;
                    case 8: ReadOpset(reader.ReadMessage(), model.OpsetImports); break;
                    case 14: ReadEntry(reader.ReadMessage(), model.Metadata); break;
                    default: Keep(model, ref reader); break;
                }
            }
            model.Graph = graph ?? throw reader.Fail("no ONNX model: it has no graph");
            if (model.OpsetImports.Count == 0)
                throw reader.Fail("no ONNX model: it names no operator set");
            return model;
        }

        public OnnxTensor ReadTensorFile(byte[] bytes) => ReadTensor(new WireReader(bytes, _path));

        private OnnxGraph ReadGraph(WireReader reader)
        {
            Count(ref reader);
            if (++_depth > OnnxGraph.MaxDepth)
                throw reader.Fail($"graphs stand inside each other more than {OnnxGraph.MaxDepth} deep");
            var graph = new OnnxGraph();
            while (reader.Next())
            {
                switch (reader.Field)
                {
                    case 1: graph.Nodes.Add(ReadNode(reader.ReadMessage())); break;
                    case 2: graph.Name = reader.ReadString(); break;
                    case 5: graph.Initializers.Add(ReadTensor(reader.ReadMessage())); break;
                    case 10: graph.Documentation = reader.ReadString(); break;
                    case 11: graph.Inputs.Add(ReadValueInfo(reader.ReadMessage())); break;
                    case 12: graph.Outputs.Add(ReadValueInfo(reader.ReadMessage())); break;
                    case 13: graph.ValueInfos.Add(ReadValueInfo(reader.ReadMessage())); break;
                    default: Keep(graph, ref reader); break;
                }
            }
            _depth--;
            return graph;
        }

        private OnnxNode ReadNode(WireReader reader)
        {
            Count(ref reader);
            var node = new OnnxNode(string.Empty);
            while (reader.Next())
            {
                switch (reader.Field)
                {
                    case 1: node.Inputs.Add(ReadName(ref reader)); break;
                    case 2: node.Outputs.Add(ReadName(ref reader)); break;
                    case 3: node.Name = reader.ReadString(); break;
                    case 4: node.OpType = reader.ReadString(); break;
                    case 5: node.Attributes.Add(ReadAttribute(reader.ReadMessage())); break;
                    case 6: node.Documentation = reader.ReadString(); break;
                    case 7: node.Domain = reader.ReadString(); break;
                    default: Keep(node, ref reader); break;
                }
            }
            if (node.OpType.Length == 0)
                throw reader.Fail($"the node '{node.Name}' has no operator");
            return node;
        }

        private OnnxAttribute ReadAttribute(WireReader reader)
        {
            Count(ref reader);
            var attribute = new OnnxAttribute(string.Empty, OnnxAttributeType.Undefined);
            OnnxAttributeType held = OnnxAttributeType.Undefined;
            List<float>? floats = null;
            List<long>? ints = null;
            List<string>? strings = null;
            List<OnnxTensor>? tensors = null;
            List<OnnxGraph>? graphs = null;
            while (reader.Next())
            {
                switch (reader.Field)
                {
                    case 1: attribute.Name = reader.ReadString(); break;
                    case 2: attribute.Float = reader.ReadSingle(); held = OnnxAttributeType.Float; break;
                    case 3: attribute.Int = reader.ReadInt64(); held = OnnxAttributeType.Int; break;
                    case 4: attribute.Bytes = reader.ReadBytes(); held = OnnxAttributeType.String; break;
                    case 5: attribute.Tensor = ReadTensor(reader.ReadMessage()); held = OnnxAttributeType.Tensor; break;
                    case 6: attribute.Graph = ReadGraph(reader.ReadMessage()); held = OnnxAttributeType.Graph; break;
                    case 7: ReadFloats(ref reader, floats ??= new List<float>()); held = OnnxAttributeType.Floats; break;
                    case 8: ReadInts(ref reader, ints ??= new List<long>()); held = OnnxAttributeType.Ints; break;
                    case 9: (strings ??= new List<string>()).Add(ReadName(ref reader)); held = OnnxAttributeType.Strings; break;
                    case 10: (tensors ??= new List<OnnxTensor>()).Add(ReadTensor(reader.ReadMessage())); held = OnnxAttributeType.Tensors; break;
                    case 11: (graphs ??= new List<OnnxGraph>()).Add(ReadGraph(reader.ReadMessage())); held = OnnxAttributeType.Graphs; break;
                    case 13: attribute.Documentation = reader.ReadString(); break;
                    case 20: attribute.Type = (OnnxAttributeType)reader.ReadInt32(); break;
                    case 21: attribute.Reference = reader.ReadString(); break;
                    default: Keep(attribute, ref reader); break;
                }
            }
            Require(ref reader, attribute.Name, "attribute");
            if (floats != null)
                attribute.Floats = floats.ToArray();
            if (ints != null)
                attribute.Ints = ints.ToArray();
            if (strings != null)
                attribute.Strings = strings.ToArray();
            if (tensors != null)
                attribute.Tensors = tensors.ToArray();
            if (graphs != null)
                attribute.Graphs = graphs.ToArray();

            // The first version of the format had no type: the field that is there says it.
            if (attribute.Type == OnnxAttributeType.Undefined)
                attribute.Type = held;
            else if (attribute.Type < 0 || attribute.Type > OnnxAttributeType.TypeProtos)
                throw reader.Fail($"attribute '{attribute.Name}' has the unknown type {(int)attribute.Type}");
            else if (held != OnnxAttributeType.Undefined && held != attribute.Type)
                throw reader.Fail($"attribute '{attribute.Name}' is said to be {attribute.Type} and holds {held}");
            return attribute;
        }

        private OnnxValueInfo ReadValueInfo(WireReader reader)
        {
            Count(ref reader);
            var value = new OnnxValueInfo(string.Empty);
            while (reader.Next())
            {
                switch (reader.Field)
                {
                    case 1: value.Name = reader.ReadString(); break;
                    case 2: ReadType(reader.ReadMessage(), value); break;
                    case 3: value.Documentation = reader.ReadString(); break;
                    default: Keep(value, ref reader); break;
                }
            }
            Require(ref reader, value.Name, "value");
            return value;
        }

        private void ReadType(WireReader reader, OnnxValueInfo value)
        {
            ReadOnlyMemory<byte> whole = reader.Rest;
            while (reader.Next())
            {
                switch (reader.Field)
                {
                    case 1: ReadTensorType(reader.ReadMessage(), value); break;
                    case 6: reader.ReadUnknown(); break; // the denotation, a remark
                    default:
                        reader.ReadUnknown();
                        value.OtherType = whole;
                        break;
                }
            }
        }

        private void ReadTensorType(WireReader reader, OnnxValueInfo value)
        {
            while (reader.Next())
            {
                switch (reader.Field)
                {
                    case 1: value.ElementType = (OnnxDataType)reader.ReadInt32(); break;
                    case 2: value.Shape = ReadShape(reader.ReadMessage()); break;
                    default: reader.ReadUnknown(); break;
                }
            }
        }

        private List<OnnxDimension> ReadShape(WireReader reader)
        {
            var shape = new List<OnnxDimension>();
            while (reader.Next())
            {
                if (reader.Field != 1)
                {
                    reader.ReadUnknown();
                    continue;
                }
                Count(ref reader);
                WireReader dimension = reader.ReadMessage();
                var axis = new OnnxDimension(string.Empty);
                while (dimension.Next())
                {
                    switch (dimension.Field)
                    {
                        case 1:
                            long size = dimension.ReadInt64();
                            // Some exporters write -1 for an axis they know nothing about.
                            axis = size == -1 ? new OnnxDimension(string.Empty)
                                : size >= 0 && size <= int.MaxValue ? new OnnxDimension(size)
                                : throw dimension.Fail(FormattableString.Invariant($"an axis of size {size}"));
                            break;
                        case 2: axis = new OnnxDimension(dimension.ReadString()); break;
                        default: dimension.ReadUnknown(); break;
                    }
                }
                shape.Add(axis);
            }
            return shape;
        }

        private OnnxTensor ReadTensor(WireReader reader)
        {
            Count(ref reader);
            var shape = new List<long>();
            List<(int Field, ReadOnlyMemory<byte> Bytes)>? typed = null;
            ReadOnlyMemory<byte>? raw = null;
            List<string>? strings = null;
            Dictionary<string, string>? location = null;
            List<ReadOnlyMemory<byte>>? unknown = null;
            var type = OnnxDataType.Undefined;
            bool external = false;
            string name = string.Empty, documentation = string.Empty;
            while (reader.Next())
            {
                switch (reader.Field)
                {
                    case 1: ReadInts(ref reader, shape); break;
                    case 2: type = (OnnxDataType)reader.ReadInt32(); break;
                    case 3: throw reader.Fail($"tensor '{name}' is cut into segments, which no runtime supports");
                    case 4: AddTyped(ref reader, ref typed, WireType.Fixed32); break;
                    case 5: AddTyped(ref reader, ref typed, WireType.Varint); break;
                    case 6: (strings ??= new List<string>()).Add(ReadName(ref reader)); break;
                    case 7: AddTyped(ref reader, ref typed, WireType.Varint); break;
                    case 8: name = reader.ReadString(); break;
                    case 9: raw = reader.ReadBytes(); break;
                    case 10: AddTyped(ref reader, ref typed, WireType.Fixed64); break;
                    case 11: AddTyped(ref reader, ref typed, WireType.Varint); break;
                    case 12: documentation = reader.ReadString(); break;
                    case 13: ReadEntry(reader.ReadMessage(), location ??= new Dictionary<string, string>(StringComparer.Ordinal)); break;
                    case 14: external = reader.ReadInt32() == 1; break;
                    default:
                        Count(ref reader);
                        (unknown ??= new List<ReadOnlyMemory<byte>>(1)).Add(reader.ReadUnknown());
                        break;
                }
            }

            string who = $"tensor '{name}'";
            long[] sizes = shape.ToArray();
            if (!OnnxTensor.TryCount(sizes, out int count))
                throw reader.Fail($"{who}: shape {OnnxTensor.Describe(sizes)} is no shape that fits in memory");
            if ((raw != null ? 1 : 0) + (typed != null ? 1 : 0) + (strings != null ? 1 : 0) + (external ? 1 : 0) > 1)
                throw reader.Fail($"{who} has data in more than one place");

            OnnxTensor tensor;
            if (type == OnnxDataType.String)
            {
                if (raw != null || typed != null || external)
                    throw reader.Fail($"{who} holds texts, its data does not");
                if (count != (strings?.Count ?? 0))
                    throw reader.Fail(FormattableString.Invariant($"{who}: shape {OnnxTensor.Describe(sizes)} has {count} elements, its data {strings?.Count ?? 0}"));
                tensor = new OnnxTensor(name, sizes, strings?.ToArray() ?? Array.Empty<string>());
            }
            else
            {
                if (OnnxElements.Bits(type) == 0)
                    throw reader.Fail($"{who} has the unknown element type {(int)type}");
                if (strings != null || !OnnxTensor.TryByteLength(type, count, out int length))
                    throw reader.Fail($"{who}: its data is not {type}{OnnxTensor.Describe(sizes)}");
                ReadOnlyMemory<byte> data =
                    external ? _external.Load(name, location, length) :
                    typed != null ? FromTyped(ref reader, who, type, count, length, typed) :
                    raw ?? ReadOnlyMemory<byte>.Empty;
                if (data.Length != length)
                    throw reader.Fail(FormattableString.Invariant($"{who}: {type}{OnnxTensor.Describe(sizes)} has {length} bytes, its data {data.Length}"));
                tensor = new OnnxTensor(name, type, sizes, data);
            }
            tensor.Documentation = documentation;
            if (unknown != null)
                foreach (ReadOnlyMemory<byte> field in unknown)
                    tensor.Keep(field);
            return tensor;
        }

        private static void AddTyped(ref WireReader reader, ref List<(int Field, ReadOnlyMemory<byte> Bytes)>? typed, WireType elementType)
        {
            typed ??= new List<(int, ReadOnlyMemory<byte>)>(1);
            typed.Add((reader.Field, reader.ReadRepeated(elementType)));
        }

        /// <summary>Data from float_data, int32_data, int64_data, double_data or uint64_data in the layout of raw_data.</summary>
        private static ReadOnlyMemory<byte> FromTyped(
            ref WireReader reader, string who, OnnxDataType type, int count, int length, List<(int Field, ReadOnlyMemory<byte> Bytes)> typed)
        {
            int field = TypedField(type);
            foreach ((int Field, ReadOnlyMemory<byte>) chunk in typed)
                if (chunk.Field != field)
                    throw reader.Fail($"{who} holds {type}, its data stands in field {chunk.Field} instead of {field}");

            if (field == 4 || field == 10)
            {
                if (typed.Count == 1)
                    return typed[0].Bytes;
                long total = 0;
                foreach ((int, ReadOnlyMemory<byte> Bytes) chunk in typed)
                    total += chunk.Bytes.Length;
                if (total != length)
                    throw reader.Fail(FormattableString.Invariant($"{who} has {length} bytes by its shape, {total} by its data"));
                var joined = new byte[length];
                int offset = 0;
                foreach ((int, ReadOnlyMemory<byte> Bytes) chunk in typed)
                {
                    chunk.Bytes.CopyTo(joined.AsMemory(offset));
                    offset += chunk.Bytes.Length;
                }
                return joined;
            }

            // A number of less than 8 bits stands in a byte with its neighbours, and each such byte is one varint.
            int elements = OnnxElements.Bits(type) < 8 ? length : count;
            long found = 0;
            foreach ((int, ReadOnlyMemory<byte> Bytes) chunk in typed)
                foreach (byte b in chunk.Bytes.Span)
                    if (b < 0x80)
                        found++;
            if (found != elements)
                throw reader.Fail(FormattableString.Invariant($"{who} has {elements} numbers by its shape, {found} by its data"));
            var data = new byte[length];
            int width = elements == 0 ? 0 : length / elements;
            int index = 0;
            foreach ((int, ReadOnlyMemory<byte> Bytes) chunk in typed)
            {
                ReadOnlySpan<byte> bytes = chunk.Bytes.Span;
                for (int position = 0; position < bytes.Length; index++)
                {
                    if (!WireReader.TryReadVarint(bytes, ref position, out ulong value))
                        throw reader.Fail($"{who}: a number in its data is cut or longer than 64 bits");
                    Span<byte> target = data.AsSpan(index * width, width);
                    switch (width)
                    {
                        case 1: target[0] = (byte)value; break;
                        case 2: BinaryPrimitives.WriteUInt16LittleEndian(target, (ushort)value); break;
                        case 4: BinaryPrimitives.WriteUInt32LittleEndian(target, (uint)value); break;
                        default: BinaryPrimitives.WriteUInt64LittleEndian(target, value); break;
                    }
                }
            }
            return data;
        }

        /// <summary>The field in which the format puts the typed data of an element type.</summary>
        private static int TypedField(OnnxDataType type)
        {
            switch (type)
            {
                case OnnxDataType.Float:
                case OnnxDataType.Complex64:
                    return 4;
                case OnnxDataType.Double:
                case OnnxDataType.Complex128:
                    return 10;
                case OnnxDataType.Int64:
                    return 7;
                case OnnxDataType.UInt32:
                case OnnxDataType.UInt64:
                    return 11;
                default:
                    return 5;
            }
        }

        private static void ReadFloats(ref WireReader reader, List<float> values)
        {
            ReadOnlySpan<byte> bytes = reader.ReadRepeated(WireType.Fixed32).Span;
            if (bytes.Length % 4 != 0)
                throw reader.Fail($"field {reader.Field} is no list of floats");
            for (int i = 0; i < bytes.Length; i += 4)
                values.Add(BitConverter.Int32BitsToSingle(BinaryPrimitives.ReadInt32LittleEndian(bytes.Slice(i))));
        }

        private static void ReadInts(ref WireReader reader, List<long> values)
        {
            ReadOnlySpan<byte> bytes = reader.ReadRepeated(WireType.Varint).Span;
            for (int position = 0; position < bytes.Length;)
            {
                if (!WireReader.TryReadVarint(bytes, ref position, out ulong value))
                    throw reader.Fail($"field {reader.Field} is no list of integers");
                values.Add((long)value);
            }
        }

        private void ReadOpset(WireReader reader, SortedDictionary<string, long> opsets)
        {
            Count(ref reader);
            string domain = string.Empty;
            long version = 0;
            while (reader.Next())
            {
                switch (reader.Field)
                {
                    case 1: domain = reader.ReadString(); break;
                    case 2: version = reader.ReadInt64(); break;
                    default: reader.ReadUnknown(); break;
                }
            }
            if (domain == "ai.onnx")
                domain = string.Empty;
            if (opsets.TryGetValue(domain, out long other) && other != version)
                throw reader.Fail(FormattableString.Invariant($"two versions of the operator set '{domain}': {other} and {version}"));
            opsets[domain] = version;
        }

        private void ReadEntry(WireReader reader, IDictionary<string, string> entries)
        {
            Count(ref reader);
            string key = string.Empty, value = string.Empty;
            while (reader.Next())
            {
                switch (reader.Field)
                {
                    case 1: key = reader.ReadString(); break;
                    case 2: value = reader.ReadString(); break;
                    default: reader.ReadUnknown(); break;
                }
            }
            if (entries.ContainsKey(key))
                throw reader.Fail($"the key '{key}' stands twice");
            entries.Add(key, value);
        }

        private static void Require(ref WireReader reader, string name, string what)
        {
            if (name.Length == 0)
                throw reader.Fail($"a {what} without a name");
        }

        private string ReadName(ref WireReader reader)
        {
            Count(ref reader);
            return reader.ReadString();
        }

        private void Keep(OnnxMessage message, ref WireReader reader)
        {
            Count(ref reader);
            message.Keep(reader.ReadUnknown());
        }

        private void Count(ref WireReader reader)
        {
            if (--_parts < 0)
                throw reader.Fail($"the model has more than {MaxParts} parts");
        }
    }
}
