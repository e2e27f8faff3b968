using System;
using System.IO;

namespace Recurrent
{
    /// <summary>
    /// Records episodes into a file while a game runs. Every step is handed to the operating system at once, as one record, so whatever ends the process, the
    /// steps before are there; see <see cref="EpisodeFile"/>. A step allocates nothing. Several agents may record side by side, each its own episodes. Not thread-safe.
    /// </summary>
    /// <example><code>
    /// using var recorder = EpisodeRecorder.Open("play.episodes", new EpisodeLayout(observationSize: 12, branchSizes: new[] { 4 }));
    /// recorder.Record(observation, action);    // once a frame: what was seen, and what was then done
    /// recorder.EndEpisode();                   // where the level ends
    /// </code></example>
    public sealed class EpisodeRecorder : IDisposable
    {
        /// <summary>The size that a file may reach unless told otherwise: 256 MiB.</summary>
        public const long DefaultMaxBytes = 256L << 20;

        private readonly FileStream _stream;
        private readonly EpisodeEncoder _encoder;
        private readonly long _maxBytes;
        private readonly int[] _steps; // of each agent's open episode
        private readonly long _stepBytes, _endBytes;
        private bool _refused;

        private EpisodeRecorder(FileStream stream, string path, EpisodeLayout layout, int agents, long maxBytes)
        {
            _stream = stream;
            Path = path;
            Layout = layout;
            _encoder = new EpisodeEncoder(layout);
            _maxBytes = maxBytes;
            _steps = new int[agents];
            _stepBytes = EpisodeEncoder.HeadBytes + EpisodeEncoder.StepPayload(layout) + EpisodeEncoder.CheckBytes;
            _endBytes = EpisodeEncoder.HeadBytes + EpisodeEncoder.EndPayload + EpisodeEncoder.CheckBytes;
        }

        /// <summary>The file.</summary>
        public string Path { get; }

        /// <summary>What a step consists of.</summary>
        public EpisodeLayout Layout { get; }

        /// <summary>How many agents record.</summary>
        public int Agents => _steps.Length;

        /// <summary>Bytes in the file.</summary>
        public long Bytes { get; private set; }

        /// <summary>Whether nothing more is recorded, because the file has reached its size or the disk refused a write.</summary>
        public bool IsFull { get; private set; }

        /// <summary>Steps recorded since it was opened.</summary>
        public long StepCount { get; private set; }

        /// <summary>Episodes ended since it was opened.</summary>
        public int EpisodeCount { get; private set; }

        /// <summary>
        /// Begins a session in a file, which is created, or gone on with after its last whole record; what stands behind that, because a process was ended while it wrote,
        /// is cut off. A long file takes a moment, for it is checked as a whole.
        /// </summary>
        /// <param name="path">The file; its folder must exist.</param>
        /// <param name="layout">What a step consists of.</param>
        /// <param name="agents">How many agents record, 1 to <see cref="EpisodeFile.MaxAgents"/>.</param>
        /// <param name="maxBytes">The size that the file may reach; then recording stops, and <see cref="IsFull"/> says so.</param>
        /// <exception cref="ModelFileException">The file is no such recording, is damaged, or has another layout; it is left as it is.</exception>
        /// <exception cref="IOException">The file cannot be written.</exception>
        public static EpisodeRecorder Open(string path, EpisodeLayout layout, int agents = 1, long maxBytes = DefaultMaxBytes)
        {
            if (agents < 1 || agents > EpisodeFile.MaxAgents) throw new ArgumentOutOfRangeException(nameof(agents), $"EpisodeRecorder: expected 1 to {EpisodeFile.MaxAgents} agents, got {agents}.");
            // No buffer: a step that was recorded must not wait for others in this process's memory.
            var stream = new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.Read, bufferSize: 1);
            try
            {
                var recorder = new EpisodeRecorder(stream, path, layout, agents, maxBytes);
                recorder.Begin();
                return recorder;
            }
            catch
            {
                stream.Dispose();
                throw;
            }
        }

        /// <summary>Records a step: what an agent observed, and the action that it then took on it.</summary>
        /// <param name="observation">(O).</param>
        /// <param name="discrete">(B): for each branch 0 … its size − 1.</param>
        /// <param name="continuous">(C).</param>
        /// <param name="mask">(M): true for an action that was allowed; empty for all.</param>
        /// <param name="agent">Who, 0 … <see cref="Agents"/> − 1.</param>
        /// <returns>False where the file is full.</returns>
        /// <exception cref="ArgumentException">A length does not fit, a number is NaN or infinite, an action is out of its range or forbidden; nothing is recorded.</exception>
        /// <exception cref="IOException">The disk refused; the file ends with the step before, and nothing more is recorded.</exception>
        public bool Record(ReadOnlySpan<float> observation, ReadOnlySpan<int> discrete, ReadOnlySpan<float> continuous = default, ReadOnlySpan<bool> mask = default, int agent = 0)
        {
            CheckAgent(agent);
            if (!Layout.HasMasks && !mask.IsEmpty) throw new ArgumentException($"EpisodeRecorder({Path}): got a mask, but the layout has none.", nameof(mask));
            if (Layout.FindFault(observation, discrete, continuous, mask) is var (column, reason))
                throw new ArgumentException($"EpisodeRecorder({Path}): step {_steps[agent]} of agent {agent}{(column.Length > 0 ? $", '{column}'" : "")}: {reason}.");
            // Every open episode needs room for its end.
            IsFull |= Bytes + _stepBytes + Agents * _endBytes > _maxBytes;
            if (IsFull) return false;
            Write(_encoder.Step(agent, observation, discrete, continuous, mask));
            _steps[agent]++;
            StepCount++;
            return true;
        }

        /// <summary>Ends an agent's episode; its next step begins another. Without a step since the last end it does nothing.</summary>
        /// <param name="isWhole">Whether the episode came to its own end; false where the agent or the recording was stopped before.</param>
        /// <param name="agent">Who, 0 … <see cref="Agents"/> − 1.</param>
        /// <exception cref="IOException">The disk refused.</exception>
        public void EndEpisode(bool isWhole = true, int agent = 0)
        {
            CheckAgent(agent);
            if (_steps[agent] == 0) return;
            // What a full file has not recorded is missing at the episode's end.
            if (!_refused && Bytes + _endBytes <= _maxBytes) Write(_encoder.End(agent, isWhole && !IsFull));
            _steps[agent] = 0;
            EpisodeCount++;
        }

        /// <summary>Waits until the disk has everything: then a power failure takes nothing either. It may take longer than a frame.</summary>
        public void Flush()
        {
            _stream.Flush(flushToDisk: true);
            AtomicFile.Saved?.Invoke();
        }

        /// <summary>Closes the file. An episode that has not ended is read as cut off.</summary>
        public void Dispose() => _stream.Dispose();

        private void Begin()
        {
            byte[] beginning = EpisodeEncoder.Beginning(Layout);
            if (IsPrefixOf(beginning))
            {
                _stream.SetLength(0);
                Write(beginning);
            }
            else
            {
                _stream.Position = 0;
                // Unbuffered, the scan would ask the system for every record.
                using (var file = new FileStream(Path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite, 1 << 16))
                {
                    EpisodeFile known = EpisodeFile.Scan(file, Path);
                    if (!known.Layout.Matches(Layout)) throw new ModelFileException(Path, $"it has episodes of {known.Layout}, expected {Layout}, of the same names.");
                    Bytes = known.WholeBytes;
                }
                _stream.SetLength(Bytes);
                _stream.Position = Bytes;
            }
            Write(_encoder.Session());
        }

        // A process that was ended while it began a file leaves a part of the beginning, and nothing to lose.
        private bool IsPrefixOf(byte[] beginning)
        {
            if (_stream.Length >= beginning.Length) return false;
            var bytes = new byte[_stream.Length];
            int got = 0;
            for (int more; got < bytes.Length && (more = _stream.Read(bytes, got, bytes.Length - got)) > 0;) got += more;
            return beginning.AsSpan(0, got).SequenceEqual(bytes);
        }

        private void Write(ReadOnlyMemory<byte> record)
        {
            try
            {
                _stream.Write(record.Span);
                _stream.Flush();
                Bytes += record.Length;
            }
            catch (IOException)
            {
                IsFull = _refused = true;
                TryCut();
                throw;
            }
        }

        private void TryCut()
        {
            try
            {
                _stream.SetLength(Bytes);
                _stream.Position = Bytes;
            }
            catch (IOException)
            {
                // The half record is passed over by whoever reads the file.
            }
        }

        private void CheckAgent(int agent)
        {
            if ((uint)agent >= (uint)_steps.Length) throw new ArgumentOutOfRangeException(nameof(agent), $"EpisodeRecorder({Path}): expected an agent 0 to {_steps.Length - 1}, got {agent}.");
        }
    }
}
