using System;
using System.Buffers.Binary;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using Recurrent.Onnx;

namespace Recurrent
{
    /// <summary>
    /// A demonstration that Unity ML-Agents recorded (<c>.demo</c>): rows of observation, reward and action, each action the one that came <i>before</i> its observation;
    /// <see cref="Episodes"/> are aligned. The file is 33 bytes for its metadata, then the agent's parameters and the rows, each a protobuf message behind its length
    /// (field numbers: <c>demonstration_meta</c>, <c>brain_parameters</c> and <c>agent_info_action_pair</c> of ML-Agents, Apache-2.0). Observations of numbers are read, one behind the
    /// other where there are several; pictures are not. Memory stays in proportion to the file.
    /// </summary>
    public sealed class DemoFile
    {
        /// <summary>Where the rows begin: 32 bytes that ML-Agents keeps for its metadata, and one for their length.</summary>
        private const int RowsStart = 33;

        private const int RowOverhead = 256; // bytes of memory besides a row's numbers

        private readonly string _path;
        private readonly byte[] _bytes;
        private readonly long _maxBytes;
        private readonly List<DemoRow> _rows = new List<DemoRow>();
        private readonly List<Episode> _episodes = new List<Episode>();
        private readonly List<float> _numbers = new List<float>(), _oldActions = new List<float>(), _continuous = new List<float>();
        private readonly List<int> _discrete = new List<int>();
        private readonly List<bool> _mask = new List<bool>();
        private int[] _branchSizes = Array.Empty<int>();
        private int _continuousSize;
        private bool _isNew;
        private long _taken;

        private DemoFile(byte[] bytes, string path, long maxBytes)
        {
            _bytes = bytes;
            _path = path;
            _maxBytes = maxBytes;
            long claimed = ReadMetadata();
            int position = RowsStart;
            if (bytes.Length < RowsStart) throw Bad($"{bytes.Length} bytes, too short for a demonstration.");
            ReadBehavior(WireReader.Delimited(bytes, path, ref position));
            while (position < bytes.Length && (claimed == 0 || _rows.Count < claimed)) ReadRow(WireReader.Delimited(bytes, path, ref position));
            if (_rows.Count < claimed) throw Bad($"cut after {_rows.Count} rows of {claimed}.");
            CheckRest(position, claimed);
            if (_rows.Count == 0) throw Bad("the recording is empty: there is no row.");
            Layout = MakeLayout();
            Align();
        }

        /// <summary>What the demonstration was called when it was recorded.</summary>
        public string Name { get; private set; } = "";

        /// <summary>What the agent's behaviour is called.</summary>
        public string Behavior { get; private set; } = "";

        /// <summary>What a row consists of. Observations are called o0, o1, …, branches a0, a1, …, continuous actions c0, c1, ….</summary>
        public EpisodeLayout Layout { get; }

        /// <summary>The rows as they were recorded.</summary>
        public IReadOnlyList<DemoRow> Rows => _rows;

        /// <summary>
        /// The rows as episodes, in which a step has the action that was taken on its observation (see <see cref="Episode.FromPreviousActions"/>); an episode of a single row has no step
        /// and is left out. One that has no end, or was interrupted, is not whole.
        /// </summary>
        public IReadOnlyList<Episode> Episodes => _episodes;

        /// <summary>Reads a file.</summary>
        /// <param name="path">The file.</param>
        /// <param name="maxBytes">The longest file that is read, and the most memory that its rows may take.</param>
        /// <exception cref="ModelFileException">The file is no sound demonstration, or has pictures.</exception>
        /// <exception cref="IOException">The file cannot be read.</exception>
        public static DemoFile Load(string path, long maxBytes = 1L << 30)
        {
            long length = new FileInfo(path).Length;
            if (length > Math.Min(maxBytes, int.MaxValue - 64)) throw new ModelFileException(path, $"{length} bytes, expected {maxBytes} at most.");
            return new DemoFile(File.ReadAllBytes(path), path, maxBytes);
        }

        /// <summary>Reads bytes; see <see cref="Load(string, long)"/>.</summary>
        /// <param name="bytes">A whole file.</param>
        /// <param name="name">What errors call it.</param>
        /// <param name="maxBytes">The most memory that its rows may take.</param>
        /// <exception cref="ModelFileException">The bytes are no sound demonstration, or have pictures.</exception>
        public static DemoFile Load(byte[] bytes, string name = "demonstration", long maxBytes = 1L << 30) => new DemoFile(bytes, name, maxBytes);

        /// <summary>How many rows the metadata claims; 0 where the recording was never finished.</summary>
        private long ReadMetadata()
        {
            int position = 0;
            if (_bytes.Length == 0) throw Bad("the file is empty.");
            WireReader reader = WireReader.Delimited(_bytes, _path, ref position);
            if (position > RowsStart) throw Bad($"no demonstration of ML-Agents: it begins with a message of {position} bytes, expected {RowsStart} at most.");
            long rows = ReadMetadata(ref reader, out int version, out string name);
            if (version < 0 || version > 1) throw Bad($"the demonstration has version {version}, expected 0 or 1.");
            Name = name;
            return rows;
        }

        private static long ReadMetadata(ref WireReader reader, out int version, out string name)
        {
            long rows = 0;
            version = 0;
            name = "";
            while (reader.Next())
            {
                switch (reader.Field)
                {
                    case 1: version = reader.ReadInt32(); break;
                    case 2: name = reader.ReadString(); break;
                    case 3: rows = reader.ReadInt32(); break;
                    default: reader.ReadUnknown(); break;
                }
            }
            return rows >= 0 ? rows : throw reader.Fail($"the metadata claims {rows} rows");
        }

        // Some versions of ML-Agents write the metadata once more behind the rows, without its length.
        private void CheckRest(int position, long claimed)
        {
            if (position == _bytes.Length) return;
            var rest = new WireReader(_bytes.AsSpan(position).ToArray(), _path);
            long again;
            try
            {
                again = ReadMetadata(ref rest, out _, out _);
            }
            catch (ModelFileException)
            {
                again = -1;
            }
            if (again != claimed) throw Bad($"{_bytes.Length - position} bytes follow the {claimed} rows that the metadata claims.");
        }

        private void ReadBehavior(WireReader reader)
        {
            var sizes = new List<int>();
            bool continuous = false;
            while (reader.Next())
            {
                switch (reader.Field)
                {
                    case 3: ReadIntegers(ref reader, sizes); break;
                    case 6: continuous = reader.ReadInt32() == 1; break;
                    case 7: Behavior = reader.ReadString(); break;
                    case 9: ReadActions(reader.ReadMessage()); break;
                    default: reader.ReadUnknown(); break;
                }
            }
            if (_isNew) return;
            if (!continuous) _branchSizes = sizes.ToArray();
            else if (sizes.Count == 1) _continuousSize = sizes[0];
            else throw Bad($"the behaviour has {sizes.Count} numbers of continuous actions, expected 1.");
        }

        private void ReadActions(WireReader reader)
        {
            var sizes = new List<int>();
            int branches = 0;
            while (reader.Next())
            {
                switch (reader.Field)
                {
                    case 1: _continuousSize = reader.ReadInt32(); break;
                    case 2: branches = reader.ReadInt32(); break;
                    case 3: ReadIntegers(ref reader, sizes); break;
                    default: reader.ReadUnknown(); break;
                }
            }
            if (branches != sizes.Count) throw reader.Fail($"the behaviour has {branches} discrete branches and {sizes.Count} sizes of them");
            _branchSizes = sizes.ToArray();
            _isNew = true;
        }

        private void ReadRow(WireReader reader)
        {
            _numbers.Clear();
            _mask.Clear();
            _oldActions.Clear();
            _continuous.Clear();
            _discrete.Clear();
            float reward = 0;
            bool end = false, interrupted = false, seen = false;
            while (reader.Next())
            {
                if (reader.Field == 1)
                {
                    WireReader info = reader.ReadMessage();
                    seen = true;
                    while (info.Next())
                    {
                        switch (info.Field)
                        {
                            case 7: reward = info.ReadSingle(); break;
                            case 8: end = info.ReadInt64() != 0; break;
                            case 9: interrupted = info.ReadInt64() != 0; break;
                            case 11: ReadMask(ref info); break;
                            case 13: ReadObservation(info.ReadMessage()); break;
                            default: info.ReadUnknown(); break;
                        }
                    }
                }
                else if (reader.Field == 2) ReadAction(reader.ReadMessage());
                else reader.ReadUnknown();
            }
            if (!seen || _numbers.Count == 0) throw reader.Fail($"row {_rows.Count} has no observation");
            if (_rows.Count > 0 && _numbers.Count != _rows[0].Observation.Length) throw reader.Fail($"row {_rows.Count} has {_numbers.Count} observations, expected {_rows[0].Observation.Length} as in row 0");
            if (!float.IsFinite(reward)) throw reader.Fail($"row {_rows.Count} has a reward that is not finite");
            AddRow(ref reader, reward, end, interrupted);
        }

        private void AddRow(ref WireReader reader, float reward, bool end, bool interrupted)
        {
            if (!_isNew)
            {
                _discrete.Clear();
                _continuous.Clear();
                if (_branchSizes.Length == 0) _continuous.AddRange(_oldActions);
                else _discrete.AddRange(_oldActions.Select(action => action == (int)action ? (int)action : -1));
            }
            bool hasAction = _discrete.Count + _continuous.Count > 0;
            if (hasAction && (_discrete.Count != _branchSizes.Length || _continuous.Count != _continuousSize))
                throw reader.Fail($"row {_rows.Count} has {_discrete.Count} discrete and {_continuous.Count} continuous actions, expected {_branchSizes.Length} and {_continuousSize}");
            for (int i = 0; i < _discrete.Count; i++)
                if ((uint)_discrete[i] >= (uint)_branchSizes[i]) throw reader.Fail($"row {_rows.Count} has an action of branch {i} that is no whole number from 0 to {_branchSizes[i] - 1}");
            _taken += RowOverhead + 4L * (_numbers.Count + _discrete.Count + _continuous.Count) + _mask.Count;
            if (_taken > _maxBytes) throw reader.Fail($"the rows take more than {_maxBytes} bytes");
            // ML-Agents notes what is forbidden.
            bool[]? allowed = _mask.Count > 0 ? _mask.ConvertAll(forbidden => !forbidden).ToArray() : null;
            _rows.Add(new DemoRow(_numbers.ToArray(), _discrete.ToArray(), _continuous.ToArray(), allowed, hasAction, reward, end, interrupted));
        }

        private void ReadObservation(WireReader reader)
        {
            int first = _numbers.Count;
            long shape = 1;
            var dimensions = new List<int>();
            while (reader.Next())
            {
                switch (reader.Field)
                {
                    case 1: ReadIntegers(ref reader, dimensions); break;
                    case 3: throw reader.Fail("an observation is a picture; only those of numbers are read");
                    case 4:
                        WireReader data = reader.ReadMessage();
                        while (data.Next())
                        {
                            if (data.Field == 1) ReadFloats(ref data, _numbers);
                            else data.ReadUnknown();
                        }
                        break;
                    default: reader.ReadUnknown(); break;
                }
            }
            foreach (int dimension in dimensions) shape = dimension < 0 || dimension > int.MaxValue / Math.Max(1, shape) ? -1 : shape * dimension;
            int count = _numbers.Count - first;
            if (dimensions.Count > 0 && shape != count) throw reader.Fail($"an observation has {count} numbers, which do not fill its shape ({string.Join(", ", dimensions.Take(8))})");
            for (int i = first; i < _numbers.Count; i++)
                if (!float.IsFinite(_numbers[i])) throw reader.Fail(FormattableString.Invariant($"row {_rows.Count}, observation {i} is {_numbers[i]}, expected a finite number"));
        }

        private void ReadAction(WireReader reader)
        {
            while (reader.Next())
            {
                switch (reader.Field)
                {
                    case 1: ReadFloats(ref reader, _oldActions); break;
                    case 6: ReadFloats(ref reader, _continuous); break;
                    case 7: ReadIntegers(ref reader, _discrete); break;
                    default: reader.ReadUnknown(); break;
                }
            }
            foreach (float action in _oldActions.Concat(_continuous))
                if (!float.IsFinite(action)) throw reader.Fail(FormattableString.Invariant($"row {_rows.Count} has the action {action}, expected a finite number"));
        }

        private void ReadMask(ref WireReader reader)
        {
            ReadOnlySpan<byte> payload = reader.ReadRepeated(WireType.Varint).Span;
            for (int position = 0; position < payload.Length;)
            {
                if (!WireReader.TryReadVarint(payload, ref position, out ulong value)) throw reader.Fail("a mask is cut");
                _mask.Add(value != 0);
            }
        }

        private static void ReadIntegers(ref WireReader reader, List<int> values)
        {
            ReadOnlySpan<byte> payload = reader.ReadRepeated(WireType.Varint).Span;
            for (int position = 0; position < payload.Length;)
            {
                if (!WireReader.TryReadVarint(payload, ref position, out ulong value)) throw reader.Fail("a number is cut");
                values.Add(unchecked((int)value));
            }
        }

        private static void ReadFloats(ref WireReader reader, List<float> values)
        {
            ReadOnlySpan<byte> payload = reader.ReadRepeated(WireType.Fixed32).Span;
            if (payload.Length % 4 != 0) throw reader.Fail($"{payload.Length} bytes of floats, expected a multiple of 4");
            for (int i = 0; i < payload.Length; i += 4) values.Add(BitConverter.Int32BitsToSingle(BinaryPrimitives.ReadInt32LittleEndian(payload.Slice(i))));
        }

        private EpisodeLayout MakeLayout()
        {
            // What the behaviour claims is believed where rows bear it out.
            if (!_rows.Exists(row => row.HasAction)) throw Bad("no row has an action.");
            try
            {
                var layout = new EpisodeLayout(_rows[0].Observation.Length, _branchSizes, _continuousSize, _branchSizes.Length > 0 && _rows.Exists(row => row.Mask != null));
                int bad = _rows.FindIndex(row => row.Mask != null && row.Mask.Length != layout.MaskSize);
                if (bad >= 0) throw Bad($"row {bad} has a mask of {_rows[bad].Mask!.Length}, expected {layout.MaskSize}.");
                // A row without a mask gets one that allows all, and takes its memory.
                if (layout.HasMasks && _taken + (long)_rows.Count * layout.MaskSize > _maxBytes) throw Bad($"the masks take more than {_maxBytes} bytes.");
                return layout;
            }
            catch (ArgumentException e)
            {
                throw new ModelFileException(_path, e.Message, e);
            }
        }

        private void Align()
        {
            var builder = new EpisodeBuilder(Layout);
            var noDiscrete = new int[Layout.BranchCount];
            var noContinuous = new float[Layout.ContinuousSize];
            for (int i = 0; i < _rows.Count; i++)
            {
                DemoRow row = _rows[i];
                // What was done between this row and the one before is not known.
                if (!row.HasAction && builder.Steps > 0) Close(builder, i, isWhole: false);
                builder.Add(row.Observation, row.HasAction ? row.Discrete : noDiscrete, row.HasAction ? row.Continuous : noContinuous, Layout.HasMasks ? row.Mask : default);
                if (row.IsEnd || i == _rows.Count - 1) Close(builder, i, row.IsEnd && !row.IsInterrupted);
            }
        }

        private void Close(EpisodeBuilder builder, int row, bool isWhole)
        {
            try
            {
                if (builder.Steps > 1) _episodes.Add(builder.ToEpisodeOfPreviousActions(isWhole));
                builder.Clear();
            }
            catch (ArgumentException e)
            {
                throw new ModelFileException(_path, $"the episode up to row {row}: {e.Message}", e);
            }
        }

        private ModelFileException Bad(string reason) => new ModelFileException(_path, reason);
    }
}
