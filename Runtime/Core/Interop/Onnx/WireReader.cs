using System;
using System.Buffers.Binary;
using System.Text;

namespace Recurrent.Onnx
{
    /// <summary>
    /// Reads the protobuf wire format inside one message: a forward cursor over bytes that never passes the message's end,
    /// allocates nothing but the strings it returns, and turns every malformed byte into a <see cref="ModelFileException"/>.
    /// </summary>
    internal struct WireReader
    {
        private static readonly UTF8Encoding StrictUtf8 = new UTF8Encoding(false, throwOnInvalidBytes: true);

        private readonly byte[] _bytes;
        private readonly string _path;
        private readonly int _end;
        private int _position;
        private int _fieldStart;
        private int _field;
        private WireType _type;

        public WireReader(byte[] bytes, string path) : this(bytes, path, 0, bytes.Length)
        {
        }

        private WireReader(byte[] bytes, string path, int start, int end)
        {
            _bytes = bytes;
            _path = path;
            _position = start;
            _end = end;
            _fieldStart = start;
            _field = 0;
            _type = WireType.Varint;
        }

        /// <summary>A reader of the message that stands at a place of a file behind its length, as in a stream of messages; the place moves behind it.</summary>
        public static WireReader Delimited(byte[] bytes, string path, ref int position)
        {
            var stream = new WireReader(bytes, path, position, bytes.Length);
            ulong length = stream.ReadRawVarint();
            if (length > (ulong)stream.Remaining)
                throw stream.Fail($"a message claims {length} bytes, {stream.Remaining} are left");
            position = stream._position + (int)length;
            return new WireReader(bytes, path, stream._position, position);
        }

        /// <summary>The number of the field whose value comes next.</summary>
        public int Field => _field;

        /// <summary>How that value is laid out.</summary>
        public WireType Type => _type;

        /// <summary>Bytes between the cursor and the end of the message.</summary>
        public int Remaining => _end - _position;

        /// <summary>The bytes that are left, as a view of the file.</summary>
        public ReadOnlyMemory<byte> Rest => new ReadOnlyMemory<byte>(_bytes, _position, Remaining);

        /// <summary>Goes on to the next field; false at the end of the message.</summary>
        public bool Next()
        {
            if (_position == _end)
                return false;
            _fieldStart = _position;
            ulong tag = ReadRawVarint();
            ulong field = tag >> 3;
            int type = (int)(tag & 7);
            if (field == 0 || field > 0x1FFFFFFF)
                throw Fail($"invalid field number {field}");
            if (type != (int)WireType.Varint && type != (int)WireType.Fixed64 && type != (int)WireType.LengthDelimited && type != (int)WireType.Fixed32)
                throw Fail($"field {field} has wire type {type}, which ONNX does not use");
            _field = (int)field;
            _type = (WireType)type;
            return true;
        }

        public long ReadInt64()
        {
            Expect(WireType.Varint);
            return (long)ReadRawVarint();
        }

        /// <summary>An int32 or an enum: the low 32 bits, as protobuf reads a value that is too wide.</summary>
        public int ReadInt32() => unchecked((int)ReadInt64());

        public float ReadSingle()
        {
            Expect(WireType.Fixed32);
            return BitConverter.Int32BitsToSingle(BinaryPrimitives.ReadInt32LittleEndian(Take(4)));
        }

        public string ReadString()
        {
            ReadOnlyMemory<byte> bytes = ReadBytes();
            if (bytes.IsEmpty)
                return string.Empty;
            try
            {
                return StrictUtf8.GetString(bytes.Span);
            }
            catch (DecoderFallbackException)
            {
                throw Fail($"the text of field {_field} is not UTF-8");
            }
        }

        /// <summary>A length and that many bytes, as a view of the file.</summary>
        public ReadOnlyMemory<byte> ReadBytes()
        {
            int length = ReadLength();
            var bytes = new ReadOnlyMemory<byte>(_bytes, _position, length);
            _position += length;
            return bytes;
        }

        /// <summary>A reader of the message that comes next; this one goes on behind it.</summary>
        public WireReader ReadMessage()
        {
            int length = ReadLength();
            var message = new WireReader(_bytes, _path, _position, _position + length);
            _position += length;
            return message;
        }

        /// <summary>
        /// The payload of one occurrence of a repeated number, either packed or alone: consecutive varints or fixed-size values.
        /// </summary>
        public ReadOnlyMemory<byte> ReadRepeated(WireType elementType)
        {
            if (_type == WireType.LengthDelimited)
                return ReadBytes();
            Expect(elementType);
            int start = _position;
            SkipValue();
            return new ReadOnlyMemory<byte>(_bytes, start, _position - start);
        }

        /// <summary>A field that the caller does not know: its tag and value as they stand in the file.</summary>
        public ReadOnlyMemory<byte> ReadUnknown()
        {
            SkipValue();
            return new ReadOnlyMemory<byte>(_bytes, _fieldStart, _position - _fieldStart);
        }

        /// <summary>The exception that names this file and the place of the cursor.</summary>
        public ModelFileException Fail(string reason) =>
            new ModelFileException(_path, FormattableString.Invariant($"{reason} (byte {_fieldStart})."));

        /// <summary>Reads one varint from a payload that <see cref="ReadRepeated"/> returned.</summary>
        /// <returns>False when the payload ends inside the varint or the varint is longer than 10 bytes.</returns>
        public static bool TryReadVarint(ReadOnlySpan<byte> bytes, ref int position, out ulong value)
        {
            value = 0;
            for (int shift = 0; shift < 70; shift += 7)
            {
                if (position >= bytes.Length)
                    return false;
                byte b = bytes[position++];
                if (shift == 63 && b > 1)
                    return false;
                value |= (ulong)(b & 0x7F) << shift;
                if (b < 0x80)
                    return true;
            }
            return false;
        }

        private void SkipValue()
        {
            switch (_type)
            {
                case WireType.Varint:
                    ReadRawVarint();
                    break;
                case WireType.Fixed64:
                    Take(8);
                    break;
                case WireType.Fixed32:
                    Take(4);
                    break;
                default:
                    int length = ReadLength();
                    _position += length;
                    break;
            }
        }

        private void Expect(WireType type)
        {
            if (_type != type)
                throw Fail($"field {_field} has wire type {_type}, expected {type}");
        }

        private int ReadLength()
        {
            Expect(WireType.LengthDelimited);
            ulong length = ReadRawVarint();
            if (length > (ulong)Remaining)
                throw Fail($"field {_field} claims {length} bytes, {Remaining} are left");
            return (int)length;
        }

        private ulong ReadRawVarint()
        {
            if (!TryReadVarint(new ReadOnlySpan<byte>(_bytes, 0, _end), ref _position, out ulong value))
                throw Fail("a number is cut or longer than 64 bits");
            return value;
        }

        private ReadOnlySpan<byte> Take(int count)
        {
            if (count > Remaining)
                throw Fail($"field {_field} needs {count} bytes, {Remaining} are left");
            var bytes = new ReadOnlySpan<byte>(_bytes, _position, count);
            _position += count;
            return bytes;
        }
    }
}
