using System;
using System.Collections.Generic;

namespace UnityEngine;

/// <summary>
/// One of the messages that come again and again, and who hears it: lower execution order first, then as they were enabled.
/// Who is enabled while it runs hears it from the next time on; who is disabled before its turn does not.
/// </summary>
internal sealed class Phase
{
    private readonly List<Listener> _listeners = new();
    private readonly List<Listener> _new = new();
    private bool _hasGaps;

    public void Add(MonoBehaviour behaviour, Action? message)
    {
        if (message != null) _new.Add(new Listener(behaviour, message));
    }

    public void Remove(MonoBehaviour behaviour)
    {
        for (int i = _new.Count - 1; i >= 0; i--) if (ReferenceEquals(_new[i].Behaviour, behaviour)) _new.RemoveAt(i);
        for (int i = 0; i < _listeners.Count; i++)
        {
            if (!ReferenceEquals(_listeners[i].Behaviour, behaviour)) continue;
            _listeners[i] = default;
            _hasGaps = true;
        }
    }

    public void Run()
    {
        if (_hasGaps) _listeners.RemoveAll(static listener => listener.Behaviour is null);
        _hasGaps = false;
        foreach (Listener listener in _new) Insert(listener);
        _new.Clear();

        for (int i = 0; i < _listeners.Count; i++)
        {
            _listeners[i].Behaviour?.EnsureStarted();
            Listener listener = _listeners[i];
            if (listener.Message == null) continue;
            try
            {
                listener.Message();
            }
            catch (Exception e)
            {
                Debug.LogException(e, listener.Behaviour);
            }
        }
    }

    private void Insert(Listener listener)
    {
        int at = _listeners.Count;
        while (at > 0 && _listeners[at - 1].Order > listener.Order) at--;
        _listeners.Insert(at, listener);
    }

    private readonly struct Listener
    {
        public readonly MonoBehaviour? Behaviour;
        public readonly Action? Message;
        public readonly int Order;

        public Listener(MonoBehaviour behaviour, Action message)
        {
            Behaviour = behaviour;
            Message = message;
            Order = behaviour.Messages.Order;
        }
    }
}
