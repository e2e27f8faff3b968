using System;
using System.Buffers.Binary;
using System.Text;

namespace Recurrent.Onnx
{
    /// <summary>
    /// Writes the protobuf wire format into one growing buffer. A nested message stands between <see cref="Begin"/> and <see cref="End"/>:
    /// one byte is kept free for its length, and its body moves up where the length needs more.
    /// </summary>
    internal sealed class WireWriter
    {
        private byte[] _bytes = new byte[1024];
        private int _length;

        public byte[] ToArray() => new ReadOnlySpan<byte>(_bytes, 0, _length).ToArray();

        public void Int64(int field, long value)
        {
            Tag(field, WireType.Varint);
            Varint((ulong)value);
        }

        public void Single(int field, float value)
        {
            Tag(field, WireType.Fixed32);
            BinaryPrimitives.WriteInt32LittleEndian(Reserve(4), BitConverter.SingleToInt32Bits(value));
        }

        public void String(int field, string value)
        {
            int count = Encoding.UTF8.GetByteCount(value);
            Tag(field, WireType.LengthDelimited);
            Varint((ulong)count);
            Encoding.UTF8.GetBytes(value, Reserve(count));
        }

        /// <summary>A string that an empty value leaves out.</summary>
        public void OptionalString(int field, string value)
        {
            if (value.Length > 0)
                String(field, value);
        }

        public void Bytes(int field, ReadOnlySpan<byte> value)
        {
            Tag(field, WireType.LengthDelimited);
            Varint((ulong)value.Length);
            Raw(value);
        }

        /// <summary>Bytes that are already in the wire format.</summary>
        public void Raw(ReadOnlySpan<byte> value) => value.CopyTo(Reserve(value.Length));

        public int Begin(int field)
        {
            Tag(field, WireType.LengthDelimited);
            Reserve(1);
            return _length;
        }

        public void End(int start)
        {
            int body = _length - start;
            int extra = VarintLength((ulong)body) - 1;
            if (extra > 0)
            {
                Reserve(extra);
                new ReadOnlySpan<byte>(_bytes, start, body).CopyTo(new Span<byte>(_bytes, start + extra, body));
            }
            int position = start - 1;
            for (ulong rest = (ulong)body; ; rest >>= 7)
            {
                _bytes[position++] = (byte)(rest < 0x80 ? rest : (rest & 0x7F) | 0x80);
                if (rest < 0x80)
                    return;
            }
        }

        private void Tag(int field, WireType type) => Varint(((ulong)field << 3) | (uint)type);

        private void Varint(ulong value)
        {
            Span<byte> bytes = Reserve(VarintLength(value));
            for (int i = 0; i < bytes.Length - 1; i++, value >>= 7)
                bytes[i] = (byte)((value & 0x7F) | 0x80);
            bytes[bytes.Length - 1] = (byte)value;
        }

        private static int VarintLength(ulong value)
        {
            int length = 1;
            while ((value >>= 7) != 0)
                length++;
            return length;
        }

        private Span<byte> Reserve(int count)
        {
            long needed = (long)_length + count;
            if (needed > int.MaxValue)
                throw new ArgumentException("The model is larger than the 2 GB that the ONNX format allows in one file.");
            if (needed > _bytes.Length)
                Array.Resize(ref _bytes, (int)Math.Min(int.MaxValue - 64, Math.Max(needed, _bytes.Length * 2L)));
            var span = new Span<byte>(_bytes, _length, count);
            _length += count;
            return span;
        }
    }
}
