using System;
using System.Collections.Generic;
using Recurrent.Diagnostics;

namespace Recurrent.OnnxRuntime
{
    /// <summary>What a session shows of itself while it runs: a state and the cell state beside it, where their names say that they belong together, are one cell.</summary>
    internal sealed class SessionFeed : StateFeed
    {
        private const string GatesUnseen = "ONNX Runtime gives out the states alone; in the managed backend the gates are seen too.";

        private readonly OnnxSequenceSession _session;
        private readonly List<(int Hidden, int Cell)> _cells = new List<(int, int)>();
        private readonly List<Connection> _connections = new List<Connection>();
        private readonly int _inputSize, _outputSize;

        public SessionFeed(OnnxSequenceSession session, int row, int inputSize, int outputSize)
        {
            if (row < 0 || row >= session.BatchSize) throw new ArgumentException(FormattableString.Invariant($"StateFeed: expected a row below {session.BatchSize}, got {row}."), nameof(row));
            _session = session;
            _inputSize = inputSize;
            _outputSize = outputSize;
            Row = row;
            var taken = new bool[session.States.Count];
            for (int h = 0; h < taken.Length; h++)
            {
                if (taken[h]) continue;
                int c = -1;
                for (int other = 0; other < taken.Length && c < 0; other++)
                    if (!taken[other] && session.StateSize(other) == session.StateSize(h) && IsCellOf(session.States[h].Name, session.States[other].Name)) c = other;
                // Of a pair in the other order, the hidden state takes its cell.
                if (c < 0 && HasHidden(session.States[h].Name)) continue;
                taken[h] = true;
                if (c >= 0) taken[c] = true;
                _cells.Add((h, c));
            }
        }

        public int Row { get; }

        public override RecordingLayout Describe(RecordChannels channels, int? targetSize)
        {
            var cells = new RecordedCell[_cells.Count];
            for (int i = 0; i < cells.Length; i++)
            {
                (int hidden, int cell) = _cells[i];
                int size = _session.StateSize(hidden);
                cells[i] = new RecordedCell(_session.States[hidden].Name.Replace(' ', '_'), cell >= 0 ? "LSTM" : "state", size, size, cell >= 0, null, GatesUnseen);
            }
            return new RecordingLayout(channels, _inputSize, _outputSize, targetSize ?? _outputSize, cells);
        }

        /// <summary>Records a step that the session has taken.</summary>
        public void Record(ReadOnlySpan<float> input, ReadOnlySpan<float> output)
        {
            if (IsPaused) return;
            for (int i = 0; i < _connections.Count; i++) _connections[i].Record(input, output);
        }

        protected override IDisposable Connect(AgentRecorder recorder)
        {
            var connection = new Connection(this, recorder);
            _connections.Add(connection);
            return connection;
        }

        private static bool IsCellOf(string hidden, string cell)
        {
            hidden = hidden.Replace("hidden", "h");
            cell = cell.Replace("cell", "c");
            if (hidden.Length != cell.Length) return false;
            int differences = 0;
            for (int i = 0; i < hidden.Length; i++)
            {
                if (hidden[i] == cell[i]) continue;
                if (char.ToLowerInvariant(hidden[i]) != 'h' || char.ToLowerInvariant(cell[i]) != 'c') return false;
                differences++;
            }
            return differences == 1;
        }

        private bool HasHidden(string cell)
        {
            foreach (Onnx.OnnxValueInfo state in _session.States)
                if (IsCellOf(state.Name, cell)) return true;
            return false;
        }

        private sealed class Connection : IDisposable
        {
            private readonly SessionFeed _feed;
            private readonly AgentRecorder _recorder;
            private readonly float[] _frame;
            private readonly int[] _states; // of each track

            public Connection(SessionFeed feed, AgentRecorder recorder)
            {
                _feed = feed;
                _recorder = recorder;
                _frame = new float[recorder.Layout.Width];
                IReadOnlyList<RecordedTrack> tracks = recorder.Layout.Tracks;
                _states = new int[tracks.Count];
                for (int i = 0; i < _states.Length; i++)
                    for (int cell = 0; cell < feed._cells.Count; cell++)
                        if (tracks[i].Cell == recorder.Layout.Cells[cell]) _states[i] = tracks[i].Channel == RecordChannels.Cell ? feed._cells[cell].Cell : feed._cells[cell].Hidden;
            }

            public void Dispose() => _feed._connections.Remove(this);

            public void Record(ReadOnlySpan<float> input, ReadOnlySpan<float> output)
            {
                IReadOnlyList<RecordedTrack> tracks = _recorder.Layout.Tracks;
                for (int i = 0; i < tracks.Count; i++)
                {
                    RecordedTrack track = tracks[i];
                    Span<float> room = _frame.AsSpan(track.Offset, track.Length);
                    if (track.Channel == RecordChannels.Input) input.CopyTo(room);
                    else if (track.Channel == RecordChannels.Output) output.CopyTo(room);
                    else if (track.Channel == RecordChannels.Target) room.Fill(float.NaN);
                    else _feed._session.CopyState(_states[i], _feed.Row, room);
                }
                _recorder.Record(_frame);
            }
        }
    }
}
