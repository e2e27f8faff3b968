using System.Collections.Generic;
using System.Reflection;

namespace UnityEngine;

/// <summary>Calls by name after a time, which also a disabled script gets.</summary>
internal sealed class Invocations
{
    private readonly World _world;
    private readonly List<Invocation> _waiting = new();

    public Invocations(World world) => _world = world;

    public void Add(MonoBehaviour target, string method, float delay, float every)
    {
        target.RequireAlive("InvokeDelayed");
        if (Messages.Find(target.GetType(), method) is { } found)
            _waiting.Add(new Invocation { Target = target, Method = found, Due = _world.Clock.Time + delay, Every = every, SinceFrame = _world.Clock.FrameCount });
        else Debug.LogError($"Trying to Invoke method: {target.GetType().Name}.{method} couldn't be called.");
    }

    public void Cancel(MonoBehaviour target, string? method) =>
        _waiting.RemoveAll(waiting => waiting.IsFor(target, method));

    public bool Any(MonoBehaviour target, string? method) => _waiting.Exists(waiting => waiting.IsFor(target, method));

    public void Run()
    {
        if (_waiting.Count == 0) return;
        foreach (Invocation call in _waiting.ToArray())
        {
            if (call.SinceFrame >= _world.Clock.FrameCount || call.Due > _world.Clock.Time || !_waiting.Contains(call)) continue;
            if (call.Every > 0F) call.Due += call.Every;
            else _waiting.Remove(call);
            call.Target.Call(call.Method);
        }
    }

    private sealed class Invocation
    {
        public MonoBehaviour Target = null!;
        public MethodInfo Method = null!;
        public double Due;
        public float Every;
        public int SinceFrame;

        public bool IsFor(MonoBehaviour target, string? method) => ReferenceEquals(Target, target) && (method == null || Method.Name == method);
    }
}
