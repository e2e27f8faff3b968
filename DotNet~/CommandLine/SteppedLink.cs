using System;
using System.Collections.Generic;
using Recurrent.Diagnostics;

namespace Recurrent.CommandLine;

/// <summary>A game with one agent whose network steps when it is told to, for measuring what a viewer costs.</summary>
internal sealed class SteppedLink : IStateLink
{
    private readonly SequenceStream _stream;
    private readonly StateRecorder _recorder;
    private readonly AgentRecorder _agent;
    private readonly float[] _input = new float[8], _output;
    private readonly RandomSource _random = new(1);

    public SteppedLink(int hidden, int capacity)
    {
        _stream = new SequenceStream(new LSTM(_input.Length, hidden));
        _output = new float[hidden];
        _recorder = new StateRecorder(capacity);
        _agent = _recorder.Watch("NPC", _stream);
    }

    public event Action? AgentsChanged
    {
        add { }
        remove { }
    }

    public event Action<BreakpointHit>? BreakpointHit
    {
        add { }
        remove { }
    }

    public string Name => "measurement";

    public bool IsLive => true;

    public IReadOnlyList<LinkedAgent> Agents { get; } = new[] { new LinkedAgent("NPC") };

    public IReadOnlyList<RecordedTable> Tables { get; } = Array.Empty<RecordedTable>();

    public bool IsRecording { get; set; } = true;

    public bool IsPaused { get; set; }

    public long DroppedSteps => 0;

    public IRecordedSteps Attach(string agent) => _agent;

    public void Detach(string agent)
    {
    }

    public void SetBreakpoints(string agent, IReadOnlyList<Breakpoint> breakpoints)
    {
    }

    public void StepOnce() => Step(1);

    public void Step(int steps)
    {
        for (int t = 0; t < steps; t++)
        {
            for (int i = 0; i < _input.Length; i++) _input[i] = (0.9f * _input[i]) + (0.3f * _random.NextGaussian());
            _stream.Step(_input, _output);
        }
    }

    public void Dispose()
    {
        _recorder.Dispose();
        _stream.Dispose();
    }
}
