using System;
using System.Collections.Generic;

namespace Recurrent.Diagnostics
{
    public sealed partial class StateViewer
    {
        private ViewerProbe _selected;

        /// <summary>The unit that was clicked; null for none.</summary>
        public ViewerProbe? Selected => Track(_selected) == null ? (ViewerProbe?)null : _selected;

        /// <summary>What the selected unit does; null for none, or while there is no step.</summary>
        public UnitReading? Inspect()
        {
            if (!(Track(_selected) is RecordedTrack track) || Timeline.Playhead < 0) return null;
            (long from, long to) = Span();
            return UnitReading.Of(_shown!.Steps, track, _selected.Unit, Timeline.Playhead, from, to);
        }

        /// <summary>The selected range, or all steps: the first, and the one after the last.</summary>
        internal (long From, long To) Span() => Timeline.Range is (long first, long last) ? (first, last + 1) : (Timeline.First, Timeline.End);

        /// <summary>Selects a unit.</summary>
        /// <exception cref="ArgumentException">The network that is shown does not have it.</exception>
        public void Select(ViewerProbe unit)
        {
            if (Track(unit) == null) throw new ArgumentException($"StateViewer: {Agent} has no {unit}.", nameof(unit));
            _selected = new ViewerProbe(Track(unit)!.Name, unit.Unit);
            Touch();
        }

        /// <summary>The probes: units that have a curve.</summary>
        public IReadOnlyList<ViewerProbe> Probes => _probes;

        /// <summary>Gives a unit a curve.</summary>
        public void AddProbe(ViewerProbe probe)
        {
            if (_probes.Contains(probe)) return;
            _probes.Add(probe);
            Rebuild();
        }

        /// <summary>Takes the curve away.</summary>
        public void RemoveProbe(ViewerProbe probe)
        {
            if (_probes.Remove(probe)) Rebuild();
        }

        /// <summary>The breakpoints.</summary>
        public IReadOnlyList<ViewerBreakpoint> Breakpoints => _breakpoints;

        /// <summary>A condition to begin with: the selected unit above the highest that it has been, or <c>nan</c>.</summary>
        public string Suggestion => Inspect() is UnitReading reading && !float.IsNaN(reading.High) ? FormattableString.Invariant($"{_selected} > {Math.Ceiling(reading.High * 100) / 100:0.##}") : "nan";

        /// <summary>Breaks on a condition in every attached agent that has what it names.</summary>
        /// <exception cref="FormatException">The condition cannot be read.</exception>
        /// <exception cref="ArgumentException">The network that is shown does not have what it names.</exception>
        public ViewerBreakpoint AddBreakpoint(string condition)
        {
            var breakpoint = new ViewerBreakpoint(Breakpoint.Parse(condition));
            if (_shown != null) breakpoint.Condition.Bind(_shown.Steps.Layout);
            _breakpoints.Add(breakpoint);
            SetBreakpoints();
            return breakpoint;
        }

        /// <summary>Breaks on it no more.</summary>
        public void RemoveBreakpoint(ViewerBreakpoint breakpoint)
        {
            _breakpoints.Remove(breakpoint);
            SetBreakpoints();
        }

        /// <summary>Heeds a breakpoint or not.</summary>
        public void Enable(ViewerBreakpoint breakpoint, bool enable)
        {
            breakpoint.IsEnabled = enable;
            SetBreakpoints();
        }

        /// <summary>Moves the playhead to the next step in which a breakpoint comes to hold; after the last, to the first.</summary>
        /// <returns>Whether there is one.</returns>
        public bool JumpToHit(ViewerBreakpoint breakpoint)
        {
            List<long> hits = HitsOf(breakpoint);
            if (hits.Count == 0) return false;
            long next = hits.Find(step => step > Timeline.Playhead);
            Timeline.MoveTo(hits.Exists(step => step > Timeline.Playhead) ? next : hits[0]);
            Touch();
            return true;
        }

        private void SetBreakpoints()
        {
            foreach (Entry entry in _entries) SetBreakpoints(entry);
            CountHits();
            Touch();
        }

        private void SetBreakpoints(Entry entry)
        {
            if (!entry.HasEnded) Link!.SetBreakpoints(entry.Name, _breakpoints.FindAll(breakpoint => breakpoint.IsEnabled && Binds(breakpoint, entry.Steps.Layout)).ConvertAll(breakpoint => breakpoint.Condition));
        }

        private static bool Binds(ViewerBreakpoint breakpoint, RecordingLayout layout)
        {
            try
            {
                breakpoint.Condition.Bind(layout);
                return true;
            }
            catch (ArgumentException)
            {
                return false;
            }
        }

        // In a recording that is done, all steps in which a breakpoint would have paused; in a running game those in which it did.
        private void CountHits()
        {
            _shownHits.Clear();
            if (_shown == null) return;
            if (IsRunning)
            {
                foreach ((Entry entry, long step) in _hits)
                    if (entry == _shown) _shownHits.Add(step);
                return;
            }
            foreach (ViewerBreakpoint breakpoint in _breakpoints)
            {
                List<long> hits = HitsOf(breakpoint);
                breakpoint.Hits = hits.Count;
                if (breakpoint.IsEnabled) _shownHits.AddRange(hits.Count > MostHits ? hits.GetRange(0, MostHits) : hits);
            }
        }

        private List<long> HitsOf(ViewerBreakpoint breakpoint)
        {
            var hits = new List<long>();
            if (_shown == null || !Binds(breakpoint, _shown.Steps.Layout)) return hits;
            BreakpointWatch watch = breakpoint.Condition.Bind(_shown.Steps.Layout);
            ReadOnlySpan<float> previous = default;
            for (long step = _shown.Steps.FirstStep; step < _shown.Steps.EndStep; step++)
            {
                ReadOnlySpan<float> frame = _shown.Steps.Frame(step);
                if (watch.Step(frame, previous)) hits.Add(step);
                previous = frame;
            }
            return hits;
        }

        private void Break(BreakpointHit hit)
        {
            if (!(_entries.Find(other => other.Steps == hit.Agent) is Entry entry)) return;
            Link!.IsPaused = true;
            if (_breakpoints.Find(other => other.Condition == hit.Breakpoint) is ViewerBreakpoint breakpoint)
            {
                breakpoint.Hits++;
                breakpoint.LastHit = hit.ToString();
            }
            if (_hits.Count == MostHits) _hits.RemoveAt(0);
            _hits.Add((entry, hit.Step));
            if (entry != _shown) ShowEntry(entry);
            CountHits();
            TakeIn();
            Timeline.MoveTo(hit.Step);
            Touch();
        }
    }
}
