using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;

namespace Recurrent.Diagnostics
{
    /// <summary>Reads from a recording file, or from recordings at hand. An agent of which steps are missing in between is listed once for each piece.</summary>
    public sealed class FileStateLink : IStateLink
    {
        private readonly List<LinkedAgent> _agents = new List<LinkedAgent>();
        private readonly List<Recording> _recordings = new List<Recording>();

        /// <summary>A link to recordings at hand.</summary>
        /// <param name="name">What the list of targets calls it.</param>
        /// <param name="recordings">What can be looked at.</param>
        /// <param name="tables">What was measured beside them.</param>
        public FileStateLink(string name, IReadOnlyList<Recording> recordings, IReadOnlyList<RecordedTable>? tables = null)
        {
            Name = name;
            Tables = tables ?? Array.Empty<RecordedTable>();
            foreach (Recording recording in recordings)
            {
                string agent = recording.Agent;
                for (int piece = 2; _agents.Exists(other => other.Name == agent); piece++) agent = $"{recording.Agent} ({piece.ToString(CultureInfo.InvariantCulture)})";
                _agents.Add(new LinkedAgent(agent, Warning(recording)));
                _recordings.Add(recording);
            }
        }

        /// <inheritdoc/>
        public string Name { get; }

        /// <summary>Why the file ends before it should; null when it is whole.</summary>
        public string? Cut { get; private set; }

        /// <inheritdoc/>
        public bool IsLive => false;

        /// <inheritdoc/>
        public IReadOnlyList<LinkedAgent> Agents => _agents;

        /// <inheritdoc/>
        public IReadOnlyList<RecordedTable> Tables { get; }

        /// <summary>Never raised: a file does not change.</summary>
        public event Action? AgentsChanged
        {
            add { }
            remove { }
        }

        /// <summary>Never raised: a file does not run.</summary>
        public event Action<BreakpointHit>? BreakpointHit
        {
            add { }
            remove { }
        }

        /// <summary>Nothing is recorded.</summary>
        public bool IsRecording
        {
            get => false;
            set { }
        }

        /// <summary>A file stands still.</summary>
        public bool IsPaused
        {
            get => true;
            set { }
        }

        /// <inheritdoc/>
        public long DroppedSteps => 0;

        /// <summary>Opens a file; one that was cut, because the game ended while it wrote, is taken up to its last whole block.</summary>
        /// <exception cref="ModelFileException">The file is no recording, is damaged, or has no step.</exception>
        /// <exception cref="IOException">The file cannot be read.</exception>
        public static FileStateLink Open(string path)
        {
            RecordingFile file = RecordingFile.Load(path, allowCut: true);
            if (file.Recordings.Count == 0) throw new ModelFileException(path, file.Cut ?? "the file has no recorded step.");
            return new FileStateLink(Path.GetFileName(path), file.Recordings, file.Tables) { Cut = file.Cut };
        }

        /// <inheritdoc/>
        public IRecordedSteps Attach(string agent)
        {
            int index = _agents.FindIndex(known => known.Name == agent);
            return index >= 0 ? _recordings[index] : throw new ArgumentException($"FileStateLink({Name}): there is no agent '{agent}' ({string.Join(", ", _agents.ConvertAll(known => known.Name))}).", nameof(agent));
        }

        /// <summary>Nothing has to be let go.</summary>
        public void Detach(string agent)
        {
        }

        /// <summary>A file does not break.</summary>
        public void SetBreakpoints(string agent, IReadOnlyList<Breakpoint> breakpoints)
        {
        }

        /// <summary>A file does not run.</summary>
        public void StepOnce()
        {
        }

        /// <summary>Nothing is held.</summary>
        public void Dispose()
        {
        }

        private static string Warning(Recording recording)
        {
            RecordedTrack? target = recording.Layout.Find("target");
            for (int t = 0; t < recording.Steps; t++)
            {
                ReadOnlySpan<float> frame = recording.Frame(t);
                for (int i = 0; i < frame.Length; i++)
                {
                    bool unknown = target != null && i >= target.Offset && i < target.Offset + target.Length;
                    if (!unknown && !float.IsFinite(frame[i])) return FormattableString.Invariant($"NaN since step {recording.FirstStep + t}");
                }
            }
            return "";
        }
    }
}
