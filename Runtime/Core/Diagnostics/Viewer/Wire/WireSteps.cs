using System;
using System.Runtime.InteropServices;

namespace Recurrent.Diagnostics
{
    /// <summary>
    /// The payload of <see cref="WireKind.Steps"/>. An agent's steps of W numbers each are one long row of numbers, of which a message carries any run:
    /// <code>
    /// agent 4   generation 4   position of the first number 8   count 4   numbers 4 each
    /// </code>
    /// </summary>
    internal readonly ref struct WireSteps
    {
        public const int Head = 20;

        /// <summary>The most numbers of a message.</summary>
        public const int MaxCount = (WireMessage.MaxBytes - WireMessage.Header - Head) / sizeof(float);

        private WireSteps(int agent, int generation, long position, ReadOnlySpan<byte> numbers)
        {
            Agent = agent;
            Generation = generation;
            Position = position;
            Numbers = numbers;
        }

        /// <summary>Which agent, by the number that the game gave it.</summary>
        public int Agent { get; }

        /// <summary>Another one means another recording.</summary>
        public int Generation { get; }

        /// <summary>Step · W + place in the step.</summary>
        public long Position { get; }

        public ReadOnlySpan<byte> Numbers { get; }

        public int Count => Numbers.Length / sizeof(float);

        public static void WriteHead(Span<byte> payload, int agent, int generation, long position, int count)
        {
            BitConverter.TryWriteBytes(payload, agent);
            BitConverter.TryWriteBytes(payload.Slice(4), generation);
            BitConverter.TryWriteBytes(payload.Slice(8), position);
            BitConverter.TryWriteBytes(payload.Slice(16), count);
        }

        public static bool TryRead(ReadOnlySpan<byte> payload, out WireSteps steps)
        {
            steps = default;
            if (payload.Length < Head) return false;
            long position = BitConverter.ToInt64(payload.Slice(8));
            int count = BitConverter.ToInt32(payload.Slice(16));
            if (position < 0 || position > long.MaxValue / 2 || count < 1 || count > MaxCount || payload.Length != Head + count * sizeof(float)) return false;
            steps = new WireSteps(BitConverter.ToInt32(payload), BitConverter.ToInt32(payload.Slice(4)), position, payload.Slice(Head));
            return true;
        }

        /// <summary>Copies numbers out, from one of them on.</summary>
        public void CopyTo(int from, Span<float> destination) => Numbers.Slice(from * sizeof(float), destination.Length * sizeof(float)).CopyTo(MemoryMarshal.AsBytes(destination));
    }
}
