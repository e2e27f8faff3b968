using System;
using System.Collections.Generic;
using System.Runtime.InteropServices;

namespace Recurrent.Diagnostics
{
    /// <summary>
    /// The game's end of a link to a viewer in another process: serves a link of this process over any connection that carries messages. Everything goes out in batches, ten a second;
    /// what does not fit into a batch is left out, oldest first, and counted by the other end. The viewer says again and again all that it wishes, so that what is lost or comes twice
    /// on the way does no harm; when it says nothing for <see cref="Patience"/>, it is gone, and nobody is looked at any more. Serving allocates nothing while nothing changes.
    /// </summary>
    public sealed class StateLinkHost : IDisposable
    {
        /// <summary>Batches a second.</summary>
        public const int BatchesPerSecond = 10;

        /// <summary>Seconds without a sign of life after which a viewer counts as gone.</summary>
        public const double Patience = 5;

        // 128 KB a batch: 1.3 MB a second, what a wireless network carries besides the game's own traffic.
        private const int MessagesPerBatch = 4, MaxAgents = 256, MaxHits = 64, MaxText = 1024, SmallestBuffer = 1 << 10;

        private readonly IStateLink _local;
        private readonly Func<byte[], bool> _send;
        private readonly List<Entry> _entries = new List<Entry>();
        private readonly List<byte[]> _agentMessages = new List<byte[]>();
        private readonly List<(int Agent, int Generation, BreakpointHit Hit)> _hits = new List<(int, int, BreakpointHit)>();
        private readonly byte[][] _buffers;
        private readonly byte[] _status = new byte[WireMessage.Header + WireStatus.Bytes];
        private byte[] _wish = Array.Empty<byte>();
        private uint _session, _number, _wishNumber;
        private int _generation, _listing, _turn, _pauseChange, _stepsDone;
        private double _toBatch, _silence;
        private bool _isListed, _isListSent, _statusPaused, _statusRecording, _isFirst, _hasPaused, _isDisposed;

        /// <summary>Serves a link.</summary>
        /// <param name="local">Who can be looked at here; not disposed with the host.</param>
        /// <param name="send">Sends a message to the viewer, and has read it when it comes back; false where nobody is connected.</param>
        /// <param name="instance">A number that no other run of the game has, such as the time: a viewer that is connected anew knows by it that the steps are others.</param>
        public StateLinkHost(IStateLink local, Func<byte[], bool> send, int instance)
        {
            _local = local ?? throw new ArgumentNullException(nameof(local));
            _send = send ?? throw new ArgumentNullException(nameof(send));
            _generation = _listing = instance;
            var buffers = new List<byte[]>();
            for (int bytes = SmallestBuffer; bytes <= WireMessage.MaxBytes; bytes *= 2) buffers.Add(new byte[bytes]);
            _buffers = buffers.ToArray();
            _local.AgentsChanged += List;
            _local.BreakpointHit += Hear;
        }

        /// <summary>Whether a viewer is there.</summary>
        public bool IsWatched => _session != 0;

        /// <summary>Messages that were none, or were cut or damaged on the way, and were left out.</summary>
        public long IgnoredMessages { get; private set; }

        /// <summary>Breakpoints that were hit and could not be told, because so many were in one batch.</summary>
        public long DroppedHits { get; private set; }

        /// <summary>Takes a message of the viewer.</summary>
        public void Receive(ReadOnlySpan<byte> bytes)
        {
            if (_isDisposed) return;
            if (!WireMessage.TryRead(bytes, out WireMessage message, out int version))
            {
                // Whoever speaks another version is told which one is spoken here: any message says.
                if (version > 0 && version != WireMessage.Version) SendStatus();
                IgnoredMessages++;
                return;
            }
            if (message.Kind != WireKind.Wish || message.Session == 0)
            {
                IgnoredMessages++;
                return;
            }
            if (message.Session != _session)
            {
                Disconnect();
                _session = message.Session;
                _wishNumber = 0;
                _isListSent = false;
                _isFirst = true;
            }
            // One that was overtaken.
            if (_wishNumber != 0 && (int)(message.Number - _wishNumber) <= 0) return;
            _wishNumber = message.Number;
            _silence = 0;
            if (!message.Payload.SequenceEqual(_wish))
            {
                try
                {
                    Fulfil(JsonValue.Parse(message.Payload));
                    if (_session != 0) _wish = message.Payload.ToArray();
                }
                catch (Exception e) when (e is FormatException || e is ArgumentException)
                {
                    IgnoredMessages++;
                    return;
                }
            }
            if (_session == 0) return;
            SendStatus();
            // Again, for the last may have been lost.
            foreach (Entry entry in _entries) entry.MarkSent = entry.Steps?.MarkCount > 0 ? -1 : entry.MarkSent;
        }

        /// <summary>Sends what has come up; to be called once a frame.</summary>
        /// <param name="seconds">How long the frame was.</param>
        public void Advance(double seconds)
        {
            if (_isDisposed || _session == 0) return;
            _silence += seconds;
            if (_silence > Patience)
            {
                Disconnect();
                return;
            }
            _toBatch -= seconds;
            if (_toBatch > 0) return;
            _toBatch = Math.Max(0, _toBatch + 1.0 / BatchesPerSecond);
            if (!_isListed) ListAll();
            if (!_isListSent)
            {
                foreach (byte[] agent in _agentMessages) Send(agent, WireKind.Agent, agent.Length - WireMessage.Header);
                _isListSent = true;
            }
            SendSteps();
            foreach ((int agent, int generation, BreakpointHit hit) in _hits) SendHit(agent, generation, hit);
            _hits.Clear();
            if (_statusPaused != _local.IsPaused || _statusRecording != _local.IsRecording) SendStatus();
        }

        /// <summary>The viewer is gone: nobody is looked at any more. A game that it paused goes on.</summary>
        public void Disconnect()
        {
            if (_session == 0) return;
            foreach (Entry entry in _entries) Detach(entry);
            if (_hasPaused && _local.IsPaused) _local.IsPaused = false;
            if (!_local.IsRecording) _local.IsRecording = true;
            _session = 0;
            _wish = Array.Empty<byte>();
            _hits.Clear();
            _pauseChange = _stepsDone = 0;
            _hasPaused = false;
        }

        /// <summary>Serves no longer.</summary>
        public void Dispose()
        {
            if (_isDisposed) return;
            Disconnect();
            _isDisposed = true;
            _local.AgentsChanged -= List;
            _local.BreakpointHit -= Hear;
        }

        private static string Cut(string text) => text.Length <= MaxText ? text : text.Substring(0, MaxText);

        private void List()
        {
            _isListed = false;
            foreach (Entry entry in _entries)
                if (entry.Steps != null) TryAttach(entry);
        }

        /// <summary>Writes the messages that say who is there.</summary>
        private void ListAll()
        {
            _isListed = true;
            _isListSent = false;
            _listing++;
            // Who comes back may be among those that the viewer wishes to see.
            _wish = Array.Empty<byte>();
            IReadOnlyList<LinkedAgent> agents = _local.Agents;
            for (int i = _entries.Count - 1; i >= 0; i--)
            {
                bool isThere = false;
                foreach (LinkedAgent agent in agents) isThere |= agent.Name == _entries[i].Name;
                if (!isThere) _entries.RemoveAt(i);
            }
            _agentMessages.Clear();
            int count = Math.Min(agents.Count, MaxAgents);
            if (count == 0) _agentMessages.Add(Describe(0, 0, null));
            for (int i = 0; i < count; i++) _agentMessages.Add(Describe(i, count, agents[i]));
        }

        private byte[] Describe(int index, int count, LinkedAgent? agent)
        {
            var json = new JsonWriter();
            json.BeginObject().Member("listing", _listing).Member("index", index).Member("count", count);
            if (agent != null)
            {
                Entry entry = Find(agent.Name);
                string layout = agent.Layout == null ? "" : RecordingFile.Describe("", agent.Layout), warning = agent.Warning;
                if (layout.Length > WireMessage.MaxBytes / 2)
                {
                    layout = "";
                    warning = "has too many cells to be sent";
                }
                if (entry.Fault.Length > 0) warning = entry.Fault;
                json.Member("id", entry.Id).Member("generation", entry.Generation).Member("name", Cut(agent.Name)).Member("warning", Cut(warning)).Member("layout", layout);
            }
            return WireMessage.Make(WireKind.Agent, _session, 0, json.EndObject().ToUtf8());
        }

        private Entry Find(string name)
        {
            Entry? entry = _entries.Find(known => known.Name == name);
            if (entry != null) return entry;
            entry = new Entry(name, ++_generation, ++_generation);
            _entries.Add(entry);
            return entry;
        }

        private void Fulfil(JsonValue wish)
        {
            if (wish["leaves"].AsBoolean())
            {
                Disconnect();
                return;
            }
            _local.IsRecording = wish["records"].AsBoolean();
            int pauseChange = wish["pauseChange"].AsInt32(), steps = wish["steps"].AsInt32();
            if (pauseChange != _pauseChange)
            {
                _local.IsPaused = wish["paused"].AsBoolean();
                _hasPaused |= _local.IsPaused;
            }
            _pauseChange = pauseChange;
            // What it has asked for before it was connected anew is done.
            if (_isFirst) _stepsDone = steps;
            _isFirst = false;
            for (int left = Math.Min(steps - _stepsDone, 16); left > 0; left--) _local.StepOnce();
            _stepsDone = steps;
            if (!_isListed) ListAll();
            if (wish["listing"].AsInt32() != _listing) _isListSent = false;

            JsonValue agents = wish["agents"];
            var wished = new List<string>();
            for (int i = 0; i < agents.Count && i < StateRecorder.MaxAgents; i++)
            {
                string name = agents[i]["name"].AsString();
                wished.Add(name);
                if (!(_entries.Find(known => known.Name == name) is Entry entry)) continue;
                JsonValue texts = agents[i]["breakpoints"];
                // Those that stay keep in mind whether they hold.
                var breakpoints = new List<Breakpoint>();
                for (int b = 0; b < texts.Count; b++)
                {
                    string text = texts[b].AsString();
                    breakpoints.Add(entry.Breakpoints.Find(known => known.Text == text) ?? Breakpoint.Parse(text));
                }
                bool isChanged = breakpoints.Count != entry.Breakpoints.Count || breakpoints.Exists(breakpoint => !entry.Breakpoints.Contains(breakpoint));
                entry.Breakpoints = breakpoints;
                if (entry.Steps == null) TryAttach(entry);
                else if (isChanged) TryBreak(entry);
            }
            foreach (Entry entry in _entries)
                if (!wished.Contains(entry.Name)) Detach(entry);
        }

        private void TryAttach(Entry entry)
        {
            try
            {
                IRecordedSteps steps = _local.Attach(entry.Name);
                if (steps == entry.Steps) return;
                if (entry.Steps != null) entry.Generation = ++_generation;
                entry.Steps = steps;
                // Some of what was before, as much as a batch holds.
                entry.Sent = Newest(entry);
                entry.MarkSent = 0;
                entry.Fault = "";
                _isListed = false;
                TryBreak(entry);
            }
            catch (Exception e) when (e is ArgumentException || e is InvalidOperationException)
            {
                entry.Steps = null;
                entry.Fault = e.Message;
                _isListed = false;
            }
        }

        private void TryBreak(Entry entry)
        {
            try
            {
                _local.SetBreakpoints(entry.Name, entry.Breakpoints);
            }
            catch (ArgumentException e)
            {
                entry.Fault = e.Message;
                _isListed = false;
            }
        }

        private void Detach(Entry entry)
        {
            if (entry.Steps == null) return;
            _local.Detach(entry.Name);
            entry.Steps = null;
            entry.Generation = ++_generation;
            _isListed = false;
        }

        /// <summary>From where on what is there fits into one agent's share of a batch.</summary>
        private static long Newest(Entry entry)
        {
            IRecordedSteps steps = entry.Steps!;
            int width = steps.Layout.Width;
            return Math.Max(steps.FirstStep, steps.EndStep - Math.Max(1, MessagesPerBatch * WireSteps.MaxCount / width)) * width;
        }

        private void SendSteps()
        {
            int messages = MessagesPerBatch;
            // Each batch begins with another agent, so that one with a large network does not keep the others silent.
            _turn++;
            for (int i = 0; i < _entries.Count; i++)
            {
                Entry entry = _entries[(int)((uint)(_turn + i) % (uint)_entries.Count)];
                if (entry.Steps == null) continue;
                SendMarks(entry);
                int width = entry.Steps.Layout.Width;
                if (entry.Steps.EndStep * width < entry.Sent)
                {
                    // It was cleared; its next step is number 0 again.
                    entry.Generation = ++_generation;
                    entry.Sent = entry.Steps.FirstStep * width;
                    _isListed = false;
                    continue;
                }
                // What no longer fits is left out whole, oldest first.
                if (entry.Sent % width == 0 || entry.Sent < entry.Steps.FirstStep * width) entry.Sent = Math.Max(entry.Sent, Newest(entry));
                for (; messages > 0 && entry.Sent < entry.Steps.EndStep * width; messages--)
                    if (!SendRun(entry, width)) return;
            }
        }

        private bool SendRun(Entry entry, int width)
        {
            IRecordedSteps steps = entry.Steps!;
            int count = (int)Math.Min(WireSteps.MaxCount, steps.EndStep * width - entry.Sent), done = 0;
            byte[] buffer = Buffer(WireMessage.Header + WireSteps.Head + count * sizeof(float));
            Span<byte> payload = buffer.AsSpan(WireMessage.Header);
            WireSteps.WriteHead(payload, entry.Id, entry.Generation, entry.Sent, count);
            Span<float> room = MemoryMarshal.Cast<byte, float>(payload.Slice(WireSteps.Head, count * sizeof(float)));
            while (done < count)
            {
                long at = entry.Sent + done;
                ReadOnlySpan<float> rest = steps.Frame(at / width).Slice((int)(at % width));
                if (rest.Length > count - done) rest = rest.Slice(0, count - done);
                rest.CopyTo(room.Slice(done));
                done += rest.Length;
            }
            entry.Sent += count;
            return Send(buffer, WireKind.Steps, WireSteps.Head + count * sizeof(float));
        }

        private void SendMarks(Entry entry)
        {
            IRecordedSteps steps = entry.Steps!;
            long last = steps.MarkCount == 0 ? 0 : steps.GetMark(steps.MarkCount - 1).Step * 8 + (long)steps.GetMark(steps.MarkCount - 1).Kind;
            if (last == entry.MarkSent) return;
            entry.MarkSent = last;
            byte[] buffer = Buffer(WireMessage.Header + WireMarks.MaxBytes);
            Send(buffer, WireKind.Marks, WireMarks.Write(buffer.AsSpan(WireMessage.Header), entry.Id, entry.Generation, steps));
        }

        private void Hear(BreakpointHit hit)
        {
            if (_session == 0 || !(_entries.Find(entry => entry.Steps == hit.Agent) is Entry entry)) return;
            // At once: until the viewer could say so, the game would be steps further.
            _local.IsPaused = _hasPaused = true;
            if (_hits.Count == MaxHits) DroppedHits++;
            else _hits.Add((entry.Id, entry.Generation, hit));
        }

        private void SendHit(int agent, int generation, BreakpointHit hit)
        {
            var json = new JsonWriter();
            json.BeginObject().Member("id", agent).Member("generation", generation).Member("step", hit.Step).Member("breakpoint", Cut(hit.Breakpoint.Text))
                .Member("value", BitConverter.DoubleToInt64Bits(hit.Value)).EndObject();
            byte[] message = WireMessage.Make(WireKind.Hit, _session, 0, json.ToUtf8());
            Send(message, WireKind.Hit, message.Length - WireMessage.Header);
        }

        private void SendStatus()
        {
            _statusPaused = _local.IsPaused;
            _statusRecording = _local.IsRecording;
            WireStatus.Write(_status.AsSpan(WireMessage.Header), _listing, _pauseChange, _statusPaused, _statusRecording);
            Send(_status, WireKind.Status, WireStatus.Bytes);
        }

        private bool Send(byte[] message, WireKind kind, int payload)
        {
            WireMessage.Seal(message, kind, _session, ++_number, payload);
            return _send(message);
        }

        private byte[] Buffer(int bytes)
        {
            foreach (byte[] buffer in _buffers)
                if (buffer.Length >= bytes) return buffer;
            return _buffers[_buffers.Length - 1];
        }

        private sealed class Entry
        {
            public Entry(string name, int id, int generation)
            {
                Name = name;
                Id = id;
                Generation = generation;
            }

            public string Name { get; }

            public int Id { get; }

            public int Generation { get; set; }

            public string Fault { get; set; } = "";

            public List<Breakpoint> Breakpoints { get; set; } = new List<Breakpoint>();

            /// <summary>Null while nobody looks.</summary>
            public IRecordedSteps? Steps { get; set; }

            /// <summary>Which mark was the last that was sent; 0 for none, −1 for all again.</summary>
            public long MarkSent { get; set; }

            /// <summary>How far its numbers were sent.</summary>
            public long Sent { get; set; }
        }
    }
}
