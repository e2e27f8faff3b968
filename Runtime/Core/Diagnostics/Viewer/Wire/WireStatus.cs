using System;

namespace Recurrent.Diagnostics
{
    /// <summary>
    /// The payload of <see cref="WireKind.Status"/>:
    /// <code>
    /// listing 4   pause change 4   flags 4: 1 paused, 2 recording
    /// </code>
    /// </summary>
    internal readonly struct WireStatus
    {
        public const int Bytes = 12;

        private readonly int _flags;

        private WireStatus(int listing, int pauseChange, int flags)
        {
            Listing = listing;
            PauseChange = pauseChange;
            _flags = flags;
        }

        /// <summary>The number of the list of agents that holds now.</summary>
        public int Listing { get; }

        /// <summary>The last change of <see cref="IsPaused"/> that the viewer wished and that was made.</summary>
        public int PauseChange { get; }

        public bool IsPaused => (_flags & 1) != 0;

        public bool IsRecording => (_flags & 2) != 0;

        public static void Write(Span<byte> payload, int listing, int pauseChange, bool isPaused, bool isRecording)
        {
            BitConverter.TryWriteBytes(payload, listing);
            BitConverter.TryWriteBytes(payload.Slice(4), pauseChange);
            BitConverter.TryWriteBytes(payload.Slice(8), (isPaused ? 1 : 0) | (isRecording ? 2 : 0));
        }

        public static bool TryRead(ReadOnlySpan<byte> payload, out WireStatus status)
        {
            status = payload.Length == Bytes ? new WireStatus(BitConverter.ToInt32(payload), BitConverter.ToInt32(payload.Slice(4)), BitConverter.ToInt32(payload.Slice(8))) : default;
            return payload.Length == Bytes;
        }
    }
}
