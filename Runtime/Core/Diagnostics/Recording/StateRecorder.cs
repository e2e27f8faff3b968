using System;
using System.Collections.Generic;

namespace Recurrent.Diagnostics
{
    /// <summary>
    /// Watches the networks of some agents while they run: after every step of a watched stream its input, output, states and gates are copied into that
    /// agent's ring. A stream that nobody watches pays one branch a step, and no result changes by being watched.
    /// </summary>
    public sealed class StateRecorder : IDisposable
    {
        /// <summary>Steps kept of an agent unless said otherwise.</summary>
        public const int DefaultCapacity = 1024;

        /// <summary>The most agents that are watched at a time.</summary>
        public const int MaxAgents = 8;

        private readonly List<AgentRecorder> _agents = new List<AgentRecorder>();
        private readonly List<IDisposable> _connections = new List<IDisposable>();
        private bool _isRecording = true;

        /// <summary>Watches nobody yet.</summary>
        /// <param name="capacity">Steps kept of each agent.</param>
        /// <param name="channels">What is recorded.</param>
        public StateRecorder(int capacity = DefaultCapacity, RecordChannels channels = RecordChannels.All)
        {
            Capacity = capacity;
            Channels = channels;
        }

        /// <summary>Raised in the step in which a breakpoint of an agent comes to hold.</summary>
        public event Action<BreakpointHit>? BreakpointHit;

        /// <summary>Steps kept of each agent.</summary>
        public int Capacity { get; }

        /// <summary>What is recorded.</summary>
        public RecordChannels Channels { get; }

        /// <summary>Whether steps are recorded; agents stay watched meanwhile.</summary>
        public bool IsRecording
        {
            get => _isRecording;
            set
            {
                _isRecording = value;
                foreach (AgentRecorder agent in _agents) agent.IsRecording = value;
            }
        }

        /// <summary>Who is watched.</summary>
        public IReadOnlyList<AgentRecorder> Agents => _agents;

        /// <summary>Watches an agent from its next step on.</summary>
        /// <param name="agent">Its name.</param>
        /// <param name="stream">Its network.</param>
        /// <param name="row">Its row, where a stream steps several agents together.</param>
        /// <param name="targetSize">Features of the target; null for as many as the output has.</param>
        /// <exception cref="ArgumentException">There is no such row, or an agent of that name is watched already.</exception>
        /// <exception cref="InvalidOperationException"><see cref="MaxAgents"/> agents are watched already.</exception>
        public AgentRecorder Watch(string agent, SequenceStream stream, int row = 0, int? targetSize = null)
        {
            if (row < 0 || row >= stream.Batch) throw new ArgumentException($"StateRecorder: {agent}'s row must be below {stream.Batch}, got {row}.", nameof(row));
            return Watch(agent, StateFeed.Of(stream, row), targetSize);
        }

        /// <summary>Watches an agent of whatever kind from its next step on.</summary>
        /// <param name="agent">Its name.</param>
        /// <param name="feed">Its network.</param>
        /// <param name="targetSize">Features of the target; null for as many as the output has.</param>
        /// <exception cref="ArgumentException">An agent of that name is watched already.</exception>
        /// <exception cref="InvalidOperationException"><see cref="MaxAgents"/> agents are watched already.</exception>
        public AgentRecorder Watch(string agent, StateFeed feed, int? targetSize = null)
        {
            if (_agents.Exists(other => other.Name == agent)) throw new ArgumentException($"StateRecorder: an agent called '{agent}' is watched already.", nameof(agent));
            if (_agents.Count == MaxAgents) throw new InvalidOperationException($"StateRecorder: {MaxAgents} agents are watched already; let one go before {agent}.");
            var recorder = new AgentRecorder(agent, feed.Describe(Channels, targetSize), Capacity) { IsRecording = _isRecording };
            _connections.Add(feed.Attach(recorder));
            _agents.Add(recorder);
            recorder.BreakpointHit += Pass;
            return recorder;
        }

        /// <summary>Lets an agent go; what was recorded of it stays in its <see cref="AgentRecorder"/>.</summary>
        public void Unwatch(AgentRecorder agent)
        {
            int index = _agents.IndexOf(agent);
            if (index < 0) return;
            _connections[index].Dispose();
            agent.BreakpointHit -= Pass;
            _connections.RemoveAt(index);
            _agents.RemoveAt(index);
        }

        /// <summary>Lets all agents go.</summary>
        public void Dispose()
        {
            while (_agents.Count > 0) Unwatch(_agents[_agents.Count - 1]);
        }

        private void Pass(BreakpointHit hit) => BreakpointHit?.Invoke(hit);
    }
}
