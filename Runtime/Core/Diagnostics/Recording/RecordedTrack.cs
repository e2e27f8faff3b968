namespace Recurrent.Diagnostics
{
    /// <summary>A run of numbers within every step of a recording: the input, h of one cell, one gate of one cell.</summary>
    public sealed class RecordedTrack
    {
        internal RecordedTrack(string name, string symbol, RecordChannels channel, RecordedCell? cell, int offset, int length)
        {
            Name = name;
            Symbol = symbol;
            Channel = channel;
            Cell = cell;
            Offset = offset;
            Length = length;
        }

        /// <summary>The whole name: <c>input</c>, <c>0.l1.h</c>.</summary>
        public string Name { get; }

        /// <summary>The last part of the name: <c>input</c>, <c>h</c>, <c>f</c>.</summary>
        public string Symbol { get; }

        /// <summary>Which channel it belongs to.</summary>
        public RecordChannels Channel { get; }

        /// <summary>Which cell it belongs to; null for input, output and target.</summary>
        public RecordedCell? Cell { get; }

        /// <summary>Where it begins within a step.</summary>
        public int Offset { get; }

        /// <summary>How many numbers it has.</summary>
        public int Length { get; }

        /// <summary>Whether its values are those of a gate, 0 … 1, and not of a candidate (g, n), −1 … 1.</summary>
        public bool IsGate => Channel == RecordChannels.Gates && !IsCandidate;

        /// <summary>Whether its values are those of a candidate, −1 … 1.</summary>
        public bool IsCandidate => Channel == RecordChannels.Gates && (Symbol == "g" || Symbol == "n");

        /// <summary>The name.</summary>
        public override string ToString() => Name;
    }
}
