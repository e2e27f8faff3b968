using System;
using System.Collections.Generic;
using System.IO;
using System.IO.Compression;

namespace Recurrent.Diagnostics
{
    /// <summary>
    /// Recordings and tables in a file, bit for bit. The file is a header (<c>RNNSTATE</c>, version 1 as 4 bytes) and blocks, little-endian:
    /// <code>
    /// kind 4   index 4   first step 8   count 4   raw length 4   packed length 4   payload (deflate)   CRC-32 of all of it 4
    /// AGNT     agent     0              0         an agent's name and layout, as JSON
    /// STEP     agent     number         steps     (steps, W) floats: each bit-wise exclusive-or with the step before, then all first bytes, all second …
    /// MARK     agent     0              marks     of each its step 8, its kind 4
    /// TABL     0         0              rows      length 4, name and columns as JSON, (rows, columns) floats packed likewise
    /// </code>
    /// A block counts once its check sum stands behind it, so a file that was cut anywhere is readable up to its last whole block.
    /// </summary>
    public sealed class RecordingFile
    {
        internal const uint AgentBlock = 0x544E4741, StepsBlock = 0x50455453, MarksBlock = 0x4B52414D, TableBlock = 0x4C424154;

        internal const int BlockHead = 28;

        /// <summary>Bytes of a mark.</summary>
        internal const int MarkBytes = 12;

        /// <summary>Raw bytes of a block of steps, as they are written.</summary>
        internal const int BlockBytes = 1 << 20;

        /// <summary>Raw bytes that a block may have.</summary>
        internal const int MaxBlockBytes = 16 << 20;

        // Deflate makes 1,032 bytes of one at most.
        private const int MaxInflation = 1040, MaxAgents = 1024;

        internal static readonly byte[] Header = { (byte)'R', (byte)'N', (byte)'N', (byte)'S', (byte)'T', (byte)'A', (byte)'T', (byte)'E', 1, 0, 0, 0 };

        private readonly List<RecordedTable> _tables = new List<RecordedTable>();
        private readonly List<Recording> _recordings = new List<Recording>();

        private RecordingFile()
        {
        }

        /// <summary>By agent, in the order in which they appear; an agent of which steps are missing in between has several.</summary>
        public IReadOnlyList<Recording> Recordings => _recordings;

        /// <summary>The tables.</summary>
        public IReadOnlyList<RecordedTable> Tables => _tables;

        /// <summary>Why the file ends before it should, in a sentence; null when it is whole.</summary>
        public string? Cut { get; private set; }

        /// <summary>Bytes up to the end of the last whole block.</summary>
        internal long WholeBytes { get; private set; }

        internal List<(string Agent, RecordingLayout Layout, long Next)> Agents { get; } = new List<(string, RecordingLayout, long)>();

        /// <summary>The table of a name; null for none.</summary>
        public RecordedTable? Table(string name) => _tables.Find(table => table.Name == name);

        /// <summary>Writes a whole file, or leaves the old one.</summary>
        /// <exception cref="IOException">The file cannot be written.</exception>
        public static void Save(string path, IEnumerable<Recording> recordings, IEnumerable<RecordedTable>? tables = null)
        {
            string temporary = path + "." + Guid.NewGuid().ToString("N") + ".tmp";
            try
            {
                using (RecordingWriter writer = RecordingWriter.Create(temporary))
                {
                    foreach (Recording recording in recordings) writer.Write(recording);
                    foreach (RecordedTable table in tables ?? Array.Empty<RecordedTable>()) writer.Write(table);
                }
                AtomicFile.Write(path, stream =>
                {
                    using FileStream written = File.OpenRead(temporary);
                    written.CopyTo(stream);
                });
            }
            finally
            {
                File.Delete(temporary);
            }
        }

        /// <summary>Reads a file.</summary>
        /// <param name="path">The file.</param>
        /// <param name="allowCut">Whether what stands before a cut is taken; <see cref="Cut"/> then says what is missing.</param>
        /// <param name="maxBytes">The most memory that its steps may take.</param>
        /// <exception cref="ModelFileException">The file is no recording, is damaged, or is cut and that is not allowed.</exception>
        /// <exception cref="IOException">The file cannot be read.</exception>
        public static RecordingFile Load(string path, bool allowCut = false, long maxBytes = 1L << 30)
        {
            using FileStream stream = File.OpenRead(path);
            return Load(stream, path, allowCut, maxBytes);
        }

        /// <summary>Reads a stream to its end; see <see cref="Load(string, bool, long)"/>.</summary>
        /// <param name="stream">The bytes.</param>
        /// <param name="name">What errors call it.</param>
        /// <param name="allowCut">Whether what stands before a cut is taken.</param>
        /// <param name="maxBytes">The most memory that its steps may take.</param>
        public static RecordingFile Load(Stream stream, string name, bool allowCut = false, long maxBytes = 1L << 30)
        {
            RecordingFile file = new Reader(stream, name, maxBytes).Read();
            if (file.Cut != null && !allowCut) throw new ModelFileException(name, file.Cut);
            return file;
        }

        /// <summary>Floats as bytes that pack well, with nothing lost: what does not change from row to row becomes zeros.</summary>
        internal static byte[] Shuffle(ReadOnlySpan<float> values, int columns)
        {
            int count = values.Length;
            var bytes = new byte[count * 4];
            for (int i = 0; i < count; i++)
            {
                int bits = BitConverter.SingleToInt32Bits(values[i]) ^ (i < columns ? 0 : BitConverter.SingleToInt32Bits(values[i - columns]));
                bytes[i] = (byte)bits;
                bytes[count + i] = (byte)(bits >> 8);
                bytes[2 * count + i] = (byte)(bits >> 16);
                bytes[3 * count + i] = (byte)(bits >> 24);
            }
            return bytes;
        }

        private static float[] Unshuffle(ReadOnlySpan<byte> bytes, int columns)
        {
            int count = bytes.Length / 4;
            var values = new float[count];
            for (int i = 0; i < count; i++)
            {
                int bits = bytes[i] | bytes[count + i] << 8 | bytes[2 * count + i] << 16 | bytes[3 * count + i] << 24;
                if (i >= columns) bits ^= BitConverter.SingleToInt32Bits(values[i - columns]);
                values[i] = BitConverter.Int32BitsToSingle(bits);
            }
            return values;
        }

        internal static string Describe(string agent, RecordingLayout layout)
        {
            var json = new JsonWriter();
            json.BeginObject().Member("agent", agent).Member("channels", (int)layout.Channels)
                .Member("input", layout.InputSize).Member("output", layout.OutputSize).Member("target", layout.TargetSize).Name("cells").BeginArray();
            foreach (RecordedCell cell in layout.Cells)
            {
                json.BeginObject().Member("name", cell.Name).Member("kind", cell.Kind).Member("h", cell.OutputSize).Member("units", cell.HiddenSize)
                    .Member("c", cell.HasCellState).Member("unseen", cell.GatesUnseenBecause).Name("gates").BeginArray();
                foreach (string gate in cell.Gates) json.Value(gate);
                json.EndArray().EndObject();
            }
            return json.EndArray().EndObject().ToString();
        }

        /// <summary>Reads what <see cref="Describe"/> wrote.</summary>
        /// <exception cref="FormatException">Something is missing or of another type.</exception>
        /// <exception cref="ArgumentException">There is no such layout.</exception>
        internal static RecordingLayout LayoutOf(JsonValue json)
        {
            JsonValue list = json["cells"];
            var cells = new RecordedCell[list.Count];
            for (int i = 0; i < cells.Length; i++)
            {
                JsonValue cell = list[i], names = cell["gates"];
                var gates = new string[names.Count];
                for (int j = 0; j < gates.Length; j++) gates[j] = names[j].AsString();
                cells[i] = new RecordedCell(cell["name"].AsString(), cell["kind"].AsString(), cell["h"].AsInt32(), cell["units"].AsInt32(), cell["c"].AsBoolean(), gates, cell["unseen"].AsString());
            }
            return new RecordingLayout((RecordChannels)json["channels"].AsInt32(), json["input"].AsInt32(), json["output"].AsInt32(), json["target"].AsInt32(), cells);
        }

        private sealed class Reader
        {
            private readonly RecordingFile _file = new RecordingFile();
            private readonly List<(int Agent, long First, List<float[]> Parts)> _segments = new List<(int, long, List<float[]>)>();
            private readonly List<(int Agent, StateMark Mark)> _marks = new List<(int, StateMark)>();
            private readonly Stream _stream;
            private readonly string _name;
            private readonly long _maxBytes;
            private long _at, _unpacked;

            public Reader(Stream stream, string name, long maxBytes)
            {
                _stream = stream;
                _name = name;
                _maxBytes = maxBytes;
            }

            public RecordingFile Read()
            {
                var header = new byte[Header.Length];
                int got = Fill(header);
                if (!header.AsSpan(0, Math.Min(got, 8)).SequenceEqual(Header.AsSpan(0, Math.Min(got, 8)))) throw Bad("this is no recording: it does not begin with RNNSTATE.");
                if (got < Header.Length) throw Bad($"the recording is cut within its header of {Header.Length} bytes, after {got}.");
                if (BitConverter.ToInt32(header, 8) != 1) throw Bad($"this recording has version {BitConverter.ToUInt32(header, 8)}; expected 1.");
                _file.WholeBytes = _at;
                var head = new byte[BlockHead];
                while ((got = Fill(head)) > 0)
                {
                    string? cut = got < BlockHead ? "its head" : ReadBlock(head);
                    if (cut != null)
                    {
                        _file.Cut = $"the recording is cut at byte {_at}, within {cut}; the {_file.WholeBytes} bytes before that block are whole, with {Steps()} steps.";
                        break;
                    }
                    _file.WholeBytes = _at;
                }
                Assemble();
                return _file;
            }

            /// <summary>What was cut, or null.</summary>
            private string? ReadBlock(byte[] head)
            {
                long start = _at - BlockHead;
                uint kind = BitConverter.ToUInt32(head, 0);
                int index = BitConverter.ToInt32(head, 4), count = BitConverter.ToInt32(head, 16), rawLength = BitConverter.ToInt32(head, 20), packedLength = BitConverter.ToInt32(head, 24);
                long first = BitConverter.ToInt64(head, 8);
                if (kind != AgentBlock && kind != StepsBlock && kind != MarksBlock && kind != TableBlock) throw Bad($"the block at byte {start} is of no known kind; the file is damaged.");
                if (rawLength < 0 || packedLength < 0 || rawLength > MaxBlockBytes || packedLength > MaxBlockBytes || rawLength > (long)packedLength * MaxInflation)
                    throw Bad($"the block at byte {start} claims {rawLength} bytes in {packedLength}; the file is damaged.");
                if (count < 0 || first < 0 || first > long.MaxValue - int.MaxValue) throw Bad($"the block at byte {start} claims {count} rows from {first} on; the file is damaged.");
                byte[]? packed = Take(packedLength);
                if (packed == null) return "a block's payload";
                var check = new byte[4];
                if (Fill(check) < 4) return "a block's check sum";
                uint expected = Crc32.Of(head, packed);
                if (BitConverter.ToUInt32(check, 0) != expected) throw Bad($"the block at byte {start} does not have the check sum that stands behind it; the file is damaged.");
                _unpacked += rawLength;
                if (_unpacked > _maxBytes) throw Bad($"the recording unpacks to more than {_maxBytes} bytes.");
                byte[] raw = Inflate(packed, rawLength, start);
                if (kind == AgentBlock) AddAgent(raw, index, start);
                else if (kind == StepsBlock) AddSteps(raw, index, first, count, start);
                else if (kind == MarksBlock) AddMarks(raw, index, count, start);
                else AddTable(raw, count, start);
                return null;
            }

            private void AddAgent(byte[] raw, int index, long start)
            {
                if (index != _file.Agents.Count || index >= MaxAgents) throw Bad($"the block at byte {start} describes agent {index}, expected {_file.Agents.Count}.");
                try
                {
                    JsonValue json = JsonValue.Parse(raw);
                    _file.Agents.Add((json["agent"].AsString(), LayoutOf(json), 0));
                }
                catch (Exception e) when (e is FormatException || e is ArgumentException)
                {
                    throw new ModelFileException(_name, $"the block at byte {start} describes no agent: {e.Message}", e);
                }
            }

            private void AddSteps(byte[] raw, int index, long first, int count, long start)
            {
                if ((uint)index >= (uint)_file.Agents.Count) throw Bad($"the block at byte {start} has steps of agent {index}, of {_file.Agents.Count}.");
                (string agent, RecordingLayout layout, long next) = _file.Agents[index];
                if (count == 0 || raw.Length != (long)count * layout.Width * 4) throw Bad($"the block at byte {start} has {raw.Length} bytes, expected {(long)count * layout.Width * 4} for {count} steps of {layout.Width}.");
                if (first < next) throw Bad($"the block at byte {start} begins with step {first} of {agent}, expected {next} or later.");
                int segment = _segments.FindLastIndex(s => s.Agent == index);
                if (segment < 0 || first != next)
                {
                    segment = _segments.Count;
                    _segments.Add((index, first, new List<float[]>()));
                }
                _segments[segment].Parts.Add(Unshuffle(raw, layout.Width));
                _file.Agents[index] = (agent, layout, first + count);
            }

            private void AddMarks(byte[] raw, int index, int count, long start)
            {
                if ((uint)index >= (uint)_file.Agents.Count) throw Bad($"the block at byte {start} has marks of agent {index}, of {_file.Agents.Count}.");
                if (raw.Length != (long)count * MarkBytes) throw Bad($"the block at byte {start} has {raw.Length} bytes, expected {(long)count * MarkBytes} for {count} marks.");
                for (int at = 0; at < raw.Length; at += MarkBytes)
                    _marks.Add((index, new StateMark(BitConverter.ToInt64(raw, at), (StateMarkKind)BitConverter.ToInt32(raw, at + 8))));
            }

            private void AddTable(byte[] raw, int rows, long start)
            {
                try
                {
                    int length = raw.Length < 4 ? -1 : BitConverter.ToInt32(raw, 0);
                    if (length < 0 || length > raw.Length - 4) throw new FormatException("its description is longer than itself.");
                    JsonValue json = JsonValue.Parse(raw.AsSpan(4, length)), names = json["columns"];
                    var columns = new string[names.Count];
                    for (int i = 0; i < columns.Length; i++) columns[i] = names[i].AsString();
                    int bytes = raw.Length - 4 - length;
                    if (bytes != (long)rows * columns.Length * 4) throw new FormatException($"it has {bytes} bytes of numbers, expected {(long)rows * columns.Length * 4}.");
                    var table = new RecordedTable(json["name"].AsString(), columns, Unshuffle(raw.AsSpan(4 + length), columns.Length));
                    _file._tables.RemoveAll(old => old.Name == table.Name);
                    _file._tables.Add(table);
                }
                catch (Exception e) when (e is FormatException || e is ArgumentException)
                {
                    throw new ModelFileException(_name, $"the block at byte {start} is no table: {e.Message}", e);
                }
            }

            private void Assemble()
            {
                foreach ((int agent, long first, List<float[]> parts) in _segments)
                {
                    long length = 0;
                    foreach (float[] part in parts) length += part.Length;
                    if (length > int.MaxValue / 4) throw Bad($"{_file.Agents[agent].Agent} has {length} numbers, more than can be held; split the file.");
                    var frames = new float[length];
                    int at = 0;
                    foreach (float[] part in parts)
                    {
                        part.CopyTo(frames, at);
                        at += part.Length;
                    }
                    long end = first + length / _file.Agents[agent].Layout.Width;
                    List<(int, StateMark)> marks = _marks.FindAll(of => of.Agent == agent && of.Mark.Step >= first && of.Mark.Step < end);
                    _file._recordings.Add(new Recording(_file.Agents[agent].Agent, _file.Agents[agent].Layout, first, frames) { Marks = marks.ConvertAll(of => of.Item2) });
                }
            }

            private long Steps()
            {
                long steps = 0;
                foreach ((int agent, long _, List<float[]> parts) in _segments)
                    foreach (float[] part in parts) steps += part.Length / _file.Agents[agent].Layout.Width;
                return steps;
            }

            private byte[] Inflate(byte[] packed, int length, long start)
            {
                var raw = new byte[length];
                try
                {
                    using var inflate = new DeflateStream(new MemoryStream(packed), CompressionMode.Decompress);
                    int got = 0;
                    while (got < length)
                    {
                        int more = inflate.Read(raw, got, length - got);
                        if (more == 0) break;
                        got += more;
                    }
                    if (got < length || inflate.ReadByte() >= 0) throw Bad($"the block at byte {start} does not unpack to its {length} bytes.");
                }
                catch (InvalidDataException e)
                {
                    throw new ModelFileException(_name, $"the block at byte {start} does not unpack: {e.Message}", e);
                }
                return raw;
            }

            /// <summary>Reads so many bytes, in pieces, so that memory is taken only for what is there; null if there are fewer.</summary>
            private byte[]? Take(int length)
            {
                var bytes = new byte[Math.Min(length, 1 << 16)];
                int got = 0;
                while (got < length)
                {
                    if (got == bytes.Length) Array.Resize(ref bytes, (int)Math.Min(length, 2L * bytes.Length));
                    int more = _stream.Read(bytes, got, Math.Min(bytes.Length, length) - got);
                    if (more == 0) return null;
                    got += more;
                    _at += more;
                }
                return bytes;
            }

            private int Fill(byte[] bytes)
            {
                int got = 0;
                while (got < bytes.Length)
                {
                    int more = _stream.Read(bytes, got, bytes.Length - got);
                    if (more == 0) break;
                    got += more;
                }
                _at += got;
                return got;
            }

            private ModelFileException Bad(string reason) => new ModelFileException(_name, reason);
        }
    }
}
