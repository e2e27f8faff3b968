using System;
using System.Collections.Generic;

namespace UnityEngine.UIElements;

public abstract class CallbackEventHandler : IEventHandler
{
    private readonly List<(Type Event, bool TricklesDown, Delegate Callback, Action<EventBase> Call)> _callbacks = new();

    internal CallbackEventHandler()
    {
    }

    public void RegisterCallback<TEventType>(EventCallback<TEventType> callback, TrickleDown useTrickleDown = TrickleDown.NoTrickleDown) where TEventType : EventBase<TEventType>, new() =>
        Register(typeof(TEventType), callback, useTrickleDown, e => callback((TEventType)e));

    public void RegisterCallback<TEventType, TUserArgsType>(EventCallback<TEventType, TUserArgsType> callback, TUserArgsType userArgs, TrickleDown useTrickleDown = TrickleDown.NoTrickleDown)
        where TEventType : EventBase<TEventType>, new() =>
        Register(typeof(TEventType), callback, useTrickleDown, e => callback((TEventType)e, userArgs));

    public void UnregisterCallback<TEventType>(EventCallback<TEventType> callback, TrickleDown useTrickleDown = TrickleDown.NoTrickleDown) where TEventType : EventBase<TEventType>, new() =>
        Unregister(typeof(TEventType), callback, useTrickleDown);

    public void UnregisterCallback<TEventType, TUserArgsType>(EventCallback<TEventType, TUserArgsType> callback, TrickleDown useTrickleDown = TrickleDown.NoTrickleDown)
        where TEventType : EventBase<TEventType>, new() => Unregister(typeof(TEventType), callback, useTrickleDown);

    public abstract void SendEvent(EventBase e);

    void IEventHandler.HandleEvent(EventBase evt) => Hear(evt);

    internal void Hear(EventBase evt)
    {
        foreach ((Type type, bool tricklesDown, _, Action<EventBase> call) in _callbacks.ToArray())
        {
            if (type != evt.GetType() || tricklesDown != (evt.propagationPhase == PropagationPhase.TrickleDown)) continue;
            call(evt);
            if (evt.isImmediatePropagationStopped) return;
        }
    }

    public bool HasTrickleDownHandlers() => _callbacks.Exists(callback => callback.TricklesDown);

    public bool HasBubbleUpHandlers() => _callbacks.Exists(callback => !callback.TricklesDown);

    // The same callback a second time is the one that is there, as in Unity.
    private void Register(Type type, Delegate callback, TrickleDown trickleDown, Action<EventBase> call)
    {
        if (callback == null) throw new ArgumentException("callback parameter is null");
        if (Find(type, callback, trickleDown) < 0) _callbacks.Add((type, trickleDown == TrickleDown.TrickleDown, callback, call));
    }

    private void Unregister(Type type, Delegate callback, TrickleDown trickleDown)
    {
        int index = Find(type, callback, trickleDown);
        if (index >= 0) _callbacks.RemoveAt(index);
    }

    private int Find(Type type, Delegate callback, TrickleDown trickleDown) =>
        _callbacks.FindIndex(known => known.Event == type && known.Callback == callback && known.TricklesDown == (trickleDown == TrickleDown.TrickleDown));
}
