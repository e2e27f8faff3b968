using System;
using System.Collections.Generic;
using System.IO;

namespace Recurrent.Diagnostics
{
    public sealed partial class StateViewer
    {
        /// <summary>What survives when the code is loaded anew. The recordings of a running game are written into a file, for they are large.</summary>
        /// <param name="path">The file; it is replaced.</param>
        /// <exception cref="IOException">The file cannot be written.</exception>
        public ViewerMemory Remember(string path)
        {
            var kept = new List<Recording>();
            foreach (Entry entry in _entries)
            {
                bool lost = entry.HasEnded || Link is { IsLive: true };
                if (!lost || entry.Steps.EndStep <= entry.Steps.FirstStep) continue;
                Recording steps = entry.Steps.Range(entry.Steps.FirstStep, entry.Steps.EndStep);
                kept.Add(new Recording(entry.Name, steps.Layout, steps.FirstStep, steps.Frames) { Marks = steps.Marks });
            }
            if (kept.Count > 0) RecordingFile.Save(path, kept);
            return new ViewerMemory
            {
                Attached = _entries.FindAll(entry => !entry.HasEnded).ConvertAll(entry => entry.Name).ToArray(),
                Agent = Agent,
                Against = Against,
                Cell = _cell,
                State = _state,
                Order = _order.Name,
                Tab = _tab,
                Filter = _filter,
                Folded = new List<string>(_folded).ToArray(),
                Playhead = Timeline.Playhead,
                Following = Timeline.IsFollowing,
                From = Timeline.From,
                Span = Timeline.RememberedSpan,
                RangeFrom = Timeline.Range?.From ?? -1,
                RangeTo = Timeline.Range?.To ?? -1,
                Track = _selected.Track ?? "",
                Unit = _selected.Unit,
                ProbeTracks = _probes.ConvertAll(probe => probe.Track).ToArray(),
                ProbeUnits = _probes.ConvertAll(probe => probe.Unit).ToArray(),
                Breakpoints = _breakpoints.ConvertAll(breakpoint => breakpoint.Condition.Text).ToArray(),
                Enabled = _breakpoints.ConvertAll(breakpoint => breakpoint.IsEnabled).ToArray(),
                Recordings = kept.Count > 0 ? path : "",
            };
        }

        /// <summary>
        /// Puts back what was remembered, and reads from a link again. Recordings of a running game come back as ended ones; the agent itself is shown as soon as it takes a step, if the playhead went along.
        /// </summary>
        /// <param name="memory">What was remembered.</param>
        /// <param name="link">What is read from; null for nothing.</param>
        public void Restore(ViewerMemory memory, IStateLink? link)
        {
            Disconnect();
            foreach (Entry entry in _entries.ToArray()) Remove(entry);
            _awaited = "";
            (_cell, _state, _filter) = (memory.Cell, memory.State, memory.Filter);
            _tab = memory.Tab.Length > 0 ? memory.Tab : GatesTab;
            _order = _orders.Find(order => order.Name == memory.Order) ?? UnitOrder.Index;
            _folded.Clear();
            _folded.UnionWith(memory.Folded);
            _probes.Clear();
            for (int i = 0; i < Math.Min(memory.ProbeTracks.Length, memory.ProbeUnits.Length); i++) _probes.Add(new ViewerProbe(memory.ProbeTracks[i], memory.ProbeUnits[i]));
            _breakpoints.Clear();
            for (int i = 0; i < memory.Breakpoints.Length; i++) _breakpoints.Add(new ViewerBreakpoint(Breakpoint.Parse(memory.Breakpoints[i])) { IsEnabled = i >= memory.Enabled.Length || memory.Enabled[i] });
            bool live = link == null || link.IsLive;
            foreach (Recording recording in Kept(memory))
            {
                bool ended = Array.IndexOf(memory.Attached, recording.Agent) < 0;
                _entries.Add(new Entry { Name = Unused(ended ? recording.Agent : recording.Agent + " (before reload)"), Steps = recording, HasEnded = true });
            }
            if (link != null) Connect(link, new List<string>(memory.Attached), "");
            string Was(string name) => live && Find(name + " (before reload)") != null ? name + " (before reload)" : name;
            if (Find(Was(memory.Agent)) is Entry shown) ShowEntry(shown);
            if (memory.Track.Length > 0) _selected = new ViewerProbe(memory.Track, memory.Unit);
            if (_shown != null && _shown.Name == Was(memory.Agent))
            {
                Timeline.Restore(memory.Playhead, memory.Following, memory.From, memory.Span, memory.RangeFrom >= 0 ? (memory.RangeFrom, memory.RangeTo) : ((long, long)?)null);
                if (Find(Was(memory.Against)) is Entry against && against.Steps.Layout.Matches(_shown.Steps.Layout)) Compare(against.Name);
                if (memory.Following && live && _shown.HasEnded) _awaited = memory.Agent;
                if (Link != null) Await();
            }
            CountHits();
            Rebuild();
        }

        // What cannot be read any more is gone; everything else comes back all the same.
        private static IReadOnlyList<Recording> Kept(ViewerMemory memory)
        {
            if (memory.Recordings.Length == 0 || !File.Exists(memory.Recordings)) return Array.Empty<Recording>();
            try
            {
                return RecordingFile.Load(memory.Recordings, allowCut: true).Recordings;
            }
            catch (IOException)
            {
                return Array.Empty<Recording>();
            }
        }

        /// <summary>Lets everything go.</summary>
        public void Dispose()
        {
            Disconnect();
            _entries.Clear();
            _shown = _against = null;
            Rebuild();
        }
    }
}
