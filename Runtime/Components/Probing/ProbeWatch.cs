using System;
using System.Collections.Generic;
using Recurrent.Diagnostics;

namespace Recurrent.Components
{
    /// <summary>Somebody who looks at a <see cref="StateProbe"/>: while he does it records, and breaks where he says. Ends by <see cref="Dispose"/>, and the probe is as before.</summary>
    internal sealed class ProbeWatch : IDisposable
    {
        private readonly List<Breakpoint> _breakpoints = new List<Breakpoint>();
        private AgentRecorder? _bound;
        private bool _isRecording = true;

        public ProbeWatch(StateProbe probe)
        {
            Probe = probe;
            _bound = probe.Recorder;
        }

        /// <summary>Raised at breakpoints of his, and at those of the probe.</summary>
        public event Action<BreakpointHit>? BreakpointHit;

        public StateProbe Probe { get; }

        /// <summary>Whether the probe records while he looks.</summary>
        public bool IsRecording
        {
            get => _isRecording;
            set
            {
                _isRecording = value;
                Probe.Connect();
            }
        }

        /// <summary>Breaks where he says, and no longer where he said.</summary>
        /// <exception cref="ArgumentException">A breakpoint names something that the network does not have; then nothing has changed.</exception>
        public void SetBreakpoints(IReadOnlyList<Breakpoint> breakpoints)
        {
            if (Probe.Recorder != null)
                foreach (Breakpoint breakpoint in breakpoints) breakpoint.Check(Probe.Recorder.Layout);
            var kept = new List<Breakpoint>(breakpoints);
            // Those that stay keep in mind whether they hold.
            foreach (Breakpoint breakpoint in _breakpoints)
                if (!kept.Contains(breakpoint)) _bound?.Remove(breakpoint);
            foreach (Breakpoint breakpoint in kept)
                if (!_breakpoints.Contains(breakpoint)) _bound?.Add(breakpoint);
            _breakpoints.Clear();
            _breakpoints.AddRange(kept);
        }

        /// <summary>Has the probe's recorder break there, where it is new.</summary>
        public void Bind()
        {
            _bound = Probe.Recorder;
            if (_bound == null) return;
            foreach (Breakpoint breakpoint in _breakpoints)
            {
                try
                {
                    _bound.Add(breakpoint);
                }
                catch (ArgumentException)
                {
                    // The network is another by now, and does not have it; the next may.
                }
            }
        }

        public void Unbind()
        {
            if (_bound == null) return;
            foreach (Breakpoint breakpoint in _breakpoints) _bound.Remove(breakpoint);
            _bound = null;
        }

        public void Tell(BreakpointHit hit, bool isProbes)
        {
            if (isProbes || _breakpoints.Contains(hit.Breakpoint)) BreakpointHit?.Invoke(hit);
        }

        public void Dispose() => Probe.Unwatch(this);
    }
}
