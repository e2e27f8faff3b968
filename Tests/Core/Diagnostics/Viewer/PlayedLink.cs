using System;
using System.Collections.Generic;
using Recurrent.Diagnostics;

namespace Recurrent.Tests.Diagnostics
{
    /// <summary>A game to look at: every agent's numbers are a function of agent, step and place in the frame, and it stands still when it is told to.</summary>
    internal sealed class PlayedLink : IStateLink
    {
        public const int Units = 5, Width = 3 + 6 * Units;

        private readonly Func<string, long, int, float> _values;
        private readonly int _capacity;
        private readonly Dictionary<string, AgentRecorder> _recorders = new Dictionary<string, AgentRecorder>();
        private readonly List<LinkedAgent> _agents = new List<LinkedAgent>();
        private readonly float[] _frame = new float[Width];

        public PlayedLink(int capacity, Func<string, long, int, float> values, params string[] agents)
        {
            _capacity = capacity;
            _values = values;
            foreach (string agent in agents) _agents.Add(new LinkedAgent(agent));
        }

        /// <summary>input, output, target, h, c, i, f, g, o of five units each.</summary>
        public static RecordingLayout Layout { get; } = new RecordingLayout(RecordChannels.All, 1, 1, 1, new[] { new RecordedCell("0.l0", "LSTM", Units, Units, true, new[] { "i", "f", "g", "o" }) });

        /// <summary>A wave of its own for every number, gates between 0 and 1, no two numbers alike.</summary>
        public static float Wave(string agent, long step, int place)
        {
            float phase = agent.Length == 0 ? 0 : agent[agent.Length - 1] * 0.7f;
            float wave = (float)Math.Sin(0.11 * step * (1 + place % 7) + place * 0.9 + phase) * (1 - 0.02f * place);
            return place >= 3 + 2 * Units && (place < 3 + 4 * Units || place >= 3 + 5 * Units) ? 0.5f + 0.5f * wave : wave;
        }

        public static Recording Record(string agent, long first, int steps, Func<string, long, int, float>? values = null)
        {
            var frames = new float[steps * Width];
            for (int i = 0; i < frames.Length; i++) frames[i] = (values ?? Wave)(agent, first + i / Width, i % Width);
            return new Recording(agent, Layout, first, frames);
        }

        public event Action? AgentsChanged;

        public event Action<BreakpointHit>? BreakpointHit;

        public string Name => "Play Mode";

        public bool IsLive => true;

        public IReadOnlyList<LinkedAgent> Agents => _agents;

        public List<RecordedTable> TablesBeside { get; } = new List<RecordedTable>();

        public IReadOnlyList<RecordedTable> Tables => TablesBeside;

        public bool IsRecording { get; set; } = true;

        public bool IsPaused { get; set; }

        public long DroppedSteps { get; set; }

        public bool IsDisposed { get; private set; }

        public long Clock { get; private set; }

        /// <summary>Who is attached.</summary>
        public IEnumerable<string> Attached => _recorders.Keys;

        public AgentRecorder Recorder(string agent) => _recorders[agent];

        public IRecordedSteps Attach(string agent)
        {
            if (_recorders.TryGetValue(agent, out AgentRecorder? known)) return known;
            if (!_agents.Exists(other => other.Name == agent)) throw new ArgumentException($"there is no agent '{agent}'");
            if (_recorders.Count == 8) throw new InvalidOperationException("8 agents are looked at already.");
            return _recorders[agent] = Recorder(agent, Layout);
        }

        private AgentRecorder Recorder(string agent, RecordingLayout layout)
        {
            var recorder = new AgentRecorder(agent, layout, _capacity);
            recorder.BreakpointHit += hit => BreakpointHit?.Invoke(hit);
            return recorder;
        }

        /// <summary>Whether an agent goes on recording when nobody looks, as a probe does.</summary>
        public bool Keeps { get; set; }

        public void Detach(string agent)
        {
            if (!Keeps) _recorders.Remove(agent);
        }

        public void SetBreakpoints(string agent, IReadOnlyList<Breakpoint> breakpoints)
        {
            AgentRecorder recorder = _recorders[agent];
            foreach (Breakpoint old in recorder.Breakpoints) recorder.Remove(old);
            foreach (Breakpoint breakpoint in breakpoints) recorder.Add(breakpoint);
        }

        /// <summary>Lets the game run, until it is paused.</summary>
        public PlayedLink Run(int frames)
        {
            for (int i = 0; i < frames && !IsPaused; i++) StepOnce();
            return this;
        }

        public void StepOnce()
        {
            foreach (KeyValuePair<string, AgentRecorder> pair in _recorders)
            {
                if (!IsRecording) continue;
                for (int i = 0; i < _frame.Length; i++) _frame[i] = _values(pair.Key, pair.Value.StepCount, i);
                pair.Value.Record(_frame);
            }
            Clock++;
        }

        public void Add(LinkedAgent agent)
        {
            _agents.RemoveAll(other => other.Name == agent.Name);
            _agents.Add(agent);
            AgentsChanged?.Invoke();
        }

        public void Leave(string agent)
        {
            _agents.RemoveAll(other => other.Name == agent);
            _recorders.Remove(agent);
            AgentsChanged?.Invoke();
        }

        /// <summary>Another network in the same agent.</summary>
        public void Replace(string agent, RecordingLayout layout)
        {
            _recorders[agent] = Recorder(agent, layout);
            AgentsChanged?.Invoke();
        }

        public void Dispose() => IsDisposed = true;
    }
}
