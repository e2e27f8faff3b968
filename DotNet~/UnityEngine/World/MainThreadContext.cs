using System.Collections.Generic;
using System.Threading;

namespace UnityEngine;

/// <summary>What is posted here runs on the main thread, after the Update of the next frame: the way back of an await.</summary>
internal sealed class MainThreadContext : SynchronizationContext
{
    private readonly Queue<(SendOrPostCallback Call, object? State)> _posted = new();

    public override void Post(SendOrPostCallback d, object? state)
    {
        lock (_posted) _posted.Enqueue((d, state));
    }

    public override void Send(SendOrPostCallback d, object? state)
    {
        if (MainThread.IsHere)
        {
            d(state);
            return;
        }

        using var done = new ManualResetEventSlim();
        Post(_ =>
        {
            d(state);
            done.Set();
        }, null);
        done.Wait();
    }

    public override SynchronizationContext CreateCopy() => this;

    public void Run()
    {
        int count;
        lock (_posted) count = _posted.Count;
        for (; count > 0; count--)
        {
            (SendOrPostCallback Call, object? State) work;
            lock (_posted) work = _posted.Dequeue();
            try
            {
                work.Call(work.State);
            }
            catch (System.Exception e)
            {
                Debug.LogException(e);
            }
        }
    }
}
