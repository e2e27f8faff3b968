using System;

namespace Recurrent.Diagnostics
{
    /// <summary>
    /// The payload of <see cref="WireKind.Marks"/>, all that an agent's recording has:
    /// <code>
    /// agent 4   generation 4   of each mark its step 8, its kind 4
    /// </code>
    /// </summary>
    internal readonly ref struct WireMarks
    {
        public const int MaxBytes = Head + AgentRecorder.MaxMarks * MarkBytes;

        private const int Head = 8, MarkBytes = 12;

        private readonly ReadOnlySpan<byte> _marks;

        private WireMarks(int agent, int generation, ReadOnlySpan<byte> marks)
        {
            Agent = agent;
            Generation = generation;
            _marks = marks;
        }

        public int Agent { get; }

        public int Generation { get; }

        public int Count => _marks.Length / MarkBytes;

        public StateMark this[int index] => new StateMark(BitConverter.ToInt64(_marks.Slice(index * MarkBytes)), (StateMarkKind)BitConverter.ToInt32(_marks.Slice(index * MarkBytes + 8)));

        /// <summary>Writes the marks.</summary>
        /// <returns>How many bytes.</returns>
        public static int Write(Span<byte> payload, int agent, int generation, IRecordedSteps steps)
        {
            BitConverter.TryWriteBytes(payload, agent);
            BitConverter.TryWriteBytes(payload.Slice(4), generation);
            int count = Math.Min(steps.MarkCount, AgentRecorder.MaxMarks);
            for (int i = 0; i < count; i++)
            {
                StateMark mark = steps.GetMark(i);
                BitConverter.TryWriteBytes(payload.Slice(Head + i * MarkBytes), mark.Step);
                BitConverter.TryWriteBytes(payload.Slice(Head + i * MarkBytes + 8), (int)mark.Kind);
            }
            return Head + count * MarkBytes;
        }

        public static bool TryRead(ReadOnlySpan<byte> payload, out WireMarks marks)
        {
            bool isWhole = payload.Length >= Head && payload.Length <= MaxBytes && (payload.Length - Head) % MarkBytes == 0;
            marks = isWhole ? new WireMarks(BitConverter.ToInt32(payload), BitConverter.ToInt32(payload.Slice(4)), payload.Slice(Head)) : default;
            return isWhole;
        }
    }
}
