using System;
using System.Collections.Generic;

namespace Recurrent.Diagnostics
{
    /// <summary>What a step of a recording consists of, number by number: input, output, target, and for each cell h, c and its gates.</summary>
    public sealed class RecordingLayout
    {
        /// <summary>The most numbers that a step may have.</summary>
        public const int MaxWidth = 1 << 20;

        private readonly List<RecordedTrack> _tracks = new List<RecordedTrack>();

        /// <summary>Lays a step out.</summary>
        /// <param name="channels">What is recorded.</param>
        /// <param name="inputSize">Features of the input.</param>
        /// <param name="outputSize">Features of the output.</param>
        /// <param name="targetSize">Features of the target; 0 for none.</param>
        /// <param name="cells">The recurrent cells.</param>
        /// <exception cref="ArgumentException">A size is below 0, two cells share a name, nothing is recorded, or a step is larger than <see cref="MaxWidth"/>.</exception>
        public RecordingLayout(RecordChannels channels, int inputSize, int outputSize, int targetSize, IReadOnlyList<RecordedCell> cells)
        {
            if (inputSize < 0 || outputSize < 0 || targetSize < 0)
                throw new ArgumentException($"RecordingLayout: expected sizes of at least 0, got input {inputSize}, output {outputSize}, target {targetSize}.");
            Channels = channels;
            InputSize = inputSize;
            OutputSize = outputSize;
            TargetSize = targetSize;
            Cells = cells;
            Add("input", RecordChannels.Input, null, inputSize);
            Add("output", RecordChannels.Output, null, outputSize);
            Add("target", RecordChannels.Target, null, targetSize);
            var names = new HashSet<string>();
            foreach (RecordedCell cell in cells)
            {
                if (!names.Add(cell.Name)) throw new ArgumentException($"RecordingLayout: two cells are called '{cell.Name}'.", nameof(cells));
                Add("h", RecordChannels.Hidden, cell, cell.OutputSize);
                if (cell.HasCellState) Add("c", RecordChannels.Cell, cell, cell.HiddenSize);
                foreach (string gate in cell.Gates) Add(gate, RecordChannels.Gates, cell, cell.HiddenSize);
            }
            if (Width == 0) throw new ArgumentException("RecordingLayout: expected something to record, got no channel that the network has.", nameof(channels));
        }

        /// <summary>What is recorded.</summary>
        public RecordChannels Channels { get; }

        /// <summary>Features of the input.</summary>
        public int InputSize { get; }

        /// <summary>Features of the output.</summary>
        public int OutputSize { get; }

        /// <summary>Features of the target; 0 for none.</summary>
        public int TargetSize { get; }

        /// <summary>The recurrent cells.</summary>
        public IReadOnlyList<RecordedCell> Cells { get; }

        /// <summary>The runs of numbers in a step, in order, without gaps.</summary>
        public IReadOnlyList<RecordedTrack> Tracks => _tracks;

        /// <summary>How many numbers a step has.</summary>
        public int Width { get; private set; }

        /// <summary>What a network of this package gives to record.</summary>
        /// <param name="layer">The layer or model.</param>
        /// <param name="taps">Its cells.</param>
        /// <param name="channels">What is recorded.</param>
        /// <param name="targetSize">Features of the target; null for as many as the output has.</param>
        public static RecordingLayout Of(Layer layer, IReadOnlyList<CellTap> taps, RecordChannels channels = RecordChannels.All, int? targetSize = null) =>
            new RecordingLayout(channels, layer.InputSize, layer.OutputSize, targetSize ?? layer.OutputSize, RecordedCell.Of(taps));

        /// <summary>The track of a name: whole (<c>0.l1.h</c>), or only its end (<c>h</c>, <c>l1.h</c>) and then the first that ends so; null for none.</summary>
        public RecordedTrack? Find(string name)
        {
            foreach (RecordedTrack track in _tracks)
                if (track.Name == name) return track;
            foreach (RecordedTrack track in _tracks)
                if (track.Name.EndsWith("." + name, StringComparison.Ordinal)) return track;
            return null;
        }

        /// <summary>The track of a cell; null where it was not recorded.</summary>
        public RecordedTrack? Find(RecordedCell cell, string symbol)
        {
            foreach (RecordedTrack track in _tracks)
                if (track.Cell == cell && track.Symbol == symbol) return track;
            return null;
        }

        /// <summary>Whether both lay a step out alike, number by number.</summary>
        public bool Matches(RecordingLayout other)
        {
            if (Width != other.Width || _tracks.Count != other._tracks.Count) return false;
            for (int i = 0; i < _tracks.Count; i++)
                if (_tracks[i].Name != other._tracks[i].Name || _tracks[i].Offset != other._tracks[i].Offset) return false;
            return true;
        }

        private void Add(string symbol, RecordChannels channel, RecordedCell? cell, int length)
        {
            if ((Channels & channel) == 0 || length == 0) return;
            _tracks.Add(new RecordedTrack(cell == null ? symbol : $"{cell.Name}.{symbol}", symbol, channel, cell, Width, length));
            if (length > MaxWidth - Width) throw new ArgumentException($"RecordingLayout: a step has more than {MaxWidth} numbers; record fewer channels.");
            Width += length;
        }
    }
}
