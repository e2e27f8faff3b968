using System;
using System.Collections.Generic;
using System.Globalization;
using Recurrent.Diagnostics;

namespace Recurrent.Components
{
    /// <summary>
    /// Shows a viewer the <see cref="StateProbe"/>s of the running game. A probe that is looked at records, also where it would not by itself, and is as before when nobody looks any more.
    /// What pauses the game is the editor's, which hands it in.
    /// </summary>
    public sealed class PlayModeStateLink : IStateLink
    {
        private readonly Func<bool>? _isPaused;
        private readonly Action<bool>? _pause;
        private readonly Action? _step;
        private readonly Breakpoint _notFinite = Breakpoint.Parse("nan");
        private readonly List<Entry> _entries = new List<Entry>();
        private readonly List<LinkedAgent> _agents = new List<LinkedAgent>();
        private bool _isRecording = true;

        /// <summary>Links to the game of this process.</summary>
        /// <param name="isPaused">Whether the game stands still.</param>
        /// <param name="pause">Lets it stand still, or go on.</param>
        /// <param name="step">Lets a game that stands still go on by one frame.</param>
        public PlayModeStateLink(Func<bool>? isPaused = null, Action<bool>? pause = null, Action? step = null)
        {
            _isPaused = isPaused;
            _pause = pause;
            _step = step;
            StateProbe.ListChanged += List;
            List();
        }

        /// <inheritdoc/>
        public event Action? AgentsChanged;

        /// <inheritdoc/>
        public event Action<BreakpointHit>? BreakpointHit;

        /// <inheritdoc/>
        public string Name => "Play Mode";

        /// <inheritdoc/>
        public bool IsLive => true;

        /// <inheritdoc/>
        public IReadOnlyList<LinkedAgent> Agents => _agents;

        /// <inheritdoc/>
        public IReadOnlyList<RecordedTable> Tables => Array.Empty<RecordedTable>();

        /// <inheritdoc/>
        public bool IsRecording
        {
            get => _isRecording;
            set
            {
                _isRecording = value;
                foreach (Entry entry in _entries)
                    if (entry.Watch != null) entry.Watch.IsRecording = value;
            }
        }

        /// <inheritdoc/>
        public bool IsPaused
        {
            get => _isPaused?.Invoke() ?? false;
            set => _pause?.Invoke(value);
        }

        /// <summary>None: what is recorded is read where it stands.</summary>
        public long DroppedSteps => 0;

        /// <inheritdoc/>
        public IRecordedSteps Attach(string agent)
        {
            Entry entry = Find(agent) ?? throw new ArgumentException($"PlayModeStateLink: there is no agent '{agent}' ({string.Join(", ", _entries.ConvertAll(known => known.Name))}).", nameof(agent));
            if (entry.Watch == null)
            {
                if (_entries.FindAll(other => other.Watch != null).Count >= StateRecorder.MaxAgents)
                    throw new InvalidOperationException($"PlayModeStateLink: {StateRecorder.MaxAgents} agents are looked at already; let one go before {agent}.");
                entry.Watch = entry.Probe.Watch();
                entry.Watch.IsRecording = _isRecording;
                entry.Watch.BreakpointHit += hit => Hear(entry, hit);
                SetBreakpoints(entry, Array.Empty<Breakpoint>());
            }
            return entry.Probe.Recorder ?? throw new InvalidOperationException($"PlayModeStateLink: {agent} cannot be recorded. {entry.Probe.Status}");
        }

        /// <inheritdoc/>
        public void Detach(string agent)
        {
            Entry? entry = Find(agent);
            entry?.Watch?.Dispose();
            if (entry != null) entry.Watch = null;
        }

        /// <inheritdoc/>
        public void SetBreakpoints(string agent, IReadOnlyList<Breakpoint> breakpoints)
        {
            if (Find(agent) is Entry entry) SetBreakpoints(entry, breakpoints);
        }

        /// <inheritdoc/>
        public void StepOnce() => _step?.Invoke();

        /// <summary>Looks away from all.</summary>
        public void Dispose()
        {
            StateProbe.ListChanged -= List;
            foreach (Entry entry in _entries) entry.Watch?.Dispose();
            _entries.Clear();
            _agents.Clear();
        }

        // Beside those that are asked for, one that tells of numbers that are none.
        private void SetBreakpoints(Entry entry, IReadOnlyList<Breakpoint> breakpoints) => entry.Watch?.SetBreakpoints(new List<Breakpoint>(breakpoints) { _notFinite });

        private Entry? Find(string agent) => _entries.Find(entry => entry.Name == agent);

        /// <summary>Lists who is there by now; who was there keeps his name.</summary>
        private void List()
        {
            for (int i = _entries.Count - 1; i >= 0; i--)
            {
                if (IsThere(_entries[i].Probe)) continue;
                _entries[i].Watch?.Dispose();
                _entries.RemoveAt(i);
            }
            foreach (StateProbe probe in StateProbe.Enabled)
            {
                if (!probe.CanBeWatched || _entries.Exists(entry => entry.Probe == probe)) continue;
                string name = probe.AgentName;
                for (int other = 2; Find(name) != null; other++) name = $"{probe.AgentName} ({other.ToString(CultureInfo.InvariantCulture)})";
                _entries.Add(new Entry(name, probe));
            }
            Tell();
        }

        private void Tell()
        {
            _agents.Clear();
            foreach (Entry entry in _entries) _agents.Add(new LinkedAgent(entry.Name, entry.Diseased != null && entry.Diseased == entry.Probe.Recorder ? entry.Warning : "", entry.Probe.Network, entry.Probe.Layout));
            AgentsChanged?.Invoke();
        }

        private static bool IsThere(StateProbe probe)
        {
            foreach (StateProbe enabled in StateProbe.Enabled)
                if (ReferenceEquals(enabled, probe)) return probe.CanBeWatched;
            return false;
        }

        private void Hear(Entry entry, BreakpointHit hit)
        {
            if (hit.Breakpoint != _notFinite)
            {
                BreakpointHit?.Invoke(hit);
                return;
            }
            if (entry.Diseased == hit.Agent) return;
            entry.Diseased = hit.Agent;
            entry.Warning = FormattableString.Invariant($"NaN since step {hit.Step}");
            Tell();
        }

        private sealed class Entry
        {
            public Entry(string name, StateProbe probe)
            {
                Name = name;
                Probe = probe;
            }

            public string Name { get; }

            public StateProbe Probe { get; }

            public string Warning { get; set; } = "";

            /// <summary>Which of its recordings the warning is about.</summary>
            public IRecordedSteps? Diseased { get; set; }

            /// <summary>Null while nobody looks.</summary>
            public ProbeWatch? Watch { get; set; }
        }
    }
}
