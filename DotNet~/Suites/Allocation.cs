using System;

namespace Recurrent.Benchmarks;

/// <summary>What a call leaves to the garbage collector.</summary>
public static class Allocation
{
    // The runtime itself allocates now and then, on threads of its own; what a call allocates is there every time.
    private const int Times = 3;

    /// <summary>Managed bytes that a call allocates, on all threads, after a first one.</summary>
    public static double Of(Action call, int calls)
    {
        call();
        long least = long.MaxValue;
        for (int time = 0; time < Times; time++)
        {
            long before = GC.GetTotalAllocatedBytes(precise: true);
            for (int i = 0; i < calls; i++) call();
            least = Math.Min(least, GC.GetTotalAllocatedBytes(precise: true) - before);
        }
        return least / (double)calls;
    }
}
