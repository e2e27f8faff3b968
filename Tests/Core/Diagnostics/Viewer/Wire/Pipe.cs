using System;
using System.Collections.Generic;
using System.Linq;
using Recurrent.Diagnostics;

namespace Recurrent.Tests.Diagnostics
{
    /// <summary>A game whose agents record, for links: what a probe would do, by hand.</summary>
    internal sealed class Game : IStateLink
    {
        private readonly Dictionary<string, AgentRecorder> _recorders = new Dictionary<string, AgentRecorder>();
        private readonly Dictionary<string, SequenceStream> _streams = new Dictionary<string, SequenceStream>();
        private readonly List<string> _attached = new List<string>();

        public event Action? AgentsChanged;

        public event Action<BreakpointHit>? BreakpointHit;

        public string Name => "Game";

        public bool IsLive => true;

        public IReadOnlyList<LinkedAgent> Agents => _recorders.Select(pair => new LinkedAgent(pair.Key, Warning, null, pair.Value.Layout)).ToArray();

        public IReadOnlyList<RecordedTable> Tables => Array.Empty<RecordedTable>();

        public string Warning { get; set; } = "";

        public bool IsRecording { get; set; } = true;

        public bool IsPaused { get; set; }

        public int Frames { get; private set; }

        public long DroppedSteps => 0;

        public IReadOnlyList<string> Attached => _attached;

        public AgentRecorder this[string agent] => _recorders[agent];

        public void Add(string agent, Layer layer, int capacity = 64)
        {
            var stream = new SequenceStream(layer);
            var recorder = new AgentRecorder(agent, StateFeed.Of(stream).Describe(), capacity);
            StateFeed.Of(stream).Attach(recorder);
            recorder.BreakpointHit += hit => BreakpointHit?.Invoke(hit);
            _recorders[agent] = recorder;
            _streams[agent] = stream;
            AgentsChanged?.Invoke();
        }

        public void Remove(string agent)
        {
            _recorders.Remove(agent);
            _streams.Remove(agent);
            _attached.Remove(agent);
            AgentsChanged?.Invoke();
        }

        public void Warn(string warning)
        {
            Warning = warning;
            AgentsChanged?.Invoke();
        }

        public void Step(int count = 1)
        {
            for (; count > 0; count--)
                foreach ((string agent, SequenceStream stream) in _streams)
                {
                    var input = new float[stream.InputSize];
                    for (int i = 0; i < input.Length; i++) input[i] = MathF.Sin(0.3f * _recorders[agent].StepCount + i + agent.Length);
                    if (_attached.Contains(agent) && IsRecording) stream.Step(input, new float[stream.OutputSize]);
                }
        }

        public IRecordedSteps Attach(string agent)
        {
            if (!_recorders.ContainsKey(agent)) throw new ArgumentException($"There is no agent '{agent}'.", nameof(agent));
            if (!_attached.Contains(agent)) _attached.Add(agent);
            return _recorders[agent];
        }

        public void Detach(string agent) => _attached.Remove(agent);

        public void SetBreakpoints(string agent, IReadOnlyList<Breakpoint> breakpoints)
        {
            foreach (Breakpoint old in _recorders[agent].Breakpoints) _recorders[agent].Remove(old);
            foreach (Breakpoint breakpoint in breakpoints) _recorders[agent].Add(breakpoint);
        }

        public void StepOnce() => Frames++;

        public void Dispose()
        {
        }
    }

    /// <summary>A connection that does to messages what it is told, both ways.</summary>
    internal sealed class Pipe
    {
        private readonly List<byte[]> _toViewer = new List<byte[]>(), _toGame = new List<byte[]>();

        public Pipe(IStateLink game, int instance = 1000)
        {
            Host = new StateLinkHost(game, message =>
            {
                _toViewer.Add((byte[])message.Clone());
                return true;
            }, instance);
        }

        /// <summary>What becomes of a message: nothing for lost, several for twice, changed for damaged.</summary>
        public Func<byte[], IEnumerable<byte[]>> Fate { get; set; } = message => new[] { message };

        /// <summary>In which order those of a frame come.</summary>
        public Action<List<byte[]>> Order { get; set; } = messages => { };

        public StateLinkHost Host { get; set; }

        public RemoteStateLink? Viewer { get; private set; }

        public int LargestMessage { get; private set; }

        public RemoteStateLink Open(uint session = 7) => Viewer = new RemoteStateLink("Phone", _toGame.Add, session);

        /// <summary>A frame of both.</summary>
        public void Frame(double seconds = 0.05)
        {
            Host.Advance(seconds);
            Viewer?.Advance(seconds);
            Deliver(_toGame, Host.Receive);
            if (Viewer != null) Deliver(_toViewer, Viewer.Receive);
        }

        public void Frames(int count)
        {
            for (; count > 0; count--) Frame();
        }

        private delegate void Receiver(ReadOnlySpan<byte> bytes);

        private void Deliver(List<byte[]> queue, Receiver receive)
        {
            List<byte[]> messages = queue.SelectMany(message => Fate(message)).ToList();
            queue.Clear();
            Order(messages);
            foreach (byte[] message in messages)
            {
                LargestMessage = Math.Max(LargestMessage, message.Length);
                receive(message);
            }
        }
    }
}
