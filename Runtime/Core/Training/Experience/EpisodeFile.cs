using System;
using System.Buffers.Binary;
using System.Collections.Generic;
using System.IO;
using Recurrent.Diagnostics;

namespace Recurrent
{
    /// <summary>
    /// Episodes in a file that grows while a game runs (see <see cref="EpisodeRecorder"/>). The file is a header (<c>RNNEPISO</c>, version 1 as 4 bytes) and records, little-endian:
    /// <code>
    /// kind 4   payload length 4   payload                                                                 CRC-32 of all before 4
    /// LAYO                        the layout, as JSON: once, first
    /// SESS                        nothing: a recorder begins; episodes that are open end here, cut off
    /// STEP                        agent 4, (O) floats, (C) floats, (B) integers, a bit for each entry of the mask: observation and the action taken on it
    /// ENDS                        agent 4, 1 for whole or 0 for cut off
    /// </code>
    /// A record counts once its check sum stands behind it, so a file that was cut anywhere is readable up to its last whole record;
    /// what a cut leaves at the end, and zeros that a power failure leaves there, are passed over. Anything else that does not fit is damage and refused.
    /// </summary>
    public sealed class EpisodeFile
    {
        /// <summary>The most agents that record into one file at once.</summary>
        public const int MaxAgents = 1 << 16;

        private const int MaxLayoutBytes = 64 << 20;

        private EpisodeFile(EpisodeLayout layout, IReadOnlyList<Episode> episodes, IReadOnlyList<int> sessions, string? cut, long wholeBytes)
        {
            Layout = layout;
            Episodes = episodes;
            Sessions = sessions;
            Cut = cut;
            WholeBytes = wholeBytes;
        }

        /// <summary>What a step consists of.</summary>
        public EpisodeLayout Layout { get; }

        /// <summary>All episodes, in the order in which they began. One that was going on when the recording ended is there too, not whole.</summary>
        public IReadOnlyList<Episode> Episodes { get; }

        /// <summary>In which session each episode was recorded, counted from 0.</summary>
        public IReadOnlyList<int> Sessions { get; }

        /// <summary>What was passed over at the end, in a sentence; null where the file ends with a whole record.</summary>
        public string? Cut { get; }

        /// <summary>Bytes up to the end of the last whole record.</summary>
        internal long WholeBytes { get; }

        /// <summary>Reads a file.</summary>
        /// <param name="path">The file.</param>
        /// <param name="maxBytes">The most memory that its steps may take.</param>
        /// <exception cref="ModelFileException">The file has no episodes of this format, or is damaged.</exception>
        /// <exception cref="IOException">The file cannot be read.</exception>
        public static EpisodeFile Load(string path, long maxBytes = 1L << 30)
        {
            using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite, 1 << 16);
            return new Reader(stream, path, maxBytes, keep: true).Read();
        }

        /// <summary>Reads bytes; see <see cref="Load(string, long)"/>.</summary>
        /// <param name="bytes">A whole file.</param>
        /// <param name="name">What errors call it.</param>
        /// <param name="maxBytes">The most memory that its steps may take.</param>
        /// <exception cref="ModelFileException">The bytes have no episodes of this format, or are damaged.</exception>
        public static EpisodeFile Load(byte[] bytes, string name = "episodes", long maxBytes = 1L << 30) =>
            new Reader(new MemoryStream(bytes, writable: false), name, maxBytes, keep: true).Read();

        /// <summary>Writes episodes as one session, whole or not at all.</summary>
        /// <exception cref="ArgumentException">There is no episode, or their layouts differ.</exception>
        /// <exception cref="IOException">The file cannot be written; what was there before stays.</exception>
        public static void Save(string path, IReadOnlyList<Episode> episodes)
        {
            EpisodeLayout layout = LayoutOf(nameof(EpisodeFile), episodes);
            AtomicFile.Write(path, stream =>
            {
                var encoder = new EpisodeEncoder(layout);
                stream.Write(EpisodeEncoder.Beginning(layout));
                stream.Write(encoder.Session().Span);
                foreach (Episode episode in episodes)
                {
                    for (int t = 0; t < episode.Steps; t++) stream.Write(encoder.Step(0, episode.Observation(t), episode.Discrete(t), episode.Continuous(t), episode.Mask(t)).Span);
                    stream.Write(encoder.End(0, episode.IsWhole).Span);
                }
            });
        }

        /// <summary>The layout that all episodes have.</summary>
        internal static EpisodeLayout LayoutOf(string owner, IReadOnlyList<Episode> episodes)
        {
            if (episodes.Count == 0) throw new ArgumentException($"{owner}: expected at least one episode, got none.", nameof(episodes));
            EpisodeLayout layout = episodes[0].Layout;
            for (int i = 1; i < episodes.Count; i++)
                if (!layout.Matches(episodes[i].Layout)) throw new ArgumentException($"{owner}: episode {i} has {episodes[i].Layout}; expected {layout}, of the same names, as in episode 0.", nameof(episodes));
            return layout;
        }

        /// <summary>Reads without keeping any step: for the layout, and for where the last whole record ends.</summary>
        internal static EpisodeFile Scan(Stream stream, string name) => new Reader(stream, name, long.MaxValue, keep: false).Read();

        private sealed class Reader
        {
            private readonly Stream _stream;
            private readonly string _name;
            private readonly long _maxBytes, _length;
            private readonly bool _keep;
            private readonly byte[] _head = new byte[EpisodeEncoder.HeadBytes];
            private readonly List<Episode?> _episodes = new List<Episode?>();
            private readonly List<int> _sessions = new List<int>();
            private readonly SortedDictionary<int, (EpisodeBuilder Steps, int Index)> _open = new SortedDictionary<int, (EpisodeBuilder, int)>();
            private byte[] _payload = Array.Empty<byte>();
            private float[] _observation = Array.Empty<float>(), _continuous = Array.Empty<float>();
            private int[] _discrete = Array.Empty<int>();
            private bool[] _mask = Array.Empty<bool>();
            private EpisodeLayout? _layout;
            private long _at, _taken;
            private int _session = -1;

            public Reader(Stream stream, string name, long maxBytes, bool keep)
            {
                _stream = stream;
                _name = name;
                _maxBytes = maxBytes;
                _keep = keep;
                _length = stream.Length;
            }

            public EpisodeFile Read()
            {
                var header = new byte[EpisodeEncoder.Header.Length];
                int got = Fill(header, header.Length);
                if (!header.AsSpan(0, Math.Min(got, 8)).SequenceEqual(EpisodeEncoder.Header.AsSpan(0, Math.Min(got, 8)))) throw Bad("these are no episodes: the file does not begin with RNNEPISO.");
                if (got < header.Length) throw Bad($"cut within its header of {header.Length} bytes, after {got}.");
                if (BinaryPrimitives.ReadInt32LittleEndian(header.AsSpan(8)) != 1) throw Bad($"these episodes have version {BinaryPrimitives.ReadUInt32LittleEndian(header.AsSpan(8))}; expected 1.");
                _at = got;
                string? cut = null;
                while (_at < _length)
                {
                    long start = _at;
                    cut = ReadRecord(start);
                    if (cut == null) continue;
                    if (_layout == null) throw Bad($"cut within its layout, at byte {_length}.");
                    _at = start;
                    cut = $"{cut} at byte {start}; the {_length - start} bytes from there on were passed over.";
                    break;
                }
                if (_layout == null) throw Bad("cut before its layout.");
                CloseAll();
                return new EpisodeFile(_layout, _keep ? _episodes.ConvertAll(episode => episode!) : new List<Episode>(), _sessions, cut, _at);
            }

            /// <summary>What is cut, or null.</summary>
            private string? ReadRecord(long start)
            {
                if (Fill(_head, _head.Length) < _head.Length) return "the head of a record is cut";
                uint kind = BinaryPrimitives.ReadUInt32LittleEndian(_head);
                int length = BinaryPrimitives.ReadInt32LittleEndian(_head.AsSpan(4));
                if (!Fits(kind, length))
                {
                    if (IsZero(_head) && RestIsZero()) return "the file is filled with zeros";
                    throw Bad($"the record at byte {start} is of no known kind and length; the file is damaged.");
                }
                if (length + EpisodeEncoder.CheckBytes > _length - start - _head.Length) return "a record is cut";
                if (_payload.Length < length + EpisodeEncoder.CheckBytes) _payload = new byte[length + EpisodeEncoder.CheckBytes];
                Fill(_payload, length + EpisodeEncoder.CheckBytes);
                ReadOnlySpan<byte> payload = _payload.AsSpan(0, length);
                if (BinaryPrimitives.ReadUInt32LittleEndian(_payload.AsSpan(length)) != Crc32.Of(_head, payload))
                {
                    if (RestIsZero()) return "a record was not written to its end";
                    throw Bad($"the record at byte {start} does not have the check sum that stands behind it; the file is damaged.");
                }
                _at = start + _head.Length + length + EpisodeEncoder.CheckBytes;
                switch (kind)
                {
                    case EpisodeEncoder.LayoutRecord: TakeLayout(payload, start); break;
                    case EpisodeEncoder.SessionRecord: BeginSession(); break;
                    case EpisodeEncoder.StepRecord: TakeStep(payload, start); break;
                    default: End(payload, start); break;
                }
                return null;
            }

            // The layout comes first and once; every other record has one length.
            private bool Fits(uint kind, int length) => _layout == null
                ? kind == EpisodeEncoder.LayoutRecord && length > 0 && length <= MaxLayoutBytes
                : kind == EpisodeEncoder.StepRecord ? length == EpisodeEncoder.StepPayload(_layout) && _session >= 0
                : kind == EpisodeEncoder.EndRecord ? length == EpisodeEncoder.EndPayload
                : kind == EpisodeEncoder.SessionRecord && length == 0;

            private void TakeLayout(ReadOnlySpan<byte> payload, long start)
            {
                try
                {
                    _layout = EpisodeLayout.Read(JsonValue.Parse(payload, new JsonLimits(maxDepth: 4, maxBytes: MaxLayoutBytes, maxEntries: 4_000_000)));
                }
                catch (FormatException e)
                {
                    throw new ModelFileException(_name, $"the record at byte {start} is no layout: {e.Message}", e);
                }
                _observation = new float[_layout.ObservationSize];
                _continuous = new float[_layout.ContinuousSize];
                _discrete = new int[_layout.BranchCount];
                _mask = new bool[_layout.HasMasks ? _layout.MaskSize : 0];
            }

            private void BeginSession()
            {
                CloseAll();
                _session++;
            }

            private void TakeStep(ReadOnlySpan<byte> rest, long start)
            {
                int agent = Take(ref rest);
                if ((uint)agent >= MaxAgents) throw Bad($"the record at byte {start} is of agent {(uint)agent}, expected one below {MaxAgents}.");
                if (!_open.TryGetValue(agent, out (EpisodeBuilder Steps, int Index) open))
                {
                    open = (new EpisodeBuilder(_layout!), _episodes.Count);
                    _open.Add(agent, open);
                    _episodes.Add(null);
                    _sessions.Add(_session);
                }
                for (int i = 0; i < _observation.Length; i++) _observation[i] = BitConverter.Int32BitsToSingle(Take(ref rest));
                for (int i = 0; i < _continuous.Length; i++) _continuous[i] = BitConverter.Int32BitsToSingle(Take(ref rest));
                for (int i = 0; i < _discrete.Length; i++) _discrete[i] = Take(ref rest);
                for (int i = 0; i < _mask.Length; i++) _mask[i] = (rest[i >> 3] & 1 << (i & 7)) != 0;
                if (_layout!.FindFault(_observation, _discrete, _continuous, _mask) is var (column, reason)) throw Bad($"the step at byte {start}, '{column}': {reason}.");
                if (!_keep) return;
                _taken += EpisodeBuilder.StepBytes(_layout);
                if (_taken > _maxBytes) throw Bad($"the steps take more than {_maxBytes} bytes.");
                open.Steps.Add(_observation, _discrete, _continuous, _mask);
            }

            private void End(ReadOnlySpan<byte> payload, long start)
            {
                int agent = BinaryPrimitives.ReadInt32LittleEndian(payload);
                if (payload[4] > 1 || !_open.TryGetValue(agent, out (EpisodeBuilder Steps, int Index) open)) throw Bad($"the record at byte {start} ends no episode; the file is damaged.");
                Close(open, payload[4] == 1);
                _open.Remove(agent);
            }

            private void CloseAll()
            {
                foreach ((EpisodeBuilder, int) open in _open.Values) Close(open, isWhole: false);
                _open.Clear();
            }

            private void Close((EpisodeBuilder Steps, int Index) open, bool isWhole)
            {
                if (_keep) _episodes[open.Index] = open.Steps.ToEpisode(isWhole);
            }

            private static int Take(ref ReadOnlySpan<byte> rest)
            {
                int value = BinaryPrimitives.ReadInt32LittleEndian(rest);
                rest = rest.Slice(4);
                return value;
            }

            private static bool IsZero(ReadOnlySpan<byte> bytes)
            {
                foreach (byte value in bytes)
                    if (value != 0) return false;
                return true;
            }

            private bool RestIsZero()
            {
                var bytes = new byte[1 << 12];
                for (int got; (got = Fill(bytes, bytes.Length)) > 0;)
                    if (!IsZero(bytes.AsSpan(0, got))) return false;
                return true;
            }

            private int Fill(byte[] bytes, int count)
            {
                int got = 0;
                while (got < count)
                {
                    int more = _stream.Read(bytes, got, count - got);
                    if (more == 0) break;
                    got += more;
                }
                return got;
            }

            private ModelFileException Bad(string reason) => new ModelFileException(_name, reason);
        }
    }
}
