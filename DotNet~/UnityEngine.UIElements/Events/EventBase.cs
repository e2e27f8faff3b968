using System;

namespace UnityEngine.UIElements;

public abstract class EventBase : IDisposable
{
    private static long s_types;

    public bool bubbles { get; protected set; }

    public bool tricklesDown { get; protected set; }

    public IEventHandler target { get; set; }

    public IEventHandler currentTarget { get; internal set; }

    public PropagationPhase propagationPhase { get; internal set; }

    public bool isPropagationStopped { get; private set; }

    public bool isImmediatePropagationStopped { get; private set; }

    public Event imguiEvent { get; protected set; }

    public abstract void Dispose();

    public void StopPropagation() => isPropagationStopped = true;

    public void StopImmediatePropagation() => isPropagationStopped = isImmediatePropagationStopped = true;

    protected static long RegisterEventType() => ++s_types;
}
