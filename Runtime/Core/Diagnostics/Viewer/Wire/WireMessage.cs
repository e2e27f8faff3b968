using System;

namespace Recurrent.Diagnostics
{
    /// <summary>
    /// A message between a viewer and a game: a header and a payload, little-endian. What is behind the payload does not count, so that buffers of fixed sizes can be sent.
    /// <code>
    /// RNNW 4   version 2   kind 2   session 4   number 4   payload length 4   CRC-32 of all of it but itself 4   payload
    /// </code>
    /// </summary>
    internal readonly ref struct WireMessage
    {
        public const int Header = 24, Version = 1;

        /// <summary>The largest message.</summary>
        public const int MaxBytes = 32 << 10;

        private const uint Magic = 0x574E4E52;

        private WireMessage(WireKind kind, uint session, uint number, ReadOnlySpan<byte> payload)
        {
            Kind = kind;
            Session = session;
            Number = number;
            Payload = payload;
        }

        public WireKind Kind { get; }

        /// <summary>Which viewer it is from or for.</summary>
        public uint Session { get; }

        /// <summary>The number of the message among those of its sender.</summary>
        public uint Number { get; }

        public ReadOnlySpan<byte> Payload { get; }

        /// <summary>Writes the header of a message whose payload is in place.</summary>
        public static void Seal(Span<byte> message, WireKind kind, uint session, uint number, int payload)
        {
            BitConverter.TryWriteBytes(message, Magic);
            BitConverter.TryWriteBytes(message.Slice(4), (ushort)Version);
            BitConverter.TryWriteBytes(message.Slice(6), (ushort)kind);
            BitConverter.TryWriteBytes(message.Slice(8), session);
            BitConverter.TryWriteBytes(message.Slice(12), number);
            BitConverter.TryWriteBytes(message.Slice(16), payload);
            BitConverter.TryWriteBytes(message.Slice(20), Crc32.Of(message.Slice(0, 20), message.Slice(Header, payload)));
        }

        /// <summary>A message of its own, of just that size.</summary>
        public static byte[] Make(WireKind kind, uint session, uint number, ReadOnlySpan<byte> payload)
        {
            var message = new byte[Header + payload.Length];
            payload.CopyTo(message.AsSpan(Header));
            Seal(message, kind, session, number, payload.Length);
            return message;
        }

        /// <summary>Reads a message.</summary>
        /// <param name="bytes">What came.</param>
        /// <param name="message">The message, where it is one.</param>
        /// <param name="version">The version that the other side speaks; 0 where it is not one of ours at all.</param>
        /// <returns>Whether it is whole and of our version.</returns>
        public static bool TryRead(ReadOnlySpan<byte> bytes, out WireMessage message, out int version)
        {
            message = default;
            version = 0;
            if (bytes.Length < Header || bytes.Length > MaxBytes || BitConverter.ToUInt32(bytes) != Magic) return false;
            version = BitConverter.ToUInt16(bytes.Slice(4));
            int length = BitConverter.ToInt32(bytes.Slice(16));
            if (version != Version || length < 0 || length > bytes.Length - Header) return false;
            ReadOnlySpan<byte> payload = bytes.Slice(Header, length);
            if (BitConverter.ToUInt32(bytes.Slice(20)) != Crc32.Of(bytes.Slice(0, 20), payload)) return false;
            message = new WireMessage((WireKind)BitConverter.ToUInt16(bytes.Slice(6)), BitConverter.ToUInt32(bytes.Slice(8)), BitConverter.ToUInt32(bytes.Slice(12)), payload);
            return true;
        }
    }
}
