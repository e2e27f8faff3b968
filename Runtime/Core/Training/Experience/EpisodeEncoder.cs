using System;
using System.Buffers.Binary;
using System.Text;
using Recurrent.Diagnostics;

namespace Recurrent
{
    /// <summary>Makes the records of an <see cref="EpisodeFile"/>, each in the same memory.</summary>
    internal sealed class EpisodeEncoder
    {
        internal const uint LayoutRecord = 0x4F59414C, SessionRecord = 0x53534553, StepRecord = 0x50455453, EndRecord = 0x53444E45;

        /// <summary>Bytes before and behind a record's payload.</summary>
        internal const int HeadBytes = 8, CheckBytes = 4;

        internal const int EndPayload = 5;

        internal static readonly byte[] Header = { (byte)'R', (byte)'N', (byte)'N', (byte)'E', (byte)'P', (byte)'I', (byte)'S', (byte)'O', 1, 0, 0, 0 };

        private readonly EpisodeLayout _layout;
        private readonly byte[] _record;

        public EpisodeEncoder(EpisodeLayout layout)
        {
            _layout = layout;
            _record = new byte[HeadBytes + StepPayload(layout) + CheckBytes];
        }

        /// <summary>Payload bytes of a step: agent, observation, continuous and discrete actions, a bit for each entry of the mask.</summary>
        public static int StepPayload(EpisodeLayout layout) => 4 + 4 * (layout.ObservationSize + layout.ContinuousSize + layout.BranchCount) + MaskBytes(layout);

        public static int MaskBytes(EpisodeLayout layout) => layout.HasMasks ? (layout.MaskSize + 7) / 8 : 0;

        /// <summary>What a file begins with: the header and the layout.</summary>
        public static byte[] Beginning(EpisodeLayout layout)
        {
            byte[] text = Encoding.UTF8.GetBytes(layout.ToMetadata());
            var bytes = new byte[Header.Length + HeadBytes + text.Length + CheckBytes];
            Header.CopyTo(bytes, 0);
            text.CopyTo(bytes, Header.Length + HeadBytes);
            Frame(bytes.AsSpan(Header.Length), LayoutRecord, text.Length);
            return bytes;
        }

        public ReadOnlyMemory<byte> Session() => Framed(SessionRecord, 0);

        public ReadOnlyMemory<byte> End(int agent, bool isWhole)
        {
            Span<byte> payload = _record.AsSpan(HeadBytes);
            BinaryPrimitives.WriteInt32LittleEndian(payload, agent);
            payload[4] = isWhole ? (byte)1 : (byte)0;
            return Framed(EndRecord, EndPayload);
        }

        /// <summary>A step whose numbers have been checked; an empty mask allows all.</summary>
        public ReadOnlyMemory<byte> Step(int agent, ReadOnlySpan<float> observation, ReadOnlySpan<int> discrete, ReadOnlySpan<float> continuous, ReadOnlySpan<bool> mask)
        {
            Span<byte> rest = _record.AsSpan(HeadBytes);
            Put(agent, ref rest);
            foreach (float value in observation) Put(BitConverter.SingleToInt32Bits(value), ref rest);
            foreach (float value in continuous) Put(BitConverter.SingleToInt32Bits(value), ref rest);
            foreach (int value in discrete) Put(value, ref rest);
            Span<byte> bits = rest.Slice(0, MaskBytes(_layout));
            bits.Fill(mask.IsEmpty ? (byte)0xFF : (byte)0);
            for (int i = 0; i < mask.Length; i++)
                if (mask[i]) bits[i >> 3] |= (byte)(1 << (i & 7));
            return Framed(StepRecord, StepPayload(_layout));
        }

        private static void Put(int value, ref Span<byte> rest)
        {
            BinaryPrimitives.WriteInt32LittleEndian(rest, value);
            rest = rest.Slice(4);
        }

        private ReadOnlyMemory<byte> Framed(uint kind, int payload)
        {
            Frame(_record, kind, payload);
            return new ReadOnlyMemory<byte>(_record, 0, HeadBytes + payload + CheckBytes);
        }

        private static void Frame(Span<byte> record, uint kind, int payload)
        {
            BinaryPrimitives.WriteUInt32LittleEndian(record, kind);
            BinaryPrimitives.WriteInt32LittleEndian(record.Slice(4), payload);
            BinaryPrimitives.WriteUInt32LittleEndian(record.Slice(HeadBytes + payload), Crc32.Of(record.Slice(0, HeadBytes + payload)));
        }
    }
}
