using System;
using System.Collections.Generic;

namespace Recurrent.Diagnostics
{
    /// <summary>A row of a stream.</summary>
    internal sealed class StreamFeed : StateFeed
    {
        private readonly SequenceStream _stream;
        private readonly int _row;

        public StreamFeed(SequenceStream stream, int row)
        {
            _stream = stream ?? throw new ArgumentNullException(nameof(stream));
            if (row < 0 || row >= stream.Batch) throw new ArgumentException($"StateFeed: expected a row below {stream.Batch}, got {row}.", nameof(row));
            _row = row;
        }

        public override Layer? Network => _stream.Layer;

        public override RecordingLayout Describe(RecordChannels channels, int? targetSize) => RecordingLayout.Of(_stream.Layer, _stream.Watch(), channels, targetSize);

        protected override IDisposable Connect(AgentRecorder recorder) => new Connection(this, recorder);

        private sealed class Connection : IDisposable
        {
            private readonly StreamFeed _feed;
            private readonly AgentRecorder _recorder;
            private readonly IReadOnlyList<CellTap> _taps;

            public Connection(StreamFeed feed, AgentRecorder recorder)
            {
                _feed = feed;
                _recorder = recorder;
                _taps = feed._stream.Watch();
                feed._stream.Stepped += Record;
            }

            public void Dispose() => _feed._stream.Stepped -= Record;

            private void Record(SequenceStream stream, ReadOnlySpan<float> input, ReadOnlySpan<float> output)
            {
                if (_feed.IsPaused) return;
                int row = _feed._row, inputs = input.Length / stream.Batch, outputs = output.Length / stream.Batch;
                _recorder.Record(_taps, 0, row, input.Slice(row * inputs, inputs), output.Slice(row * outputs, outputs));
            }
        }
    }
}
