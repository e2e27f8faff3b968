using System;
using System.Collections;
using System.Collections.Generic;

namespace UnityEngine;

/// <summary>All coroutines that wait, by the part of the frame in which they go on.</summary>
internal sealed class Coroutines
{
    private readonly World _world;
    private readonly List<Coroutine> _running = new();
    private readonly Stage _afterUpdate = new(), _afterFixedUpdate = new(), _endOfFrame = new();

    public Coroutines(World world) => _world = world;

    public Coroutine Start(MonoBehaviour owner, IEnumerator iterator, string? name)
    {
        if (!owner.gameObject.activeInHierarchy)
        {
            Debug.LogError($"Coroutine couldn't be started because the the game object '{owner.name}' is inactive!");
            return null!;
        }

        var routine = new Coroutine(owner, iterator, name);
        _running.Add(routine);
        Advance(routine);
        return routine;
    }

    public void Stop(MonoBehaviour owner, Predicate<Coroutine> which)
    {
        for (int i = _running.Count - 1; i >= 0; i--)
        {
            if (i < _running.Count && ReferenceEquals(_running[i].Owner, owner) && which(_running[i])) Stop(_running[i]);
        }
    }

    public void RunAfterFixedUpdate() => Run(_afterFixedUpdate);

    public void RunAfterUpdate() => Run(_afterUpdate);

    public void RunEndOfFrame() => Run(_endOfFrame);

    /// <summary>Runs it up to where it waits.</summary>
    public void Advance(Coroutine? routine)
    {
        while (routine is { IsStopped: false, IsDone: false })
        {
            bool goesOn;
            try
            {
                goesOn = routine.Iterator.MoveNext();
            }
            catch (Exception e)
            {
                // Whoever waits for it waits for ever.
                Debug.LogException(e, routine.Owner);
                Stop(routine);
                return;
            }

            if (routine.IsStopped) return;
            if (!goesOn)
            {
                routine.IsDone = true;
                _running.Remove(routine);
                routine = routine.Waiting;
            }
            else if (!GoesOnAtOnce(routine, routine.Iterator.Current)) return;
        }
    }

    private bool GoesOnAtOnce(Coroutine routine, object? instruction)
    {
        routine.SinceFrame = _world.Clock.FrameCount;
        routine.Due = double.NegativeInfinity;
        routine.Nested = null;
        switch (instruction)
        {
            case WaitForFixedUpdate:
                _afterFixedUpdate.Waiting.Add(routine);
                return false;
            case WaitForEndOfFrame:
                _endOfFrame.Waiting.Add(routine);
                return false;
            case WaitForSeconds wait:
                routine.Due = _world.Clock.Time + wait.Seconds;
                break;
            case Coroutine other:
                return WaitFor(routine, other);
            case AsyncOperation { isDone: false } operation:
                operation.Waiting = routine;
                return false;
            case IEnumerator nested:
                routine.Nested = Start(routine.Owner, nested, null);
                return WaitFor(routine, routine.Nested);
        }

        _afterUpdate.Waiting.Add(routine);
        return false;
    }

    private static bool WaitFor(Coroutine routine, Coroutine other)
    {
        if (other.IsDone) return true;
        if (other.Waiting != null) Debug.LogError("Another coroutine is already waiting for this coroutine!\nCurrently only one coroutine can wait for another coroutine!");
        else other.Waiting = routine;
        return false;
    }

    private void Stop(Coroutine routine)
    {
        routine.IsStopped = true;
        _running.Remove(routine);
        if (routine.Nested is { IsDone: false, IsStopped: false } nested) Stop(nested);
    }

    private void Run(Stage stage)
    {
        List<Coroutine> now = stage.Waiting;
        stage.Waiting = stage.Spare;
        stage.Spare = now;
        foreach (Coroutine routine in now)
        {
            if (routine.IsStopped) continue;
            bool due = stage != _afterUpdate || routine.SinceFrame < _world.Clock.FrameCount && routine.Due <= _world.Clock.Time;
            if (due) Advance(routine);
            else stage.Waiting.Add(routine);
        }

        now.Clear();
    }

    private sealed class Stage
    {
        public List<Coroutine> Waiting = new(), Spare = new();
    }
}
