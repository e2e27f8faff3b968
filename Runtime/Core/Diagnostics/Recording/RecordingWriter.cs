using System;
using System.Collections.Generic;
using System.IO;
using System.IO.Compression;
using System.Text;

namespace Recurrent.Diagnostics
{
    /// <summary>
    /// Writes a recording file block by block while a game runs: whatever ends the process, what was flushed before can be read; see
    /// <see cref="RecordingFile"/>. Not thread-safe.
    /// </summary>
    public sealed class RecordingWriter : IDisposable
    {
        private readonly List<(string Agent, RecordingLayout Layout)> _agents;
        private readonly List<long> _next = new List<long>();
        private readonly FileStream _stream;

        private RecordingWriter(FileStream stream, List<(string, RecordingLayout)> agents)
        {
            _stream = stream;
            _agents = agents;
            foreach ((string, RecordingLayout) _ in agents) _next.Add(0);
        }

        /// <summary>Begins a new file; one that is there is replaced.</summary>
        /// <exception cref="IOException">The file cannot be written.</exception>
        public static RecordingWriter Create(string path)
        {
            var stream = new FileStream(path, FileMode.Create, FileAccess.Write, FileShare.Read);
            stream.Write(RecordingFile.Header);
            return new RecordingWriter(stream, new List<(string, RecordingLayout)>());
        }

        /// <summary>Goes on with a file, after its last whole block; what stands behind it, because a process was ended while it wrote, is cut off.</summary>
        /// <exception cref="ModelFileException">The file is no recording.</exception>
        /// <exception cref="IOException">The file cannot be written.</exception>
        public static RecordingWriter Append(string path)
        {
            RecordingFile file = RecordingFile.Load(path, allowCut: true);
            var stream = new FileStream(path, FileMode.Open, FileAccess.Write, FileShare.Read);
            stream.SetLength(file.WholeBytes);
            stream.Position = file.WholeBytes;
            var writer = new RecordingWriter(stream, new List<(string, RecordingLayout)>());
            foreach ((string agent, RecordingLayout layout, long next) in file.Agents)
            {
                writer._agents.Add((agent, layout));
                writer._next.Add(next);
            }
            return writer;
        }

        /// <summary>Writes the steps of an agent that were not written yet. What the ring has lost since the last time is missing in the file.</summary>
        public void Write(AgentRecorder agent)
        {
            int index = IndexOf(agent.Name, agent.Layout);
            if (agent.StepCount > _next[index]) Write(agent.Snapshot(_next[index]));
        }

        /// <summary>Writes a recording.</summary>
        /// <exception cref="ArgumentException">Its steps begin before the last that was written of the agent.</exception>
        public void Write(Recording recording)
        {
            int index = IndexOf(recording.Agent, recording.Layout);
            if (recording.FirstStep < _next[index]) throw new ArgumentException($"RecordingWriter: of {recording.Agent} the steps up to {_next[index] - 1} are written, got step {recording.FirstStep}.", nameof(recording));
            int width = recording.Layout.Width, most = Math.Max(1, RecordingFile.BlockBytes / (width * sizeof(float)));
            for (int first = 0; first < recording.Steps; first += most)
            {
                int steps = Math.Min(most, recording.Steps - first);
                byte[] raw = RecordingFile.Shuffle(recording.Frames.AsSpan(first * width, steps * width), width);
                WriteBlock(RecordingFile.StepsBlock, index, recording.FirstStep + first, steps, raw);
            }
            _next[index] = recording.FirstStep + recording.Steps;
            if (recording.Marks.Count > 0) WriteMarks(index, recording.Marks);
        }

        /// <summary>Writes a table; of several with one name the last is read.</summary>
        /// <exception cref="ArgumentException">The table is larger than a block may be.</exception>
        public void Write(RecordedTable table)
        {
            var json = new JsonWriter();
            json.BeginObject().Member("name", table.Name).Name("columns").BeginArray();
            foreach (string column in table.Columns) json.Value(column);
            byte[] head = json.EndArray().EndObject().ToUtf8(), values = RecordingFile.Shuffle(table.Values, table.Columns.Length);
            if (values.Length > RecordingFile.MaxBlockBytes - 4 - head.Length) throw new ArgumentException($"RecordingWriter: the table '{table.Name}' is larger than {RecordingFile.MaxBlockBytes} bytes; leave rows out.", nameof(table));
            var raw = new byte[4 + head.Length + values.Length];
            BitConverter.TryWriteBytes(raw, head.Length);
            head.CopyTo(raw, 4);
            values.CopyTo(raw, 4 + head.Length);
            WriteBlock(RecordingFile.TableBlock, 0, 0, table.Rows, raw);
        }

        /// <summary>Hands everything to the disk.</summary>
        public void Flush()
        {
            _stream.Flush(flushToDisk: true);
            AtomicFile.Saved?.Invoke();
        }

        /// <summary>Closes the file.</summary>
        public void Dispose() => _stream.Dispose();

        private int IndexOf(string agent, RecordingLayout layout)
        {
            int index = _agents.FindIndex(known => known.Agent == agent);
            if (index < 0)
            {
                WriteBlock(RecordingFile.AgentBlock, _agents.Count, 0, 0, Encoding.UTF8.GetBytes(RecordingFile.Describe(agent, layout)));
                _agents.Add((agent, layout));
                _next.Add(0);
                return _agents.Count - 1;
            }
            if (!_agents[index].Layout.Matches(layout)) throw new ArgumentException($"RecordingWriter: {agent} has another network, or other channels are recorded, than before in this file.");
            return index;
        }

        private void WriteMarks(int index, IReadOnlyList<StateMark> marks)
        {
            var raw = new byte[marks.Count * RecordingFile.MarkBytes];
            for (int i = 0; i < marks.Count; i++)
            {
                BitConverter.TryWriteBytes(raw.AsSpan(i * RecordingFile.MarkBytes), marks[i].Step);
                BitConverter.TryWriteBytes(raw.AsSpan(i * RecordingFile.MarkBytes + 8), (int)marks[i].Kind);
            }
            WriteBlock(RecordingFile.MarksBlock, index, 0, marks.Count, raw);
        }

        private void WriteBlock(uint kind, int index, long first, int count, byte[] raw)
        {
            var memory = new MemoryStream();
            memory.SetLength(RecordingFile.BlockHead);
            memory.Position = RecordingFile.BlockHead;
            using (var deflate = new DeflateStream(memory, CompressionLevel.Fastest, leaveOpen: true)) deflate.Write(raw, 0, raw.Length);
            Span<byte> block = memory.GetBuffer().AsSpan(0, (int)memory.Length);
            BitConverter.TryWriteBytes(block, kind);
            BitConverter.TryWriteBytes(block.Slice(4), index);
            BitConverter.TryWriteBytes(block.Slice(8), first);
            BitConverter.TryWriteBytes(block.Slice(16), count);
            BitConverter.TryWriteBytes(block.Slice(20), raw.Length);
            BitConverter.TryWriteBytes(block.Slice(24), block.Length - RecordingFile.BlockHead);
            _stream.Write(block);
            Span<byte> check = stackalloc byte[4];
            BitConverter.TryWriteBytes(check, Crc32.Of(block));
            _stream.Write(check);
        }
    }
}
